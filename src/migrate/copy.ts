import { createHash } from "node:crypto";
import { conflict, CqError } from "../errors.ts";
import { COPY_PAGE } from "../limits.ts";
import type { Database, Queryable, Row } from "../database/database.ts";
import { join, type Sql, sql } from "../database/sql.ts";
import { BASELINE } from "./baseline.ts";

/** A table that belongs to the store: what is copied of it, and what tells its rows apart. */
interface StoredTable {
  readonly name: string;
  /** Columns of the primary key. */
  readonly key: readonly string[];
  readonly columns: readonly string[];
  /** Whether the engine numbers new rows. */
  readonly isNumbered?: true;
}

function baselineTable(name: string): StoredTable {
  const { primaryKey, columns } = BASELINE[name]!;
  return { name, key: primaryKey.split(","), columns };
}

/** In an order in which no row refers to one that comes later. */
const TABLES: readonly StoredTable[] = [
  { ...baselineTable("users"), isNumbered: true },
  {
    name: "account_states",
    key: ["user_id"],
    columns: ["user_id", "disabled_at", "tokens_valid_from", "role"],
  },
  baselineTable("api_keys"),
  { name: "api_key_scopes", key: ["key_id"], columns: ["key_id", "scopes"] },
  baselineTable("knowledge_units"),
  baselineTable("knowledge_unit_domains"),
  { name: "review_snoozes", key: ["unit_id"], columns: ["unit_id", "until", "snoozed_by"] },
  {
    name: "knowledge_proposals",
    key: ["proposer", "fingerprint"],
    columns: ["proposer", "fingerprint", "unit_id"],
  },
  { name: "knowledge_standing", key: ["unit_id"], columns: ["unit_id", "flags_resolved", "verified_at"] },
  {
    name: "knowledge_votes",
    key: ["unit_id", "principal", "kind"],
    columns: ["unit_id", "principal", "kind", "voted_at"],
  },
  {
    name: "knowledge_findings",
    key: ["unit_id", "rule", "field"],
    columns: ["unit_id", "rule", "field", "severity", "message", "found_at"],
  },
  {
    name: "knowledge_events",
    key: ["id"],
    columns: ["id", "unit_id", "kind", "actor", "api_key_id", "occurred_at", "detail"],
    isNumbered: true,
  },
  {
    name: "account_events",
    key: ["id"],
    columns: ["id", "subject", "kind", "actor", "api_key_id", "occurred_at", "detail"],
    isNumbered: true,
  },
  {
    name: "sign_ins",
    key: ["id"],
    columns: [
      "id",
      "hour",
      "username",
      "outcome",
      "way",
      "place",
      "address",
      "first_at",
      "last_at",
      "total",
    ],
    isNumbered: true,
  },
];

/** What {@link copyTable} copies of which table, in the order in which the tables must be copied. */
export const COPIED_COLUMNS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  TABLES.map(({ name, columns }) => [name, columns]),
);
/** Their names, in that order. */
export const COPIED_TABLES: readonly string[] = Object.keys(COPIED_COLUMNS);

/** The tables that stay behind, and why; every table is either copied or here. */
export const LEFT_TABLES: Readonly<Record<string, string>> = {
  sessions: "everybody signs in to the pages again",
  review_claims: "they end within two minutes",
  audit_chain:
    "the target chains the events that it is given anew; check the source with the audit command first",
  knowledge_changes: "the target derives it from the units",
  knowledge_text: "the target makes its own index",
  knowledge_text_words: "the target makes its own index",
  knowledge_text_terms: "the target makes its own index",
  knowledge_text_state: "the target makes its own index",
  knowledge_vectors: "the target makes its own, or `cq vectors fill` does",
  knowledge_vector_state: "the target makes its own vectors",
  alembic_version: "the target was migrated itself",
  schema_history: "the target was migrated itself",
};

/** Number and checksum of a table's rows: equal where the rows are, whatever their order. */
export interface TableDigest {
  readonly rows: number;
  readonly checksum: string;
}

function tableNamed(name: string): StoredTable {
  return TABLES.find((table) => table.name === name)!;
}

/** Number of rows of a table. */
export async function countRows(database: Queryable, name: string): Promise<number> {
  const row = await database.first<{ total: number }>(sql`SELECT COUNT(*) AS total FROM ${identifier(name)}`);
  return row!.total;
}

/**
 * Copies the rows of a table that the target does not have, a page a transaction: what was interrupted can be run again.
 *
 * @param onCopied told how many rows of the source were dealt with.
 * @throws {CqError} that names the table, where the target cannot take a row.
 */
export async function copyTable(
  { from, to, name, onCopied }: {
    from: Database;
    to: Database;
    name: string;
    onCopied: (rows: number) => void;
  },
): Promise<void> {
  const table = tableNamed(name);
  for await (const page of pages(from, table)) {
    if (to.dialect === "postgres") checkTexts(table, page);
    const rows = page.map((row) => sql`(${join(table.columns.map((column) => sql`${row[column]!}`), ", ")})`);
    try {
      await to.transaction((transaction) =>
        transaction.run(sql`
          INSERT INTO ${identifier(name)} (${columnList(table.columns)}) VALUES ${join(rows, ", ")}
          ON CONFLICT DO NOTHING`)
      );
    } catch (error) {
      throw error instanceof CqError ? error : unacceptable(table, page, error);
    }
    onCopied(page.length);
  }
  if (table.isNumbered === true) await continueNumbering(to, name);
}

/** SQLite keeps bytes in a column of texts as they are; Postgres would make another value of them. */
function checkTexts(table: StoredTable, page: readonly Row[]): void {
  for (const row of page) {
    const column = table.columns.find((name) => row[name] instanceof Uint8Array);
    if (column === undefined) continue;
    throw conflict(
      `${table.name}: ${column} of the row ${
        shownKey(table, row)
      } holds bytes instead of a text, which Postgres does not ` +
        "take; write it as a text or remove the row",
    );
  }
}

function unacceptable(table: StoredTable, page: readonly Row[], cause: unknown): CqError {
  const [first, last] = [page[0]!, page.at(-1)!].map((row) => shownKey(table, row));
  const reason = (cause as Error).message;
  return conflict(`${table.name}: the target does not take one of the rows ${first} to ${last}: ${reason}`);
}

// Rows with given numbers do not move Postgres's sequence, SQLite's follow by themselves.
async function continueNumbering(database: Database, name: string): Promise<void> {
  if (database.dialect === "sqlite") return;
  await database.transaction((transaction) =>
    transaction.all(sql`
      SELECT setval(pg_get_serial_sequence(${name}, 'id'), GREATEST(MAX(id), 1), MAX(id) IS NOT NULL)
      FROM ${identifier(name)}`)
  );
}

/** The key of a row of the target that the source has not, or has otherwise; undefined where there is none. */
export async function foreignRow(
  { from, to, name }: { from: Database; to: Database; name: string },
): Promise<string | undefined> {
  const table = tableNamed(name);
  for await (const page of pages(to, table)) {
    const isOneOfThem = join(page.map((row) => sql`(${join(keyTerms(table, row), " AND ")})`), " OR ");
    const counterparts: Row[] = await from.all(sql`
      SELECT ${columnList(table.columns)} FROM ${identifier(name)} WHERE ${isOneOfThem}`);
    const known = new Set(counterparts.map((row) => textOf(table, row)));
    const foreign = page.find((row) => !known.has(textOf(table, row)));
    if (foreign !== undefined) return shownKey(table, foreign);
  }
  return undefined;
}

/** Number and checksum of a table's rows. */
export async function digestTable(database: Database, name: string): Promise<TableDigest> {
  const table = tableNamed(name);
  let [rows, sum] = [0, 0n];
  for await (const page of pages(database, table)) {
    for (const row of page) {
      sum += BigInt(`0x${createHash("sha256").update(textOf(table, row)).digest("hex")}`);
    }
    rows += page.length;
  }
  return { rows, checksum: BigInt.asUintN(256, sum).toString(16).padStart(64, "0") };
}

/** Every row, in the order of the primary key, which the engines see differently: it is the only one with an index in both. */
async function* pages(database: Queryable, table: StoredTable): AsyncGenerator<readonly Row[]> {
  const order = columnList(table.key);
  let last: Row | undefined;
  for (;;) {
    const after = last === undefined ? sql`` : sql`WHERE (${order}) > (${keyOf(table, last)})`;
    const page: Row[] = await database.all(sql`
      SELECT ${columnList(table.columns)} FROM ${identifier(table.name)} ${after}
      ORDER BY ${order} LIMIT ${COPY_PAGE}`);
    if (page.length === 0) return;
    if (last !== undefined && shownKey(table, last) === shownKey(table, page.at(-1)!)) {
      throw endlessKey(table, last);
    }
    yield page;
    last = page.at(-1);
  }
}

// SQLite returns a text only up to its first NUL: what comes after such a key begins with it again.
function endlessKey(table: StoredTable, row: Row): CqError {
  return conflict(
    `${table.name}: the key that begins with ${shownKey(table, row)} holds a NUL; remove its row`,
  );
}

function keyOf(table: StoredTable, row: Row): Sql {
  return join(table.key.map((column) => sql`${row[column]!}`), ", ");
}

function keyTerms(table: StoredTable, row: Row): Sql[] {
  return table.key.map((column) => sql`${identifier(column)} = ${row[column]!}`);
}

function shownKey(table: StoredTable, row: Row): string {
  return table.key.map((column) => String(row[column])).join(", ");
}

function textOf(table: StoredTable, row: Row): string {
  return JSON.stringify(table.columns.map((column) => row[column]));
}

function columnList(columns: readonly string[]): Sql {
  return join(columns.map(identifier), ", ");
}

/** Only for names from the list above: they need no quotes. */
function identifier(name: string): Sql {
  return { pieces: [{ text: name }] };
}
