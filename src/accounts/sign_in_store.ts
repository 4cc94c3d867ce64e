import type { Queryable, Transaction } from "../database/database.ts";
import { bytewise } from "../database/dialect.ts";
import { type Sql, sql } from "../database/sql.ts";

/** How an attempt ended, or that a session did. Names that nobody has count as `wrong_password`, of no user. */
export const SIGN_IN_OUTCOMES = [
  "signed_in",
  "wrong_password",
  "disabled",
  "throttled",
  "signed_out",
] as const;
export type SignInOutcome = typeof SIGN_IN_OUTCOMES[number];

/** What the password was given for: a session of the pages, a login token of the API, or a new password. */
export type SignInWay = "page" | "api" | "password_change";

/** Attempts of one kind within an hour, as one row. */
export interface SignInRow {
  readonly id: number;
  /** Empty for all names that nobody has. */
  readonly username: string;
  readonly outcome: SignInOutcome;
  readonly way: SignInWay;
  /** The latest one. */
  readonly address: string;
  /** +00:00 form. */
  readonly first_at: string;
  readonly last_at: string;
  readonly total: number;
}

/** Attempts that are to be added to a row. */
export interface SignInCount extends Omit<SignInRow, "id"> {
  /** The hour that they belong to, as far as a time names it. */
  readonly hour: string;
  /** Empty where attempts from all addresses are counted together. */
  readonly place: string;
}

/** Adds attempts to the rows of their hours; tells how many new rows there are. */
export async function countSignIns(
  transaction: Transaction,
  counts: readonly SignInCount[],
): Promise<number> {
  const changed = await transaction.batch(counts.map(increase));
  const missing = counts.filter((_, index) => changed[index] === 0);
  if (missing.length > 0) await transaction.batch(missing.map(insertion));
  return missing.length;
}

function increase({ hour, username, outcome, way, place, address, last_at, total }: SignInCount): Sql {
  return sql`
    UPDATE sign_ins SET total = total + ${total}, last_at = ${last_at}, address = ${address}
    WHERE hour = ${hour} AND username = ${known(username)} AND outcome = ${outcome} AND way = ${way}
      AND place = ${place}`;
}

// Without the statement above, each further attempt would use up an id on Postgres, and with it a row that is kept.
function insertion(count: SignInCount): Sql {
  const { hour, username, outcome, way, place, address, first_at, last_at, total } = count;
  return sql`
    INSERT INTO sign_ins (hour, username, outcome, way, place, address, first_at, last_at, total)
    VALUES (${hour}, ${known(username)}, ${outcome}, ${way}, ${place}, ${address}, ${first_at}, ${last_at},
      ${total})
    ON CONFLICT (hour, username, outcome, way, place) DO UPDATE SET
      total = sign_ins.total + excluded.total, last_at = excluded.last_at, address = excluded.address`;
}

/** A user's name; empty where nobody has it, for it may be a password in the wrong field. */
function known(username: string): Sql {
  return sql`(SELECT COALESCE(MAX(username), '') FROM users WHERE username = ${username})`;
}

/** Removes rows of hours before `hour`, and all but the newest `keep`. */
export async function dropSignIns(
  transaction: Transaction,
  { hour, keep }: { hour: string; keep: number },
): Promise<void> {
  await transaction.batch([
    sql`DELETE FROM sign_ins WHERE ${bytewise(sql`hour`)} < ${hour}`,
    sql`DELETE FROM sign_ins WHERE id <= (SELECT MAX(id) FROM sign_ins) - ${keep}`,
  ]);
}

/** Rows, newest first: of one user where a name is given, of all otherwise. */
export function listSignIns(
  database: Queryable,
  { username, before, limit }: { username: string | undefined; before: number | undefined; limit: number },
): Promise<SignInRow[]> {
  const whose = username === undefined ? sql`` : sql`AND username = ${username}`;
  return database.all<SignInRow>(sql`
    SELECT id, username, outcome, way, address, first_at, last_at, total FROM sign_ins
    WHERE id < ${before ?? Number.MAX_SAFE_INTEGER} ${whose} ORDER BY id DESC LIMIT ${limit}`);
}
