import { deepEqual, equal } from "node:assert/strict";
import { dailyTrends } from "../../src/review/trends.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { manualClock } from "../fixtures/clock.ts";
import { answered } from "../fixtures/faults.ts";
import { addRow } from "../fixtures/rows.ts";

const NOW = "2026-03-31T12:00:00.000000Z";

async function dashboard(app: TestApp): ReturnType<typeof answered> {
  return await answered(
    await app.request("GET", "/api/v1/review/stats", { bearer: await app.signIn("ada") }),
    200,
  );
}

Deno.test("the dashboard of an empty store has every key and no entry", async () => {
  await using app = await testApp();
  const response = await app.request("GET", "/api/v1/review/stats", { bearer: await app.signIn("ada") });
  equal(
    await response.text(),
    '{"counts":{"pending":0,"approved":0,"rejected":0},"domains":{},"confidence_distribution":' +
      '{"0.0-0.3":0,"0.3-0.6":0,"0.6-0.8":0,"0.8-1.0":0},"recent_activity":[],"trends":{"daily":[]}}',
  );
});

Deno.test("activity tells of each unit its last event, newest first", async () => {
  await using app = await testApp({ clock: manualClock(NOW) });
  const at = (hour: number): string => `2026-03-30T0${hour}:00:00+00:00`;
  await addRow(app.database, "p", { status: "pending", created_at: at(2) });
  await addRow(app.database, "a", { created_at: at(1), reviewed_by: "bob", reviewed_at: at(3) });
  await addRow(app.database, "r", {
    status: "rejected",
    created_at: at(0),
    reviewed_by: "bob",
    reviewed_at: at(1),
  });
  deepEqual((await dashboard(app)).recent_activity, [
    { type: "approved", unit_id: "a", summary: "s", reviewed_by: "bob", timestamp: at(3) },
    { type: "proposed", unit_id: "p", summary: "s", timestamp: "2026-01-01T00:00:00+00:00" },
    { type: "rejected", unit_id: "r", summary: "s", reviewed_by: "bob", timestamp: at(1) },
  ]);
});

Deno.test("activity has at most 20 entries", async () => {
  await using app = await testApp();
  for (let i = 0; i < 22; i++) await addRow(app.database, `ku_${String(i).padStart(2, "0")}`);
  const { recent_activity } = await dashboard(app);
  deepEqual([recent_activity.length, recent_activity[0].unit_id, recent_activity[19].unit_id], [
    20,
    "ku_21",
    "ku_02",
  ]);
});

Deno.test("trends run from the first day with any count to today, zeros included, 30 days back at most", async () => {
  await using app = await testApp({ clock: manualClock(NOW) });
  const old = { created_at: "2020-01-01T00:00:00+00:00" };
  await addRow(app.database, "in", { ...old, status: "rejected", reviewed_at: "2026-03-29T23:59:59+00:00" });
  await addRow(app.database, "out", { ...old, status: "rejected", reviewed_at: "2026-02-28T23:59:59+00:00" });
  await addRow(app.database, "today", {
    created_at: "2026-03-31T11:00:00+00:00",
    reviewed_at: "2026-03-31T11:00:00+00:00",
  });
  await addRow(app.database, "pending", { status: "pending", created_at: "2026-03-31T00:00:00+00:00" });
  await addRow(app.database, "damaged", { created_at: "2999-99-99", reviewed_at: "2999-99-99" });
  await addRow(app.database, "future", { created_at: "2999-01-01T00:00:00+00:00" });
  await addRow(app.database, "unknown", { created_at: null });
  deepEqual((await dashboard(app)).trends.daily, [
    { date: "2026-03-29", proposed: 0, approved: 0, rejected: 1 },
    { date: "2026-03-30", proposed: 0, approved: 0, rejected: 0 },
    { date: "2026-03-31", proposed: 2, approved: 1, rejected: 0 },
  ]);
  await addRow(app.database, "first", { created_at: "2026-03-01T00:00:00+00:00" });
  const { daily } = (await dashboard(app)).trends;
  deepEqual([daily.length, daily[0].date, daily[0].proposed], [31, "2026-03-01", 1]);
});

Deno.test("counts, domains and confidence are of the right units and in the contract's order", async () => {
  await using app = await testApp();
  const confidences = [0, 0.3, 0.59, 0.6, 0.8, 1];
  for (const [id, confidence] of confidences.entries()) {
    await addRow(app.database, String(id), {
      data: { evidence: { confidence } },
      domains: id < 2 ? ["a", "b"] : ["b"],
    });
  }
  await addRow(app.database, "p", { status: "pending", domains: ["c"] });
  const { counts, domains, confidence_distribution } = await dashboard(app);
  deepEqual(Object.entries(counts), [["pending", 1], ["approved", 6], ["rejected", 0]]);
  deepEqual(Object.entries(domains), [["b", 6], ["a", 2]]);
  deepEqual(Object.entries(confidence_distribution), [["0.0-0.3", 1], ["0.3-0.6", 2], ["0.6-0.8", 1], [
    "0.8-1.0",
    2,
  ]]);
});

Deno.test("trends fill the days between, whichever count comes first, over months and leap years", () => {
  const day = (date: string): number => Date.parse(date) / 86_400_000;
  const none = new Map<number, number>();
  const window = { first: day("2024-02-27"), today: day("2024-03-02") };
  const before = [day("2024-02-26"), 7] as const;
  const days = dailyTrends({
    proposed: new Map([[day("2024-03-01"), 1], before]),
    approved: none,
    rejected: new Map([[day("2024-02-28"), 3], [day("2024-03-03"), 9]]),
  }, window);
  deepEqual(days.map(({ date }) => date), ["2024-02-28", "2024-02-29", "2024-03-01", "2024-03-02"]);
  deepEqual(days.map((day) => [day.proposed, day.approved, day.rejected]), [[0, 0, 3], [0, 0, 0], [1, 0, 0], [
    0,
    0,
    0,
  ]]);
  deepEqual(dailyTrends({ proposed: new Map([before]), approved: none, rejected: none }, window), []);
});
