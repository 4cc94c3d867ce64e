import type { Queryable, Transaction } from "../database/database.ts";
import { existingTables, type TableShape, tableShape } from "../database/schema.ts";
import { sql } from "../database/sql.ts";
import { BASELINE } from "./baseline.ts";
import type { CheckedMigration, SchemaState } from "./plan.ts";

/** Reads what a database says of itself; changes nothing. */
export async function readState(database: Queryable): Promise<SchemaState> {
  const existing = await existingTables(database, [
    ...Object.keys(BASELINE),
    "alembic_version",
    "schema_history",
  ]);
  const tables = new Map<string, TableShape>();
  for (const name of Object.keys(BASELINE)) {
    if (existing.has(name)) tables.set(name, await tableShape(database, name));
  }
  return {
    tables,
    versions: existing.has("alembic_version") ? await readVersions(database) : undefined,
    history: existing.has("schema_history") ? await readHistory(database) : undefined,
  };
}

/** The newest revision that a database says it has; undefined where it says nothing. */
export async function recordedRevision(database: Queryable): Promise<string | undefined> {
  const { versions, history } = await readState(database);
  return history?.at(-1)?.revision ?? versions?.at(-1);
}

async function readVersions(database: Queryable): Promise<string[]> {
  const rows = await database.all<{ version_num: string }>(
    sql`SELECT version_num FROM alembic_version ORDER BY version_num`,
  );
  return rows.map((row) => row.version_num);
}

function readHistory(database: Queryable): Promise<{ revision: string; checksum: string }[]> {
  return database.all(sql`SELECT revision, checksum FROM schema_history ORDER BY revision`);
}

/** The newest revision that was applied; undefined where none is recorded. */
export async function newestRevision(database: Queryable): Promise<string | undefined> {
  const row = await database.first<{ revision: string | null }>(
    sql`SELECT MAX(revision) AS revision FROM schema_history`,
  );
  return row?.revision ?? undefined;
}

/** Writes the baseline's revision into `alembic_version`, which is made where it does not exist. */
export async function stampBaseline(transaction: Transaction, revision: string): Promise<void> {
  await transaction.run(sql`CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
  )`);
  await transaction.run(sql`DELETE FROM alembic_version`);
  await transaction.run(sql`INSERT INTO alembic_version (version_num) VALUES (${revision})`);
}

/** How a migration came into a database. */
export interface Application {
  readonly migration: CheckedMigration;
  readonly appliedAt: string;
  readonly duration_ms: number;
  readonly appVersion: string;
}

/** Records migrations as applied; the table must exist. */
export async function recordApplied(
  transaction: Transaction,
  applications: readonly Application[],
): Promise<void> {
  for (const { migration, appliedAt, duration_ms, appVersion } of applications) {
    await transaction.run(sql`
      INSERT INTO schema_history (revision, name, checksum, applied_at, duration_ms, app_version)
      VALUES (${migration.revision}, ${migration.name}, ${migration.checksum}, ${appliedAt}, ${duration_ms},
              ${appVersion})`);
  }
}

/** Forgets what is recorded beyond `revision`, and that as well. */
export async function forgetFrom(transaction: Transaction, revision: string): Promise<void> {
  await transaction.run(sql`DELETE FROM schema_history WHERE revision >= ${revision}`);
}
