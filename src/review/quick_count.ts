import type { Database } from "../database/database.ts";
import { STATUSES } from "../knowledge/unit.ts";
import { FIGURE_MAX } from "../limits.ts";
import type { Projection } from "../projection/projection.ts";
import type { CatalogConditions } from "./catalog_list.ts";
import type { DayRange } from "./catalog_store.ts";
import { confidenceCounts, type Figure, figure, totalOf } from "./overview.ts";
import { countFlagged, countSnoozed, unratedUnits } from "./overview_store.ts";

interface Counting {
  readonly conditions: CatalogConditions;
  readonly database: Database;
  readonly projection: Projection;
  readonly now: string;
}

const DAY_MS = 86_400_000;

/** How many units meet the conditions, where that is known without looking at them; undefined where it is not. */
export async function quickCount(counting: Counting): Promise<Figure | undefined> {
  const { conditions, database, projection, now } = counting;
  const { status, domain, created, decided } = conditions;
  switch (shapeOf(conditions)) {
    case "":
      return exactly(totalOf(projection));
    case "pending":
    case "approved":
    case "rejected":
      return exactly(projection.statusCount(status!));
    case "approved domain":
      return exactly(projection.domainCount(domain!));
    case "approved isUnrated":
      return figure((await unratedUnits(database, FIGURE_MAX + 1)).length);
    case "approved confidence":
      return await countConfidence(counting);
    case "pending snoozed":
      return figure(await countSnoozed(database, now, FIGURE_MAX + 1));
    case "isFlagged":
      return figure(await countFlagged(database, FIGURE_MAX + 1));
    case "created":
      return exactly(sumOver(projection.census.proposedPerDay, created!));
    case "decided":
      return exactly(STATUSES.reduce((sum, each) => sum + decidedOn(projection, each, decided!), 0));
    case "pending decided":
    case "approved decided":
    case "rejected decided":
      return exactly(decidedOn(projection, status!, decided!));
    default:
      return undefined;
  }
}

const CONDITIONS = [
  "domain",
  "proposer",
  "isFlagged",
  "snoozed",
  "confidence",
  "isUnrated",
  "created",
  "decided",
  "text",
] as const;

/** The status and the names of the other conditions that are set. */
function shapeOf(conditions: CatalogConditions): string {
  const isSet = (name: typeof CONDITIONS[number]): boolean => Boolean(conditions[name]);
  return [conditions.status ?? "", ...CONDITIONS.filter(isSet)].join(" ").trim();
}

function exactly(count: number): Figure {
  return { count, isMore: false };
}

/** Known for ranges that end where the counted ones do. */
async function countConfidence({ conditions, database, projection }: Counting): Promise<Figure | undefined> {
  const { min, max } = conditions.confidence ?? {};
  const counts = confidenceCounts(projection, await unratedUnits(database, FIGURE_MAX + 1));
  const first = counts.findIndex((range) => range.min === min);
  const last = counts.findIndex((range) => range.max === max);
  if (first === -1 || last < first) return undefined;
  return exactly(counts.slice(first, last + 1).reduce((sum, { count }) => sum + count, 0));
}

function decidedOn(projection: Projection, status: string, days: DayRange): number {
  return sumOver(projection.reviewedPerDay(status), days);
}

function sumOver(perDay: ReadonlyMap<number, number>, { from, to }: DayRange): number {
  const first = from === undefined ? -Infinity : Date.parse(from) / DAY_MS;
  const last = to === undefined ? Infinity : Date.parse(to) / DAY_MS;
  let sum = 0;
  for (const [day, count] of perDay) if (day >= first && day <= last) sum += count;
  return sum;
}
