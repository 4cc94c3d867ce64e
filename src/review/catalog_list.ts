import type { Database } from "../database/database.ts";
import { readableUnit, storedText } from "../knowledge/readable.ts";
import type { UnitRow } from "../knowledge/store.ts";
import type { KnowledgeUnit } from "../knowledge/unit.ts";
import { LIST_SCAN_MAX, SEARCH_MAX_CHARS, TEXT_SCAN_PAGE } from "../limits.ts";
import { cleanDomains, trimSpace } from "../wire/text.ts";
import {
  type CatalogFind,
  type CatalogPlace,
  catalogWindow,
  conditionsByUnit,
  type FurtherConditions,
  isKnownDomain,
} from "./catalog_store.ts";
import { isSmallDomain, type ListConditions, listWindow, unitsByIds } from "./list_store.ts";
import { contains } from "./lists.ts";
import { decodePlace, encodePlace } from "./places.ts";

/** Which units to list. */
export interface CatalogConditions extends ListConditions, FurtherConditions {
  /** A text that summary, detail, action, pattern, a domain or the id contains, whatever the case of its letters. */
  readonly text?: string | undefined;
}

/** What to list. Blank texts mean no filter. */
export interface CatalogRequest extends CatalogConditions {
  readonly sort: "oldest" | "newest";
  /** Where the page before ended. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** A unit in the catalog; one that cannot be read is there all the same. */
export interface CatalogEntry {
  readonly row: UnitRow;
  readonly unit: KnowledgeUnit | undefined;
}

export interface CatalogPage {
  readonly entries: readonly CatalogEntry[];
  /** Where the next page begins; undefined at the end. */
  readonly next: string | undefined;
  /** Whether the search stopped at its bound before the page was full: there may be more beyond. */
  readonly isCutShort: boolean;
}

/**
 * One page of all units, whatever their status. It looks at {@link LIST_SCAN_MAX} units at the most: where that does not fill the
 * page, it is cut short and goes on from there.
 */
export async function listCatalog(
  database: Database,
  { request, now }: { request: CatalogRequest; now: string },
): Promise<CatalogPage> {
  const windowOf = await windowsFor(database, { request, now });
  const text = trimSpace(request.text ?? "").slice(0, SEARCH_MAX_CHARS).toLowerCase();
  // A little more than the page shows is nearly always enough, and quick to read.
  let size = text === "" ? Math.min(LIST_SCAN_MAX, request.limit * 4) : LIST_SCAN_MAX;
  let seen = await windowOf(size);
  if (seen.edge !== undefined && size < LIST_SCAN_MAX && seen.places.length <= request.limit) {
    size = LIST_SCAN_MAX;
    seen = await windowOf(size);
  }
  const found = await matching(database, { places: seen.places, text, limit: request.limit + 1 });
  const entries = found.slice(0, request.limit).map(({ entry }) => entry);
  if (found.length > request.limit) {
    return { entries, next: textOf(found[request.limit - 1]!.place), isCutShort: false };
  }
  if (seen.edge === undefined) return { entries, next: undefined, isCutShort: false };
  return { entries, next: textOf(seen.edge), isCutShort: true };
}

/** The way through the store that looks at the fewest units. */
async function windowsFor(
  database: Database,
  { request, now }: { request: CatalogRequest; now: string },
): Promise<(size: number) => Promise<CatalogFind>> {
  const conditions = await cleanedConditions(database, request);
  const { domain, snoozed, proposer, isFlagged, created, decided, confidence, isUnrated } = conditions;
  const fromDomain = domain !== undefined && await isSmallDomain(database, domain);
  const place = decodePlace(request.after);
  const after = place === undefined ? undefined : { day: place[0], at: place[1], id: place[2] };
  const order = request.sort;
  const hasDays = created !== undefined || decided !== undefined;
  const hasFew = snoozed === "only" || fromDomain ||
    (!hasDays && (proposer !== undefined || isFlagged === true));
  if (!hasFew && (hasDays || confidence !== undefined || isUnrated === true)) {
    return (size) => catalogWindow(database, { conditions, order, after, size, now });
  }
  const further = conditionsByUnit(conditions);
  return async (size) => {
    const list = { conditions, order, after, size, now, fromDomain, withDomain: false, further };
    const rows = (await listWindow(database, list)).map(({ id, at, fits }) => ({ id, at, fits, day: "" }));
    return {
      places: rows.filter(({ fits }) => fits === 1),
      edge: rows.length === size ? rows.at(-1) : undefined,
    };
  };
}

/** The conditions as lists ask for them. */
export async function cleanedConditions(
  database: Database,
  { sort: _sort, after: _after, limit: _limit, ...request }: CatalogRequest,
): Promise<CatalogConditions> {
  // Postgres takes no NUL into a text, and nothing that is listed by has one.
  const plain = (text = ""): string => text.replaceAll("\0", "");
  return {
    ...request,
    domain: await domainNamed(database, plain(request.domain)),
    proposer: plain(request.proposer) || undefined,
    finding: plain(request.finding) || undefined,
  };
}

/** Other programs may have stored domains that no proposal could have: these are found as they are. */
async function domainNamed(database: Database, text: string): Promise<string | undefined> {
  const [clean] = cleanDomains([text]);
  if (clean === undefined && text === "") return undefined;
  return clean === undefined || await isKnownDomain(database, text) ? text : clean;
}

interface Found {
  readonly entry: CatalogEntry;
  readonly place: CatalogPlace;
}

/** The first units of these that contain the text. */
async function matching(
  database: Database,
  { places, text, limit }: { places: readonly CatalogPlace[]; text: string; limit: number },
): Promise<Found[]> {
  const found: Found[] = [];
  const step = text === "" ? limit : TEXT_SCAN_PAGE;
  for (let start = 0; start < places.length && found.length < limit; start += step) {
    const some = places.slice(start, start + step);
    const byId = new Map(some.map((place) => [place.id, place]));
    for (const row of await unitsByIds(database, some.map(({ id }) => id))) {
      const unit = readableUnit(row);
      const isWanted = unit === undefined
        ? storedText(row).toLowerCase().includes(text)
        : contains(unit, text);
      if (text === "" || isWanted) found.push({ entry: { row, unit }, place: byId.get(row.id)! });
    }
  }
  return found.slice(0, limit);
}

function textOf({ day, at, id }: CatalogPlace): string {
  return encodePlace([day, at, id]);
}
