import { deepEqual, equal, match, ok } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import type { UnitEvent } from "../../src/events/events.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { type ManualClock, manualClock } from "../fixtures/clock.ts";
import { answered, textIn } from "../fixtures/faults.ts";
import { addRow, dataOf } from "../fixtures/rows.ts";

interface Setting extends AsyncDisposable {
  readonly app: TestApp;
  readonly clock: ManualClock;
  readonly session: string;
  readonly key: string;
  /** The id of {@link key}. */
  readonly keyId: string;
  post(path: string, bearer: string, json?: unknown): Promise<Response>;
  history(id: string): Promise<UnitEvent[]>;
}

async function setting(): Promise<Setting> {
  const clock = manualClock("2026-03-01T00:00:00.000000Z");
  const app = await testApp({ clock });
  const session = await app.signIn("rita");
  await app.signIn("ada");
  const key = await app.apiKey("ada");
  return {
    app,
    clock,
    session,
    key,
    keyId: key.split(".")[2]!,
    post: (path, bearer, json) =>
      app.request("POST", `/api/v1/${path}`, json === undefined ? { bearer } : { bearer, json }),
    async history(id): Promise<UnitEvent[]> {
      return (await answered(
        await app.request("GET", `/api/v1/review/${id}/history`, { bearer: session }),
        200,
      )).events;
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

const PROPOSAL = { domains: ["d"], insight: { summary: "s", detail: "d", action: "a" } };

Deno.test("everything that happens to a unit is in its history, newest first, with who did it by which key", async () => {
  await using test = await setting();
  const { id } = await answered(await test.post("knowledge", test.key, PROPOSAL), 201);
  const other = { ...PROPOSAL, domains: ["e"] };
  const { id: original } = await answered(await test.post("knowledge", test.key, other), 201);
  test.clock.advance(1);
  await answered(await test.post(`review/${id}/approve`, test.session), 200);
  test.clock.advance(1);
  await answered(await test.post(`knowledge/${id}/confirmations`, test.key), 201);
  test.clock.advance(1);
  const flag = { reason: "duplicate", detail: "why", duplicate_of: original };
  await answered(await test.post(`knowledge/${id}/flags`, test.key, flag), 201);
  await answered(await test.post(`review/${original}/reject`, test.session), 200);

  const at = (second: number): string => `2026-03-01T00:00:0${second}+00:00`;
  const byKey = { actor: "ada", api_key_id: test.keyId };
  const events = (await test.history(id)).map(({ id: _, ...event }) => event);
  deepEqual(events, [
    { kind: "flagged", ...byKey, occurred_at: at(3), detail: flag },
    { kind: "confirmed", ...byKey, occurred_at: at(2), detail: { counted: false } },
    { kind: "approved", actor: "rita", api_key_id: null, occurred_at: at(1), detail: null },
    { kind: "proposed", ...byKey, occurred_at: at(0), detail: null },
  ]);
  deepEqual((await test.history(original)).map(({ kind }) => kind), ["rejected", "proposed"]);
});

Deno.test("what is refused leaves no event", async () => {
  await using test = await setting();
  const { id } = await answered(await test.post("knowledge", test.key, PROPOSAL), 201);
  await test.post(`knowledge/${id}/confirmations`, test.key);
  await test.post(`review/${id}/approve`, test.session);
  await test.post(`review/${id}/reject`, test.session);
  await test.post(`knowledge/${id}/flags`, test.key, { reason: "duplicate", duplicate_of: id });
  await test.post("knowledge", test.key, { ...PROPOSAL, domains: [" "] });
  const rows = await test.app.database.all<{ kind: string }>(
    sql`SELECT kind FROM knowledge_events ORDER BY id`,
  );
  deepEqual(rows.map(({ kind }) => kind), ["proposed", "approved"]);
});

Deno.test("a change and its event are one: when the event cannot be written, nothing is", async () => {
  await using test = await setting();
  await addRow(test.app.database, "ku_a");
  await addRow(test.app.database, "ku_p", { status: "pending" });
  const before = await dataOf(test.app.database, "ku_a");
  await test.app.database.transaction((transaction) =>
    transaction.script(`CREATE TRIGGER full BEFORE INSERT ON knowledge_events
      BEGIN SELECT RAISE(ABORT, 'no room'); END`)
  );
  const answers = [
    await test.post("knowledge", test.key, PROPOSAL),
    await test.post("knowledge/ku_a/confirmations", test.key),
    await test.post("knowledge/ku_a/flags", test.key, { reason: "stale" }),
    await test.post("review/ku_p/approve", test.session),
    await test.post("review/ku_p/reject", test.session),
  ];
  for (const response of answers) equal(await textIn(response, 500), "Internal Server Error");
  equal(await dataOf(test.app.database, "ku_a"), before);
  const rows = await test.app.database.all<{ id: string; status: string }>(
    sql`SELECT id, status FROM knowledge_units ORDER BY id`,
  );
  deepEqual(rows.map(({ id, status }) => `${id} ${status}`), ["ku_a approved", "ku_p pending"]);
});

Deno.test("when a change cannot be written, neither is its event", async () => {
  await using test = await setting();
  await addRow(test.app.database, "ku_a");
  await test.app.database.transaction((transaction) =>
    transaction.script(
      `CREATE TRIGGER full BEFORE UPDATE ON knowledge_units BEGIN SELECT RAISE(ABORT, 'no room'); END`,
    )
  );
  equal((await test.post("knowledge/ku_a/confirmations", test.key)).status, 500);
  deepEqual(await test.history("ku_a"), []);
});

Deno.test("a unit from before the log has an empty history and counts in every figure", async () => {
  await using test = await setting();
  await addRow(test.app.database, "ku_old", { reviewed_by: "bob", reviewed_at: "2026-02-28T00:00:00+00:00" });
  deepEqual(await test.history("ku_old"), []);
  const figures = await answered(
    await test.app.request("GET", "/api/v1/review/stats", { bearer: test.session }),
    200,
  );
  deepEqual([figures.counts.approved, figures.domains, figures.recent_activity.length], [
    1,
    { stored: 1 },
    1,
  ]);
  deepEqual(figures.trends.daily[0], { date: "2026-02-28", proposed: 0, approved: 1, rejected: 0 });
  const store = await answered(await test.app.request("GET", "/api/v1/knowledge/stats"), 200);
  deepEqual([store.total_count, store.tier_counts], [1, { private: 1 }]);
});

Deno.test("history needs a login token and is not told to API keys", async () => {
  await using test = await setting();
  await addRow(test.app.database, "ku_a");
  for (const headers of [{}, { authorization: `Bearer ${test.key}` }]) {
    const response = await test.app.request("GET", "/api/v1/review/ku_a/history", { headers });
    match(await textIn(response, 401), /authorization header|token/);
  }
});

Deno.test("confirmations that come together are one event each", async () => {
  await using test = await setting();
  await addRow(test.app.database, "ku_a");
  await Promise.all(Array.from({ length: 25 }, () => test.post("knowledge/ku_a/confirmations", test.key)));
  const events = await test.history("ku_a");
  equal(events.length, 25);
  ok(events.every(({ id }, index) => index === 0 || id < events[index - 1]!.id));
});
