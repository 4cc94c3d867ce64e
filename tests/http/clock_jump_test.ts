import { deepEqual, equal, notEqual } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import { CircuitBreaker } from "../../src/search/circuit_breaker.ts";
import { NextTurns } from "../../src/throttle/next_turns.ts";
import { PASSWORD, type TestApp, testApp } from "../fixtures/app.ts";
import { type ManualClock, manualClock } from "../fixtures/clock.ts";
import { answered } from "../fixtures/faults.ts";
import { cookieIn, sessionCookie, statusOf, visit } from "../fixtures/pages.ts";

const NOW = "2026-03-01T10:00:00.000000Z";
const MUCH_LATER = "2031-03-01T10:00:00.000000Z";
const EARLIER = "2026-02-01T10:00:00.000000Z";

/** Uses a server in every way that has to do with time; returns when the key was last used. */
async function use(app: TestApp & { clock: ManualClock }, key: string): Promise<string> {
  const id = await app.unit({ key, domains: ["clock"] });
  // Buckets that a later clock filled have one token left, and fill as they always do.
  app.clock.advance(1);
  const other = await app.request("POST", `/api/v1/knowledge/${id}/confirmations`, { bearer: key });
  equal((await answered(other, 201)).id, id);
  const query = await app.request("GET", "/api/v1/knowledge?domains=clock&limit=50");
  notEqual((await answered(query, 200)).data.find((unit: { id: string }) => unit.id === id), undefined);
  for (const path of ["/api/v1/knowledge/stats", "/api/v1/health", "/readyz"]) {
    await answered(await app.request("GET", path), 200);
  }
  const cookie = await sessionCookie(app, "ada");
  for (const path of ["/review", "/dashboard", "/units", "/settings/api-keys"] as const) {
    equal(await statusOf(visit(app, `GET ${path}`, { cookie })), 200, path);
  }
  const [row] = await app.database.all<{ last_used_at: string }>(sql`SELECT last_used_at FROM api_keys`);
  return row!.last_used_at;
}

Deno.test("whatever the clock jumps to, everything goes on, and the use of a key is written", async () => {
  const clock = manualClock(NOW);
  await using app = await testApp({ clock });
  await app.signIn("ada");
  const key = await app.apiKey("ada");
  for (const time of [NOW, MUCH_LATER, EARLIER, NOW]) {
    clock.set(time);
    equal((await use({ ...app, clock }, key)).slice(0, 10), time.slice(0, 10));
  }
});

Deno.test("a session that began while the clock was ahead ends when it is set back, and does not last for years", async () => {
  const clock = manualClock(MUCH_LATER);
  await using app = await testApp({ clock });
  const cookie = await sessionCookie(app, "ada");
  equal(await statusOf(visit(app, "GET /review", { cookie })), 200);
  clock.advance(-60);
  equal(await statusOf(visit(app, "GET /review", { cookie })), 200);
  clock.set(NOW);
  equal(await statusOf(visit(app, "GET /review", { cookie })), 401);
});

Deno.test("what lasts for seconds does not last for longer when the clock is set back", () => {
  const clock = manualClock(MUCH_LATER);
  const breaker = new CircuitBreaker(clock);
  for (let count = 0; count < 3; count++) breaker.failed();
  equal(breaker.admits(), false);
  const turns = new NextTurns(10);
  const now_us = clock.now();
  turns.promise("account", { holder: "one", until_us: now_us + 60_000_000 }, now_us);
  equal(turns.holderOf("account", now_us), "one");

  clock.set(NOW);
  deepEqual([breaker.admits(), turns.holderOf("account", clock.now())], [true, undefined]);
});

Deno.test("a password that was set while the clock was ahead lets its user in when it is set back, and the next one voids that", async () => {
  const clock = manualClock(MUCH_LATER);
  await using app = await testApp({ clock });
  const [first, second] = ["violet-harbour-29-lantern", "copper-meadow-83-anvil"];
  const logIn = async (password: string): Promise<string> => {
    const json = { username: "ada", password };
    return (await answered(await app.request("POST", "/api/v1/auth/login", { json }), 200)).token;
  };
  const change = async (bearer: string, current_password: string, new_password: string): Promise<string> => {
    const json = { current_password, new_password };
    const response = await app.request("POST", "/api/v1/users/me/password", { bearer, json });
    return (await answered(response, 200)).token;
  };
  const queue = (bearer: string): Promise<number> =>
    statusOf(app.request("GET", "/api/v1/review/queue", { bearer }));
  const seen = (cookie: string): Promise<number> => statusOf(visit(app, "GET /review", { cookie }));
  const early = await app.signIn("ada");
  const renewed = await change(early, PASSWORD, first);
  equal(await queue(renewed), 200);

  clock.set(NOW);
  const back = await logIn(first);
  const form = { username: "ada", password: first };
  const session = cookieIn(await visit(app, "POST /login", { form }), "__Host-cq_session")!;
  deepEqual([await queue(back), await seen(session), await queue(early)], [200, 200, 401]);
  clock.advance(1);
  const last = await change(back, first, second);
  clock.advance(1);
  const again = await logIn(second);
  deepEqual(
    [await queue(back), await seen(session), await queue(last), await queue(again)],
    [401, 401, 200, 200],
  );
  // What was void when the clock was ahead is void when that time has come.
  clock.set(MUCH_LATER);
  equal(await queue(early), 401);
});
