import { DatabaseSync } from "node:sqlite";
import { MIGRATIONS } from "../../migrations/mod.ts";
import type { Database } from "../../src/database/database.ts";
import { openDatabase } from "../../src/database/open.ts";
import { type Sql, sql } from "../../src/database/sql.ts";
import type { DatabaseLocation } from "../../src/database/url.ts";
import { type KeySetup, sampleDatabase, type Setup, type UnitSetup, type UserSetup } from "./case_file.ts";
import { keyHash } from "./credentials.ts";
import { type JsonValue, parseJson } from "./exact_json.ts";
import preAlembic from "./pre_alembic.sqlite.sql" with { type: "text" };

/** Makes the database a case starts from, or none. */
export async function prepareDatabase(
  location: DatabaseLocation,
  setup: Setup,
  pepper: string,
): Promise<void> {
  const kind = setup.database ?? "baseline";
  if (kind === "none") return;
  if (typeof kind === "object") await Deno.copyFile(sampleDatabase(kind.file), location.path);
  const isCopy = typeof kind === "object";
  if (isCopy && setup.sql === undefined) return;
  const database = openDatabase(location, { untouched: true });
  try {
    await database.transaction(async (transaction) => {
      if (!isCopy) await transaction.script(schema(kind, database.dialect));
      for (const statement of rowsOf(setup, pepper)) await transaction.run(statement);
      for (const statement of setup.sql ?? []) await transaction.script(statement);
    });
  } finally {
    await database.close();
  }
}

function schema(kind: "baseline" | "pre-alembic", dialect: Database["dialect"]): string {
  if (kind === "pre-alembic") return preAlembic;
  return `${MIGRATIONS[0]!.sql[dialect]}; INSERT INTO alembic_version (version_num) VALUES ('0001');`;
}

function rowsOf(setup: Setup, pepper: string): Sql[] {
  const users = (setup.users ?? []).map((user, index) => ({ ...user, id: user.id ?? index + 1 }));
  const ids = new Map(users.map((user) => [user.username, user.id]));
  return [
    ...users.map(userRow),
    ...(setup.api_keys ?? []).map((key) => keyRow(key, ids.get(key.user)!, pepper)),
    ...(setup.units ?? []).flatMap((unit) => [unitRow(unit), ...domainRows(unit)]),
  ];
}

function userRow(user: UserSetup & { id: number }): Sql {
  return sql`INSERT INTO users (id, username, password_hash, created_at)
    VALUES (${user.id}, ${user.username}, ${user.password_hash}, ${user.created_at})`;
}

function keyRow(key: KeySetup, userId: number, pepper: string): Sql {
  const hash = keyHash(key.secret, key.pepper ?? pepper);
  return sql`INSERT INTO api_keys (id, user_id, name, labels, key_prefix, key_hash, ttl, expires_at, created_at,
      last_used_at, revoked_at)
    VALUES (${key.id}, ${userId}, ${key.name}, ${JSON.stringify(key.labels ?? [])}, ${key.secret.slice(0, 8)},
      ${hash}, ${key.ttl}, ${key.expires_at}, ${key.created_at}, ${key.last_used_at ?? null},
      ${key.revoked_at ?? null})`;
}

function unitRow(unit: UnitSetup): Sql {
  const { data, status = "pending", reviewed_by = null, reviewed_at = null, created_at = null } = unit;
  const tier = unit.tier ?? String(data["tier"] ?? "private");
  return sql`INSERT INTO knowledge_units (id, data, status, reviewed_by, reviewed_at, created_at, tier)
    VALUES (${String(data["id"])}, ${JSON.stringify(data)}, ${status}, ${reviewed_by}, ${reviewed_at},
      ${created_at}, ${tier})`;
}

function domainRows({ data, domains }: UnitSetup): Sql[] {
  return (domains ?? data["domains"] as string[] ?? []).map((domain) =>
    sql`INSERT INTO knowledge_unit_domains (unit_id, domain) VALUES (${String(data["id"])}, ${domain})`
  );
}

// As lists: a join may return two columns of one name. Apart, because the library definitions lack `returnArrays`.
const READ_AS_LISTS = { readOnly: true, timeout: 5000, returnArrays: true };

/** Rows of a database that a server may be writing to, as lists of column values. */
export function rowsFrom({ path }: DatabaseLocation, query: string): JsonValue[][] {
  const database = new DatabaseSync(path, READ_AS_LISTS);
  try {
    const statement = database.prepare(query);
    statement.setReadBigInts(true);
    const rows = statement.all() as unknown as (string | bigint | number | null)[][];
    return rows.map((row) => row.map(columnValue));
  } finally {
    database.close();
  }
}

function columnValue(value: string | bigint | number | null): JsonValue {
  return typeof value === "bigint" ? parseJson(String(value)) : value;
}
