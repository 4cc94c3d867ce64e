import type { Queryable, Transaction } from "../database/database.ts";
import { bytewise } from "../database/dialect.ts";
import { list, type Sql, sql } from "../database/sql.ts";

/** A unit that was put off. */
export interface SnoozeRow {
  readonly unit_id: string;
  /** +00:00 form. */
  readonly until: string;
  readonly snoozed_by: string;
}

/** Somebody who has a unit open. */
export interface ClaimRow {
  readonly unit_id: string;
  readonly username: string;
}

/** The statement that puts a pending unit off, over an earlier time; it changes nothing where the unit is not pending. */
export function snoozing(snooze: SnoozeRow): Sql {
  return sql`
    INSERT INTO review_snoozes (unit_id, until, snoozed_by)
    SELECT id, ${snooze.until}, ${snooze.snoozed_by} FROM knowledge_units
    WHERE id = ${snooze.unit_id} AND status = 'pending'
    ON CONFLICT (unit_id) DO UPDATE SET until = excluded.until, snoozed_by = excluded.snoozed_by`;
}

/** The statement that brings a unit back before its time. */
export function waking(unitId: string): Sql {
  return sql`DELETE FROM review_snoozes WHERE unit_id = ${unitId}`;
}

/** The statements for a unit that nobody needs to look at any longer. */
export function attentionEnd(unitId: string): Sql[] {
  return [waking(unitId), sql`DELETE FROM review_claims WHERE unit_id = ${unitId}`];
}

/** Units among these that are put off until after `now`. */
export async function snoozesOf(
  database: Queryable,
  unitIds: readonly string[],
  now: string,
): Promise<SnoozeRow[]> {
  if (unitIds.length === 0) return [];
  return await database.all<SnoozeRow>(sql`
    SELECT unit_id, until, snoozed_by FROM review_snoozes
    WHERE unit_id IN (${list(unitIds)}) AND ${bytewise(sql`until`)} > ${now}`);
}

/** Notes that somebody has a pending unit open, and no other one; forgets what is over. */
export async function writeClaim(
  transaction: Transaction,
  claim: { unitId: string; username: string; now: string; expiresAt: string },
): Promise<void> {
  const { unitId, username, now, expiresAt } = claim;
  await transaction.batch([
    sql`DELETE FROM review_claims
        WHERE ${bytewise(sql`expires_at`)} <= ${now} OR (username = ${username} AND unit_id <> ${unitId})`,
    sql`INSERT INTO review_claims (unit_id, username, expires_at)
        SELECT id, ${username}, ${expiresAt} FROM knowledge_units WHERE id = ${unitId} AND status = 'pending'
        ON CONFLICT (unit_id, username) DO UPDATE SET expires_at = excluded.expires_at`,
  ]);
}

/** The statement that ends somebody's claim before its time. */
export function releasing(unitId: string, username: string): Sql {
  return sql`DELETE FROM review_claims WHERE unit_id = ${unitId} AND username = ${username}`;
}

/** How many pending units are put off until after `now`, counted up to `max`. */
export async function countSnoozed(
  database: Queryable,
  { now, max }: { now: string; max: number },
): Promise<number> {
  const row = await database.first<{ total: number }>(sql`
    SELECT COUNT(*) AS total FROM (
      SELECT 1 AS one FROM review_snoozes AS s
      WHERE ${bytewise(sql`s.until`)} > ${now} AND EXISTS (
        SELECT 1 FROM knowledge_units AS u WHERE u.id = s.unit_id AND u.status = 'pending')
      LIMIT ${max}) AS counted`);
  return row!.total;
}

/** Who has which of these units open at `now`. */
export async function claimsOn(
  database: Queryable,
  unitIds: readonly string[],
  now: string,
): Promise<ClaimRow[]> {
  if (unitIds.length === 0) return [];
  return await database.all<ClaimRow>(sql`
    SELECT unit_id, username FROM review_claims
    WHERE unit_id IN (${list(unitIds)}) AND ${bytewise(sql`expires_at`)} > ${now}
    ORDER BY ${bytewise(sql`username`)}`);
}
