import { type Sql, sql } from "../database/sql.ts";

/** What can happen to an account. */
export const ACCOUNT_EVENT_KINDS = [
  "user_added",
  "user_disabled",
  "user_enabled",
  "user_deleted",
  "password_set",
  "password_changed",
  "signed_out_everywhere",
  "details_hashed",
  "role_set",
  "key_made",
  "key_revoked",
] as const;
export type AccountEventKind = typeof ACCOUNT_EVENT_KINDS[number];

/** Who acts where nobody is signed in: whoever may run commands on the server's machine. */
export const COMMAND_LINE = "(command line)";

interface NewAccountEvent {
  /** The name of the user it happens to. */
  readonly subject: string;
  readonly kind: AccountEventKind;
  /** The name of whoever did it. */
  readonly actor: string;
  /** +00:00 form. */
  readonly at: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** The statement that adds an event, for the transaction of the change it tells of. Events are never changed or removed. */
export function accountEventInsertion({ subject, kind, actor, at, detail }: NewAccountEvent): Sql {
  const text = detail === undefined ? null : JSON.stringify(detail);
  return sql`
    INSERT INTO account_events (subject, kind, actor, api_key_id, occurred_at, detail)
    VALUES (${subject}, ${kind}, ${actor}, ${null}, ${at}, ${text})`;
}
