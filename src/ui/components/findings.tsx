import type { Finding } from "../../guard/finding.ts";
import { type Markup, NOTHING } from "../markup.ts";
import { unitsUrl } from "../pages/units_query.ts";

const HEADINGS: Readonly<Record<Finding["severity"], string>> = {
  block: "The guard would refuse this now",
  hold: "The guard holds this unit",
  warn: "The guard noticed something",
};

/** What the guard found in a unit, and where; each rule leads to all units in which it found something. */
export function Findings({ findings }: { findings: readonly Finding[] }): Markup {
  const [severest] = findings;
  if (severest === undefined) return NOTHING;
  return (
    <section class="notice notice-warning" aria-labelledby="findings-title" data-findings={severest.severity}>
      <h3 id="findings-title">{HEADINGS[severest.severity]}</h3>
      <ul>
        {findings.map(({ rule, field, message }) => (
          <li>
            <strong>
              <bdi>{field}</bdi>
            </strong>
            : {message} <a href={unitsUrl({ finding: rule })}>{rule}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whether a reviewer has to say that they have seen what holds a unit back. */
export function isHeld(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === "hold");
}
