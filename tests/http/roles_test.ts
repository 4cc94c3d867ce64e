import { deepEqual, equal } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import type { ServerConfig } from "../../src/http/server.ts";
import { PASSWORD, type TestApp, testApp } from "../fixtures/app.ts";
import { sessionCookie, statusOf, visit } from "../fixtures/pages.ts";
import { giveRole } from "../fixtures/roles.ts";

// Who may do what, written down a second time: a route that is not in here fails, and so does one that lets in others.

type Permission = "read" | "propose" | "confirm" | "review" | "administer";

/** What each role may; a name that no version knows may do nothing. */
const ROLES: Readonly<Record<string, readonly Permission[]>> = {
  reader: ["read"],
  contributor: ["read", "propose", "confirm"],
  reviewer: ["read", "propose", "confirm", "review"],
  admin: ["read", "propose", "confirm", "review", "administer"],
  wizard: [],
};

/** What keys may be restricted to, and keys that are not restricted. */
const SCOPES = ["(none given)", "read", "propose", "confirm", "read confirm", "wave"] as const;

/** `open` for anyone, `account` for whoever has a login; else what is needed, from a login or from a key. */
type ApiNeed = "open" | "account" | `login ${Permission}` | `key ${Permission}`;

const API: Readonly<Record<string, ApiNeed>> = {
  "GET /api/v1/health": "open",
  "GET /healthz": "open",
  "GET /readyz": "open",
  "POST /api/v1/auth/login": "open",
  "GET /api/v1/users/me": "account",
  "POST /api/v1/users/me/password": "account",
  "GET /api/v1/users/me/api-keys": "account",
  "POST /api/v1/users/me/api-keys": "account",
  "POST /api/v1/users/me/api-keys/{key_id}/revoke": "account",
  "GET /api/v1/knowledge": "open",
  "GET /api/v1/knowledge/stats": "open",
  "POST /api/v1/knowledge": "key propose",
  "POST /api/v1/knowledge/{unit_id}/confirmations": "key confirm",
  "POST /api/v1/knowledge/{unit_id}/flags": "key confirm",
  "GET /api/v1/review/queue": "login review",
  "GET /api/v1/review/stats": "login review",
  "GET /api/v1/review/units": "login review",
  "GET /api/v1/review/{unit_id}": "login review",
  "GET /api/v1/review/{unit_id}/history": "login review",
  "POST /api/v1/review/{unit_id}/approve": "login review",
  "POST /api/v1/review/{unit_id}/reject": "login review",
};

/** What is different where reading needs a key. */
const API_READ_WITH_KEY: typeof API = {
  ...API,
  "GET /api/v1/knowledge": "key read",
  "GET /api/v1/knowledge/stats": "key read",
};

const PAGES: Readonly<Record<string, "open" | Permission>> = {
  "GET /assets/{name}": "open",
  "POST /theme": "open",
  "GET /": "open",
  "GET /login": "open",
  "POST /login": "open",
  "POST /logout": "open",
  "GET /review": "review",
  "POST /review/{id}/approve": "review",
  "POST /review/{id}/duplicate": "review",
  "POST /review/{id}/reject": "review",
  "POST /review/{id}/snooze": "review",
  "POST /review/{id}/wake": "review",
  "POST /review/{id}/undo": "review",
  "POST /review/{id}/reopen": "review",
  "POST /review/{id}/edit": "review",
  "GET /review/ageing": "review",
  "GET /review/decisions": "review",
  "GET /review/bulk": "review",
  "POST /review/bulk": "review",
  "POST /review/{id}/claim": "review",
  "POST /review/{id}/release": "review",
  "GET /dashboard": "review",
  "GET /dashboard/domains": "review",
  "GET /units": "review",
  "GET /units/{id}": "review",
  "GET /units/{id}/supersede": "review",
  "POST /units/{id}/verify": "review",
  "POST /units/{id}/retire": "review",
  "POST /units/{id}/supersede": "review",
  "POST /units/{id}/reopen": "review",
  "GET /units/{id}/edit": "review",
  "POST /units/{id}/edit": "review",
  "GET /units/{id}/purge": "administer",
  "POST /units/{id}/purge": "administer",
  "GET /settings/api-keys": "read",
  "POST /settings/api-keys": "read",
  "POST /settings/api-keys/{id}/rotate": "read",
  "GET /settings/api-keys/{id}/rotate": "read",
  "POST /settings/api-keys/{id}/revoke": "read",
  "GET /settings/account": "read",
  "POST /settings/account/password": "read",
  "GET /settings/account/password": "read",
  "POST /settings/account/sessions/end": "read",
  "GET /settings/users": "administer",
  "POST /settings/users": "administer",
  "GET /settings/users/{id}": "administer",
  "POST /settings/users/{id}/role": "administer",
  "POST /settings/users/{id}/password": "administer",
  "GET /settings/users/{id}/password": "administer",
  "POST /settings/users/{id}/disable": "administer",
  "POST /settings/users/{id}/enable": "administer",
  "POST /settings/users/{id}/delete": "administer",
  "GET /settings/audit": "administer",
  "POST /settings/audit/check": "administer",
  "GET /settings/audit/check": "administer",
  "GET /settings/audit/export": "administer",
  "GET /settings/audit/sign-ins": "administer",
  // Last: it ends the session.
  "POST /settings/account/sign-out-everywhere": "read",
};

type Route = `${string} /${string}`;
type Outcome = "401" | "403" | "allowed";

function outcomeOf(status: number): Outcome {
  return status === 401 || status === 403 ? `${status}` : "allowed";
}

/** Told by the cases that differ: there are hundreds. */
function checkOutcomes(found: Record<string, Outcome>, expected: Record<string, Outcome>): void {
  const differing = Object.keys(expected).filter((name) => found[name] !== expected[name]);
  deepEqual(differing.map((name) => `${name}: ${found[name]}, not ${expected[name]}`), []);
}

/** Subjects that nobody has: what is allowed changes nothing. */
function filledIn(route: string): Route {
  return route.replace("{name}", "app.css").replaceAll(/\{\w+\}/g, "999999") as Route;
}

async function apiOutcome(app: TestApp, route: string, headers: Record<string, string>): Promise<Outcome> {
  const [method, path] = filledIn(route).split(" ") as [string, string];
  const body = method === "POST" ? { json: {} } : {};
  return outcomeOf(await statusOf(app.request(method, path, { headers, ...body })));
}

function expectedOfLogin(need: ApiNeed, permissions: readonly Permission[]): Outcome {
  if (need === "open" || need === "account") return "allowed";
  const [credential, permission] = need.split(" ") as ["login" | "key", Permission];
  if (credential === "key") return "401";
  return permissions.includes(permission) ? "allowed" : "403";
}

function expectedOfKey(need: ApiNeed, permissions: readonly Permission[], scopes: string): Outcome {
  if (need === "open") return "allowed";
  const [credential, permission] = need.split(" ") as [string, Permission];
  if (credential !== "key") return "401";
  const isInScope = scopes === "(none given)" || scopes.split(" ").includes(permission);
  return isInScope && permissions.includes(permission) ? "allowed" : "403";
}

async function scopedKey(app: TestApp, username: string, scopes: string): Promise<string> {
  const key = await app.apiKey(username);
  if (scopes === "(none given)") return key;
  await app.database.transaction(async (transaction) => {
    await transaction.run(
      sql`INSERT INTO api_key_scopes (key_id, scopes) VALUES (${key.split(".")[2]!}, ${scopes})`,
    );
  });
  return key;
}

async function routesOfApi(app: TestApp): Promise<string[]> {
  const { paths } = await (await app.request("GET", "/openapi.json")).json();
  return Object.entries<object>(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)
  );
}

/** What the API answers each kind of caller, and what it should. */
async function checkApi(table: typeof API, settings: Partial<ServerConfig>): Promise<void> {
  await using app = await testApp({ settings });
  deepEqual((await routesOfApi(app)).sort(), Object.keys(table).sort());
  const found: Record<string, Outcome> = {};
  const expected: Record<string, Outcome> = {};
  const note = async (
    who: string,
    route: string,
    headers: Record<string, string>,
    should: Outcome,
  ): Promise<void> => {
    found[`${who}: ${route}`] = await apiOutcome(app, route, headers);
    expected[`${who}: ${route}`] = should;
  };
  for (const [route, need] of Object.entries(table)) {
    await note("nobody", route, {}, need === "open" ? "allowed" : "401");
  }
  for (const [role, permissions] of Object.entries(ROLES)) {
    await giveRole(app, role, role);
    const cookie = await sessionCookie(app, role);
    const authorization = `Bearer ${await app.signIn(role)}`;
    for (const [route, need] of Object.entries(table)) {
      await note(
        `${role} with a session of the pages`,
        route,
        { cookie },
        need === "open" ? "allowed" : "401",
      );
      await note(`${role} with a login`, route, { authorization }, expectedOfLogin(need, permissions));
    }
    for (const scopes of SCOPES) {
      const key = { authorization: `Bearer ${await scopedKey(app, role, scopes)}` };
      for (const [route, need] of Object.entries(table)) {
        await note(`${role} with a key: ${scopes}`, route, key, expectedOfKey(need, permissions, scopes));
      }
    }
  }
  checkOutcomes(found, expected);
}

Deno.test("every endpoint lets in each role, with a login or a key of any scopes, exactly as the table has it", async () => {
  await checkApi(API, {});
});

Deno.test("the same where reading needs a key", async () => {
  await checkApi(API_READ_WITH_KEY, { readNeedsKey: true });
});

Deno.test("every page and form target lets in each role exactly as the table has it", async () => {
  await using app = await testApp();
  deepEqual(
    app.server.pages.map(({ method, path }) => `${method} ${path}`).sort(),
    Object.keys(PAGES).sort(),
  );
  const found: Record<string, Outcome> = {};
  const expected: Record<string, Outcome> = {};
  for (const role of [undefined, ...Object.keys(ROLES)]) {
    if (role !== undefined) await giveRole(app, role, role);
    const standing = role === undefined ? undefined : await sessionCookie(app, role);
    for (const [route, need] of Object.entries(PAGES)) {
      const isFresh = route === "POST /logout" || route === "POST /login";
      // A session ends with these.
      const cookie = isFresh && role !== undefined ? await sessionCookie(app, role) : standing;
      const login: Record<string, string> = { username: "admin", password: PASSWORD };
      const form = route === "POST /login" ? login : {};
      if (route === "POST /login") await app.signIn("admin");
      const response = visit(app, filledIn(route), {
        ...(cookie === undefined ? {} : { cookie }),
        ...(route.startsWith("POST") ? { form } : {}),
      });
      const name = `${role ?? "nobody"}: ${route}`;
      found[name] = outcomeOf(await statusOf(response));
      const isAllowed = need === "open" || (role !== undefined && ROLES[role]!.includes(need));
      expected[name] = isAllowed ? "allowed" : role === undefined ? "401" : "403";
    }
  }
  checkOutcomes(found, expected);
});

Deno.test("an API key opens no page, and a login token neither", async () => {
  await using app = await testApp();
  const token = await app.signIn("ada");
  const key = await app.apiKey("ada");
  for (const [route, need] of Object.entries(PAGES)) {
    if (need === "open" || !route.startsWith("GET")) continue;
    for (const bearer of [token, key]) {
      const headers = { authorization: `Bearer ${bearer}` };
      equal(await statusOf(visit(app, filledIn(route), { headers })), 401, route);
    }
  }
});
