import { deepEqual, match } from "node:assert/strict";
import type { Database } from "../../src/database/database.ts";
import { ownDecisions } from "../../src/review/own_decisions.ts";
import { createUpkeep } from "../../src/review/upkeep.ts";
import { manualClock } from "../fixtures/clock.ts";
import { testDatabase } from "../fixtures/database.ts";
import { explained, indexedPostgres, listening } from "../fixtures/plans.ts";
import { WITHOUT_POSTGRES } from "../fixtures/postgres.ts";

/** Fails where the engine looks at other events than somebody's own, or at other units than those that are asked about. */
async function checkPlans(database: Database): Promise<void> {
  const heard = listening(database);
  for (const before of [undefined, 1_000]) await ownDecisions(heard.database, { username: "ada", before });
  const doubts = { policy: { confirmWithin_days: 30 }, today: () => 20_000 };
  const upkeep = createUpkeep({
    database: heard.database,
    clock: manualClock("2026-03-01T00:00:00.000000Z"),
    doubts,
  });
  await upkeep.doubts(["ku_a", "ku_b"]);
  const steps = await explained(database, heard.asked);
  const told = steps.join("\n");
  for (const index of [/cq_events_actor/, /cq_changes_unit|knowledge_changes_unit_id_key/]) {
    match(told, index);
  }
  deepEqual(steps.filter((step) => /^SCAN|Seq Scan|TEMP B-TREE|Sort/.test(step)), [], told);
}

Deno.test("one's own decisions and the doubts of units are found along indexes, in their order", async () => {
  await using test = await testDatabase({ migrated: true });
  await checkPlans(test.database);
});

Deno.test({
  name: "postgres: one's own decisions and the doubts of units have an index that leads the way",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using test = await indexedPostgres();
    await checkPlans(test.database);
  },
});
