/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { DatabaseSync } from "node:sqlite";

let database: DatabaseSync | undefined;

/**
 * Told the path of a database, copies what its write-ahead log holds into it; told none, closes it. Answers with what went wrong,
 * if anything did.
 */
self.onmessage = ({ data: path }: MessageEvent<string | undefined>) => {
  try {
    if (path === undefined) {
      database?.close();
    } else {
      database ??= opened(path);
      // Passive: nobody waits for it, and it waits for nobody.
      database.exec("PRAGMA wal_checkpoint(PASSIVE)");
    }
    self.postMessage("");
  } catch (error) {
    self.postMessage(String(error));
  }
};

/** SQLite would make a file that is gone; where the volume is, there is nothing to checkpoint. */
function opened(path: string): DatabaseSync {
  Deno.statSync(path);
  return new DatabaseSync(path);
}
