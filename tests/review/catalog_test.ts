import { deepEqual, equal, ok } from "node:assert/strict";
import type { Database } from "../../src/database/database.ts";
import { sql } from "../../src/database/sql.ts";
import { eventInsertion } from "../../src/events/events.ts";
import { TREND_DAYS } from "../../src/limits.ts";
import { LiveProjection } from "../../src/projection/live.ts";
import { type Catalog, createCatalog } from "../../src/review/catalog.ts";
import type { CatalogRequest } from "../../src/review/catalog_list.ts";
import { createDesk } from "../../src/review/desk.ts";
import { manualClock } from "../fixtures/clock.ts";
import { testDatabase } from "../fixtures/database.ts";
import { rejected } from "../fixtures/faults.ts";
import { openedPostgres, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { addRow } from "../fixtures/rows.ts";
import { fillVaried } from "../fixtures/varied_store.ts";

const NOW = "2026-03-31T12:00:00.000000Z";

interface Scene {
  readonly database: Database;
  readonly catalog: Catalog;
}

/** Registers a test on both engines. */
function onBothEngines(name: string, body: (scene: Scene) => Promise<void>): void {
  const engines = [
    { engine: "sqlite", ignore: false, open: () => testDatabase({ migrated: true }) },
    {
      engine: "postgres",
      ignore: WITHOUT_POSTGRES,
      open: () => openedPostgres({ migrated: true, poolSize: 4 }),
    },
  ];
  for (const { engine, ignore, open } of engines) {
    Deno.test({
      name: `${engine}: ${name}`,
      ignore,
      async fn(): Promise<void> {
        await using opened = await open();
        const { database } = opened;
        const live = new LiveProjection(database);
        try {
          await live.ready();
          await body({ database, catalog: createCatalog({ database, clock: manualClock(NOW), live }) });
        } finally {
          await live.close();
        }
      },
    });
  }
}

type Conditions = Partial<CatalogRequest>;

/** The ids on every page of a list, in its order. */
async function walked(catalog: Catalog, request: Conditions): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await catalog.list({ sort: "newest", limit: 7, ...request, after });
    ids.push(...page.entries.map(({ row }) => row.id));
    after = page.next;
  } while (after !== undefined);
  return ids;
}

async function counted(catalog: Catalog, request: Conditions): Promise<number | undefined> {
  return (await catalog.count({ sort: "newest", limit: 7, ...request }))?.count;
}

/** Fails unless a figure leads to that many different units, and the list tells the same number. */
async function checkFigure(catalog: Catalog, count: number, request: Conditions): Promise<void> {
  const ids = await walked(catalog, request);
  const told = JSON.stringify(request);
  equal(new Set(ids).size, ids.length, `${told}: no unit twice`);
  equal(ids.length, count, `${told}: the list is as long as the figure`);
  equal(await counted(catalog, request), count, `${told}: the list tells the figure`);
}

onBothEngines(
  "a day has the units of that day in UTC, whatever the offset of their times",
  async ({ database, catalog }) => {
    const times: readonly [id: string, at: string][] = [
      ["before", "2026-03-01T23:59:59.999999+00:00"],
      ["first", "2026-03-02T00:00:00+00:00"],
      ["last", "2026-03-02T23:59:59.999999Z"],
      ["after", "2026-03-03T00:00:00Z"],
      ["east, in", "2026-03-03T13:59:00+14:00"],
      ["east, out", "2026-03-02T13:59:00+14:00"],
      ["west, in", "2026-03-01T23:30:00-01:00"],
      ["west, out", "2026-03-02T23:30:00-01:00"],
      ["day alone", "2026-03-02"],
      ["with a space", "2026-03-02 10:00:00+00:00"],
    ];
    for (const [id, at] of times) await addRow(database, id, { created_at: at, reviewed_at: at });
    await addRow(database, "never", { created_at: null });
    const within = ["day alone", "east, in", "first", "last", "west, in", "with a space"];
    const day = { from: "2026-03-02", to: "2026-03-02" };
    deepEqual((await walked(catalog, { created: day })).toSorted(), within);
    deepEqual((await walked(catalog, { decided: day, limit: 1 })).toSorted(), within);
    deepEqual((await walked(catalog, { decided: day, status: "approved" })).toSorted(), within);
    deepEqual(await walked(catalog, { decided: day, status: "rejected" }), []);
    deepEqual((await walked(catalog, { created: { to: "2026-03-01" } })).toSorted(), ["before", "east, out"]);
    deepEqual((await walked(catalog, { created: { from: "2026-03-03" } })).toSorted(), [
      "after",
      "west, out",
    ]);
    equal((await walked(catalog, { created: {} })).length, times.length);
    deepEqual(await walked(catalog, { created: { from: "2026-03-03", to: "2026-03-02" } }), []);
  },
);

onBothEngines(
  "days follow the unit: a decision that is taken back is on no day",
  async ({ database, catalog }) => {
    await addRow(database, "u", { status: "pending", created_at: "2026-03-01T00:00:00+00:00" });
    const clock = manualClock("2026-03-05T10:00:00.000000Z");
    const desk = createDesk({ database, clock });
    const ada = { username: "ada" };
    const decided = { from: "2026-03-05", to: "2026-03-05" };
    await desk.decide("u", "approved", { caller: ada });
    await checkFigure(catalog, 1, { status: "approved", decided });
    await desk.reopen("u", ada);
    await checkFigure(catalog, 0, { status: "approved", decided });
    await checkFigure(catalog, 0, { decided });
  },
);

onBothEngines(
  "every figure of the overview leads to exactly that many units",
  async ({ database, catalog }) => {
    await fillVaried(database, Date.parse(NOW));
    const overview = await catalog.overview();
    equal(overview.total, 128);
    await checkFigure(catalog, overview.total, {});
    for (const status of ["pending", "approved", "rejected"] as const) {
      ok(overview.statuses[status] > 0);
      await checkFigure(catalog, overview.statuses[status], { status });
    }
    equal(overview.snoozed.count, 2);
    await checkFigure(catalog, overview.snoozed.count, { status: "pending", snoozed: "only" });
    ok(overview.flagged.count > 5);
    await checkFigure(catalog, overview.flagged.count, { isFlagged: true });
    equal(overview.domainTotal, 10);
    deepEqual(overview.domains, await catalog.domains());
    for (const { name, count } of overview.domains) {
      await checkFigure(catalog, count, { status: "approved", domain: name });
    }
    for (const { count, ...confidence } of overview.confidence) {
      ok(count > 0);
      await checkFigure(catalog, count, { status: "approved", confidence });
    }
    equal(overview.unrated.count, 2);
    await checkFigure(catalog, overview.unrated.count, { status: "approved", isUnrated: true });
    const rated = overview.confidence.reduce((sum, { count }) => sum + count, 0);
    equal(rated + overview.unrated.count, overview.statuses.approved);
  },
);

onBothEngines(
  "every point of the trend leads to exactly that many units, and so does the whole",
  async ({ database, catalog }) => {
    await fillVaried(database, Date.parse(NOW));
    const { days } = await catalog.overview();
    equal(days.length, TREND_DAYS);
    equal(days.at(-1)!.date, "2026-03-31");
    for (const { date, submitted, approved, rejected: refused } of days) {
      const day = { from: date, to: date };
      await checkFigure(catalog, submitted, { created: day });
      await checkFigure(catalog, approved, { status: "approved", decided: day });
      await checkFigure(catalog, refused, { status: "rejected", decided: day });
    }
    const whole = { from: days[0]!.date, to: days.at(-1)!.date };
    const sum = (of: "submitted" | "approved" | "rejected"): number =>
      days.reduce((total, day) => total + day[of], 0);
    ok(sum("submitted") > 90 && sum("approved") > 50 && sum("rejected") > 15);
    await checkFigure(catalog, sum("submitted"), { created: whole });
    await checkFigure(catalog, sum("approved"), { status: "approved", decided: whole });
    await checkFigure(catalog, sum("rejected"), { status: "rejected", decided: whole });
  },
);

onBothEngines(
  "pages of any size have every unit once, in both directions, many of the same time",
  async ({ database, catalog }) => {
    await fillVaried(database, Date.parse(NOW));
    const lists: readonly Conditions[] = [
      {},
      { status: "approved" },
      { created: { from: "2026-03-01" } },
      { decided: { from: "2026-03-01", to: "2026-03-30" } },
      { confidence: { min: 0.3, max: 0.8 } },
      { isUnrated: true },
      { domain: "common" },
      { proposer: "agent-1", confidence: { max: 0.6 } },
      { isFlagged: true, created: { to: "2026-03-25" } },
      { domain: "common", decided: { from: "2026-03-01" }, confidence: { min: 0.5 } },
      { text: "lesson 1", created: { from: "2026-02-01" } },
    ];
    for (const request of lists) {
      const all = await walked(catalog, { ...request, limit: 500 });
      equal(new Set(all).size, all.length);
      ok(all.length > 0, JSON.stringify(request));
      for (const limit of [1, 5, 50]) deepEqual(await walked(catalog, { ...request, limit }), all);
      deepEqual(await walked(catalog, { ...request, limit: 3, sort: "oldest" }), all.toReversed());
    }
  },
);

onBothEngines("filters hold together, whichever index leads the way", async ({ database, catalog }) => {
  await fillVaried(database, Date.parse(NOW));
  const all = new Set(await walked(catalog, {}));
  const single: readonly Conditions[] = [
    { status: "approved" },
    { domain: "common" },
    { proposer: "agent-2" },
    { isFlagged: true },
    { confidence: { min: 0.3, max: 0.8 } },
    { created: { from: "2026-03-10" } },
    { decided: { from: "2026-03-01", to: "2026-03-20" } },
    { text: "lesson" },
  ];
  const sets = await Promise.all(single.map(async (request) => new Set(await walked(catalog, request))));
  for (const [i, left] of single.entries()) {
    for (const [j, right] of single.entries()) {
      const both = [...all].filter((id) => sets[i]!.has(id) && sets[j]!.has(id));
      const found = await walked(catalog, { ...left, ...right });
      deepEqual(found.toSorted(), both.toSorted(), JSON.stringify({ ...left, ...right }));
    }
  }
});

onBothEngines(
  "a domain that only another program can have stored is found as it is, others cleaned",
  async ({ database, catalog }) => {
    await addRow(database, "1", { domains: ["UPPER"] });
    await addRow(database, "2", { domains: ["upper"] });
    await addRow(database, "3", { domains: [" Odd "] });
    deepEqual(await walked(catalog, { domain: "UPPER" }), ["1"]);
    deepEqual(await walked(catalog, { domain: "upper" }), ["2"]);
    deepEqual(await walked(catalog, { domain: " Upper " }), ["2"]);
    deepEqual(await walked(catalog, { domain: " Odd " }), ["3"]);
    deepEqual(await walked(catalog, { domain: "odd" }), []);
    deepEqual(await walked(catalog, { domain: "up\0per" }), ["2"]);
    equal((await walked(catalog, { domain: "" })).length, 3);
  },
);

onBothEngines(
  "a record has all there is, also of a unit that cannot be read; 404 for ids nobody has",
  async ({ database, catalog }) => {
    await addRow(database, "old", { data: { superseded_by: "new" }, status: "rejected" });
    await addRow(database, "new", { data: { insight: { summary: "Newer", detail: "d", action: "a" } } });
    await addRow(database, "junk", { data: "junk" });
    const old = await catalog.record("old");
    deepEqual([...old.named], [["new", "Newer"]]);
    const junk = await catalog.record("junk");
    deepEqual([junk.unit, junk.row.data], [undefined, "junk"]);
    for (const id of ["nobody", "a\0b"]) equal((await rejected(catalog.record(id))).status, 404);
  },
);

onBothEngines(
  "the activity has the last twenty events, with the summaries of units that are there",
  async ({ database, catalog }) => {
    for (const id of ["a", "junk", "gone"]) {
      await addRow(database, id, id === "junk" ? { data: "junk" } : {});
    }
    const by = { username: "ada" };
    await database.transaction(async (transaction) => {
      for (let index = 0; index < 18; index++) {
        const at = `2026-03-01T00:00:${String(index).padStart(2, "0")}+00:00`;
        await transaction.run(eventInsertion({ unitId: "a", kind: "confirmed", by, at }));
      }
      const at = "2026-03-02T00:00:00+00:00";
      await transaction.run(eventInsertion(
        { unitId: "a", kind: "flagged", by, at, detail: { reason: "stale" } },
        { unitId: "junk", kind: "approved", by, at },
        { unitId: "gone", kind: "imported", by, at },
      ));
      await transaction.run(sql`DELETE FROM knowledge_units WHERE id = 'gone'`);
    });
    const activity = await catalog.activity();
    equal(activity.length, 20);
    deepEqual(
      activity.slice(0, 4).map(({ event, summary, isGone }) => [event.unit_id, event.kind, summary, isGone]),
      [
        ["gone", "imported", undefined, true],
        ["junk", "approved", undefined, false],
        ["a", "flagged", "s", false],
        ["a", "confirmed", "s", false],
      ],
    );
    deepEqual(activity[2]!.event.detail, { reason: "stale" });
  },
);
