import type { Dossier } from "../../review/desk.ts";
import { editable, maskedEdit } from "../../review/edits.ts";
import type { Finding } from "../../guard/finding.ts";
import { ActForm } from "../components/act_form.tsx";
import { DecisionSeen } from "../components/decision_seen.tsx";
import { Findings, isHeld } from "../components/findings.tsx";
import { isolated } from "../../wire/text.ts";
import { LikelyDuplicates } from "../components/likely_duplicates.tsx";
import { Name } from "../components/name.tsx";
import { ReasonFields } from "../components/reason_fields.tsx";
import { SNOOZES } from "../components/snooze_fields.tsx";
import { StatusBadge, Tags } from "../components/tags.tsx";
import { TimeAgo } from "../components/time_ago.tsx";
import { Timeline } from "../components/timeline.tsx";
import { Flags, UnitFacts, UnitText } from "../components/unit_facts.tsx";
import type { Markup } from "../markup.ts";
import { EditForm, markOf, type RejectedEdit } from "./edit_form.tsx";
import type { OpenUnit } from "./review_open.ts";
import { type ReviewQuery, reviewUrl } from "./review_query.ts";

interface UnitPaneProps {
  readonly query: ReviewQuery;
  readonly open: OpenUnit;
  readonly rejected: RejectedEdit | undefined;
  /** The unit to go to after a decision. */
  readonly next: string;
  readonly now_us: number;
}

/** The open unit with everything there is to know, and what can be done about it. */
export function UnitPane(
  { query, open: { dossier, others, duplicates }, rejected, next, now_us }: UnitPaneProps,
): Markup {
  const { unit, row, history, findings, snooze } = dossier;
  const list = reviewUrl({ ...query, unit: "", edit: false });
  const here = reviewUrl({ ...query, unit: unit.id, edit: false, mask: false });
  const isPending = row.status === "pending";
  return (
    <article class="unit" data-unit={unit.id} data-status={row.status}>
      <a class="unit-back" href={list}>Back to the queue</a>
      <UnitHead dossier={dossier} now_us={now_us} />
      <p class="notice" id="others" role="status">{othersText(others)}</p>
      {snooze === undefined ? "" : (
        <p class="notice">
          <Name>{snooze.snoozed_by}</Name> snoozed this unit; it comes back{" "}
          <TimeAgo time={snooze.until} now_us={now_us} />.
        </p>
      )}
      <Findings findings={findings} />
      {query.edit && isPending
        ? (
          <EditForm
            action={`/review/${encodeURIComponent(unit.id)}/edit`}
            submit="Save and approve"
            edit={rejected?.edit ?? (query.mask ? maskedEdit(editable(unit)) : editable(unit))}
            faults={rejected?.faults}
            hidden={{ back: list, next, mark: markOf(unit, rejected) }}
            cancel={here}
          />
        )
        : (
          <>
            <LikelyDuplicates duplicates={duplicates} act={{ id: unit.id, back: list, next }} hasKey />
            <UnitText unit={unit} />
            <Flags flags={unit.flags} now_us={now_us} />
            <UnitFacts unit={unit} now_us={now_us} />
          </>
        )}
      <section class="unit-history" aria-labelledby="history-title">
        <h3 id="history-title">History</h3>
        <Timeline events={history} now_us={now_us} />
      </section>
      {isPending
        ? query.edit ? "" : (
          <DecisionBar
            id={unit.id}
            back={list}
            next={next}
            editUrl={reviewUrl({ ...query, unit: unit.id, edit: true })}
            findings={findings}
            mark={markOf(unit, undefined)}
            maskUrl={reviewUrl({ ...query, unit: unit.id, edit: true, mask: true })}
            isSnoozed={snooze !== undefined}
          />
        )
        : <DecidedBar id={unit.id} back={list} dossier={dossier} now_us={now_us} />}
    </article>
  );
}

function UnitHead({ dossier: { unit, row }, now_us }: { dossier: Dossier; now_us: number }): Markup {
  return (
    <header class="unit-head">
      <p class="unit-about">
        <StatusBadge status={row.status} />
        <span>
          proposed by{" "}
          <strong>
            <Name>{unit.created_by === "" ? "somebody" : unit.created_by}</Name>
          </strong>
        </span>
        <TimeAgo time={row.created_at ?? unit.evidence.first_observed} now_us={now_us} />
      </p>
      <h2 id="unit-title" tabindex={-1}>{unit.insight.summary}</h2>
      <Tags names={unit.domains} label="Domains" />
    </header>
  );
}

function othersText(others: readonly string[]): string {
  if (others.length === 0) return "";
  return `${others.map(isolated).join(", ")} ${others.length === 1 ? "has" : "have"} this unit open too.`;
}

interface DecisionBarProps {
  readonly id: string;
  readonly back: string;
  readonly next: string;
  readonly editUrl: string;
  readonly findings: readonly Finding[];
  /** Stands for what the page shows of the unit. */
  readonly mark: string;
  /** The editor with personal data masked. */
  readonly maskUrl: string;
  readonly isSnoozed: boolean;
}

function DecisionBar(
  { id, back, next, editUrl, maskUrl, findings, mark, isSnoozed }: DecisionBarProps,
): Markup {
  const target = { id, back, next };
  const held = isHeld(findings);
  const hasPersonalData = findings.some(({ rule }) => rule.startsWith("personal."));
  return (
    <div class="decision-bar" id="decision-bar">
      <ActForm {...target} verb="approve">
        <input type="hidden" name="mark" value={mark} />
        {held ? <input type="hidden" name="acknowledges_hold" value="1" /> : ""}
        <button class="button button-primary" type="submit">
          {held ? "Approve all the same" : "Approve"} <kbd>a</kbd>
        </button>
      </ActForm>
      <button class="button" type="button" popovertarget="reject-panel">
        Reject… <kbd>r</kbd>
      </button>
      <a class="button" href={editUrl} data-act="edit">
        Edit <kbd>e</kbd>
      </a>
      {hasPersonalData ? <a class="button" href={maskUrl}>Mask and edit</a> : ""}
      {isSnoozed
        ? (
          <ActForm {...target} verb="wake">
            <button class="button" type="submit">Bring back</button>
          </ActForm>
        )
        : (
          <button class="button" type="button" popovertarget="snooze-panel">
            Snooze… <kbd>s</kbd>
          </button>
        )}
      <div
        class="panel"
        id="reject-panel"
        popover="auto"
        role="dialog"
        aria-labelledby="reject-title"
        tabindex={-1}
      >
        <h3 id="reject-title">Reject this unit</h3>
        <ActForm {...target} verb="reject" className="form">
          <ReasonFields prefix="reject" />
          <div class="form-actions">
            <button class="button button-danger" type="submit">Reject</button>
            <button class="button" type="button" popovertarget="reject-panel" popovertargetaction="hide">
              Cancel
            </button>
          </div>
        </ActForm>
      </div>
      <div
        class="panel"
        id="snooze-panel"
        popover="auto"
        role="dialog"
        aria-labelledby="snooze-title"
        tabindex={-1}
      >
        <h3 id="snooze-title">Snooze for everybody</h3>
        <ActForm {...target} verb="snooze" className="panel-choices">
          {SNOOZES.map(({ label, seconds }, index) => (
            <button
              class="button"
              type="submit"
              name="seconds"
              value={String(seconds)}
              data-digit={index + 1}
            >
              {label} <kbd>{String(index + 1)}</kbd>
            </button>
          ))}
        </ActForm>
      </div>
    </div>
  );
}

interface DecidedBarProps {
  readonly id: string;
  readonly back: string;
  readonly dossier: Dossier;
  readonly now_us: number;
}

function DecidedBar({ id, back, dossier: { row }, now_us }: DecidedBarProps): Markup {
  return (
    <div class="decision-bar" id="decision-bar">
      <p class="decided">
        <Name>{row.reviewed_by ?? "Somebody"}</Name> {row.status} this unit{" "}
        {row.reviewed_at === null ? "" : <TimeAgo time={row.reviewed_at} now_us={now_us} />}
      </p>
      <ActForm id={id} verb="reopen" back={back} next={id}>
        <DecisionSeen row={row} />
        <button class="button" type="submit">
          Reopen <kbd>u</kbd>
        </button>
      </ActForm>
    </div>
  );
}
