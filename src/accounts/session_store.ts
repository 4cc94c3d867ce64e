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
  session: { tokenHash: string; userId: number; passwordHash: string; now: string },
): Promise<boolean> {
  const { tokenHash, userId, passwordHash, now } = session;
  const added = await transaction.run(sql`
    INSERT INTO sessions (token_hash, user_id, created_at, last_seen_at)
    SELECT ${tokenHash}, id, ${now}, ${now} FROM users
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
