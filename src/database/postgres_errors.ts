import { databaseFull, unavailable } from "../errors.ts";
import { RETRY_AFTER_S } from "../limits.ts";

// https://www.postgresql.org/docs/current/errcodes-appendix.html, and the driver's own codes for lost connections.
const CONNECTION_LOST = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EPIPE",
  "ETIMEDOUT",
  "EAI_AGAIN",
]);
const REASONS: Readonly<Record<string, string>> = {
  "25006": "The database cannot be written to",
  "40001": "The database is busy",
  "40P01": "The database is busy",
  "55P03": "The database is busy",
  "57014": "The database took too long",
  "25P03": "The database took too long",
  "3D000": "The database does not exist",
};
const DISK_FULL = "53100", LOCK_TIMEOUT = "55P03", NOT_SUPPORTED = "0A000", INVALID_TERMINATION = "2D000";

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Whether the same transaction may well succeed when it is run again at once. */
export function isCollision(error: unknown): boolean {
  return ["40001", "40P01"].includes(codeOf(error));
}

/** Whether a script was stopped because it would have ended or divided its transaction. */
export function leavesTransaction(error: unknown): boolean {
  const routine = error instanceof Error && "routine" in error ? error.routine : undefined;
  return codeOf(error) === INVALID_TERMINATION ||
    (codeOf(error) === NOT_SUPPORTED && routine === "exec_stmt_dynexecute");
}

/** Whether a lock was waited for in vain. */
export function isLockTimeout(error: unknown): boolean {
  return codeOf(error) === LOCK_TIMEOUT;
}

/** Whether a connection broke or could not be made. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error);
  return CONNECTION_LOST.has(code) || /^(08[0-9A-Z]{3}$|57P)/.test(code);
}

/** What a fault of the engine means to whoever asked, see `sqlite_errors.ts`. */
export function postgresError(error: unknown): unknown {
  const code = codeOf(error);
  if (code === DISK_FULL) {
    return databaseFull(error);
  }
  const reason = REASONS[code] ?? (isOutOfReach(code) ? "The database cannot be reached" : undefined);
  return reason === undefined ? error : unavailable(reason, { retryAfter_s: RETRY_AFTER_S, cause: error });
}

// Classes 08 (connection), 28 (authorisation), 53 (resources) and 57P (operator intervention).
function isOutOfReach(code: string): boolean {
  return CONNECTION_LOST.has(code) || /^(08|28|53)[0-9A-Z]{3}$|^57P/.test(code);
}
