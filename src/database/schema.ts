import type { Database, Queryable, Transaction } from "./database.ts";
import { refused } from "../errors.ts";
import { isLockTimeout } from "./postgres_errors.ts";
import { type Dialect, list, perDialect, sql } from "./sql.ts";

/** What matters of a table, whatever the order of its columns and whatever else it has. */
export interface TableShape {
  readonly columns: readonly string[];
  /** Columns of the primary key, in order: `a,b`. */
  readonly primaryKey: string;
  /** Unique keys besides the primary one: `a,b`. */
  readonly unique: readonly string[];
  /** Foreign keys: `user_id -> users`. */
  readonly references: readonly string[];
}

/** Which of the named tables exist: in Postgres, in the schema that new tables go to. */
export async function existingTables(database: Queryable, names: readonly string[]): Promise<Set<string>> {
  // Postgres knows no empty list.
  if (names.length === 0) return new Set();
  const rows = await database.all<{ name: string }>(perDialect({
    sqlite: sql`SELECT name FROM sqlite_master WHERE type = 'table' AND name IN (${list(names)})`,
    postgres: sql`
      SELECT table_name::text AS name FROM information_schema.tables
      WHERE table_schema = current_schema() AND table_name::text IN (${list(names)})`,
  }));
  return new Set(rows.map((row) => row.name));
}

/** The shape of an existing table. */
export async function tableShape(database: Queryable, table: string): Promise<TableShape> {
  const columns = await database.all<{ name: string }>(perDialect({
    sqlite: sql`SELECT name FROM pragma_table_info(${table})`,
    postgres: sql`
      SELECT column_name::text AS name FROM information_schema.columns
      WHERE table_schema = current_schema() AND table_name = ${table}`,
  }));
  const keys = await database.all<{ kind: string; columns: string }>(perDialect({
    sqlite: sql`
      SELECT 'p' AS kind, COALESCE(group_concat(name), '') AS columns
      FROM (SELECT name FROM pragma_table_info(${table}) WHERE pk > 0 ORDER BY pk)
      UNION ALL
      SELECT 'u', (SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno))
      FROM pragma_index_list(${table}) AS i WHERE i."unique" = 1 AND i.origin <> 'pk' AND i.partial = 0`,
    postgres: sql`
      SELECT CASE WHEN i.indisprimary THEN 'p' ELSE 'u' END AS kind,
        (SELECT string_agg(a.attname, ',' ORDER BY k.position)
         FROM unnest(i.indkey) WITH ORDINALITY AS k(column_number, position)
         JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.column_number) AS columns
      FROM pg_index AS i
      WHERE i.indrelid = to_regclass(quote_ident(${table})) AND i.indisunique AND i.indpred IS NULL`,
  }));
  const references = await database.all<{ reference: string }>(perDialect({
    sqlite: sql`SELECT "from" || ' -> ' || "table" AS reference FROM pragma_foreign_key_list(${table})`,
    postgres: sql`
      SELECT a.attname || ' -> ' || parent.relname AS reference
      FROM pg_constraint AS c
      JOIN pg_class AS parent ON parent.oid = c.confrelid
      JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
      WHERE c.contype = 'f' AND c.conrelid = to_regclass(quote_ident(${table}))`,
  }));
  return {
    columns: columns.map((column) => column.name),
    primaryKey: keys.find((key) => key.kind === "p")?.columns ?? "",
    unique: keys.filter((key) => key.kind === "u").map((key) => key.columns),
    references: references.map((row) => row.reference),
  };
}

/** The name of a table with rows that point nowhere. Postgres lets none come about. */
export async function brokenReference(database: Queryable): Promise<string | undefined> {
  const row = await database.first<{ name: string }>(perDialect({
    sqlite: sql`SELECT "table" AS name FROM pragma_foreign_key_check LIMIT 1`,
    postgres: sql`SELECT NULL AS name WHERE FALSE`,
  }));
  return row?.name;
}

/** Whether the server takes no writes, as a standby or while it is maintained. A SQLite file is tried by writing only. */
export async function isReadOnly(database: Database): Promise<boolean> {
  if (database.dialect === "sqlite") return false;
  const row = await database.first<{ setting: string }>(
    sql`SELECT current_setting('transaction_read_only') AS setting`,
  );
  return row?.setting === "on";
}

/** Bytes that a database takes up. */
export async function databaseSize(database: Queryable): Promise<number> {
  const row = await database.first<{ bytes: number }>(perDialect({
    sqlite: sql`SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size`,
    postgres: sql`SELECT pg_database_size(current_database()) AS bytes`,
  }));
  return row!.bytes;
}

/** Any two numbers nobody else is likely to lock: "cq" and "migr" in ASCII. */
const MIGRATION_LOCK = [0x6371, 0x6d696772] as const;

/**
 * Makes this the only transaction that changes the schema, until it ends; waits up to `wait_ms` for another one. Held by the
 * transaction, not by the session, so that it works behind a transaction pooler. SQLite's transactions are alone by themselves.
 */
export async function lockSchema(dialect: Dialect, transaction: Transaction, wait_ms: number): Promise<void> {
  if (dialect === "sqlite") return;
  const [space, name] = MIGRATION_LOCK;
  await transaction.all(sql`
    SELECT set_config('lock_timeout', ${`${wait_ms}ms`}, true), set_config('statement_timeout', '0', true)`);
  try {
    await transaction.all(sql`SELECT pg_advisory_xact_lock(${space}::int, ${name}::int)::text`);
  } catch (cause) {
    if (!isLockTimeout(cause)) throw cause;
    throw refused(
      `another server has been changing the schema for ${wait_ms / 1000} seconds; start again later`,
      cause,
    );
  }
}
