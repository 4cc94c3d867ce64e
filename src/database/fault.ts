import { CqError, type ErrorCode } from "../errors.ts";
import { RETRY_AFTER_S } from "../limits.ts";
import { DATABASE_FAULTS } from "../telemetry/instruments.ts";

/** Why a database does not do what it is asked, and what is said about it. */
const MESSAGES = {
  busy: "The database is busy",
  writes_queue_full: "Too many writes are waiting",
  requests_queue_full: "Too many requests wait for the database",
  timeout: "The database took too long",
  read_only: "The database cannot be written to",
  unreachable: "The database cannot be reached",
  missing: "The database does not exist",
  failing: "The disk of the database fails, or its quota is used up",
  gone: "The file of the database is gone: it was moved or deleted, or its volume is not mounted",
  replaced: "Another file is in the place of the database: put it back, or restart the server",
  // Clients keep what they propose, as after every 5xx; whoever looks after the server sees what no waiting gives it.
  disk_full: "The disk of the database is full: nothing can be stored until there is room",
  damaged: "The file of the database is damaged: it has to be restored from a backup",
  closed: "The database is closed",
} as const;
export type FaultKind = keyof typeof MESSAGES;

// Shown from the start: the first one of its kind is not to be missed.
for (const kind of Object.keys(MESSAGES)) DATABASE_FAULTS.of(kind);

const NO_WAITING_HELPS: Partial<Record<FaultKind, [ErrorCode, number]>> = {
  disk_full: ["storage_full", 507],
  damaged: ["internal", 500],
};

/**
 * A fault of the database, none of what it was asked: 507 where its disk is full, 500 where its file is damaged, else 503 with
 * `Retry-After`.
 */
export class DatabaseFault extends CqError {
  constructor(readonly kind: FaultKind, cause?: unknown) {
    const [code, status] = NO_WAITING_HELPS[kind] ?? ["unavailable" as const, 503];
    const headers = status === 503 ? { "retry-after": String(RETRY_AFTER_S) } : {};
    super(code, status, MESSAGES[kind], { headers, cause });
  }
}
