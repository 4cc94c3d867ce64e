import { COMMAND_ANSWER_MS, DATABASE_ANSWER_MS, POOL_SIZE, STATEMENT_TIMEOUT_MS } from "../limits.ts";
import type { Database } from "./database.ts";
import { openPostgres } from "./postgres.ts";
import { type CheckpointsBy, openSqlite } from "./sqlite.ts";
import type { DatabaseLocation } from "./url.ts";

/** How a database is opened. */
export interface OpenOptions {
  /** Change nothing but what a transaction commits: not even a SQLite file's journal mode. */
  readonly untouched?: boolean;
  /** Connections of this process, on Postgres. */
  readonly poolSize?: number;
  /** Milliseconds a statement may run, on Postgres. */
  readonly statementTimeout_ms?: number;
  /** Who makes the checkpoints of a SQLite file: the connection that writes, unless told otherwise. */
  readonly checkpoints?: CheckpointsBy;
  /** Wait as long as a command may take, which reads whole tables, and not only as long as a client waits. */
  readonly patient?: boolean;
}

/** Whether a database is there at all; looking does not create it. A server is asked by whoever opens it. */
export async function databaseExists(location: DatabaseLocation): Promise<boolean> {
  if (location.engine !== "sqlite" || location.path === ":memory:") return true;
  // Any other trouble is told by whoever opens it.
  return await Deno.stat(location.path).then(() => true, (error) => !(error instanceof Deno.errors.NotFound));
}

/** Opens a database. Nothing is read or written yet. */
export function openDatabase(location: DatabaseLocation, options: OpenOptions = {}): Database {
  if (location.engine === "sqlite") {
    const { untouched = false, checkpoints = "connection" } = options;
    return openSqlite(location.path, { keepJournalMode: untouched, checkpoints });
  }
  const { poolSize = POOL_SIZE, statementTimeout_ms = STATEMENT_TIMEOUT_MS, patient = false } = options;
  return openPostgres(location, {
    poolSize,
    statementTimeout_ms: patient ? COMMAND_ANSWER_MS : statementTimeout_ms,
    answer_ms: patient ? COMMAND_ANSWER_MS : DATABASE_ANSWER_MS,
  });
}
