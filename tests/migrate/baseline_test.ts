import { deepEqual, equal } from "node:assert/strict";
import { MIGRATIONS } from "../../migrations/mod.ts";
import type { Database } from "../../src/database/database.ts";
import type { TableShape } from "../../src/database/schema.ts";
import { sql } from "../../src/database/sql.ts";
import { BASELINE } from "../../src/migrate/baseline.ts";
import { readState } from "../../src/migrate/ledger.ts";
import { planFor } from "../../src/migrate/runner.ts";
import { testDatabase } from "../fixtures/database.ts";

function script(database: Database, text: string): Promise<void> {
  return database.transaction((transaction) => transaction.script(text));
}

function inOrder(shape: TableShape): TableShape {
  return { ...shape, columns: [...shape.columns].sort(), unique: [...shape.unique].sort() };
}

Deno.test("the baseline's description is what migration 0001 makes, table by table", async () => {
  await using test = await testDatabase();
  await script(test.database, MIGRATIONS[0]!.sql.sqlite);
  const { tables } = await readState(test.database);
  deepEqual([...tables.keys()], Object.keys(BASELINE));
  for (const [name, shape] of tables) {
    // The primary key of a table without integer ids is a unique index, too.
    const unique = shape.unique.filter((key) => key !== shape.primaryKey);
    deepEqual(inOrder({ ...shape, unique }), inOrder(BASELINE[name]!), name);
  }
});

Deno.test("migration 0001 makes the columns in the contract's order, with its types and defaults", async () => {
  await using test = await testDatabase();
  await script(test.database, MIGRATIONS[0]!.sql.sqlite);
  const columns = await test.database.all<Record<string, unknown>>(sql`
    SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info('knowledge_units')`);
  deepEqual(columns.map((column) => Object.values(column)), [
    ["id", "TEXT", 1, null, 1],
    ["data", "TEXT", 1, null, 0],
    ["status", "TEXT", 1, "'pending'", 0],
    ["reviewed_by", "TEXT", 0, null, 0],
    ["reviewed_at", "TEXT", 0, null, 0],
    ["created_at", "TEXT", 0, null, 0],
    ["tier", "TEXT", 1, "'private'", 0],
  ]);
  const others = await test.database.all<{ name: string }>(sql`
    SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_autoindex%' AND type <> 'table' ORDER BY name`);
  deepEqual(others.map(({ name }) => name), ["idx_api_keys_user", "idx_domains_domain"]);
});

// A database from before revisions: its later columns came by ALTER TABLE, ids may be null, keys differ in spelling.
const GROWN = `
  CREATE TABLE knowledge_units (id TEXT PRIMARY KEY, data TEXT NOT NULL);
  CREATE TABLE knowledge_unit_domains (
    unit_id TEXT NOT NULL, domain TEXT NOT NULL,
    FOREIGN KEY (unit_id) REFERENCES knowledge_units(id) ON DELETE CASCADE, PRIMARY KEY (unit_id, domain));
  ALTER TABLE knowledge_units ADD COLUMN status TEXT NOT NULL DEFAULT 'pending';
  ALTER TABLE knowledge_units ADD COLUMN reviewed_by TEXT;
  ALTER TABLE knowledge_units ADD COLUMN reviewed_at TEXT;
  ALTER TABLE knowledge_units ADD COLUMN created_at TEXT;
  ALTER TABLE knowledge_units ADD COLUMN tier TEXT NOT NULL DEFAULT 'private';
  CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, username TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL, created_at TEXT NOT NULL);
  CREATE TABLE api_keys (id TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    name TEXT NOT NULL, labels TEXT NOT NULL DEFAULT '[]', key_prefix TEXT NOT NULL,
    key_hash TEXT NOT NULL UNIQUE, ttl TEXT NOT NULL, expires_at TEXT NOT NULL, created_at TEXT NOT NULL,
    last_used_at TEXT, revoked_at TEXT);`;

Deno.test("a database grown by ALTER TABLE is adopted", async () => {
  await using test = await testDatabase();
  await script(test.database, `${GROWN} CREATE TABLE unrelated (x); CREATE VIEW v AS SELECT 1;`);
  const decision = await planFor(test.database, MIGRATIONS);
  deepEqual([decision.kind, decision.kind === "apply" && decision.stamp], ["apply", true]);
});

const DAMAGE: readonly [name: string, from: string, to: string][] = [
  ["a column", "ALTER TABLE knowledge_units ADD COLUMN tier TEXT NOT NULL DEFAULT 'private';", ""],
  ["a primary key", "(id TEXT PRIMARY KEY, data", "(id TEXT, data"],
  ["a composite primary key", ", PRIMARY KEY (unit_id, domain))", ", PRIMARY KEY (unit_id))"],
  ["a unique key", "username TEXT NOT NULL UNIQUE", "username TEXT NOT NULL"],
  ["a foreign key", "REFERENCES users(id) ON DELETE CASCADE", ""],
];

for (const [name, from, to] of DAMAGE) {
  Deno.test(`a database that lacks ${name} of the baseline is refused`, async () => {
    await using test = await testDatabase();
    equal(GROWN.split(from).length, 2);
    await script(test.database, GROWN.replace(from, to));
    const decision = await planFor(test.database, MIGRATIONS);
    equal(decision.kind === "refuse" && decision.code, "incomplete_schema");
  });
}

Deno.test("a unique key over a part of the rows is none", async () => {
  await using test = await testDatabase();
  const partial = "CREATE UNIQUE INDEX p ON users (username) WHERE id > 5;";
  await script(
    test.database,
    GROWN.replace("username TEXT NOT NULL UNIQUE", "username TEXT NOT NULL") + partial,
  );
  const decision = await planFor(test.database, MIGRATIONS);
  equal(decision.kind === "refuse" && decision.code, "incomplete_schema");
});

Deno.test("a unique key made as an index counts as one", async () => {
  await using test = await testDatabase();
  const index = "CREATE UNIQUE INDEX u ON users (username);";
  await script(
    test.database,
    GROWN.replace("username TEXT NOT NULL UNIQUE", "username TEXT NOT NULL") + index,
  );
  equal((await planFor(test.database, MIGRATIONS)).kind, "apply");
});
