import type { Markup } from "../markup.ts";
import { TextsToCopy, type Unsaved } from "./review_unsaved.tsx";

interface LoginPageProps {
  /** Where to go once signed in. */
  readonly next: string;
  readonly username?: string;
  /** What went wrong with the try before. */
  readonly fault?: string;
  /** What was typed into another form when the session had ended already. */
  readonly texts?: Unsaved["texts"];
}

const FORM = "sign-in";

/** The form to sign in with; what was typed before goes along with it, as a password may be wrong. */
export function LoginPage({ texts = [], ...props }: LoginPageProps): Markup {
  return (
    <>
      <LoginForm {...props} />
      {texts.length === 0 ? "" : (
        <section class="card form" aria-labelledby="sent-title">
          <h2 id="sent-title">What you wrote</h2>
          <TextsToCopy texts={texts} form={FORM} />
        </section>
      )}
    </>
  );
}

function LoginForm({ next, username = "", fault }: Omit<LoginPageProps, "texts">): Markup {
  return (
    <section class="card login">
      <h1>Sign in</h1>
      <p class="lead">Review what agents propose, and look up what they know.</p>
      {fault === undefined ? "" : <p class="notice notice-error" role="alert" id="fault">{fault}</p>}
      <form method="post" action="/login" class="form" id={FORM}>
        <input type="hidden" name="next" value={next} />
        <div class="field">
          <label for="username">User name</label>
          <input
            id="username"
            name="username"
            value={username}
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            required
            autofocus={username === ""}
          />
        </div>
        <div class="field">
          <label for="password">Password</label>
          <input
            id="password"
            name="password"
            type="password"
            autocomplete="current-password"
            required
            autofocus={username !== ""}
          />
        </div>
        <button class="button button-primary button-wide" type="submit">Sign in</button>
      </form>
      <p class="hint">No account yet? Whoever runs this server can add one for you.</p>
    </section>
  );
}
