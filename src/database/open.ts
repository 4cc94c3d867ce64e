import type { Database } from "./database.ts";
import { openSqlite } from "./sqlite.ts";
import type { DatabaseLocation } from "./url.ts";

interface OpenOptions {
  /** Change nothing but what a transaction commits: not even the journal mode. */
  readonly untouched?: boolean;
}

/** Opens a database. Nothing is read or written yet. */
export function openDatabase(location: DatabaseLocation, options: OpenOptions = {}): Database {
  return openSqlite(location.path, { keepJournalMode: options.untouched === true });
}
