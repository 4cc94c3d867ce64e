import type { OwnDecision, OwnDecisions } from "../../review/own_decisions.ts";
import { EmptyState } from "../components/empty_state.tsx";
import { Name } from "../components/name.tsx";
import { reasonLabel } from "../components/reason_fields.tsx";
import { StatusBadge } from "../components/tags.tsx";
import { TimeAgo } from "../components/time_ago.tsx";
import type { Markup } from "../markup.ts";
import { unitUrl } from "../unit_url.ts";
import { REVIEW_PATH } from "./review_query.ts";

export const DECISIONS_PATH = "/review/decisions";

interface DecisionsPageProps {
  readonly list: OwnDecisions;
  /** Where this page of the list begins. */
  readonly before: number | undefined;
  readonly now_us: number;
}

/** What the one who is signed in decided, to look back on and to take back. */
export function DecisionsPage({ list, before, now_us }: DecisionsPageProps): Markup {
  const here = decisionsUrl(before);
  return (
    <div class="page">
      <header class="page-head">
        <h1>My decisions</h1>
        <p class="muted">
          Newest first. <a href={REVIEW_PATH}>Back to the queue</a>
        </p>
      </header>
      {list.decisions.length === 0
        ? <NothingDecided before={before} />
        : (
          <ol class="unit-rows" id="decisions">
            {list.decisions.map((decision) => (
              <DecisionRow
                decision={decision}
                back={here}
                now_us={now_us}
              />
            ))}
          </ol>
        )}
      <nav class="pager" aria-label="Pages">
        {before === undefined ? "" : <a class="button" href={DECISIONS_PATH}>To the start</a>}
        {list.next === undefined ? "" : <a class="button" rel="next" href={decisionsUrl(list.next)}>More</a>}
      </nav>
    </div>
  );
}

function decisionsUrl(before: number | undefined): string {
  return before === undefined ? DECISIONS_PATH : `${DECISIONS_PATH}?before=${before}`;
}

function NothingDecided({ before }: Pick<DecisionsPageProps, "before">): Markup {
  if (before !== undefined) {
    return (
      <EmptyState title="Nothing further">
        <p>You decided nothing before that.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nothing decided yet">
      <p>What you approve, reject, retire or supersede shows up here.</p>
      <a class="button" href={REVIEW_PATH}>Go to the queue</a>
    </EmptyState>
  );
}

function DecisionRow({ decision, back, now_us }: {
  decision: OwnDecision;
  back: string;
  now_us: number;
}): Markup {
  const { event, summary, now, stands, inFavourOf } = decision;
  const name = summary?.trim() || event.unit_id;
  const { reason, note } = event.detail ?? {};
  return (
    <li class="unit-row" data-unit={event.unit_id} data-stands={stands ? "" : undefined}>
      <StatusBadge status={event.kind} />
      <div class="unit-row-text">
        {now === undefined
          ? <Name>{name}</Name>
          : <a class="unit-row-link" href={unitUrl(event.unit_id)}>{name}</a>}
        {typeof reason === "string" ? <p class="unit-row-about">Reason: {reasonLabel(reason)}</p> : ""}
        {inFavourOf === undefined ? "" : (
          <p class="unit-row-about">
            In favour of{" "}
            <a href={unitUrl(inFavourOf.id)}>
              <Name>{inFavourOf.summary?.trim() || inFavourOf.id}</Name>
            </a>
          </p>
        )}
        {typeof note === "string" ? <p class="unit-row-about">{note}</p> : ""}
        {stands ? "" : (
          <p class="unit-row-about">
            <Since now={now} />
          </p>
        )}
      </div>
      <div class="unit-row-facts">
        <TimeAgo time={event.occurred_at} now_us={now_us} />
        {stands ? <UndoForm decision={decision} name={name} back={back} /> : ""}
      </div>
    </li>
  );
}

/** What became of a unit on which another decision holds, or none. */
function Since({ now }: Pick<OwnDecision, "now">): Markup {
  if (now === undefined) return <span>The unit is no longer there</span>;
  if (now.status === "pending") return <span>Pending again</span>;
  return (
    <span>
      Since then {now.status} by <Name>{now.reviewedBy ?? "somebody"}</Name>
    </span>
  );
}

function UndoForm({ decision: { event }, name, back }: {
  decision: OwnDecision;
  name: string;
  back: string;
}): Markup {
  return (
    <form
      method="post"
      action={`${REVIEW_PATH}/${encodeURIComponent(event.unit_id)}/reopen`}
      class="inline"
    >
      <input type="hidden" name="decided_at" value={event.occurred_at} />
      <input type="hidden" name="back" value={back} />
      <input type="hidden" name="next" value="" />
      <button class="button button-small" type="submit">
        Undo <span class="visually-hidden">{name}</span>
      </button>
    </form>
  );
}
