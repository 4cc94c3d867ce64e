import { SHOWN_COUNT_MAX } from "../../limits.ts";
import type { DeskList } from "../../review/desk.ts";
import type { Permission } from "../../wire/permission.ts";
import type { Figure } from "../../review/overview.ts";
import type { Markup } from "../markup.ts";
import type { RejectedEdit } from "./edit_form.tsx";
import { DECISIONS_PATH } from "./review_decisions.tsx";
import { AGEING_PATH } from "./ageing_query.ts";
import { ReviewFilters } from "./review_filters.tsx";
import { ReviewHelp } from "./review_help.tsx";
import { ReviewList } from "./review_list.tsx";
import type { OpenUnit } from "./review_open.ts";
import { type ReviewQuery, reviewUrl } from "./review_query.ts";
import { UnitPane } from "./review_unit.tsx";
import { type Unsaved, UnsavedText } from "./review_unsaved.tsx";

/** What of the queue is left, each counted up to {@link SHOWN_COUNT_MAX}. */
export interface QueueCounts {
  readonly pending: number;
  /** Of the pending ones. */
  readonly snoozed: number;
  /** Approved units in doubt. */
  readonly ageing: Figure;
}

interface ReviewPageProps {
  readonly query: ReviewQuery;
  readonly list: DeskList;
  readonly counts: QueueCounts;
  readonly open: OpenUnit | undefined;
  readonly rejected: RejectedEdit | undefined;
  readonly unsaved: Unsaved | undefined;
  readonly viewer: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly now_us: number;
}

/** The queue beside the unit that is open. */
export function ReviewPage(props: ReviewPageProps): Markup {
  const { query, list, counts, open, unsaved } = props;
  const openId = open?.dossier.row.id;
  // On a phone there is room for one of the two.
  const shown = query.unit === "" ? "desk-listing" : "desk-reading";
  return (
    <>
      <h1 class="visually-hidden">Review</h1>
      <div class={`desk ${shown}`} id="desk" data-url={reviewUrl(query)}>
        <section class="desk-list" aria-label="Queue">
          <header class="desk-head">
            <p class="desk-title" aria-hidden="true">Review</p>
            <p class="muted" id="left-count">{leftText(counts)}</p>
            <button
              class="button button-small button-quiet"
              type="button"
              popovertarget="help-panel"
              aria-label="Help"
            >
              Help <kbd>?</kbd>
            </button>
          </header>
          <QueueTabs query={query} counts={counts} />
          <ReviewFilters query={query} />
          <ReviewList {...props} openId={openId} />
        </section>
        <section class="desk-unit" aria-label="Unit">
          {unsaved === undefined
            ? ""
            : <UnsavedText unsaved={unsaved} dismiss={reviewUrl({ ...query, unit: openId ?? "" })} />}
          {open === undefined ? "" : <UnitPane {...props} open={open} next={nextId(list, openId)} />}
        </section>
      </div>
      <ReviewHelp permissions={props.permissions} />
      <dialog class="bulk-dialog" id="bulk-dialog" aria-labelledby="bulk-title"></dialog>
      <p class="visually-hidden" role="status" id="announcer"></p>
    </>
  );
}

/** The open unit without the queue, for scripts that show it beside the one that is there. */
export function ReviewPart(
  { query, open, now_us }: Pick<ReviewPageProps, "query" | "now_us"> & {
    readonly open: NonNullable<ReviewPageProps["open"]>;
  },
): Markup {
  return (
    <div class="desk desk-reading" id="desk" data-url={reviewUrl(query)}>
      <section class="desk-unit">
        <UnitPane query={query} open={open} rejected={undefined} next="" now_us={now_us} />
      </section>
    </div>
  );
}

function QueueTabs({ query, counts }: { query: ReviewQuery; counts: QueueCounts }): Markup {
  const tab = { ...query, unit: "", edit: false, after: "" };
  return (
    <nav class="tabs" aria-label="Lists">
      {[false, true].map((snoozed) => (
        <a
          href={reviewUrl({ ...tab, snoozed })}
          {...(query.snoozed === snoozed ? { "aria-current": "page" as const } : {})}
        >
          {snoozed ? `Snoozed (${shownCount(counts.snoozed)})` : "Queue"}
        </a>
      ))}
      <a href={DECISIONS_PATH}>My decisions</a>
      <a href={AGEING_PATH}>{`Ageing (${counts.ageing.count}${counts.ageing.isMore ? "+" : ""})`}</a>
    </nav>
  );
}

function leftText({ pending, snoozed }: QueueCounts): string {
  if (pending >= SHOWN_COUNT_MAX) return `${shownCount(pending)} left`;
  return `${Math.max(0, pending - snoozed)} left`;
}

function shownCount(count: number): string {
  return count >= SHOWN_COUNT_MAX ? `${SHOWN_COUNT_MAX} or more` : String(count);
}

/** The unit to open after this one: the one below it, at the end the one above. */
function nextId(list: DeskList, openId: string | undefined): string {
  const ids = list.units.map(({ row }) => row.id);
  const index = ids.indexOf(openId ?? "");
  return ids[index + 1] ?? ids[index - 1] ?? "";
}
