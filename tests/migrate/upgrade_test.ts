import { deepEqual, equal, match } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { restore } from "../../src/backup/restore.ts";
import type { Database } from "../../src/database/database.ts";
import { openDatabase } from "../../src/database/open.ts";
import { sql } from "../../src/database/sql.ts";
import { sqliteLocation } from "../../src/database/url.ts";
import type { Migration } from "../../src/migrate/plan.ts";
import type { Outcome } from "../../src/migrate/runner.ts";
import { openMigrated } from "../../src/migrate/startup.ts";
import { dump, shape } from "../fixtures/database_file.ts";
import { manualClock } from "../fixtures/clock.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { rejected } from "../fixtures/faults.ts";
import { openedPostgres, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { addRow } from "../fixtures/rows.ts";
import { run, schemaOf, script } from "./scenario.ts";

// What docs/upgrading.md says, done. An older version is the manifest up to its revision.

const CLOCK = manualClock("2026-03-01T10:20:30Z");
const HEAD = MIGRATIONS.at(-1)!.revision;
/** Revisions that versions of this server ended with; at 0001 a database is the original's. */
const RELEASED = MIGRATIONS.slice(1, -1).map(({ revision }) => revision);
const TABLES = ["users", "api_keys", "knowledge_units", "knowledge_unit_domains"];

/** What a version that ends with `revision` knows. */
function upTo(revision: string): readonly Migration[] {
  return MIGRATIONS.filter((migration) => migration.revision <= revision);
}

/** Starts a version on a file and ends it. */
async function start(path: string, migrations: readonly Migration[] = MIGRATIONS): Promise<Outcome> {
  const { database, outcome } = await openMigrated(sqliteLocation(path), { migrations, clock: CLOCK });
  await database.close();
  return outcome!;
}

/** Puts a user, a key and units into a database of any revision. */
async function fill(database: Database): Promise<void> {
  await script(
    database,
    `INSERT INTO users (username, password_hash, created_at) VALUES ('ada', 'x', '2026-01-01T00:00:00+00:00');
     INSERT INTO api_keys (id, user_id, name, labels, key_prefix, key_hash, ttl, expires_at, created_at)
     VALUES ('k1', 1, 'laptop', '[]', 'abcd', 'hash', '30d', '2027-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00');`,
  );
  for (const id of ["ku_1", "ku_2"]) await addRow(database, id, { domains: ["stored", id] });
}

async function filledFile(path: string, revision: string): Promise<void> {
  await start(path, upTo(revision));
  const database = openDatabase(sqliteLocation(path));
  await fill(database);
  await database.close();
}

async function schemaIn(path: string): Promise<string[]> {
  const database = openDatabase(sqliteLocation(path), { untouched: true });
  try {
    return await schemaOf(database);
  } finally {
    await database.close();
  }
}

for (const revision of RELEASED) {
  Deno.test(`from revision ${revision} an upgrade keeps every row, the older version refuses what comes out, and the copy made before leads back`, async () => {
    await using directory = await temporaryDirectory();
    const path = directory.file("cq.db");
    await filledFile(path, revision);
    const [before, older] = [dump(path, TABLES), await schemaIn(path)];
    const next = MIGRATIONS.find((migration) => migration.revision > revision)!.revision;

    const { from, applied, backup } = await start(path);
    deepEqual([from, applied.at(0), applied.at(-1)], [revision, next, HEAD]);
    equal(backup, `${path}.20260301T102030Z.before-${next}.bak`);
    deepEqual(rowsOf(dump(path, TABLES)), rowsOf(before));
    const fresh = directory.file("fresh.db");
    await start(fresh);
    deepEqual(await schemaIn(path), await schemaIn(fresh));

    const { code, message } = await rejected(start(path, upTo(revision)));
    equal(code, "refused");
    equal(
      message,
      `sqlite:///${path}: the database is at revision ${next}, which was written by a newer version of the server; this ` +
        `version knows revisions up to ${revision}. Start the version that wrote it, or restore a backup made before the upgrade`,
    );

    const options = { migrations: upTo(revision), clock: CLOCK, isReplacing: true };
    const restored = await restore(backup!, path, options);
    deepEqual([restored.revision, restored.pending], [revision, []]);
    deepEqual(restored.kept, [`${path}.20260301T102030Z.replaced.bak`]);
    deepEqual((await start(path, upTo(revision))).applied, []);
    deepEqual(dump(path, TABLES), before);
    deepEqual(await schemaIn(path), older);
    // What the newer version had is kept, and leads forward again.
    await restore(restored.kept[0]!, path, {
      ...options,
      migrations: MIGRATIONS,
      clock: manualClock("2026-03-01T10:20:31Z"),
    });
    deepEqual((await start(path)).applied, []);
  });
}

/** Rows without the SQL that made their tables: an upgrade adds triggers and indexes. */
function rowsOf(tables: ReturnType<typeof dump>): unknown {
  return Object.fromEntries(Object.entries(tables).map(([name, { rows }]) => [name, rows]));
}

Deno.test({
  name: "on Postgres an upgrade from each revision keeps every row and ends at the schema of a new database",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using fresh = await openedPostgres();
    await run(fresh.database);
    const wanted = (await schemaOf(fresh.database)).sort();
    for (const revision of RELEASED) {
      await using test = await openedPostgres();
      await run(test.database, upTo(revision));
      await fill(test.database);
      const rows = (): Promise<unknown> =>
        test.database.all(sql`SELECT id, data, status, tier FROM knowledge_units ORDER BY id`);
      const before = await rows();
      equal((await run(test.database)).from, revision);
      deepEqual(await rows(), before);
      deepEqual((await schemaOf(test.database)).sort(), wanted, revision);
      match(
        (await rejected(run(test.database, upTo(revision)))).message,
        /written by a newer version of the server/,
      );
    }
  },
});

Deno.test("after an upgrade the original server's tables are as it made them, and what it writes there is taken", async () => {
  await using directory = await temporaryDirectory();
  const path = directory.file("cq.db");
  const made = openDatabase(sqliteLocation(path));
  await script(made, `${MIGRATIONS[0]!.sql.sqlite}; INSERT INTO alembic_version VALUES ('0001')`);
  await fill(made);
  await made.close();
  const before = [shape(path), dump(path)];
  await start(path);
  deepEqual([shape(path), dump(path)], before);
  deepEqual(dump(path)["alembic_version"]!.rows.map((row) => row["version_num"]), ["0001"]);

  // A plain connection, as the original's: it has none of this server's functions.
  using original = new DatabaseSync(path);
  original.exec(`
    INSERT INTO knowledge_units (id, data) SELECT 'ku_3', replace(data, 'ku_1', 'ku_3') FROM knowledge_units WHERE id = 'ku_1';
    INSERT INTO knowledge_unit_domains VALUES ('ku_3', 'stored');
    UPDATE knowledge_units SET status = 'approved', reviewed_by = 'ada', reviewed_at = '2026-03-01T00:00:00+00:00';
    UPDATE knowledge_units SET data = json_set(data, '$.evidence.confirmations', 2) WHERE id = 'ku_3';
    INSERT INTO users (username, password_hash, created_at) VALUES ('bob', 'x', '2026-03-01T00:00:00+00:00');
    UPDATE api_keys SET last_used_at = '2026-03-01T00:00:00+00:00', revoked_at = '2026-03-01T00:00:00+00:00';
    DELETE FROM knowledge_units WHERE id = 'ku_2';`);
  original.close();
  deepEqual((await start(path)).applied, []);
  using database = new DatabaseSync(path, { readOnly: true });
  const changed = database.prepare("SELECT unit_id FROM knowledge_changes ORDER BY unit_id").all();
  deepEqual(changed.map(({ unit_id }) => unit_id), ["ku_1", "ku_2", "ku_3"]);
});
