import type { Database } from "../database/database.ts";
import { readableUnit } from "../knowledge/readable.ts";
import type { UnitRow } from "../knowledge/store.ts";
import type { KnowledgeUnit } from "../knowledge/unit.ts";
import { LIST_SCAN_MAX, SEARCH_MAX_CHARS, TEXT_SCAN_PAGE } from "../limits.ts";
import { cleanDomains, trimSpace } from "../wire/text.ts";
import {
  isSmallDomain,
  type ListConditions,
  listWindow,
  type Position,
  unitsByIds,
  type WindowRow,
} from "./list_store.ts";
import { decodePlace, encodePlace } from "./places.ts";

/** What to list. Blank texts mean no filter. */
export interface ListRequest extends ListConditions {
  /** A text that summary, detail, action, pattern, a domain or the id contains, whatever the case of its letters. */
  readonly text?: string | undefined;
  /** `domain` sorts the oldest {@link LIST_SCAN_MAX} units by the first of their domains. */
  readonly sort: "oldest" | "newest" | "domain";
  /** Where the page before ended. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** A unit in a list. */
export interface ListedUnit {
  readonly unit: KnowledgeUnit;
  readonly row: UnitRow;
}

export interface UnitList {
  readonly units: readonly ListedUnit[];
  /** Where the next page begins; undefined at the end. */
  readonly next: string | undefined;
  /** Whether the search stopped at its bound before the page was full: there may be more beyond. */
  readonly isCutShort: boolean;
}

type Place = Position & { readonly domain: string | null };

/**
 * One page of a list. It looks at {@link LIST_SCAN_MAX} units at the most, however many there are: where that does not fill the
 * page, the list is cut short and goes on from there.
 */
export async function listUnits(
  database: Database,
  { request, now }: { request: ListRequest; now: string },
): Promise<UnitList> {
  const conditions = cleaned(request);
  const { domain } = conditions;
  const fromDomain = domain !== undefined && await isSmallDomain(database, domain);
  const isByDomain = request.sort === "domain";
  const after = placeIn(request.after);
  const windowOf = (size: number): Promise<WindowRow[]> =>
    listWindow(database, {
      conditions,
      order: request.sort === "newest" ? "newest" : "oldest",
      after: isByDomain ? undefined : after,
      size,
      now,
      fromDomain,
      withDomain: isByDomain,
    });

  const text = trimSpace(request.text ?? "").slice(0, SEARCH_MAX_CHARS).toLowerCase();
  const isScan = isByDomain || text !== "";
  // A little more than the page shows is nearly always enough, and quick to read.
  let size = isScan ? LIST_SCAN_MAX : Math.min(LIST_SCAN_MAX, request.limit * 4);
  let seen = await windowOf(size);
  if (seen.length === size && size < LIST_SCAN_MAX && seen.filter(fits).length <= request.limit) {
    size = LIST_SCAN_MAX;
    seen = await windowOf(size);
  }
  const ordered = isByDomain ? beyond(seen.toSorted(byDomain), after) : seen;
  const found = await matching(database, { places: ordered.filter(fits), text, limit: request.limit + 1 });
  return pageOf(found, {
    limit: request.limit,
    rest: seen.length === size ? ordered.at(-1) : undefined,
    isByDomain,
  });
}

function fits(row: WindowRow): boolean {
  return row.fits === 1;
}

function cleaned(
  { status, domain = "", proposer = "", isFlagged, finding = "", snoozed }: ListRequest,
): ListConditions {
  // Postgres takes no NUL into a text, and nothing that is listed by has one.
  const plain = (text: string): string => text.replaceAll("\0", "");
  return {
    status,
    domain: cleanDomains([plain(domain)])[0],
    proposer: plain(proposer) || undefined,
    isFlagged,
    finding: plain(finding) || undefined,
    snoozed,
  };
}

interface Found extends ListedUnit {
  readonly place: Place;
}

/** The first units of these that can be read and contain the text. */
async function matching(
  database: Database,
  { places, text, limit }: { places: readonly WindowRow[]; text: string; limit: number },
): Promise<Found[]> {
  const found: Found[] = [];
  const step = text === "" ? limit : TEXT_SCAN_PAGE;
  for (let start = 0; start < places.length && found.length < limit; start += step) {
    const some = places.slice(start, start + step);
    const byId = new Map(some.map((place) => [place.id, place]));
    for (const row of await unitsByIds(database, some.map(({ id }) => id))) {
      const unit = readableUnit(row);
      if (unit === undefined || (text !== "" && !contains(unit, text))) continue;
      found.push({ unit, row, place: byId.get(row.id)! });
    }
  }
  return found.slice(0, limit);
}

/** Whether a text in small letters stands in the words of a unit. */
export function contains({ id, insight, context, domains }: KnowledgeUnit, text: string): boolean {
  const texts = [insight.summary, insight.detail, insight.action, context.pattern, id, ...domains];
  return texts.some((candidate) => candidate.toLowerCase().includes(text));
}

function pageOf(
  found: readonly Found[],
  { limit, rest, isByDomain }: { limit: number; rest: WindowRow | undefined; isByDomain: boolean },
): UnitList {
  const units = found.slice(0, limit).map(({ unit, row }) => ({ unit, row }));
  if (found.length > limit) {
    return { units, next: textOf(found[limit - 1]!.place), isCutShort: false };
  }
  if (rest === undefined) return { units, next: undefined, isCutShort: false };
  // Beyond the oldest ones there is no order by domain to go on in.
  return { units, next: isByDomain ? undefined : textOf(rest), isCutShort: true };
}

function byDomain(a: Place, b: Place): number {
  return compare(a.domain ?? "", b.domain ?? "") || compare(a.at, b.at) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function beyond(rows: readonly WindowRow[], after: Place | undefined): WindowRow[] {
  return after === undefined ? [...rows] : rows.filter((row) => byDomain(row, after) > 0);
}

function textOf({ at, id, domain }: Place): string {
  return encodePlace([at, id, domain ?? ""]);
}

function placeIn(text: string | undefined): Place | undefined {
  const place = decodePlace(text);
  return place === undefined ? undefined : { at: place[0], id: place[1], domain: place[2] };
}
