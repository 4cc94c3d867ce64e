import { REASONS } from "../../review/reasons.ts";
import type { Markup } from "../markup.ts";

const LABELS: Readonly<Record<string, string>> = {
  duplicate: "Duplicate",
  wrong: "Wrong",
  too_specific: "Too specific",
  sensitive: "Sensitive",
  unsafe: "Unsafe",
  stale: "Stale",
  other: "Other",
};

/** A reason as people read it. */
export function reasonLabel(reason: string): string {
  return LABELS[reason] ?? reason;
}

/** The choice of a reason and a note; `prefix` keeps the ids of several on one page apart. */
export function ReasonFields({ prefix }: { prefix: string }): Markup {
  return (
    <>
      <fieldset class="choices">
        <legend>
          Reason <span class="muted">(optional)</span>
        </legend>
        {REASONS.map((reason, index) => (
          <label class="choice">
            <input type="radio" name="reason" value={reason} />
            <span>{reasonLabel(reason)}</span>
            <kbd>{String(index + 1)}</kbd>
          </label>
        ))}
      </fieldset>
      <div class="field">
        <label for={`${prefix}-note`}>
          Note <span class="muted">(optional)</span>
        </label>
        <textarea id={`${prefix}-note`} name="note" rows={2}></textarea>
      </div>
    </>
  );
}
