import { MIGRATIONS } from "../../migrations/mod.ts";
import { COPIED_TABLES, copyTable } from "../../src/migrate/copy.ts";
import type { Database } from "../../src/database/database.ts";
import { openDatabase } from "../../src/database/open.ts";
import { sql } from "../../src/database/sql.ts";
import { openSqlite } from "../../src/database/sqlite.ts";
import { migrate } from "../../src/migrate/runner.ts";
import { systemClock } from "../../src/wire/time.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { postgresDatabase } from "../fixtures/postgres.ts";
import { type RecordedCase, sampleDatabase } from "./case_file.ts";
import { baselineScript, fill, isSample } from "./database_setup.ts";
import type { CaseDatabase, CaseEngine } from "./engine.ts";
import { rowsFrom } from "./engine_sqlite.ts";
import type { JsonValue } from "./exact_json.ts";

const ABOUT_FILES: Readonly<Record<string, string>> = {
  "start-corrupt": "it is about a file that is no database",
  "start-empty-file": "it is about a file of zero bytes",
  "start-percent-in-path": "it is about the path of a file",
  "start-unknown-revision": "it is about a file that must keep every byte",
  "start-database-url": "it sets CQ_DATABASE_URL to a file",
};

/** The same cases on Postgres: everything but those about files. */
export const POSTGRES: CaseEngine = {
  name: "Postgres",
  inapplicable: (recorded) => ABOUT_FILES[recorded.id] ?? aboutSqliteOnly(recorded),
  async prepare({ setup, pepper }): Promise<CaseDatabase> {
    const target = await postgresDatabase();
    const database = openDatabase(target.location, { poolSize: 2 });
    if (isSample(setup.database)) await fromSample(database, setup.database.file);
    const unversioned = setup.database === "pre-alembic" ? "; DROP TABLE alembic_version" : "";
    await fill(database, { setup, pepper, script: baselineScript("postgres") + unversioned });
    return {
      env: { CQ_DATABASE_URL: target.url, CQ_DB_PATH: undefined },
      place: target.url,
      fingerprint: () => Promise.resolve(undefined),
      rows: (query) => rowsOfMirror(database, query),
      async [Symbol.asyncDispose](): Promise<void> {
        await database.close();
        await target[Symbol.asyncDispose]();
      },
    };
  },
};

/** A case that sets the database itself says where it is in its environment. */
function aboutSqliteOnly({ setup }: RecordedCase): string | undefined {
  return setup.env?.["CQ_DATABASE_URL"] === undefined ? undefined : "it sets CQ_DATABASE_URL itself";
}

/** Moves a sample database over, by way of a migrated copy. */
async function fromSample(to: Database, file: string): Promise<void> {
  await using directory = await temporaryDirectory();
  const path = directory.file("sample.db");
  await Deno.copyFile(sampleDatabase(file), path);
  const from = openSqlite(path);
  const options = { clock: systemClock(), appVersion: "test" };
  try {
    await migrate(from, MIGRATIONS, options);
    await migrate(to, MIGRATIONS, options);
    for (const name of COPIED_TABLES) await copyTable({ from, to, name, onCopied: () => {} });
  } finally {
    await from.close();
  }
}

/** Asks a SQLite copy of what Postgres holds, so that the recorded queries need no translation. */
async function rowsOfMirror(database: Database, query: string): Promise<JsonValue[][]> {
  await using directory = await temporaryDirectory();
  const path = directory.file("mirror.db");
  const mirror = openSqlite(path);
  try {
    await migrate(mirror, MIGRATIONS, { clock: systemClock(), appVersion: "test" });
    for (const name of COPIED_TABLES) {
      await copyTable({ from: database, to: mirror, name, onCopied: () => {} });
    }
    const versions = await database.all<{ version_num: string }>(
      sql`SELECT version_num FROM alembic_version`,
    );
    await mirror.transaction(async (transaction) => {
      await transaction.run(sql`DELETE FROM alembic_version`);
      for (const row of versions) {
        await transaction.run(sql`INSERT INTO alembic_version (version_num) VALUES (${row.version_num})`);
      }
    });
  } finally {
    await mirror.close();
  }
  return rowsFrom(path, query);
}
