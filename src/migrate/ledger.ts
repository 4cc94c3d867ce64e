import type { Queryable, Transaction } from "../database/database.ts";
import { list, sql } from "../database/sql.ts";
import { BASELINE, type TableShape } from "./baseline.ts";
import type { CheckedMigration, SchemaState } from "./plan.ts";

/** Reads what a database says of itself; changes nothing. */
export async function readState(database: Queryable): Promise<SchemaState> {
  const names = [...Object.keys(BASELINE), "alembic_version", "schema_history"];
  const rows = await database.all<{ name: string }>(
    sql`SELECT name FROM sqlite_master WHERE type = 'table' AND name IN (${list(names)})`,
  );
  const existing = new Set(rows.map((row) => row.name));
  const tables = new Map<string, TableShape>();
  for (const name of Object.keys(BASELINE)) {
    if (existing.has(name)) tables.set(name, await readTable(database, name));
  }
  return {
    tables,
    versions: existing.has("alembic_version") ? await readVersions(database) : undefined,
    history: existing.has("schema_history") ? await readHistory(database) : undefined,
  };
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

async function readTable(database: Queryable, table: string): Promise<TableShape> {
  const columns = await database.all<{ name: string; pk: number }>(
    sql`SELECT name, pk FROM pragma_table_info(${table}) ORDER BY pk`,
  );
  const unique = await database.all<{ key: string }>(sql`
    SELECT (SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)) AS key
    FROM pragma_index_list(${table}) AS i WHERE i."unique" = 1 AND i.partial = 0`);
  const references = await database.all<{ reference: string }>(
    sql`SELECT "from" || ' -> ' || "table" AS reference FROM pragma_foreign_key_list(${table})`,
  );
  return {
    columns: columns.map((column) => column.name),
    primaryKey: columns.filter((column) => column.pk > 0).map((column) => column.name).join(","),
    unique: unique.map((row) => row.key),
    references: references.map((row) => row.reference),
  };
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
