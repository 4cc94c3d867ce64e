import type { Sessions, SignedIn } from "../../accounts/sessions.ts";
import { CqError } from "../../errors.ts";
import { endedSessionCookie, sessionCookie } from "../cookies.ts";
import { pagesFor } from "../nav.ts";
import { redirect, renderPage } from "../respond.ts";
import { browserOf, localPath, openRoute, type UiRoute, type Visit } from "../route.ts";
import { LoginPage } from "./login_page.tsx";
import { sentTexts } from "./review_unsaved.tsx";

/** Leads on to the first page that whoever signs in may see. */
const START = "/";
const COOKIE_LOST =
  "Your browser did not keep the sign-in cookie. Allow cookies for this site, and open it over HTTPS.";

/** Signing in and out, and the way in. */
export function loginRoutes(sessions: Sessions): UiRoute[] {
  return [
    openRoute("GET", "/", {
      handle: ({ viewer }) => Promise.resolve(redirect(viewer === undefined ? "/login" : startOf(viewer))),
    }),
    openRoute("GET", "/login", { handle: (visit) => showLogin(visit) }),
    openRoute("POST", "/login", { handle: (visit) => signIn(visit, sessions) }),
    openRoute("POST", "/logout", { handle: (visit) => signOut(visit, sessions) }),
  ];
}

function startOf({ permissions }: SignedIn): string {
  return pagesFor(permissions)[0]?.path ?? "/settings/api-keys";
}

async function showLogin(visit: Visit): Promise<Response> {
  const next = localPath(visit.url.searchParams.get("next"), START);
  if (visit.viewer !== undefined) return redirect(next === START ? startOf(visit.viewer) : next);
  const isBack = visit.url.searchParams.has("signed-in");
  return await renderPage(visit, {
    title: "Sign in",
    width: "narrow",
    children: <LoginPage next={next} {...(isBack ? { fault: COOKIE_LOST } : {})} />,
  });
}

async function signIn(visit: Visit, sessions: Sessions): Promise<Response> {
  const next = localPath(visit.form.get("next"), START);
  const username = visit.form.get("username") ?? "";
  try {
    const password = visit.form.get("password") ?? "";
    const token = await sessions.start(username, password, browserOf(visit));
    if (visit.sessionToken !== undefined) await sessions.end(visit.sessionToken);
    // By way of the form: it tells where the browser did not keep the cookie.
    return redirect(`/login?signed-in&next=${encodeURIComponent(next)}`, { cookies: [sessionCookie(token)] });
  } catch (error) {
    if (!(error instanceof CqError) || !["unauthorized", "throttled"].includes(error.code)) throw error;
    const isThrottled = error.code === "throttled";
    const fault = isThrottled ? `${error.message}.` : "User name or password is wrong.";
    const response = await renderPage(visit, {
      status: error.status,
      title: "Sign in",
      width: "narrow",
      children: <LoginPage next={next} username={username} fault={fault} texts={sentTexts(visit.form)} />,
    });
    if (isThrottled) response.headers.set("retry-after", error.headers["retry-after"]!);
    return response;
  }
}

async function signOut(visit: Visit, sessions: Sessions): Promise<Response> {
  const { sessionToken, viewer } = visit;
  if (sessionToken !== undefined) {
    if (viewer === undefined) await sessions.end(sessionToken);
    else await sessions.signOut(sessionToken, viewer, browserOf(visit));
  }
  return redirect("/login", {
    cookies: [endedSessionCookie()],
    flash: { tone: "info", text: "You are signed out." },
  });
}
