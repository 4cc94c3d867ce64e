import type { DeskList } from "../../review/desk.ts";
import type { ListedUnit } from "../../review/lists.ts";
import { isolated } from "../../wire/text.ts";
import { EmptyState } from "../components/empty_state.tsx";
import { Names } from "../components/name.tsx";
import { Badge } from "../components/tags.tsx";
import { TimeAgo } from "../components/time_ago.tsx";
import { type Markup, NOTHING } from "../markup.ts";
import { BULK_PATH } from "./review_bulk.tsx";
import { activeFilters, type ReviewQuery, reviewUrl } from "./review_query.ts";

interface ReviewListProps {
  readonly query: ReviewQuery;
  readonly list: DeskList;
  readonly openId: string | undefined;
  readonly viewer: string;
  readonly now_us: number;
}

const BULK_FORM = "bulk-form";

/** The units of the queue, each to be opened or selected. */
export function ReviewList(props: ReviewListProps): Markup {
  const { query, list } = props;
  return (
    <div id="queue">
      {list.units.length === 0
        ? <NothingListed query={query} isCutShort={list.isCutShort} />
        : (
          <ol class="unit-list" id="unit-list">
            {list.units.map((listed) => <UnitLine {...props} listed={listed} />)}
          </ol>
        )}
      <Pager query={query} list={list} />
      {list.units.length === 0 ? "" : <BulkBar query={query} />}
    </div>
  );
}

function UnitLine(
  { query, list, openId, viewer, now_us, listed: { unit, row } }: ReviewListProps & {
    readonly listed: ListedUnit;
  },
): Markup {
  const { id } = row;
  const { summary } = unit.insight;
  const others = (list.openedBy.get(id) ?? []).filter((name) => name !== viewer);
  const snooze = list.snoozes.get(id);
  return (
    <li class="unit-line" data-unit={id}>
      <label class="unit-pick">
        <input type="checkbox" name="unit" value={id} form={BULK_FORM} />
        <span class="visually-hidden">Select {summary}</span>
      </label>
      <a
        href={reviewUrl({ ...query, unit: id, edit: false })}
        {...(id === openId ? { "aria-current": "true" as const } : {})}
      >
        <span class="unit-line-summary">{summary}</span>
        <span class="unit-line-about">
          <span>
            <Names of={unit.domains.slice(0, 3)} />
          </span>
          <span>{unit.created_by}</span>
          <TimeAgo time={row.created_at ?? unit.evidence.first_observed} now_us={now_us} />
          {unit.flags.length === 0 ? "" : <Badge tone="warning">flagged</Badge>}
          {snooze === undefined ? "" : (
            <span>
              back <TimeAgo time={snooze.until} now_us={now_us} />
            </span>
          )}
          <span class="badge badge-info" data-others="">
            {others.length === 0 ? "" : `open: ${others.map(isolated).join(", ")}`}
          </span>
        </span>
      </a>
    </li>
  );
}

/** Shown as soon as a unit is selected. */
function BulkBar({ query }: { query: ReviewQuery }): Markup {
  const back = reviewUrl({ ...query, edit: false });
  return (
    <form method="get" action={BULK_PATH} class="bulk-bar" id={BULK_FORM}>
      <input type="hidden" name="back" value={back} />
      <span id="bulk-count">Selected units</span>
      <button class="button button-small" type="submit" name="verb" value="approve">Approve…</button>
      <button class="button button-small" type="submit" name="verb" value="reject">Reject…</button>
      {query.snoozed
        ? <button class="button button-small" type="submit" name="verb" value="wake">Bring back…</button>
        : <button class="button button-small" type="submit" name="verb" value="snooze">Snooze…</button>}
      <button class="button button-small button-quiet" type="reset">Clear</button>
    </form>
  );
}

function NothingListed({ query, isCutShort }: { query: ReviewQuery; isCutShort: boolean }): Markup {
  if (isCutShort) {
    return (
      <EmptyState title="Nothing found so far">
        <p>None of the units that were looked at fits. There are more: search on.</p>
      </EmptyState>
    );
  }
  if (query.after !== "") {
    return (
      <EmptyState title="Nothing more">
        <p>The list ends here. What is left of it is on the pages before.</p>
      </EmptyState>
    );
  }
  if (activeFilters(query) > 0 || query.q !== "") {
    return (
      <EmptyState title="Nothing fits">
        <p>No {query.snoozed ? "snoozed" : "pending"} unit fits this search and these filters.</p>
        <a class="button" href={query.snoozed ? "/review?snoozed=1" : "/review"}>
          {query.snoozed ? "Show all that are snoozed" : "Show the whole queue"}
        </a>
      </EmptyState>
    );
  }
  if (query.snoozed) {
    return (
      <EmptyState title="Nothing is snoozed">
        <p>
          A unit that needs more time is put off with Snooze. It waits here, for everybody, and comes back.
        </p>
        <a class="button" href="/review">Go to the queue</a>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="All done">
      <p>Nothing waits for a decision. What agents propose next shows up here.</p>
      <a class="button" href="/review">Look again</a>
    </EmptyState>
  );
}

function Pager({ query, list }: { query: ReviewQuery; list: DeskList }): Markup {
  if (query.after === "" && list.next === undefined) return NOTHING;
  const page = { ...query, unit: "", edit: false };
  return (
    <nav class="pager" aria-label="Pages">
      {query.after === "" ? "" : <a class="button" href={reviewUrl({ ...page, after: "" })}>To the start</a>}
      {list.next === undefined
        ? ""
        : (
          <a class="button" rel="next" href={reviewUrl({ ...page, after: list.next })}>
            {list.isCutShort ? "Search on" : "More"}
          </a>
        )}
    </nav>
  );
}
