import { deepEqual, equal, ok } from "node:assert/strict";
import type { Database } from "../../src/database/database.ts";
import { type ListRequest, listUnits } from "../../src/review/lists.ts";
import { testDatabase } from "../fixtures/database.ts";
import { explained, listening } from "../fixtures/plans.ts";

/** How SQLite goes about everything that a list asks for. */
async function plansOf(database: Database, request: Partial<ListRequest>): Promise<string[]> {
  const heard = listening(database);
  const after = new TextEncoder().encode('["2026-01-01","ku_1",""]').toBase64({ alphabet: "base64url" });
  for (const place of [undefined, after]) {
    const whole: ListRequest = { sort: "oldest", limit: 25, after: place, ...request };
    await listUnits(heard.database, { request: whole, now: "2026-01-01" });
  }
  return await explained(database, heard.asked);
}

const LISTS: readonly [request: Partial<ListRequest>, index: string][] = [
  [{ status: "pending", snoozed: "hidden" }, "cq_units_status_created"],
  [{ status: "pending", snoozed: "hidden", sort: "newest", text: "x" }, "cq_units_status_created"],
  [{ status: "pending", sort: "domain" }, "cq_units_status_created"],
  [{}, "cq_units_created"],
  [{ sort: "newest" }, "cq_units_created"],
  [{ proposer: "ada" }, "cq_units_proposer"],
  [{ proposer: "ada", status: "pending", snoozed: "hidden", isFlagged: true }, "cq_units_proposer"],
  [{ isFlagged: true }, "cq_units_flagged"],
  [{ isFlagged: true, status: "approved", sort: "newest" }, "cq_units_flagged"],
  [{ domain: "ci", status: "pending" }, "idx_domains_domain"],
  [{ snoozed: "only", status: "pending" }, "cq_snoozes_until"],
];

for (const [request, index] of LISTS) {
  Deno.test(`a list of ${JSON.stringify(request)} goes along ${index} and never through the whole store`, async () => {
    await using test = await testDatabase({ migrated: true });
    const steps = await plansOf(test.database, request);
    ok(steps.some((step) => step.includes(index)), steps.join("\n"));
    const scans = steps.filter((step) => /^SCAN (u|knowledge_units|s|d)\b/.test(step));
    // To walk along an index in its order, up to a limit, is no scan; to read a table from its beginning is.
    deepEqual(scans.filter((step) => !/USING (COVERING )?INDEX/.test(step)), []);
    equal(scans.length > 0 && index !== "cq_units_created", false, scans.join("\n"));
  });
}
