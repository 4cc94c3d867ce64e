import type { StoredEntry } from "../../events/audit.ts";
import { PURGED_DETAIL } from "../../events/purged.ts";
import { isObject } from "../../wire/json.ts";
import { Differences } from "../components/timeline.tsx";
import { reasonLabel } from "../components/reason_fields.tsx";
import { type Markup, NOTHING } from "../markup.ts";
import { unitUrl } from "../unit_url.ts";
import { auditUrl } from "./audit_query.ts";

/** What was done, before the name of what it was done to. */
const WORDS: Readonly<Record<string, string>> = {
  woken: "brought back",
  user_added: "added the user",
  user_disabled: "disabled the user",
  user_enabled: "enabled the user",
  user_deleted: "deleted the user",
  password_set: "set the password of",
  password_changed: "changed the own password,",
  signed_out_everywhere: "ended all own sessions,",
  role_set: "set the role of",
  details_hashed: "began to chain the hashes of details in",
  key_made: "made a key for",
  key_revoked: "revoked a key of",
};

/** What was done, as people read it. */
export function kindWords(kind: string): string {
  return WORDS[kind] ?? kind;
}

/** One entry of the audit log. */
export function AuditLine({ entry }: { entry: StoredEntry }): Markup {
  const { seq, occurred_at, actor, kind, subject, source, api_key_id, detail, event_id } = entry;
  if (actor === null || kind === null || subject === null) {
    return (
      <li class="audit-line">
        <p class="fault">{`${seq}: event ${event_id} of ${source} is not there any more.`}</p>
      </li>
    );
  }
  return (
    <li class="audit-line" data-seq={seq}>
      <p>
        <strong>
          <a href={auditUrl({ actor })}>{actor}</a>
        </strong>{" "}
        {kindWords(kind)} {source === "knowledge"
          ? (
            <a href={unitUrl(subject)}>
              <code>{subject}</code>
            </a>
          )
          : <a href={auditUrl({ subject })}>{subject}</a>}
      </p>
      <AuditDetail detail={detail} />
      <p class="hint audit-about">
        <span>{`No. ${seq}`}</span>
        <ExactTime time={occurred_at ?? ""} />
        {api_key_id === null ? "" : (
          <span>
            by key <code>{api_key_id}</code>
          </span>
        )}
      </p>
    </li>
  );
}

function ExactTime({ time }: { time: string }): Markup {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return <span>{time}</span>;
  const exact = new Date(at).toISOString();
  return <time datetime={exact}>{`${exact.slice(0, 19).replace("T", " ")} UTC`}</time>;
}

const NAMES: Readonly<Record<string, string>> = {
  key_id: "key",
  flags_answered: "flags answered",
  duplicate_of: "duplicate of",
  superseded_by: "in favour of",
  decided_by: "decided by",
  decided_at: "decided at",
  details: "details removed of events",
};

function AuditDetail({ detail }: { detail: string | null }): Markup {
  const fields = detailOf(detail);
  if (fields === undefined) return NOTHING;
  if (detail === PURGED_DETAIL) return <p class="hint">Its details were purged.</p>;
  const { changes, ...rest } = fields;
  const facts = Object.entries(rest).filter(([, value]) => value !== null);
  return (
    <>
      {facts.length === 0 ? "" : (
        <ul class="audit-facts">
          {facts.map(([name, value]) => (
            <li>
              <span class="muted">{`${NAMES[name] ?? name}:`}</span> {spelled(name, value)}
            </li>
          ))}
        </ul>
      )}
      {isObject(changes) ? <Differences changes={changes} /> : ""}
    </>
  );
}

function detailOf(detail: string | null): Record<string, unknown> | undefined {
  if (detail === null) return undefined;
  try {
    const parsed: unknown = JSON.parse(detail);
    return isObject(parsed) ? parsed : { detail: parsed };
  } catch {
    return { detail };
  }
}

function spelled(name: string, value: unknown): string {
  // Of details that were purged, the hashes say nothing to people.
  if (name === "details" && isObject(value)) return Object.keys(value).join(", ") || "none";
  if (typeof value !== "string") return JSON.stringify(value);
  return name === "reason" ? reasonLabel(value) : value;
}
