import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { createAdministration } from "../../src/accounts/administration.ts";
import { createPasswords } from "../../src/accounts/passwords.ts";
import { sql } from "../../src/database/sql.ts";
import { SESSION_IDLE_S, SESSION_LIFETIME_S } from "../../src/limits.ts";
import { PASSWORD, type TestApp, testApp } from "../fixtures/app.ts";
import { type ManualClock, manualClock } from "../fixtures/clock.ts";
import {
  inlineFaults,
  pageRoutes,
  type Route,
  type RouteSubjects,
  signedInRoutes,
} from "../fixtures/page_routes.ts";
import { cookieIn, sessionCookie, statusOf, visit } from "../fixtures/pages.ts";

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
const SESSION = "__Host-cq_session";

/** A pending unit, an approved one and a key, all of ada's. */
async function subjectsOf(
  app: TestApp,
): Promise<RouteSubjects & { readonly approvedId: string; readonly key: string }> {
  await app.signIn("ada");
  const key = await app.apiKey("ada");
  const unitId = await app.unit({ key, approve: false });
  const approvedId = await app.unit({ key });
  return { unitId, approvedId, keyId: key.split(".")[2]!, key };
}

/** What forms could change, as text. */
async function stateOf(app: TestApp): Promise<string> {
  const rows = await Promise.all([
    app.database.all(sql`SELECT id, data, status, reviewed_at FROM knowledge_units ORDER BY id`),
    app.database.all(sql`SELECT id, revoked_at FROM api_keys ORDER BY id`),
    app.database.all(sql`SELECT unit_id, kind FROM knowledge_events ORDER BY id`),
  ]);
  return JSON.stringify(rows);
}

/** Sends what a form of this server would send, where the route takes one. */
function send(
  app: TestApp,
  route: Route,
  options: { cookie?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  const form = {
    back: "/review",
    next: "",
    name: "n",
    ttl: "30d",
    revoke: "now",
    verb: "approve",
    seconds: "3600",
  };
  return visit(app, route, route.startsWith("POST ") ? { ...options, form } : options);
}

interface Setting {
  readonly app: TestApp;
  readonly clock: ManualClock;
  readonly cookie: string;
}

const ENDS: Readonly<Record<string, (setting: Setting) => Promise<void> | void>> = {
  "signing out": async ({ app, cookie }) => {
    equal(await statusOf(visit(app, "POST /logout", { cookie, form: {} })), 303);
  },
  "disabling the user": ({ app }) => administer(app, (users) => users.disable("ada")),
  "a new password": ({ app }) => administer(app, (users) => users.setPassword("ada", "another password")),
  "removing the user": ({ app }) => administer(app, (users) => users.remove("ada")),
  "8 hours without a request": ({ clock }) => clock.advance(SESSION_IDLE_S),
  "24 hours, however busy": async ({ app, clock, cookie }) => {
    for (let passed_s = 0; passed_s < SESSION_LIFETIME_S; passed_s += SESSION_IDLE_S / 2) {
      equal(await statusOf(visit(app, "GET /review", { cookie })), 200);
      clock.advance(SESSION_IDLE_S / 2);
    }
  },
};

async function administer(
  app: TestApp,
  work: (users: ReturnType<typeof createAdministration>) => Promise<void>,
): Promise<void> {
  const passwords = createPasswords();
  // The last admin stays.
  await app.signIn("root");
  await work(createAdministration({ database: app.database, clock: app.clock, passwords, actor: "root" }));
  passwords.close();
}

for (const [name, end] of Object.entries(ENDS)) {
  Deno.test(`after ${name} the old cookie is a 401 on every page and form at once, and changes nothing`, async () => {
    const clock = manualClock();
    await using app = await testApp({ clock });
    const subjects = await subjectsOf(app);
    const cookie = await sessionCookie(app, "ada");
    const routes = signedInRoutes(app, subjects);
    ok(routes.length >= 10);
    equal(await statusOf(visit(app, "GET /review", { cookie })), 200);
    await end({ app, clock, cookie });
    const state = await stateOf(app);
    for (const route of routes) equal(await statusOf(send(app, route, { cookie })), 401, route);
    const front = await visit(app, "GET /", { cookie });
    equal(front.headers.get("location"), "/login");
    equal(await stateOf(app), state);
  });
}

Deno.test("every page and form but the few for anybody asks for a session; a bearer token is none", async () => {
  await using app = await testApp();
  const subjects = await subjectsOf(app);
  const bearer = await app.signIn("ada");
  const state = await stateOf(app);
  for (const route of signedInRoutes(app, subjects)) {
    for (
      const headers of [{}, { authorization: `Bearer ${bearer}` }, {
        authorization: `Bearer ${subjects.key}`,
      }]
    ) {
      equal(await statusOf(send(app, route, { headers })), 401, `${route} ${JSON.stringify(headers)}`);
    }
  }
  equal(await stateOf(app), state);
});

Deno.test("what another site sends is refused by every form, whatever session the browser adds", async () => {
  await using app = await testApp({ publicUrl: "https://cq.example.com" });
  const subjects = await subjectsOf(app);
  const cookie = await sessionCookie(app, "ada");
  const state = await stateOf(app);
  const forms = pageRoutes(app, subjects).filter((route) => !route.startsWith("GET "));
  ok(forms.length >= 10);
  const body = "back=%2F&name=n&ttl=30d&verb=approve&seconds=3600&username=ada";
  const origins: Record<string, string>[] = [
    {},
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "cross-site", origin: "http://localhost" },
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "https://cq.example.com.evil.example" },
  ];
  for (const route of forms) {
    const [method, path] = route.split(" ") as [string, string];
    for (const origin of origins) {
      const headers = {
        cookie,
        accept: "text/html",
        "content-type": "application/x-www-form-urlencoded",
        ...origin,
      };
      const response = await app.request(method, path, { headers, body });
      deepEqual(
        [response.status, response.headers.getSetCookie()],
        [403, []],
        `${route} ${JSON.stringify(origin)}`,
      );
      await response.body?.cancel();
    }
  }
  equal(await stateOf(app), state);
  equal(await statusOf(visit(app, "GET /review", { cookie })), 200, "the session is still there");
});

Deno.test("no route of the API that asks for a credential takes the session's cookie for one", async () => {
  await using app = await testApp();
  await subjectsOf(app);
  const cookie = await sessionCookie(app, "ada");
  const { paths } = await (await app.request("GET", "/openapi.json")).json();
  const routes = Object.entries<Record<string, { security?: unknown[] }>>(paths).flatMap((
    [path, operations],
  ) =>
    Object.entries(operations).filter(([, { security }]) => (security ?? []).length > 0)
      .map(([method]) => `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, "ku_x")}` as Route)
  );
  ok(routes.length >= 10);
  for (const route of routes) {
    const [method, path] = route.split(" ") as [string, string];
    const json = method === "POST"
      ? {
        json: {
          domains: ["d"],
          insight: { summary: "s", detail: "d", action: "a" },
          reason: "stale",
          name: "n",
          ttl: "1d",
        },
      }
      : {};
    equal(await statusOf(app.request(method, path, { headers: { cookie }, ...json })), 401, route);
  }
});

Deno.test("every cookie is kept from scripts and other sites; those that matter from other hosts and open lines too", async () => {
  await using app = await testApp();
  const { unitId } = await subjectsOf(app);
  const form = { username: "ada", password: PASSWORD };
  const login = await visit(app, "POST /login", { form });
  const cookie = cookieIn(login, SESSION)!;
  const decided = await visit(app, `POST /review/${unitId}/approve`, { cookie, form: {} });
  const themed = await visit(app, "POST /theme", { form: { theme: "dark" } });
  const out = await visit(app, "POST /logout", { cookie, form: {} });
  const cookies = [login, decided, themed, out].flatMap((response) => response.headers.getSetCookie());
  equal(cookies.length, 5);
  for (const set of cookies) {
    match(set, /; Path=\/; Max-Age=\d+; HttpOnly;(?: Secure;)? SameSite=Lax$/);
    if (!set.startsWith("cq_theme=")) match(set, /^__Host-[^]*; Secure;/);
    equal(/domain=/i.test(set), false, set);
  }
});

Deno.test("a session that somebody else chose or knows is not the one that signing in begins", async () => {
  await using app = await testApp();
  await app.signIn("ada");
  const planted = `${SESSION}=${"A".repeat(43)}`;
  const form = { username: "ada", password: PASSWORD };
  const first = cookieIn(await visit(app, "POST /login", { cookie: planted, form }), SESSION)!;
  notEqual(first, planted);
  equal(await statusOf(visit(app, "GET /review", { cookie: planted })), 401);
  const second = cookieIn(await visit(app, "POST /login", { cookie: first, form }), SESSION)!;
  notEqual(second, first);
  deepEqual(
    await Promise.all([first, second].map((cookie) => statusOf(visit(app, "GET /review", { cookie })))),
    [401, 200],
  );
  // A try that fails begins nothing and ends nothing.
  const refused = await visit(app, "POST /login", { cookie: second, form: { ...form, password: "x" } });
  deepEqual([refused.status, refused.headers.getSetCookie()], [401, []]);
  equal(await statusOf(visit(app, "GET /review", { cookie: second })), 200);
});

const ELSEWHERE = [
  "https://evil.example",
  "http:evil.example",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "\t//evil.example",
  " //evil.example",
  "/\u0000/evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "evil.example",
  "@evil.example",
  ".evil.example",
  "/review\r\nset-cookie: a=b",
];

Deno.test("no path to come back to leads elsewhere, in any form and on any page", async () => {
  await using app = await testApp();
  const subjects = await subjectsOf(app);
  const cookie = await sessionCookie(app, "ada");
  const routes = pageRoutes(app, subjects).filter((route) => route !== "POST /logout");
  for (const path of ELSEWHERE) {
    const fields = { back: path, next: path, cancel: path, return: path };
    for (const route of routes) {
      const search = new URLSearchParams(fields).toString();
      const isForm = route.startsWith("POST ");
      const form = { ...fields, name: "n", ttl: "30d", verb: "approve", seconds: "3600" };
      const response = await visit(
        app,
        isForm ? route : `${route}?${search}`,
        isForm ? { cookie, form } : { cookie },
      );
      const location = response.headers.get("location");
      if (location !== null) {
        match(location, /^\/(?![/\\])[^\\\p{Cc}]*$/u, `${route} ${JSON.stringify(path)}`);
        equal(new URL(location, "http://localhost").origin, "http://localhost");
      }
      const isPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
      const text = await response.text();
      if (isPage) deepEqual(inlineFaults(text), [], `${route} ${JSON.stringify(path)}`);
    }
  }
});

Deno.test("a path to come back to may have letters of any script", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const back = "/review?q=日本&domain=né #\ud800";
  const leadsTo = async (route: Route, form?: Record<string, string>): Promise<string | null> => {
    const response = await visit(app, route, form === undefined ? { cookie } : { cookie, form });
    equal(response.status, 303, `${route} ${await response.text()}`);
    return response.headers.get("location");
  };
  const spelled = "/review?q=%E6%97%A5%E6%9C%AC&domain=n%C3%A9%20#%EF%BF%BD";
  equal(await leadsTo("GET /login?next=/%E6%97%A5%3Fq=a%2520b%2526"), "/%E6%97%A5?q=a%20b%26");
  equal(await leadsTo("POST /theme", { theme: "dark", back }), spelled);
  const id = await app.unit({ key: await app.apiKey("ada"), approve: false });
  equal(await leadsTo(`POST /review/${id}/approve`, { back }), spelled);
  equal(await leadsTo(`POST /units/${id}/verify`, { back }), spelled);
  const form = { username: "ada", password: PASSWORD, next: back };
  equal(await leadsTo("POST /login", form), `/login?signed-in&next=${encodeURIComponent(spelled)}`);
  for (const path of ["/.//evil.example", "/x/..//evil.example", "/%2e//evil.example"]) {
    equal(await leadsTo("POST /theme", { theme: "dark", back: path }), "/");
  }
});

Deno.test("every page, whatever its status, has the strict policy and nothing inline", async () => {
  await using app = await testApp();
  const subjects = await subjectsOf(app);
  const cookie = await sessionCookie(app, "ada");
  const pages: Route[] = [
    ...pageRoutes(app, subjects),
    ...pageRoutes(app, { ...subjects, unitId: subjects.approvedId }),
    ...pageRoutes(app, { unitId: "ku_x", keyId: "x" }),
    `GET /review?edit=1&unit=${subjects.unitId}`,
    `GET /review/bulk?unit=${subjects.unitId}&verb=reject`,
    `GET /units/${subjects.approvedId}/supersede?by=${subjects.unitId}`,
    "GET /review?q=nothing&domain=none",
    "GET /units?q=nothing",
    "GET /settings/api-keys?show=all&q=test",
    "GET /nothing",
    "PUT /review",
  ];
  let seen = 0;
  for (const signedIn of [{ cookie }, {}]) {
    for (const route of pages) {
      const response = await send(app, route, signedIn);
      equal(response.headers.get("content-security-policy"), POLICY, route);
      equal(response.headers.get("x-content-type-options"), "nosniff", route);
      equal(response.headers.get("referrer-policy"), "same-origin", route);
      if (!response.headers.get("content-type")?.startsWith("text/html")) {
        await response.body?.cancel();
        continue;
      }
      match(response.headers.get("cache-control")!, /^no-store/, route);
      deepEqual(inlineFaults(await response.text()), [], route);
      seen++;
      if (route === "POST /logout") Object.assign(signedIn, { cookie: await sessionCookie(app, "ada") });
    }
  }
  ok(seen > 60, `${seen} pages were looked at`);
});

Deno.test("the check for inline code finds what it is there for", () => {
  const bad = [
    `<p style="color:red">`,
    `<style>p{}</style>`,
    `<script>1</script>`,
    `<script src="/a.js">1</script>`,
    `<img src=x:y>`,
    `<svg onload=1>`,
    `<template><p onclick="1"></template>`,
    `<a href="javascript:1">`,
    `<a href="//evil.example">`,
    `<svg><a xlink:href="https://evil.example">`,
    `<form action="https://evil.example">`,
    `<base href="/">`,
    `<meta http-equiv="refresh" content="0">`,
    `<iframe srcdoc="x">`,
  ];
  for (const html of bad) notEqual(inlineFaults(html).length, 0, html);
  deepEqual(inlineFaults(`<a href="/x?y#z">a</a><script src="/a.js"></script><p>onclick=1</p>`), []);
});
