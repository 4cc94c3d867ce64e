import type { Markup } from "../markup.ts";
import { renderPage } from "../respond.ts";
import { localPath, type Visit } from "../route.ts";
import { LoginPage } from "./login_page.tsx";
import { REVIEW_PATH } from "./review_query.ts";
import { sentTexts, TextsToCopy, type Unsaved } from "./review_unsaved.tsx";

interface Problem {
  readonly status: number;
  readonly message: string;
  /** What an operator finds the request by in the log. */
  readonly requestId: string;
}

const TITLES: Readonly<Record<number, string>> = {
  400: "Not understood",
  403: "Not allowed",
  404: "Nothing here",
  405: "Not possible here",
  409: "Somebody was faster",
  413: "Too much at once",
  422: "Not acceptable",
  503: "Busy right now",
};

/** The page that stands in for one that could not be shown. Whoever is not signed in gets the form for that. */
export async function problemPage(visit: Visit, problem: Problem): Promise<Response> {
  const { status } = problem;
  if (status === 401) return await askToSignIn(visit);
  const title = TITLES[status] ?? "Something went wrong";
  return await renderPage(visit, {
    status,
    title,
    width: "narrow",
    children: <ProblemPage title={title} texts={sentTexts(visit.form)} {...problem} />,
  });
}

async function askToSignIn(visit: Visit): Promise<Response> {
  const texts = sentTexts(visit.form);
  const fault = signInFault(visit, texts);
  return await renderPage(visit, {
    status: 401,
    title: "Sign in",
    width: "narrow",
    children: (
      <LoginPage next={pageBehind(visit)} texts={texts} {...(fault === undefined ? {} : { fault })} />
    ),
  });
}

function signInFault({ form, sessionToken }: Visit, texts: Unsaved["texts"]): string | undefined {
  const state = sessionToken === undefined ? "You are not signed in" : "Your session has ended";
  if (texts.length > 0) {
    return `${state}, and what you sent was not saved. Copy it from below before you sign in; ` +
      "the page before may still have it, too.";
  }
  if (form.size > 0) return `${state}, and what you sent was not saved. Sign in, then do it again.`;
  return sessionToken === undefined ? undefined : `${state}. Sign in again to go on.`;
}

/** The page to come back to: this one, or the one with the form that was sent. */
function pageBehind({ url, form, headers, isPage }: Visit): string {
  const here = url.pathname + url.search;
  const referrer = URL.parse(headers.get("referer") ?? "");
  const before = referrer === null ? null : referrer.pathname + referrer.search;
  const candidates = form.size === 0 ? [here, before] : [before, here, form.get("back")];
  const paths = candidates.map((path) => localPath(path, ""));
  return paths.find((path) => isPage(path.split("?")[0]!)) ?? REVIEW_PATH;
}

interface ProblemPageProps extends Problem {
  readonly title: string;
  /** What was typed into the form that could not be dealt with. */
  readonly texts: Unsaved["texts"];
}

function ProblemPage({ texts, ...problem }: ProblemPageProps): Markup {
  return (
    <>
      <ProblemNotice {...problem} />
      {texts.length === 0 ? "" : (
        <section class="card form" aria-labelledby="sent-title">
          <h2 id="sent-title">What you wrote</h2>
          <TextsToCopy texts={texts} />
        </section>
      )}
    </>
  );
}

function ProblemNotice({ status, title, message, requestId }: Omit<ProblemPageProps, "texts">): Markup {
  return (
    <section class="empty">
      <p class="empty-mark" aria-hidden="true">{String(status)}</p>
      <h1>{title}</h1>
      <p>
        {status === 404 ? "There is no page or unit at this address. It may have been removed." : message}
      </p>
      <p>
        <a class="button" href="/">Go to the start</a>
      </p>
      {status >= 500
        ? (
          <p class="hint">
            Request <code>{requestId}</code>
          </p>
        )
        : ""}
    </section>
  );
}
