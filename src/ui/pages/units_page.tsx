import type { UnitDoubts } from "../../review/ageing.ts";
import type { CatalogEntry, CatalogPage } from "../../review/catalog_list.ts";
import type { Figure } from "../../review/overview.ts";
import { spelledCount, unitsText } from "../components/charts/chart.tsx";
import { Confidence } from "../components/confidence.tsx";
import { EmptyState } from "../components/empty_state.tsx";
import { Badge, StatusBadge } from "../components/tags.tsx";
import { TimeAgo } from "../components/time_ago.tsx";
import type { Markup } from "../markup.ts";
import { unitUrl } from "../unit_url.ts";
import { activeFilters, UnitsFilters } from "./units_filters.tsx";
import { UNITS_PATH, type UnitsQuery, unitsUrl } from "./units_query.ts";

interface UnitsPageProps {
  readonly query: UnitsQuery;
  readonly list: CatalogPage;
  /** What is held against the units of the list. */
  readonly doubts: ReadonlyMap<string, UnitDoubts>;
  /** Of all pages, where that is known. */
  readonly count: Figure | undefined;
  readonly now_us: number;
}

/** Every unit of the store, whatever became of it. */
export function UnitsPage({ query, list, doubts, count, now_us }: UnitsPageProps): Markup {
  return (
    <div class="page">
      <header class="page-head">
        <h1>Units</h1>
        <p class="muted" id="unit-count">{countText({ query, list, count })}</p>
      </header>
      <UnitsFilters query={query} />
      {list.entries.length === 0
        ? <NothingListed query={query} list={list} />
        : (
          <ol class="unit-rows" id="units">
            {list.entries.map((entry) => (
              <UnitRow entry={entry} doubts={doubts.get(entry.row.id)} now_us={now_us} />
            ))}
          </ol>
        )}
      <Pager query={query} list={list} />
    </div>
  );
}

function countText({ query, list, count }: Pick<UnitsPageProps, "query" | "list" | "count">): string {
  if (count !== undefined) return figureText(count);
  const isWhole = query.after === "" && list.next === undefined;
  return isWhole ? unitsText(list.entries.length) : "";
}

/** A number of units that may not have been counted to its end. */
export function figureText({ count, isMore }: Figure): string {
  return isMore ? `More than ${spelledCount(count)} units` : unitsText(count);
}

function UnitRow({ entry: { row, unit }, doubts, now_us }: {
  entry: CatalogEntry;
  doubts: UnitDoubts | undefined;
  now_us: number;
}): Markup {
  const createdAt = row.created_at ?? unit?.evidence.first_observed;
  return (
    <li class="unit-row" data-unit={row.id}>
      <StatusBadge status={row.status} />
      <div class="unit-row-text">
        <a class="unit-row-link" href={unitUrl(row.id)}>
          {unit?.insight.summary.trim() || row.id}
        </a>
        <p class="unit-row-about">
          {unit === undefined
            ? <span>What is stored cannot be read</span>
            : unit.domains.map((domain) => <a href={unitsUrl({ domain })}>{domain}</a>)}
        </p>
      </div>
      <p class="unit-row-facts">
        {unit === undefined ? "" : (
          <>
            <Confidence value={unit.evidence.confidence} />
            <span>{confirmationsText(unit.evidence.confirmations)}</span>
            {unit.flags.length === 0 ? "" : <Badge tone="warning">{flagsText(unit.flags.length)}</Badge>}
            <DoubtMarks doubts={doubts} />
            {unit.created_by === ""
              ? ""
              : <a href={unitsUrl({ proposer: unit.created_by })}>{unit.created_by}</a>}
          </>
        )}
        {createdAt === undefined ? "" : <TimeAgo time={createdAt} now_us={now_us} />}
      </p>
    </li>
  );
}

function DoubtMarks({ doubts }: { doubts: UnitDoubts | undefined }): Markup {
  return (
    <>
      {(doubts?.unansweredFlags ?? 0) > 0 ? <Badge tone="warning">disputed</Badge> : ""}
      {doubts?.staleSince === undefined ? "" : <Badge tone="warning">stale</Badge>}
    </>
  );
}

function confirmationsText(confirmations: number): string {
  return confirmations === 1 ? "1 confirmation" : `${spelledCount(confirmations)} confirmations`;
}

function flagsText(flags: number): string {
  return flags === 1 ? "1 flag" : `${spelledCount(flags)} flags`;
}

function NothingListed({ query, list }: { query: UnitsQuery; list: CatalogPage }): Markup {
  if (list.isCutShort) {
    return (
      <EmptyState title="Nothing found so far">
        <p>None of the units that were looked at fits. There are more.</p>
      </EmptyState>
    );
  }
  if (activeFilters(query).length > 0 || query.after !== "") {
    return (
      <EmptyState title="Nothing fits">
        <p>No unit fits these filters.</p>
        <a class="button" href={UNITS_PATH}>Show all units</a>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No units yet">
      <p>What agents propose shows up here. They need an API key to do so.</p>
      <a class="button" href="/settings/api-keys">Make an API key</a>
    </EmptyState>
  );
}

function Pager({ query, list }: { query: UnitsQuery; list: CatalogPage }): Markup {
  return (
    <nav class="pager" aria-label="Pages">
      {query.after === "" ? "" : <a class="button" href={unitsUrl({ ...query, after: "" })}>To the start</a>}
      {list.next === undefined
        ? ""
        : (
          <a class="button" rel="next" href={unitsUrl({ ...query, after: list.next })}>
            {list.isCutShort ? "Search on" : "More"}
          </a>
        )}
    </nav>
  );
}
