import type { Queryable } from "../database/database.ts";
import { proposerIn } from "../database/dialect.ts";
import { sql } from "../database/sql.ts";
import { ANOMALY_EVENTS_PAGE } from "../limits.ts";
import { nextTurn } from "../turns.ts";
import type { WatchedEvent } from "./anomalies.ts";

/** A page of events; those that need the proposer of their unit have it. */
type WatchedRow = WatchedEvent & { readonly id: number };

/**
 * The newest events of all units, newest first, with the proposers of their units. Of proposals their sender is that. Read in
 * pages, so that others get a turn.
 */
export async function watchedEvents(database: Queryable, limit: number): Promise<WatchedEvent[]> {
  const events: WatchedRow[] = [];
  while (events.length < limit) {
    const size = Math.min(ANOMALY_EVENTS_PAGE, limit - events.length);
    const page = await eventsBefore(database, events.at(-1)?.id ?? Number.MAX_SAFE_INTEGER, size);
    events.push(...page);
    if (page.length < size) break;
    await nextTurn();
  }
  return events;
}

function eventsBefore(database: Queryable, before: number, size: number): Promise<WatchedRow[]> {
  return database.all<WatchedRow>(sql`
    SELECT e.id, e.unit_id, e.kind, e.actor, e.api_key_id, e.occurred_at,
      CASE WHEN e.kind = 'proposed' THEN e.actor ELSE ${proposerIn(sql`u.data`)} END AS proposer
    FROM (
      SELECT id, unit_id, kind, actor, api_key_id, occurred_at FROM knowledge_events
      WHERE id < ${before} ORDER BY id DESC LIMIT ${size}
    ) AS e LEFT JOIN knowledge_units AS u
      ON e.kind IN ('confirmed', 'approved', 'rejected') AND u.id = e.unit_id ORDER BY e.id DESC`);
}
