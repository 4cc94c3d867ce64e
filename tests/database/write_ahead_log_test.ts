import { deepEqual, equal } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { openSqlite } from "../../src/database/sqlite.ts";
import { sql } from "../../src/database/sql.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { rejected } from "../fixtures/faults.ts";

const INSERTION = sql`INSERT INTO t VALUES (1)`;
const COUNT = sql`SELECT COUNT(*) AS n FROM t`;

/** Puts something in the way of the runtime's flush of a file, until the scope ends. */
function flushing(flush: (original: () => Promise<void>) => Promise<void>): Disposable {
  const original = Deno.FsFile.prototype.syncData;
  Deno.FsFile.prototype.syncData = function (): Promise<void> {
    return flush(() => original.call(this));
  };
  return {
    [Symbol.dispose](): void {
      Deno.FsFile.prototype.syncData = original;
    },
  };
}

Deno.test("a transaction has succeeded when its log is on the disk, and readers do not wait for that", async () => {
  await using directory = await temporaryDirectory();
  const database = openSqlite(directory.file("cq.db"));
  await database.transaction((transaction) => transaction.script("CREATE TABLE t (x)"));
  const disk = Promise.withResolvers<void>();
  let flushes = 0, isDone = false;
  using _ = flushing(async (original) => {
    flushes++;
    await disk.promise;
    await original();
  });
  const writing = Promise.all(
    [1, 2].map(() => database.transaction((transaction) => transaction.run(INSERTION))),
  )
    .then(() => isDone = true);
  while (flushes === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  deepEqual(await database.first(COUNT), Object.assign(Object.create(null), { n: 2 }));
  equal(isDone, false);
  disk.resolve();
  await writing;
  equal(flushes, 1, "those that wait together are flushed together");
  await database.close();
});

Deno.test("a log that the disk does not take is told to whoever wrote", async () => {
  await using directory = await temporaryDirectory();
  const database = openSqlite(directory.file("cq.db"));
  await database.transaction((transaction) => transaction.script("CREATE TABLE t (x)"));
  {
    using _ = flushing(() => Promise.reject(Object.assign(new Error("input/output error"), { code: "EIO" })));
    const error = await rejected(database.transaction((transaction) => transaction.run(INSERTION)));
    equal((error as { status?: number }).status, 503);
  }
  equal(await database.transaction((transaction) => transaction.run(INSERTION)), 1);
  await database.close();
});

Deno.test("others write while the disk works, and fail with what the disk did not take before", async () => {
  await using directory = await temporaryDirectory();
  const database = openSqlite(directory.file("cq.db"));
  await database.transaction((transaction) => transaction.script("CREATE TABLE t (x)"));
  const write = (): Promise<number> => database.transaction((transaction) => transaction.run(INSERTION));
  const isThere = async (count: number): Promise<void> => {
    while ((await database.first<{ n: number }>(COUNT))!.n < count) {
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  };
  const disk = Promise.withResolvers<void>();
  let flushes = 0;
  {
    // The disk refuses the first flush only.
    using _ = flushing(async (original) => flushes++ === 0 ? await disk.promise : await original());
    const first = rejected(write());
    await isThere(1);
    const second = rejected(write());
    await isThere(2);
    equal(flushes, 1, "one flush at a time");
    disk.reject(Object.assign(new Error("input/output error"), { code: "EIO" }));
    for (const error of await Promise.all([first, second])) equal((error as { status?: number }).status, 503);
  }
  equal(await write(), 1);
  await database.close();
});

Deno.test("what the disk did not take of a log is in the file before anything else is acknowledged", async () => {
  await using directory = await temporaryDirectory();
  const path = directory.file("cq.db");
  const database = openSqlite(path);
  await database.transaction((transaction) => transaction.script("CREATE TABLE t (x)"));
  {
    using _ = flushing(() => Promise.reject(Object.assign(new Error("input/output error"), { code: "EIO" })));
    await rejected(database.transaction((transaction) => transaction.run(INSERTION)));
  }
  await database.transaction((transaction) => transaction.run(INSERTION));
  // Without its log, as after a loss of power that left a gap in it.
  await Deno.copyFile(path, directory.file("copy.db"));
  using copy = new DatabaseSync(directory.file("copy.db"));
  deepEqual({ ...copy.prepare("SELECT COUNT(*) AS n FROM t").get() }, { n: 1 });
  await database.close();
});

Deno.test("what has no log is flushed by SQLite itself, and so is nothing that is read only", async () => {
  await using directory = await temporaryDirectory();
  const path = directory.file("cq.db");
  {
    using plain = new DatabaseSync(path);
    plain.exec("CREATE TABLE t (x)");
  }
  using _ = flushing(() => Promise.reject(new Error("nothing is flushed here")));
  for (const database of [openSqlite(path, { keepJournalMode: true }), openSqlite(":memory:")]) {
    await database.transaction((transaction) => transaction.script("CREATE TABLE IF NOT EXISTS t (x)"));
    equal(await database.transaction((transaction) => transaction.run(INSERTION)), 1);
    await database.close();
  }
});
