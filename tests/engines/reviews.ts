import { deepEqual, equal } from "node:assert/strict";
import * as units from "../../src/knowledge/store.ts";
import * as reviews from "../../src/review/store.ts";
import { addUnit, BY_BYTES, confidence, ids, type Register, run, SHUFFLED, TIME } from "./scenario.ts";

/** The store of reviews. */
export function reviewTests(test: Register): void {
  test("pending units come oldest first, equal times in the order of their ids, page by page", async (database) => {
    const at = (second: number): string => `2026-03-01T00:00:0${second}+00:00`;
    await addUnit(database, { id: "c", status: "pending", created_at: at(1) });
    await addUnit(database, { id: "b", status: "pending", created_at: at(2) });
    await addUnit(database, { id: "a", status: "pending", created_at: at(2) });
    await addUnit(database, { id: "d", status: "approved", created_at: at(0) });
    deepEqual(ids(await reviews.pendingUnits(database, 2, 0)), ["c", "a"]);
    deepEqual(ids(await reviews.pendingUnits(database, 2, 2)), ["b"]);
    deepEqual(await reviews.pendingUnits(database, 0, 0), []);
    equal(await reviews.countPending(database), 3);
  });

  test("units of equal times come in the order of the bytes of their ids, forwards or backwards", async (database) => {
    for (const id of SHUFFLED) await addUnit(database, { id, status: "pending" });
    deepEqual(ids(await reviews.pendingUnits(database, 99, 0)), BY_BYTES);
    deepEqual(ids(await reviews.filteredUnits(database, {}, 99)), BY_BYTES.toReversed());
    deepEqual(ids(await reviews.latestUnits(database, 99)), BY_BYTES.toReversed());
  });

  test("a unit is decided once", async (database) => {
    await addUnit(database, { id: "u", status: "pending" });
    const decide = async (status: "approved" | "rejected", reviewer: string): Promise<boolean> =>
      await run(database, reviews.pendingDecision({ id: "u", status, reviewer, now: TIME })) > 0;
    // Which of two that come together is first is the engine's affair.
    const [rejected, approved] = await Promise.all([decide("rejected", "a"), decide("approved", "b")]);
    deepEqual([rejected, approved].sort(), [false, true]);
    const row = await units.findUnit(database, "u");
    const first = rejected ? ["rejected", "a", TIME] : ["approved", "b", TIME];
    deepEqual([row?.status, row?.reviewed_by, row?.reviewed_at], first);
    deepEqual([await decide("rejected", "c"), await decide("approved", "c")], [false, false]);
    deepEqual(await units.findUnit(database, "u"), row);
  });

  test("units are listed newest first by domain, status and confidence", async (database) => {
    await addUnit(database, { id: "1", data: confidence(0.2), domains: ["a"], created_at: "2026-01-01" });
    await addUnit(database, {
      id: "2",
      data: confidence(0.5),
      domains: ["a", "b"],
      created_at: "2026-01-02",
    });
    await addUnit(database, {
      id: "3",
      data: confidence(1),
      domains: ["b"],
      status: "pending",
      created_at: "2026-01-03",
    });
    await addUnit(database, { id: "4", data: "no JSON", domains: ["c"], created_at: "2026-01-03" });
    const listed = async (filter: reviews.UnitFilter, limit = 9): Promise<string> =>
      ids(await reviews.filteredUnits(database, filter, limit)).join();
    equal(await listed({}), "4,3,2,1");
    equal(await listed({}, 2), "4,3");
    equal(await listed({}, 0), "");
    equal(await listed({ domain: "a" }), "2,1");
    equal(await listed({ status: "approved" }), "4,2,1");
    equal(await listed({ confidenceMin: 0.5 }), "3,2");
    equal(await listed({ confidenceMax: 0.5 }), "1");
    equal(await listed({ confidenceMin: 0, confidenceMax: 1 }), "3,2,1");
    equal(await listed({ domain: "b", status: "pending", confidenceMin: 0.9 }), "3");
  });
}

/** What the dashboard reads. */
export function dashboardTests(test: Register): void {
  test("activity is ordered by the review, else by the proposal", async (database) => {
    await addUnit(database, { id: "1", created_at: "2026-01-01", reviewed_at: "2026-01-09" });
    await addUnit(database, { id: "2", created_at: "2026-01-05", status: "pending" });
    await addUnit(database, { id: "3", created_at: "2026-01-05", status: "pending" });
    deepEqual(ids(await reviews.latestUnits(database, 2)), ["1", "3"]);
  });
}
