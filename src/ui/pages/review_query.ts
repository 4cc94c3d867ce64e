import type { ListRequest } from "../../review/lists.ts";
import { REVIEW_PAGE } from "../../limits.ts";

/** What the address of the review page says. */
export interface ReviewQuery {
  readonly q: string;
  readonly domain: string;
  readonly proposer: string;
  readonly flagged: boolean;
  /** Whether only units are listed in which the guard found something. */
  readonly found: boolean;
  readonly snoozed: boolean;
  readonly sort: "oldest" | "newest" | "domain";
  /** Where the page of the list begins. */
  readonly after: string;
  /** The unit that is open; empty for the first of the list. */
  readonly unit: string;
  /** Whether it is being edited. */
  readonly edit: boolean;
  /** Whether the editor begins with personal data masked. */
  readonly mask: boolean;
}

export const REVIEW_PATH = "/review";

/** Reads the address; what it does not know it leaves out. */
export function readReviewQuery(parameters: URLSearchParams): ReviewQuery {
  const text = (name: string): string => parameters.get(name)?.trim() ?? "";
  const sort = text("sort");
  return {
    q: text("q"),
    domain: text("domain"),
    proposer: text("proposer"),
    flagged: parameters.has("flagged"),
    found: parameters.has("found"),
    snoozed: parameters.has("snoozed"),
    sort: sort === "newest" || sort === "domain" ? sort : "oldest",
    after: text("after"),
    unit: parameters.get("unit") ?? "",
    edit: parameters.has("edit"),
    mask: parameters.has("mask"),
  };
}

/** The address of the review page with this query. */
export function reviewUrl(query: ReviewQuery): string {
  const parameters = new URLSearchParams();
  for (const name of ["q", "domain", "proposer", "after", "unit"] as const) {
    if (query[name] !== "") parameters.set(name, query[name]);
  }
  if (query.sort !== "oldest") parameters.set("sort", query.sort);
  for (const name of ["flagged", "found", "snoozed", "edit", "mask"] as const) {
    if (query[name]) parameters.set(name, "1");
  }
  const search = parameters.toString();
  return search === "" ? REVIEW_PATH : `${REVIEW_PATH}?${search}`;
}

/** What the list of this query shows. */
export function listRequest(query: ReviewQuery): ListRequest {
  return {
    status: "pending",
    text: query.q,
    domain: query.domain,
    proposer: query.proposer,
    isFlagged: query.flagged,
    finding: query.found ? "any" : "",
    snoozed: query.snoozed ? "only" : "hidden",
    sort: query.sort,
    after: query.after,
    limit: REVIEW_PAGE,
  };
}

/** How many filters are on; the search and the choice of the list are none. */
export function activeFilters(query: ReviewQuery): number {
  return [query.domain !== "", query.proposer !== "", query.flagged, query.found].filter(Boolean).length;
}
