import { dirname } from "node:path";
import { setImmediate } from "node:timers";
import { Checkpoints } from "./checkpoints.ts";
import type { Activity, Database, Erasure, Row, Transaction } from "./database.ts";
import { DatabaseFile } from "./database_file.ts";
import { DatabaseFault } from "./fault.ts";
import { flushFile, flushFolder } from "./flush.ts";
import type { Sql } from "./sql.ts";
import {
  LOG_MAX_PAGES,
  WRITE_BATCH_MAX,
  WRITE_LOCK_RETRY_MS,
  WRITE_LOCK_WAIT_MS,
  WRITE_QUEUE_MAX,
  WRITE_SLICE_MS,
} from "../limits.ts";
import { logger } from "../telemetry/log.ts";
import { besideRequests } from "../telemetry/request_context.ts";
import { Slices } from "../turns.ts";
import { WriteAheadLog } from "./write_ahead_log.ts";
import { Connection, guarded } from "./sqlite_connection.ts";
import { isLockContention, storageError } from "./sqlite_errors.ts";

const log = logger("database");

interface Job {
  /** Until when it waits for another process's lock. */
  readonly deadline: number;
  readonly work: (transaction: Transaction) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

interface SqliteOptions {
  /** Leave the journal mode as it is: for a dry run, which must not change a byte. */
  readonly keepJournalMode?: boolean;
  readonly checkpoints?: CheckpointsBy;
}

/**
 * Who brings the log of a SQLite file into the file: the connection that writes; a worker, for a server, whose event loop must not
 * wait for it; or another program, such as Litestream, which has to see every page of the log first.
 */
export type CheckpointsBy = "connection" | "worker" | "external";

/**
 * A database in one file, or in memory.
 *
 * One connection reads, another one writes. The writer is opened, and the file switched to write-ahead logging, by the first
 * transaction: until then the file is only read. Transactions that wait together share one commit, each in a savepoint.
 */
export function openSqlite(path: string, options: SqliteOptions = {}): Database {
  return new SqliteDatabase(path, options);
}

/** Undefined is SQLite's own choice, 0 never. */
const AUTO_CHECKPOINT_PAGES = { connection: undefined, worker: LOG_MAX_PAGES, external: 0 } as const;

class SqliteDatabase implements Database {
  readonly dialect = "sqlite";
  #reader: Connection | undefined;
  #writer: Connection | undefined;
  #waiting: Job[] = [];
  #running: Promise<void> | undefined;
  /** Settled when those who wrote last have been told whether it is on the disk. */
  #told: Promise<void> = Promise.resolve();
  #closed = false;
  readonly #checkpoints: Checkpoints | undefined;
  readonly #file: DatabaseFile;
  /** Whether the disk refused what should have been flushed. */
  #logMayHaveGap = false;
  /** Undefined where SQLite itself brings every transaction to the disk. */
  #log: WriteAheadLog | undefined;

  constructor(readonly path: string, private readonly options: SqliteOptions) {
    this.#file = new DatabaseFile(path);
    if (options.checkpoints === "worker" && path !== ":memory:") this.#checkpoints = new Checkpoints(path);
  }

  // In memory there is one connection only, so reads queue up with the writes.
  all<R extends object = Row>(query: Sql): Promise<R[]> {
    if (this.path === ":memory:") return this.transaction((transaction) => transaction.all<R>(query));
    return settled(() => this.#openReader().all<R>(query));
  }

  first<R extends object = Row>(query: Sql): Promise<R | undefined> {
    if (this.path === ":memory:") return this.transaction((transaction) => transaction.first<R>(query));
    return settled(() => this.#openReader().first<R>(query));
  }

  transaction<T>(
    work: (transaction: Transaction) => Promise<T>,
    { lockWait_ms = WRITE_LOCK_WAIT_MS }: { lockWait_ms?: number } = {},
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#closed) return reject(new DatabaseFault("closed"));
      if (this.#waiting.length >= WRITE_QUEUE_MAX) return reject(new DatabaseFault("writes_queue_full"));
      const deadline = performance.now() + lockWait_ms;
      this.#waiting.push({ deadline, work, resolve: resolve as (value: unknown) => void, reject });
      this.#running ??= besideRequests(() => this.#drain());
    });
  }

  activity(): Activity {
    return { waiting: this.#waiting.length, log_bytes: sizeOf(`${this.path}-wal`) };
  }

  async backup(path: string): Promise<void> {
    const partial = `${path}.partial`;
    try {
      await this.#openReader().backup(partial);
      await Deno.chmod(partial, 0o600);
      await flushFile(partial);
      await Deno.rename(partial, path);
      await flushFolder(dirname(path));
    } catch (error) {
      await Deno.remove(partial).catch(() => {});
      throw storageError(error);
    }
  }

  async eraseRemains(): Promise<Erasure> {
    await this.#written();
    const writer = this.#openWriter();
    const isRewritten = await untilFree(() => writer.rewrite(), performance.now() + WRITE_LOCK_WAIT_MS);
    // The log holds pages as they were; whoever reads them still is waited for.
    await untilFree(() => writer.emptyLog(), performance.now() + WRITE_LOCK_WAIT_MS);
    return isRewritten ? "rewritten" : "log emptied";
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#written();
    await this.#checkpoints?.close();
    this.#log?.close();
    if (this.options.checkpoints === "external") this.#keepLog();
    else this.#emptyLog();
    this.#writer?.close();
    this.#reader?.close();
    this.#reader = this.#writer = undefined;
  }

  /** Waits for everybody who writes. */
  async #written(): Promise<void> {
    await this.#running;
    await this.#told;
  }

  #emptyLog(): void {
    this.#reader?.close();
    this.#reader = undefined;
    try {
      this.#writer?.checkpoint();
    } catch (error) {
      log.warn("the log of the database stays beside it; the next start reads it", { reason: String(error) });
    }
  }

  /** The last connection that could write would bring the log into the file and remove it as it closes; one that only reads cannot. */
  #keepLog(): void {
    if (this.#writer !== undefined) this.#openReader().execute("SELECT COUNT(*) FROM sqlite_schema");
  }

  #openReader(): Connection {
    if (this.#reader?.isFaulty === false) return this.#reader;
    this.#reader?.close();
    this.#reader = undefined;
    this.#checkFile();
    // It can only be opened for writing. An empty file is left as it is by whoever only looks.
    if (isMissing(this.path)) this.#openWriter();
    const reader = new Connection(this.path, { readOnly: true });
    this.#file.recognise();
    return this.#reader = reader;
  }

  #openWriter(): Connection {
    if (this.#writer?.isFaulty === false) return this.#writer;
    this.#closeWriter();
    if (this.path !== ":memory:" && isMissing(this.path)) guarded(() => createPrivate(this.path));
    const writer = new Connection(this.path, { readOnly: false });
    try {
      const hasLog = writer.configure({
        keepJournalMode: this.options.keepJournalMode === true,
        autoCheckpoint_pages: AUTO_CHECKPOINT_PAGES[this.options.checkpoints ?? "connection"],
      });
      // What the disk did not take of the log is taken to the file: after a gap, nothing of a log is read again.
      if (this.#logMayHaveGap && !writer.checkpoint()) throw new DatabaseFault("busy");
      if (hasLog) this.#log = new WriteAheadLog(guarded(() => Deno.realPathSync(this.path)));
    } catch (error) {
      writer.close();
      throw error;
    }
    this.#logMayHaveGap = false;
    if (this.path !== ":memory:") this.#file.recognise();
    return this.#writer = writer;
  }

  #closeWriter(): void {
    this.#logMayHaveGap ||= this.#writer !== undefined;
    this.#log?.close();
    this.#writer?.close();
    this.#log = this.#writer = undefined;
  }

  /** Nothing may be written to a file that is not in its place. */
  #checkFile(): void {
    try {
      if (this.#file.isOnItsDevice()) return;
    } catch (error) {
      if (this.#logMayHaveGap || this.#writer?.isFaulty === true) this.#letGo();
      throw error;
    }
    this.#reader?.doubt();
    this.#writer?.doubt();
    this.#file.recognise();
  }

  /** A volume that failed and was unmounted can only be repaired once nobody holds a file on it. */
  #letGo(): void {
    this.#checkpoints?.abandon();
    this.#closeWriter();
    this.#reader?.close();
    this.#reader = undefined;
  }

  async #drain(): Promise<void> {
    // One turn of the event loop lets requests that arrived together share a commit.
    await nextImmediate();
    while (this.#waiting.length > 0) {
      await this.#commitTogether(this.#waiting.splice(0, WRITE_BATCH_MAX));
      await nextImmediate();
    }
    this.#running = undefined;
  }

  async #commitTogether(jobs: readonly Job[]): Promise<void> {
    const outcomes: Outcome[] = [];
    let isBegun = false, isKept = false;
    try {
      this.#checkFile();
      const writer = this.#openWriter();
      await lock(writer, Math.min(...jobs.map(({ deadline }) => deadline)));
      isBegun = true;
      // Readers come first: the lock can be held a little longer, a request can't wait for a whole batch.
      const slices = new Slices(WRITE_SLICE_MS);
      for (const job of jobs) {
        await slices.step();
        outcomes.push(await runInSavepoint(writer, job));
      }
      // Without anything to keep, not even the file's change counter may move.
      isKept = outcomes.some((outcome) => outcome.kept);
      writer.execute(isKept ? "COMMIT" : "ROLLBACK");
    } catch (error) {
      this.#writer?.rollBack();
      const now = performance.now();
      const isLocked = !isBegun && isLockContention(error);
      const goesOnWaiting = ({ deadline }: Job): boolean => isLocked && deadline > now;
      for (const job of jobs) if (!goesOnWaiting(job)) job.reject(error);
      this.#waiting.unshift(...jobs.filter(goesOnWaiting));
      return;
    }
    await this.#told;
    // While the disk works, the next ones write.
    this.#told = this.#tell(jobs, { outcomes, isKept });
    await this.#checkpoints?.committed(outcomes.filter((outcome) => outcome.kept).length);
  }

  /** Tells every outcome of a batch once it is on the disk: an answer may rest on what another transaction of it wrote. */
  async #tell(
    jobs: readonly Job[],
    { outcomes, isKept }: { readonly outcomes: readonly Outcome[]; readonly isKept: boolean },
  ): Promise<void> {
    const writer = this.#writer;
    try {
      if (isKept) await this.#log?.flush();
    } catch (error) {
      writer?.doubt();
      for (const job of jobs) job.reject(error);
      return;
    }
    for (const { tell } of outcomes) tell();
  }
}

async function lock(writer: Connection, deadline: number): Promise<void> {
  await untilFree(() => writer.execute("BEGIN IMMEDIATE"), deadline);
}

async function untilFree<T>(work: () => T, deadline: number): Promise<T> {
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isLockContention(error) || performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, WRITE_LOCK_RETRY_MS));
    }
  }
}

interface Outcome {
  readonly kept: boolean;
  readonly tell: () => void;
}

async function runInSavepoint(writer: Connection, job: Job): Promise<Outcome> {
  writer.execute("SAVEPOINT job");
  try {
    const value = await job.work(writer);
    writer.execute("RELEASE job");
    return { kept: true, tell: () => job.resolve(value) };
  } catch (error) {
    // Some faults, a full disk among them, end the whole transaction: then nothing of the batch was kept.
    if (!writer.inTransaction) throw error;
    writer.execute("ROLLBACK TO job");
    writer.execute("RELEASE job");
    return { kept: false, tell: () => job.reject(error) };
  }
}

/** The driver is synchronous; the seam is not. */
function settled<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(storageError(error));
  }
}

function nextImmediate(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isMissing(path: string): boolean {
  try {
    Deno.statSync(path);
    return false;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return true;
    throw storageError(error);
  }
}

/** SQLite would let everybody read a file it makes; those of its log get the mode of this one. */
function createPrivate(path: string): void {
  Deno.mkdirSync(dirname(path), { recursive: true });
  Deno.openSync(path, { write: true, create: true, mode: 0o600 }).close();
}

function sizeOf(path: string): number | undefined {
  try {
    return Deno.statSync(path).size;
  } catch {
    return undefined;
  }
}
