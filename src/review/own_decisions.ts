import type { Database } from "../database/database.ts";
import { type EventKind, eventsBy, type StoreEvent } from "../events/events.ts";
import { readableUnit } from "../knowledge/readable.ts";
import { DECISIONS_PAGE } from "../limits.ts";
import { unitsByIds } from "./list_store.ts";

const DECISIONS: readonly EventKind[] = ["approved", "rejected", "retired", "superseded"];

/** A decision that somebody took, and what is left of it. */
export interface OwnDecision {
  readonly event: StoreEvent;
  /** Of the unit; undefined where it cannot be read. */
  readonly summary: string | undefined;
  /** The unit's status, with who decided on it last; undefined where it is gone. */
  readonly now: { readonly status: string; readonly reviewedBy: string | null } | undefined;
  /** Whether it still holds. */
  readonly stands: boolean;
}

/** A page of somebody's decisions, newest first. */
export interface OwnDecisions {
  readonly decisions: readonly OwnDecision[];
  /** Where the next page begins; undefined at the end. */
  readonly next: number | undefined;
}

/** What `username` decided before the event `before`, newest first. */
export async function ownDecisions(
  database: Database,
  { username, before }: { username: string; before: number | undefined },
): Promise<OwnDecisions> {
  const events = await eventsBy(database, {
    actor: username,
    kinds: DECISIONS,
    before,
    limit: DECISIONS_PAGE + 1,
  });
  const shown = events.slice(0, DECISIONS_PAGE);
  return {
    decisions: await withUnits(database, { username, events: shown }),
    next: events.length > DECISIONS_PAGE ? shown.at(-1)!.id : undefined,
  };
}

async function withUnits(
  database: Database,
  { username, events }: { username: string; events: readonly StoreEvent[] },
): Promise<OwnDecision[]> {
  const rows = await unitsByIds(database, [...new Set(events.map(({ unit_id }) => unit_id))]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return events.map((event) => {
    const row = byId.get(event.unit_id);
    if (row === undefined) return { event, summary: undefined, now: undefined, stands: false };
    const { status, reviewed_by, reviewed_at } = row;
    return {
      event,
      summary: readableUnit(row)?.insight.summary,
      now: { status, reviewedBy: reviewed_by },
      stands: status !== "pending" && reviewed_by === username && reviewed_at === event.occurred_at,
    };
  });
}
