import type { EventKind } from "../../events/events.ts";
import type { Activity } from "../../review/overview.ts";
import { Name } from "../components/name.tsx";
import { reasonLabel } from "../components/reason_fields.tsx";
import { TimeAgo } from "../components/time_ago.tsx";
import type { Markup } from "../markup.ts";
import { unitUrl } from "../unit_url.ts";

const WORDS: Readonly<Record<EventKind, string>> = {
  proposed: "proposed",
  confirmed: "confirmed",
  flagged: "flagged",
  approved: "approved",
  rejected: "rejected",
  imported: "imported",
  edited: "edited",
  reopened: "reopened",
  retired: "retired",
  superseded: "superseded",
  snoozed: "snoozed",
  verified: "verified",
  woken: "brought back",
  purged: "purged",
};

interface ActivityListProps {
  /** Newest first. */
  readonly activity: readonly Activity[];
  readonly now_us: number;
}

/** What last happened in the whole store. */
export function ActivityList({ activity, now_us }: ActivityListProps): Markup {
  return (
    <section class="card activity" aria-labelledby="activity-title">
      <h2 id="activity-title">Recent activity</h2>
      {activity.length === 0 ? <p class="hint">Nothing was recorded yet.</p> : (
        <ol>
          {activity.map((entry) => (
            <li class={`activity-item activity-${entry.event.kind}`}>
              <ActivityItem entry={entry} now_us={now_us} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function ActivityItem({ entry: { event, summary, isGone }, now_us }: {
  entry: Activity;
  now_us: number;
}): Markup {
  const reason = event.detail?.["reason"];
  const name = summary?.trim() || event.unit_id;
  return (
    <>
      <p>
        <strong>
          <Name>{event.actor}</Name>
        </strong>{" "}
        {WORDS[event.kind]} {isGone
          ? (
            <span class="muted">
              <Name>{name}</Name> (no longer there)
            </span>
          )
          : <a href={unitUrl(event.unit_id)}>{name}</a>}
      </p>
      <p class="hint">
        <TimeAgo time={event.occurred_at} now_us={now_us} />
        {typeof reason === "string" ? ` · ${reasonLabel(reason)}` : ""}
      </p>
    </>
  );
}
