import type { SimilarUnit } from "../../knowledge/similar.ts";
import { type Markup, NOTHING } from "../markup.ts";
import { unitUrl } from "../unit_url.ts";
import { ActForm } from "./act_form.tsx";
import { StatusBadge } from "./tags.tsx";

interface LikelyDuplicatesProps {
  /** The most alike first. */
  readonly duplicates: readonly SimilarUnit[];
  /** The unit that says about the same as they do, and where its rejection leads. */
  readonly act: { readonly id: string; readonly back: string; readonly next: string };
  /** Whether a key does what the first button does. */
  readonly hasKey?: boolean;
}

/** Units that say about the same as a pending one, each with a button that rejects it as their duplicate. */
export function LikelyDuplicates({ duplicates, act, hasKey = false }: LikelyDuplicatesProps): Markup {
  if (duplicates.length === 0) return NOTHING;
  return (
    <section class="notice duplicates" aria-labelledby="duplicates-title">
      <h3 id="duplicates-title">Says about the same as</h3>
      <ActForm {...act} verb="duplicate" className="form">
        <ol>
          {duplicates.map(({ unit, status, likeness }, index) => (
            <li data-unit={unit.id}>
              <a href={unitUrl(unit.id)}>{nameOf(unit)}</a>
              <p>
                <StatusBadge status={status} />
                <span>{`${Math.floor(likeness * 100)}% alike`}</span>
                <button class="button button-small" type="submit" name="of" value={unit.id}>
                  Duplicate of this <span class="visually-hidden">{nameOf(unit)}</span>
                  {hasKey && index === 0 ? <kbd>d</kbd> : ""}
                </button>
              </p>
            </li>
          ))}
        </ol>
      </ActForm>
    </section>
  );
}

function nameOf({ id, insight }: SimilarUnit["unit"]): string {
  return insight.summary.trim() || id;
}
