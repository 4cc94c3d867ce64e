import type { OwnAccount } from "../../accounts/own_account.ts";
import type { Sessions } from "../../accounts/sessions.ts";
import type { SignIns } from "../../accounts/sign_ins.ts";
import { OWN_SIGN_INS_LISTED } from "../../account_limits.ts";
import { CqError, invalid } from "../../errors.ts";
import { endedSessionCookie, sessionCookie } from "../cookies.ts";
import { redirect, renderPage } from "../respond.ts";
import { browserOf, signedInRoute, type SignedInVisit, type UiRoute } from "../route.ts";
import { AccountPage } from "./account_page.tsx";
import { ACCOUNT_PATH } from "./account_path.ts";

interface AccountServices {
  readonly sessions: Pick<Sessions, "listOwn" | "endOwn">;
  readonly ownAccount: OwnAccount;
  readonly signIns: Pick<SignIns, "list">;
}

/** One's own password, sessions and sign-ins. */
export function accountRoutes(services: AccountServices): UiRoute[] {
  const { ownAccount, sessions } = services;
  const needs = "read";
  // Whoever opens the address of a form that was refused comes to the page.
  const back = (): Promise<Response> => Promise.resolve(redirect(ACCOUNT_PATH));
  return [
    signedInRoute("GET", ACCOUNT_PATH, { needs, handle: (visit) => showAccount(visit, services) }),
    signedInRoute("POST", `${ACCOUNT_PATH}/password`, {
      needs,
      handle: (visit) => changePassword(visit, services),
    }),
    signedInRoute("GET", `${ACCOUNT_PATH}/password`, { needs, handle: back }),
    signedInRoute("POST", `${ACCOUNT_PATH}/sessions/end`, {
      needs,
      async handle({ viewer, form }): Promise<Response> {
        await sessions.endOwn(viewer, form.get("session") ?? "");
        return redirect(ACCOUNT_PATH, { flash: { tone: "success", text: "That session is ended." } });
      },
    }),
    signedInRoute("POST", `${ACCOUNT_PATH}/sign-out-everywhere`, {
      needs,
      async handle({ viewer }): Promise<Response> {
        await ownAccount.signOutEverywhere(viewer);
        return redirect("/login", {
          cookies: [endedSessionCookie()],
          flash: { tone: "info", text: "You are signed out everywhere." },
        });
      },
    }),
  ];
}

async function showAccount(
  visit: SignedInVisit,
  { sessions, signIns }: AccountServices,
  { status = 200, fault, headers = {} }: {
    status?: number;
    fault?: string;
    headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<Response> {
  const { viewer, now_us } = visit;
  const [own, latest] = await Promise.all([
    sessions.listOwn(viewer, visit.sessionToken!),
    signIns.list({ username: viewer.username, limit: OWN_SIGN_INS_LISTED }),
  ]);
  const response = await renderPage(visit, {
    status,
    title: "Your account",
    children: (
      <AccountPage viewer={viewer} sessions={own} signIns={latest.rows} fault={fault} now_us={now_us} />
    ),
  });
  const retryAfter = headers["retry-after"];
  if (retryAfter !== undefined) response.headers.set("retry-after", retryAfter);
  return response;
}

async function changePassword(visit: SignedInVisit, services: AccountServices): Promise<Response> {
  const { form, viewer } = visit;
  const [current, next, again] = ["current", "password", "again"].map((name) => form.get(name) ?? "") as [
    string,
    string,
    string,
  ];
  try {
    if (next !== again) throw invalid("The two new passwords are not the same");
    const token = await services.ownAccount.changePassword(viewer, { current, next }, browserOf(visit));
    return redirect(ACCOUNT_PATH, {
      cookies: [sessionCookie(token)],
      flash: { tone: "success", text: "Your password is changed. All other sessions are ended." },
    });
  } catch (error) {
    if (!(error instanceof CqError) || error.status >= 500) throw error;
    const { status, message: fault, headers } = error;
    const shown = { ...visit, url: new URL(ACCOUNT_PATH, visit.url) };
    return await showAccount(shown, services, { status, fault, headers });
  }
}
