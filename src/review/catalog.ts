import type { Database } from "../database/database.ts";
import { type UnitEvent, unitEvents } from "../events/events.ts";
import type { Finding } from "../guard/finding.ts";
import { findingsIn } from "../knowledge/findings.ts";
import { readableUnit } from "../knowledge/readable.ts";
import { findUnit, type UnitRow } from "../knowledge/store.ts";
import type { KnowledgeUnit } from "../knowledge/unit.ts";
import { HISTORY_MAX, NAMED_UNITS_MAX } from "../limits.ts";
import { isoOffset } from "../wire/time.ts";
import { type SnoozeRow, snoozesOf } from "./attention_store.ts";
import { type CatalogPage, type CatalogRequest, cleanedConditions, listCatalog } from "./catalog_list.ts";
import { existing, unknownUnit } from "./decisions.ts";
import { unitsByIds } from "./list_store.ts";
import {
  type Activity,
  type DomainCount,
  domainCounts,
  type Figure,
  type Overview,
  overview,
  type OverviewParts,
  recentActivity,
} from "./overview.ts";
import { quickCount } from "./quick_count.ts";
import { createUnusual, type Unusual } from "./unusual.ts";

/** Everything that is known of one unit. */
export interface UnitRecord {
  readonly row: UnitRow;
  /** Undefined where what is stored cannot be read. */
  readonly unit: KnowledgeUnit | undefined;
  /** Newest first. */
  readonly history: readonly UnitEvent[];
  /** What the guard found in it, severest first. */
  readonly findings: readonly Finding[];
  /** Set while the unit is put off. */
  readonly snooze: SnoozeRow | undefined;
  /** Summaries of the units that it names, by their ids. */
  readonly named: ReadonlyMap<string, string>;
}

/** All units whatever became of them, and how many there are of what. */
export interface Catalog {
  list(request: CatalogRequest): Promise<CatalogPage>;
  /** How many units there are on all pages of a list; undefined where only a walk through them would tell. */
  count(request: CatalogRequest): Promise<Figure | undefined>;
  /** @throws {CqError} 404. */
  record(id: string): Promise<UnitRecord>;
  overview(): Promise<Overview>;
  /** Every domain of approved units, largest first. */
  domains(): Promise<DomainCount[]>;
  /** What last happened to units, newest first. */
  activity(): Promise<Activity[]>;
  /** What is out of the ordinary, as of at most a minute ago. */
  unusual(): Promise<Unusual>;
}

/** The catalog of the units in `database`. */
export function createCatalog(parts: OverviewParts): Catalog {
  const { database, clock, live } = parts;
  const now = (): string => isoOffset(clock.now());
  return {
    list: (request) => listCatalog(database, { request, now: now() }),
    async count(request): Promise<Figure | undefined> {
      // A list can be shown while the store is still being loaded.
      if (!live.isReady) return undefined;
      const [conditions, projection] = await Promise.all([
        cleanedConditions(database, request),
        live.fresh(),
      ]);
      return await quickCount({ conditions, database, projection, now: now() });
    },
    record: async (id) => await record(database, { id, now: now() }),
    overview: () => overview(parts),
    domains: async () => domainCounts(await live.fresh()),
    activity: () => recentActivity(database),
    unusual: createUnusual(parts),
  };
}

async function record(
  database: Database,
  { id, now }: { id: string; now: string },
): Promise<UnitRecord> {
  // No id holds a NUL, and Postgres takes none into a text.
  if (id.includes("\0")) throw unknownUnit();
  const [found, history, findings, snoozes] = await Promise.all([
    findUnit(database, id),
    unitEvents(database, id, HISTORY_MAX),
    findingsIn(database, id),
    snoozesOf(database, [id], now),
  ]);
  const row = existing(found);
  const unit = readableUnit(row);
  const named = await unitsByIds(database, unit === undefined ? [] : namedBy(unit));
  return {
    row,
    unit,
    history,
    findings,
    snooze: snoozes[0],
    named: new Map(named.map((other) => [other.id, readableUnit(other)?.insight.summary ?? other.id])),
  };
}

function namedBy({ superseded_by, flags }: KnowledgeUnit): string[] {
  const ids = [superseded_by, ...flags.map(({ duplicate_of }) => duplicate_of)];
  return [...new Set(ids)].filter((id) => id !== null && !id.includes("\0")).slice(
    0,
    NAMED_UNITS_MAX,
  ) as string[];
}
