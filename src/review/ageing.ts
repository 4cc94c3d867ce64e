import type { Queryable } from "../database/database.ts";
import { bytewise } from "../database/dialect.ts";
import { list, type Sql, sql } from "../database/sql.ts";
import { readableUnit } from "../knowledge/readable.ts";
import { type DoubtPolicy, isStale } from "../knowledge/standing.ts";
import type { UnitRow } from "../knowledge/store.ts";
import type { KnowledgeUnit } from "../knowledge/unit.ts";
import { dayNumberOf } from "../wire/time.ts";
import { unitsByIds } from "./list_store.ts";
import { decodePlace, encodePlace } from "./places.ts";

/** Why an approved unit is in doubt: it has flags that nobody answered, or nobody confirmed it for too long and nobody flagged it. */
export const DOUBT_KINDS = ["disputed", "stale"] as const;
export type DoubtKind = typeof DOUBT_KINDS[number];

/** An approved unit in doubt. */
export interface AgeingUnit {
  readonly unit: KnowledgeUnit;
  readonly row: UnitRow;
  readonly unansweredFlags: number;
  /** The day in UTC, `YYYY-MM-DD`, since which nobody confirmed or verified it; null where none is known. */
  readonly freshDay: string | null;
}

/** Units in doubt that most need somebody to look at them: with most flags, or unconfirmed for longest, first. */
export interface AgeingList {
  readonly units: readonly AgeingUnit[];
  /** Where the next page begins; undefined at the end. */
  readonly next: string | undefined;
}

interface DoubtRow {
  readonly unit_id: string;
  readonly unanswered_flags: number | null;
  readonly fresh_day: string | null;
}

interface AgeingRequest {
  readonly kind: DoubtKind;
  readonly policy: DoubtPolicy;
  /** The day since 1970. */
  readonly today: number;
  readonly limit: number;
  /** A place in the list. */
  readonly after?: string | undefined;
}

const UNIT_ID = bytewise(sql`unit_id`);
const FRESH_DAY = bytewise(sql`fresh_day`);

/** A page of the units in doubt. */
export async function ageingUnits(database: Queryable, request: AgeingRequest): Promise<AgeingList> {
  const { kind, limit, after } = request;
  const place = decodePlace(after);
  const order = kind === "disputed" ? sql`unanswered_flags DESC, ${UNIT_ID}` : sql`${FRESH_DAY}, ${UNIT_ID}`;
  const beyond = place === undefined || place[0] !== kind ? sql`1 = 1` : beyondPlace(kind, place);
  const found = await database.all<DoubtRow>(sql`
    SELECT unit_id, unanswered_flags, fresh_day FROM knowledge_changes
    WHERE ${inDoubt(request)} AND ${beyond} ORDER BY ${order} LIMIT ${limit + 1}`);
  const shown = found.slice(0, limit);
  const ids = shown.map(({ unit_id }) => unit_id);
  const rows = new Map((await unitsByIds(database, ids)).map((row) => [row.id, row]));
  const units = shown.flatMap(({ unit_id, unanswered_flags, fresh_day }) => {
    const row = rows.get(unit_id);
    const unit = row === undefined ? undefined : readableUnit(row);
    if (row === undefined || unit === undefined) return [];
    return [{ unit, row, unansweredFlags: unanswered_flags ?? 0, freshDay: fresh_day }];
  });
  return { units, next: found.length > limit ? placeOf(kind, shown.at(-1)!) : undefined };
}

/** How many units are in doubt, counted up to `max`. */
export async function countAgeing(
  database: Queryable,
  { max, ...request }: Omit<AgeingRequest, "limit" | "after"> & { max: number },
): Promise<number> {
  const row = await database.first<{ total: number }>(sql`
    SELECT COUNT(*) AS total FROM (
      SELECT 1 AS one FROM knowledge_changes WHERE ${inDoubt(request)} LIMIT ${max}) AS counted`);
  return row!.total;
}

function inDoubt({ kind, policy, today }: Pick<AgeingRequest, "kind" | "policy" | "today">): Sql {
  if (kind === "disputed") return sql`unanswered_flags > 0`;
  const before = dayText(today - policy.confirmWithin_days);
  return sql`fresh_day IS NOT NULL AND ${FRESH_DAY} < ${before} AND unanswered_flags = 0`;
}

function placeOf(kind: DoubtKind, { unit_id, unanswered_flags, fresh_day }: DoubtRow): string {
  return encodePlace([kind, kind === "disputed" ? String(unanswered_flags) : fresh_day ?? "", unit_id]);
}

function beyondPlace(kind: DoubtKind, [, at, id]: readonly [string, string, string]): Sql {
  if (kind === "stale") return sql`(${FRESH_DAY}, ${UNIT_ID}) > (${at}, ${id})`;
  const flags = Number(at);
  if (!Number.isSafeInteger(flags)) return sql`1 = 1`;
  return sql`(unanswered_flags < ${flags} OR (unanswered_flags = ${flags} AND ${UNIT_ID} > ${id}))`;
}

/** What is held against an approved unit. */
export interface UnitDoubts {
  readonly unansweredFlags: number;
  /** The day `YYYY-MM-DD` since which it is stale; undefined where it is not. */
  readonly staleSince: string | undefined;
}

/** The doubts about these units, by their ids; those without any are left out. */
export async function unitDoubts(
  database: Queryable,
  { ids, policy, today }: { ids: readonly string[]; policy: DoubtPolicy; today: number },
): Promise<Map<string, UnitDoubts>> {
  if (ids.length === 0) return new Map();
  // By their ids alone: with a status, SQLite would walk through all units of that status.
  const rows = await database.all<DoubtRow & { status: string }>(sql`
    SELECT unit_id, status, unanswered_flags, fresh_day FROM knowledge_changes WHERE unit_id IN (${
    list(ids)
  })`);
  return new Map(
    rows.filter(({ status }) => status === "approved").flatMap(({ unit_id, unanswered_flags, fresh_day }) => {
      const unansweredFlags = unanswered_flags ?? 0;
      const freshDay = dayNumberOf(`${fresh_day}T00:00:00Z`);
      const isPast = freshDay !== undefined && isStale(freshDay, policy, today);
      if (unansweredFlags === 0 && !isPast) return [];
      const staleSince = isPast ? dayText(freshDay + policy.confirmWithin_days + 1) : undefined;
      return [[unit_id, { unansweredFlags, staleSince }]];
    }),
  );
}

function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
