import { deepEqual, equal, match, ok } from "node:assert/strict";
import { eventInsertion } from "../../src/events/events.ts";
import { ANOMALIES_KEEP_MS, ANOMALY_EVENTS_MAX } from "../../src/limits.ts";
import { findAnomalies, type WatchedEvent } from "../../src/review/anomalies.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { manualClock } from "../fixtures/clock.ts";
import { sessionCookie, visit } from "../fixtures/pages.ts";
import { addRow } from "../fixtures/rows.ts";

const NOW = "2026-03-01T10:00:00.000000Z";
const NOW_MS = Date.parse(NOW);

let numbered = 0;

function event(kind: string, fields: Partial<WatchedEvent> = {}): WatchedEvent {
  const unit_id = `ku_${numbered++}`;
  return { unit_id, kind, actor: "ada", api_key_id: "k1", occurred_at: NOW, proposer: "ada", ...fields };
}

function times(count: number, make: (index: number) => WatchedEvent): WatchedEvent[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** `count` confirmations of different units. */
function confirming(actor: string, proposer: string, count: number): WatchedEvent[] {
  return times(count, () => event("confirmed", { actor, proposer }));
}

function rings(events: readonly WatchedEvent[]): (readonly string[])[] {
  return findAnomalies(events, NOW_MS).rings.map(({ accounts }) => accounts);
}

Deno.test("a key is busy with more than 50 proposals in a day, where these are more than half of all", () => {
  const others = (count: number): WatchedEvent[] =>
    times(count, (index) => event("proposed", { actor: "bob", api_key_id: `k${index % 20 + 2}` }));
  const busy = (events: readonly WatchedEvent[]): unknown => findAnomalies(events, NOW_MS).busyKeys;
  const own = (count: number): WatchedEvent[] => times(count, () => event("proposed"));
  deepEqual(busy([...own(51), ...others(50)]), [{ keyId: "k1", owner: "ada", proposals: 51, total: 101 }]);
  deepEqual(busy([...own(50)]), []);
  deepEqual(busy([...own(51), ...others(51)]), []);
  const old = times(60, () => event("proposed", { occurred_at: "2026-02-28T09:00:00+00:00" }));
  deepEqual(busy(old), []);
  deepEqual(busy(times(60, () => event("proposed", { api_key_id: null }))), []);
});

Deno.test("accounts that confirm five units of each other within 30 days are a ring, in pairs and in circles", () => {
  deepEqual(rings([...confirming("a", "b", 5), ...confirming("b", "a", 5)]), [["a", "b"]]);
  deepEqual(rings([...confirming("a", "b", 5), ...confirming("b", "a", 4)]), []);
  deepEqual(
    rings([
      ...confirming("c", "a", 6),
      ...confirming("a", "b", 5),
      ...confirming("b", "c", 5),
      ...confirming("d", "a", 9),
    ]),
    [["a", "b", "c"]],
  );
  deepEqual(rings(confirming("a", "a", 20)), []);
  const same = { actor: "a", proposer: "b", unit_id: "ku_same" };
  deepEqual(rings([...times(9, () => event("confirmed", same)), ...confirming("b", "a", 9)]), []);
  const long = { occurred_at: "2026-01-29T00:00:00+00:00" };
  deepEqual(
    rings([...confirming("a", "b", 5), ...confirming("b", "a", 5).map((old) => ({ ...old, ...long }))]),
    [],
  );
  const two = [
    ...confirming("a", "b", 5),
    ...confirming("b", "a", 5),
    ...confirming("x", "y", 7),
    ...confirming("y", "x", 7),
  ];
  deepEqual(findAnomalies(two, NOW_MS).rings, [
    { accounts: ["x", "y"], confirmations: 14 },
    { accounts: ["a", "b"], confirmations: 10 },
  ]);
});

Deno.test("an account is mostly rejected from ten decided units on, by the decision that stands", () => {
  const found = (events: readonly WatchedEvent[]): unknown => findAnomalies(events, NOW_MS).mostlyRejected;
  const decided = (approved: number, rejected: number): WatchedEvent[] => [
    ...times(approved, () => event("approved")),
    ...times(rejected, () => event("rejected")),
  ];
  deepEqual(found(decided(2, 8)), [{ proposer: "ada", decided: 10, rejected: 8 }]);
  deepEqual(found(decided(3, 7)), []);
  deepEqual(found(decided(0, 9)), []);
  const standing = decided(2, 8);
  // Newest first: what was reopened is decided no longer, and what was approved then is approved.
  const { unit_id } = standing.at(-1)!;
  deepEqual(found([event("reopened", { unit_id }), ...standing]), []);
  deepEqual(found([event("approved", { unit_id }), ...standing]), []);
  deepEqual(found(standing.map((one) => ({ ...one, proposer: null }))), []);
});

async function reject(app: TestApp, count: number, summary = "s"): Promise<void> {
  const at = "2026-03-01T09:00:00+00:00";
  for (let index = 0; index < count; index++) {
    const id = `ku_${summary}_${index}`;
    await addRow(app.database, id, { status: "rejected", data: { created_by: "eve" } });
    await app.database.transaction((transaction) =>
      transaction.run(eventInsertion({ unitId: id, kind: "rejected", by: { username: "ada" }, at }))
    );
  }
}

Deno.test("the dashboard tells what is unusual with the units behind it, and nothing where nothing is", async () => {
  const clock = manualClock(NOW);
  await using app = await testApp({ clock });
  const cookie = await sessionCookie(app, "ada");
  const dashboard = async (): Promise<string> =>
    await (await visit(app, "GET /dashboard", { cookie })).text();
  equal((await dashboard()).includes("Unusual"), false);
  await reject(app, 10);
  equal((await dashboard()).includes("Unusual"), false, "it is looked for once in a while");
  clock.advance(ANOMALIES_KEEP_MS / 1000);
  const told = await dashboard();
  match(told, /Unusual.*\/units\?status=rejected&amp;proposer=eve">10 of 10 units/s);
  equal(told.includes("events were looked at"), false);
});

Deno.test("only the newest events are looked at, and that is told", async () => {
  await using app = await testApp({ clock: manualClock(NOW) });
  const cookie = await sessionCookie(app, "ada");
  const filler = {
    unitId: "ku_x",
    kind: "snoozed" as const,
    by: { username: "ada" },
    at: "2026-03-01T09:00:00+00:00",
  };
  await app.database.transaction(async (transaction) => {
    for (let done = 0; done < ANOMALY_EVENTS_MAX; done += 1_000) {
      await transaction.run(eventInsertion(...Array(1_000).fill(filler)));
    }
  });
  await reject(app, 10);
  const told = await (await visit(app, "GET /dashboard", { cookie })).text();
  match(told, /10 of 10 units/);
  ok(told.includes(`The newest ${ANOMALY_EVENTS_MAX} events were looked at`));
});
