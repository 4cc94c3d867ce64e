import type { Queryable, Transaction } from "../database/database.ts";
import { bytewise, forUpdate } from "../database/dialect.ts";
import { type Sql, sql } from "../database/sql.ts";

/** A row of `api_keys`; times in the +00:00 form. */
export interface ApiKeyRow {
  readonly id: string;
  readonly user_id: number;
  readonly name: string;
  /** JSON list of texts. */
  readonly labels: string;
  readonly key_prefix: string;
  readonly key_hash: string;
  readonly ttl: string;
  readonly expires_at: string;
  readonly created_at: string;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
  /** Names of scopes, separated by spaces; null where the key may do what its owner may. Not a column of the table. */
  readonly scopes: string | null;
}

/** A key together with whom it belongs to. */
export interface OwnedKey {
  readonly id: string;
  readonly key_hash: string;
  readonly expires_at: string;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
  readonly user_id: number;
  readonly username: string;
  readonly disabled_at: string | null;
  /** The owner's: see {@link roleOf}. */
  readonly role: string | null;
  /** Names of scopes, separated by spaces; null where the key may do what its owner may. */
  readonly scopes: string | null;
}

const KEY_COLUMNS: Sql = sql`
  id, user_id, name, labels, key_prefix, key_hash, ttl, expires_at, created_at, last_used_at, revoked_at`;
const KEY: Sql = sql`
  SELECT ${KEY_COLUMNS}, (SELECT scopes FROM api_key_scopes WHERE key_id = id) AS scopes FROM api_keys`;

/** A key with its owner, whatever its state; undefined where either does not exist. */
export function findOwnedKey(database: Queryable, id: string): Promise<OwnedKey | undefined> {
  return database.first<OwnedKey>(sql`
    SELECT k.id, k.key_hash, k.expires_at, k.last_used_at, k.revoked_at, k.user_id, u.username, s.disabled_at,
           s.role, c.scopes
    FROM api_keys AS k JOIN users AS u ON u.id = k.user_id
    LEFT JOIN account_states AS s ON s.user_id = u.id LEFT JOIN api_key_scopes AS c ON c.key_id = k.id
    WHERE k.id = ${id}`);
}

/** A user's key, whatever its state. */
export function findKey(
  database: Queryable,
  { userId, id }: { userId: number; id: string },
): Promise<ApiKeyRow | undefined> {
  return database.first<ApiKeyRow>(sql`
    ${KEY} WHERE id = ${id} AND user_id = ${userId}`);
}

/** Every key of a user, newest first. */
export function listKeys(database: Queryable, userId: number): Promise<ApiKeyRow[]> {
  return database.all<ApiKeyRow>(sql`
    ${KEY} WHERE user_id = ${userId} ORDER BY ${bytewise(sql`created_at`)} DESC, ${bytewise(sql`id`)} DESC`);
}

/** Holds a user's account until the transaction ends, so that what is counted of it stays true; returns its name. */
export async function holdAccount(transaction: Transaction, userId: number): Promise<string> {
  const user = await transaction.first<{ username: string }>(sql`
    SELECT username FROM users WHERE id = ${userId} ${forUpdate()}`);
  return user?.username ?? "";
}

/** Keys of a user that are neither revoked nor expired at `now`. */
export async function countActiveKeys(database: Queryable, userId: number, now: string): Promise<number> {
  const row = await database.first<{ total: number }>(sql`
    SELECT COUNT(*) AS total FROM api_keys
    WHERE user_id = ${userId} AND revoked_at IS NULL AND ${bytewise(sql`expires_at`)} > ${now}`);
  return row!.total;
}

/** Adds a key; tells whether its id was free. */
export async function insertKey(transaction: Transaction, key: ApiKeyRow): Promise<boolean> {
  const added = await transaction.run(sql`
    INSERT INTO api_keys (${KEY_COLUMNS})
    VALUES (${key.id}, ${key.user_id}, ${key.name}, ${key.labels}, ${key.key_prefix}, ${key.key_hash}, ${key.ttl},
            ${key.expires_at}, ${key.created_at}, ${key.last_used_at}, ${key.revoked_at})
    ON CONFLICT (id) DO NOTHING`);
  if (added > 0 && key.scopes !== null) {
    await transaction.run(sql`INSERT INTO api_key_scopes (key_id, scopes) VALUES (${key.id}, ${key.scopes})`);
  }
  return added > 0;
}

/** Revokes a user's key and keeps the time of an earlier revocation; tells whether the user has such a key. */
export async function revokeKey(
  transaction: Transaction,
  { userId, id, now }: { userId: number; id: string; now: string },
): Promise<boolean> {
  const found = await transaction.run(sql`
    UPDATE api_keys SET revoked_at = COALESCE(revoked_at, ${now}) WHERE id = ${id} AND user_id = ${userId}`);
  return found > 0;
}

export async function touchKey(transaction: Transaction, id: string, now: string): Promise<void> {
  await transaction.run(sql`UPDATE api_keys SET last_used_at = ${now} WHERE id = ${id}`);
}
