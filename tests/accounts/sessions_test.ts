import { deepEqual, equal, match } from "node:assert/strict";
import { createAdministration } from "../../src/accounts/administration.ts";
import { createPasswords } from "../../src/accounts/passwords.ts";
import { sql } from "../../src/database/sql.ts";
import { PASSWORD, type TestApp, testApp } from "../fixtures/app.ts";
import { manualClock } from "../fixtures/clock.ts";
import { cookieIn, sessionCookie, statusOf, visit } from "../fixtures/pages.ts";

function pageStatus(app: TestApp, cookie: string): Promise<number> {
  return statusOf(visit(app, "GET /review", { cookie }));
}

const HOUR_S = 3600;

Deno.test("a session's cookie is kept from scripts, other hosts and other sites, and only its hash is stored", async () => {
  await using app = await testApp();
  await app.signIn("ada");
  const form = { username: "ada", password: PASSWORD };
  const response = await visit(app, "POST /login", { form });
  const [cookie] = response.headers.getSetCookie();
  match(cookie!, /^__Host-cq_session=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; Secure; SameSite=Lax$/);
  const token = cookieIn(response, "__Host-cq_session")!.split("=")[1]!;
  const [row] = await app.database.all<{ token_hash: string }>(sql`SELECT token_hash FROM sessions`);
  match(row!.token_hash, /^[0-9a-f]{64}$/);
  equal(row!.token_hash.includes(token), false);
  equal(await pageStatus(app, `__Host-cq_session=${token}`), 200);
  equal(await pageStatus(app, `__Host-cq_session=${row!.token_hash}`), 401);
});

Deno.test("a wrong password and an unknown name are the same 401, and begin no session", async () => {
  await using app = await testApp();
  await app.signIn("ada");
  const pages = [];
  for (const form of [{ username: "ada", password: "x" }, { username: "eve", password: PASSWORD }]) {
    const response = await visit(app, "POST /login", { form });
    deepEqual([response.status, response.headers.getSetCookie()], [401, []]);
    pages.push((await response.text()).replace(`value="${form.username}"`, ""));
  }
  equal(pages[0], pages[1]);
  deepEqual(await app.database.all(sql`SELECT token_hash FROM sessions`), []);
});

Deno.test("a session ends after 8 hours without a request, and after 24 hours in any case", async () => {
  const clock = manualClock();
  await using app = await testApp({ clock });
  const idle = await sessionCookie(app, "ada");
  clock.advance(8 * HOUR_S);
  equal(await pageStatus(app, idle), 401);
  const busy = await sessionCookie(app, "ada");
  for (let hours = 0; hours < 21; hours += 7) {
    clock.advance(7 * HOUR_S);
    equal(await pageStatus(app, busy), 200);
  }
  clock.advance(3 * HOUR_S - 1);
  equal(await pageStatus(app, busy), 200);
  clock.advance(1);
  equal(await pageStatus(app, busy), 401);
});

Deno.test("the last use of a session is written at most once a minute", async () => {
  const clock = manualClock("2026-03-01T10:00:00.000000Z");
  await using app = await testApp({ clock });
  const cookie = await sessionCookie(app, "ada");
  const seen: string[] = [];
  for (const seconds of [0, 59, 1, 59, 1]) {
    clock.advance(seconds);
    await pageStatus(app, cookie);
    const row = await app.database.first<{ last_seen_at: string }>(sql`SELECT last_seen_at FROM sessions`);
    seen.push(row!.last_seen_at.slice(14, 19));
  }
  deepEqual(seen, ["00:00", "00:00", "01:00", "01:00", "02:00"]);
});

Deno.test("signing out ends the session at once, wherever its cookie is", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const other = await sessionCookie(app, "ada");
  const response = await visit(app, "POST /logout", { cookie, form: {} });
  equal(response.status, 303);
  match(response.headers.getSetCookie()[0]!, /^__Host-cq_session=; Path=\/; Max-Age=0;/);
  deepEqual([await pageStatus(app, cookie), await pageStatus(app, other)], [401, 200]);
});

Deno.test("signing in again ends the session that was there", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const form = { username: "ada", password: PASSWORD };
  const again = cookieIn(await visit(app, "POST /login", { cookie, form }), "__Host-cq_session")!;
  deepEqual([await pageStatus(app, cookie), await pageStatus(app, again)], [401, 200]);
});

Deno.test("a disabled user, a new password and a removed user end the sessions at once", async () => {
  await using app = await testApp();
  const passwords = createPasswords();
  const users = createAdministration({ database: app.database, clock: app.clock, passwords, actor: "root" });
  // The last admin stays.
  await app.signIn("root");
  const ends: Record<string, () => Promise<void>> = {
    disabled: () => users.disable("disabled"),
    changed: () => users.setPassword("changed", "another password"),
    removed: () => users.remove("removed"),
  };
  for (const [name, end] of Object.entries(ends)) {
    const cookie = await sessionCookie(app, name);
    equal(await pageStatus(app, cookie), 200, name);
    await end();
    equal(await pageStatus(app, cookie), 401, name);
  }
  await users.enable("disabled");
  equal(await pageStatus(app, await sessionCookie(app, "disabled")), 200);
  passwords.close();
});

Deno.test("the API does not look at the session's cookie, and pages not at bearer tokens", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const bearer = await app.signIn("ada");
  for (
    const route of [
      "GET /api/v1/review/queue",
      "GET /api/v1/users/me",
      "POST /api/v1/review/ku_x/approve",
    ] as const
  ) {
    equal(await statusOf(visit(app, route, { cookie })), 401, route);
  }
  equal(await statusOf(app.request("GET", "/review", { bearer })), 401);
});
