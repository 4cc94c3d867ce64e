import { UNDO_WINDOW_S } from "../../limits.ts";
import type { Flash } from "../cookies.ts";
import type { Markup } from "../markup.ts";

interface ToastsProps {
  readonly flash: Flash | undefined;
  /** Where an undo leads back to. */
  readonly back: string;
}

/** Messages about what was just done. The region is always there, so that what scripts put in it is read out. */
export function Toasts({ flash, back }: ToastsProps): Markup {
  return (
    <div class="toasts" id="toasts" role="status" aria-live="polite">
      {flash === undefined ? "" : <Toast flash={flash} back={back} />}
    </div>
  );
}

function Toast({ flash: { tone, text, undo }, back }: { flash: Flash; back: string }): Markup {
  return (
    <div class={`toast toast-${tone}`} data-toast="">
      <p>{text}</p>
      {undo === undefined
        ? ""
        : (
          <form method="post" action={`/review/${encodeURIComponent(undo.unitId)}/undo`}>
            <input type="hidden" name="decided_at" value={undo.decidedAt} />
            <input type="hidden" name="back" value={back} />
            <input type="hidden" name="next" value={undo.unitId} />
            <button class="button button-small" type="submit" data-undo={String(UNDO_WINDOW_S)}>
              Undo <kbd>u</kbd>
            </button>
          </form>
        )}
    </div>
  );
}
