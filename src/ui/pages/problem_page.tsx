import type { Markup } from "../markup.ts";
import { renderPage } from "../respond.ts";
import { localPath, type Visit } from "../route.ts";
import { LoginPage } from "./login_page.tsx";

interface Problem {
  readonly status: number;
  readonly message: string;
  /** What an operator finds the request by in the log. */
  readonly requestId: string;
}

const TITLES: Readonly<Record<number, string>> = {
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
    children: <ProblemPage title={title} {...problem} />,
  });
}

async function askToSignIn(visit: Visit): Promise<Response> {
  const { pathname, search } = visit.url;
  // A form's target is no place to come back to.
  const isPage = visit.form.size === 0;
  const hadSession = visit.sessionToken !== undefined;
  return await renderPage(visit, {
    status: 401,
    title: "Sign in",
    width: "narrow",
    children: (
      <LoginPage
        next={isPage ? localPath(pathname + search, "/review") : "/review"}
        {...(hadSession ? { fault: "Your session has ended. Sign in again to go on." } : {})}
      />
    ),
  });
}

function ProblemPage({ status, title, message, requestId }: Problem & { title: string }): Markup {
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
