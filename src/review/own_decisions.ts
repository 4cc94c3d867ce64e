import type { Database } from "../database/database.ts";
import { type EventKind, eventsBy, type StoreEvent } from "../events/events.ts";
import { readableUnit } from "../knowledge/readable.ts";
import type { UnitRow } from "../knowledge/store.ts";
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
  /** The unit that it was decided in favour of: of a duplicate the original, of a superseded unit its successor. */
  readonly inFavourOf: NamedUnit | undefined;
}

interface NamedUnit {
  readonly id: string;
  /** Undefined where the unit is gone or cannot be read. */
  readonly summary: string | undefined;
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
  const ids = events.flatMap((event) => [event.unit_id, favouredBy(event)]).filter((id) => id !== undefined);
  const rows = await unitsByIds(database, [...new Set(ids)]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const summaryOf = (row: UnitRow | undefined): string | undefined =>
    row === undefined ? undefined : readableUnit(row)?.insight.summary;
  return events.map((event) => {
    const row = byId.get(event.unit_id);
    const favoured = favouredBy(event);
    return {
      event,
      summary: summaryOf(row),
      now: row === undefined ? undefined : { status: row.status, reviewedBy: row.reviewed_by },
      stands: row !== undefined && row.status !== "pending" && row.reviewed_by === username &&
        row.reviewed_at === event.occurred_at,
      inFavourOf: favoured === undefined
        ? undefined
        : { id: favoured, summary: summaryOf(byId.get(favoured)) },
    };
  });
}

function favouredBy({ detail }: StoreEvent): string | undefined {
  const id = detail?.["duplicate_of"] ?? detail?.["superseded_by"];
  return typeof id === "string" ? id : undefined;
}
