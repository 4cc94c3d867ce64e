import { deepEqual, equal, match, ok } from "node:assert/strict";
import { MIGRATIONS } from "../../migrations/mod.ts";
import type { Database } from "../../src/database/database.ts";
import { hasFlagsIn, proposerIn } from "../../src/database/dialect.ts";
import { openDatabase } from "../../src/database/open.ts";
import { lockSchema } from "../../src/database/schema.ts";
import { sql } from "../../src/database/sql.ts";
import { parseDatabaseUrl } from "../../src/database/url.ts";
import type { Migration } from "../../src/migrate/plan.ts";
import { migrate, planFor, stamp, withChecksums } from "../../src/migrate/runner.ts";
import { openMigrated } from "../../src/migrate/startup.ts";
import { rejected } from "../fixtures/faults.ts";
import {
  openedPostgres,
  type OpenPostgres,
  postgresDatabase,
  WITHOUT_POSTGRES,
} from "../fixtures/postgres.ts";
import { addRow, type Fields } from "../fixtures/rows.ts";
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
const HEAD = REVISIONS.at(-1)!;
const RECORDED = MIGRATIONS.map(({ revision, name }) => `${revision} ${name} 1.2.3`);

function onPostgres(name: string, body: (test: OpenPostgres) => Promise<void>): void {
  Deno.test({
    name: `on Postgres ${name}`,
    ignore: WITHOUT_POSTGRES,
    async fn(): Promise<void> {
      await using test = await openedPostgres({ poolSize: 2 });
      await body(test);
    },
  });
}

/** Why a run is refused; it must be, and must change nothing. */
async function refusal(database: Database, migrations: readonly Migration[] = MIGRATIONS): Promise<string> {
  const before = await schemaOf(database);
  const { code, message } = await rejected(run(database, migrations));
  equal(code, "refused", message);
  deepEqual(await schemaOf(database), before);
  return message;
}

onPostgres(
  "a new database gets every migration, each recorded with its checksum, and then nothing more",
  async ({ database }) => {
    const outcome = await run(database);
    deepEqual(outcome, {
      from: undefined,
      adopted: false,
      applied: REVISIONS,
      revision: HEAD,
      backup: undefined,
    });
    deepEqual(await historyOf(database), RECORDED);
    deepEqual(await versionsOf(database), ["0001"]);
    const rows = await database.all<{ checksum: string }>(
      sql`SELECT checksum FROM schema_history ORDER BY revision`,
    );
    deepEqual(
      rows.map((row) => row.checksum),
      withChecksums(MIGRATIONS, "postgres").map(({ checksum }) => checksum),
    );
    const before = await schemaOf(database);
    deepEqual([(await run(database)).applied, await schemaOf(database)], [[], before]);
    equal((await planFor(database, MIGRATIONS)).kind, "up_to_date");
  },
);

onPostgres(
  "the original's database keeps its rows and its revision, and gets what follows",
  async ({ database }) => {
    await originalDatabase(database);
    const outcome = await run(database);
    deepEqual([outcome.from, outcome.adopted, outcome.applied], ["0001", false, REVISIONS.slice(1)]);
    deepEqual([await versionsOf(database), await historyOf(database)], [["0001"], RECORDED]);
    deepEqual((await database.all<{ id: string }>(sql`SELECT id FROM knowledge_units`)).map(({ id }) => id), [
      "ku_1",
    ]);
  },
);

onPostgres(
  "the original's tables without a revision are adopted and stamped, whatever stands beside them",
  async ({ database }) => {
    await originalDatabase(database);
    await script(
      database,
      `DROP TABLE alembic_version; CREATE TABLE unrelated (x INTEGER); ALTER TABLE users ADD COLUMN extra TEXT;
     CREATE VIEW v AS SELECT username FROM users`,
    );
    const outcome = await run(database);
    deepEqual([outcome.from, outcome.adopted, outcome.applied], ["0001", true, REVISIONS.slice(1)]);
    deepEqual([await versionsOf(database), await historyOf(database)], [["0001"], RECORDED]);
  },
);

const DAMAGE: readonly [change: string, missing: string][] = [
  ["DROP TABLE api_keys", "table api_keys"],
  ["ALTER TABLE knowledge_units DROP COLUMN tier", "column knowledge_units.tier"],
  [
    "ALTER TABLE knowledge_unit_domains DROP CONSTRAINT knowledge_unit_domains_pkey",
    "primary key knowledge_unit_domains(unit_id,domain)",
  ],
  ["ALTER TABLE users DROP CONSTRAINT users_username_key", "unique key users(username)"],
  ["ALTER TABLE api_keys DROP CONSTRAINT api_keys_user_id_fkey", "foreign key api_keys(user_id -> users)"],
  [
    "ALTER TABLE users DROP CONSTRAINT users_username_key; CREATE UNIQUE INDEX p ON users (username) WHERE id > 5",
    "unique key users(username)",
  ],
];

for (const [change, missing] of DAMAGE) {
  onPostgres(
    `a database that lacks ${missing} is refused with nothing changed (${change})`,
    async ({ database }) => {
      await originalDatabase(database);
      await script(database, change);
      const message = await refusal(database);
      ok(message.includes(`is stamped with revision 0001, but these are missing: ${missing}.`), message);
      await script(database, "DROP TABLE alembic_version");
      match(await refusal(database), /has some tables of revision 0001, but these are missing/);
    },
  );
}

onPostgres("a view in the place of a table is no table", async ({ database }) => {
  await script(database, "CREATE VIEW users AS SELECT 1 AS id");
  match(await refusal(database), /these are missing: table knowledge_units/);
});

for (
  const [where, text] of [
    ["alembic_version", "UPDATE alembic_version SET version_num = 'f00dfeed'"],
    ["schema_history", "INSERT INTO schema_history VALUES ('f00dfeed', 'x', 'x', 'x', 1, 'x')"],
  ] as const
) {
  onPostgres(
    `an unknown revision in ${where} is refused naming it and the newest known one`,
    async ({ database }) => {
      await run(database);
      await script(database, text);
      match(await refusal(database), new RegExp(`f00dfeed.*${HEAD}`));
    },
  );
}

onPostgres(
  "a migration edited after it was applied is refused; the other engine's text does not count",
  async ({ database }) => {
    await run(database);
    const edited = (dialect: "sqlite" | "postgres"): Migration[] =>
      MIGRATIONS.map((each) =>
        each.revision === "0003"
          ? { ...each, sql: { ...each.sql, [dialect]: `${each.sql[dialect]}-- edited` } }
          : each
      );
    match(
      await refusal(database, edited("postgres")),
      /migration 0003 \(accounts\) was changed after it had been applied/,
    );
    deepEqual((await run(database, edited("sqlite"))).applied, []);
  },
);

onPostgres(
  "a dry run tells what it would do, runs every script and changes nothing",
  async ({ database }) => {
    await originalDatabase(database);
    const before = await schemaOf(database);
    const outcome = await migrate(database, MIGRATIONS, { ...OPTIONS, dryRun: true });
    deepEqual([outcome.from, outcome.applied, outcome.revision], ["0001", REVISIONS.slice(1), HEAD]);
    deepEqual([await schemaOf(database), await versionsOf(database)], [before, ["0001"]]);
    const broken = firstThen(2, migration("0003", "no SQL"));
    equal((await rejected(migrate(database, broken, { ...OPTIONS, dryRun: true }))).code, "refused");
    deepEqual(await schemaOf(database), before);
  },
);

const BAD: readonly [text: string, reason: RegExp][] = [
  [
    "CREATE TABLE fine (x INTEGER); CREATE TABLE fine (x INTEGER)",
    /0003 \(test-0003\) failed, nothing was changed.*fine/,
  ],
  ["CREATE TABLE a (x INTEGER); COMMIT", /0003.*must not end or divide/],
  ["COMMIT; BEGIN; CREATE TABLE a (x INTEGER)", /0003.*must not end or divide/],
  ["INSERT INTO knowledge_unit_domains VALUES ('ku_nowhere', 'x')", /0003.*nothing was changed.*foreign key/],
];

for (const [text, reason] of BAD) {
  onPostgres(
    `a migration that fails (${text}) undoes those before it, and the next start works`,
    async ({ database }) => {
      await originalDatabase(database);
      match(await refusal(database, firstThen(2, migration("0003", text))), reason);
      deepEqual((await run(database)).applied, REVISIONS.slice(1));
    },
  );
}

onPostgres("stamping records a revision without running anything", async ({ database }) => {
  await run(database);
  await script(database, "UPDATE schema_history SET checksum = 'wrong'; DELETE FROM alembic_version");
  const before = await schemaOf(database);
  await stamp(database, MIGRATIONS, HEAD, OPTIONS);
  deepEqual([await historyOf(database), await versionsOf(database)], [RECORDED, ["0001"]]);
  deepEqual([(await run(database)).applied, await schemaOf(database)], [[], before]);
});

onPostgres(
  "units that Postgres does not read are found by their proposer and their flags, those from before too",
  async ({ database }) => {
    const unread = (summary: string): Fields => ({
      insight: { summary, detail: "d", action: "a" },
      created_by: "ada",
      flags: [{ reason: "stale" }],
    });
    const found = (): Promise<string[][]> =>
      database.transaction(async (transaction) => {
        // What the indexes hold, not what the functions say now.
        await transaction.run(sql`SET LOCAL enable_seqscan = off`);
        const lists = [sql`${proposerIn(sql`data`)} = 'ada' AND status = 'approved'`, hasFlagsIn(sql`data`)]
          .map((condition) =>
            transaction.all<{ id: string }>(sql`
            SELECT id FROM knowledge_units WHERE ${condition} ORDER BY id`)
          );
        return (await Promise.all(lists)).map((rows) => rows.map(({ id }) => id));
      });
    await run(database, MIGRATIONS.slice(0, REVISIONS.indexOf("0015")));
    await addRow(database, "ku_nul", { data: unread("a\0b") });
    await addRow(database, "ku_half", { data: unread("\ud83d") });
    await addRow(database, "ku_text", { data: "no JSON" });
    deepEqual(await found(), [[], []]);
    await run(database);
    await addRow(database, "ku_new", { data: unread("\0") });
    const all = ["ku_half", "ku_new", "ku_nul"];
    deepEqual(await found(), [all, all]);
  },
);

/** Holds the lock on the schema from another session until it is let go. */
function holdSchema(test: OpenPostgres): { held: Promise<void>; letGo: () => Promise<void> } {
  const other = openDatabase(test.location, { poolSize: 1 });
  const [held, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const holding = other.transaction(async (transaction) => {
    await lockSchema("postgres", transaction, 1000);
    held.resolve();
    await release.promise;
  }, { lockWait_ms: 0 });
  return {
    held: held.promise,
    async letGo(): Promise<void> {
      release.resolve();
      await holding;
      await other.close();
    },
  };
}

onPostgres(
  "whoever waits in vain for another one's migrations is told so, and leaves nothing",
  async (test) => {
    const holder = holdSchema(test);
    await holder.held;
    const waiting = test.database.transaction((transaction) => lockSchema("postgres", transaction, 100));
    const { code, message } = await rejected(waiting);
    equal(code, "refused");
    equal(message, "another server has been changing the schema for 0.1 seconds; start again later");
    await holder.letGo();
    await run(test.database);
  },
);

onPostgres("a run waits for another one, and then finds its work done", async (test) => {
  const holder = holdSchema(test);
  await holder.held;
  const waiting = run(test.database);
  const isWaiting = sql`SELECT COUNT(*) AS total FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  while ((await test.database.first<{ total: number }>(isWaiting))!.total === 0);
  await holder.letGo();
  deepEqual((await waiting).applied, REVISIONS);
});

onPostgres("runs that meet apply each migration once", async (test) => {
  const others = Array.from({ length: 3 }, () => openDatabase(test.location, { poolSize: 1 }));
  const outcomes = await Promise.all([test.database, ...others].map((database) => run(database)));
  deepEqual(outcomes.map(({ applied }) => applied.length).sort(), [0, 0, 0, REVISIONS.length]);
  deepEqual(await historyOf(test.database), RECORDED);
  for (const database of others) await database.close();
});

onPostgres(
  "a store lives in the schema that search_path names, beside another one in the same database",
  async (test) => {
    await run(test.database);
    await script(test.database, "CREATE SCHEMA tenant");
    const tenant = openDatabase(parseDatabaseUrl(`${test.url}?search_path=tenant`, "url"), { poolSize: 1 });
    deepEqual((await run(tenant)).applied, REVISIONS);
    await script(tenant, "INSERT INTO users (username, password_hash, created_at) VALUES ('ada', 'x', 'x')");
    const tables = await test.database.all<{ name: string; total: number }>(sql`
    SELECT table_schema::text AS name, COUNT(*) AS total FROM information_schema.tables
    WHERE table_schema IN (${"public"}, ${"tenant"}) GROUP BY table_schema ORDER BY table_schema`);
    deepEqual(tables.map(({ name }) => name), ["public", "tenant"]);
    equal(tables[0]!.total, tables[1]!.total);
    deepEqual((await tenant.all(sql`SELECT id FROM users`)).length, 1);
    deepEqual(await test.database.all(sql`SELECT id FROM users`), []);
    await tenant.close();
  },
);

onPostgres("a search_path that names no schema is refused, and nothing is made elsewhere", async (test) => {
  const nowhere = openDatabase(parseDatabaseUrl(`${test.url}?schema=nowhere`, "url"), { poolSize: 1 });
  const { code, message } = await rejected(run(nowhere));
  equal(code, "refused");
  match(message, /no schema has been selected to create in/);
  await nowhere.close();
  deepEqual(await schemaOf(test.database), []);
});

Deno.test({
  name: "a start that cannot reach its Postgres says which one and why, without the password",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using target = await postgresDatabase();
    const location = {
      ...target.location,
      database: "cq_test_none",
      url: "postgresql://ada:secret@db/cq_test_none",
    };
    const { code, message } = await rejected(
      openMigrated(location, { migrations: MIGRATIONS, clock: OPTIONS.clock, poolSize: 1 }),
    );
    equal(code, "refused");
    match(
      message,
      /^postgresql:\/\/ada:\*\*\*@db\/cq_test_none: The database does not exist \(.*cq_test_none.*\)$/,
    );
  },
});
