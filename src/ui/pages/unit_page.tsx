import { storedText } from "../../knowledge/readable.ts";
import type { SimilarUnit as LikelyDuplicate } from "../../knowledge/similar.ts";
import type { UnitDoubts } from "../../review/ageing.ts";
import type { UnitRecord } from "../../review/catalog.ts";
import { Findings } from "../components/findings.tsx";
import { LikelyDuplicates } from "../components/likely_duplicates.tsx";
import { Name } from "../components/name.tsx";
import { StatusBadge, Tags } from "../components/tags.tsx";
import { TimeAgo } from "../components/time_ago.tsx";
import { Timeline } from "../components/timeline.tsx";
import { Flags, UnitFacts, UnitText } from "../components/unit_facts.tsx";
import { type Markup, NOTHING } from "../markup.ts";
import { unitUrl } from "../unit_url.ts";
import { RawUnit } from "./unit_raw.tsx";
import { UnitActions } from "./unit_actions.tsx";
import { type SimilarUnit, SimilarUnits } from "./unit_similar.tsx";
import { UNITS_PATH, unitsUrl } from "./units_query.ts";

interface UnitPageProps {
  readonly record: UnitRecord;
  readonly similar: readonly SimilarUnit[];
  /** What a pending unit may be a duplicate of. */
  readonly duplicates: readonly LikelyDuplicate[];
  readonly doubts: UnitDoubts | undefined;
  /** Whether whoever looks may remove the unit for good. */
  readonly canPurge: boolean;
  readonly now_us: number;
}

/** Everything about one unit. */
export function UnitPage(
  { record, similar, duplicates, doubts, canPurge, now_us }: UnitPageProps,
): Markup {
  const { row, unit, history, findings } = record;
  return (
    <div class="page unit-page">
      <article class="unit" data-unit={row.id} data-status={row.status}>
        <p class="unit-up">
          <a href={UNITS_PATH}>All units</a>
        </p>
        <UnitHead record={record} now_us={now_us} />
        <h2 class="visually-hidden">What is known</h2>
        <Standing record={record} now_us={now_us} />
        <Doubts doubts={doubts} />
        {unit === undefined ? <Unreadable /> : (
          <>
            <UnitText unit={unit} />
            <Flags flags={unit.flags} now_us={now_us} />
          </>
        )}
        <Findings findings={findings} />
        <LikelyDuplicates
          duplicates={duplicates}
          act={{ id: row.id, back: unitUrl(row.id), next: "" }}
        />
        <UnitActions row={row} unit={unit} />
        {unit === undefined ? "" : <UnitFacts unit={unit} now_us={now_us} />}
        <section class="unit-history" aria-labelledby="history-title">
          <h3 id="history-title">History</h3>
          <Timeline events={history} now_us={now_us} />
        </section>
        <RawUnit data={storedText(row)} />
        {canPurge
          ? (
            <p class="hint">
              Is something in here that must not be kept? <a href={`${unitUrl(row.id)}/purge`}>Purge it…</a>
            </p>
          )
          : NOTHING}
      </article>
      {unit === undefined ? "" : (
        <aside class="unit-aside" aria-label="Related">
          <SimilarUnits
            id={row.id}
            domains={unit.domains}
            similar={similar}
            canSupersede={row.status === "approved"}
          />
        </aside>
      )}
    </div>
  );
}

function UnitHead({ record: { row, unit }, now_us }: Pick<UnitPageProps, "record" | "now_us">): Markup {
  const createdAt = row.created_at ?? unit?.evidence.first_observed;
  return (
    <header class="unit-head">
      <p class="unit-about">
        <StatusBadge status={row.status} />
        {unit === undefined ? "" : (
          <span>
            proposed by {unit.created_by === ""
              ? <strong>somebody</strong>
              : <a href={unitsUrl({ proposer: unit.created_by })}>{unit.created_by}</a>}
          </span>
        )}
        {createdAt === undefined ? "" : <TimeAgo time={createdAt} now_us={now_us} />}
      </p>
      <h1>{unit?.insight.summary.trim() || row.id}</h1>
      {unit === undefined ? "" : <Tags names={unit.domains} label="Domains" />}
    </header>
  );
}

/** What became of the unit, where there is something to say. */
function Standing({ record: { row, unit, snooze, named }, now_us }: {
  record: UnitRecord;
  now_us: number;
}): Markup {
  const successor = unit?.superseded_by ?? null;
  return (
    <>
      {successor === null ? NOTHING : (
        <p class="notice">
          Superseded by <a href={unitUrl(successor)}>{named.get(successor) ?? successor}</a>
        </p>
      )}
      {snooze === undefined ? NOTHING : (
        <p class="notice">
          <Name>{snooze.snoozed_by}</Name> snoozed this unit; it comes back{" "}
          <TimeAgo time={snooze.until} now_us={now_us} />.
        </p>
      )}
      {row.reviewed_at === null ? NOTHING : (
        <p class="hint">
          Decided by <Name>{row.reviewed_by ?? "somebody"}</Name>{" "}
          <TimeAgo time={row.reviewed_at} now_us={now_us} />
        </p>
      )}
    </>
  );
}

/** Why agents are told to take the unit with care. */
function Doubts({ doubts }: { doubts: UnitDoubts | undefined }): Markup {
  if (doubts === undefined) return NOTHING;
  const { unansweredFlags: flags, staleSince } = doubts;
  return (
    <section class="notice notice-warning" aria-label="Doubts">
      <ul>
        {flags === 0 ? "" : (
          <li>
            <strong>Disputed:</strong>{" "}
            {flags === 1 ? "1 flag that nobody answered" : `${flags} flags that nobody answered`}
          </li>
        )}
        {staleSince === undefined ? "" : (
          <li>
            <strong>Stale</strong> {`since ${staleSince}: nobody confirmed it for long`}
          </li>
        )}
      </ul>
      <p>Agents are served it below others until somebody says that it is still right, or corrects it.</p>
    </section>
  );
}

function Unreadable(): Markup {
  return (
    <p class="notice notice-error">
      What is stored of this unit cannot be read, so no agent is served it. Another program wrote it. What it
      wrote stands below.
    </p>
  );
}
