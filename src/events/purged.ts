import { createHash } from "node:crypto";
import type { Queryable } from "../database/database.ts";
import { list, type Sql, sql } from "../database/sql.ts";
import { isObject } from "../wire/json.ts";

/** What stands in an event whose detail was purged; the database lets nothing else take a detail's place. */
export const PURGED_DETAIL = '{"purged":true}';

/** The hash of a detail, by which its event's link can be checked without it. */
export function detailHash(detail: string): string {
  return createHash("sha256").update(detail).digest("hex");
}

/** Events of a unit that have a detail still. */
export function detailedEvents(
  database: Queryable,
  unitId: string,
): Promise<{ id: number; detail: string }[]> {
  return database.all<{ id: number; detail: string }>(sql`
    SELECT id, detail FROM knowledge_events
    WHERE unit_id = ${unitId} AND detail IS NOT NULL AND detail <> ${PURGED_DETAIL} AND kind <> 'purged'
    ORDER BY id`);
}

/** Whether anything was ever written down about a unit. */
export async function hasEvents(database: Queryable, unitId: string): Promise<boolean> {
  const event = await database.first(sql`SELECT id FROM knowledge_events WHERE unit_id = ${unitId} LIMIT 1`);
  return event !== undefined;
}

/** Those of these units that were purged. */
export async function purgedAmong(database: Queryable, unitIds: readonly string[]): Promise<Set<string>> {
  if (unitIds.length === 0) return new Set();
  const rows = await database.all<{ unit_id: string }>(sql`
    SELECT DISTINCT unit_id FROM knowledge_events WHERE unit_id IN (${list(unitIds)}) AND kind = 'purged'`);
  return new Set(rows.map(({ unit_id }) => unit_id));
}

/** The statement that removes the details of a unit's events. */
export function detailPurge(unitId: string): Sql {
  return sql`
    UPDATE knowledge_events SET detail = ${PURGED_DETAIL}
    WHERE unit_id = ${unitId} AND detail IS NOT NULL AND detail <> ${PURGED_DETAIL} AND kind <> 'purged'`;
}

/** What the event of a purge keeps of the details that it removed: their hashes, by the ids of their events. */
export function keptHashes(events: readonly { id: number; detail: string }[]): Record<string, string> {
  return Object.fromEntries(events.map(({ id, detail }) => [id, detailHash(detail)]));
}

/** The hashes of all details that were purged, by the ids of their events, as the events of the purges keep them. */
export async function purgedHashes(database: Queryable): Promise<ReadonlyMap<number, string>> {
  const rows = await database.all<{ detail: string | null }>(
    sql`SELECT detail FROM knowledge_events WHERE kind = 'purged'`,
  );
  return new Map(rows.flatMap(({ detail }) => hashesIn(detail)));
}

function hashesIn(detail: string | null): [number, string][] {
  try {
    const { details }: { details?: unknown } = JSON.parse(detail ?? "{}");
    if (!isObject(details)) return [];
    return Object.entries(details).map(([id, hash]) => [Number(id), String(hash)]);
  } catch {
    // Somebody changed it; its own link tells.
    return [];
  }
}
