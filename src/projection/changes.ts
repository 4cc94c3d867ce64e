import type { Queryable } from "../database/database.ts";
import { joinedTexts } from "../database/dialect.ts";
import { list, sql } from "../database/sql.ts";
import { decodeFacts, type FactsRow, needsText, type UnitFacts, type UnreadRow } from "./facts.ts";

/** What became of a unit: its facts, or undefined where it is gone. */
export interface Change {
  readonly id: string;
  readonly facts: UnitFacts | undefined;
}

/** The number of the latest change; 0 where there never was one. */
export async function newestChange(database: Queryable): Promise<number> {
  const row = await database.first<{ seq: number | null }>(
    sql`SELECT MAX(seq) AS seq FROM knowledge_changes`,
  );
  return row?.seq ?? 0;
}

/**
 * The units that changed after `seq`, in the order of their latest change, at most `limit` of them, and the number up to which that
 * is complete; undefined where nothing changed.
 */
export async function changesAfter(
  database: Queryable,
  seq: number,
  limit: number,
): Promise<{ seq: number; changes: Change[] } | undefined> {
  // As one text: a row for each unit would cost the driver more than all the rest.
  const page = await database.first<{ seq: number | null; facts: string | null }>(sql`
    SELECT MAX(seq) AS seq, ${joinedTexts(sql`facts`)} AS facts
    FROM (
      SELECT seq, COALESCE(facts, (SELECT f.facts FROM knowledge_facts AS f WHERE f.unit_id = c.unit_id)) AS facts
      FROM knowledge_changes AS c WHERE seq > ${seq} ORDER BY seq LIMIT ${limit}
    ) AS page`);
  if (page === undefined || page.seq === null) return undefined;
  const rows = JSON.parse(`[${page.facts}]`) as FactsRow[];
  const unread = rows.filter(needsText).map(([id]) => id);
  const read = await unreadRows(database, unread);
  const changes = rows.map((row) => ({ id: row[0], facts: decodeFacts(row, read.get(row[0])) }));
  return { seq: page.seq, changes };
}

async function unreadRows(
  database: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, UnreadRow>> {
  if (ids.length === 0) return new Map();
  const rows = await database.all<UnreadRow & { id: string }>(sql`
    SELECT u.id, u.data, s.flags_resolved, s.verified_at
    FROM knowledge_units AS u LEFT JOIN knowledge_standing AS s ON s.unit_id = u.id WHERE u.id IN (${
    list(ids)
  })`);
  return new Map(rows.map((row) => [row.id, row]));
}
