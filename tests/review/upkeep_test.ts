import { deepEqual, equal, match } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import { unitEvents } from "../../src/events/events.ts";
import { findUnit } from "../../src/knowledge/store.ts";
import { decodeUnit, type KnowledgeUnit } from "../../src/knowledge/unit.ts";
import { createDesk } from "../../src/review/desk.ts";
import { type Edit, editable, editMark } from "../../src/review/edits.ts";
import { createUpkeep, type Upkeep } from "../../src/review/upkeep.ts";
import { dayOf } from "../../src/wire/time.ts";
import { appOn, type TestApp, testApp } from "../fixtures/app.ts";
import { manualClock } from "../fixtures/clock.ts";
import { onEachEngine } from "../fixtures/engines.ts";
import { rejected } from "../fixtures/faults.ts";
import { addRow } from "../fixtures/rows.ts";

const NOW = "2026-03-01T10:00:00.000000Z";
const ADA = { username: "ada" };
const FLAG = { reason: "incorrect", timestamp: "2026-01-01T00:00:00Z" };

function evidence(day: string): Record<string, unknown> {
  const time = `${day}T00:00:00Z`;
  return { confidence: 0.7, confirmations: 2, first_observed: time, last_confirmed: time };
}

function upkeepOf({ database, clock }: TestApp, allowsSelfReview = true): Upkeep {
  const doubts = { policy: { confirmWithin_days: 30 }, today: () => dayOf(clock.now()) };
  return createUpkeep({ database, clock, doubts, allowsSelfReview });
}

/** Two disputed units, three stale ones, and some that are in no doubt. */
async function doubtfulApp(): Promise<TestApp> {
  const app = await testApp({ clock: manualClock(NOW) });
  const fresh = evidence("2026-02-28");
  await addRow(app.database, "ku_one_flag", { data: { evidence: fresh, flags: [FLAG] } });
  await addRow(app.database, "ku_two_flags", {
    data: { evidence: evidence("2020-01-01"), flags: [FLAG, FLAG] },
  });
  for (const day of ["2026-01-29", "2025-06-01", "2025-01-01"]) {
    await addRow(app.database, `ku_${day}`, { data: { evidence: evidence(day) } });
  }
  await addRow(app.database, "ku_fresh", { data: { evidence: fresh } });
  await addRow(app.database, "ku_last_day", { data: { evidence: evidence("2026-01-30") } });
  await addRow(app.database, "ku_pending", { data: { flags: [FLAG] }, status: "pending" });
  return app;
}

async function pagesOf(upkeep: Upkeep, kind: "disputed" | "stale", limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let after: string | undefined = "";
  while (after !== undefined) {
    const { units, next } = await upkeep.ageing({ kind, after, limit });
    pages.push(units.map(({ row }) => row.id));
    after = next;
  }
  return pages;
}

async function unitOf(app: TestApp, id: string): Promise<KnowledgeUnit> {
  const row = (await findUnit(app.database, id))!;
  return decodeUnit(row.data, row.created_at);
}

async function correction(
  app: TestApp,
  id: string,
  changes: Partial<Edit>,
): Promise<{ edit: Edit; mark: string; flagsSeen: number }> {
  const unit = await unitOf(app, id);
  const edit = { ...editable(unit), ...changes };
  return { edit, mark: editMark(unit), flagsSeen: unit.flags.length };
}

Deno.test("units in doubt are listed in the order of need, page by page, and counted", async () => {
  await using app = await doubtfulApp();
  const upkeep = upkeepOf(app);
  for (const limit of [1, 2, 10]) {
    deepEqual((await pagesOf(upkeep, "disputed", limit)).flat(), ["ku_two_flags", "ku_one_flag"]);
    const stale = ["ku_2025-01-01", "ku_2025-06-01", "ku_2026-01-29"];
    deepEqual((await pagesOf(upkeep, "stale", limit)).flat(), stale);
  }
  deepEqual(await upkeep.counts(), {
    disputed: { count: 2, isMore: false },
    stale: { count: 3, isMore: false },
  });
  deepEqual((await upkeep.ageing({ kind: "stale", after: "nonsense", limit: 1 })).units.length, 1);
});

Deno.test("a unit's doubts are told with the day they began; a verification ends them", async () => {
  await using app = await doubtfulApp();
  const upkeep = upkeepOf(app);
  const ids = ["ku_two_flags", "ku_last_day", "ku_fresh", "ku_pending", "ku_none", "\0", "ku_2026-01-29"];
  deepEqual(
    await upkeep.doubts(ids),
    new Map([
      ["ku_two_flags", { unansweredFlags: 2, staleSince: "2020-02-01" }],
      ["ku_2026-01-29", { unansweredFlags: 0, staleSince: "2026-03-01" }],
    ]),
  );
  equal((await upkeep.doubts([])).size, 0);
  const desk = createDesk({ database: app.database, clock: app.clock });
  equal(await desk.verify("ku_two_flags", { caller: ADA, flagsSeen: 2 }), 0);
  equal((await upkeep.doubts(["ku_two_flags"])).size, 0);
});

onEachEngine(
  "a verification and a correction answer the flags that were seen, and open none again",
  async (stored) => {
    await using app = await appOn(stored.open(), { clock: manualClock(NOW) });
    const desk = createDesk({ database: app.database, clock: app.clock });
    const upkeep = upkeepOf(app);
    const id = "ku_three";
    await addRow(app.database, id, { data: { evidence: evidence("2026-02-28"), flags: [FLAG, FLAG, FLAG] } });
    const unanswered = async (): Promise<number> => (await upkeep.doubts([id])).get(id)?.unansweredFlags ?? 0;
    deepEqual([await desk.verify(id, { caller: ADA, flagsSeen: 0 }), await unanswered()], [3, 3]);
    const asked = { ...await correction(app, id, { summary: "better" }), caller: ADA };
    deepEqual([await upkeep.correct(id, { ...asked, flagsSeen: 2 }), await unanswered()], [1, 1]);
    deepEqual([await desk.verify(id, { caller: ADA, flagsSeen: 1 }), await unanswered()], [1, 1]);
    deepEqual([await desk.verify(id, { caller: ADA, flagsSeen: 9 }), await unanswered()], [0, 0]);
    const told = (await unitEvents(app.database, id, 9)).filter(({ kind }) => kind === "verified");
    deepEqual(told.map(({ detail }) => detail?.["flags_answered"]), [3, 2, 2, 0]);
  },
);

Deno.test("without doubts there are none", async () => {
  await using app = await doubtfulApp();
  const upkeep = createUpkeep({ database: app.database, clock: app.clock, doubts: undefined });
  deepEqual(await pagesOf(upkeep, "disputed", 9), [[]]);
  deepEqual([(await upkeep.counts()).stale.count, (await upkeep.doubts(["ku_two_flags"])).size], [0, 0]);
});

Deno.test("a correction changes an approved unit, which stays approved and is verified; the difference is kept", async () => {
  await using app = await doubtfulApp();
  const upkeep = upkeepOf(app);
  const id = "ku_two_flags";
  const changes = { summary: "better", domains: ["Other "], pattern: "p" };
  await upkeep.correct(id, { ...await correction(app, id, changes), caller: ADA, note: " seen " });
  const unit = await unitOf(app, id);
  deepEqual([unit.insight.summary, unit.domains, unit.context.pattern], ["better", ["other"], "p"]);
  deepEqual([unit.flags.length, unit.evidence.confirmations], [2, 2]);
  equal((await findUnit(app.database, id))?.status, "approved");
  deepEqual(
    (await app.database.all<{ domain: string }>(
      sql`SELECT domain FROM knowledge_unit_domains WHERE unit_id = ${id}`,
    )).map(({ domain }) => domain),
    ["other"],
  );
  equal((await upkeep.doubts([id])).size, 0);
  const [verified, edited] = await unitEvents(app.database, id, 9);
  deepEqual([verified?.kind, verified?.detail], ["verified", { flags_answered: 2, note: "seen" }]);
  deepEqual([edited?.kind, edited?.actor], ["edited", "ada"]);
  deepEqual(edited?.detail?.["changes"], {
    summary: { before: "s", after: "better" },
    domains: { before: ["stored"], after: ["other"] },
    pattern: { before: "", after: "p" },
  });
});

Deno.test("a correction without a change is a verification", async () => {
  await using app = await doubtfulApp();
  await upkeepOf(app).correct("ku_one_flag", { ...await correction(app, "ku_one_flag", {}), caller: ADA });
  deepEqual((await unitEvents(app.database, "ku_one_flag", 9)).map(({ kind }) => kind), ["verified"]);
});

Deno.test("what a proposal may not say a correction may not either; of two at once the later is refused", async () => {
  await using app = await doubtfulApp();
  const upkeep = upkeepOf(app);
  const id = "ku_one_flag";
  for (
    const changes of [{ domains: [" "] }, { summary: "x".repeat(501) }, { languages: Array(17).fill("x") }]
  ) {
    const refusal = await rejected(
      upkeep.correct(id, { ...await correction(app, id, changes), caller: ADA }),
    );
    equal(refusal.status, 422);
  }
  deepEqual(await unitEvents(app.database, id, 9), []);
  const [first, second] = [
    await correction(app, id, { summary: "1" }),
    await correction(app, id, { summary: "2" }),
  ];
  await upkeep.correct(id, { ...first!, caller: ADA });
  const late = await rejected(upkeep.correct(id, { ...second!, caller: ADA }));
  deepEqual([late.status, (await unitOf(app, id)).insight.summary], [409, "1"]);
});

Deno.test("only approved units are corrected, and where nobody approves their own, nobody corrects their own", async () => {
  await using app = await doubtfulApp();
  const refusal = async (id: string, upkeep: Upkeep, username: string): Promise<[number, string]> => {
    const asked = { ...await correction(app, id, { summary: "x" }), caller: { username } };
    const { status, message } = await rejected(upkeep.correct(id, asked));
    return [status, message];
  };
  match((await refusal("ku_pending", upkeepOf(app), "ada"))[1], /is pending/);
  deepEqual((await refusal("ku_fresh", upkeepOf(app, false), "somebody"))[0], 403);
  match((await refusal("ku_fresh", upkeepOf(app, false), "somebody"))[1], /somebody else has to correct it/);
  const unknown = { ...await correction(app, "ku_fresh", {}), caller: ADA };
  for (const id of ["ku_none", "\0"]) equal((await rejected(upkeepOf(app).correct(id, unknown))).status, 404);
});
