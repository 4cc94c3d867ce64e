import { deepEqual, ok } from "node:assert/strict";
import type { Database } from "../../src/database/database.ts";
import { LiveProjection } from "../../src/projection/live.ts";
import { createCatalog } from "../../src/review/catalog.ts";
import { type CatalogRequest, listCatalog } from "../../src/review/catalog_list.ts";
import { encodePlace } from "../../src/review/places.ts";
import { manualClock } from "../fixtures/clock.ts";
import { testDatabase } from "../fixtures/database.ts";
import { explained, indexedPostgres, listening } from "../fixtures/plans.ts";
import { WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { fillVaried } from "../fixtures/varied_store.ts";

const NOW = "2026-03-31T12:00:00.000000Z";

/** How the engine goes about everything that a list asks for. */
async function plansOf(database: Database, request: Partial<CatalogRequest>): Promise<string[]> {
  const heard = listening(database);
  for (const after of [undefined, encodePlace(["2026-03-20", "2026-03-20T00:00:00+00:00", "u"])]) {
    for (const sort of ["newest", "oldest"] as const) {
      await listCatalog(heard.database, { request: { sort, limit: 25, after, ...request }, now: NOW });
    }
  }
  return await explained(database, heard.asked);
}

const LISTS: readonly [request: Partial<CatalogRequest>, index: string][] = [
  [{}, "cq_units_created"],
  [{ status: "approved" }, "cq_units_status_created"],
  [{ created: { from: "2026-03-20", to: "2026-03-20" } }, "cq_changes_created_day"],
  [{ created: { to: "2026-03-20" }, status: "approved", text: "x" }, "cq_changes_created_day"],
  [{ decided: { from: "2026-03-20", to: "2026-03-20" }, status: "approved" }, "cq_changes_reviewed_day"],
  [{ decided: { from: "2026-03-20" }, isFlagged: true }, "cq_changes_reviewed_day"],
  [{ confidence: { min: 0.5, max: 0.6 }, status: "approved" }, "cq_changes_confidence"],
  [{ confidence: { max: 0.3 } }, "cq_changes_confidence"],
  [{ isUnrated: true, status: "approved" }, "cq_changes_unrated"],
  [{ isUnrated: true }, "cq_changes_unrated"],
  [{ isFlagged: true, confidence: { min: 0.8 } }, "cq_units_flagged"],
  [{ proposer: "agent-1" }, "cq_units_proposer"],
  [{ status: "pending", snoozed: "only" }, "cq_snoozes_until"],
];

for (const [request, index] of LISTS) {
  Deno.test(`a list of ${JSON.stringify(request)} goes along ${index} and never through the whole store`, async () => {
    await using test = await testDatabase({ migrated: true });
    const steps = await plansOf(test.database, request);
    ok(steps.some((step) => step.includes(index)), steps.join("\n"));
    const scans = steps.filter((step) => /^SCAN (u|c|d|s|knowledge_\w+)\b/.test(step));
    // To walk along an index in its order, up to a limit, is no scan; to read a table from its beginning is.
    deepEqual(scans.filter((step) => !step.includes("USING") || index !== "cq_units_created"), []);
  });
}

Deno.test("units that a list by confidence passes over for their status or their day are not read", async () => {
  await using test = await testDatabase({ migrated: true });
  for (const request of [{ status: "rejected" }, { created: { from: "2026-03-20" } }] as const) {
    const steps = await plansOf(test.database, { confidence: { min: 0.5 }, ...request });
    deepEqual(steps.filter((step) => /\bu\b/.test(step)), []);
  }
  const steps = await plansOf(test.database, { confidence: { min: 0.5 }, domain: "ci", snoozed: "hidden" });
  ok(steps.some((step) => step.startsWith("SEARCH u USING")), steps.join("\n"));
});

Deno.test("the overview and the activity count in memory and in indexes, never through the whole store", async () => {
  await using test = await testDatabase({ migrated: true });
  await fillVaried(test.database, Date.parse(NOW));
  const live = new LiveProjection(test.database);
  await live.ready();
  const heard = listening(test.database);
  const catalog = createCatalog({ database: heard.database, clock: manualClock(NOW), live });
  await catalog.overview();
  await catalog.activity();
  await catalog.domains();
  await live.close();
  const steps = await explained(test.database, heard.asked);
  // The newest events are the end of the table, read backwards up to a limit.
  deepEqual(steps.filter((step) => /^SCAN (?!flagged|lane|few|CONSTANT)/.test(step)), [
    "SCAN knowledge_events",
  ]);
  for (const index of ["cq_units_flagged", "cq_snoozes_until", "cq_changes_unrated"]) {
    ok(steps.some((step) => step.includes(index)), `${index}\n${steps.join("\n")}`);
  }
});

Deno.test({
  name: "postgres: every list has an index that leads the way in its order",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using test = await indexedPostgres();
    await fillVaried(test.database, Date.parse(NOW));
    for (const [request, index] of LISTS) {
      const steps = await plansOf(test.database, request);
      const told = `${JSON.stringify(request)}\n${steps.join("\n")}`;
      ok(steps.some((step) => step.includes(index)), told);
      ok(!steps.some((step) => /Seq Scan on knowledge_(units|changes|events)/.test(step)), told);
    }
  },
});
