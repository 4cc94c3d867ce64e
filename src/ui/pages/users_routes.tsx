import type { Administration, AdministrationBy, UserSummary } from "../../accounts/administration.ts";
import { ROLES } from "../../accounts/roles.ts";
import { conflict, CqError, invalid, notFound } from "../../errors.ts";
import { redirect, renderPage } from "../respond.ts";
import { signedInRoute, type SignedInVisit, type UiRoute } from "../route.ts";
import { NewPasswordPage, spelledName, UserPage } from "./user_page.tsx";
import { EMPTY_USER, type UserDraft, type UserFaults } from "./users_form.tsx";
import { UsersPage } from "./users_page.tsx";
import { readUsersQuery, USERS_PATH, userUrl } from "./users_query.ts";

/** A visit of an admin. */
interface AdminVisit extends SignedInVisit {
  readonly users: Administration;
}

type UserVisit = AdminVisit & { readonly user: UserSummary };

/** Users and their roles. */
export function userRoutes(administrationBy: AdministrationBy): UiRoute[] {
  const route = (
    method: "GET" | "POST",
    path: string,
    handle: (visit: AdminVisit) => Promise<Response>,
  ): UiRoute =>
    signedInRoute(method, path, {
      needs: "administer",
      handle: (visit) => handle({ ...visit, users: administrationBy(visit.viewer.username) }),
    });
  const act = (verb: string, work: (visit: UserVisit) => Promise<Response>): UiRoute =>
    route("POST", `${USERS_PATH}/{id}/${verb}`, (visit) => acted(visit, work));
  return [
    route("GET", USERS_PATH, (visit) => showUsers(visit)),
    route("POST", USERS_PATH, addUser),
    route("GET", `${USERS_PATH}/{id}`, async (visit) => await showUser(visit, await namedUser(visit))),
    act("role", async ({ users, user, form }) => {
      const role = ROLES.find((name) => name === form.get("role"));
      if (role === undefined) throw invalid("Choose a role");
      await users.setRole(user.username, role);
      return done(userUrl(user), `${user.username} is ${role} now.`);
    }),
    act("password", setPassword),
    // Whoever opens the address of the page that showed a password comes to the user.
    route("GET", `${USERS_PATH}/{id}/password`, async (visit) => redirect(userUrl(await namedUser(visit)))),
    act("disable", async ({ users, user }) => {
      await users.disable(user.username);
      return done(userUrl(user), `${user.username} is refused from now on.`);
    }),
    act("enable", async ({ users, user }) => {
      await users.enable(user.username);
      return done(userUrl(user), `${user.username} is let in again.`);
    }),
    act("delete", async ({ users, user }) => {
      await users.remove(user.username);
      return done(USERS_PATH, `${user.username} is deleted.`);
    }),
  ];
}

function done(path: string, text: string): Response {
  return redirect(path, { flash: { tone: "success", text } });
}

/** @throws {CqError} 404. */
async function namedUser({ users, params }: AdminVisit): Promise<UserSummary> {
  const id = params["id"]!;
  if (!/^\d{1,9}$/.test(id)) throw notFound("There is no such user");
  return await users.view(Number(id));
}

/** Does something to the user whose page it was, and shows that page again where it was refused. */
async function acted(visit: AdminVisit, work: (visit: UserVisit) => Promise<Response>): Promise<Response> {
  const user = await namedUser(visit);
  try {
    // The number of a deleted user may be that of another one by now.
    if (visit.form.get("username") !== spelledName(user)) {
      throw conflict("This is another user than the page was about. Nothing was changed.");
    }
    return await work({ ...visit, user });
  } catch (error) {
    if (!(error instanceof CqError) || error.status >= 500 || error.status === 404) throw error;
    const { status, message } = error;
    const shown = { ...visit, url: new URL(userUrl(user), visit.url) };
    return await showUser(shown, user, { status, faults: { general: message } });
  }
}

async function showUsers(
  visit: AdminVisit,
  rejected?: { status: number; draft: UserDraft; faults: UserFaults },
): Promise<Response> {
  return await renderPage(visit, {
    status: rejected?.status ?? 200,
    title: "Users",
    width: "wide",
    scripts: ["keys.js"],
    children: (
      <UsersPage
        query={readUsersQuery(visit.url.searchParams)}
        users={await visit.users.list()}
        rejected={rejected}
        now_us={visit.now_us}
      />
    ),
  });
}

async function showUser(
  visit: SignedInVisit,
  user: UserSummary,
  { status = 200, faults = {} }: { status?: number; faults?: UserFaults } = {},
): Promise<Response> {
  return await renderPage(visit, {
    status,
    title: user.username,
    children: <UserPage user={user} faults={faults} now_us={visit.now_us} />,
  });
}

/** What was typed twice, or a password that is made and has to be shown; undefined where the two differ. */
function passwordIn({ form, users }: AdminVisit): { text: string; isMade: boolean } | undefined {
  const [password, again] = ["password", "again"].map((name) => form.get(name) ?? "") as [string, string];
  if (password !== again) return undefined;
  return password === "" ? { text: users.newPassword(), isMade: true } : { text: password, isMade: false };
}

const NOT_THE_SAME = { status: 422, faults: { password: "The two passwords are not the same" } } as const;

async function addUser(visit: AdminVisit): Promise<Response> {
  const { users, form } = visit;
  const role = ROLES.find((name) => name === form.get("role")) ?? EMPTY_USER.role;
  const draft = { username: (form.get("username") ?? "").trim(), role };
  const password = passwordIn(visit);
  if (password === undefined) return await showUsers(visit, { ...NOT_THE_SAME, draft });
  try {
    await users.add(draft.username, password.text, role);
  } catch (error) {
    if (!(error instanceof CqError) || error.status >= 500) throw error;
    return await showUsers(visit, { status: error.status, draft, faults: { general: error.message } });
  }
  if (!password.isMade) return done(USERS_PATH, `${draft.username} is added as ${role}.`);
  return await showPassword(visit, { username: draft.username, password: password.text, back: USERS_PATH });
}

async function setPassword(visit: UserVisit): Promise<Response> {
  const { users, user } = visit;
  const password = passwordIn(visit);
  if (password === undefined) {
    return await showUser({ ...visit, url: new URL(userUrl(user), visit.url) }, user, NOT_THE_SAME);
  }
  await users.setPassword(user.username, password.text);
  if (!password.isMade) return done(userUrl(user), `${user.username} has a new password.`);
  return await showPassword(visit, { username: user.username, password: password.text, back: userUrl(user) });
}

async function showPassword(
  visit: SignedInVisit,
  shown: { username: string; password: string; back: string },
): Promise<Response> {
  return await renderPage(visit, {
    status: 201,
    title: "A new password",
    scripts: ["keys.js"],
    holdsSecret: true,
    children: <NewPasswordPage {...shown} />,
  });
}
