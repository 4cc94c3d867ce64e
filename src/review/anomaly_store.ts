import type { Queryable } from "../database/database.ts";
import { proposerIn } from "../database/dialect.ts";
import { sql } from "../database/sql.ts";
import type { WatchedEvent } from "./anomalies.ts";

/** The newest events of all units, newest first, with the proposers of their units. Of proposals their sender is that. */
export function watchedEvents(database: Queryable, limit: number): Promise<WatchedEvent[]> {
  return database.all<WatchedEvent>(sql`
    SELECT e.unit_id, e.kind, e.actor, e.api_key_id, e.occurred_at,
      CASE WHEN e.kind = 'proposed' THEN e.actor ELSE ${proposerIn(sql`u.data`)} END AS proposer
    FROM (
      SELECT id, unit_id, kind, actor, api_key_id, occurred_at FROM knowledge_events ORDER BY id DESC LIMIT ${limit}
    ) AS e LEFT JOIN knowledge_units AS u ON u.id = e.unit_id ORDER BY e.id DESC`);
}
