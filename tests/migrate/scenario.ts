import { MIGRATIONS } from "../../migrations/mod.ts";
import type { Database } from "../../src/database/database.ts";
import { perDialect, sql } from "../../src/database/sql.ts";
import type { Migration } from "../../src/migrate/plan.ts";
import { migrate, type Outcome } from "../../src/migrate/runner.ts";
import { systemClock } from "../../src/wire/time.ts";

export const OPTIONS = { clock: systemClock(), appVersion: "1.2.3" };

/** A migration of a test's own, the same for both engines. */
export function migration(revision: string, text: string): Migration {
  return { revision, name: `test-${revision}`, sql: { sqlite: text, postgres: text } };
}

/** Our first migrations and then others. */
export function firstThen(count: number, ...others: Migration[]): Migration[] {
  return [...MIGRATIONS.slice(0, count), ...others];
}

export function run(database: Database, migrations: readonly Migration[] = MIGRATIONS): Promise<Outcome> {
  return migrate(database, migrations, OPTIONS);
}

export function script(database: Database, text: string): Promise<void> {
  return database.transaction((transaction) => transaction.script(text));
}

/** Makes the original's database, with a user and a unit in it. */
export function originalDatabase(database: Database): Promise<void> {
  return script(
    database,
    `${MIGRATIONS[0]!.sql[database.dialect]}
     INSERT INTO alembic_version VALUES ('0001');
     INSERT INTO users (username, password_hash, created_at) VALUES ('ada', 'x', '2026-01-01 00:00:00');
     INSERT INTO knowledge_units (id, data) VALUES ('ku_1', '{}');`,
  );
}

/** Every object of the schema, as SQL. */
export async function schemaOf(database: Database): Promise<string[]> {
  const rows = await database.all<{ text: string }>(perDialect({
    sqlite: sql`
      SELECT type || ' ' || name || ' ' || COALESCE(sql, '') AS text FROM sqlite_master ORDER BY type, name`,
    postgres: sql`
      WITH builtin (name) AS (VALUES ('pg_catalog'), ('information_schema'))
      SELECT 'column ' || table_schema || '.' || table_name || '.' || column_name || ' ' || data_type || ' ' ||
        is_nullable || ' ' || COALESCE(column_default, '') || ' ' || is_identity AS text
      FROM information_schema.columns WHERE table_schema NOT IN (SELECT name FROM builtin)
      UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname NOT IN (SELECT name FROM builtin)
      UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace::regnamespace::text NOT IN (SELECT name FROM builtin)
      UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
      UNION ALL SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace::regnamespace::text NOT IN (SELECT name FROM builtin)
      ORDER BY text`,
  }));
  return rows.map((row) => row.text);
}

/** Rows of `schema_history` as `revision name version`. */
export async function historyOf(database: Database): Promise<string[]> {
  const rows = await database.all<{ text: string }>(
    sql`SELECT revision || ' ' || name || ' ' || app_version AS text FROM schema_history ORDER BY revision`,
  );
  return rows.map((row) => row.text);
}

/** Rows of `alembic_version`. */
export async function versionsOf(database: Database): Promise<string[]> {
  const rows = await database.all<{ version_num: string }>(sql`SELECT version_num FROM alembic_version`);
  return rows.map((row) => row.version_num);
}
