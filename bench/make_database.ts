/**
 * Writes a database in the original's schema with made-up content, so that both servers can be started on copies of it.
 *
 *     deno run -A bench/make_database.ts bench.db [--units 10000] [--seed 1] [--pepper TEXT]
 */
import { parseArgs } from "node:util";
import { hashSync } from "bcryptjs";
import { MIGRATIONS } from "../migrations/mod.ts";
import type { Database, Transaction } from "../src/database/database.ts";
import { sql } from "../src/database/sql.ts";
import { openSqlite } from "../src/database/sqlite.ts";
import { insertUnits } from "../src/knowledge/store.ts";
import { encodeUnit } from "../src/knowledge/unit.ts";
import { stampBaseline } from "../src/migrate/ledger.ts";
import { zToOffset } from "../src/wire/time.ts";
import { keyOf, PASSWORD, type StoredUnit, units, USER_COUNT, usernameOf } from "./content.ts";

/** What decides the content, to the last byte. */
export interface Content {
  readonly units: number;
  readonly seed: number;
  readonly pepper: string;
}

export const DEFAULT_CONTENT: Content = {
  units: 10_000,
  seed: 1,
  pepper: "bench-pepper-0123456789-0123456789",
};
/** The options that set it, for `parseArgs`. */
export const CONTENT_OPTIONS = {
  units: { type: "string", default: String(DEFAULT_CONTENT.units) },
  seed: { type: "string", default: String(DEFAULT_CONTENT.seed) },
  pepper: { type: "string", default: DEFAULT_CONTENT.pepper },
} as const;

/** Units per transaction. */
const PAGE = 500;
/** A salt that never changes, as the whole file: the cost is that of real users. */
const SALT = "$2b$12$benchbenchbenchbenchbe";
const LONG_AGO = "2026-01-01T00:00:00+00:00", FAR_AHEAD = "2999-01-01T00:00:00+00:00";

/** Writes the database to a new file. */
export async function makeDatabase(path: string, content: Content): Promise<void> {
  const database = openSqlite(path);
  try {
    await fillDatabase(database, content);
  } finally {
    await database.close();
  }
}

/** Makes the original's tables and the content in an empty database. */
export async function fillDatabase(database: Database, content: Content): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.script(MIGRATIONS[0]!.sql[database.dialect]);
    await stampBaseline(transaction, "0001");
    await addUsers(transaction, content);
  });
  const made = [...units(content.seed, content.units)];
  for (let first = 0; first < made.length; first += PAGE) {
    await database.transaction(async (transaction) => {
      for (const unit of made.slice(first, first + PAGE)) await addUnit(transaction, unit);
    });
  }
}

async function addUsers(transaction: Transaction, content: Content): Promise<void> {
  const passwordHash = hashSync(PASSWORD, SALT);
  for (let user = 0; user < USER_COUNT; user++) {
    const key = keyOf(user, content);
    await transaction.run(sql`
      INSERT INTO users (id, username, password_hash, created_at)
      VALUES (${user + 1}, ${usernameOf(user)}, ${passwordHash}, ${LONG_AGO})`);
    await transaction.run(sql`
      INSERT INTO api_keys (id, user_id, name, key_prefix, key_hash, ttl, expires_at, created_at)
      VALUES (${key.id}, ${
      user + 1
    }, 'bench', ${key.prefix}, ${key.hash}, '365d', ${FAR_AHEAD}, ${LONG_AGO})`);
  }
}

async function addUnit(transaction: Transaction, { unit, status }: StoredUnit): Promise<void> {
  const created_at = zToOffset(unit.evidence.first_observed);
  const isPending = status === "pending";
  await insertUnits(transaction, [{
    id: unit.id,
    data: encodeUnit(unit),
    status,
    reviewed_by: isPending ? null : usernameOf(0),
    reviewed_at: isPending ? null : created_at,
    created_at,
    tier: unit.tier,
    domains: unit.domains,
  }]);
}

/** The content that the command line asks for. */
export function contentOf(values: Readonly<Record<keyof Content, string>>): Content {
  return { units: Number(values.units), seed: Number(values.seed), pepper: values.pepper };
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({ options: CONTENT_OPTIONS, allowPositionals: true });
  await makeDatabase(positionals[0] ?? "bench.db", contentOf(values));
}
