import type { Queryable, Transaction } from "../database/database.ts";
import { bytewise } from "../database/dialect.ts";
import { sql } from "../database/sql.ts";

/** A session together with what decides whether it still counts. */
export interface SessionRow {
  readonly created_at: string;
  readonly last_seen_at: string;
  readonly user_id: number;
  readonly username: string;
  readonly disabled_at: string | null;
  readonly tokens_valid_from: string | null;
  readonly role: string | null;
}

/** A session that begins. */
export interface NewSession {
  readonly tokenHash: string;
  readonly userId: number;
  readonly passwordHash: string;
  /** +00:00 form. */
  readonly now: string;
  /** Where it begins, and in which browser, in words of ours. */
  readonly address: string;
  readonly device: string;
}

/** A session as its user sees it. */
export interface ListedSession {
  readonly token_hash: string;
  readonly created_at: string;
  readonly last_seen_at: string;
  /** Null for sessions from before this was kept. */
  readonly address: string | null;
  readonly device: string | null;
}

/** A session with its user and the user's state, whatever these are. */
export function findSession(database: Queryable, tokenHash: string): Promise<SessionRow | undefined> {
  return database.first<SessionRow>(sql`
    SELECT s.created_at, s.last_seen_at, u.id AS user_id, u.username, a.disabled_at, a.tokens_valid_from, a.role
    FROM sessions AS s JOIN users AS u ON u.id = s.user_id
    LEFT JOIN account_states AS a ON a.user_id = u.id
    WHERE s.token_hash = ${tokenHash}`);
}

/** Adds a session for a user whose password is still the one with this hash; tells whether it is. */
export async function insertSession(
  transaction: Transaction,
  session: NewSession,
): Promise<boolean> {
  const { tokenHash, userId, passwordHash, now, address, device } = session;
  const added = await transaction.run(sql`
    INSERT INTO sessions (token_hash, user_id, created_at, last_seen_at, address, device)
    SELECT ${tokenHash}, id, ${now}, ${now}, ${address}, ${device} FROM users
    WHERE id = ${userId} AND password_hash = ${passwordHash}`);
  return added > 0;
}

export async function touchSession(transaction: Transaction, tokenHash: string, now: string): Promise<void> {
  await transaction.run(sql`UPDATE sessions SET last_seen_at = ${now} WHERE token_hash = ${tokenHash}`);
}

export async function deleteSession(transaction: Transaction, tokenHash: string): Promise<void> {
  await transaction.run(sql`DELETE FROM sessions WHERE token_hash = ${tokenHash}`);
}

/** Removes the sessions that ended by themselves. */
export async function deleteEndedSessions(
  transaction: Transaction,
  { createdBefore, seenBefore }: { createdBefore: string; seenBefore: string },
): Promise<void> {
  await transaction.run(sql`
    DELETE FROM sessions WHERE ${bytewise(sql`created_at`)} <= ${createdBefore}
      OR ${bytewise(sql`last_seen_at`)} <= ${seenBefore}`);
}

/** A user's sessions that began and were used after these times, those used last first. */
export function listSessions(
  database: Queryable,
  { userId, createdAfter, seenAfter, limit }: {
    userId: number;
    createdAfter: string;
    seenAfter: string;
    limit: number;
  },
): Promise<ListedSession[]> {
  return database.all<ListedSession>(sql`
    SELECT s.token_hash, s.created_at, s.last_seen_at, s.address, s.device
    FROM sessions AS s LEFT JOIN account_states AS a ON a.user_id = s.user_id
    WHERE s.user_id = ${userId} AND ${bytewise(sql`s.created_at`)} > ${createdAfter}
      AND ${bytewise(sql`s.last_seen_at`)} > ${seenAfter}
      AND (a.tokens_valid_from IS NULL OR ${bytewise(sql`s.created_at`)} > a.tokens_valid_from)
    ORDER BY ${bytewise(sql`s.last_seen_at`)} DESC, s.token_hash LIMIT ${limit}`);
}

/** Ends one of a user's sessions; tells whether there was such a one. */
export async function deleteOwnSession(
  transaction: Transaction,
  { userId, tokenHash }: { userId: number; tokenHash: string },
): Promise<boolean> {
  return await transaction.run(
    sql`DELETE FROM sessions WHERE token_hash = ${tokenHash} AND user_id = ${userId}`,
  ) > 0;
}

/** Ends all sessions of a user. */
export async function deleteSessionsOf(transaction: Transaction, userId: number): Promise<void> {
  await transaction.run(sql`DELETE FROM sessions WHERE user_id = ${userId}`);
}
