import type { Child } from "hono/jsx";
import type { UserSummary } from "../../accounts/administration.ts";
import { TimeAgo } from "../components/time_ago.tsx";
import { type Markup, NOTHING } from "../markup.ts";
import { CopyField } from "./keys_connect.tsx";
import { GeneralFault, PasswordFields, RoleField, type UserFaults } from "./users_form.tsx";
import { UserState } from "./users_page.tsx";
import { USERS_PATH, userUrl } from "./users_query.ts";

interface UserPageProps {
  readonly user: UserSummary;
  readonly faults: UserFaults;
  readonly now_us: number;
}

const DELETE_PANEL = "delete-panel";

/** One user, and what an admin can do about the account. */
export function UserPage({ user, faults, now_us }: UserPageProps): Markup {
  return (
    <div class="page">
      <p class="unit-up">
        <a href={USERS_PATH}>All users</a>
      </p>
      <header class="page-head">
        <h1>{user.username}</h1>
        <UserState user={user} />
      </header>
      <GeneralFault faults={faults} />
      <UserFacts user={user} now_us={now_us} />
      <section class="card" aria-labelledby="role-title">
        <h2 id="role-title">Role</h2>
        <UserActForm user={user} verb="role">
          <RoleField role={user.role} />
          <div class="form-actions">
            <button class="button" type="submit">Change role</button>
          </div>
        </UserActForm>
      </section>
      <section class="card" aria-labelledby="password-title">
        <h2 id="password-title">Password</h2>
        <p class="hint">A new one ends every session and login of the user. Keys go on working.</p>
        <UserActForm user={user} verb="password">
          <PasswordFields fault={faults.password} />
          <div class="form-actions">
            <button class="button" type="submit">Set password</button>
          </div>
        </UserActForm>
      </section>
      <section class="card" aria-labelledby="access-title">
        <h2 id="access-title">Access</h2>
        <p class="hint">
          {user.disabled_at === null
            ? "A disabled user is refused at once, with every session, login and key. This can be undone."
            : "The user and the user's keys are refused. Sessions and logins from before stay ended."}
        </p>
        <div class="unit-actions">
          <UserActForm user={user} verb={user.disabled_at === null ? "disable" : "enable"} isInline>
            <button class="button" type="submit">{user.disabled_at === null ? "Disable" : "Enable"}</button>
          </UserActForm>
          <button class="button" type="button" popovertarget={DELETE_PANEL}>Delete…</button>
        </div>
        <DeletePanel user={user} />
      </section>
    </div>
  );
}

function UserFacts({ user, now_us }: { user: UserSummary; now_us: number }): Markup {
  return (
    <dl class="key-facts">
      <div>
        <dt>Created</dt>
        <dd>
          <TimeAgo time={user.created_at} now_us={now_us} />
        </dd>
      </div>
      {user.disabled_at === null ? NOTHING : (
        <div>
          <dt>Disabled</dt>
          <dd>
            <TimeAgo time={user.disabled_at} now_us={now_us} />
          </dd>
        </div>
      )}
      <div>
        <dt>Active keys</dt>
        <dd>{String(user.active_keys)}</dd>
      </div>
      <div>
        <dt>Last key use</dt>
        <dd>{user.last_key_use === null ? "never" : <TimeAgo time={user.last_key_use} now_us={now_us} />}</dd>
      </div>
      <div>
        <dt>What the user did</dt>
        <dd>
          <a href={`/settings/audit?${new URLSearchParams({ actor: user.username.toWellFormed() })}`}>
            Audit log
          </a>
        </dd>
      </div>
    </dl>
  );
}

function DeletePanel({ user: { username, active_keys }, user }: { user: UserSummary }): Markup {
  return (
    <div class="panel" id={DELETE_PANEL} popover="auto" role="dialog" aria-labelledby="delete-title">
      <h3 id="delete-title">{`Delete “${username}”?`}</h3>
      <UserActForm user={user} verb="delete">
        <p>
          {`The account goes, with its sessions and ${
            active_keys === 1 ? "1 active key" : `${active_keys} active keys`
          }. This cannot be undone.`}
        </p>
        <p>
          What the user proposed, confirmed and decided stays under the name, and so does the audit log.
        </p>
        <div class="form-actions">
          <button class="button button-danger" type="submit">Delete</button>
          <button
            class="button"
            type="button"
            popovertarget={DELETE_PANEL}
            popovertargetaction="hide"
            autofocus
          >
            Cancel
          </button>
        </div>
      </UserActForm>
    </div>
  );
}

function UserActForm({ user, verb, isInline = false, children }: {
  user: UserSummary;
  verb: string;
  isInline?: boolean;
  children: Child;
}): Markup {
  return (
    <form method="post" action={`${userUrl(user)}/${verb}`} class={isInline ? "inline" : "form"}>
      <input type="hidden" name="username" value={spelledName(user)} />
      {children}
    </form>
  );
}

/** The name of a user as a form carries it: fields change the line ends that some names from elsewhere have. */
export function spelledName({ username }: UserSummary): string {
  return encodeURIComponent(username.toWellFormed());
}

/** The one time that a password which the server made is shown. */
export function NewPasswordPage(
  { username, password, back }: { username: string; password: string; back: string },
): Markup {
  return (
    <section class="card new-key" data-secret="" aria-labelledby="new-password-title">
      <h1 id="new-password-title">{`Hand this to ${username}`}</h1>
      <p class="notice notice-warning">
        <strong>This is the only time it is shown.</strong>{" "}
        Hand it over where nobody else reads it. If it gets lost, make another one.
      </p>
      <CopyField id="new-password" label={`Password of “${username}”`} value={password} rows={1} />
      <form method="get" action={back} class="form-actions" data-copied="">
        <button class="button button-primary" type="submit">I have copied it</button>
      </form>
    </section>
  );
}
