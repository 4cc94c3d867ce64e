import type { Database } from "../database/database.ts";
import { conflict, CqError, invalid, notFound } from "../errors.ts";
import { accountEventInsertion } from "../events/account_events.ts";
import { type Clock, isoOffset, microsOf } from "../wire/time.ts";
import { checkNewPassword } from "./password_rules.ts";
import type { Passwords } from "./passwords.ts";
import type { Accounts, Origin } from "./service.ts";
import { deleteSessionsOf, insertSession } from "./session_store.ts";
import { type Browser, newSessionToken } from "./sessions.ts";
import type { Tokens } from "./tokens.ts";
import { replacePasswordHash, voidLogins } from "./users.ts";

/** Whose account it is. */
interface Owner {
  readonly username: string;
  /** Undefined where the account is gone. */
  readonly userId?: number;
}

/** A password in place of the current one. */
export interface PasswordChange {
  readonly current: string;
  readonly next: string;
}

/** What users do about their own passwords and sessions. */
export interface OwnAccount {
  /**
   * Changes the password, ends every session and login from before, and begins a session in their place.
   *
   * @returns the token of the new session.
   * @throws {CqError} 422 where the current password is wrong or the new one is not acceptable, 429 after too many wrong ones,
   * 409 where the password was changed meanwhile.
   */
  changePassword(owner: Owner, change: PasswordChange, browser: Browser): Promise<string>;
  /** The same for whoever has a login token: returns a new one. */
  changePasswordByToken(owner: Owner, change: PasswordChange, from: Origin): Promise<string>;
  /** Ends every session and login, the ones of whoever asks too. Keys go on working. */
  signOutEverywhere(owner: Owner): Promise<void>;
}

interface Dependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly tokens: Tokens;
  readonly accounts: Pick<Accounts, "authenticate">;
  /** See {@link PasswordContext}. */
  readonly host: string | undefined;
  /** Told of whose logins are void from now on. */
  readonly onVoid: (username: string) => void;
}

interface Changing extends Origin {
  /** Undefined begins no session. */
  readonly session: { readonly tokenHash: string; readonly device: string } | undefined;
}

/** Own accounts in `database`. */
export function createOwnAccount(dependencies: Dependencies): OwnAccount {
  const { database, clock, tokens, onVoid } = dependencies;
  return {
    async changePassword(owner, passwords, { address, device }): Promise<string> {
      const { token, tokenHash } = newSessionToken(clock);
      await change(dependencies, { owner, passwords, changing: { address, session: { tokenHash, device } } });
      return token;
    },
    async changePasswordByToken(owner, passwords, { address }): Promise<string> {
      const from = await change(dependencies, {
        owner,
        passwords,
        changing: { address, session: undefined },
      });
      return await tokens.issue(owner.username, { at_us: microsOf(from), isExact: true });
    },
    async signOutEverywhere({ username, userId }): Promise<void> {
      const now = isoOffset(clock.now());
      const id = existing(userId);
      await database.transaction(async (transaction) => {
        await voidLogins(transaction, id, now);
        await deleteSessionsOf(transaction, id);
        await transaction.run(accountEventInsertion({
          subject: username,
          kind: "signed_out_everywhere",
          actor: username,
          at: now,
        }));
      });
      onVoid(username);
    },
  };
}

/** Returns from when on logins count. */
async function change(
  { database, clock, passwords, accounts, host, onVoid }: Dependencies,
  { owner: { username, userId }, passwords: { current, next }, changing: { address, session } }: {
    owner: Owner;
    passwords: PasswordChange;
    changing: Changing;
  },
): Promise<string> {
  const id = existing(userId);
  if (current === "") throw invalid("Give your current password");
  checkNewPassword(next, { username, host });
  const user = await authenticated(accounts, { username, password: current, address });
  if (next === current) throw invalid("The new password is the current one");
  const hash = await passwords.hash(next);
  const now = isoOffset(clock.now());
  const from = await database.transaction(async (transaction) => {
    if (!await replacePasswordHash(transaction, { userId: id, expected: user.password_hash, hash })) {
      throw conflict("The password was changed by somebody else meanwhile");
    }
    const from = await voidLogins(transaction, id, now);
    await deleteSessionsOf(transaction, id);
    if (session !== undefined) {
      // Later than what is void from now on, by the least that a time can tell.
      const after = isoOffset(microsOf(from) + 1);
      await insertSession(transaction, { ...session, userId: id, passwordHash: hash, now: after, address });
    }
    await transaction.run(
      accountEventInsertion({ subject: username, kind: "password_changed", actor: username, at: now }),
    );
    return from;
  });
  onVoid(username);
  return from;
}

/** The user, whose current password counts as one that is given to sign in: so it is guessed no faster here. */
async function authenticated(
  accounts: Dependencies["accounts"],
  given: { username: string; password: string; address: string },
): ReturnType<Accounts["authenticate"]> {
  try {
    return await accounts.authenticate({ ...given, way: "password_change" });
  } catch (error) {
    // A 401 would say that the caller's own session or token is no good.
    if (!(error instanceof CqError) || error.code !== "unauthorized") throw error;
    throw invalid("The current password is wrong");
  }
}

function existing(userId: number | undefined): number {
  if (userId === undefined) throw notFound("User not found");
  return userId;
}
