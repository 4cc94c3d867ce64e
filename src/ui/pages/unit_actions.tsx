import type { UnitRecord } from "../../review/catalog.ts";
import { DecisionSeen } from "../components/decision_seen.tsx";
import { ReasonFields } from "../components/reason_fields.tsx";
import { type Markup, NOTHING } from "../markup.ts";
import { unitUrl } from "../unit_url.ts";
import { FlagsShown } from "./flags_shown.tsx";

/** What can be done about a unit in its status. */
export function UnitActions({ row, unit }: Pick<UnitRecord, "row" | "unit">): Markup {
  const { id, status } = row;
  if (status === "pending") {
    return (
      <div class="unit-actions">
        <a class="button button-primary" href={`/review?unit=${encodeURIComponent(id)}`}>Review this unit</a>
      </div>
    );
  }
  if (status === "rejected") {
    return (
      <div class="unit-actions">
        <ReopenForm row={row} />
      </div>
    );
  }
  if (status !== "approved") return NOTHING;
  return (
    <div class="unit-actions">
      <button class="button" type="button" popovertarget="verify-panel">Still right…</button>
      <a class="button" href={`${unitUrl(id)}/edit`}>Edit</a>
      <button class="button" type="button" popovertarget="retire-panel">Retire…</button>
      <button class="button" type="button" popovertarget="supersede-panel">Supersede…</button>
      <ReopenForm row={row} />
      <div class="panel" id="verify-panel" popover="auto" role="dialog" aria-labelledby="verify-title">
        <h3 id="verify-title">This unit is still right</h3>
        <form method="post" action={`${unitUrl(id)}/verify`} class="form">
          <FlagsShown count={unit?.flags.length ?? 0} />
          <p class="hint">The flags you see are answered with that, and it counts as fresh.</p>
          <NoteField id="verify-note" />
          <PanelButtons panel="verify-panel" label="Verify" />
        </form>
      </div>
      <div class="panel" id="retire-panel" popover="auto" role="dialog" aria-labelledby="retire-title">
        <h3 id="retire-title">Retire this unit</h3>
        <form method="post" action={`${unitUrl(id)}/retire`} class="form">
          <p class="hint">No agent is served it any longer. It can be reopened.</p>
          <ReasonFields prefix="retire" />
          <PanelButtons panel="retire-panel" label="Retire" isDangerous />
        </form>
      </div>
      <div class="panel" id="supersede-panel" popover="auto" role="dialog" aria-labelledby="supersede-title">
        <h3 id="supersede-title">Supersede this unit</h3>
        <form method="get" action={`${unitUrl(id)}/supersede`} class="form">
          <div class="field">
            <label for="by">Id of the unit that takes its place</label>
            <input id="by" name="by" required autocapitalize="none" autocomplete="off" spellcheck={false} />
          </div>
          <PanelButtons panel="supersede-panel" label="Continue" />
        </form>
      </div>
    </div>
  );
}

/** What a reviewer may say about a verification. */
export function NoteField({ id }: { id: string }): Markup {
  return (
    <div class="field">
      <label for={id}>
        What you checked <span class="muted">(optional)</span>
      </label>
      <textarea id={id} name="note" rows={2}></textarea>
    </div>
  );
}

function ReopenForm({ row }: Pick<UnitRecord, "row">): Markup {
  return (
    <form method="post" action={`${unitUrl(row.id)}/reopen`} class="inline">
      <DecisionSeen row={row} />
      <button class="button" type="submit">Reopen</button>
    </form>
  );
}

/** What sends the form in a panel, and what leaves it. */
export function PanelButtons({ panel, label, isDangerous = false }: {
  panel: string;
  label: string;
  isDangerous?: boolean;
}): Markup {
  return (
    <div class="form-actions">
      <button class={`button ${isDangerous ? "button-danger" : "button-primary"}`} type="submit">
        {label}
      </button>
      <button class="button" type="button" popovertarget={panel} popovertargetaction="hide">Cancel</button>
    </div>
  );
}
