import type { Dialect, Sql, SqlValue } from "./sql.ts";

/** One row of an answer: column name to value. */
export type Row = Record<string, SqlValue>;

/** Whatever can be asked. */
export interface Queryable {
  /** Every row. */
  all<R extends object = Row>(query: Sql): Promise<R[]>;
  /** The first row, or undefined. */
  first<R extends object = Row>(query: Sql): Promise<R | undefined>;
}

/** A write transaction: it sees its own changes, and all of them are kept or none. */
export interface Transaction extends Queryable {
  /** Runs one statement and tells how many rows it changed. */
  run(query: Sql): Promise<number>;
  /** Runs statements that need nothing of each other's answers, in one round trip; tells how many rows each changed. */
  batch(queries: readonly Sql[]): Promise<number[]>;
  /** Runs a script of several statements, which must leave the transaction open. */
  script(text: string): Promise<void>;
}

/** What a process has to do with its database at a moment. */
export interface Activity {
  /** Transactions, on Postgres also reads, that wait for their turn. */
  readonly waiting: number;
  /** On Postgres. */
  readonly connections?: { readonly inUse: number; readonly max: number };
  /** Of SQLite's write-ahead log, where there is one. */
  readonly log_bytes?: number | undefined;
}

/**
 * What was done about remains: the file was written anew; only its log was emptied, for want of permissions; or nothing, because
 * the engine's own tools have to do it.
 */
export type Erasure = "rewritten" | "log emptied" | "untouched";

/**
 * The seam between the stores and an engine. Nothing is written to the database before the first transaction, so that one
 * that turns out to be foreign is left as it was found.
 */
export interface Database extends Queryable {
  readonly dialect: Dialect;
  /**
   * Runs `work` with the write lock held and commits; what it throws rolls its changes back. Waiting transactions may share
   * a commit, so `work` must wait for nothing but this database.
   *
   * @param options.lockWait_ms how long to wait for another process's lock.
   * @throws {CqError} 503 where the lock or the engine is out of reach, 507 where the disk is full.
   */
  transaction<T>(
    work: (transaction: Transaction) => Promise<T>,
    options?: { readonly lockWait_ms?: number },
  ): Promise<T>;
  /** What is under way in this process. */
  activity(): Activity;
  /** Copies the committed state to a new file, while others read and write. */
  backup(path: string): Promise<void>;
  /**
   * Clears what removed and replaced rows left behind in the files of the database, as far as this process may. Others may read
   * and write meanwhile.
   *
   * @throws {CqError} 503 where another process does not let go of the files.
   */
  eraseRemains(): Promise<Erasure>;
  /** Ends the connections. Waiting transactions are finished first. */
  close(): Promise<void>;
}
