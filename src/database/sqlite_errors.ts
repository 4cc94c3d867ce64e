import { CqError, refused } from "../errors.ts";
import { DatabaseFault } from "./fault.ts";

// https://www.sqlite.org/rescode.html, primary result codes.
const PERMISSION = 3,
  BUSY = 5,
  LOCKED = 6,
  READONLY = 8,
  IO = 10,
  CORRUPT = 11,
  FULL = 13,
  CANNOT_OPEN = 14,
  NOT_A_DATABASE = 26;

// The driver's constructor and its backup tell their faults by their texts only.
const CODES_BY_TEXT: readonly [string, number][] = [
  ["unable to open database file", CANNOT_OPEN],
  ["disk I/O error", CANNOT_OPEN],
  ["database is locked", BUSY],
  ["database or disk is full", FULL],
  ["file is not a database", NOT_A_DATABASE],
  ["database disk image is malformed", CORRUPT],
  ["malformed database schema", CORRUPT],
];

// What a flush of the log can meet; the quota of a user or a folder is its disk.
const CODES_BY_ERRNO: Readonly<Record<string, number>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EROFS: READONLY,
  EIO: IO,
};

function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("errcode" in error && typeof error.errcode === "number") return error.errcode & 0xff;
  // The operating system's, on the way to the file.
  if ("code" in error && /^E[A-Z]+$/.test(String(error.code))) {
    return CODES_BY_ERRNO[String(error.code)] ?? CANNOT_OPEN;
  }
  return CODES_BY_TEXT.find(([text]) => error.message.startsWith(text))?.[1];
}

/** Whether an error says that another connection holds a lock. */
export function isLockContention(error: unknown): boolean {
  return error instanceof CqError && error.code === "unavailable" && primaryCode(error.cause) === BUSY;
}

/** The error of a lock that SQLite tells of without failing. */
export function lockContention(message: string): CqError {
  return new DatabaseFault("busy", Object.assign(new Error(message), { errcode: BUSY }));
}

/**
 * Whether an error says that a file could not be read or written. A connection is not to be used any more then: it may hold the
 * file of a volume that is gone, or a descriptor that can only read.
 */
export function isFileFault(error: unknown): boolean {
  return error instanceof CqError && [PERMISSION, READONLY, IO].includes(primaryCode(error.cause) ?? 0);
}

/**
 * What a fault of the engine means to whoever asked: 503 where waiting may help, 507 where the disk is full, 500 where the
 * file is damaged, a refusal where it is no database, or none this process may touch. Anything else is returned as it is.
 */
export function storageError(error: unknown): unknown {
  if (error instanceof Error && error.name === "NotCapable") {
    return refused(`the process lacks a permission of Deno's: ${error.message}`);
  }
  switch (primaryCode(error)) {
    case BUSY:
    case LOCKED:
      return new DatabaseFault("busy", error);
    case PERMISSION:
    case READONLY:
      return new DatabaseFault("read_only", error);
    case IO:
      return new DatabaseFault("failing", error);
    case CANNOT_OPEN:
      return new DatabaseFault("unreachable", error);
    case FULL:
      return new DatabaseFault("disk_full", error);
    case CORRUPT:
      return new DatabaseFault("damaged", error);
    case NOT_A_DATABASE:
      return refused("the file is not a SQLite database", error);
    default:
      return error;
  }
}
