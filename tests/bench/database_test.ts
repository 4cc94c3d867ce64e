import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { DEFAULT_CONTENT } from "../../bench/content.ts";
import { copyDatabase, databaseFile } from "../../bench/database_file.ts";
import { fillPostgres, makeDatabase } from "../../bench/make_database.ts";
import { subjectIn } from "../../bench/subject.ts";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { fileDigest, temporaryDirectory } from "../fixtures/directory.ts";
import { openedPostgres, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";

const CONTENT = { ...DEFAULT_CONTENT, units: 250 };
const silently = (): void => {};

function schemaOf(database: DatabaseSync): unknown[] {
  return database.prepare("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").all();
}

function count(database: DatabaseSync, query: string): number {
  return database.prepare(`SELECT COUNT(*) AS total FROM ${query}`).get()!["total"] as number;
}

Deno.test("the benchmark's database is the same to the last byte for the same seed, and another for another", async () => {
  await using directory = await temporaryDirectory();
  const digest = async (name: string, seed: number): Promise<string> => {
    makeDatabase(directory.file(name), { ...CONTENT, seed });
    return await fileDigest(directory.file(name));
  };
  const first = await digest("a.db", 1);
  assert.equal(await digest("b.db", 1), first);
  assert.notEqual(await digest("c.db", 2), first);
});

Deno.test("the benchmark's database has the original's schema, every unit and every reference", async () => {
  await using directory = await temporaryDirectory();
  makeDatabase(directory.file("bench.db"), CONTENT);
  using database = new DatabaseSync(directory.file("bench.db"));
  using baseline = new DatabaseSync(":memory:");
  baseline.exec(MIGRATIONS[0]!.sql.sqlite);
  assert.deepEqual(schemaOf(database), schemaOf(baseline));
  assert.deepEqual(database.prepare("PRAGMA foreign_key_check").all(), []);
  assert.equal(database.prepare("PRAGMA integrity_check").get()!["integrity_check"], "ok");
  assert.equal(database.prepare("PRAGMA journal_mode").get()!["journal_mode"], "wal");

  assert.equal(count(database, "knowledge_units"), CONTENT.units);
  assert.equal(count(database, "users"), count(database, "api_keys"));
  const domains = "(SELECT 1 FROM knowledge_units AS u, json_each(u.data, '$.domains'))";
  assert.equal(count(database, "knowledge_unit_domains"), count(database, domains));
  for (const status of ["approved", "pending", "rejected"]) {
    assert.ok(count(database, `knowledge_units WHERE status = '${status}'`) > 0, status);
  }
});

Deno.test("a database of the benchmark is made once, kept, and made anew for other content", async () => {
  await using directory = await temporaryDirectory();
  const made: string[] = [];
  const path = await databaseFile(directory.path, CONTENT, (text) => made.push(text));
  await Deno.writeTextFile(path, "kept");
  assert.equal(await databaseFile(directory.path, CONTENT, (text) => made.push(text)), path);
  assert.equal(await Deno.readTextFile(path), "kept");
  assert.equal(made.length, 1);
  for (const other of [{ units: 251 }, { seed: 2 }, { pepper: "another pepper" }]) {
    assert.notEqual(await databaseFile(directory.path, { ...CONTENT, ...other }, silently), path);
  }
});

Deno.test("what is written to a copy of a database leaves the database and its other copies alone", async () => {
  await using directory = await temporaryDirectory();
  const original = await databaseFile(directory.path, CONTENT, silently);
  const before = await fileDigest(original);
  for (const name of ["ours.db", "other.db"]) await copyDatabase(original, directory.file(name));
  using written = new DatabaseSync(directory.file("ours.db"));
  written.exec("DELETE FROM knowledge_units");
  assert.equal(await fileDigest(original), before);
  assert.equal(await fileDigest(directory.file("other.db")), before);
});

Deno.test("the units that the benchmark confirms are approved ones from all over the database", async () => {
  await using directory = await temporaryDirectory();
  makeDatabase(directory.file("bench.db"), CONTENT);
  const { approved } = await subjectIn(directory.file("bench.db"), CONTENT);
  using database = new DatabaseSync(directory.file("bench.db"));
  const rows = database.prepare("SELECT id FROM knowledge_units WHERE status = 'approved'").all();
  assert.deepEqual(approved.toSorted(), rows.map(({ id }) => id as string).sort());
});

Deno.test({
  name: "the benchmark fills a Postgres database with the same rows as a file",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    makeDatabase(directory.file("bench.db"), CONTENT);
    using file = new DatabaseSync(directory.file("bench.db"));
    await using postgres = await openedPostgres();
    await fillPostgres(postgres.database, CONTENT);
    for (const table of ["knowledge_units", "users", "api_keys"]) {
      const query = `SELECT * FROM ${table} ORDER BY id`;
      const rows = await postgres.database.all({ pieces: [{ text: query }] });
      assert.deepEqual(rows.map(plain), file.prepare(query).all().map(plain), table);
    }
    const query = "SELECT unit_id, domain FROM knowledge_unit_domains";
    const sorted = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
    const rows = await postgres.database.all({ pieces: [{ text: query }] });
    assert.deepEqual(sorted(rows), sorted(file.prepare(query).all()));
  },
});

function plain(row: object): object {
  return { ...row };
}
