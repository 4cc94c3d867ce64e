import type { UnitEvent } from "../../events/events.ts";
import { isObject } from "../../wire/json.ts";
import type { Markup } from "../markup.ts";
import { Name } from "./name.tsx";
import { reasonLabel } from "./reason_fields.tsx";
import { unitUrl } from "../unit_url.ts";
import { TimeAgo } from "./time_ago.tsx";

interface TimelineProps {
  /** Newest first. */
  readonly events: readonly UnitEvent[];
  readonly now_us: number;
}

const WORDS: Readonly<Record<UnitEvent["kind"], string>> = {
  proposed: "proposed it",
  confirmed: "confirmed it",
  flagged: "flagged it",
  approved: "approved it",
  rejected: "rejected it",
  imported: "imported it",
  edited: "edited it",
  reopened: "reopened it",
  retired: "retired it",
  superseded: "superseded it",
  snoozed: "snoozed it",
  verified: "verified it",
  woken: "brought it back",
  purged: "purged it",
};

/** What happened to a unit. */
export function Timeline({ events, now_us }: TimelineProps): Markup {
  if (events.length === 0) return <p class="hint">Nothing was recorded about this unit yet.</p>;
  return (
    <ol class="timeline">
      {events.map((event) => (
        <li class={`timeline-item timeline-${event.kind}`}>
          <p>
            <strong>
              <Name>{event.actor}</Name>
            </strong>{" "}
            {WORDS[event.kind]}{" "}
            <span class="muted">
              <TimeAgo time={event.occurred_at} now_us={now_us} />
            </span>
          </p>
          <Detail event={event} now_us={now_us} />
        </li>
      ))}
    </ol>
  );
}

function Detail({ event: { detail }, now_us }: { event: UnitEvent; now_us: number }): Markup {
  const { reason, note, detail: said, until, was, superseded_by, duplicate_of, changes } = detail ?? {};
  return (
    <>
      {typeof reason === "string" ? <p class="timeline-detail">Reason: {reasonLabel(reason)}</p> : ""}
      {typeof note === "string" ? <p class="timeline-detail">{note}</p> : ""}
      {typeof said === "string" ? <p class="timeline-detail">{said}</p> : ""}
      {typeof was === "string"
        ? (
          <p class="timeline-detail">
            It was <Name>{was}</Name> before.
          </p>
        )
        : ""}
      {typeof superseded_by === "string"
        ? (
          <p class="timeline-detail">
            In favour of{" "}
            <a href={unitUrl(superseded_by)}>
              <code>{superseded_by}</code>
            </a>
          </p>
        )
        : ""}
      {typeof duplicate_of === "string"
        ? (
          <p class="timeline-detail">
            Of{" "}
            <a href={unitUrl(duplicate_of)}>
              <code>{duplicate_of}</code>
            </a>
          </p>
        )
        : ""}
      {typeof until === "string"
        ? (
          <p class="timeline-detail">
            Comes back <TimeAgo time={until} now_us={now_us} />
          </p>
        )
        : ""}
      {isObject(changes) ? <Differences changes={changes} /> : ""}
    </>
  );
}

/** What was changed, field by field. */
export function Differences({ changes }: { changes: Record<string, unknown> }): Markup {
  return (
    <dl class="differences">
      {Object.entries(changes).filter(([, change]) => isObject(change)).map(([field, change]) => {
        const { before, after } = change as Record<string, unknown>;
        return (
          <div>
            <dt>{field}</dt>
            <dd>
              <del>{spelled(before)}</del> <ins>{spelled(after)}</ins>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function spelled(value: unknown): string {
  const text = Array.isArray(value) ? value.join(", ") : String(value ?? "");
  return text === "" ? "(empty)" : text;
}
