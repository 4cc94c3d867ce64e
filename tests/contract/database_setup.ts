import { MIGRATIONS } from "../../migrations/mod.ts";
import type { Database } from "../../src/database/database.ts";
import { type Dialect, type Sql, sql } from "../../src/database/sql.ts";
import type { KeySetup, Setup, UnitSetup, UserSetup } from "./case_file.ts";
import { keyHash } from "./credentials.ts";

/** Whether a case starts from a copy of a sample database. */
export function isSample(database: Setup["database"]): database is { readonly file: string } {
  return typeof database === "object";
}

/** The script that makes the original's tables and says so. */
export function baselineScript(dialect: Dialect): string {
  return `${MIGRATIONS[0]!.sql[dialect]}; INSERT INTO alembic_version (version_num) VALUES ('0001');`;
}

/** Makes the tables with `script`, unless they are there or not wanted, and puts a case's rows into them. */
export async function fill(
  database: Database,
  { setup, pepper, script }: { setup: Setup; pepper: string; script: string },
): Promise<void> {
  if (setup.database === "none" || (isSample(setup.database) && setup.sql === undefined)) return;
  await database.transaction(async (transaction) => {
    if (!isSample(setup.database)) await transaction.script(script);
    for (const statement of rowsOf(setup, pepper)) await transaction.run(statement);
    for (const statement of setup.sql ?? []) await transaction.script(statement);
  });
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
