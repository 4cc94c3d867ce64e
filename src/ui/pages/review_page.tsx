import { SHOWN_COUNT_MAX } from "../../limits.ts";
import type { DeskList, Dossier } from "../../review/desk.ts";
import type { Edit } from "../../review/edits.ts";
import { Badge } from "../components/tags.tsx";
import { EmptyState } from "../components/empty_state.tsx";
import { TimeAgo } from "../components/time_ago.tsx";
import type { Markup } from "../markup.ts";
import type { EditFaults } from "./edit_form.tsx";
import { ReviewFilters } from "./review_filters.tsx";
import { activeFilters, type ReviewQuery, reviewUrl } from "./review_query.ts";
import { UnitPane } from "./review_unit.tsx";

interface ReviewPageProps {
  readonly query: ReviewQuery;
  readonly list: DeskList;
  /** Pending units in all, counted up to {@link SHOWN_COUNT_MAX}. */
  readonly pending: number;
  readonly open: { readonly dossier: Dossier; readonly others: readonly string[] } | undefined;
  readonly rejected: { readonly edit: Edit; readonly faults: EditFaults } | undefined;
  readonly viewer: string;
  readonly now_us: number;
}

/** The queue beside the unit that is open. */
export function ReviewPage(props: ReviewPageProps): Markup {
  const { query, list, pending, open, now_us } = props;
  const openId = open?.dossier.row.id;
  // On a phone there is room for one of the two.
  const shown = query.unit === "" ? "desk-listing" : "desk-reading";
  return (
    <div class={`desk ${shown}`}>
      <section class="desk-list" aria-label="Queue">
        <header class="desk-head">
          <h1>Review</h1>
          <p class="muted" id="pending-count">{pendingText(pending)}</p>
        </header>
        <ReviewFilters query={query} />
        {list.units.length === 0
          ? <NothingListed query={query} isCutShort={list.isCutShort} />
          : (
            <ol class="unit-list" id="unit-list">
              {list.units.map(({ unit, row }) => (
                <UnitLine
                  summary={unit.insight.summary}
                  domains={unit.domains}
                  proposer={unit.created_by}
                  createdAt={row.created_at ?? unit.evidence.first_observed}
                  flags={unit.flags.length}
                  openedBy={(list.openedBy.get(row.id) ?? []).filter((name) => name !== props.viewer)}
                  url={reviewUrl({ ...query, unit: row.id, edit: false })}
                  id={row.id}
                  isOpen={row.id === openId}
                  now_us={now_us}
                />
              ))}
            </ol>
          )}
        <Pager query={query} list={list} />
      </section>
      <section class="desk-unit" aria-label="Unit">
        {open === undefined ? "" : <UnitPane {...props} open={open} next={nextId(list, openId)} />}
      </section>
    </div>
  );
}

function pendingText(pending: number): string {
  if (pending >= SHOWN_COUNT_MAX) return `${SHOWN_COUNT_MAX} or more pending`;
  return pending === 1 ? "1 pending" : `${pending} pending`;
}

/** The unit to open after this one: the one below it, at the end the one above. */
function nextId(list: DeskList, openId: string | undefined): string {
  const ids = list.units.map(({ row }) => row.id);
  const index = ids.indexOf(openId ?? "");
  return ids[index + 1] ?? ids[index - 1] ?? "";
}

interface UnitLineProps {
  readonly id: string;
  readonly summary: string;
  readonly domains: readonly string[];
  readonly proposer: string;
  readonly createdAt: string;
  readonly flags: number;
  readonly openedBy: readonly string[];
  readonly url: string;
  readonly isOpen: boolean;
  readonly now_us: number;
}

function UnitLine(line: UnitLineProps): Markup {
  return (
    <li class="unit-line" data-unit={line.id}>
      <a href={line.url} {...(line.isOpen ? { "aria-current": "true" } : {})}>
        <span class="unit-line-summary">{line.summary}</span>
        <span class="unit-line-about">
          <span>{line.domains.slice(0, 3).join(", ")}</span>
          <span>{line.proposer}</span>
          <TimeAgo time={line.createdAt} now_us={line.now_us} />
          {line.flags === 0 ? "" : <Badge tone="warning">flagged</Badge>}
          {line.openedBy.length === 0 ? "" : <Badge tone="info">{`open: ${line.openedBy.join(", ")}`}</Badge>}
        </span>
      </a>
    </li>
  );
}

function NothingListed({ query, isCutShort }: { query: ReviewQuery; isCutShort: boolean }): Markup {
  if (isCutShort) {
    return (
      <EmptyState title="Nothing found so far">
        <p>None of the units that were looked at fits. There are more.</p>
      </EmptyState>
    );
  }
  if (activeFilters(query) > 0 || query.q !== "" || query.after !== "") {
    return (
      <EmptyState title="Nothing fits">
        <p>No pending unit fits these filters.</p>
        <a class="button" href="/review">Show the whole queue</a>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="All done">
      <p>Nothing waits for a decision. What agents propose next shows up here.</p>
    </EmptyState>
  );
}

function Pager({ query, list }: { query: ReviewQuery; list: DeskList }): Markup {
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
