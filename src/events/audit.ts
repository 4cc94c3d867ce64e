import type { Queryable } from "../database/database.ts";
import { type Sql, sql } from "../database/sql.ts";
import { invalid } from "../errors.ts";
import { AUDIT_PAGE } from "../limits.ts";
import { nextTurn } from "../turns.ts";
import { LinkCheck } from "./link_check.ts";
import { purgedHashes } from "./purged.ts";

/** Where an event of the audit log is kept. */
export type AuditSource = "knowledge" | "account";

/** One entry of the audit log: what happened to a unit or an account, in the order in which it came to be. */
export interface AuditEntry {
  /** Without gaps, from 1. */
  readonly seq: number;
  readonly source: AuditSource;
  readonly event_id: number;
  /** The id of the unit, or the name of the user, that it happened to. */
  readonly subject: string;
  readonly kind: string;
  readonly actor: string;
  readonly api_key_id: string | null;
  /** +00:00 form. */
  readonly occurred_at: string;
  /** JSON. */
  readonly detail: string | null;
  /** SHA-256 over the entry and the hash of the one before, in hex. */
  readonly hash: string;
}

/** An entry whose event may be gone. */
export type StoredEntry = { readonly [Field in keyof AuditEntry]: AuditEntry[Field] | null } & {
  readonly seq: number;
  readonly source: AuditSource;
  readonly event_id: number;
  readonly hash: string;
};

/** What is wrong with an audit log, in a sentence; `seq` is undefined where it concerns no entry. */
export interface AuditProblem {
  readonly seq?: number;
  readonly message: string;
}

/** A point of the log that was written down elsewhere. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

/** A point of the log as people keep it. */
export function spelledHead(head: AuditHead | undefined): string {
  return head === undefined ? "0:" : `${head.seq}:${head.hash}`;
}

/** Reads what {@link spelledHead} wrote. @throws {CqError} 422 where it is none. */
export function parseHead(text: string): AuditHead {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})?$/.exec(text.trim()) ?? [];
  if (seq === undefined || (hash === undefined) !== (Number(seq) === 0)) {
    throw invalid(
      `${JSON.stringify(text)} is no head of the log: expected a number and a hash, such as 12:0f3a…`,
    );
  }
  return { seq: Number(seq), hash: hash ?? "" };
}

/** What {@link verifyAudit} found. */
export interface AuditReport {
  readonly entries: number;
  /** The newest entry; undefined where there is none. */
  readonly head: AuditHead | undefined;
  /** Entries whose details were purged; all else of them is checked. */
  readonly purged: number;
  /** Of these, entries from before revision 0013: without the detail, only their place in the log can be checked. */
  readonly unproven: readonly number[];
  /** At most {@link PROBLEMS_MAX} of them. */
  readonly problems: readonly AuditProblem[];
}

/** What is to be said of entries whose details were purged and that are from before links could be checked without. */
export function unprovenWords(seqs: readonly number[]): string {
  return `Of entries from before revision 0013 whose details were purged, only the place is checked: ${
    seqs.join(", ")
  }.`;
}

/** Reads entries `c` of the log with their events. */
export const ENTRIES: Sql = sql`
  SELECT c.seq, c.source, c.event_id, COALESCE(k.unit_id, a.subject) AS subject, COALESCE(k.kind, a.kind) AS kind,
         COALESCE(k.actor, a.actor) AS actor, COALESCE(k.api_key_id, a.api_key_id) AS api_key_id,
         COALESCE(k.occurred_at, a.occurred_at) AS occurred_at, COALESCE(k.detail, a.detail) AS detail, c.hash
  FROM audit_chain AS c
  LEFT JOIN knowledge_events AS k ON c.source = 'knowledge' AND k.id = c.event_id
  LEFT JOIN account_events AS a ON c.source = 'account' AND a.id = c.event_id`;

/** Problems that are told of one log: more would say nothing else. */
const PROBLEMS_MAX = 100;

/**
 * Makes sure of every entry: none is changed, missing, added or moved. `known` is a point of the log that was noted before:
 * without one, nobody can tell whether the newest entries were cut off together with their links.
 */
export async function verifyAudit(database: Queryable, known?: AuditHead): Promise<AuditReport> {
  const problems: AuditProblem[] = [];
  const check = new LinkCheck(await purgedHashes(database), await newerLinksFrom(database));
  let entries = 0;
  let head: AuditHead | undefined;
  let isKnownThere = known === undefined || known.seq === 0;
  for await (const entry of walk(database)) {
    const before = head;
    entries++;
    problems.push(...entryProblems(entry, before, check));
    head = { seq: entry.seq, hash: entry.hash };
    isKnownThere ||= entry.seq === known!.seq && entry.hash === known!.hash;
    if (problems.length >= PROBLEMS_MAX) {
      return { entries, head, ...check.found(), problems: problems.slice(0, PROBLEMS_MAX) };
    }
  }
  if (!isKnownThere) {
    problems.push({
      message: `entry ${known!.seq} with the hash that was written down is not there any more`,
    });
  }
  for (const source of ["knowledge", "account"] as const) {
    const total = await unchained(database, source);
    if (total > 0) {
      problems.push({
        message: `${total} events of ${source} are in no entry: they were added past the log`,
      });
    }
  }
  return { entries, head, ...check.found(), problems };
}

function entryProblems(
  entry: StoredEntry,
  before: AuditHead | undefined,
  check: LinkCheck,
): AuditProblem[] {
  const { seq } = entry;
  const expected = (before?.seq ?? 0) + 1;
  if (seq !== expected) {
    const missing = seq - 1 === expected ? `entry ${expected} is` : `entries ${expected} to ${seq - 1} are`;
    return [{ seq, message: `${missing} missing before entry ${seq}` }];
  }
  if (entry.kind === null) {
    return [{ seq, message: `entry ${seq}: event ${entry.event_id} of ${entry.source} was removed` }];
  }
  if (check.isWhole(entry, before?.hash ?? "")) return [];
  return [{
    seq,
    message: `entry ${seq}: event ${entry.event_id} of ${entry.source}, or its link, was changed`,
  }];
}

/** The number of the entry that says where links of the older kind end; 0 where there are none. */
async function newerLinksFrom(database: Queryable): Promise<number> {
  const row = await database.first<{ seq: number | null }>(sql`
    SELECT MIN(c.seq) AS seq FROM account_events AS a
    JOIN audit_chain AS c ON c.source = 'account' AND c.event_id = a.id WHERE a.kind = 'details_hashed'`);
  return row?.seq ?? 0;
}

async function* walk(database: Queryable, from = 0): AsyncGenerator<StoredEntry> {
  let after = from;
  for (;;) {
    // Each page holds the event loop for some milliseconds: others get a turn between two of them.
    await nextTurn();
    const page = await database.all<StoredEntry>(sql`
      ${ENTRIES} WHERE c.seq > ${after} ORDER BY c.seq LIMIT ${AUDIT_PAGE}`);
    yield* page;
    if (page.length < AUDIT_PAGE) return;
    after = page.at(-1)!.seq;
  }
}

async function unchained(database: Queryable, source: AuditSource): Promise<number> {
  const events = source === "knowledge" ? sql`knowledge_events` : sql`account_events`;
  const row = await database.first<{ total: number }>(sql`
    SELECT COUNT(*) AS total FROM ${events} AS e
    WHERE NOT EXISTS (SELECT 1 FROM audit_chain AS c WHERE c.source = ${source} AND c.event_id = e.id)`);
  return row!.total;
}

/** Every entry after one whose event is there, oldest first. */
export async function* auditEntries(database: Queryable, after = 0): AsyncGenerator<AuditEntry> {
  for await (const entry of walk(database, after)) if (entry.kind !== null) yield entry as AuditEntry;
}

/** The newest entries before `before`, newest first; those whose event is gone are left out. */
export async function latestAudit(
  database: Queryable,
  { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number | undefined; limit: number },
): Promise<AuditEntry[]> {
  const rows = await database.all<StoredEntry>(sql`
    ${ENTRIES} WHERE c.seq < ${before} ORDER BY c.seq DESC LIMIT ${limit}`);
  return rows.filter(({ kind }) => kind !== null) as AuditEntry[];
}
