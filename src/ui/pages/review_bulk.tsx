import type { DeskList } from "../../review/desk.ts";
import type { BulkResult } from "../../review/decisions.ts";
import { editMark } from "../../review/edits.ts";
import type { ListedUnit } from "../../review/lists.ts";
import { counted, isolated } from "../../wire/text.ts";
import { Name } from "../components/name.tsx";
import { ReasonFields } from "../components/reason_fields.tsx";
import { SnoozeFields } from "../components/snooze_fields.tsx";
import { Badge, StatusBadge } from "../components/tags.tsx";
import type { Markup } from "../markup.ts";

export const BULK_PATH = "/review/bulk";

/** What is done to several units at once. */
export type BulkVerb = PreviewedVerb | "takeback";

/** What is done to several units after a look at them. */
export type PreviewedVerb = "approve" | "reject" | "snooze" | "wake";

/** What each of them is called. */
export const BULK_TITLES: Readonly<Record<PreviewedVerb, string>> = {
  approve: "Approve",
  reject: "Reject",
  snooze: "Snooze",
  wake: "Bring back",
};
const RESULTS: Readonly<Record<BulkVerb, string>> = {
  approve: "approved",
  reject: "rejected",
  snooze: "snoozed",
  wake: "back in the queue",
  takeback: "pending again",
};

interface BulkPreviewProps {
  readonly verb: PreviewedVerb;
  readonly list: DeskList;
  readonly viewer: string;
  readonly back: string;
}

/** What is about to be done to which units, before it is done. */
export function BulkPreview({ verb, list, viewer, back }: BulkPreviewProps): Markup {
  const count = list.units.length;
  const title = BULK_TITLES[verb];
  if (count === 0) return <NothingSelected back={back} />;
  return (
    <section class="bulk" id="bulk" data-count={String(count)}>
      <h2 id="bulk-title" tabindex={-1}>{title} {counted(count, "unit")}?</h2>
      <p class="muted">Each is dealt with for itself: one that is refused does not hold up the others.</p>
      <ol class="bulk-units">
        {list.units.map((listed) => <PreviewLine listed={listed} list={list} viewer={viewer} />)}
      </ol>
      <form method="post" action={BULK_PATH} class="form" data-bulk="">
        <input type="hidden" name="verb" value={verb} />
        <input type="hidden" name="back" value={back} />
        {list.units.map(({ row, unit }) => (
          <>
            <input type="hidden" name="unit" value={row.id} />
            {verb === "approve" ? <input type="hidden" name="mark" value={editMark(unit)} /> : ""}
          </>
        ))}
        {verb === "reject" ? <ReasonFields prefix="bulk" /> : ""}
        {verb === "snooze" ? <SnoozeFields /> : ""}
        <div class="form-actions">
          <button class={`button button-${verb === "reject" ? "danger" : "primary"}`} type="submit">
            {title} {counted(count, "unit")}
          </button>
          <a class="button" href={back} data-close="">Cancel</a>
        </div>
      </form>
    </section>
  );
}

function PreviewLine(
  { listed: { unit, row }, list, viewer }: { listed: ListedUnit; list: DeskList; viewer: string },
): Markup {
  const others = (list.openedBy.get(row.id) ?? []).filter((name) => name !== viewer);
  return (
    <li>
      <strong>{unit.insight.summary}</strong>
      <p class="muted">{unit.insight.action}</p>
      {row.status === "pending" ? "" : (
        <p>
          <StatusBadge status={row.status} /> by <Name>{row.reviewed_by ?? "somebody"}</Name>{" "}
          already: this one is left as it is.
        </p>
      )}
      {others.length === 0 ? "" : <Badge tone="info">{`open: ${others.map(isolated).join(", ")}`}</Badge>}
    </li>
  );
}

interface BulkOutcomeProps {
  readonly verb: BulkVerb;
  readonly results: readonly BulkResult[];
  /** The same units, as they are now. */
  readonly list: DeskList;
  readonly back: string;
}

/** How each of the units fared. */
export function BulkOutcome({ verb, results, list, back }: BulkOutcomeProps): Markup {
  const summaries = new Map(list.units.map(({ row, unit }) => [row.id, unit.insight.summary]));
  const done = results.filter(({ outcome }) => outcome === "done");
  const decided = done.filter(({ decidedAt }) => decidedAt !== undefined);
  return (
    <section class="bulk" id="bulk">
      <h2 id="bulk-title" tabindex={-1}>{outcomeText(verb, { done: done.length, of: results.length })}</h2>
      <ol class="bulk-units">
        {results.map(({ id, outcome, reason }) => (
          <li data-unit={id} data-outcome={outcome}>
            <strong>{summaries.get(id) ?? id}</strong>
            <p>
              {outcome === "done"
                ? <Badge tone="success">{RESULTS[verb]}</Badge>
                : <Badge tone="error">not done</Badge>} {reason ?? ""}
            </p>
          </li>
        ))}
      </ol>
      <div class="form-actions">
        <a class="button button-primary" href={back} data-close="">Back to the queue</a>
        {verb === "snooze" && done.length > 0 ? <BringBack ids={done.map(({ id }) => id)} back={back} /> : ""}
        {decided.length === 0 ? "" : (
          <form method="post" action={BULK_PATH} class="inline" data-bulk="">
            <input type="hidden" name="verb" value="takeback" />
            <input type="hidden" name="back" value={back} />
            {decided.map(({ id, decidedAt }) => (
              <>
                <input type="hidden" name="unit" value={id} />
                <input type="hidden" name="decided_at" value={decidedAt!} />
              </>
            ))}
            <button class="button" type="submit">Take {counted(decided.length, "unit")} back</button>
          </form>
        )}
      </div>
    </section>
  );
}

function BringBack({ ids, back }: { ids: readonly string[]; back: string }): Markup {
  return (
    <form method="post" action={BULK_PATH} class="inline" data-bulk="">
      <input type="hidden" name="verb" value="wake" />
      <input type="hidden" name="back" value={back} />
      {ids.map((id) => <input type="hidden" name="unit" value={id} />)}
      <button class="button" type="submit">Bring {counted(ids.length, "unit")} back</button>
    </form>
  );
}

function NothingSelected({ back }: { back: string }): Markup {
  return (
    <section class="bulk" id="bulk">
      <h2 id="bulk-title" tabindex={-1}>Nothing is selected</h2>
      <p>Tick units in the queue first.</p>
      <a class="button" href={back} data-close="">Back to the queue</a>
    </section>
  );
}

function outcomeText(verb: BulkVerb, { done, of }: { done: number; of: number }): string {
  return done === of
    ? `${counted(done, "unit")} ${RESULTS[verb]}`
    : `${done} of ${counted(of, "unit")} ${RESULTS[verb]}`;
}
