import { deepEqual, equal, match } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { openSqlite } from "../../src/database/sqlite.ts";
import { sql } from "../../src/database/sql.ts";
import { parseDatabaseUrl, resolveDatabase } from "../../src/database/url.ts";
import { openMigrated } from "../../src/migrate/startup.ts";
import { fileDigest, temporaryDirectory } from "../fixtures/directory.ts";
import { rejected } from "../fixtures/faults.ts";
import { smallDisk, WITHOUT_MOUNTS } from "../fixtures/small_disk.ts";
import { manualClock } from "../fixtures/clock.ts";
import { firstThen, historyOf, migration, originalDatabase, run, script, versionsOf } from "./scenario.ts";

const CLOCK = manualClock("2026-03-01T10:20:30.123456Z");
const START = { migrations: MIGRATIONS, clock: CLOCK };

async function start(path: string, migrations = MIGRATIONS): Promise<string | undefined> {
  const { database, outcome } = await openMigrated(resolveDatabase({ CQ_DB_PATH: path }), {
    ...START,
    migrations,
  });
  await database.close();
  return outcome!.backup;
}

/** Names in a directory, without the engine's own files beside a database. */
async function filesIn(directory: { path: string }): Promise<string[]> {
  const names = (await Array.fromAsync(Deno.readDir(directory.path))).map(({ name }) => name);
  return names.filter((name) => !/-(wal|shm)$/.test(name)).sort();
}

Deno.test("a new database is made without a backup, in folders that are made for it", async () => {
  await using directory = await temporaryDirectory();
  equal(await start(directory.file("data/cq.db")), undefined);
  deepEqual(await filesIn({ path: directory.file("data") }), ["cq.db"]);
});

Deno.test("an empty file is a new database", async () => {
  await using directory = await temporaryDirectory();
  await Deno.writeFile(directory.file("cq.db"), new Uint8Array());
  equal(await start(directory.file("cq.db")), undefined);
  deepEqual(await filesIn(directory), ["cq.db"]);
});

Deno.test("a database with data is copied beside itself before its first migration, in its old state", async () => {
  await using directory = await temporaryDirectory();
  const original = openSqlite(directory.file("cq.db"));
  await originalDatabase(original);
  await original.close();

  const backup = await start(directory.file("cq.db"));
  equal(backup, directory.file("cq.db.20260301T102030Z.before-0002.bak"));
  deepEqual(await filesIn(directory), ["cq.db", "cq.db.20260301T102030Z.before-0002.bak"]);
  const copy = openSqlite(backup!);
  deepEqual(await versionsOf(copy), ["0001"]);
  deepEqual((await copy.all(sql`SELECT id FROM knowledge_units`)).length, 1);
  match(String(await historyOf(copy).catch((error) => error)), /no such table: schema_history/);
  await copy.close();

  equal(await start(directory.file("cq.db")), undefined, "nothing is pending: no other backup");
  equal((await filesIn(directory)).length, 2);
});

Deno.test("a migration that fails leaves no copy, however often it is tried, and takes none of before", async () => {
  await using directory = await temporaryDirectory();
  const path = directory.file("cq.db");
  const older = openSqlite(path);
  await run(older, firstThen(2));
  await script(older, "INSERT INTO users (username, password_hash, created_at) VALUES ('ada', 'x', 'x')");
  await older.close();
  await Deno.writeTextFile(`${path}.20260201T000000Z.before-0002.bak`, "of an earlier upgrade");
  const failing = [
    "INSERT INTO nowhere VALUES (1)",
    // Found when everything has been applied.
    "PRAGMA defer_foreign_keys = ON; INSERT INTO knowledge_unit_domains VALUES ('ku_gone', 'a')",
  ];
  for (const text of failing) {
    for (let attempt = 0; attempt < 2; attempt++) {
      const { code } = await rejected(start(path, firstThen(2, migration("0003", text))));
      equal(code, "refused");
      deepEqual(await filesIn(directory), ["cq.db", "cq.db.20260201T000000Z.before-0002.bak"]);
    }
  }
  const working = firstThen(2, migration("0003", "CREATE TABLE later (id INTEGER)"));
  equal(await start(path, working), `${path}.20260301T102030Z.before-0003.bak`);
});

Deno.test({
  name: "a disk that is full when the schema is committed leaves no copy either",
  ignore: WITHOUT_MOUNTS,
  async fn(): Promise<void> {
    await using disk = await smallDisk({ mebibytes: 4 });
    const path = `${disk.path}/cq.db`;
    const older = openSqlite(path);
    await run(older, firstThen(2));
    await script(older, "INSERT INTO users (username, password_hash, created_at) VALUES ('ada', 'x', 'x')");
    await older.close();
    // It fits into the cache, which is written at the commit.
    const large = "CREATE TABLE large (data BLOB); INSERT INTO large VALUES (zeroblob(4000000))";
    await rejected(start(path, firstThen(2, migration("0003", large))));
    deepEqual(await filesIn(disk), ["cq.db"]);
  },
});

Deno.test("a backup is a whole database: the older version starts from it", async () => {
  await using directory = await temporaryDirectory();
  const older = openSqlite(directory.file("cq.db"));
  await run(older, firstThen(2));
  await script(older, "INSERT INTO users (username, password_hash, created_at) VALUES ('ada', 'x', 'x')");
  await older.close();
  const backup = await start(directory.file("cq.db"), firstThen(2, migration("0003", "DROP TABLE users")));
  const restored = openSqlite(backup!);
  deepEqual((await run(restored, firstThen(2))).applied, []);
  await restored.close();
});

Deno.test("a refusal names the database and why, leaves it byte for byte and no other file", async () => {
  await using directory = await temporaryDirectory();
  const half = openSqlite(directory.file("cq.db"));
  await script(half, "CREATE TABLE users (id INTEGER PRIMARY KEY)");
  await half.close();
  const before = await fileDigest(directory.file("cq.db"));
  const { code, message } = await rejected(start(directory.file("cq.db")));
  equal(code, "refused");
  match(
    message,
    /cq\.db: the database has some tables of revision 0001, but these are missing: table knowledge_units/,
  );
  equal(await fileDigest(directory.file("cq.db")), before);
  deepEqual(await filesIn(directory), ["cq.db"]);
});

Deno.test("a path that is a folder, or leads through a file, is refused with the path and the reason", async () => {
  await using directory = await temporaryDirectory();
  await Deno.writeTextFile(directory.file("file"), "x");
  for (const path of [directory.path, directory.file("file/cq.db")]) {
    const { code, message } = await rejected(start(path));
    equal(code, "refused");
    equal(message.includes(path), true, message);
    match(message, /cannot be reached \(.+\)/);
  }
  match((await rejected(start(directory.path))).message, /\(it is a directory, not a file\)$/);
});

Deno.test({
  name: "on a read-only disk a start says which file cannot be written, new or old",
  ignore: WITHOUT_MOUNTS,
  async fn(): Promise<void> {
    await using disk = await smallDisk({ mebibytes: 4 });
    await start(`${disk.path}/old.db`);
    disk.remount("ro");
    for (const name of ["new.db", "old.db"]) {
      const { code, message } = await rejected(start(`${disk.path}/${name}`));
      equal(code, "refused");
      match(message, /(writing|written to).*Read-only file system.*open '[^']+'\)$/);
      equal(message.includes(`'${disk.path}/${name}'`), true, message);
    }
  },
});

Deno.test({
  name: "a new database and its logs are their owner's only; one that was there keeps its mode",
  ignore: Deno.build.os === "windows",
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    const modes = async (path: string): Promise<number[]> => {
      const { database } = await openMigrated(resolveDatabase({ CQ_DB_PATH: path }), START);
      const file = await Deno.realPath(path);
      const files = await Promise.all(["", "-wal", "-shm"].map((suffix) => Deno.stat(file + suffix)));
      await database.close();
      return files.map(({ mode }) => mode! & 0o777);
    };
    deepEqual(await modes(directory.file("new.db")), [0o600, 0o600, 0o600]);
    await Deno.writeFile(directory.file("old.db"), new Uint8Array());
    await Deno.chmod(directory.file("old.db"), 0o640);
    deepEqual(await modes(directory.file("old.db")), [0o640, 0o640, 0o640]);
    await Deno.symlink(directory.file("target.db"), directory.file("link.db"));
    deepEqual((await modes(directory.file("link.db")))[0], 0o600);
  },
});

Deno.test({
  name: "a database in a folder that cannot be written to is refused with the folder and the reason",
  ignore: Deno.build.os !== "linux",
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    const path = directory.file("cq.db");
    // Root may write everywhere; nobody may make a file of this name.
    await start(path);
    await Deno.mkdir(`${path}-wal`);
    const { message } = await rejected(start(path));
    match(message, new RegExp(`unable to open database file: ${directory.path} must be writable, too`));
  },
});

Deno.test("a database in memory starts", async () => {
  const location = parseDatabaseUrl("sqlite:///:memory:", "X");
  const { database, outcome } = await openMigrated(location, START);
  deepEqual([outcome?.applied.length, outcome?.backup], [MIGRATIONS.length, undefined]);
  deepEqual(await versionsOf(database), ["0001"]);
  await database.close();
});

Deno.test("a start waits for whoever has locked the whole file, longer than SQLite does", async () => {
  await using directory = await temporaryDirectory();
  const path = directory.file("cq.db");
  const original = openSqlite(path, { keepJournalMode: true });
  await originalDatabase(original);
  await original.close();
  const other = new DatabaseSync(path);
  other.exec("BEGIN EXCLUSIVE");
  // The driver waits without letting go of the event loop: this comes after it has given up for the first time.
  setTimeout(() => other.close(), 0);
  match(await start(path) ?? "", /before-0002\.bak$/);
});
