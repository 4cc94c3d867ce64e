import type { KeyRequest } from "../../accounts/keys.ts";
import { type Scope, SCOPES } from "../../accounts/roles.ts";
import type { CqError } from "../../errors.ts";
import { KEY_LABELS_MAX } from "../../limits.ts";
import { TextField } from "../components/field.tsx";
import type { Markup } from "../markup.ts";
import { KEYS_PATH } from "./keys_query.ts";

/** What the form says, as it was filled in. */
export interface KeyDraft extends KeyRequest {
  /** The id that the key will have: sent twice, the form makes one key. */
  readonly id: string;
}

/** What is wrong with a draft: by field, and what concerns no single one. */
export interface KeyFaults {
  readonly fields: Readonly<Record<string, string>>;
  readonly general?: string;
}

const LIFETIMES = [
  { ttl: "30d", label: "30 days" },
  { ttl: "90d", label: "90 days" },
  { ttl: "365d", label: "365 days" },
] as const;
const DEFAULT_TTL = "90d";
const OTHER = "other";
const ONLY = "only";

/** A form that was not filled in yet. */
export function emptyDraft(id: string): KeyDraft {
  return { id, name: "", ttl: DEFAULT_TTL, labels: [] };
}

/** Reads what was sent; `newId` stands in for an id that is none. */
export function readDraft(form: URLSearchParams, newId: string): KeyDraft {
  const text = (name: string): string => form.get(name) ?? "";
  const ttl = text("ttl");
  return {
    id: keyIdIn(form, newId),
    name: text("name").trim(),
    ttl: ttl === OTHER ? text("other_ttl") : ttl,
    ...(form.get("may") === ONLY ? { scopes: form.getAll("scope") as Scope[] } : {}),
    labels: text("labels").split(/\r?\n/).filter((label) => label.trim() !== ""),
  };
}

/** The id for a new key that a form carries. */
export function keyIdIn(form: URLSearchParams, newId: string): string {
  const id = form.get("id") ?? "";
  return /^[0-9a-f]{32}$/.test(id) ? id : newId;
}

/** What an error says about the fields of a draft. */
export function keyFaults(error: CqError): KeyFaults {
  if (error.fields === undefined) {
    // The only sentence without a field that is about the draft is that of the lifetime.
    return error.status === 422 ? { fields: { ttl: error.message } } : { fields: {}, general: error.message };
  }
  const fields: Record<string, string> = {};
  if (error.fields.some(({ loc }) => loc[1] === "scopes")) fields["scopes"] = "Choose what the key may do";
  for (const { loc, msg } of error.fields) fields[String(loc[1])] ??= msg.replace(/^Value error, /, "");
  return { fields };
}

/** Asks for a new key. */
export function KeyForm({ draft, faults }: { draft: KeyDraft; faults: KeyFaults }): Markup {
  const { fields, general } = faults;
  return (
    <form method="post" action={KEYS_PATH} class="form">
      <input type="hidden" name="id" value={draft.id} />
      {general === undefined ? "" : <p class="notice notice-error" role="alert">{general}</p>}
      <TextField
        name="name"
        label="Name"
        value={draft.name}
        hint="Where the key is used, such as laptop or build server"
        fault={fields["name"]}
      />
      <Lifetime ttl={draft.ttl} fault={fields["ttl"]} />
      <TextField
        name="labels"
        label="Labels (optional)"
        value={draft.labels.join("\n")}
        rows={2}
        hint={`One on each line, ${KEY_LABELS_MAX} at most`}
        fault={fields["labels"]}
      />
      <ScopeFields scopes={draft.scopes} fault={fields["scopes"]} />
      <div class="form-actions">
        <button class="button button-primary" type="submit">Create key</button>
      </div>
    </form>
  );
}

const SCOPE_LABELS: Readonly<Record<Scope, string>> = {
  read: "Read",
  propose: "Propose",
  confirm: "Confirm and flag",
};

/** What a key is restricted to, in a few words. */
export function scopesText(scopes: readonly Scope[]): string {
  return scopes.map((scope) => SCOPE_LABELS[scope].toLowerCase()).join(", ");
}

function ScopeFields(
  { scopes, fault }: { scopes: readonly Scope[] | undefined; fault: string | undefined },
): Markup {
  const isRestricted = scopes !== undefined;
  return (
    <fieldset class="key-scopes">
      <legend>The key may</legend>
      <div class="lifetime-choices">
        <label class="choice">
          <input type="radio" name="may" value="all" checked={!isRestricted} />
          <span>Everything that you may</span>
        </label>
        <label class="choice">
          <input type="radio" name="may" value={ONLY} checked={isRestricted} />
          <span>Only some of it</span>
        </label>
      </div>
      <div class="lifetime-choices key-scopes-some">
        {SCOPES.map((scope) => (
          <label class="choice">
            <input type="checkbox" name="scope" value={scope} checked={scopes?.includes(scope) ?? false} />
            <span>{SCOPE_LABELS[scope]}</span>
          </label>
        ))}
      </div>
      {fault === undefined ? "" : <p class="fault">{fault}</p>}
    </fieldset>
  );
}

function Lifetime({ ttl, fault }: { ttl: string; fault: string | undefined }): Markup {
  const isOther = !LIFETIMES.some((lifetime) => lifetime.ttl === ttl);
  return (
    <fieldset class="lifetime">
      <legend>Lifetime</legend>
      <div class="lifetime-choices">
        {LIFETIMES.map((lifetime) => (
          <label class="choice">
            <input type="radio" name="ttl" value={lifetime.ttl} checked={lifetime.ttl === ttl} />
            <span>{lifetime.label}</span>
          </label>
        ))}
        <label class="choice">
          <input type="radio" name="ttl" value={OTHER} checked={isOther} />
          <span>Other</span>
        </label>
      </div>
      <div class="lifetime-other">
        <TextField
          name="other_ttl"
          label="Other lifetime"
          value={isOther ? ttl : ""}
          hint="A number and s, m, h or d, such as 12h or 45d; 365d at most"
          fault={fault}
        />
      </div>
    </fieldset>
  );
}
