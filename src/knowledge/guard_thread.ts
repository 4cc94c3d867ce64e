import type { Finding } from "../guard/finding.ts";
import type { GuardedText } from "../guard/guard.ts";
import { GUARD_WAITING_MAX, GUARD_WORKER_IDLE_MS } from "../limits.ts";
import { logger } from "../telemetry/log.ts";
import { sendable } from "../wire/json.ts";
import { startWorker } from "../workers.ts";
import { type GuardTask, lookAt } from "./guard_task.ts";
import type { GuardReport } from "./guard_worker.ts";

const log = logger("guard");

interface Job {
  readonly task: GuardTask;
  readonly resolve: (findings: readonly Finding[]) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * The guard in a worker, which is started when there is something to look at and ends when there is nothing for a while: neither its
 * time nor its memory is the event loop's. What the worker cannot look at is looked at here.
 */
export class GuardThread {
  readonly #idle_ms: number;
  #worker: Worker | undefined;
  /** What the worker was sent and has not told of yet, in order, and what it will be sent with the next message. */
  readonly #sent: Job[] = [];
  #collected: Job[] = [];
  #waiting = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  /** @param idle_ms after which a worker that has nothing to do ends. */
  constructor({ idle_ms = GUARD_WORKER_IDLE_MS } = {}) {
    this.#idle_ms = idle_ms;
  }

  /** What the rules find. Rejects with the kind of error the guard failed with. */
  lookAt(task: GuardTask): Promise<readonly Finding[]> {
    return new Promise((resolve, reject) => {
      const job = { task, resolve, reject };
      if (this.#waiting >= GUARD_WAITING_MAX || !this.#hasWorker()) return lookHere(job);
      // Those that come in one turn are sent together: a message costs more than what it holds.
      if (this.#collected.length === 0) setImmediate(() => this.#send());
      this.#collected.push(job);
      this.#waiting++;
    });
  }

  /** Whether there is a worker now. */
  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  /** Ends the worker; what it has not looked at yet is looked at here. */
  close(): void {
    clearTimeout(this.#idle);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#waiting = 0;
    for (const job of [...this.#sent.splice(0), ...this.#collected.splice(0)]) lookHere(job);
  }

  #hasWorker(): boolean {
    if (this.#worker !== undefined) return true;
    try {
      this.#worker = startWorker(new URL("./guard_worker.ts", import.meta.url));
    } catch {
      // No file descriptor is left for it.
      return false;
    }
    this.#worker.onmessage = ({ data }: MessageEvent<readonly GuardReport[]>): void => this.#told(data);
    this.#worker.onerror = (event): void => {
      event.preventDefault();
      log.warn("the guard's worker failed; what it was asked is looked at without it", {
        reason: event.message,
      });
      this.close();
    };
    return true;
  }

  #send(): void {
    if (this.#collected.length === 0) return;
    clearTimeout(this.#idle);
    const jobs = this.#collected;
    this.#collected = [];
    try {
      this.#worker!.postMessage(jobs.map(({ task }) => sent(task)));
      this.#sent.push(...jobs);
    } catch {
      // Something in it cannot be copied: whatever that is, it must not end the server.
      this.#waiting -= jobs.length;
      jobs.forEach(lookHere);
      this.#endWhenIdle();
    }
  }

  #told(reports: readonly GuardReport[]): void {
    const jobs = this.#sent.splice(0, reports.length);
    this.#waiting -= jobs.length;
    for (const [i, { resolve, reject }] of jobs.entries()) {
      const report = reports[i]!;
      if ("failed" in report) reject(Object.assign(new Error("The guard failed"), { name: report.failed }));
      else resolve(report);
    }
    this.#endWhenIdle();
  }

  #endWhenIdle(): void {
    if (this.#sent.length > 0) return;
    this.#idle = setTimeout(() => this.close(), this.#idle_ms);
    this.#idle.unref();
  }
}

/** A task as the worker can be sent it. */
function sent(task: GuardTask): GuardTask {
  if (!("unit" in task)) return task;
  const { insight, domains, context, extensions } = task.unit;
  const unit = { insight, domains, context };
  if (Object.keys(extensions ?? {}).length === 0) return { unit, policy: task.policy };
  return {
    unit: { ...unit, extensions: sendable(extensions) as NonNullable<GuardedText["extensions"]> },
    policy: task.policy,
  };
}

function lookHere({ task, resolve, reject }: Job): void {
  try {
    resolve(lookAt(task));
  } catch (error) {
    reject(error);
  }
}
