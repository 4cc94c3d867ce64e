import { hash } from "node:crypto";
import { backup, DatabaseSync, type StatementSync } from "node:sqlite";
import { DATABASE_BUSY_TIMEOUT_MS, STATEMENT_CACHE_MAX, STATEMENT_CACHED_MAX_CHARS } from "../limits.ts";
import type { Row, Transaction } from "./database.ts";
import { compile, type Sql, type SqlValue } from "./sql.ts";
import { isFileFault, lockContention, storageError } from "./sqlite_errors.ts";

function sha256(text: string): string {
  return hash("sha256", text, "hex");
}

// What the driver has and the library definitions do not describe yet.
interface Extensible {
  function(name: string, options: { deterministic: boolean }, body: (text: string) => string): void;
}
interface Authorizing {
  setAuthorizer(decide: ((action: number, name: string | null, value: string | null) => number) | null): void;
}
// https://www.sqlite.org/c3ref/c_alter_table.html
const ALLOW = 0, DENY = 1, IGNORE = 2, PRAGMA = 19, TRANSACTION = 22, SAVEPOINT = 32;
/** Kibibytes of the page cache: SQLite's own choice, and what migrations get, as more makes them no faster. */
const CACHE_KIB = 2_000, SCRIPT_CACHE_KIB = 16_000;

/** One connection to a SQLite file with its prepared statements. */
export class Connection implements Transaction {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #isFaulty = false;

  constructor(path: string, { readOnly }: { readOnly: boolean }) {
    this.#database = guarded(() => new DatabaseSync(path, { readOnly, timeout: DATABASE_BUSY_TIMEOUT_MS }));
    // The triggers of the audit log call it; SQLite has none of its own.
    (this.#database as DatabaseSync & Extensible).function("cq_sha256", { deterministic: true }, sha256);
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  /** Whether another connection should take its place. */
  get isFaulty(): boolean {
    return this.#isFaulty;
  }

  doubt(): void {
    this.#isFaulty = true;
  }

  /** Ends a transaction, if there is one; where even that fails, closing the connection does. */
  rollBack(): void {
    try {
      if (this.inTransaction) this.execute("ROLLBACK");
    } catch {
      this.doubt();
    }
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
    // A savepoint keeps the pages that it changes: beyond 64 KiB SQLite would write them to a file.
    this.execute("PRAGMA temp_store = MEMORY");
    // What is removed or replaced is overwritten where it stood: it costs no more, and a purge is one.
    this.execute("PRAGMA secure_delete = ON");
    // From here on the lock is waited for outside of SQLite, where it does not block the event loop.
    this.execute("PRAGMA busy_timeout = 0");
    return hasLog;
  }

  all<R extends object>(query: Sql): Promise<R[]> {
    return this.#settled(() => {
      const { statement, values } = this.#prepared(query);
      return statement.all(...values) as R[];
    });
  }

  first<R extends object>(query: Sql): Promise<R | undefined> {
    return this.#settled(() => {
      const { statement, values } = this.#prepared(query);
      return statement.get(...values) as R | undefined;
    });
  }

  run(query: Sql): Promise<number> {
    return this.#settled(() => {
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
    return this.#settled(() => {
      const database = this.#database as DatabaseSync & Authorizing;
      let leaves = false;
      this.#setCache(SCRIPT_CACHE_KIB);
      // A COMMIT in a script would make a part of it permanent, so it must not even begin to run.
      database.setAuthorizer((action, name, value) => {
        leaves ||= action === TRANSACTION || action === SAVEPOINT;
        // Two migrations ask for 128 MiB, which the process would not give back.
        if (action === PRAGMA && name === "cache_size" && value !== null) return IGNORE;
        return leaves ? DENY : ALLOW;
      });
      try {
        database.exec(text);
      } catch (error) {
        throw leaves ? new Error("a script must not end or divide the transaction it runs in") : error;
      } finally {
        database.setAuthorizer(null);
        this.#setCache(CACHE_KIB);
      }
    });
  }

  execute(text: string): Row[] {
    // Through a prepared statement: only its errors carry SQLite's error code.
    try {
      return this.#prepare(text).all() as Row[];
    } catch (error) {
      throw this.#told(error);
    }
  }

  async backup(path: string): Promise<void> {
    await backup(this.#database, path);
  }

  /** Brings the whole log into the file, so that it begins anew; tells whether nobody stood in the way. */
  checkpoint(): boolean {
    return this.execute("PRAGMA wal_checkpoint(TRUNCATE)")[0]?.["busy"] === 0;
  }

  /** Writes the whole file anew; returns false where the process may not: SQLite attaches a second file for it. */
  rewrite(): boolean {
    try {
      this.execute("VACUUM");
      return true;
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith("too many attached databases")) throw error;
      return false;
    }
  }

  /** @throws {CqError} 503 where somebody reads from the log. */
  emptyLog(): void {
    if (!this.checkpoint()) throw lockContention("the write-ahead log is being read");
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #settled<T>(work: () => T): Promise<T> {
    try {
      return Promise.resolve(work());
    } catch (error) {
      return Promise.reject(this.#told(error));
    }
  }

  /** Not as a prepared statement: this pragma is carried out when it is prepared, and never again. */
  #setCache(kib: number): void {
    this.#database.exec(`PRAGMA cache_size = -${kib}`);
  }

  #told(fault: unknown): unknown {
    const error = storageError(fault);
    if (isFileFault(error)) this.doubt();
    return error;
  }

  #prepared(query: Sql): { statement: StatementSync; values: SqlValue[] } {
    const { text, values } = compile(query, "sqlite");
    return { statement: this.#prepare(text), values: bound(values) };
  }

  #prepare(text: string): StatementSync {
    const statement = this.#statements.get(text) ?? this.#database.prepare(text);
    if (text.length > STATEMENT_CACHED_MAX_CHARS) return statement;
    // What was used last stands last.
    this.#statements.delete(text);
    const oldest = this.#statements.keys().next();
    if (this.#statements.size >= STATEMENT_CACHE_MAX && !oldest.done) this.#statements.delete(oldest.value);
    this.#statements.set(text, statement);
    return statement;
  }
}

// The driver binds every number as REAL, which is not what `7` means in an expression. Whole numbers beyond 2^53, such as 1e300,
// stay as they are: an integer column could not hold them.
function bound(values: readonly SqlValue[]): SqlValue[] {
  return values.map((value) => Number.isSafeInteger(value) ? BigInt(value as number) : value);
}

/** What `work` returns; a fault of the driver is told as {@link storageError} says. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storageError(error);
  }
}
