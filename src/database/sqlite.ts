import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { backup, DatabaseSync, type StatementSync } from "node:sqlite";
import { setImmediate } from "node:timers";
import { Checkpoints } from "./checkpoints.ts";
import type { Activity, Database, Row, Transaction } from "./database.ts";
import { DatabaseFault } from "./fault.ts";
import { compile, type Sql, type SqlValue } from "./sql.ts";
import {
  DATABASE_BUSY_TIMEOUT_MS,
  LOG_MAX_PAGES,
  STATEMENT_CACHE_MAX,
  WRITE_BATCH_MAX,
  WRITE_LOCK_RETRY_MS,
  WRITE_LOCK_WAIT_MS,
  WRITE_QUEUE_MAX,
  WRITE_SLICE_MS,
} from "../limits.ts";
import { besideRequests } from "../telemetry/request_context.ts";
import { Slices } from "../turns.ts";
import { WriteAheadLog } from "./write_ahead_log.ts";
import { isLockContention, storageError } from "./sqlite_errors.ts";

interface Job {
  readonly lockWait_ms: number;
  readonly work: (transaction: Transaction) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

interface SqliteOptions {
  /** Leave the journal mode as it is: for a dry run, which must not change a byte. */
  readonly keepJournalMode?: boolean;
  /** Leave checkpoints to a worker: for a server, whose event loop must not wait for them. */
  readonly checkpointsBeside?: boolean;
}

/**
 * A database in one file, or in memory.
 *
 * One connection reads, another one writes. The writer is opened, and the file switched to write-ahead logging, by the first
 * transaction: until then the file is only read. Transactions that wait together share one commit, each in a savepoint.
 */
export function openSqlite(path: string, options: SqliteOptions = {}): Database {
  return new SqliteDatabase(path, options);
}

class SqliteDatabase implements Database {
  readonly dialect = "sqlite";
  #reader: Connection | undefined;
  #writer: Connection | undefined;
  #waiting: Job[] = [];
  #running: Promise<void> | undefined;
  #closed = false;
  readonly #checkpoints: Checkpoints | undefined;
  /** Undefined where SQLite itself brings every transaction to the disk. */
  #log: WriteAheadLog | undefined;

  constructor(readonly path: string, private readonly options: SqliteOptions) {
    if (options.checkpointsBeside === true && path !== ":memory:") this.#checkpoints = new Checkpoints(path);
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
      this.#waiting.push({ lockWait_ms, work, resolve: resolve as (value: unknown) => void, reject });
      this.#running ??= besideRequests(() => this.#drain());
    });
  }

  activity(): Activity {
    return { waiting: this.#waiting.length, log_bytes: sizeOf(`${this.path}-wal`) };
  }

  async backup(path: string): Promise<void> {
    await this.#openReader().backup(path);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
    this.#checkpoints?.close();
    this.#log?.close();
    this.#reader?.close();
    this.#writer?.checkpoint();
    this.#writer?.close();
    this.#reader = this.#writer = undefined;
  }

  #openReader(): Connection {
    if (this.#reader !== undefined) return this.#reader;
    // A missing or empty file is a new database: it can only be opened for writing, and there is nothing to spare.
    if (isMissingOrEmpty(this.path)) this.#openWriter();
    return this.#reader = new Connection(this.path, { readOnly: true });
  }

  #openWriter(): Connection {
    if (this.#writer !== undefined) return this.#writer;
    if (this.path !== ":memory:") guarded(() => Deno.mkdirSync(dirname(this.path), { recursive: true }));
    const writer = new Connection(this.path, { readOnly: false });
    try {
      const hasLog = writer.configure({
        keepJournalMode: this.options.keepJournalMode === true,
        autoCheckpoint_pages: this.#checkpoints === undefined ? undefined : LOG_MAX_PAGES,
      });
      if (hasLog) this.#log = new WriteAheadLog(this.path);
    } catch (error) {
      writer.close();
      throw error;
    }
    return this.#writer = writer;
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
    // Every outcome is told after the commit: an answer may rest on what another transaction of the batch wrote.
    const outcomes: Outcome[] = [];
    try {
      const writer = this.#openWriter();
      await lock(writer, Math.max(...jobs.map((job) => job.lockWait_ms)));
      // Readers come first: the lock can be held a little longer, a request can't wait for a whole batch.
      const slices = new Slices(WRITE_SLICE_MS);
      for (const job of jobs) {
        await slices.step();
        outcomes.push(await runInSavepoint(writer, job));
      }
      // Without anything to keep, not even the file's change counter may move.
      const isKept = outcomes.some((outcome) => outcome.kept);
      writer.execute(isKept ? "COMMIT" : "ROLLBACK");
      if (isKept) await this.#log?.flush();
    } catch (error) {
      if (this.#writer?.inTransaction === true) this.#writer.execute("ROLLBACK");
      for (const job of jobs) job.reject(error);
      return;
    }
    for (const { tell } of outcomes) tell();
    await this.#checkpoints?.committed(outcomes.filter((outcome) => outcome.kept).length);
  }
}

async function lock(writer: Connection, wait_ms: number): Promise<void> {
  const deadline = performance.now() + wait_ms;
  for (;;) {
    try {
      return writer.execute("BEGIN IMMEDIATE");
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

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

// What the driver has and the library definitions do not describe yet.
interface Extensible {
  function(name: string, options: { deterministic: boolean }, body: (text: string) => string): void;
}
interface Authorizing {
  setAuthorizer(decide: ((action: number) => number) | null): void;
}
// https://www.sqlite.org/c3ref/c_alter_table.html
const ALLOW = 0, DENY = 1, TRANSACTION = 22, SAVEPOINT = 32;

/** One connection with its prepared statements. */
class Connection implements Transaction {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, { readOnly }: { readOnly: boolean }) {
    this.#database = guarded(() => new DatabaseSync(path, { readOnly, timeout: DATABASE_BUSY_TIMEOUT_MS }));
    // The triggers of the audit log call it; SQLite has none of its own.
    (this.#database as DatabaseSync & Extensible).function("cq_sha256", { deterministic: true }, sha256);
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  configure(
    { keepJournalMode, autoCheckpoint_pages }: {
      keepJournalMode: boolean;
      autoCheckpoint_pages: number | undefined;
    },
  ): boolean {
    // The busy timeout was set on opening: before the switch of the journal mode, which needs it.
    if (!keepJournalMode) this.execute("PRAGMA journal_mode = WAL");
    const hasLog = this.#database.prepare("PRAGMA journal_mode").get()?.["journal_mode"] === "wal";
    // A log is brought to the disk by whoever writes, beside the event loop; NORMAL does so before it is checkpointed.
    this.execute(`PRAGMA synchronous = ${hasLog ? "NORMAL" : "FULL"}`);
    if (autoCheckpoint_pages !== undefined) {
      this.execute(`PRAGMA wal_autocheckpoint = ${autoCheckpoint_pages}`);
    }
    // From here on the lock is waited for outside of SQLite, where it does not block the event loop.
    this.execute("PRAGMA busy_timeout = 0");
    return hasLog;
  }

  all<R extends object>(query: Sql): Promise<R[]> {
    return settled(() => {
      const { statement, values } = this.#prepared(query);
      return statement.all(...values) as R[];
    });
  }

  first<R extends object>(query: Sql): Promise<R | undefined> {
    return settled(() => {
      const { statement, values } = this.#prepared(query);
      return statement.get(...values) as R | undefined;
    });
  }

  run(query: Sql): Promise<number> {
    return settled(() => {
      const { statement, values } = this.#prepared(query);
      return Number(statement.run(...values).changes);
    });
  }

  async batch(queries: readonly Sql[]): Promise<number[]> {
    const changes: number[] = [];
    for (const query of queries) changes.push(await this.run(query));
    return changes;
  }

  script(text: string): Promise<void> {
    return settled(() => {
      const database = this.#database as DatabaseSync & Authorizing;
      let leaves = false;
      // A COMMIT in a script would make a part of it permanent, so it must not even begin to run.
      database.setAuthorizer((action) => {
        leaves ||= action === TRANSACTION || action === SAVEPOINT;
        return leaves ? DENY : ALLOW;
      });
      try {
        database.exec(text);
      } catch (error) {
        throw leaves ? new Error("a script must not end or divide the transaction it runs in") : error;
      } finally {
        database.setAuthorizer(null);
      }
    });
  }

  execute(text: string): void {
    // Through a prepared statement: only its errors carry SQLite's error code.
    guarded(() => this.#prepare(text).all());
  }

  async backup(path: string): Promise<void> {
    await backup(this.#database, path);
  }

  checkpoint(): void {
    this.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepared(query: Sql): { statement: StatementSync; values: SqlValue[] } {
    const { text, values } = compile(query, "sqlite");
    return { statement: this.#prepare(text), values: bound(values) };
  }

  #prepare(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const oldest = this.#statements.keys().next();
    if (this.#statements.size >= STATEMENT_CACHE_MAX && !oldest.done) this.#statements.delete(oldest.value);
    const statement = this.#database.prepare(text);
    this.#statements.set(text, statement);
    return statement;
  }
}

// The driver binds every number as REAL, which is not what `7` means in an expression. Whole numbers beyond 2^53, such as 1e300,
// stay as they are: an integer column could not hold them.
function bound(values: readonly SqlValue[]): SqlValue[] {
  return values.map((value) => Number.isSafeInteger(value) ? BigInt(value as number) : value);
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storageError(error);
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

function isMissingOrEmpty(path: string): boolean {
  try {
    return Deno.statSync(path).size === 0;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return true;
    throw storageError(error);
  }
}

function sizeOf(path: string): number | undefined {
  try {
    return Deno.statSync(path).size;
  } catch {
    return undefined;
  }
}
