import { deepEqual, equal, match, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { COPIED_COLUMNS, COPIED_TABLES, LEFT_TABLES } from "../../src/migrate/copy.ts";
import type { Database } from "../../src/database/database.ts";
import { openDatabase } from "../../src/database/open.ts";
import { sql } from "../../src/database/sql.ts";
import { COPY_PAGE } from "../../src/limits.ts";
import { type CommandResult, cq, spawnCq } from "../fixtures/command_line.ts";
import { fileDigest, temporaryDirectory } from "../fixtures/directory.ts";
import { openedPostgres, type OpenPostgres, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { openRaw } from "../fixtures/raw_database.ts";
import { until } from "../fixtures/waiting.ts";

const UNITS = 5_000, SNOOZES = 700;

/** A store of every kind of row, made in SQL. Texts are what engines sort, quote and count differently. */
const STORE = `
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${UNITS})
  INSERT INTO knowledge_units (id, data, status, reviewed_by, reviewed_at, created_at, tier)
  SELECT printf('%s_%05d', CASE i % 3 WHEN 0 THEN 'ku' WHEN 1 THEN 'KU' ELSE '😀é' END, i),
    json_object('evidence', json_object('confidence', i / ${UNITS}.0), 'text', 'it''s \\u0000 ' || char(10) || i),
    CASE i % 3 WHEN 0 THEN 'pending' WHEN 1 THEN 'approved' ELSE 'rejected' END,
    CASE i % 3 WHEN 0 THEN NULL ELSE 'ada' END, NULL, CASE i % 7 WHEN 0 THEN NULL ELSE '2026-01-01' END, 'private'
  FROM n;
  INSERT INTO knowledge_unit_domains (unit_id, domain) SELECT id, 'd' FROM knowledge_units;
  INSERT INTO knowledge_unit_domains (unit_id, domain) SELECT id, 'É ' || status FROM knowledge_units;
  INSERT INTO knowledge_events (id, unit_id, kind, actor, api_key_id, occurred_at, detail)
  SELECT rowid * 2, id, 'proposed', 'ada', NULL, '2026-01-01', '{"é":null}' FROM knowledge_units;
  INSERT INTO users (id, username, password_hash, created_at) VALUES (3, 'ada', 'x', 'x'), (7, 'Ada', 'x', 'x');
  INSERT INTO account_states (user_id, disabled_at, tokens_valid_from) VALUES (7, NULL, '2026-01-01');
  INSERT INTO api_keys (id, user_id, name, key_prefix, key_hash, ttl, expires_at, created_at)
  VALUES ('k', 3, 'n', 'p', 'h', '1d', 'x', 'x');
  INSERT INTO review_snoozes (unit_id, until, snoozed_by)
  SELECT id, '2027-01-0' || (rowid % 9 + 1), 'Ada' FROM knowledge_units WHERE status = 'pending' LIMIT ${SNOOZES};
  INSERT INTO review_claims (unit_id, username, expires_at) SELECT MIN(id), 'ada', 'x' FROM knowledge_units;
  INSERT INTO api_key_scopes (key_id, scopes) VALUES ('k', 'read');
  INSERT INTO knowledge_standing (unit_id, flags_resolved, verified_at) SELECT MIN(id), 1, 'x' FROM knowledge_units;
  INSERT INTO knowledge_votes (unit_id, principal, kind, voted_at) SELECT MIN(id), 'ada', 'confirmed', 'x' FROM knowledge_units;
  INSERT INTO knowledge_votes (unit_id, principal, kind, voted_at) SELECT MIN(id), 'Ada', 'flagged', 'x' FROM knowledge_units;
  INSERT INTO knowledge_findings (unit_id, rule, field, severity, message, found_at)
  SELECT MIN(id), 'personal.email', 'insight.detail', 'warn', 'm', 'x' FROM knowledge_units;
  INSERT INTO knowledge_proposals (proposer, fingerprint, unit_id) SELECT 'ada', 'f', MIN(id) FROM knowledge_units;
  INSERT INTO account_events (subject, kind, actor, occurred_at) VALUES ('Ada', 'user_added', 'ada', 'x');
  INSERT INTO sign_ins (id, hour, username, outcome, way, place, address, first_at, last_at, total)
  VALUES (4, '2026-01-01T10', 'Ada', 'signed_in', 'page', '192.0.2.1', '192.0.2.1', 'x', 'x', 3000000000);
  INSERT INTO sessions (token_hash, user_id, created_at, last_seen_at) VALUES ('h', 3, 'x', 'x')`;

/** Makes a store with {@link STORE} in it. */
async function storeAt(path: string): Promise<void> {
  equal((await cq(["migrate"], { databasePath: path })).code, 0);
  using database = openRaw(path);
  database.exec(STORE);
}

function copy(from: string, to: string, ...options: string[]): Promise<CommandResult> {
  return cq(["copy", "--from", from, "--to", to, ...options], {});
}

function sqliteUrl(path: string): string {
  return `sqlite:///${path}`;
}

/** Every copied table as it is in a SQLite file, in an order of its own. */
function storedIn(path: string): Record<string, unknown[]> {
  using database = new DatabaseSync(path, { readOnly: true });
  return Object.fromEntries(COPIED_TABLES.map((table) => {
    const rows = database.prepare(`SELECT * FROM "${table}" ORDER BY 1, 2`).all();
    return [table, rows.map((row) => ({ ...row }))];
  }));
}

async function counts(database: Database): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const table of COPIED_TABLES) {
    const query = { pieces: [{ text: `SELECT COUNT(*) AS total FROM ${table}` }] };
    found[table] = (await database.first<{ total: number }>(query))!.total;
  }
  return found;
}

const EXPECTED = {
  users: 2,
  account_states: 1,
  api_keys: 1,
  api_key_scopes: 1,
  knowledge_units: UNITS,
  knowledge_unit_domains: 2 * UNITS,
  review_snoozes: SNOOZES,
  knowledge_standing: 1,
  knowledge_votes: 2,
  knowledge_findings: 1,
  knowledge_proposals: 1,
  knowledge_events: UNITS,
  account_events: 1,
  sign_ins: 1,
};
const NOTHING = Object.fromEntries(COPIED_TABLES.map((table) => [table, 0]));

Deno.test("every table of the schema is copied with all its columns, or stays behind for a reason", async () => {
  await using directory = await temporaryDirectory();
  const path = directory.file("cq.db");
  equal((await cq(["migrate"], { databasePath: path })).code, 0);
  using database = new DatabaseSync(path, { readOnly: true });
  // A virtual table keeps what it has in shadow tables.
  const tables = database.prepare(
    "SELECT name FROM pragma_table_list WHERE type IN ('table', 'virtual') AND schema = 'main'",
  ).all()
    .map(({ name }) => String(name)).filter((name) => !name.startsWith("sqlite_"));
  deepEqual([...COPIED_TABLES, ...Object.keys(LEFT_TABLES)].toSorted(), tables.toSorted());
  for (const [table, columns] of Object.entries(COPIED_COLUMNS)) {
    const stored = database.prepare("SELECT name FROM pragma_table_info(?)").all(table);
    deepEqual([...columns].toSorted(), stored.map(({ name }) => name).toSorted(), table);
  }
});

Deno.test("a copy leaves sessions and claims behind and says so; snoozes come along", async () => {
  await using directory = await temporaryDirectory();
  const [path, other] = [directory.file("cq.db"), directory.file("other.db")];
  await storeAt(path);
  const { code, stdout, stderr } = await copy(sqliteUrl(path), sqliteUrl(other));
  equal(code, 0, stderr);
  match(stdout, new RegExp(`^review_snoozes: ${SNOOZES} rows, checksum`, "m"));
  match(stdout, /^sessions: not copied, everybody signs in to the pages again$/m);
  deepEqual(storedIn(other), storedIn(path));
  using database = new DatabaseSync(other, { readOnly: true });
  for (const table of ["sessions", "review_claims"]) {
    deepEqual(database.prepare(`SELECT COUNT(*) AS total FROM ${table}`).get()!["total"], 0, table);
  }
});

interface Setting {
  readonly path: string;
  readonly from: string;
  file(name: string): string;
  readonly to: OpenPostgres;
}

function copyTest(name: string, body: (setting: Setting) => Promise<void>): void {
  Deno.test({
    name,
    ignore: WITHOUT_POSTGRES,
    async fn(): Promise<void> {
      await using directory = await temporaryDirectory();
      await using to = await openedPostgres({ poolSize: 2 });
      const path = directory.file("cq.db");
      await storeAt(path);
      await body({ path, from: sqliteUrl(path), file: directory.file, to });
    },
  });
}

copyTest("a store copied to Postgres and back is equal row by row, and was left as it was", async (test) => {
  const before = await fileDigest(test.path);
  const there = await copy(test.from, test.to.url, "--json");
  equal(there.code, 0, there.stderr);
  const told = JSON.parse(there.stdout) as Record<string, { rows: number; checksum: string }>;
  deepEqual(Object.fromEntries(Object.entries(told).map(([table, { rows }]) => [table, rows])), EXPECTED);
  deepEqual(await counts(test.to.database), EXPECTED);
  equal(await fileDigest(test.path), before);

  const back = await copy(test.to.url, sqliteUrl(test.file("back.db")), "--json");
  deepEqual([back.code, JSON.parse(back.stdout)], [0, told]);
  deepEqual(storedIn(test.file("back.db")), storedIn(test.path));
});

copyTest("a copy is told in words, can be repeated, and takes in what was added meanwhile", async (test) => {
  equal((await copy(test.from, test.to.url)).code, 0);
  using database = new DatabaseSync(test.path);
  database.exec("INSERT INTO knowledge_units (id, data) VALUES ('ku_added', '{}')");
  const again = await copy(test.from, test.to.url);
  equal(again.code, 0, again.stderr);
  match(again.stdout, /^users: 2 rows, checksum [0-9a-f]{12} on both sides$/m);
  match(again.stdout, new RegExp(`^knowledge_units: ${UNITS + 1} rows, checksum`, "m"));
  deepEqual(await counts(test.to.database), { ...EXPECTED, knowledge_units: UNITS + 1 });
});

copyTest("numbers go on after the highest copied one, on either engine", async (test) => {
  equal((await copy(test.from, test.to.url)).code, 0);
  equal((await copy(test.to.url, sqliteUrl(test.file("back.db")))).code, 0);
  const insertUser = sql`INSERT INTO users (username, password_hash, created_at) VALUES ('eve', 'x', 'x')`;
  const insertEvent = sql`
    INSERT INTO knowledge_events (unit_id, kind, actor, occurred_at) VALUES ('u', 'proposed', 'eve', 'x')`;
  const back = openDatabase({ engine: "sqlite", path: test.file("back.db"), url: "", ignoredParameters: [] });
  for (const database of [test.to.database, back]) {
    await database.transaction((transaction) => transaction.batch([insertUser, insertEvent]));
    const user = await database.first<{ id: number }>(sql`SELECT id FROM users WHERE username = 'eve'`);
    const event = await database.first<{ id: number }>(sql`SELECT MAX(id) AS id FROM knowledge_events`);
    deepEqual([user!.id, event!.id], [8, 2 * UNITS + 1], database.dialect);
  }
  await back.close();
  const added = await cq(["user", "add", "carol"], {
    env: { CQ_DATABASE_URL: test.to.url },
    stdin: "a long password\n",
  });
  equal(added.code, 0, added.stderr);
});

Deno.test({
  name: "an empty store can be copied, and its numbers begin at 1",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    await using to = await openedPostgres({ poolSize: 1 });
    equal((await cq(["migrate"], { databasePath: directory.file("cq.db") })).code, 0);
    equal((await copy(sqliteUrl(directory.file("cq.db")), to.url)).code, 0);
    const [user] = await to.database.transaction((transaction) =>
      transaction.all<{ id: number }>(
        sql`INSERT INTO users (username, password_hash, created_at) VALUES ('ada', 'x', 'x') RETURNING id`,
      )
    );
    equal(user!.id, 1);
  },
});

copyTest("a copy that was killed in the middle is completed by running it again", async (test) => {
  equal((await cq(["migrate"], { env: { CQ_DATABASE_URL: test.to.url } })).code, 0);
  const { database } = test.to;
  // A unit that another session is about to add makes the copy wait in the midst of the table.
  const [, inTheWay] = storedIn(test.path)["knowledge_units"]!.filter((_, index) =>
    index % (UNITS / 2) === 0
  );
  const { id } = inTheWay as { id: string };
  const release = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const holding = database.transaction(async (transaction) => {
    await transaction.run(sql`INSERT INTO knowledge_units (id, data) VALUES (${id}, '{}')`);
    held.resolve();
    await release.promise;
    throw new Error("not after all");
  }, { lockWait_ms: 60_000 }).catch(() => {});
  await held.promise;

  const child = spawnCq(["copy", "--from", test.from, "--to", test.to.url], {});
  const isWaiting = sql`
    SELECT COUNT(*) AS total FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE ${"%INSERT INTO knowledge_units%"}`;
  await until(
    async () => (await database.first<{ total: number }>(isWaiting))!.total > 0,
    "the copy waits for the unit",
  );
  child.kill("SIGKILL");
  equal((await child.output()).signal, "SIGKILL");
  release.resolve();
  await holding;

  const partial = await counts(database);
  const copied = partial["knowledge_units"]!;
  ok(copied > 0 && copied < UNITS && copied % COPY_PAGE === 0, `${copied} units were copied`);
  const before = { users: 2, account_states: 1, api_keys: 1, api_key_scopes: 1 };
  deepEqual(partial, { ...NOTHING, ...before, knowledge_units: copied });
  const again = await copy(test.from, test.to.url);
  equal(again.code, 0, again.stderr);
  deepEqual(await counts(database), EXPECTED);
});

const FOREIGN: readonly [what: string, statement: string, told: RegExp][] = [
  [
    "a row that the source does not have",
    "INSERT INTO users (id, username, password_hash, created_at) VALUES (99, 'eve', 'x', 'x')",
    /users 99\. Nothing was copied/,
  ],
  [
    "a row that is another one in the source",
    "INSERT INTO knowledge_units (id, data) VALUES ('ku_00003', '{}')",
    /knowledge_units ku_00003\. Nothing was copied/,
  ],
  [
    "a user who has another number in the source",
    "INSERT INTO users (id, username, password_hash, created_at) VALUES (1, 'ada', 'x', 'x')",
    /users 1\. Nothing was copied/,
  ],
];

for (const [what, statement, told] of FOREIGN) {
  copyTest(`a target with ${what} is reported, and nothing is copied to it`, async (test) => {
    equal((await cq(["migrate"], { env: { CQ_DATABASE_URL: test.to.url } })).code, 0);
    const { database } = test.to;
    await database.transaction((transaction) => transaction.script(statement));
    const before = await counts(database);
    const { code, stderr, stdout } = await copy(test.from, test.to.url);
    deepEqual([code, stdout], [4, ""]);
    match(stderr, told);
    deepEqual(await counts(database), before);
  });
}

copyTest("a row that the target does not take is named with its table, and why", async (test) => {
  equal((await cq(["migrate"], { env: { CQ_DATABASE_URL: test.to.url } })).code, 0);
  const { database } = test.to;
  await database.transaction((transaction) =>
    transaction.script("ALTER TABLE users ADD CONSTRAINT short CHECK (length(username) < 3)")
  );
  const { code, stderr } = await copy(test.from, test.to.url);
  equal(code, 4);
  match(stderr, /^error: users: the target does not take one of the rows 3 to 7: .*"short"/);
});

copyTest("what cannot be copied from or to is refused with the reason, and left as it was", async (test) => {
  const older = test.file("older.db");
  await Deno.copyFile(test.path, older);
  using database = new DatabaseSync(older);
  database.exec("DELETE FROM schema_history WHERE revision >= '0004'");
  database.close();
  await using half = await openedPostgres({ poolSize: 1 });
  await half.database.transaction((transaction) => transaction.script("CREATE TABLE users (id INTEGER)"));

  const refused: readonly [from: string, to: string, code: number, told: RegExp][] = [
    [test.from, test.from, 4, /--from and --to are the same database/],
    [test.to.url, test.to.url.replace("postgresql://", "postgres://"), 4, /are the same database/],
    [sqliteUrl(test.file("none.db")), test.to.url, 4, /there is no database at sqlite:.*none\.db/],
    [
      sqliteUrl(older),
      test.to.url,
      3,
      /older\.db: the schema is at revision 0003; run the migrate command first/,
    ],
    [
      test.to.url,
      sqliteUrl(test.file("new.db")),
      3,
      /the schema is at revision none; run the migrate command/,
    ],
    [test.from, "mysql://u:hunter2@h/db", 3, /Unsupported database URL scheme: 'mysql' in --to; supported/],
    ["somewhere", test.to.url, 3, /Invalid --from/],
    [test.from, half.url, 3, /has some tables of revision 0001, but these are missing/],
    [
      test.from,
      "postgresql://ada:hunter2@127.0.0.1:1/cq",
      3,
      /ada:\*\*\*@127\.0\.0\.1:1\/cq: The database cannot be/,
    ],
  ];
  for (const [from, to, code, told] of refused) {
    const result = await copy(from, to);
    deepEqual([result.code, result.stdout], [code, ""], result.stderr);
    match(result.stderr, told);
    equal(/hunter2/.test(result.stderr), false, result.stderr);
  }
  deepEqual(await test.to.database.all(sql`SELECT 1 FROM pg_tables WHERE schemaname = ${"public"}`), []);
});

Deno.test("a key with a NUL, which SQLite does not give back, ends a copy with its name", async () => {
  await using directory = await temporaryDirectory();
  const path = directory.file("cq.db");
  equal((await cq(["migrate"], { databasePath: path })).code, 0);
  using database = new DatabaseSync(path);
  database.exec("INSERT INTO knowledge_units (id, data) VALUES ('ku_1' || char(0) || 'x', '{}')");
  const { code, stderr } = await copy(sqliteUrl(path), sqliteUrl(directory.file("other.db")));
  equal(code, 4);
  match(stderr, /knowledge_units: the key that begins with ku_1 holds a NUL/);
});

copyTest("bytes in a column of texts end a copy to Postgres with the name of their row", async (test) => {
  using database = new DatabaseSync(test.path);
  database.exec("INSERT INTO knowledge_units (id, data) VALUES ('ku_bytes', CAST('{}' AS BLOB))");
  const { code, stderr } = await copy(test.from, test.to.url);
  equal(code, 4);
  match(stderr, /knowledge_units: data of the row ku_bytes holds bytes instead of a text/);
  equal((await copy(test.from, sqliteUrl(test.file("other.db")))).code, 0);
});
