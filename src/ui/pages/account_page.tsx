import type { OwnSession, SignedIn } from "../../accounts/sessions.ts";
import type { SignInRow } from "../../accounts/sign_ins.ts";
import { Badge } from "../components/tags.tsx";
import { TextField } from "../components/field.tsx";
import { TimeAgo } from "../components/time_ago.tsx";
import { type Markup, NOTHING } from "../markup.ts";
import { ACCOUNT_PATH } from "./account_path.ts";
import { SignInTable } from "./sign_ins_table.tsx";

interface AccountPageProps {
  readonly viewer: SignedIn;
  /** Those used last first. */
  readonly sessions: readonly OwnSession[];
  /** Newest first. */
  readonly signIns: readonly SignInRow[];
  /** Why the password was not changed. */
  readonly fault: string | undefined;
  readonly now_us: number;
}

/** One's own password, sessions and sign-ins. */
export function AccountPage({ viewer, sessions, signIns, fault, now_us }: AccountPageProps): Markup {
  return (
    <div class="page">
      <header class="page-head">
        <h1>Your account</h1>
        <p class="muted">{`${viewer.username}, ${viewer.role ?? "unknown role"}`}</p>
      </header>
      <section class="card card-stack" aria-labelledby="password-title">
        <h2 id="password-title">Password</h2>
        <p class="hint">A new one ends all other sessions and logins. Keys go on working.</p>
        {fault === undefined ? NOTHING : <p class="notice notice-error" role="alert">{fault}</p>}
        <form method="post" action={`${ACCOUNT_PATH}/password`} class="form">
          <TextField name="current" label="Current password" value="" isOwnPassword />
          <TextField
            name="password"
            label="New password"
            value=""
            hint="Twelve characters or more"
            isSecret
          />
          <TextField name="again" label="The same again" value="" isSecret />
          <div class="form-actions">
            <button class="button button-primary" type="submit">Change password</button>
          </div>
        </form>
      </section>
      <section class="card card-stack" aria-labelledby="sessions-title">
        <h2 id="sessions-title">Where you are signed in</h2>
        <SessionTable sessions={sessions} now_us={now_us} />
        <p class="hint">
          Login tokens of the API are not listed. Signing out everywhere ends them too, and this session.
        </p>
        <form method="post" action={`${ACCOUNT_PATH}/sign-out-everywhere`} class="form-actions">
          <button class="button button-danger" type="submit">Sign out everywhere</button>
        </form>
      </section>
      <section class="card card-stack" aria-labelledby="sign-ins-title">
        <h2 id="sign-ins-title">Latest sign-ins</h2>
        {signIns.length === 0
          ? <p class="hint">None were recorded yet.</p>
          : <SignInTable rows={signIns} now_us={now_us} />}
        <p class="hint">Something here that was not you? Change the password, and tell an admin.</p>
      </section>
    </div>
  );
}

function SessionTable({ sessions, now_us }: Pick<AccountPageProps, "sessions" | "now_us">): Markup {
  return (
    <div class="table-frame" tabindex={0} role="region" aria-label="Sessions">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Browser</th>
            <th scope="col">Address</th>
            <th scope="col">Signed in</th>
            <th scope="col">Last used</th>
            <th scope="col">
              <span class="visually-hidden">End</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr>
              <th scope="row">{session.device ?? "unknown"}</th>
              <td>{session.address ?? "unknown"}</td>
              <td>
                <TimeAgo time={session.created_at} now_us={now_us} />
              </td>
              <td>
                <TimeAgo time={session.last_seen_at} now_us={now_us} />
              </td>
              <td>
                <EndSession session={session} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EndSession({ session: { id, device, isThis } }: { session: OwnSession }): Markup {
  if (isThis) return <Badge tone="plain">this one</Badge>;
  return (
    <form method="post" action={`${ACCOUNT_PATH}/sessions/end`} class="inline">
      <input type="hidden" name="session" value={id} />
      <button class="button" type="submit">
        End<span class="visually-hidden">{` the session of ${device ?? "an unknown browser"}`}</span>
      </button>
    </form>
  );
}
