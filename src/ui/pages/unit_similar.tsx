import type { KnowledgeUnit } from "../../knowledge/unit.ts";
import { Confidence } from "../components/confidence.tsx";
import { Names } from "../components/name.tsx";
import { type Markup, NOTHING } from "../markup.ts";
import { unitUrl } from "../unit_url.ts";

/** An approved unit about the same things. */
export type SimilarUnit = Pick<KnowledgeUnit, "id" | "domains" | "insight" | "evidence">;

interface SimilarUnitsProps {
  /** What they are similar to. */
  readonly id: string;
  readonly domains: readonly string[];
  readonly similar: readonly SimilarUnit[];
  /** Whether each may take the place of the unit. */
  readonly canSupersede: boolean;
}

/** Approved units about the same things, the best first. */
export function SimilarUnits({ id, domains, similar, canSupersede }: SimilarUnitsProps): Markup {
  if (similar.length === 0) return NOTHING;
  const own = new Set(domains);
  return (
    <section class="unit-similar" aria-labelledby="similar-title">
      <h2 id="similar-title">Similar units</h2>
      <p class="hint">What agents are served who ask about the same.</p>
      <ol>
        {similar.map((other) => (
          <li>
            <a href={unitUrl(other.id)}>{other.insight.summary.trim() || other.id}</a>
            <p class="hint">
              <Confidence value={other.evidence.confidence} />{" "}
              <Names of={other.domains.filter((domain) => own.has(domain))} />
            </p>
            {canSupersede
              ? (
                <a
                  class="hint"
                  href={`${unitUrl(id)}/supersede?by=${encodeURIComponent(other.id)}`}
                >
                  Supersede by this one…<span class="visually-hidden">: {other.insight.summary}</span>
                </a>
              )
              : ""}
          </li>
        ))}
      </ol>
    </section>
  );
}
