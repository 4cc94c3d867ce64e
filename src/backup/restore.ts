import { dirname } from "node:path";
import { copySqliteFile } from "../database/copy.ts";
import { holdAlone } from "../database/exclusive.ts";
import { LOG_SUFFIXES } from "../database/files.ts";
import { flushFolder } from "../database/flush.ts";
import { openDatabase } from "../database/open.ts";
import { isLockContention } from "../database/sqlite_errors.ts";
import { sqliteLocation } from "../database/url.ts";
import { conflict, CqError, invalid, refused } from "../errors.ts";
import type { Migration } from "../migrate/plan.ts";
import { planFor } from "../migrate/runner.ts";
import { type Clock, fileTime } from "../wire/time.ts";
import { exists } from "./backup.ts";

interface RestoreOptions {
  /** What the next start of this version would apply to a backup. */
  readonly migrations: readonly Migration[];
  readonly clock: Clock;
  /** Whether a database may be there already; it is kept under another name. */
  readonly isReplacing: boolean;
}

/** What a restored database is, and under which names the files are kept that were in its place. */
export interface Restored {
  readonly revision: string | undefined;
  /** Revisions that the next start applies. */
  readonly pending: readonly string[];
  readonly kept: readonly string[];
}

/**
 * Puts a backup in the place of a SQLite file that no server has open. The backup is checked first and stays where it is; until it has
 * been, and where anything is wrong, nothing changes.
 *
 * @throws {CqError} what stands against it, and what to do.
 */
export async function restore(
  backup: string,
  path: string,
  { migrations, clock, isReplacing }: RestoreOptions,
): Promise<Restored> {
  await requireBackup(backup, path);
  const isThere = await exists(path);
  // SQLite follows links, and keeps its logs beside the file itself.
  const target = isThere ? await Deno.realPath(path) : path;
  if (isThere && (await Deno.stat(target)).isDirectory) {
    throw refused(`${target} is a directory, not a file; name another place for the database`);
  }
  if (isThere && !isReplacing) {
    throw conflict(
      `${target} exists; --replace puts the backup in its place and keeps it under another name`,
    );
  }
  const partial = `${target}.restoring`;
  await Deno.mkdir(dirname(target), { recursive: true });
  // Only a backup whose last writer crashed has a log beside it, which belongs to it.
  const isAtRest = !await exists(`${backup}-wal`);
  await copySqliteFile(backup, partial, { isAtRest });
  try {
    const found = await acceptedPlan(partial, backup, migrations);
    await keepAccess(partial, target, { isThere });
    const kept = `${target}.${fileTime(clock.now())}.replaced.bak`;
    return { ...found, kept: await putInPlace({ partial, target, kept, isThere }) };
  } catch (error) {
    await Deno.remove(partial).catch(() => {});
    throw error;
  }
}

async function requireBackup(backup: string, target: string): Promise<void> {
  const { isFile } = await Deno.stat(backup).catch((error) => {
    throw invalid(`${backup} cannot be read: ${error.message}`);
  });
  if (!isFile) throw invalid(`${backup} is no file`);
  const [from, to] = await Promise.all([backup, target].map((path) => Deno.realPath(path).catch(() => path)));
  if (from === to) throw invalid(`${backup} is the database itself; name a backup`);
}

async function acceptedPlan(
  copy: string,
  backup: string,
  migrations: readonly Migration[],
): Promise<Pick<Restored, "revision" | "pending">> {
  const database = openDatabase(sqliteLocation(copy), { untouched: true });
  try {
    const decision = await planFor(database, migrations);
    if (decision.kind === "refuse") throw refused(`${backup}: ${decision.message}`);
    if (decision.kind === "up_to_date") return { revision: decision.revision, pending: [] };
    if (decision.from === undefined) throw refused(`${backup} holds none of the tables of a cq server`);
    return { revision: decision.from, pending: decision.migrations.map(({ revision }) => revision) };
  } finally {
    await database.close();
  }
}

/** A restore by another user, such as root, must not leave a file that the server's user cannot open. */
async function keepAccess(path: string, target: string, { isThere }: { isThere: boolean }): Promise<void> {
  const [model, own] = await Promise.all([Deno.stat(isThere ? target : dirname(target)), Deno.stat(path)]);
  if (isThere && model.mode !== null) await Deno.chmod(path, model.mode & 0o777);
  if (model.uid !== own.uid || model.gid !== own.gid) {
    await Deno.chown(path, model.uid, model.gid).catch(() => {});
  }
}

interface Places {
  readonly partial: string;
  readonly target: string;
  /** The name under which a database that is there is kept, and the beginning of those of its logs. */
  readonly kept: string;
  readonly isThere: boolean;
}

async function putInPlace({ partial, target, kept, isThere }: Places): Promise<string[]> {
  if (await exists(kept)) throw conflict(`${kept} exists; try again in a second`);
  using _hold = isThere ? hold(target) : undefined;
  const names: string[] = [];
  // A log that is left there would be taken for the restored database's own and written into it.
  for (const suffix of LOG_SUFFIXES) {
    const { size } = await Deno.stat(target + suffix).catch(() => ({ size: undefined }));
    if (size === undefined) continue;
    // The index of a log is made anew from it, and whoever only looks at a database leaves an empty log behind.
    if (size === 0 || suffix === "-shm") await Deno.remove(target + suffix);
    else {
      await Deno.rename(target + suffix, kept + suffix);
      names.push(kept + suffix);
    }
  }
  if (isThere) {
    // Under both names for a moment, so that there is none without a database; some file systems know no second names.
    await Deno.link(target, kept).catch(() => Deno.rename(target, kept));
    names.unshift(kept);
  }
  await Deno.rename(partial, target);
  await flushFolder(dirname(target));
  return names;
}

function hold(target: string): Disposable {
  try {
    return holdAlone(target);
  } catch (error) {
    if (isLockContention(error)) {
      throw conflict(`${target} is in use; stop the server, and whatever else has it open, and try again`);
    }
    if (!(error instanceof CqError)) throw error;
    throw refused(
      `${target} is damaged, so nobody can tell whether a server has it open: stop every server, move it and the files ` +
        "-wal and -shm beside it away, and restore again without --replace",
      error,
    );
  }
}
