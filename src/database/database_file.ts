import { DatabaseFault } from "./fault.ts";
import { storageError } from "./sqlite_errors.ts";

/**
 * The file of a database, to be recognised. An open file can be moved, deleted or hidden behind a volume without anybody noticing:
 * what is written to it then would be acknowledged and lost.
 */
export class DatabaseFile {
  #known: { readonly device: number; readonly inode: number } | undefined;

  constructor(private readonly path: string) {}

  /** To be called once it is open: this is the file from now on. */
  recognise(): void {
    const found = this.#find();
    // Systems without inodes do not let an open file be moved.
    if (found !== undefined && found.inode !== null) {
      this.#known = { device: found.device, inode: found.inode };
    }
  }

  /**
   * Tells whether the file is the one on the device it was opened on. The same file on another device is a volume that was attached
   * again: what was opened before is of no use.
   *
   * @throws {CqError} 503 where it is gone, or another file has its place.
   */
  isOnItsDevice(): boolean {
    if (this.#known === undefined) return true;
    const found = this.#find();
    if (found === undefined) {
      throw new DatabaseFault("gone");
    }
    if (found.inode !== this.#known.inode) {
      throw new DatabaseFault("replaced");
    }
    return found.device === this.#known.device;
  }

  #find(): { device: number; inode: number | null } | undefined {
    try {
      const { dev: device, ino: inode } = Deno.statSync(this.path);
      return { device, inode };
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw storageError(error);
    }
  }
}
