import { deepEqual, equal, match } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import { UNANSWERED_FLAGS_MAX } from "../../src/limits.ts";
import { createDesk } from "../../src/review/desk.ts";
import { appOn, type TestApp } from "../fixtures/app.ts";
import { manualClock } from "../fixtures/clock.ts";
import { onEachEngine } from "../fixtures/engines.ts";
import { answered, rejected, textIn } from "../fixtures/faults.ts";
import { addRow, dataOf } from "../fixtures/rows.ts";

const DAY_S = 86_400;

interface Unit {
  readonly id: string;
  readonly evidence: { confidence: number; confirmations: number; last_confirmed: string };
  readonly extensions: Record<string, unknown> | null;
}

/** Keys of users who are made as they are named. */
async function keysOf<N extends string>(app: TestApp, ...names: N[]): Promise<Record<N, string>> {
  const keys = [];
  for (const name of names) {
    await app.signIn(name);
    keys.push([name, await app.apiKey(name)]);
  }
  return Object.fromEntries(keys);
}

async function confirm(app: TestApp, id: string, bearer: string): Promise<Unit> {
  return await answered(await app.request("POST", `/api/v1/knowledge/${id}/confirmations`, { bearer }), 201);
}

async function flag(app: TestApp, id: string, bearer: string): Promise<Unit> {
  const json = { reason: "incorrect" };
  return await answered(await app.request("POST", `/api/v1/knowledge/${id}/flags`, { bearer, json }), 201);
}

async function found(app: TestApp, domain = "d"): Promise<Unit[]> {
  return (await answered(await app.request("GET", `/api/v1/knowledge?domains=${domain}`), 200)).data;
}

onEachEngine(
  "each principal's confirmation counts once, the proposer's never, and each is dated",
  async (database) => {
    const clock = manualClock("2026-03-01T00:00:00.000000Z");
    await using app = await appOn(database.open(), { clock });
    const { ada, bob, eve } = await keysOf(app, "ada", "bob", "eve");
    const bobsOther = await app.apiKey("bob");
    const id = await app.unit({ key: ada, domains: ["d"] });
    const steps: readonly (readonly [key: string, confirmations: number])[] = [
      [ada, 1],
      [bob, 2],
      [bob, 2],
      [bobsOther, 2],
      [eve, 3],
      [ada, 3],
    ];
    for (const [key, confirmations] of steps) {
      clock.advance(1);
      const { evidence } = await confirm(app, id, key);
      equal(evidence.confirmations, confirmations);
      equal(evidence.confidence.toFixed(1), (0.5 + (confirmations - 1) * 0.1).toFixed(1));
      equal(evidence.last_confirmed.slice(0, 19), new Date(clock.now() / 1000).toISOString().slice(0, 19));
    }
    const voters = await app.database.all<{ principal: string }>(sql`
    SELECT principal FROM knowledge_votes WHERE unit_id = ${id} ORDER BY principal`);
    deepEqual(voters.map(({ principal }) => principal), ["bob", "eve"]);
  },
);

onEachEngine("50 confirmations of one principal at once move a unit once", async (database) => {
  await using app = await appOn(database.open());
  const { ada, bob } = await keysOf(app, "ada", "bob");
  const id = await app.unit({ key: ada, domains: ["d"] });
  const units = await Promise.all(Array.from({ length: 50 }, () => confirm(app, id, bob)));
  deepEqual(new Set(units.map(({ evidence }) => evidence.confirmations)), new Set([2]));
  equal((await found(app))[0]!.evidence.confidence, 0.6);
});

onEachEngine("each principal's flag lowers confidence once, and is listed once", async (database) => {
  await using app = await appOn(database.open());
  const { ada, bob } = await keysOf(app, "ada", "bob");
  const id = await app.unit({ key: ada, domains: ["d"] });
  const confidences = [];
  for (const key of [bob, bob, ada]) {
    confidences.push((await flag(app, id, key)).evidence.confidence.toFixed(2));
  }
  deepEqual(confidences, ["0.35", "0.35", "0.20"]);
  const unit = (await found(app))[0] as unknown as { flags: unknown[] };
  equal(unit.flags.length, 2);
});

onEachEngine(
  "a principal's further flag of the same reason is listed when a reviewer answered the one before, and always kept",
  async (database) => {
    const clock = manualClock("2026-03-01T00:00:00.000000Z");
    await using app = await appOn(database.open(), { clock });
    const { ada, bob } = await keysOf(app, "ada", "bob");
    const bobsOther = await app.apiKey("bob");
    const id = await app.unit({ key: ada, domains: ["d"] });
    const flags = async (key: string, json: Record<string, string>): Promise<string[]> => {
      clock.advance(1);
      const response = await app.request("POST", `/api/v1/knowledge/${id}/flags`, { bearer: key, json });
      const unit = await answered(response, 201);
      return unit.flags.map(({ reason, detail }: Record<string, string | null>) => `${reason} ${detail}`);
    };
    deepEqual(await flags(bob, { reason: "stale", detail: "1" }), ["stale null"]);
    const stored = await dataOf(app.database, id);
    for (const key of [bob, bobsOther]) {
      deepEqual(await flags(key, { reason: "stale", detail: "2" }), ["stale null"]);
    }
    equal(await dataOf(app.database, id), stored, "the row is not written");
    deepEqual(await flags(bob, { reason: "incorrect" }), ["stale null", "incorrect null"]);
    equal((await flags(ada, { reason: "stale" })).length, 3);
    const desk = createDesk({ database: app.database, clock });
    await desk.verify(id, { caller: { username: "eve" }, flagsSeen: UNANSWERED_FLAGS_MAX });
    for (const detail of ["3", "4"]) equal((await flags(bob, { reason: "stale", detail })).length, 4);
    const { events } = await answered(
      await app.request("GET", `/api/v1/review/${id}/history`, { bearer: await app.signIn("ada") }),
      200,
    );
    deepEqual(
      events.filter(({ kind, actor }: Record<string, string>) => kind === "flagged" && actor === "bob").map((
        { detail }: { detail: Record<string, unknown> },
      ) => [detail["detail"], detail["listed"]]),
      [["4", false], ["3", undefined], [null, undefined], ["2", false], ["2", false], ["1", undefined]],
    );
  },
);

onEachEngine(
  "no more than so many flags wait for an answer; beyond, they lower confidence only",
  async (database) => {
    await using app = await appOn(database.open());
    const { ada } = await keysOf(app, "ada");
    const id = `ku_${"1".repeat(32)}`;
    const waiting = { reason: "stale", timestamp: "2026-01-01T00:00:00Z" };
    const flags = Array(UNANSWERED_FLAGS_MAX).fill(waiting);
    await addRow(app.database, id, { data: { domains: ["d"], flags, evidence: { confidence: 0.8 } } });
    const unit = await flag(app, id, ada) as Unit & { flags: unknown[] };
    deepEqual([unit.flags.length, unit.evidence.confidence.toFixed(2)], [UNANSWERED_FLAGS_MAX, "0.65"]);
    const desk = createDesk({ database: app.database, clock: app.clock });
    await desk.verify(id, { caller: { username: "eve" }, flagsSeen: UNANSWERED_FLAGS_MAX });
    const answeredOnce = await flag(app, id, ada) as Unit & { flags: unknown[] };
    equal(answeredOnce.flags.length, UNANSWERED_FLAGS_MAX + 1);
  },
);

onEachEngine("under strict compatibility every flag is listed, whoever sends it", async (database) => {
  await using app = await appOn(database.open(), { settings: { isStrict: true } });
  const { ada } = await keysOf(app, "ada");
  const id = await app.unit({ key: ada, domains: ["d"] });
  for (const count of [1, 2, 3]) {
    equal((await flag(app, id, ada) as Unit & { flags: unknown[] }).flags.length, count);
  }
});

// Postgres reads no JSON with a NUL in it.
for (const [what, note] of [["a disputed unit", 1], ["a disputed unit with a NUL in it", "\0"]] as const) {
  onEachEngine(`${what} ranks lower and is marked, until a reviewer verifies it`, async (database) => {
    await using app = await appOn(database.open());
    const { ada, bob } = await keysOf(app, "ada", "bob");
    const disputed = await app.unit({ key: ada, domains: ["d"], extensions: { "team:note": note } });
    await addRow(app.database, "ku_other", {
      data: { domains: ["d"], evidence: { confidence: 0.4 } },
      domains: ["d"],
    });
    deepEqual((await found(app)).map(({ id }) => id), [disputed, "ku_other"]);
    for (let vote = 0; vote < 2; vote++) await confirm(app, disputed, bob);
    await flag(app, disputed, bob);
    const marked = await found(app);
    deepEqual(marked.map(({ id }) => id), ["ku_other", disputed]);
    deepEqual(marked[1]!.extensions, {
      "team:note": note,
      "cq:standing": { disputed: true, unresolved_flags: 1, stale: false },
    });
    const desk = createDesk({ database: app.database, clock: app.clock });
    await desk.verify(disputed, { caller: { username: "ada" }, note: "", flagsSeen: 1 });
    const [first] = await found(app);
    deepEqual([first!.id, first!.extensions], [disputed, { "team:note": note }]);
    await flag(app, disputed, ada);
    equal((await found(app))[1]!.id, disputed);
  });
}

for (const [what, pattern] of [["a unit", ""], ["a unit with a NUL in it", "\0"]] as const) {
  onEachEngine(
    `${what} that nobody confirms for too long ranks lower from that day on, whoever asks`,
    async (database) => {
      const clock = manualClock("2026-03-01T12:00:00.000000Z");
      const settings = { confirmWithin_days: 30 };
      await using app = await appOn(database.open(), { clock, settings });
      await using other = await appOn(database.open(), { clock, settings });
      const { ada, bob } = await keysOf(app, "ada", "bob");
      const id = await app.unit({ key: ada, domains: ["d"], context: { pattern } });
      const evidence = { confidence: 0.4, last_confirmed: "2026-03-20T00:00:00Z" };
      await addRow(app.database, "ku_later", { data: { domains: ["d"], evidence }, domains: ["d"] });
      for (const server of [app, other]) {
        deepEqual((await found(server)).map((unit) => unit.id), [
          id,
          "ku_later",
        ]);
      }
      clock.advance(30 * DAY_S);
      for (const server of [app, other]) equal((await found(server))[0]!.extensions, null);
      clock.advance(DAY_S);
      for (const server of [app, other]) {
        const units = await found(server);
        deepEqual(units.map((unit) => unit.id), ["ku_later", id]);
        deepEqual(units[1]!.extensions, {
          "cq:standing": { disputed: false, unresolved_flags: 0, stale: true },
        });
      }
      await confirm(app, id, bob);
      for (const server of [app, other]) equal((await found(server))[0]!.id, id);
    },
  );
}

onEachEngine("only the server speaks of a unit's standing", async (database) => {
  await using app = await appOn(database.open());
  const { ada } = await keysOf(app, "ada");
  await app.unit({ key: ada, domains: ["d"], extensions: { "cq:standing": { verified: true }, "a:b": 2 } });
  deepEqual((await found(app))[0]!.extensions, { "a:b": 2 });
});

onEachEngine("nobody approves their own proposal where that is denied", async (database) => {
  await using app = await appOn(database.open(), { settings: { allowsSelfReview: false } });
  const { ada } = await keysOf(app, "ada");
  const [own, others] = [await app.signIn("ada"), await app.signIn("bob")];
  const id = await app.unit({ key: ada, approve: false });
  const approve = (bearer: string): Promise<Response> =>
    app.request("POST", `/api/v1/review/${id}/approve`, { bearer });
  match(await textIn(await approve(own), 403), /somebody else has to approve it/);
  const desk = createDesk({ database: app.database, clock: app.clock, allowsSelfReview: false });
  const edit = {
    summary: "s",
    detail: "d",
    action: "a",
    domains: ["d"],
    languages: [],
    frameworks: [],
    pattern: "",
  };
  equal(
    await desk.approveEdited(id, { edit, mark: "" }, { username: "ada" }).catch((error) => error.status),
    403,
  );
  equal((await answered(await approve(others), 200)).status, "approved");
  const doubtful = await app.unit({ key: ada, approve: false });
  await answered(await app.request("POST", `/api/v1/review/${doubtful}/reject`, { bearer: own }), 200);
});

onEachEngine(
  "where nobody approves their own, nobody answers the flags of their own; taking it out of service is everybody's",
  async (database) => {
    await using app = await appOn(database.open(), { settings: { allowsSelfReview: false } });
    const { ada, eve } = await keysOf(app, "ada", "eve");
    const id = await app.unit({ key: ada, domains: ["d"], approve: false });
    const bearer = await app.signIn("bob");
    await answered(await app.request("POST", `/api/v1/review/${id}/approve`, { bearer }), 200);
    await flag(app, id, eve);
    const desk = createDesk({ database: app.database, clock: app.clock, allowsSelfReview: false });
    const refusal = await rejected(desk.verify(id, { caller: { username: "ada" }, flagsSeen: 1 }));
    deepEqual([refusal.status, refusal.message], [
      403,
      "You proposed this unit; somebody else has to verify it",
    ]);
    equal("cq:standing" in (await found(app))[0]!.extensions!, true);
    await desk.verify(id, { caller: { username: "bob" }, flagsSeen: 1 });
    equal((await found(app))[0]!.extensions, null);
    await desk.retire(id, { caller: { username: "ada" } });
    await desk.reopen(id, { username: "ada" });
    equal((await rejected(desk.decide(id, "approved", { caller: { username: "ada" } }))).status, 403);
  },
);
