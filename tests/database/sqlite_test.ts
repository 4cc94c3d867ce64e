import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import type { Database } from "../../src/database/database.ts";
import { openSqlite } from "../../src/database/sqlite.ts";
import { sql } from "../../src/database/sql.ts";
import { WRITE_BATCH_MAX, WRITE_QUEUE_MAX } from "../../src/limits.ts";
import { testDatabase } from "../fixtures/database.ts";
import { fileDigest, temporaryDirectory } from "../fixtures/directory.ts";
import { rejected } from "../fixtures/faults.ts";

function write(database: Database, text: string): Promise<void> {
  return database.transaction((transaction) => transaction.script(text));
}

function insert(database: Database, value: number): Promise<number> {
  return database.transaction((transaction) => transaction.run(sql`INSERT INTO t VALUES (${value})`));
}

async function values(database: Database): Promise<number[]> {
  return (await database.all<{ v: number }>(sql`SELECT v FROM t ORDER BY v`)).map((row) => row.v);
}

/** A foreign connection that holds the write lock until it is closed. */
function foreignLock(path: string): DatabaseSync {
  const foreign = new DatabaseSync(path);
  foreign.exec("BEGIN IMMEDIATE");
  return foreign;
}

Deno.test("whole numbers bind as integers, others as reals, bytes as blobs", async () => {
  await using test = await testDatabase();
  const row = await test.database.first(sql`
    SELECT typeof(${7}) AS a, ${7} / ${2} AS b, typeof(${0.5}) AS c, typeof(${new Uint8Array([1])}) AS d,
           json_array(${2 ** 53 - 1}) AS e, typeof(${12345678901n}) AS f, typeof(${1e300}) AS g`);
  deepEqual({ ...row }, {
    a: "integer",
    b: 3,
    c: "real",
    d: "blob",
    e: "[9007199254740991]",
    f: "integer",
    g: "real",
  });
});

Deno.test("what a transaction throws undoes its writes and reaches the caller as it is", async () => {
  await using test = await testDatabase();
  await write(test.database, "CREATE TABLE t (v INTEGER PRIMARY KEY)");
  const reason = new Error("no");
  const failing = test.database.transaction(async (transaction) => {
    await transaction.run(sql`INSERT INTO t VALUES (1)`);
    throw reason;
  });
  equal(await failing.catch((error) => error), reason);
  deepEqual(await values(test.database), []);
});

Deno.test("one failing job of a shared commit takes nothing from the others and leaves nothing of its own", async () => {
  await using test = await testDatabase();
  await write(test.database, "CREATE TABLE t (v INTEGER PRIMARY KEY)");
  const writeThenFail = test.database.transaction(async (transaction) => {
    await transaction.run(sql`INSERT INTO t VALUES (99)`);
    throw new Error("no");
  });
  // All are submitted in one turn of the event loop, so they share a batch; 2 comes twice.
  const outcomes = await Promise.allSettled([
    insert(test.database, 1),
    writeThenFail,
    insert(test.database, 2),
    insert(test.database, 2),
    insert(test.database, 3),
  ]);
  deepEqual(outcomes.map(({ status }) => status === "fulfilled"), [true, false, true, false, true]);
  deepEqual(await values(test.database), [1, 2, 3]);
});

Deno.test("more writes than fit one commit are all kept", async () => {
  await using test = await testDatabase();
  await write(test.database, "CREATE TABLE t (v INTEGER PRIMARY KEY)");
  const numbers = Array.from({ length: 3 * WRITE_BATCH_MAX + 1 }, (_, index) => index);
  deepEqual(await Promise.all(numbers.map((value) => insert(test.database, value))), numbers.map(() => 1));
  deepEqual(await values(test.database), numbers);
});

Deno.test("a waiting transaction sees what the one before it wrote", async () => {
  await using test = await testDatabase();
  await write(test.database, "CREATE TABLE t (v INTEGER); INSERT INTO t VALUES (0)");
  const increment = (): Promise<number> =>
    test.database.transaction(async (transaction) => {
      const { v } = (await transaction.first<{ v: number }>(sql`SELECT v FROM t`))!;
      return await transaction.run(sql`UPDATE t SET v = ${v + 1}`);
    });
  await Promise.all(Array.from({ length: 100 }, increment));
  deepEqual(await values(test.database), [100]);
});

Deno.test("a read never sees what is not committed", async () => {
  await using test = await testDatabase();
  await write(test.database, "CREATE TABLE t (v INTEGER)");
  await test.database.transaction(async (transaction) => {
    await transaction.run(sql`INSERT INTO t VALUES (1)`);
    equal((await transaction.all(sql`SELECT v FROM t`)).length, 1);
    deepEqual(await values(test.database), []);
  });
  deepEqual(await values(test.database), [1]);
});

Deno.test("a write beyond the bound of the queue is a 503 with Retry-After, the ones before it succeed", async () => {
  await using test = await testDatabase();
  await write(test.database, "CREATE TABLE t (v INTEGER)");
  const waiting = Array.from({ length: WRITE_QUEUE_MAX }, (_, index) => insert(test.database, index));
  const error = await rejected(insert(test.database, -1));
  deepEqual([error.status, error.headers["retry-after"]], [503, "1"]);
  await Promise.all(waiting);
  equal((await values(test.database)).length, WRITE_QUEUE_MAX);
});

Deno.test("a lock held by another process is a 503 after the wait, and the event loop stays free", async () => {
  await using test = await testDatabase();
  await write(test.database, "CREATE TABLE t (v INTEGER)");
  const lock = foreignLock(test.path);
  let ticks = 0;
  const ticking = setInterval(() => ticks++, 1);
  const error = await rejected(
    test.database.transaction((transaction) => transaction.run(sql`INSERT INTO t VALUES (1)`), {
      lockWait_ms: 60,
    }),
  );
  clearInterval(ticking);
  deepEqual([error.code, error.status, error.headers["retry-after"]], ["unavailable", 503, "1"]);
  ok(ticks > 2, `the loop turned ${ticks} times`);
  deepEqual(await values(test.database), [], "reading goes on");
  lock.close();
  equal(await insert(test.database, 2), 1, "and so does writing once the lock is free");
});

Deno.test("of those that wait for a lock together each waits for as long as it would alone", async () => {
  await using test = await testDatabase();
  await write(test.database, "CREATE TABLE t (v INTEGER)");
  const lock = foreignLock(test.path);
  const waiting = (value: number, lockWait_ms: number): Promise<number> =>
    test.database.transaction((transaction) => transaction.run(sql`INSERT INTO t VALUES (${value})`), {
      lockWait_ms,
    });
  const short = Array.from({ length: 2 * WRITE_BATCH_MAX }, (_, value) => rejected(waiting(value, 30)));
  const long = waiting(-1, 60_000);
  for (const error of await Promise.all(short)) equal(error.status, 503);
  lock.close();
  equal(await long, 1);
  deepEqual(await values(test.database), [-1]);
});

Deno.test("a lock that is released within the wait is waited for", async () => {
  await using test = await testDatabase();
  await write(test.database, "CREATE TABLE t (v INTEGER)");
  const lock = foreignLock(test.path);
  const waiting = test.database.transaction((transaction) => transaction.run(sql`INSERT INTO t VALUES (1)`), {
    lockWait_ms: 60_000,
  });
  setTimeout(() => lock.close(), 20);
  equal(await waiting, 1);
});

Deno.test("a full disk is a 507 that keeps nothing, and writing goes on once there is room", async () => {
  await using test = await testDatabase();
  await write(test.database, "CREATE TABLE t (v INTEGER PRIMARY KEY, b BLOB); PRAGMA max_page_count = 5");
  const large = sql`INSERT INTO t VALUES (1, zeroblob(100000))`;
  const attempts = [1, 2].map(() => test.database.transaction((transaction) => transaction.run(large)));
  for (const outcome of await Promise.allSettled(attempts)) {
    equal(outcome.status === "rejected" && outcome.reason.status, 507);
  }
  deepEqual(await values(test.database), []);
  await write(test.database, "PRAGMA max_page_count = 500");
  equal(await test.database.transaction((transaction) => transaction.run(large)), 1);
});

Deno.test("scripts have a larger page cache, whatever size they ask for, and leave the usual one", async () => {
  await using directory = await temporaryDirectory();
  const database = openSqlite(directory.file("cq.db"));
  const script = `
    PRAGMA cache_size = -131072;
    CREATE TABLE IF NOT EXISTS sizes (size);
    INSERT INTO sizes SELECT cache_size FROM pragma_cache_size`;
  const left = await database.transaction(async (transaction) => {
    await transaction.script(script);
    await transaction.script(script);
    return await transaction.first<{ size: number }>(sql`SELECT cache_size AS size FROM pragma_cache_size`);
  });
  deepEqual((await database.all(sql`SELECT size FROM sizes`)).map((row) => ({ ...row })), [
    { size: -16000 },
    { size: -16000 },
  ]);
  equal(left?.size, -2000);
  await database.close();
});

Deno.test("a script that ends or divides its transaction is refused before that statement runs", async () => {
  await using test = await testDatabase();
  for (const end of ["COMMIT", "END", "ROLLBACK", "COMMIT; BEGIN", "RELEASE job", "SAVEPOINT x"]) {
    const error = await write(test.database, `CREATE TABLE t (v INTEGER); ${end}`).catch((error) => error);
    match(String(error), /a script must not end or divide the transaction it runs in/);
  }
  const trigger = "CREATE TABLE t (v INTEGER); CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END";
  await write(test.database, trigger);
});

Deno.test("opening, reading and closing leave a file byte for byte as it was", async () => {
  await using directory = await temporaryDirectory();
  for (const mode of ["delete", "wal"]) {
    const path = directory.file(`${mode}.db`);
    const foreign = new DatabaseSync(path);
    foreign.exec(`PRAGMA journal_mode = ${mode}; CREATE TABLE t (v INTEGER); INSERT INTO t VALUES (1)`);
    foreign.close();
    const before = await fileDigest(path);
    const database = openSqlite(path);
    deepEqual(await values(database), [1]);
    await database.close();
    equal(await fileDigest(path), before, mode);
  }
});

Deno.test("a missing file is a new database, missing folders are made", async () => {
  await using directory = await temporaryDirectory();
  const database = openSqlite(directory.file("a/b c/100%25?.db"));
  await write(database, "CREATE TABLE t (v INTEGER)");
  deepEqual(await values(database), []);
  await database.close();
  ok((await Deno.stat(directory.file("a/b c/100%25?.db"))).size > 0);
});

Deno.test("a database in memory serves reads and writes", async () => {
  const database = openSqlite(":memory:");
  await write(database, "CREATE TABLE t (v INTEGER PRIMARY KEY)");
  await Promise.all([1, 2, 3].map((value) => insert(database, value)));
  await insert(database, 3).catch(() => undefined);
  deepEqual(await values(database), [1, 2, 3]);
  equal((await database.first<{ total: number }>(sql`SELECT COUNT(*) AS total FROM t`))!.total, 3);
  await database.close();
});

Deno.test("a file that is no database is refused when it is first read", async () => {
  await using directory = await temporaryDirectory();
  await Deno.writeTextFile(directory.file("x.db"), "this is no database, just some text. ".repeat(99));
  const database = openSqlite(directory.file("x.db"));
  const error = await rejected(database.all(sql`SELECT 1 FROM sqlite_master`));
  deepEqual([error.code, error.message], ["refused", "the file is not a SQLite database"]);
  await database.close();
});

Deno.test("a path that cannot be opened is a 503 that says so", async () => {
  await using directory = await temporaryDirectory();
  await Deno.writeTextFile(directory.file("file"), "");
  for (const path of [directory.path, directory.file("file/cq.db")]) {
    const database = openSqlite(path);
    for (const attempt of [() => database.all(sql`SELECT 1`), () => insert(database, 1)]) {
      const error = await rejected(attempt());
      deepEqual([error.status, error.message], [503, "The database cannot be reached"]);
    }
    await database.close();
  }
});

Deno.test("closing finishes what waits; after it every write is a 503", async () => {
  await using test = await testDatabase();
  await write(test.database, "CREATE TABLE t (v INTEGER)");
  const waiting = insert(test.database, 1);
  await test.database.close();
  equal(await waiting, 1);
  equal((await rejected(insert(test.database, 2))).status, 503);
  await using reopened = {
    database: openSqlite(test.path),
    [Symbol.asyncDispose]: () => reopened.database.close(),
  };
  deepEqual(await values(reopened.database), [1]);
});

Deno.test("a closed database is one file, also while another process has it open", async () => {
  await using test = await testDatabase();
  await write(test.database, "CREATE TABLE t (v INTEGER); INSERT INTO t VALUES (7)");
  const foreign = new DatabaseSync(test.path);
  foreign.exec("SELECT 1 FROM t");
  await test.database.close();
  await Deno.copyFile(test.path, test.file("copy.db"));
  foreign.close();
  const copy = openSqlite(test.file("copy.db"));
  deepEqual(await values(copy), [7]);
  await copy.close();
});

Deno.test("a backup holds the committed state, while a transaction is open", async () => {
  await using test = await testDatabase();
  await write(test.database, "CREATE TABLE t (v INTEGER); INSERT INTO t VALUES (1)");
  await test.database.transaction(async (transaction) => {
    await transaction.run(sql`INSERT INTO t VALUES (2)`);
    await test.database.backup(test.file("copy.db"));
  });
  const copy = openSqlite(test.file("copy.db"));
  deepEqual(await values(copy), [1]);
  await copy.close();
  equal((await Deno.stat(test.file("copy.db"))).mode! & 0o777, 0o600);
});

Deno.test("a backup that cannot be finished leaves no file", async () => {
  await using test = await testDatabase();
  await write(test.database, "CREATE TABLE t (v INTEGER)");
  // A file cannot take the name of a folder.
  await Deno.mkdir(test.file("copy.db"));
  await rejects(test.database.backup(test.file("copy.db")));
  deepEqual(Array.from(Deno.readDirSync(test.file("."))).filter(({ name }) => name.includes("partial")), []);
});

Deno.test("statements beyond the cache's size still work", async () => {
  await using test = await testDatabase();
  for (let i = 0; i < 450; i++) {
    const row = await test.database.first({
      pieces: [{ text: `SELECT ${i} AS v, ` }, { value: i }, { text: " AS w" }],
    });
    deepEqual({ ...row }, { v: i, w: i });
  }
});

Deno.test("what another program left in free pages is gone once the file was written anew, beside a reader", async () => {
  await using test = await temporaryDirectory();
  const path = test.file("cq.db");
  const database = openSqlite(path);
  await database.transaction((transaction) => transaction.script("CREATE TABLE texts (text TEXT)"));
  const text = "quartzvexplum ".repeat(2000);
  using other = new DatabaseSync(path);
  other.exec(`INSERT INTO texts VALUES ('${text}'), ('kept'); DELETE FROM texts WHERE text LIKE 'quartz%'`);
  const holds = (): boolean =>
    [path, `${path}-wal`].some((name) =>
      new TextDecoder("latin1").decode(Deno.readFileSync(name)).includes("quartzvexplum")
    );
  equal(holds(), true);
  equal(await database.eraseRemains(), "rewritten");
  equal(holds(), false);
  deepEqual(other.prepare("SELECT text FROM texts").all().map((row) => ({ ...row })), [{ text: "kept" }]);
  await database.close();
});
