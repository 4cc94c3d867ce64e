import { deepEqual, equal, match, ok } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import { verifyAudit } from "../../src/events/audit.ts";
import { appOn, PASSWORD, type TestApp } from "../fixtures/app.ts";
import { manualClock } from "../fixtures/clock.ts";
import { onEachEngine } from "../fixtures/engines.ts";
import { answered, textIn } from "../fixtures/faults.ts";
import { cookieIn, sessionCookie, statusOf, visit } from "../fixtures/pages.ts";

const PATH = "/settings/account";
/** Made of parts: nobody's real password. */
const NEXT = ["plum", "quartz", "vex", "19"].join("-");

const PEER = "192.0.2.9";

function change(app: TestApp, cookie: string, form: Record<string, string> = {}): Promise<Response> {
  const filled = { current: PASSWORD, password: NEXT, again: NEXT, ...form };
  return visit(app, `POST ${PATH}/password`, { cookie, form: filled, peer: PEER });
}

function changeByApi(app: TestApp, bearer: string, current: string, next: string): Promise<Response> {
  const json = { current_password: current, new_password: next };
  return app.request("POST", "/api/v1/users/me/password", { bearer, json });
}

function mayLogIn(app: TestApp, username: string, password: string): Promise<number> {
  return statusOf(app.request("POST", "/api/v1/auth/login", { json: { username, password }, peer: PEER }));
}

function mayRead(app: TestApp, bearer: string): Promise<number> {
  return statusOf(app.request("GET", "/api/v1/review/queue", { bearer }));
}

function sees(app: TestApp, cookie: string): Promise<number> {
  return statusOf(visit(app, `GET ${PATH}`, { cookie }));
}

async function eventsOf(app: TestApp, subject: string): Promise<string[]> {
  const rows = await app.database.all<{ kind: string; actor: string }>(sql`
    SELECT kind, actor FROM account_events WHERE subject = ${subject} ORDER BY id`);
  return rows.map(({ kind, actor }) => `${actor} ${kind}`);
}

onEachEngine(
  "a user changes the password: only the new session goes on, and the log tells",
  async (engine) => {
    await using app = await appOn(engine.open());
    const [here, there] = [await sessionCookie(app, "ada"), await sessionCookie(app, "ada")];
    const key = await app.apiKey("ada");
    const others = await sessionCookie(app, "bob");
    const response = await change(app, here);
    equal(response.status, 303, await response.text());
    equal(response.headers.get("location"), PATH);
    const renewed = cookieIn(response, "__Host-cq_session")!;
    deepEqual(
      [await sees(app, here), await sees(app, there), await sees(app, renewed), await sees(app, others)],
      [401, 401, 200, 200],
    );
    deepEqual([await mayLogIn(app, "ada", PASSWORD), await mayLogIn(app, "ada", NEXT)], [401, 200]);
    ok(await app.unit({ key, approve: false }), "keys go on working");
    deepEqual(await eventsOf(app, "ada"), ["ada password_changed"]);
    deepEqual((await verifyAudit(app.database)).problems, []);
  },
);

onEachEngine(
  "the same over the API: older login tokens are void, the one in the answer is good",
  async (engine) => {
    const clock = manualClock();
    await using app = await appOn(engine.open(), { clock });
    const cookie = await sessionCookie(app, "ada");
    const old = await app.signIn("ada");
    clock.advance(2);
    equal(await textIn(await changeByApi(app, old, "wrong", NEXT), 422), "The current password is wrong");
    const { token, username } = await answered(await changeByApi(app, old, PASSWORD, NEXT), 200);
    equal(username, "ada");
    deepEqual([await mayRead(app, token), await mayRead(app, old), await sees(app, cookie)], [200, 401, 401]);
    deepEqual([await mayLogIn(app, "ada", PASSWORD), await mayLogIn(app, "ada", NEXT)], [401, 200]);
  },
);

onEachEngine("what is refused changes nothing, and ends nothing", async (engine) => {
  await using app = await appOn(engine.open());
  const cookie = await sessionCookie(app, "ada");
  const cases: readonly [Record<string, string>, RegExp][] = [
    [{ current: "" }, /Give your current password/],
    [{ current: "wrong" }, /The current password is wrong/],
    [{ again: "another" }, /The two new passwords are not the same/],
    [{ password: "short", again: "short" }, /shorter than 12 characters/],
    [{ password: "password12345", again: "password12345" }, /is a common one/],
    [{ password: PASSWORD, again: PASSWORD }, /The new password is the current one/],
  ];
  for (const [form, told] of cases) {
    const response = await change(app, cookie, form);
    const html = await response.text();
    equal(response.status, 422, html);
    match(html, told);
    ok(!html.includes(NEXT) && !html.includes(PASSWORD), "no password comes back");
  }
  equal(await sees(app, cookie), 200);
  equal(await mayLogIn(app, "ada", PASSWORD), 200);
  deepEqual(await eventsOf(app, "ada"), []);
});

onEachEngine("the current password is guessed no faster than at the sign-in", async (engine) => {
  await using app = await appOn(engine.open());
  const cookie = await sessionCookie(app, "ada");
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 7; attempt++) {
    statuses.push(await statusOf(change(app, cookie, { current: `wrong ${attempt}` })));
  }
  deepEqual(statuses, [422, 422, 422, 422, 422, 429, 429]);
  const refused = await change(app, cookie);
  match(refused.headers.get("retry-after")!, /^\d+$/);
  equal(refused.status, 429, await refused.text());
  equal(await mayLogIn(app, "ada", NEXT), 429);
});

onEachEngine("of two changes at once with the same password one counts", async (engine) => {
  await using app = await appOn(engine.open());
  const bearer = await app.signIn("ada");
  const passwords = [`${NEXT}-1`, `${NEXT}-2`];
  const statuses = await Promise.all(
    passwords.map((next) => statusOf(changeByApi(app, bearer, PASSWORD, next))),
  );
  const winners = passwords.filter((_, index) => statuses[index] === 200);
  equal(winners.length, 1, statuses.join());
  equal(await mayLogIn(app, "ada", winners[0]!), 200);
});

onEachEngine("a user sees the own sessions, ends one of them, and nobody else's", async (engine) => {
  await using app = await appOn(engine.open());
  await app.signIn("ada");
  const form = { username: "ada", password: PASSWORD };
  const headers = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" };
  const first = await visit(app, "POST /login", { form, headers, peer: "192.0.2.5" });
  const here = cookieIn(first, "__Host-cq_session")!;
  const there = await sessionCookie(app, "ada");
  const others = await sessionCookie(app, "bob");
  const page = await (await visit(app, `GET ${PATH}`, { cookie: there })).text();
  match(page, /Firefox on Linux/);
  match(page, /192\.0\.2\.5/);
  match(page, /this one/);
  const ids = [...page.matchAll(/name="session" value="([^"]+)"/g)].map(([, id]) => id!);
  equal(ids.length, 1, "the session that asks has no button, and others' are not there");
  const end = (cookie: string, session: string): Promise<number> =>
    statusOf(visit(app, `POST ${PATH}/sessions/end`, { cookie, form: { session } }));
  deepEqual([await end(others, ids[0]!), await end(there, "x"), await end(there, "\0")], [404, 404, 404]);
  equal(await sees(app, here), 200);
  equal(await end(there, ids[0]!), 303);
  deepEqual([await sees(app, here), await sees(app, there), await sees(app, others)], [401, 200, 200]);
  equal(await statusOf(visit(app, `GET ${PATH}`, { cookie: `__Host-cq_session=${ids[0]}` })), 401);
});

onEachEngine(
  "signing out everywhere ends every session and login token, and leaves keys and others alone",
  async (engine) => {
    const clock = manualClock();
    await using app = await appOn(engine.open(), { clock });
    const [here, there] = [await sessionCookie(app, "ada"), await sessionCookie(app, "ada")];
    const others = await sessionCookie(app, "bob");
    const [key, token] = [await app.apiKey("ada"), await app.signIn("ada")];
    equal(await mayRead(app, token), 200);
    clock.advance(2);
    const response = await visit(app, `POST ${PATH}/sign-out-everywhere`, { cookie: here, form: {} });
    deepEqual([response.status, response.headers.get("location")], [303, "/login"]);
    deepEqual([await sees(app, here), await sees(app, there), await sees(app, others)], [401, 401, 200]);
    equal(await mayRead(app, token), 401);
    clock.advance(1);
    ok(await app.unit({ key, approve: false }));
    equal(await sees(app, await sessionCookie(app, "ada")), 200, "signing in again works at once");
    deepEqual(await eventsOf(app, "ada"), ["ada signed_out_everywhere"]);
  },
);
