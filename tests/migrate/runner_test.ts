import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { openSqlite } from "../../src/database/sqlite.ts";
import { sql } from "../../src/database/sql.ts";
import type { Migration } from "../../src/migrate/plan.ts";
import { migrate, planFor, withChecksums } from "../../src/migrate/runner.ts";
import { testDatabase } from "../fixtures/database.ts";
import { fileDigest } from "../fixtures/directory.ts";
import { rejected } from "../fixtures/faults.ts";
import {
  firstThen,
  historyOf,
  migration,
  OPTIONS,
  originalDatabase,
  run,
  schemaOf,
  script,
  versionsOf,
} from "./scenario.ts";

const REVISIONS = MIGRATIONS.map(({ revision }) => revision);
const RECORDED = MIGRATIONS.map(({ revision, name }) => `${revision} ${name} 1.2.3`);

Deno.test("a new database gets every migration, each recorded with its version, and then nothing more", async () => {
  await using test = await testDatabase();
  const outcome = await run(test.database);
  deepEqual(outcome, {
    from: undefined,
    adopted: false,
    applied: REVISIONS,
    revision: REVISIONS.at(-1),
    backup: undefined,
  });
  deepEqual(await historyOf(test.database), RECORDED);
  deepEqual(await versionsOf(test.database), ["0001"]);
  const again = await run(test.database);
  deepEqual([again.from, again.applied], [REVISIONS.at(-1), []]);
  deepEqual(await historyOf(test.database), RECORDED);
});

Deno.test("the ledger keeps the checksum and the time of each migration", async () => {
  await using test = await testDatabase();
  await run(test.database);
  const rows = await test.database.all<Record<string, unknown>>(
    sql`SELECT checksum, applied_at, duration_ms FROM schema_history ORDER BY revision`,
  );
  deepEqual(
    rows.map((row) => row["checksum"]),
    withChecksums(MIGRATIONS, "sqlite").map(({ checksum }) => checksum),
  );
  for (const row of rows) {
    match(String(row["applied_at"]), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00$/);
    equal(Number.isInteger(row["duration_ms"]), true);
  }
});

Deno.test("the original's database keeps its rows and its revision, and gets what follows", async () => {
  await using test = await testDatabase();
  await originalDatabase(test.database);
  const outcome = await run(test.database);
  deepEqual([outcome.from, outcome.adopted, outcome.applied], ["0001", false, REVISIONS.slice(1)]);
  deepEqual(await versionsOf(test.database), ["0001"]);
  deepEqual(await historyOf(test.database), RECORDED);
  deepEqual((await test.database.all<{ id: string }>(sql`SELECT id FROM knowledge_units`))[0]?.id, "ku_1");
});

Deno.test("the original's tables without a revision are adopted and stamped", async () => {
  await using test = await testDatabase();
  await originalDatabase(test.database);
  await script(test.database, "DROP TABLE alembic_version");
  const outcome = await run(test.database);
  deepEqual([outcome.from, outcome.adopted, outcome.applied], ["0001", true, REVISIONS.slice(1)]);
  deepEqual(await versionsOf(test.database), ["0001"]);
  deepEqual(await historyOf(test.database), RECORDED);
});

Deno.test("later migrations are applied to what earlier ones left", async () => {
  await using test = await testDatabase();
  await run(test.database, firstThen(2));
  const outcome = await run(test.database, firstThen(2, migration("0003", "CREATE TABLE added (x)")));
  deepEqual([outcome.from, outcome.applied], ["0002", ["0003"]]);
  equal((await historyOf(test.database)).at(-1), "0003 test-0003 1.2.3");
});

Deno.test("checksums are the same for CRLF and LF, and differ for any other change", () => {
  const checksum = (text: string): string => withChecksums([migration("1", text)], "sqlite")[0]!.checksum;
  equal(checksum("SELECT 1;\r\nSELECT 2;\r\n"), checksum("SELECT 1;\nSELECT 2;\n"));
  notEqual(checksum("SELECT 1;\n"), checksum("SELECT 1; \n"));
  match(checksum(""), /^e3b0c44298fc1c14[0-9a-f]{48}$/);
});

Deno.test("a migration edited after it was applied is refused, and nothing is changed", async () => {
  await using test = await testDatabase();
  await run(test.database);
  const edited = MIGRATIONS.map((each): Migration =>
    each.revision === "0003" ? { ...each, sql: { ...each.sql, sqlite: `${each.sql.sqlite}-- edited` } } : each
  );
  const before = await schemaOf(test.database);
  const error = await rejected(run(test.database, [...edited, migration("0099", "CREATE TABLE x (y)")]));
  equal(error.code, "refused");
  match(error.message, /migration 0003 \(accounts\) was changed after it had been applied/);
  deepEqual(await schemaOf(test.database), before);
});

for (
  const [where, text] of [
    ["alembic_version", "UPDATE alembic_version SET version_num = 'f00dfeed'"],
    ["schema_history", "INSERT INTO schema_history VALUES ('f00dfeed', 'x', 'x', 'x', 1, 'x')"],
  ] as const
) {
  Deno.test(`an unknown revision in ${where} is refused naming it and the newest known one`, async () => {
    await using test = await testDatabase();
    await run(test.database);
    await script(test.database, text);
    const { code, message } = await rejected(run(test.database));
    equal(code, "refused");
    match(message, new RegExp(`f00dfeed.*${REVISIONS.at(-1)}`));
  });
}

/** Runs migrations that must be refused on the original's database, and checks that nothing of them stayed. */
async function refusedWith(migrations: readonly Migration[]): Promise<string> {
  await using test = await testDatabase();
  await originalDatabase(test.database);
  const before = await schemaOf(test.database);
  const { code, message } = await rejected(run(test.database, migrations));
  equal(code, "refused");
  deepEqual(await schemaOf(test.database), before);
  deepEqual(await versionsOf(test.database), ["0001"]);
  await run(test.database);
  return message;
}

Deno.test("a migration that fails undoes those before it, and the next start works", async () => {
  const bad = migration("0003", "CREATE TABLE fine (x); CREATE TABLE fine (x);");
  match(
    await refusedWith(firstThen(2, bad)),
    /migration 0003 \(test-0003\) failed, nothing was changed.*fine/,
  );
});

for (
  const text of [
    "COMMIT",
    "CREATE TABLE a (x); COMMIT;",
    "COMMIT; BEGIN;",
    "ROLLBACK;",
    "END; CREATE TABLE b (x)",
  ]
) {
  Deno.test(`a migration script that leaves its transaction (${text}) is refused and leaves nothing`, async () => {
    match(await refusedWith(firstThen(2, migration("0003", text))), /0003.*must not end or divide/);
  });
}

Deno.test("rows that point nowhere after the migrations are a refusal that names the table", async () => {
  const orphan = migration("0003", "INSERT INTO knowledge_unit_domains VALUES ('ku_nowhere', 'x')");
  const text = `PRAGMA defer_foreign_keys = ON; ${orphan.sql.sqlite}`;
  match(
    await refusedWith(firstThen(2, migration("0003", text))),
    /knowledge_unit_domains.*nothing was changed/,
  );
});

Deno.test("rows that pointed nowhere before are a refusal, too", async () => {
  await using test = await testDatabase();
  await originalDatabase(test.database);
  const foreign = new DatabaseSync(test.path, { enableForeignKeyConstraints: false });
  foreign.exec("INSERT INTO knowledge_unit_domains VALUES ('ku_nowhere', 'x')");
  foreign.close();
  const { message } = await rejected(run(test.database));
  match(message, /table knowledge_unit_domains has rows that point nowhere/);
  deepEqual((await schemaOf(test.database)).filter((text) => text.includes("schema_history")), []);
});

Deno.test("a refused file is left byte for byte as it was found", async () => {
  for (const text of ["CREATE TABLE users (id INTEGER PRIMARY KEY)", "CREATE VIEW users AS SELECT 1 AS id"]) {
    await using test = await testDatabase();
    const foreign = new DatabaseSync(test.path);
    foreign.exec(text);
    foreign.close();
    const before = await fileDigest(test.path);
    const database = openSqlite(test.path, { keepJournalMode: true });
    equal((await rejected(run(database))).code, "refused");
    await database.close();
    equal(await fileDigest(test.path), before, text);
  }
});

Deno.test("a dry run tells what it would do, runs every script and changes not a byte", async () => {
  await using test = await testDatabase();
  const foreign = openSqlite(test.path, { keepJournalMode: true });
  await originalDatabase(foreign);
  await foreign.close();
  const before = await fileDigest(test.path);
  const database = openSqlite(test.path, { keepJournalMode: true });
  const outcome = await migrate(database, MIGRATIONS, {
    ...OPTIONS,
    dryRun: true,
    backupPath: () => test.file("b"),
  });
  deepEqual([outcome.from, outcome.applied, outcome.backup], ["0001", REVISIONS.slice(1), undefined]);
  const broken = firstThen(2, migration("0003", "no SQL"));
  equal((await rejected(migrate(database, broken, { ...OPTIONS, dryRun: true }))).code, "refused");
  await database.close();
  equal(await fileDigest(test.path), before);
  deepEqual([...Deno.readDirSync(test.file("."))].map(({ name }) => name), ["cq.db"]);
});

Deno.test("runs that meet apply each migration once", async () => {
  await using test = await testDatabase();
  const databases = [test.database, ...Array.from({ length: 3 }, () => openSqlite(test.path))];
  const outcomes = await Promise.all(databases.map((database) => run(database)));
  deepEqual(outcomes.map(({ applied }) => applied.length).sort(), [0, 0, 0, REVISIONS.length]);
  deepEqual(await historyOf(test.database), RECORDED);
  for (const database of databases.slice(1)) await database.close();
});

Deno.test("the plan of a database is made without changing it", async () => {
  await using test = await testDatabase();
  await originalDatabase(test.database);
  const before = await schemaOf(test.database);
  const decision = await planFor(test.database, MIGRATIONS);
  deepEqual(
    decision.kind === "apply" && decision.migrations.map(({ revision }) => revision),
    REVISIONS.slice(1),
  );
  deepEqual(await schemaOf(test.database), before);
});
