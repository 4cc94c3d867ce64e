import type { Finding } from "../guard/finding.ts";
import { type GuardedText, inspect, inspectText, type Policy } from "../guard/guard.ts";
import { GUARD_SHARE, GUARD_WAITING_MAX, GUARD_WINDOW_MS, GUARD_WORKER_IDLE_MS } from "../limits.ts";
import { logger } from "../telemetry/log.ts";
import { startWorker } from "../workers.ts";
import type { GuardReport, GuardTask } from "./guard_worker.ts";

const log = logger("guard");

interface Job {
  readonly task: GuardTask;
  readonly resolve: (findings: readonly Finding[]) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * The guard of a server: it looks at units on the event loop while that takes a small part of the time, and in a worker, which costs
 * memory, while it takes more. What no worker can look at is looked at here.
 */
export class BusyGuard {
  readonly inspectText = inspectText;
  #worker: Worker | undefined;
  #isReady = false;
  /** What the worker was sent with each message, and what it will be sent with the next. */
  readonly #sent: Job[][] = [];
  #collected: Job[] = [];
  #waiting = 0;
  /** The first look makes the rules ready, and tells nothing of how long others take. */
  #hasLooked = false;
  #windowStart = -Infinity;
  #spent_ms = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;
  readonly #share: number;
  readonly #idle_ms: number;

  /** @param share of the time from which a worker is used, and after how long without a unit it ends. */
  constructor({ share = GUARD_SHARE, idle_ms = GUARD_WORKER_IDLE_MS } = {}) {
    this.#share = share;
    this.#idle_ms = idle_ms;
  }

  /** What the rules find in a unit. @throws what the guard throws. */
  inspect(text: GuardedText, policy: Policy): readonly Finding[] | Promise<readonly Finding[]> {
    const isElsewhere = this.#isReady && this.#waiting < GUARD_WAITING_MAX;
    return isElsewhere ? this.#ask({ text, policy }) : this.#inspectHere({ text, policy });
  }

  /** Whether a worker looks at units now. */
  get isOffloaded(): boolean {
    return this.#isReady;
  }

  /** Ends the worker; what it has not looked at yet is looked at here. */
  close(): void {
    clearTimeout(this.#idle);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#isReady = false;
    this.#waiting = 0;
    for (const { task, resolve, reject } of [...this.#sent.splice(0).flat(), ...this.#collected.splice(0)]) {
      try {
        resolve(inspect(task.text, task.policy));
      } catch (error) {
        reject(error);
      }
    }
  }

  #inspectHere({ text, policy }: GuardTask): readonly Finding[] {
    const start = performance.now();
    try {
      return inspect(text, policy);
    } finally {
      if (this.#hasLooked) this.#spent(start, performance.now());
      this.#hasLooked = true;
    }
  }

  #spent(start: number, end: number): void {
    if (start - this.#windowStart > GUARD_WINDOW_MS) [this.#windowStart, this.#spent_ms] = [start, 0];
    this.#spent_ms += end - start;
    if (this.#worker === undefined && this.#spent_ms > this.#share * GUARD_WINDOW_MS) this.#start();
  }

  #start(): void {
    try {
      this.#worker = startWorker(new URL("./guard_worker.ts", import.meta.url));
    } catch {
      // No file descriptor is left for it: in a while there may be one.
      this.#spent_ms = 0;
      return;
    }
    this.#worker.onmessage = ({ data }: MessageEvent<readonly GuardReport[]>): void => this.#told(data);
    this.#worker.onerror = (event): void => {
      event.preventDefault();
      log.warn("the guard's worker failed; units are looked at without it", { reason: event.message });
      this.close();
    };
    // Answered once it has read its rules; until then, nothing waits for it.
    this.#post([]);
  }

  #post(jobs: Job[]): void {
    this.#sent.push(jobs);
    this.#worker!.postMessage(jobs.map(({ task }) => task));
  }

  #ask(task: GuardTask): Promise<readonly Finding[]> {
    return new Promise((resolve, reject) => {
      // Those that come in one turn are sent together: a message costs more than what it holds.
      if (this.#collected.length === 0) setImmediate(() => this.#send());
      this.#collected.push({ task, resolve, reject });
      this.#waiting++;
    });
  }

  #send(): void {
    if (this.#collected.length === 0) return;
    clearTimeout(this.#idle);
    this.#post(this.#collected);
    this.#collected = [];
  }

  #told(reports: readonly GuardReport[]): void {
    this.#isReady = true;
    const jobs = this.#sent.shift()!;
    this.#waiting -= jobs.length;
    for (const [i, { resolve, reject }] of jobs.entries()) {
      const report = reports[i]!;
      if ("failed" in report) reject(Object.assign(new Error("The guard failed"), { name: report.failed }));
      else resolve(report);
    }
    if (this.#sent.length > 0) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.close(), this.#idle_ms);
    this.#idle.unref();
  }
}
