import type { Queryable } from "../database/database.ts";
import { bytewise } from "../database/dialect.ts";
import { isHeld } from "../knowledge/findings.ts";
import { join, type Sql, sql } from "../database/sql.ts";
import { hasMoreCandidates, UNIT_COLUMNS, type UnitRow } from "../knowledge/store.ts";
import type { Status } from "../knowledge/unit.ts";
import { FEW_UNITS_MAX } from "../limits.ts";
import { CONFIDENCE_EDGES } from "../projection/census.ts";

const CREATED = bytewise(sql`created_at`);
const ID = bytewise(sql`id`);

/** Pending units, oldest first. What is skipped is skipped in the index. */
export function pendingUnits(database: Queryable, limit: number, offset: number): Promise<UnitRow[]> {
  return database.all<UnitRow>(sql`
    SELECT ${UNIT_COLUMNS} FROM knowledge_units WHERE id IN (
      SELECT id FROM knowledge_units WHERE status = 'pending' ORDER BY ${CREATED}, ${ID} LIMIT ${limit} OFFSET ${offset}
    ) ORDER BY ${CREATED}, ${ID}`);
}

/** Number of pending units. */
export async function countPending(database: Queryable): Promise<number> {
  const row = await database.first<{ total: number }>(sql`
    SELECT COUNT(*) AS total FROM knowledge_units WHERE status = 'pending'`);
  return row!.total;
}

/** Which units to list. Absent means any. */
export interface UnitFilter {
  readonly domain?: string;
  readonly status?: string;
  /** Included. */
  readonly confidenceMin?: number;
  /** Excluded below 1, included from 1 on. */
  readonly confidenceMax?: number;
}

/** Units that pass a filter, newest first. */
export async function filteredUnits(
  database: Queryable,
  filter: UnitFilter,
  limit: number,
): Promise<UnitRow[]> {
  const { domain, status } = filter;
  const range = confidenceConditions(filter);
  const isFew = domain !== undefined && !await hasMoreCandidates(database, [domain], FEW_UNITS_MAX);
  if (range.length > 0 && !isFew) return await unitsByConfidence(database, filter, limit);
  const conditions = [...statusCondition(status), ...domainCondition(domain, isFew)];
  if (range.length > 0) {
    conditions.push(sql`EXISTS (
      SELECT 1 FROM knowledge_changes AS c WHERE c.unit_id = u.id AND ${join(range, " AND ")})`);
  }
  // SQLite takes the tables of a cross join in this order: few rows of a domain first.
  const tables = isFew
    ? sql`knowledge_unit_domains AS d CROSS JOIN knowledge_units AS u`
    : sql`knowledge_units AS u`;
  return await database.all<UnitRow>(sql`
    SELECT ${UNIT_COLUMNS} FROM ${tables} WHERE ${join(conditions, " AND ")}
    ORDER BY ${CREATED} DESC, ${ID} DESC LIMIT ${limit}`);
}

function statusCondition(status: string | undefined): Sql[] {
  return status === undefined ? [sql`1 = 1`] : [sql`status = ${status}`];
}

function confidenceConditions({ confidenceMin: min, confidenceMax: max }: UnitFilter): Sql[] {
  if (min === undefined && max === undefined) return [];
  return [
    sql`confidence IS NOT NULL`,
    ...(min === undefined ? [] : [sql`confidence >= ${min}`]),
    ...(max === undefined || max >= 1 ? [] : [sql`confidence < ${max}`]),
  ];
}

/** Few units of a domain are fetched and sorted; where there are many, the newest are soon found by walking through all. */
function domainCondition(domain: string | undefined, isFew: boolean): Sql[] {
  if (domain === undefined) return [];
  if (isFew) return [sql`d.domain = ${domain}`, sql`u.id = d.unit_id`];
  return [
    sql`EXISTS (SELECT 1 FROM knowledge_unit_domains AS d WHERE d.unit_id = u.id AND d.domain = ${domain})`,
  ];
}

/** The newest of each range of confidence between two edges come from an index; of those the newest are taken. */
async function unitsByConfidence(
  database: Queryable,
  filter: UnitFilter,
  limit: number,
): Promise<UnitRow[]> {
  const { status, domain, confidenceMin: min, confidenceMax: max } = filter;
  const below = max === undefined || max >= 1 ? Infinity : max;
  const buckets = [-Infinity, ...CONFIDENCE_EDGES].flatMap((lower, bucket) => {
    const upper = CONFIDENCE_EDGES[bucket] ?? Infinity;
    return upper > (min ?? -Infinity) && lower < below ? [bucket] : [];
  });
  if (buckets.length === 0) return [];
  const range = [...confidenceConditions(filter), ...statusCondition(status)];
  const newest = buckets.map((bucket) =>
    sql`SELECT * FROM (
      SELECT unit_id, created_at FROM knowledge_changes AS u
      WHERE confidence_bucket = ${bucket} AND ${join(range, " AND ")}
      ${
      domain === undefined ? sql`` : sql`AND EXISTS (
        SELECT 1 FROM knowledge_unit_domains AS d WHERE d.unit_id = u.unit_id AND d.domain = ${domain})`
    }
      ORDER BY ${CREATED} DESC, ${bytewise(sql`unit_id`)} DESC LIMIT ${limit}
    ) AS bucket`
  );
  return await database.all<UnitRow>(sql`
    SELECT ${UNIT_COLUMNS} FROM knowledge_units WHERE id IN (
      SELECT unit_id FROM (${join(newest, " UNION ALL ")}) AS newest
      ORDER BY ${CREATED} DESC, ${bytewise(sql`unit_id`)} DESC LIMIT ${limit}
    ) ORDER BY ${CREATED} DESC, ${ID} DESC`);
}

/** Units by what last happened to them, newest first. */
export function latestUnits(database: Queryable, limit: number): Promise<UnitRow[]> {
  return database.all<UnitRow>(sql`
    SELECT ${UNIT_COLUMNS} FROM knowledge_units
    ORDER BY ${bytewise(sql`COALESCE(reviewed_at, created_at)`)} DESC, ${ID} DESC LIMIT ${limit}`);
}

/** The statement that decides on a unit; it changes nothing where the unit is not pending. */
export function pendingDecision(
  decision: {
    id: string;
    status: Exclude<Status, "pending">;
    reviewer: string;
    now: string;
    /** Whether a unit that the guard holds stays pending. */
    skipsHeld?: boolean;
  },
): Sql {
  return sql`
    UPDATE knowledge_units
    SET status = ${decision.status}, reviewed_by = ${decision.reviewer}, reviewed_at = ${decision.now}
    WHERE id = ${decision.id} AND status = 'pending' ${
    decision.skipsHeld === true ? sql`AND NOT ${isHeld(decision.id)}` : sql``
  }`;
}
