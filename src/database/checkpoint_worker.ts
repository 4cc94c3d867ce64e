/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";

let database: DatabaseSync | undefined;

/** Told the path of a database, copies what its write-ahead log holds into it, and answers with what went wrong, if anything did. */
self.onmessage = ({ data }: MessageEvent<string>) => {
  try {
    // Never made: where the volume is gone, there is nothing to checkpoint.
    database ??= new DatabaseSync(`${pathToFileURL(data)}?mode=rw`);
    // Passive: nobody waits for it, and it waits for nobody.
    database.exec("PRAGMA wal_checkpoint(PASSIVE)");
    self.postMessage("");
  } catch (error) {
    self.postMessage(String(error));
  }
};
