import { dirname } from "node:path";
import { BACKUP_SPARE_BYTES } from "../operations_limits.ts";
import { copySqliteFile } from "../database/copy.ts";
import { flushFolder } from "../database/flush.ts";
import { freeBytes } from "../database/free_space.ts";
import { openDatabase } from "../database/open.ts";
import { sqliteLocation } from "../database/url.ts";
import { conflict, storageFull } from "../errors.ts";
import { recordedRevision } from "../migrate/ledger.ts";

interface BackupOptions {
  /** Where the copy is made before it is whole; must not exist. */
  readonly partial: string;
  /** Where it is in the end, given the revision it has. */
  readonly nameFor: (revision: string | undefined) => string;
  readonly signal?: AbortSignal;
}

/**
 * Backs a SQLite file up while it is in use: copied, checked, on the disk, and only then under its own name. Nothing is overwritten.
 *
 * @returns the path of the backup.
 * @throws {CqError} `conflict` where a file is in the way, 507 where the disk is too small, `refused` where the copy is damaged.
 */
export async function backUp(
  source: string,
  { partial, nameFor, ...options }: BackupOptions,
): Promise<string> {
  await requireSpace(source, dirname(partial));
  await copySqliteFile(source, partial, options);
  try {
    const path = nameFor(await revisionOf(partial));
    if (await exists(path)) throw conflict(`${path} exists; a backup does not overwrite anything`);
    await Deno.rename(partial, path);
    await flushFolder(dirname(path));
    return path;
  } catch (error) {
    await Deno.remove(partial).catch(() => {});
    throw error;
  }
}

/** A server must not run out of space because of its own backup. */
async function requireSpace(source: string, folder: string): Promise<void> {
  const [file, log, free] = await Promise.all([size(source), size(`${source}-wal`), freeBytes(folder)]);
  const needed = file + log + BACKUP_SPARE_BYTES;
  if (free === undefined || free >= needed) return;
  throw storageFull(
    `${folder} has ${mebibytes(free)} MiB free, a backup needs ${mebibytes(needed)} MiB; ` +
      "make room, or keep fewer backups",
  );
}

/** Bytes of a file; 0 where there is none. */
function size(path: string): Promise<number> {
  return Deno.stat(path).then(({ size }) => size, () => 0);
}

function mebibytes(bytes: number): string {
  return (bytes / 1_048_576).toFixed(1);
}

/** The revision of a SQLite file that nobody uses, which is only read. */
async function revisionOf(path: string): Promise<string | undefined> {
  const database = openDatabase(sqliteLocation(path), { untouched: true });
  try {
    return await recordedRevision(database);
  } finally {
    await database.close();
  }
}

/** Whether anything has this name, be it a link that leads nowhere. */
export function exists(path: string): Promise<boolean> {
  return Deno.lstat(path).then(() => true, () => false);
}
