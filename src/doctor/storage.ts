import { dirname } from "node:path";
import { freeBytes } from "../database/free_space.ts";
import type { CheckpointsBy } from "../database/sqlite.ts";
import { DISK_FREE_MIN_BYTES, LOG_WARNING_BYTES } from "../operations_limits.ts";
import { type Diagnosis, fail, ok, warn } from "./diagnosis.ts";

const MEBIBYTE = 1_048_576;
const READABLE_BY_OTHERS = 0o004, PASSABLE_BY_OTHERS = 0o001;

/** Looks at a SQLite file and its folder: whether they are there, may be written, and have room. */
export async function diagnoseStorage(path: string, checkpoints: CheckpointsBy): Promise<Diagnosis[]> {
  const folder = dirname(path);
  const place = await Deno.stat(folder).catch(() => undefined);
  if (place === undefined) {
    return [
      warn(
        `${folder} does not exist, or may not be looked into`,
        "the first start makes it where it may; else make it",
      ),
    ];
  }
  if (!place.isDirectory) return [fail(`${folder} is no folder`, "correct CQ_DB_PATH")];
  return [
    folderFinding(folder, place),
    ...await fileFindings(path, place),
    ...await spaceFindings(path, folder),
    ...await logFindings(path, checkpoints),
  ];
}

/** Whether a process may write, as far as owner and modes tell. */
export function mayWrite(
  { uid, gid, mode }: Deno.FileInfo,
  as: Ids,
): boolean {
  if (mode === null || as.uid === null || as.uid === 0) return true;
  if (uid === as.uid) return (mode & 0o200) !== 0;
  // Which further groups a process belongs to is not known.
  return (mode & (gid === as.gid ? 0o020 : 0o022)) !== 0;
}

interface Ids {
  readonly uid: number | null;
  readonly gid: number | null;
}

function ownIds(): Ids {
  try {
    return { uid: Deno.uid(), gid: Deno.gid() };
  } catch {
    return { uid: null, gid: null };
  }
}

function folderFinding(folder: string, place: Deno.FileInfo): Diagnosis {
  return unwritable(folder, place, { purpose: "SQLite keeps its log there" }) ??
    ok(`${folder} may be written to`);
}

/** That a process may not write into a folder, as far as owner and modes tell; undefined where it may. */
export function unwritable(
  folder: string,
  place: Deno.FileInfo,
  { purpose, as = ownIds() }: { purpose: string; as?: Ids },
): Diagnosis | undefined {
  if (mayWrite(place, as)) return undefined;
  return fail(
    `${folder} belongs to user ${place.uid} and may not be written to by user ${as.uid}; ${purpose}`,
    `chown ${as.uid}:${as.gid} ${folder}, or run the server as user ${place.uid}`,
  );
}

async function fileFindings(path: string, place: Deno.FileInfo): Promise<Diagnosis[]> {
  const file = await Deno.stat(path).catch(() => undefined);
  if (file === undefined) {
    return [warn(`there is no database at ${path} yet`, "start the server, or run cq migrate")];
  }
  if (!file.isFile) return [fail(`${path} is no file`, "correct CQ_DB_PATH")];
  try {
    // Opening for writing writes nothing, and the system knows more than modes: read-only disks, access lists.
    (await Deno.open(path, { read: true, write: true })).close();
  } catch (error) {
    return [fail(
      `${path} may not be read and written: ${(error as Error).message}`,
      "make its disk writable, and the user of the server its owner",
    )];
  }
  const isOpen = ((file.mode ?? 0) & READABLE_BY_OTHERS) !== 0 &&
    ((place.mode ?? 0) & PASSABLE_BY_OTHERS) !== 0;
  return isOpen
    ? [warn(`every user of this machine may read ${path}, which holds password hashes`, `chmod 600 ${path}`)]
    : [ok(`${path} may be read and written, by nobody else`)];
}

async function spaceFindings(path: string, folder: string): Promise<Diagnosis[]> {
  const free = await freeBytes(folder);
  if (free === undefined) return [];
  const { size } = await Deno.stat(path).catch(() => ({ size: 0 }));
  const told = `${folder} has ${Math.floor(free / MEBIBYTE)} MiB free`;
  if (free < DISK_FREE_MIN_BYTES) {
    return [fail(`${told}; writes fail when it is full`, "make room, or move the database")];
  }
  if (free < size) {
    return [
      warn(
        `${told}, less than the database takes; an upgrade copies it`,
        "make room before the next upgrade",
      ),
    ];
  }
  return [ok(told)];
}

async function logFindings(path: string, checkpoints: CheckpointsBy): Promise<Diagnosis[]> {
  const { size } = await Deno.stat(`${path}-wal`).catch(() => ({ size: 0 }));
  if (size < LOG_WARNING_BYTES) return [];
  return [warn(
    `${path}-wal has ${Math.floor(size / MEBIBYTE)} MiB`,
    checkpoints === "external"
      ? "CQ_CHECKPOINTS=external leaves it to another program: is that running?"
      : "end whatever holds a read transaction on the database",
  )];
}
