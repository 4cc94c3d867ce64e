import { dirname } from "node:path";
import { flushFolder } from "./flush.ts";
import { storageError } from "./sqlite_errors.ts";

/**
 * Brings the write-ahead log of a SQLite file to the disk beside the event loop: what SQLite would do itself at the end of each
 * transaction, while every request waits. Any descriptor of a file flushes all of it.
 */
export class WriteAheadLog {
  #file: Deno.FsFile | undefined;
  /** What the disk once did not take may be missing for good, though it takes what is written later. */
  #fault: unknown;

  /** The path of the file itself: SQLite follows links, and keeps the log beside what they lead to. */
  constructor(private readonly databasePath: string) {}

  /**
   * Waits until everything that was written to the log survives a loss of power.
   *
   * @throws {CqError} 503 where the disk does not take it.
   */
  async flush(): Promise<void> {
    if (this.#fault !== undefined) throw this.#fault;
    try {
      if (this.#file === undefined) {
        // It stays the same file as long as a connection is open.
        this.#file = await Deno.open(`${this.databasePath}-wal`);
        await flushFolder(dirname(this.databasePath));
      }
      await this.#file.syncData();
    } catch (error) {
      throw this.#fault = storageError(error);
    }
  }

  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }
}
