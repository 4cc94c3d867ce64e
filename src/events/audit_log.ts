import type { Database, Queryable } from "../database/database.ts";
import { join, type Sql, sql } from "../database/sql.ts";
import { AUDIT_CHECK_MAX, AUDIT_SCAN_MAX } from "../limits.ts";
import { ACCOUNT_EVENT_KINDS, type AccountEventKind } from "./account_events.ts";
import {
  auditEntries,
  type AuditEntry,
  type AuditHead,
  type AuditReport,
  ENTRIES,
  type StoredEntry,
  verifyAudit,
} from "./audit.ts";
import { EVENT_KINDS, type EventKind } from "./events.ts";

/** What an entry can tell of. */
export const AUDIT_KINDS: readonly (EventKind | AccountEventKind)[] = [
  ...EVENT_KINDS,
  ...ACCOUNT_EVENT_KINDS,
];

/** Which entries to list; empty texts mean any. */
export interface AuditFilter {
  readonly actor: string;
  readonly kind: string;
  /** The id of a unit, or the name of a user. */
  readonly subject: string;
}

interface AuditListRequest {
  readonly filter: AuditFilter;
  /** Entries with lower numbers than this; undefined begins with the newest. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** Entries of the log, newest first. Those whose event is gone have no fields but those of the chain. */
export interface AuditList {
  readonly entries: readonly StoredEntry[];
  /** For the next page; undefined at the end. */
  readonly next: number | undefined;
  /** Whether there may be more that fit beyond the entries that were looked at. */
  readonly isCutShort: boolean;
}

/** What was done to units, accounts and keys. */
export interface AuditLog {
  /** The newest entry; undefined where there is none. */
  head(): Promise<AuditHead | undefined>;
  list(request: AuditListRequest): Promise<AuditList>;
  /** Makes sure of every entry; undefined where there are more than {@link AUDIT_CHECK_MAX}. */
  check(known?: AuditHead): Promise<AuditReport | undefined>;
  /** Every entry whose event is there, oldest first. */
  entries(): AsyncGenerator<AuditEntry>;
}

/** The log in `database`. */
export function createAuditLog(database: Database): AuditLog {
  const head = (): Promise<AuditHead | undefined> =>
    database.first<AuditHead>(sql`SELECT seq, hash FROM audit_chain ORDER BY seq DESC LIMIT 1`);
  return {
    head,
    list: (request) => listAudit(database, request),
    async check(known): Promise<AuditReport | undefined> {
      if (((await head())?.seq ?? 0) > AUDIT_CHECK_MAX) return undefined;
      return await verifyAudit(database, known);
    },
    entries: () => auditEntries(database),
  };
}

const NO_ENTRIES: AuditList = { entries: [], next: undefined, isCutShort: false };

async function listAudit(
  database: Queryable,
  { filter, before = Number.MAX_SAFE_INTEGER, limit }: AuditListRequest,
): Promise<AuditList> {
  // No text of a row holds a NUL, and Postgres takes none.
  if (Object.values(filter).some((value) => String(value).includes("\0"))) return NO_ENTRIES;
  const conditions = conditionsOf(filter);
  const size = conditions.length === 0 ? limit + 1 : AUDIT_SCAN_MAX;
  const [rows, last] = await Promise.all([
    database.all<StoredEntry>(sql`
      SELECT * FROM (${ENTRIES} WHERE c.seq < ${before} ORDER BY c.seq DESC LIMIT ${size}) AS newest
      WHERE ${join([sql`1 = 1`, ...conditions], " AND ")} ORDER BY seq DESC LIMIT ${limit + 1}`),
    // The last of those that were looked at, where there may be more.
    database.first<{ seq: number }>(sql`
      SELECT seq FROM audit_chain WHERE seq < ${before} ORDER BY seq DESC LIMIT 1 OFFSET ${size - 1}`),
  ]);
  const entries = rows.slice(0, limit);
  if (rows.length > limit) return { entries, next: entries.at(-1)!.seq, isCutShort: false };
  const isCutShort = conditions.length > 0 && last !== undefined && last.seq > 1;
  return { entries, next: isCutShort ? last.seq : undefined, isCutShort };
}

function conditionsOf({ actor, kind, subject }: AuditFilter): Sql[] {
  const named = ([["actor", actor], ["kind", kind], ["subject", subject]] as const)
    .filter(([, value]) => value !== "");
  const columns = { actor: sql`actor`, kind: sql`kind`, subject: sql`subject` };
  return named.map(([name, value]) => sql`${columns[name]} = ${value}`);
}
