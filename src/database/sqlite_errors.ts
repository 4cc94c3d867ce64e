import { CqError, refused } from "../errors.ts";
import { DatabaseFault } from "./fault.ts";

// https://www.sqlite.org/rescode.html, primary result codes.
const PERMISSION = 3,
  BUSY = 5,
  LOCKED = 6,
  READONLY = 8,
  IO = 10,
  FULL = 13,
  CANNOT_OPEN = 14,
  NOT_A_DATABASE = 26;

// The driver's constructor tells its faults by their texts only.
const CODES_BY_TEXT: readonly [string, number][] = [
  ["unable to open database file", CANNOT_OPEN],
  ["disk I/O error", IO],
  ["database is locked", BUSY],
];

function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("errcode" in error && typeof error.errcode === "number") return error.errcode & 0xff;
  // The operating system's, on the way to the file.
  if ("code" in error && /^E[A-Z]+$/.test(String(error.code))) return CANNOT_OPEN;
  return CODES_BY_TEXT.find(([text]) => error.message.startsWith(text))?.[1];
}

/** Whether an error says that another connection holds a lock. */
export function isLockContention(error: unknown): boolean {
  return error instanceof CqError && error.code === "unavailable" && primaryCode(error.cause) === BUSY;
}

/**
 * What a fault of the engine means to whoever asked: 503 where waiting may help, 507 where the disk is full, a refusal
 * where the file is no database. Anything else is returned as it is.
 */
export function storageError(error: unknown): unknown {
  switch (primaryCode(error)) {
    case BUSY:
    case LOCKED:
      return new DatabaseFault("busy", error);
    case PERMISSION:
    case READONLY:
      return new DatabaseFault("read_only", error);
    case IO:
    case CANNOT_OPEN:
      return new DatabaseFault("unreachable", error);
    case FULL:
      return new DatabaseFault("disk_full", error);
    case NOT_A_DATABASE:
      return refused("the file is not a SQLite database", error);
    default:
      return error;
  }
}
