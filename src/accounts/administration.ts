import type { Database, Transaction } from "../database/database.ts";
import { conflict, type CqError, invalid, notFound } from "../errors.ts";
import { accountEventInsertion, type AccountEventKind } from "../events/account_events.ts";
import { NEW_PASSWORD_BYTES, USERNAME_MAX_CHARS } from "../limits.ts";
import { codePointLength, trimSpace } from "../wire/text.ts";
import { type Clock, isoOffset } from "../wire/time.ts";
import { checkNewPassword } from "./password_rules.ts";
import { base32 } from "./key_token.ts";
import type { Passwords } from "./passwords.ts";
import { type Role, roleOf } from "./roles.ts";
import { deleteSessionsOf } from "./session_store.ts";
import {
  deleteUser,
  findUser,
  findUserById,
  hasOtherAdmin,
  holdAccounts,
  insertUser,
  keyUses,
  listUsers,
  setAccountState,
  setPasswordHash,
  setRole,
  type User,
  type UserUse,
  voidedUntil,
  voidLogins,
} from "./users.ts";

/** A user as an administrator sees it. */
export interface UserSummary {
  readonly id: number;
  readonly username: string;
  readonly created_at: string;
  readonly disabled_at: string | null;
  /** Undefined where it is one that this version does not know. */
  readonly role: Role | undefined;
  /** Keys that are neither revoked nor expired. */
  readonly active_keys: number;
  /** When a key of the user was last used; null where none ever was. */
  readonly last_key_use: string | null;
}

/** Administration on behalf of whoever is named: what they do is written down under that name. */
export type AdministrationBy = (actor: string) => Administration;

/** What an administrator does with the accounts of others. Names are compared exactly. */
export interface Administration {
  /**
   * Adds a user with a role; the first user of all becomes an admin where none is given, others contributors. Login tokens of
   * somebody who had the name before stay void.
   *
   * @throws {CqError} 409 where the name is taken, 422 where the name or the password is not acceptable.
   */
  add(username: string, password: string, role?: Role): Promise<Role>;
  /** Whether a user can be added under a name, before anybody thinks of a password. @throws {CqError} what `add` throws for it. */
  requireNew(username: string): Promise<void>;
  list(): Promise<UserSummary[]>;
  /** @throws {CqError} 404. */
  view(id: number): Promise<UserSummary>;
  /** Gives a user another role. @throws {CqError} 409 where the user is the last admin. */
  setRole(username: string, role: Role): Promise<void>;
  /** Refuses the user's logins, tokens and keys from now on. @throws {CqError} 409 where the user is the last admin. */
  disable(username: string): Promise<void>;
  /** Undoes {@link disable}; login tokens from before stay void. One who is enabled stays signed in. */
  enable(username: string): Promise<void>;
  /** Sets a password, which {@link checkNewPassword} accepts, and voids the login tokens issued before. */
  setPassword(username: string, password: string): Promise<void>;
  /** A password that nobody guesses, to be handed to a user. */
  newPassword(): string;
  /** Removes the user and the user's keys; proposals and decisions stay. @throws {CqError} 409 where it is the last admin. */
  remove(username: string): Promise<void>;
  /** @throws {CqError} 404. */
  find(username: string): Promise<User>;
}

interface Dependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly passwords: Passwords;
  /** Who administers: what they do is written down under this name. */
  readonly actor: string;
  /** The name of the server's host: what is no password. */
  readonly host?: string | undefined;
  /** Refuses a name that may not be stored, by throwing. */
  readonly check?: (username: string) => Promise<void>;
  /** Told of whose account is another one from now on. */
  readonly onChange?: (username: string) => void;
}

/** Administration of the accounts in `database`. */
export function createAdministration(
  { database, clock, passwords, actor, host, check, onChange }: Dependencies,
): Administration {
  const find = async (username: string): Promise<User> => {
    const user = await findUser(database, username);
    if (user === undefined) throw unknown(username);
    return user;
  };
  /** Does what a change needs and writes down that it was done, in one transaction. */
  const change = async (
    username: string,
    { kind, detail, isDone = () => false, work }: {
      kind: AccountEventKind;
      detail?: Readonly<Record<string, unknown>>;
      /** Whether there is nothing to do, and nothing to write down. */
      isDone?: (user: User) => boolean;
      work: (transaction: Transaction, user: User, now: string) => Promise<void>;
    },
  ): Promise<void> => {
    const now = isoOffset(clock.now());
    await database.transaction(async (transaction) => {
      await holdAccounts(transaction);
      const user = await findUser(transaction, username);
      if (user === undefined) throw unknown(username);
      if (isDone(user)) return;
      await work(transaction, user, now);
      await transaction.run(
        accountEventInsertion({
          subject: username,
          kind,
          actor,
          at: now,
          ...(detail === undefined ? {} : { detail }),
        }),
      );
    });
    onChange?.(username);
  };
  const taken = (username: string): CqError => conflict(`There is a user ${username} already`);
  const requireNew = async (username: string): Promise<void> => {
    checkUsername(username);
    await check?.(username);
    if (await findUser(database, username) !== undefined) throw taken(username);
  };
  return {
    find,
    requireNew,
    async add(username, password, role): Promise<Role> {
      // A hash is a quarter of a second of work; the transaction asks once more.
      await requireNew(username);
      checkNewPassword(password, { username, host });
      const password_hash = await passwords.hash(password);
      const now = isoOffset(clock.now());
      const given = await database.transaction(async (transaction) => {
        await holdAccounts(transaction);
        const given = role ?? (await hasOtherAdmin(transaction, NOBODY) ? "contributor" : "admin");
        if (!await insertUser(transaction, { username, password_hash, created_at: now })) {
          throw taken(username);
        }
        const { id } = (await findUser(transaction, username))!;
        await setRole(transaction, id, given);
        // Login tokens name the user only: those of a deleted one must not be good for whoever has the name next.
        await voidLogins(transaction, id, now);
        const event = {
          subject: username,
          kind: "user_added",
          actor,
          at: now,
          detail: { role: given },
        } as const;
        await transaction.run(accountEventInsertion(event));
        return given;
      });
      onChange?.(username);
      return given;
    },
    async list(): Promise<UserSummary[]> {
      const now = isoOffset(clock.now());
      const [users, uses] = await Promise.all([listUsers(database), keyUses(database, { now })]);
      const useOf = new Map(uses.map((use) => [use.user_id, use]));
      return users.map((user) => summary(user, useOf.get(user.id)));
    },
    async view(id): Promise<UserSummary> {
      const now = isoOffset(clock.now());
      const [user, uses] = await Promise.all([
        findUserById(database, id),
        keyUses(database, { now, userId: id }),
      ]);
      if (user === undefined) throw notFound("There is no such user");
      return summary(user, uses[0]);
    },
    setRole: (username, role) =>
      change(username, {
        kind: "role_set",
        detail: { role },
        isDone: (user) => user.role === role,
        async work(transaction, user): Promise<void> {
          if (role !== "admin") await keepAnAdmin(transaction, user);
          await setRole(transaction, user.id, role);
        },
      }),
    disable: (username) =>
      change(username, {
        kind: "user_disabled",
        isDone: (user) => user.disabled_at !== null,
        async work(transaction, user, now): Promise<void> {
          await keepAnAdmin(transaction, user);
          await setState(transaction, user, { disabledAt: now, now });
        },
      }),
    enable: (username) =>
      change(username, {
        kind: "user_enabled",
        isDone: (user) => user.disabled_at === null,
        work: (transaction, user, now) => setState(transaction, user, { disabledAt: null, now }),
      }),
    async setPassword(username, password): Promise<void> {
      checkNewPassword(password, { username, host });
      const hash = await passwords.hash(password);
      await change(username, {
        kind: "password_set",
        async work(transaction, user, now): Promise<void> {
          await setPasswordHash(transaction, user.id, hash);
          await setState(transaction, user, { disabledAt: user.disabled_at, now });
        },
      });
    },
    newPassword: () => base32(clock.bytes(NEW_PASSWORD_BYTES)),
    remove: (username) =>
      change(username, {
        kind: "user_deleted",
        async work(transaction, user): Promise<void> {
          await keepAnAdmin(transaction, user);
          await deleteUser(transaction, user.id);
        },
      }),
  };
}

function summary({ id, username, created_at, disabled_at, role }: User, use?: UserUse): UserSummary {
  return {
    id,
    username,
    created_at,
    disabled_at,
    role: roleOf(role),
    active_keys: Number(use?.active_keys ?? 0),
    last_key_use: use?.last_key_use ?? null,
  };
}

/** Sets a user's state, and ends every session and login from before. */
async function setState(
  transaction: Transaction,
  { id, tokens_valid_from }: User,
  { disabledAt, now }: { disabledAt: string | null; now: string },
): Promise<void> {
  const tokensValidFrom = voidedUntil(tokens_valid_from, now);
  await setAccountState(transaction, id, { disabledAt, tokensValidFrom });
  await deleteSessionsOf(transaction, id);
}

/** The id of no user. */
const NOBODY = -1;

/** With the accounts held, so that two admins who remove each other do not both succeed. */
async function keepAnAdmin(
  transaction: Transaction,
  { id, username, role, disabled_at }: User,
): Promise<void> {
  const isAdmin = roleOf(role) === "admin" && disabled_at === null;
  if (!isAdmin || await hasOtherAdmin(transaction, id)) return;
  throw conflict(`${username} is the last admin; make another user an admin first`);
}

function unknown(username: string): CqError {
  return notFound(`There is no user ${username}`);
}

function checkUsername(username: string): void {
  const isPlain = username !== "" && trimSpace(username) === username && username.isWellFormed() &&
    !/\p{Cc}/u.test(username);
  if (!isPlain) {
    throw invalid("A user name is not empty and has no white space at its ends and no control characters");
  }
  if (codePointLength(username) > USERNAME_MAX_CHARS) {
    throw invalid(`A user name has at most ${USERNAME_MAX_CHARS} characters`);
  }
}
