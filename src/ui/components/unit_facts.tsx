import type { Flag, KnowledgeUnit } from "../../knowledge/unit.ts";
import { type Markup, NOTHING } from "../markup.ts";
import { Tags } from "./tags.tsx";
import { unitUrl } from "../unit_url.ts";
import { TimeAgo } from "./time_ago.tsx";

interface UnitFactsProps {
  readonly unit: KnowledgeUnit;
  readonly now_us: number;
}

/** The text of a unit: what was learned, and what to do. */
export function UnitText({ unit: { insight } }: { unit: KnowledgeUnit }): Markup {
  return (
    <>
      <p class="prose">{insight.detail}</p>
      <div class="action-box">
        <h3>What to do</h3>
        <p class="prose">{insight.action}</p>
      </div>
    </>
  );
}

/** Everything else that a unit says. */
export function UnitFacts({ unit, now_us }: UnitFactsProps): Markup {
  const { context, evidence } = unit;
  return (
    <dl class="facts">
      <Fact name="Languages" values={context.languages} />
      <Fact name="Frameworks" values={context.frameworks} />
      {context.pattern === "" ? "" : (
        <div>
          <dt>Pattern</dt>
          <dd>{context.pattern}</dd>
        </div>
      )}
      <div>
        <dt>Confidence</dt>
        <dd>{evidence.confidence.toFixed(2)} from {confirmationsText(evidence.confirmations)}</dd>
      </div>
      <div>
        <dt>First observed</dt>
        <dd>
          <TimeAgo time={evidence.first_observed} now_us={now_us} />
        </dd>
      </div>
      <div>
        <dt>Last confirmed</dt>
        <dd>
          <TimeAgo time={evidence.last_confirmed} now_us={now_us} />
        </dd>
      </div>
      {unit.superseded_by === null ? "" : (
        <div>
          <dt>Superseded by</dt>
          <dd>
            <a href={unitUrl(unit.superseded_by)}>
              <code>{unit.superseded_by}</code>
            </a>
          </dd>
        </div>
      )}
      <div>
        <dt>Tier</dt>
        <dd>{unit.tier}</dd>
      </div>
      <div>
        <dt>Id</dt>
        <dd>
          <a href={unitUrl(unit.id)}>
            <code>{unit.id}</code>
          </a>
        </dd>
      </div>
      {Object.entries(unit.extensions ?? {}).map(([key, value]) => (
        <div>
          <dt>{key}</dt>
          <dd>
            <code class="wrapped">{JSON.stringify(value)}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function confirmationsText(confirmations: number): string {
  return confirmations === 1 ? "1 confirmation" : `${confirmations} confirmations`;
}

function Fact({ name, values }: { name: string; values: readonly string[] }): Markup {
  if (values.length === 0) return NOTHING;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Tags names={values} label={name} />
      </dd>
    </div>
  );
}

const FLAG_WORDS: Readonly<Record<Flag["reason"], string>> = {
  stale: "Stale",
  incorrect: "Incorrect",
  duplicate: "Duplicate",
};

/** The doubts that agents raised about a unit. */
export function Flags({ flags, label = "Flags", now_us }: {
  flags: readonly Flag[];
  /** Where there are those of several units on a page, another one for each. */
  label?: string;
  now_us: number;
}): Markup {
  if (flags.length === 0) return NOTHING;
  return (
    <section class="notice notice-warning" aria-label={label}>
      <h3>{flags.length === 1 ? "Flagged once" : `Flagged ${flags.length} times`}</h3>
      <ul>
        {flags.map(({ reason, timestamp, detail, duplicate_of }) => (
          <li>
            <strong>{FLAG_WORDS[reason]}</strong> <TimeAgo time={timestamp} now_us={now_us} />
            {duplicate_of === null ? "" : (
              <>
                {" "}of{" "}
                <a href={unitUrl(duplicate_of)}>
                  <code>{duplicate_of}</code>
                </a>
              </>
            )}
            {detail === null ? "" : <>: {detail}</>}
          </li>
        ))}
      </ul>
    </section>
  );
}
