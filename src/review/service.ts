import type { Database } from "../database/database.ts";
import { conflict, type CqError } from "../errors.ts";
import { type UnitEvent, unitEvents } from "../events/events.ts";
import { readable, readableUnit } from "../knowledge/readable.ts";
import { countsByFrequency, namedBuckets, REVIEW_BUCKETS } from "../knowledge/statistics.ts";
import { findUnit, type UnitRow } from "../knowledge/store.ts";
import { type KnowledgeUnit, type Status, STATUSES, type WireUnit, wireUnit } from "../knowledge/unit.ts";
import { ACTIVITY_MAX, HISTORY_MAX, TREND_DAYS } from "../limits.ts";
import type { LiveProjection } from "../projection/live.ts";
import type { Caller } from "../wire/endpoint.ts";
import { cleanDomains } from "../wire/text.ts";
import { type Clock, dayOf, zToOffset } from "../wire/time.ts";
import { type Decision, existing, type Parts, takeDecision, type Verdict } from "./decisions.ts";
import { countPending, filteredUnits, latestUnits, pendingUnits } from "./store.ts";
import { type DailyTrend, dailyTrends } from "./trends.ts";

/** A unit as a reviewer sees it. */
export interface ReviewItem {
  readonly knowledge_unit: WireUnit;
  readonly status: string;
  readonly reviewed_by: string | null;
  readonly reviewed_at: string | null;
}

interface ReviewStatistics {
  readonly counts: Record<Status, number>;
  readonly domains: Record<string, number>;
  readonly confidence_distribution: Record<string, number>;
  readonly recent_activity: Record<string, string | null>[];
  readonly trends: { readonly daily: DailyTrend[] };
}

/** What reviewers do. */
export interface Review {
  queue(page: { limit: number; offset: number }): Promise<{ items: ReviewItem[]; total: number }>;
  /** Exactly one decision is taken on a unit; a later one is a 409 that names the first. */
  decide(
    id: string,
    status: Verdict,
    act: { readonly caller: Caller; readonly acknowledgesHold?: boolean },
  ): Promise<Decision>;
  item(id: string): Promise<ReviewItem>;
  list(filter: UnitListFilter): Promise<ReviewItem[]>;
  /** What happened to a unit, newest first. */
  history(id: string): Promise<UnitEvent[]>;
  statistics(): Promise<ReviewStatistics>;
}

interface UnitListFilter {
  /** Blank texts mean no filter. */
  readonly domain: string;
  readonly status: string;
  readonly confidence_min?: number | undefined;
  readonly confidence_max?: number | undefined;
  readonly limit: number;
}

/** Review of the units in `database`. */
export function createReview(
  { database, clock, live, allowsSelfReview }: Parts & { readonly live: LiveProjection },
): Review {
  return {
    async queue({ limit, offset }): Promise<{ items: ReviewItem[]; total: number }> {
      const rows = await pendingUnits(database, limit, offset);
      const total = live.isReady ? (await live.fresh()).statusCount("pending") : await countPending(database);
      return { items: readableItems(rows), total };
    },
    decide(id, status, { caller, acknowledgesHold }): Promise<Decision> {
      const refuse = (row: UnitRow): CqError => conflict(`Knowledge unit already ${row.status}`);
      return takeDecision({ database, clock, allowsSelfReview }, {
        id,
        status,
        caller,
        acknowledgesHold,
        refuse,
      });
    },
    async item(id): Promise<ReviewItem> {
      const row = existing(await findUnit(database, id));
      return reviewItem(row, readable(row).unit);
    },
    async list(filter): Promise<ReviewItem[]> {
      const [domain] = cleanDomains([filter.domain]);
      const { status, confidence_min: min, confidence_max: max } = filter;
      const rows = await filteredUnits(database, {
        ...(domain === undefined ? {} : { domain }),
        ...(cleanDomains([status]).length === 0 ? {} : { status }),
        ...(min === undefined ? {} : { confidenceMin: min }),
        ...(max === undefined ? {} : { confidenceMax: max }),
      }, filter.limit);
      return readableItems(rows);
    },
    async history(id): Promise<UnitEvent[]> {
      existing(await findUnit(database, id));
      return await unitEvents(database, id, HISTORY_MAX);
    },
    statistics: () => statistics(database, clock, live),
  };
}

function reviewItem(row: UnitRow, unit: KnowledgeUnit): ReviewItem {
  const { status, reviewed_by, reviewed_at } = row;
  return { knowledge_unit: wireUnit(unit), status, reviewed_by, reviewed_at };
}

function readableItems(rows: readonly UnitRow[]): ReviewItem[] {
  return rows.flatMap((row) => {
    const unit = readableUnit(row);
    return unit === undefined ? [] : [reviewItem(row, unit)];
  });
}

async function statistics(
  database: Database,
  clock: Clock,
  live: LiveProjection,
): Promise<ReviewStatistics> {
  const projection = await live.fresh();
  const { domains, confidence, proposedPerDay } = projection.census;
  const [pending, approved, rejected] = STATUSES.map((status) => projection.statusCount(status)) as [
    number,
    number,
    number,
  ];
  const daily = dailyTrends({
    proposed: proposedPerDay,
    approved: projection.reviewedPerDay("approved"),
    rejected: projection.reviewedPerDay("rejected"),
  }, { first: dayOf(clock.now()) - TREND_DAYS, today: dayOf(clock.now()) });
  return {
    counts: { pending, approved, rejected },
    domains: countsByFrequency(projection.named(domains)),
    confidence_distribution: namedBuckets(REVIEW_BUCKETS, confidence),
    recent_activity: (await latestUnits(database, ACTIVITY_MAX)).flatMap(activity),
    trends: { daily },
  };
}

function activity(row: UnitRow): Record<string, string | null>[] {
  const unit = readableUnit(row);
  if (unit === undefined) return [];
  const about = { unit_id: row.id, summary: unit.insight.summary };
  if (row.status === "pending") {
    return [{ type: "proposed", ...about, timestamp: zToOffset(unit.evidence.first_observed) }];
  }
  return [{ type: row.status, ...about, reviewed_by: row.reviewed_by, timestamp: row.reviewed_at }];
}
