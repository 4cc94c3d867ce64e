import { DatabaseSync } from "node:sqlite";
import { DATABASE_BUSY_TIMEOUT_MS } from "../limits.ts";
import { storageError } from "./sqlite_errors.ts";

/**
 * Holds a SQLite file that nobody else has open until the end of the scope, with what was in its log written back: one file, without
 * others beside it.
 *
 * @throws {CqError} 503 where another process has the file open, `refused` where it is no database.
 */
export function holdAlone(path: string): Disposable {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: DATABASE_BUSY_TIMEOUT_MS });
    // Leaving write-ahead logging needs every other connection to be gone.
    database.prepare("PRAGMA journal_mode = DELETE").get();
    database.prepare("BEGIN EXCLUSIVE").run();
    return database;
  } catch (error) {
    database?.close();
    throw storageError(error);
  }
}
