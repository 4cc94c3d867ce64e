import { type Status, STATUSES } from "../../knowledge/unit.ts";
import { UNITS_PAGE } from "../../limits.ts";
import type { CatalogRequest } from "../../review/catalog_list.ts";

/** What the address of the unit list says. */
export interface UnitsQuery {
  readonly q: string;
  readonly status: Status | "";
  readonly domain: string;
  readonly proposer: string;
  readonly confidenceMin: number | undefined;
  readonly confidenceMax: number | undefined;
  /** Without a confidence. */
  readonly unrated: boolean;
  readonly flagged: boolean;
  /** A rule of the guard, a family of rules, or `any`; empty for none. */
  readonly finding: string;
  readonly snoozed: boolean;
  /** Days, `YYYY-MM-DD`; empty for none. */
  readonly createdFrom: string;
  readonly createdTo: string;
  readonly decidedFrom: string;
  readonly decidedTo: string;
  readonly sort: "newest" | "oldest";
  /** Where the page of the list begins. */
  readonly after: string;
}

export const UNITS_PATH = "/units";

/** All units, newest first. */
export const ALL_UNITS: UnitsQuery = {
  q: "",
  status: "",
  domain: "",
  proposer: "",
  confidenceMin: undefined,
  confidenceMax: undefined,
  unrated: false,
  flagged: false,
  finding: "",
  snoozed: false,
  createdFrom: "",
  createdTo: "",
  decidedFrom: "",
  decidedTo: "",
  sort: "newest",
  after: "",
};

/** The name in the address for each part of a query. */
const NAMES: Readonly<Record<keyof UnitsQuery, string>> = {
  q: "q",
  status: "status",
  domain: "domain",
  proposer: "proposer",
  confidenceMin: "confidence_min",
  confidenceMax: "confidence_max",
  unrated: "unrated",
  flagged: "flagged",
  finding: "finding",
  snoozed: "snoozed",
  createdFrom: "created_from",
  createdTo: "created_to",
  decidedFrom: "decided_from",
  decidedTo: "decided_to",
  sort: "sort",
  after: "after",
};

/** Reads the address; what it does not know it leaves out. */
export function readUnitsQuery(parameters: URLSearchParams): UnitsQuery {
  const text = (name: string): string => parameters.get(name)?.trim() ?? "";
  return {
    q: text("q"),
    status: STATUSES.find((status) => status === text("status")) ?? "",
    // Not trimmed: other programs may have stored a domain with spaces around it.
    domain: parameters.get("domain") ?? "",
    proposer: parameters.get("proposer") ?? "",
    confidenceMin: numberIn(text("confidence_min")),
    confidenceMax: numberIn(text("confidence_max")),
    unrated: parameters.has("unrated"),
    flagged: parameters.has("flagged"),
    finding: text("finding"),
    snoozed: parameters.has("snoozed"),
    createdFrom: dayIn(text("created_from")),
    createdTo: dayIn(text("created_to")),
    decidedFrom: dayIn(text("decided_from")),
    decidedTo: dayIn(text("decided_to")),
    sort: text("sort") === "oldest" ? "oldest" : "newest",
    after: text("after"),
  };
}

/** The address of the list with this query; what is not given is not filtered by. */
export function unitsUrl(query: Partial<UnitsQuery>): string {
  const parameters = new URLSearchParams();
  for (const part of Object.keys(NAMES) as (keyof UnitsQuery)[]) {
    const value = query[part];
    if (value === undefined || value === ALL_UNITS[part]) continue;
    parameters.set(NAMES[part], value === true ? "1" : String(value));
  }
  const search = parameters.toString();
  return search === "" ? UNITS_PATH : `${UNITS_PATH}?${search}`;
}

/** What the list of this query shows. */
export function catalogRequest(query: UnitsQuery): CatalogRequest {
  const { confidenceMin: min, confidenceMax: max } = query;
  return {
    text: query.q,
    status: query.status === "" ? undefined : query.status,
    domain: query.domain,
    proposer: query.proposer,
    confidence: min === undefined && max === undefined ? undefined : { min, max },
    isUnrated: query.unrated,
    isFlagged: query.flagged,
    finding: query.finding,
    snoozed: query.snoozed ? "only" : undefined,
    created: dayRange(query.createdFrom, query.createdTo),
    decided: dayRange(query.decidedFrom, query.decidedTo),
    sort: query.sort,
    after: query.after,
    limit: UNITS_PAGE,
  };
}

function dayRange(from: string, to: string): CatalogRequest["created"] {
  if (from === "" && to === "") return undefined;
  return { from: from || undefined, to: to || undefined };
}

function numberIn(text: string): number | undefined {
  const number = Number(text);
  return text === "" || !Number.isFinite(number) ? undefined : number;
}

function dayIn(text: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : "";
}
