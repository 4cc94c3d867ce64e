import type { Markup } from "../markup.ts";
import { activeFilters, REVIEW_PATH, type ReviewQuery, reviewUrl } from "./review_query.ts";

const SORTS = [
  { value: "oldest", label: "Oldest first" },
  { value: "newest", label: "Newest first" },
  { value: "domain", label: "By domain" },
] as const;

/** Search, filters and order of the queue. They live in the address, so that they can be kept and shared. */
export function ReviewFilters({ query }: { query: ReviewQuery }): Markup {
  const active = activeFilters(query);
  return (
    <form method="get" action={REVIEW_PATH} class="filters" role="search">
      {query.snoozed ? <input type="hidden" name="snoozed" value="1" /> : ""}
      <div class="filters-main">
        <label class="visually-hidden" for="q">Search the queue</label>
        <input id="q" type="search" name="q" value={query.q} placeholder="Search" />
        <label class="visually-hidden" for="sort">Order</label>
        <select id="sort" name="sort">
          {SORTS.map(({ value, label }) => (
            <option value={value} selected={value === query.sort}>{label}</option>
          ))}
        </select>
        <button class="button" type="submit">Show</button>
      </div>
      <details open={active > 0}>
        <summary>Filters{active === 0 ? "" : ` (${active})`}</summary>
        <div class="filters-more">
          <div class="field">
            <label for="domain">Domain</label>
            <input id="domain" name="domain" value={query.domain} />
          </div>
          <div class="field">
            <label for="proposer">Proposer</label>
            <input id="proposer" name="proposer" value={query.proposer} autocapitalize="none" />
          </div>
          <label class="check">
            <input type="checkbox" name="flagged" value="1" checked={query.flagged} /> Flagged
          </label>
          <label class="check">
            <input type="checkbox" name="found" value="1" checked={query.found} /> Found by the guard
          </label>
          {active === 0
            ? ""
            : (
              <a href={reviewUrl({ ...query, domain: "", proposer: "", flagged: false, found: false })}>
                Clear
              </a>
            )}
        </div>
      </details>
    </form>
  );
}
