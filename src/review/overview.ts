import type { Database } from "../database/database.ts";
import { compareText } from "../knowledge/ranking.ts";
import type { Status } from "../knowledge/unit.ts";
import { ACTIVITY_MAX, FIGURE_MAX, OVERVIEW_DOMAINS, TREND_DAYS } from "../limits.ts";
import { latestEvents, type StoreEvent } from "../events/events.ts";
import { readableUnit } from "../knowledge/readable.ts";
import { CONFIDENCE_EDGES, confidenceBucket } from "../projection/census.ts";
import type { LiveProjection } from "../projection/live.ts";
import type { Projection } from "../projection/projection.ts";
import { type Clock, dayOf, isoOffset } from "../wire/time.ts";
import { unitsByIds } from "./list_store.ts";
import { countFlagged, countSnoozed, unratedUnits } from "./overview_store.ts";

/** A number of units; `isMore` where it was not counted to the end. */
export interface Figure {
  readonly count: number;
  readonly isMore: boolean;
}

export interface DomainCount {
  readonly name: string;
  /** Approved units. */
  readonly count: number;
}

/** Approved units with a confidence from `min` on and below `max`; absent where the range has no such end. */
export interface ConfidenceCount {
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly count: number;
}

/** What became of units on one day. */
export interface DayCounts {
  /** `YYYY-MM-DD`, UTC. */
  readonly date: string;
  readonly submitted: number;
  readonly approved: number;
  readonly rejected: number;
}

/** The state of the store at a glance. */
export interface Overview {
  readonly total: number;
  readonly statuses: Readonly<Record<Status, number>>;
  readonly snoozed: Figure;
  readonly flagged: Figure;
  /** The largest ones, largest first. */
  readonly domains: readonly DomainCount[];
  /** How many domains there are in all. */
  readonly domainTotal: number;
  readonly confidence: readonly ConfidenceCount[];
  /** Approved units whose confidence is no number. */
  readonly unrated: Figure;
  /** The last {@link TREND_DAYS} days, oldest first. */
  readonly days: readonly DayCounts[];
}

/** An event with the summary of its unit; undefined where the unit is gone or cannot be read. */
export interface Activity {
  readonly event: StoreEvent;
  readonly summary: string | undefined;
  readonly isGone: boolean;
}

export interface OverviewParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly live: LiveProjection;
}

const DAY_MS = 86_400_000;

/** What the store holds, from memory and from indexes. */
export async function overview({ database, clock, live }: OverviewParts): Promise<Overview> {
  const now_us = clock.now();
  const [projection, snoozed, flagged, unrated] = await Promise.all([
    live.fresh(),
    countSnoozed(database, isoOffset(now_us), FIGURE_MAX + 1),
    countFlagged(database, FIGURE_MAX + 1),
    unratedUnits(database, FIGURE_MAX + 1),
  ]);
  const domains = domainCounts(projection);
  return {
    total: totalOf(projection),
    statuses: {
      pending: projection.statusCount("pending"),
      approved: projection.statusCount("approved"),
      rejected: projection.statusCount("rejected"),
    },
    snoozed: figure(snoozed),
    flagged: figure(flagged),
    domains: domains.slice(0, OVERVIEW_DOMAINS),
    domainTotal: domains.length,
    confidence: confidenceCounts(projection, unrated),
    unrated: figure(unrated.length),
    days: dayCounts(projection, dayOf(now_us)),
  };
}

/** A number that was counted up to one more than is shown. */
export function figure(counted: number): Figure {
  return { count: Math.min(counted, FIGURE_MAX), isMore: counted > FIGURE_MAX };
}

/** Number of units of any status. */
export function totalOf({ census }: Projection): number {
  return [...census.statuses.values()].reduce((total, count) => total + count, 0);
}

/** Every domain of approved units, largest first. */
export function domainCounts(projection: Projection): DomainCount[] {
  return projection.named(projection.census.domains)
    // What another program stored may be no text that a list can be asked for.
    .filter(([name]) => name !== "")
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || compareText(a.name, b.name));
}

/** @param unrated units that the engine cannot read the confidence of: these are in no range, whatever they are counted with. */
export function confidenceCounts(projection: Projection, unrated: readonly string[]): ConfidenceCount[] {
  const counts = [...projection.census.confidence];
  for (const id of unrated) {
    const confidence = projection.confidence(id);
    if (confidence !== undefined) counts[confidenceBucket(confidence)]!--;
  }
  return counts.map((count, bucket) => ({
    min: CONFIDENCE_EDGES[bucket - 1],
    max: CONFIDENCE_EDGES[bucket],
    count,
  }));
}

function dayCounts(projection: Projection, today: number): DayCounts[] {
  const approved = projection.reviewedPerDay("approved");
  const rejected = projection.reviewedPerDay("rejected");
  return Array.from({ length: TREND_DAYS }, (_, index) => {
    const day = today - TREND_DAYS + 1 + index;
    return {
      date: new Date(day * DAY_MS).toISOString().slice(0, 10),
      submitted: projection.census.proposedPerDay.get(day) ?? 0,
      approved: approved.get(day) ?? 0,
      rejected: rejected.get(day) ?? 0,
    };
  });
}

/** The last events of all units, newest first. */
export async function recentActivity(database: Database): Promise<Activity[]> {
  const events = await latestEvents(database, ACTIVITY_MAX);
  const rows = await unitsByIds(database, [...new Set(events.map(({ unit_id }) => unit_id))]);
  const units = new Map(rows.map((row) => [row.id, readableUnit(row)]));
  return events.map((event) => ({
    event,
    summary: units.get(event.unit_id)?.insight.summary,
    isGone: !units.has(event.unit_id),
  }));
}
