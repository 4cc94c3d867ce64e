import type { Queryable, Transaction } from "../database/database.ts";
import { bytewise, forUpdate } from "../database/dialect.ts";
import { sql } from "../database/sql.ts";
import { isoOffset, microsOf } from "../wire/time.ts";

/** A user with what the server knows of the account. */
export interface User {
  readonly id: number;
  readonly username: string;
  readonly password_hash: string;
  /** As stored: users made by the original's seeding script have no zone. */
  readonly created_at: string;
  /** Set while the account is disabled. */
  readonly disabled_at: string | null;
  /** Login tokens issued before this are void; null where none was ever voided. */
  readonly tokens_valid_from: string | null;
  /** Null where nobody ever gave the user one: see {@link roleOf}. */
  readonly role: string | null;
}

const USER = sql`
  SELECT u.id, u.username, u.password_hash, u.created_at, s.disabled_at, s.tokens_valid_from, s.role
  FROM users AS u LEFT JOIN account_states AS s ON s.user_id = u.id`;

export function findUser(database: Queryable, username: string): Promise<User | undefined> {
  return database.first<User>(sql`${USER} WHERE u.username = ${username}`);
}

export function listUsers(database: Queryable): Promise<User[]> {
  return database.all<User>(sql`${USER} ORDER BY ${bytewise(sql`u.username`)}`);
}

/** A user with what the keys of the account tell of its use. */
export interface UserUse {
  readonly user_id: number;
  /** Keys that are neither revoked nor expired. */
  readonly active_keys: number;
  /** +00:00 form; null where no key was ever used. */
  readonly last_key_use: string | null;
}

/** Users who have or had keys, with what these tell at `now`; of one user, where it is named. */
export function keyUses(
  database: Queryable,
  { now, userId }: { now: string; userId?: number | undefined },
): Promise<UserUse[]> {
  const whose = userId === undefined ? sql`` : sql`WHERE user_id = ${userId}`;
  return database.all<UserUse>(sql`
    SELECT user_id,
      SUM(CASE WHEN revoked_at IS NULL AND ${
    bytewise(sql`expires_at`)
  } > ${now} THEN 1 ELSE 0 END) AS active_keys,
      MAX(${bytewise(sql`last_used_at`)}) AS last_key_use
    FROM api_keys ${whose} GROUP BY user_id`);
}

/** The user with this id. */
export function findUserById(database: Queryable, id: number): Promise<User | undefined> {
  return database.first<User>(sql`${USER} WHERE u.id = ${id}`);
}

/** Adds a user; tells whether the name was free. */
export async function insertUser(
  transaction: Transaction,
  user: Pick<User, "username" | "password_hash" | "created_at">,
): Promise<boolean> {
  const added = await transaction.run(sql`
    INSERT INTO users (username, password_hash, created_at)
    VALUES (${user.username}, ${user.password_hash}, ${user.created_at})
    ON CONFLICT (username) DO NOTHING`);
  return added > 0;
}

export async function setPasswordHash(transaction: Transaction, userId: number, hash: string): Promise<void> {
  await transaction.run(sql`UPDATE users SET password_hash = ${hash} WHERE id = ${userId}`);
}

/**
 * From when on logins count where all from before are void: from `now`. A clock that was ahead may have written a later moment, which
 * logins since then had to be after: it is from right after that then.
 */
export function voidedUntil(earlier: string | null, now: string): string {
  return earlier === null || earlier <= now ? now : isoOffset(microsOf(earlier) + 1);
}

/** Sets the account's state and voids every login token issued before `tokensValidFrom`. */
export async function setAccountState(
  transaction: Transaction,
  userId: number,
  state: { disabledAt: string | null; tokensValidFrom: string },
): Promise<void> {
  await transaction.run(sql`
    INSERT INTO account_states (user_id, disabled_at, tokens_valid_from)
    VALUES (${userId}, ${state.disabledAt}, ${state.tokensValidFrom})
    ON CONFLICT (user_id) DO UPDATE SET
      disabled_at = excluded.disabled_at, tokens_valid_from = excluded.tokens_valid_from`);
}

/**
 * Voids every login token and session from before, and leaves the rest of the account's state as it is.
 *
 * @returns from when on logins count.
 */
export async function voidLogins(transaction: Transaction, userId: number, now: string): Promise<string> {
  const state = await transaction.first<{ tokens_valid_from: string | null }>(
    sql`SELECT tokens_valid_from FROM account_states WHERE user_id = ${userId} ${forUpdate()}`,
  );
  const from = voidedUntil(state?.tokens_valid_from ?? null, now);
  await transaction.run(sql`
    INSERT INTO account_states (user_id, tokens_valid_from) VALUES (${userId}, ${from})
    ON CONFLICT (user_id) DO UPDATE SET tokens_valid_from = excluded.tokens_valid_from`);
  return from;
}

/** Replaces a password hash that is still the one expected; tells whether it was. */
export async function replacePasswordHash(
  transaction: Transaction,
  { userId, expected, hash }: { userId: number; expected: string; hash: string },
): Promise<boolean> {
  return await transaction.run(sql`
    UPDATE users SET password_hash = ${hash} WHERE id = ${userId} AND password_hash = ${expected}`) > 0;
}

export async function setRole(transaction: Transaction, userId: number, role: string): Promise<void> {
  await transaction.run(sql`
    INSERT INTO account_states (user_id, role) VALUES (${userId}, ${role})
    ON CONFLICT (user_id) DO UPDATE SET role = excluded.role`);
}

/** Holds every account until the transaction ends, so that what is counted of them stays true. */
export async function holdAccounts(transaction: Transaction): Promise<void> {
  await transaction.all(sql`SELECT id FROM users ORDER BY id ${forUpdate()}`);
}

/** Whether an enabled user other than this one may do everything. */
export async function hasOtherAdmin(transaction: Transaction, userId: number): Promise<boolean> {
  const other = await transaction.first(sql`
    SELECT u.id FROM users AS u LEFT JOIN account_states AS s ON s.user_id = u.id
    WHERE u.id <> ${userId} AND s.disabled_at IS NULL AND COALESCE(s.role, 'admin') = 'admin' LIMIT 1`);
  return other !== undefined;
}

/** Removes a user and, with it, its keys. What the user proposed and decided stays. */
export async function deleteUser(transaction: Transaction, userId: number): Promise<void> {
  await transaction.run(sql`DELETE FROM users WHERE id = ${userId}`);
}
