/**
 * Writes a database in the original's schema with made-up content, so that both servers can be started on copies of it.
 *
 *     deno run -A bench/make_database.ts bench.db [--units 10000] [--seed 1] [--pepper TEXT]
 */
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { hashSync } from "bcryptjs";
import { MIGRATIONS } from "../migrations/mod.ts";
import type { Database, Transaction } from "../src/database/database.ts";
import { sql } from "../src/database/sql.ts";
import { insertUnits, type NewUnit } from "../src/knowledge/store.ts";
import { encodeUnit } from "../src/knowledge/unit.ts";
import { stampBaseline } from "../src/migrate/ledger.ts";
import { zToOffset } from "../src/wire/time.ts";
import {
  type Content,
  CONTENT_OPTIONS,
  contentOf,
  keyOf,
  PASSWORD,
  type StoredUnit,
  units,
  USER_COUNT,
  usernameOf,
} from "./content.ts";
import { TableWriter } from "./table_writer.ts";

/** Units per transaction on Postgres. */
const PAGE = 500;
/** A salt that never changes, as the whole file: the cost is that of real users. */
const SALT = "$2b$12$benchbenchbenchbenchbe";
const LONG_AGO = "2025-01-01T00:00:00+00:00", FAR_AHEAD = "2999-01-01T00:00:00+00:00";

// Nothing has to survive a crash, and the file has no other reader: it is thrown away where this does not end well.
const UNGUARDED = `
  PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -524288;`;
const INDEX_OF_DOMAINS = "idx_domains_domain";

/** Writes the database to a new SQLite file. */
export function makeDatabase(path: string, content: Content): void {
  using database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  database.exec(UNGUARDED);
  database.exec(MIGRATIONS[0]!.sql.sqlite);
  const index = database.prepare("SELECT sql FROM sqlite_master WHERE name = ?").get(INDEX_OF_DOMAINS);
  // Built at the end, from sorted rows.
  database.exec(`DROP INDEX ${INDEX_OF_DOMAINS}; BEGIN`);
  database.prepare("INSERT INTO alembic_version (version_num) VALUES (?)").run(MIGRATIONS[0]!.revision);
  for (const [table, rows] of Object.entries(accountRows(content))) {
    const writer = new TableWriter(database, table, Object.keys(rows[0]!));
    for (const row of rows) writer.add(Object.values(row));
    writer.end();
  }
  const unitWriter = new TableWriter(database, "knowledge_units", UNIT_COLUMNS);
  const domainWriter = new TableWriter(database, "knowledge_unit_domains", ["unit_id", "domain"]);
  for (const stored of units(content)) {
    const row = rowOf(stored);
    unitWriter.add(UNIT_COLUMNS.map((column) => row[column]));
    for (const domain of row.domains) domainWriter.add([row.id, domain]);
  }
  unitWriter.end();
  domainWriter.end();
  database.exec(`${index!["sql"]}; COMMIT; PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = WAL`);
}

const UNIT_COLUMNS = ["id", "data", "status", "reviewed_by", "reviewed_at", "created_at", "tier"] as const;

/** Makes the original's tables and the content in an empty Postgres database. */
export async function fillPostgres(database: Database, content: Content): Promise<void> {
  const accounts = accountRows(content);
  await database.transaction(async (transaction) => {
    await transaction.script(MIGRATIONS[0]!.sql[database.dialect]);
    await stampBaseline(transaction, MIGRATIONS[0]!.revision);
    await addAccounts(transaction, accounts);
  });
  let page: NewUnit[] = [];
  const flush = async (): Promise<void> => {
    await database.transaction((transaction) => insertUnits(transaction, page));
    page = [];
  };
  for (const stored of units(content)) {
    page.push(rowOf(stored));
    if (page.length === PAGE) await flush();
  }
  await flush();
}

interface AccountRows {
  readonly users: readonly { id: number; username: string; password_hash: string; created_at: string }[];
  readonly api_keys: readonly Record<
    "id" | "user_id" | "name" | "key_prefix" | "key_hash" | "ttl" | "expires_at" | "created_at",
    string | number
  >[];
}

function accountRows(content: Content): AccountRows {
  const password_hash = hashSync(PASSWORD, SALT);
  const indexes = Array.from({ length: USER_COUNT }, (_, user) => user);
  return {
    users: indexes.map((user) => ({
      id: user + 1,
      username: usernameOf(user),
      password_hash,
      created_at: LONG_AGO,
    })),
    api_keys: indexes.map((user) => {
      const { id, prefix, hash } = keyOf(user, content);
      return {
        id,
        user_id: user + 1,
        name: "bench",
        key_prefix: prefix,
        key_hash: hash,
        ttl: "365d",
        expires_at: FAR_AHEAD,
        created_at: LONG_AGO,
      };
    }),
  };
}

async function addAccounts(transaction: Transaction, { users, api_keys }: AccountRows): Promise<void> {
  for (const { id, username, password_hash, created_at } of users) {
    await transaction.run(sql`
      INSERT INTO users (id, username, password_hash, created_at)
      VALUES (${id}, ${username}, ${password_hash}, ${created_at})`);
  }
  for (const { id, user_id, name, key_prefix, key_hash, ttl, expires_at, created_at } of api_keys) {
    await transaction.run(sql`
      INSERT INTO api_keys (id, user_id, name, key_prefix, key_hash, ttl, expires_at, created_at)
      VALUES (${id}, ${user_id}, ${name}, ${key_prefix}, ${key_hash}, ${ttl}, ${expires_at}, ${created_at})`);
  }
}

function rowOf({ unit, status }: StoredUnit): NewUnit {
  const created_at = zToOffset(unit.evidence.first_observed);
  const isPending = status === "pending";
  return {
    id: unit.id,
    data: encodeUnit(unit),
    status,
    reviewed_by: isPending ? null : usernameOf(0),
    reviewed_at: isPending ? null : created_at,
    created_at,
    tier: unit.tier,
    domains: unit.domains,
  };
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({ options: CONTENT_OPTIONS, allowPositionals: true });
  makeDatabase(positionals[0] ?? "bench.db", contentOf(values));
}
