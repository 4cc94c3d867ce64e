import type { Queryable } from "../database/database.ts";
import { bytewise, hasFlagsIn } from "../database/dialect.ts";
import { join, sql } from "../database/sql.ts";
import { STATUSES } from "../knowledge/unit.ts";

/** How many units have flags, counted up to `max`. */
export function countFlagged(database: Queryable, max: number): Promise<number> {
  const lanes = STATUSES.map((status) =>
    sql`SELECT * FROM (
      SELECT 1 AS one FROM knowledge_units AS u WHERE ${hasFlagsIn(sql`u.data`)} AND u.status = ${status}
      LIMIT ${max}) AS lane`
  );
  return counted(
    database,
    sql`SELECT COUNT(*) AS total FROM (${join(lanes, " UNION ALL ")}) AS flagged`,
    max,
  );
}

/** How many pending units are put off beyond `now`, counted up to `max`. */
export function countSnoozed(database: Queryable, now: string, max: number): Promise<number> {
  return counted(
    database,
    sql`
    SELECT COUNT(*) AS total FROM (
      SELECT unit_id FROM review_snoozes WHERE ${bytewise(sql`until`)} > ${now} LIMIT ${max}
    ) AS few CROSS JOIN knowledge_units AS u WHERE u.id = few.unit_id AND u.status = 'pending'`,
    max,
  );
}

async function counted(database: Queryable, query: ReturnType<typeof sql>, max: number): Promise<number> {
  const row = await database.first<{ total: number }>(query);
  return Math.min(row!.total, max);
}

/** Approved units whose confidence the engine finds no number for, at most `limit` of them. */
export async function unratedUnits(database: Queryable, limit: number): Promise<string[]> {
  const rows = await database.all<{ unit_id: string }>(sql`
    SELECT unit_id FROM knowledge_changes
    WHERE confidence IS NULL AND status = 'approved'
    ORDER BY ${bytewise(sql`created_at`)}, ${bytewise(sql`unit_id`)} LIMIT ${limit}`);
  return rows.map(({ unit_id }) => unit_id);
}
