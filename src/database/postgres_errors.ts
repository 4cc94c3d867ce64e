import { DatabaseFault, type FaultKind } from "./fault.ts";

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
const KINDS: Readonly<Record<string, FaultKind>> = {
  "25006": "read_only",
  "40001": "busy",
  "40P01": "busy",
  "53100": "disk_full",
  "55P03": "busy",
  "57014": "timeout",
  "25P03": "timeout",
  "3D000": "missing",
};
const LOCK_TIMEOUT = "55P03", NOT_SUPPORTED = "0A000", INVALID_TERMINATION = "2D000";

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
  const kind = KINDS[code] ?? (isOutOfReach(code) ? "unreachable" : undefined);
  return kind === undefined ? error : new DatabaseFault(kind, error);
}

// Classes 08 (connection), 28 (authorisation), 53 (resources) and 57P (operator intervention).
function isOutOfReach(code: string): boolean {
  return CONNECTION_LOST.has(code) || /^(08|28|53)[0-9A-Z]{3}$|^57P/.test(code);
}
