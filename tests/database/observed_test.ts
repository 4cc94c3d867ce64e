import { deepEqual, equal } from "node:assert/strict";
import { ObservedDatabase } from "../../src/database/observed.ts";
import { sql } from "../../src/database/sql.ts";
import { conflict } from "../../src/errors.ts";
import { DATABASE_FAULTS, DATABASE_TRANSACTIONS } from "../../src/telemetry/instruments.ts";
import { WRITE_DOUBT_MS } from "../../src/telemetry/limits.ts";
import { SlowLog } from "../../src/telemetry/slow_log.ts";
import { type ManualClock, manualClock } from "../fixtures/clock.ts";
import { type TestDatabase, testDatabase } from "../fixtures/database.ts";
import { rejected } from "../fixtures/faults.ts";
import { openRaw } from "../fixtures/raw_database.ts";

function observed(test: TestDatabase): { database: ObservedDatabase; clock: ManualClock } {
  const clock = manualClock();
  return { database: new ObservedDatabase(test.database, { clock, slow: new SlowLog(0, clock) }), clock };
}

function outcomes(): number[] {
  return ["committed", "undone", "failed"].map((outcome) => DATABASE_TRANSACTIONS.of(outcome).value);
}

/** By how much the counts of outcomes rise. */
async function risen(work: () => Promise<unknown>): Promise<number[]> {
  const before = outcomes();
  await work();
  return outcomes().map((count, index) => count - before[index]!);
}

Deno.test("transactions are counted by whether they were kept, undone by themselves, or failed by the database", async () => {
  await using test = await testDatabase();
  const { database } = observed(test);
  const busy = DATABASE_FAULTS.of("busy").value;
  const create = (): Promise<unknown> =>
    database.transaction((transaction) => transaction.script("CREATE TABLE t (v)"));
  const undo = (): Promise<unknown> =>
    rejected(database.transaction(() => Promise.reject(conflict("Too late"))));
  deepEqual(await risen(create), [1, 0, 0]);
  deepEqual(await risen(undo), [0, 1, 0]);
  using other = openRaw(test.path, { timeout: 0 });
  other.exec("BEGIN IMMEDIATE");
  const wait = (): Promise<unknown> =>
    rejected(database.transaction(() => Promise.resolve(), { lockWait_ms: 20 }));
  deepEqual(await risen(wait), [0, 0, 1]);
  equal(DATABASE_FAULTS.of("busy").value - busy, 1);
});

Deno.test("a full disk counts against writing until a write succeeds, or a while has passed without one", async () => {
  await using test = await testDatabase();
  const { database, clock } = observed(test);
  const script = (text: string): Promise<void> =>
    database.transaction((transaction) => transaction.script(text));
  const write = (): Promise<number> =>
    database.transaction((transaction) => transaction.run(sql`INSERT INTO t VALUES (zeroblob(100000))`));
  await script("CREATE TABLE t (b BLOB); PRAGMA max_page_count = 5");
  equal(database.writeFault, undefined);
  equal((await rejected(write())).status, 507);
  equal(database.writeFault, "disk_full");
  clock.advance(WRITE_DOUBT_MS / 1000);
  equal(database.writeFault, undefined, "somebody has to try");
  equal((await rejected(write())).status, 507);
  await script("PRAGMA max_page_count = 500");
  await write();
  equal(database.writeFault, undefined);
});
