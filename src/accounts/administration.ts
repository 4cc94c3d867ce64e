import type { Database } from "../database/database.ts";
import { conflict, invalid, notFound } from "../errors.ts";
import { USERNAME_MAX_CHARS } from "../limits.ts";
import { codePointLength, trimSpace } from "../wire/text.ts";
import { type Clock, isoOffset } from "../wire/time.ts";
import { checkNewPassword } from "./password_rules.ts";
import type { Passwords } from "./passwords.ts";
import {
  deleteUser,
  findUser,
  insertUser,
  listUsers,
  setAccountState,
  setPasswordHash,
  type User,
} from "./users.ts";

/** A user as an administrator sees it. */
export interface UserSummary {
  readonly username: string;
  readonly created_at: string;
  readonly disabled_at: string | null;
}

/** What an administrator does with the accounts of others. Names are compared exactly. */
export interface Administration {
  /** @throws {CqError} 409 where the name is taken, 422 where the name or the password is not acceptable. */
  add(username: string, password: string): Promise<void>;
  list(): Promise<UserSummary[]>;
  /** Refuses the user's logins, tokens and keys from now on. */
  disable(username: string): Promise<void>;
  /** Undoes {@link disable}; login tokens from before stay void. */
  enable(username: string): Promise<void>;
  /** Sets a password, which {@link checkNewPassword} accepts, and voids the login tokens issued before. */
  setPassword(username: string, password: string): Promise<void>;
  /** Removes the user and the user's keys; proposals and decisions stay. */
  remove(username: string): Promise<void>;
  /** @throws {CqError} 404. */
  find(username: string): Promise<User>;
}

interface Dependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly passwords: Passwords;
}

/** Administration of the accounts in `database`. */
export function createAdministration({ database, clock, passwords }: Dependencies): Administration {
  const find = async (username: string): Promise<User> => {
    const user = await findUser(database, username);
    if (user === undefined) throw notFound(`There is no user ${username}`);
    return user;
  };
  const setState = async (username: string, isDisabled: boolean): Promise<void> => {
    const { id } = await find(username);
    const now = isoOffset(clock.now());
    const state = { disabledAt: isDisabled ? now : null, tokensValidFrom: now };
    await database.transaction((transaction) => setAccountState(transaction, id, state));
  };
  return {
    find,
    async add(username, password): Promise<void> {
      checkUsername(username);
      checkNewPassword(password, username);
      const user = {
        username,
        password_hash: await passwords.hash(password),
        created_at: isoOffset(clock.now()),
      };
      const added = await database.transaction((transaction) => insertUser(transaction, user));
      if (!added) throw conflict(`There is a user ${username} already`);
    },
    async list(): Promise<UserSummary[]> {
      const users = await listUsers(database);
      return users.map(({ username, created_at, disabled_at }) => ({ username, created_at, disabled_at }));
    },
    disable: (username) => setState(username, true),
    enable: (username) => setState(username, false),
    async setPassword(username, password): Promise<void> {
      const { id, disabled_at } = await find(username);
      checkNewPassword(password, username);
      const hash = await passwords.hash(password);
      const state = { disabledAt: disabled_at, tokensValidFrom: isoOffset(clock.now()) };
      await database.transaction(async (transaction) => {
        await setPasswordHash(transaction, id, hash);
        await setAccountState(transaction, id, state);
      });
    },
    async remove(username): Promise<void> {
      const { id } = await find(username);
      await database.transaction((transaction) => deleteUser(transaction, id));
    },
  };
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
