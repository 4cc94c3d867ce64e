import type { Queryable } from "../database/database.ts";
import { bytewise, utcDay } from "../database/dialect.ts";
import { join, type Sql, sql } from "../database/sql.ts";
import { CONFIDENCE, UNIT_COLUMNS, type UnitRow } from "../knowledge/store.ts";
import type { Status } from "../knowledge/unit.ts";
import { daysBefore } from "./trends.ts";

const CREATED = bytewise(sql`created_at`);
const ID = bytewise(sql`id`);

/** Pending units, oldest first. */
export function pendingUnits(database: Queryable, limit: number, offset: number): Promise<UnitRow[]> {
  return database.all<UnitRow>(sql`
    SELECT ${UNIT_COLUMNS} FROM knowledge_units WHERE status = 'pending'
    ORDER BY ${CREATED}, ${ID} LIMIT ${limit} OFFSET ${offset}`);
}

/** Units by status. */
export async function countStatuses(database: Queryable): Promise<ReadonlyMap<string, number>> {
  const rows = await database.all<{ status: string; total: number }>(sql`
    SELECT status, COUNT(*) AS total FROM knowledge_units GROUP BY status`);
  return new Map(rows.map((row) => [row.status, row.total]));
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
export function filteredUnits(database: Queryable, filter: UnitFilter, limit: number): Promise<UnitRow[]> {
  const conditions: Sql[] = [sql`1 = 1`];
  const { domain, status, confidenceMin, confidenceMax } = filter;
  if (status !== undefined) conditions.push(sql`status = ${status}`);
  if (domain !== undefined) {
    conditions.push(sql`id IN (SELECT unit_id FROM knowledge_unit_domains WHERE domain = ${domain})`);
  }
  if (confidenceMin !== undefined) conditions.push(sql`${CONFIDENCE} >= ${confidenceMin}`);
  if (confidenceMax !== undefined && confidenceMax < 1) {
    conditions.push(sql`${CONFIDENCE} < ${confidenceMax}`);
  }
  return database.all<UnitRow>(sql`
    SELECT ${UNIT_COLUMNS} FROM knowledge_units WHERE ${join(conditions, " AND ")}
    ORDER BY ${CREATED} DESC, ${ID} DESC LIMIT ${limit}`);
}

/** Units by what last happened to them, newest first. */
export function latestUnits(database: Queryable, limit: number): Promise<UnitRow[]> {
  return database.all<UnitRow>(sql`
    SELECT ${UNIT_COLUMNS} FROM knowledge_units
    ORDER BY ${bytewise(sql`COALESCE(reviewed_at, created_at)`)} DESC, ${ID} DESC LIMIT ${limit}`);
}

/** The statement that decides on a unit; it changes nothing where the unit is not pending. */
export function pendingDecision(
  decision: { id: string; status: Exclude<Status, "pending">; reviewer: string; now: string },
): Sql {
  return sql`
    UPDATE knowledge_units
    SET status = ${decision.status}, reviewed_by = ${decision.reviewer}, reviewed_at = ${decision.now}
    WHERE id = ${decision.id} AND status = 'pending'`;
}

/** How many units were proposed on each day from `first` to `last`. Days without any are left out. */
export function proposedPerDay(
  database: Queryable,
  first: string,
  last: string,
): Promise<Map<string, number>> {
  return countPerDay(database, sql`created_at`, sql`1 = 1`, { first, last });
}

/** How many units of a status were decided on each day from `first` to `last`. */
export function decidedPerDay(
  database: Queryable,
  status: Status,
  days: { first: string; last: string },
): Promise<Map<string, number>> {
  return countPerDay(database, sql`reviewed_at`, sql`status = ${status}`, days);
}

async function countPerDay(
  database: Queryable,
  column: Sql,
  condition: Sql,
  { first, last }: { first: string; last: string },
): Promise<Map<string, number>> {
  // The plain comparison is what an index can answer; a time with an offset may lie a day off by its text.
  const rows = await database.all<{ day: string; total: number }>(sql`
    SELECT ${utcDay(column)} AS day, COUNT(*) AS total FROM knowledge_units
    WHERE ${condition} AND ${bytewise(column)} >= ${daysBefore(first, 1)} AND ${
    utcDay(column)
  } BETWEEN ${first} AND ${last}
    GROUP BY day`);
  return new Map(rows.map((row) => [row.day, row.total]));
}
