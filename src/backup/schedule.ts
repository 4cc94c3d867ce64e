import { BACKUP_BROKEN_OFF_S, BACKUP_LOOK_S, BACKUP_RETRY_S } from "../operations_limits.ts";
import type { BackupConfig } from "../config.ts";
import { CqError } from "../errors.ts";
import { logger } from "../telemetry/log.ts";
import { type Clock, fileTime } from "../wire/time.ts";
import { backUp } from "./backup.ts";
import { BackupNames } from "./names.ts";

const log = logger("backup");

/** How the scheduled backups go; times in milliseconds since 1970. It is changed in place. */
export interface BackupStatus {
  /** The newest backup that is there, be it of an earlier start. */
  lastSuccess: { readonly at_ms: number; readonly path: string } | undefined;
  lastFailure: { readonly at_ms: number; readonly reason: string } | undefined;
  /** How long the last backup of this start took, and how large it is. */
  lastRun: { readonly ms: number; readonly bytes: number } | undefined;
}

/**
 * Backups that a server makes by itself. The next one is due a while after the newest in the folder, whoever made it: so a restart
 * makes none too many, and servers on one file share the work.
 */
export class ScheduledBackups {
  readonly status: BackupStatus = {
    lastSuccess: undefined,
    lastFailure: undefined,
    lastRun: undefined,
  };
  readonly #names: BackupNames;
  readonly #ending = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  /** On the process's own clock, which nobody sets. */
  #notBefore_ms = 0;

  constructor(private readonly config: BackupConfig, private readonly clock: Clock) {
    this.#names = new BackupNames(config.source, config.folder);
    this.#lookIn(0);
  }

  /** Breaks off what is being made. */
  async close(): Promise<void> {
    this.#ending.abort();
    clearTimeout(this.#timer);
    await this.#running;
  }

  #lookIn(wait_ms: number): void {
    if (this.#ending.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#look().then((next_ms) => this.#lookIn(next_ms));
    }, Math.min(wait_ms, BACKUP_LOOK_S * 1_000));
  }

  /** Makes a backup if one is due. Returns the milliseconds until the next look. */
  async #look(): Promise<number> {
    const rest_ms = this.#notBefore_ms - performance.now();
    if (rest_ms > 0) return rest_ms;
    try {
      await Deno.mkdir(this.config.folder, { recursive: true, mode: 0o700 });
      const wait_ms = await this.#untilDue();
      if (wait_ms > 0) return wait_ms;
      await this.#make();
      await this.#prune();
      return this.config.every_s * 1_000;
    } catch (error) {
      if (this.#ending.signal.aborted) return 0;
      // Another server on the same file is at it.
      if (error instanceof CqError && error.code === "conflict") return BACKUP_LOOK_S * 1_000;
      return this.#putOff(error as Error);
    }
  }

  async #untilDue(): Promise<number> {
    const { made: [newest] } = await this.#names.list(this.#now_ms());
    if (newest === undefined) return 0;
    this.status.lastSuccess = { at_ms: newest.madeAt_ms, path: newest.path };
    return Math.max(0, newest.madeAt_ms + this.config.every_s * 1_000 - this.#now_ms());
  }

  async #make(): Promise<void> {
    await this.#removeBrokenOff();
    const started = performance.now();
    const at_ms = this.#now_ms();
    const time = fileTime(at_ms * 1_000);
    const path = await backUp(this.config.source, {
      partial: this.#names.partial(time),
      nameFor: (revision) => this.#names.whole(time, revision),
      signal: this.#ending.signal,
    });
    const ms = Math.round(performance.now() - started);
    const { size: bytes } = await Deno.stat(path);
    this.status.lastSuccess = { at_ms, path };
    this.status.lastRun = { ms, bytes };
    log.info("backup made", { path, bytes, ms });
  }

  async #prune(): Promise<void> {
    const { made } = await this.#names.list(this.#now_ms());
    for (const { path } of made.slice(this.config.keep)) await Deno.remove(path);
  }

  async #removeBrokenOff(): Promise<void> {
    const before_ms = this.#now_ms() - BACKUP_BROKEN_OFF_S * 1_000;
    for (const path of await this.#names.listPartial()) {
      if (((await Deno.stat(path)).mtime?.getTime() ?? 0) < before_ms) await Deno.remove(path);
    }
  }

  #putOff({ message: reason }: Error): number {
    const wait_ms = Math.min(this.config.every_s, BACKUP_RETRY_S) * 1_000;
    this.#notBefore_ms = performance.now() + wait_ms;
    this.status.lastFailure = { at_ms: this.#now_ms(), reason };
    log.error("backup failed; it is tried again", { reason, retryIn_s: wait_ms / 1_000 });
    return wait_ms;
  }

  #now_ms(): number {
    return Math.floor(this.clock.now() / 1_000);
  }
}
