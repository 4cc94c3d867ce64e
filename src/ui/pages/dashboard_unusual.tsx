import { ANOMALY_EVENTS_MAX, RING_DAYS } from "../../limits.ts";
import type { Unusual } from "../../review/unusual.ts";
import { type Markup, NOTHING } from "../markup.ts";
import { unitsUrl } from "./units_query.ts";

const DAY_MS = 86_400_000;

/** What is out of the ordinary and worth a look, with the units behind it; nothing where nothing is. */
export function UnusualCard({ unusual, now_us }: { unusual: Unusual; now_us: number }): Markup {
  const { busyKeys, rings, mostlyRejected, isCutShort } = unusual;
  if (busyKeys.length + rings.length + mostlyRejected.length === 0) return NOTHING;
  const yesterday = new Date(now_us / 1000 - DAY_MS).toISOString().slice(0, 10);
  return (
    <section class="card notice-warning unusual" aria-labelledby="unusual-title">
      <h2 id="unusual-title">Unusual</h2>
      <ul>
        {busyKeys.map(({ keyId, owner, proposals, total }) => (
          <li>
            Key <code>{keyId}</code> of <Account name={owner} /> made {`${proposals} of ${total} proposals`}
            {" "}
            in the last 24 hours:{" "}
            <a href={unitsUrl({ proposer: owner, createdFrom: yesterday })}>the units</a>
          </li>
        ))}
        {rings.map(({ accounts, confirmations }) => (
          <li>
            {accounts.map((name, index) => (
              <>
                {index === 0 ? "" : index === accounts.length - 1 ? " and " : ", "}
                <Account name={name} />
              </>
            ))}
            {` confirmed ${confirmations} units of each other within ${RING_DAYS} days`}
          </li>
        ))}
        {mostlyRejected.map(({ proposer, decided, rejected }) => (
          <li>
            Of <Account name={proposer} />,{"  "}
            <a href={unitsUrl({ proposer, status: "rejected" })}>{`${rejected} of ${decided} units`}</a>{" "}
            were rejected
          </li>
        ))}
      </ul>
      {isCutShort ? <p class="hint">{`The newest ${ANOMALY_EVENTS_MAX} events were looked at.`}</p> : ""}
    </section>
  );
}

function Account({ name }: { name: string }): Markup {
  return (
    <strong>
      <a href={unitsUrl({ proposer: name })}>{name}</a>
    </strong>
  );
}
