import { deepEqual, equal, match, ok } from "node:assert/strict";
import { MIGRATIONS } from "../../migrations/mod.ts";
import type { Database } from "../../src/database/database.ts";
import { sql } from "../../src/database/sql.ts";
import { verifyAudit } from "../../src/events/audit.ts";
import { eventInsertion } from "../../src/events/events.ts";
import { createScreening } from "../../src/knowledge/screening.ts";
import { createTransfer } from "../../src/knowledge/transfer.ts";
import { migrate } from "../../src/migrate/runner.ts";
import { createPurge } from "../../src/review/purge.ts";
import { appOn, type TestApp, testApp } from "../fixtures/app.ts";
import { manualClock } from "../fixtures/clock.ts";
import { type EngineDatabase, onEachEngine } from "../fixtures/engines.ts";
import { answered, rejected } from "../fixtures/faults.ts";
import { sessionCookie, statusOf, visit } from "../fixtures/pages.ts";
import { tamper } from "../fixtures/tampering.ts";
import { rowsOf } from "../security/canary_server.ts";

/** What must not be kept: in the unit itself, in its flags, in a correction and in what a reviewer noted. */
const LEAK = "quartzvexplum";
const BY = { username: "root" };

/** A unit with the leak wherever a text can be, and another one without. */
async function leakyUnit(app: TestApp): Promise<{ id: string; other: string }> {
  const cookie = await sessionCookie(app, "root");
  await app.signIn("ada");
  const key = await app.apiKey("ada");
  const insight = { summary: `About ${LEAK}`, detail: `Call ${LEAK} first.`, action: `Ask ${LEAK} again.` };
  const id = await app.unit({ key, insight, domains: ["testing", LEAK], context: { languages: [LEAK] } });
  const other = await app.unit({ key });
  const flag = { reason: "stale", detail: `${LEAK} has left` };
  await answered(
    await app.request("POST", `/api/v1/knowledge/${id}/flags`, {
      bearer: await app.apiKey("root"),
      json: flag,
    }),
    201,
  );
  const verified = { note: `I asked ${LEAK}` };
  equal(await statusOf(visit(app, `POST /units/${id}/verify`, { cookie, form: verified })), 303);
  const retired = { reason: "sensitive", note: `it names ${LEAK}` };
  equal(await statusOf(visit(app, `POST /units/${id}/retire`, { cookie, form: retired })), 303);
  return { id, other };
}

async function found(app: TestApp, q: string): Promise<string[]> {
  const response = await app.request("GET", `/api/v1/knowledge?domains=testing&q=${q}`);
  return (await answered(response, 200)).data.map(({ id }: { id: string }) => id);
}

async function tablesWith(database: Database, text: string): Promise<string[]> {
  const rows = await rowsOf(database);
  return [...new Set(rows.filter(({ row }) => JSON.stringify(row).includes(text)).map(({ table }) => table))];
}

function purgeOn(app: TestApp): ReturnType<typeof createPurge> {
  return createPurge({ database: app.database, clock: app.clock, screening: createScreening() });
}

onEachEngine(
  "a purged unit is in no table, on no replica and in no answer, and the log tells who purged it and why",
  async (engine) => {
    await using app = await appOn(engine.open());
    await using replica = await appOn(engine.open());
    const { id, other } = await leakyUnit(app);
    const key = await app.apiKey("ada");
    const approved = await app.unit({ key, insight: { summary: LEAK, detail: "d", action: "again" } });
    for (const server of [app, replica]) deepEqual(await found(server, LEAK), [approved, other]);
    ok((await tablesWith(app.database, LEAK)).length >= 3);
    equal(await purgeOn(app).purge(id, { reason: "names a customer", by: BY }), 3);
    equal(await purgeOn(replica).purge(approved, { reason: "names a customer", by: BY }), 0);
    deepEqual(await tablesWith(app.database, LEAK), []);
    for (const server of [app, replica]) deepEqual(await found(server, LEAK), [other]);
    const unit = await app.request("GET", `/api/v1/review/${id}`, { bearer: await app.signIn("root") });
    equal(unit.status, 404, await unit.text());
    const report = await verifyAudit(app.database);
    deepEqual([report.purged, report.unproven, report.problems], [3, [], []]);
    const [last] = await app.database.all<{ unit_id: string; actor: string; detail: string }>(sql`
    SELECT unit_id, actor, detail FROM knowledge_events WHERE kind = 'purged' AND unit_id = ${id}`);
    deepEqual([last!.unit_id, last!.actor, JSON.parse(last!.detail).reason], [
      id,
      "root",
      "names a customer",
    ]);
    const again = await rejected(purgeOn(app).purge(id, { reason: "again", by: BY }));
    deepEqual([again.status, /purged before/.test(again.message)], [409, true]);
    const unknown = await rejected(purgeOn(app).purge("ku_nobody", { reason: "r", by: BY }));
    equal(unknown.status, 404);
  },
);

onEachEngine("the index of words counts as if the purged unit had never been there", async (engine) => {
  await using app = await appOn(engine.open());
  await app.signIn("root");
  const key = await app.apiKey("root");
  await app.unit({ key });
  const counts = async (): Promise<unknown[]> => {
    await found(app, LEAK);
    return await app.database.all(sql`
      SELECT scope, term, units FROM knowledge_text_terms WHERE units > 0 ORDER BY scope, term`);
  };
  const before = await counts();
  const id = await app.unit({ key, insight: { summary: LEAK, detail: "d", action: "again" } });
  ok((await counts()).length > before.length);
  await purgeOn(app).purge(id, { reason: "r", by: BY });
  deepEqual(await counts(), before);
});

onEachEngine(
  "a purge needs a reason, which is screened, and changes nothing where it is refused",
  async (engine) => {
    await using app = await appOn(engine.open());
    const { id } = await leakyUnit(app);
    const secret = ["ghp", "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"].join("_");
    for (const reason of ["", "  ", "x".repeat(10_000), `it had ${secret}`]) {
      equal((await rejected(purgeOn(app).purge(id, { reason, by: BY }))).status, 422);
    }
    equal((await rejected(purgeOn(app).purge(`${id}\0`, { reason: "r", by: BY }))).status, 404);
    const cookie = await sessionCookie(app, "root");
    const form = await visit(app, `POST /units/${id}/purge`, {
      cookie,
      form: { reason: "names a customer" },
    });
    equal(form.status, 422);
    match(await form.text(), /Tick that you are sure/);
    ok((await tablesWith(app.database, LEAK)).length >= 3);
    deepEqual((await verifyAudit(app.database)).purged, 0);
  },
);

onEachEngine(
  "an admin purges a unit on its page; what was purged does not come back from an export",
  async (engine) => {
    await using app = await appOn(engine.open());
    const { id } = await leakyUnit(app);
    const cookie = await sessionCookie(app, "root");
    const transfer = createTransfer({ database: app.database, clock: app.clock });
    const pages = await Array.fromAsync(transfer.exportPages(""));
    const lines = pages.flat().map(({ line: text }, index) => ({ number: index + 1, text }));
    match(await (await visit(app, `GET /units/${id}`, { cookie })).text(), new RegExp(`/units/${id}/purge`));
    match(await (await visit(app, `GET /units/${id}/purge`, { cookie })).text(), /cannot be undone/);
    const form = { reason: "names a customer", sure: "yes" };
    equal(await statusOf(visit(app, `POST /units/${id}/purge`, { cookie, form })), 303);
    equal(await statusOf(visit(app, `GET /units/${id}`, { cookie })), 404);
    deepEqual(await tablesWith(app.database, LEAK), []);
    const log = await (await visit(app, `GET /settings/audit?subject=${id}`, { cookie })).text();
    match(log, /Its details were purged/);
    match(log, /names a customer/);
    deepEqual(await transfer.importLines(lines), { added: 0, known: 2 });
    deepEqual(await tablesWith(app.database, LEAK), []);
    const decisions = await (await visit(app, "GET /review/decisions", { cookie })).text();
    ok(!decisions.includes(LEAK));
    equal(await statusOf(visit(app, "GET /dashboard", { cookie })), 200);
  },
);

const TAMPERINGS: readonly (readonly [statement: string, told: RegExp])[] = [
  [
    "UPDATE knowledge_events SET actor = 'eve' WHERE detail = '{\"purged\":true}' AND kind = 'flagged'",
    /was changed/,
  ],
  [
    "UPDATE knowledge_events SET kind = 'confirmed' WHERE detail = '{\"purged\":true}' AND kind = 'flagged'",
    /was changed/,
  ],
  ["UPDATE knowledge_events SET detail = '{\"other\":1}' WHERE detail = '{\"purged\":true}'", /was changed/],
  ["UPDATE knowledge_events SET detail = NULL WHERE detail = '{\"purged\":true}'", /was changed/],
  ["UPDATE knowledge_events SET detail = '{\"reason\":\"x\"}' WHERE kind = 'purged'", /was changed/],
  ["DELETE FROM knowledge_events WHERE kind = 'purged'", /was removed/],
  ["UPDATE knowledge_events SET detail = '{\"purged\":true}' WHERE kind = 'edited'", /was changed/],
];

for (const [statement, told] of TAMPERINGS) {
  Deno.test(`tampering after a purge is told: ${statement}`, async () => {
    await using app = await testApp();
    const { id, other } = await leakyUnit(app);
    const cookie = await sessionCookie(app, "root");
    const key = await app.apiKey("root");
    await purgeOn(app).purge(id, { reason: "r", by: BY });
    await app.database.transaction((transaction) =>
      transaction.run(sql`
        INSERT INTO knowledge_events (unit_id, kind, actor, occurred_at, detail)
        VALUES (${other}, 'edited', 'root', '2026-01-01T00:00:00+00:00', ${`{"changes":{}}`})`)
    );
    ok(cookie !== "" && key !== "");
    deepEqual((await verifyAudit(app.database)).problems, []);
    tamper(app.databasePath, statement);
    match((await verifyAudit(app.database)).problems.map(({ message }) => message).join("\n"), told);
  });
}

onEachEngine(
  "events from before links held hashes stay whole, and of those purged it is told that only their place is checked",
  async (engine) => {
    const clock = manualClock();
    const database = engine.open();
    await migrate(database, MIGRATIONS.slice(0, 12), { clock, appVersion: "test" });
    const add = (unitId: string): Promise<unknown> =>
      database.transaction((transaction) =>
        transaction.run(
          eventInsertion({
            unitId,
            kind: "rejected",
            by: BY,
            at: "2026-01-01T00:00:00+00:00",
            detail: { note: LEAK },
          }),
        )
      );
    for (const id of ["old", "other"]) await add(id);
    await using app = await appOn(database, { clock });
    await add("new");
    const { entries, problems } = await verifyAudit(database);
    deepEqual([entries, problems], [4, []], "two old events, the one that says so, and a new one");
    equal(await purgeOn(app).purge("old", { reason: "r", by: BY }), 1);
    equal(await purgeOn(app).purge("new", { reason: "r", by: BY }), 1);
    const report = await verifyAudit(database);
    deepEqual([report.purged, report.unproven, report.problems], [2, [1], []]);
    equal((await tablesWith(database, LEAK)).join(), "knowledge_events", "that of the other unit");
  },
  { isEmpty: true },
);

onEachEngine(
  "the details of events can be purged and nothing else of them, by whoever has the database",
  async (engine: EngineDatabase) => {
    await using app = await appOn(engine.open());
    const { id } = await leakyUnit(app);
    const refused = async (set: string): Promise<void> => {
      const change = app.database.transaction((transaction) =>
        transaction.run({ pieces: [{ text: `UPDATE knowledge_events SET ${set} WHERE unit_id = '${id}'` }] })
      );
      match(String(await change.catch((error) => error)), /append-only/, set);
    };
    for (
      const set of [
        "actor = 'eve'",
        "detail = 'x'",
        "detail = NULL",
        `detail = '{"purged":true}', actor = 'eve'`,
      ]
    ) {
      await refused(set);
    }
  },
);
