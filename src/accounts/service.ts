import type { Database } from "../database/database.ts";
import { notFound, unauthorized } from "../errors.ts";
import type { LoginThrottle } from "../throttle/logins.ts";
import type { Caller } from "../wire/endpoint.ts";
import type { ApiKey, ApiKeys, KeyRequest } from "./keys.ts";
import type { Passwords } from "./passwords.ts";
import type { Tokens } from "./tokens.ts";
import { findUser, type User } from "./users.ts";

/** Where somebody signs in from. */
export interface Origin {
  readonly address: string;
}

/** What users do with their own accounts. */
export interface Accounts {
  /**
   * The user with this name and password.
   *
   * @throws {CqError} 401 or 429, each the same for an unknown name and a wrong password.
   */
  authenticate(username: string, password: string, from: Origin): Promise<User>;
  /** A login token, see {@link authenticate}. */
  login(username: string, password: string, from: Origin): Promise<string>;
  profile(caller: Caller): Promise<Pick<User, "username" | "created_at">>;
  /** Makes a key; its token is returned here and never again. */
  createKey(caller: Caller, request: KeyRequest): Promise<ApiKey & { readonly token: string }>;
  listKeys(caller: Caller): Promise<ApiKey[]>;
  /** Idempotent: the first revocation counts. */
  revokeKey(caller: Caller, id: string): Promise<void>;
}

interface Dependencies {
  readonly database: Database;
  readonly passwords: Passwords;
  readonly tokens: Tokens;
  readonly keys: ApiKeys;
  readonly logins: LoginThrottle;
}

/** Accounts in `database`. */
export function createAccounts({ database, passwords, tokens, keys, logins }: Dependencies): Accounts {
  const check = async (username: string, password: string): Promise<User> => {
    const user = await findUser(database, username);
    const isRight = await passwords.verify(password, user?.password_hash);
    if (!isRight || user === undefined || user.disabled_at !== null) {
      throw unauthorized("Invalid username or password");
    }
    return user;
  };
  const authenticate = (username: string, password: string, { address }: Origin): Promise<User> =>
    logins.attempt({ username, address }, () => check(username, password));
  return {
    authenticate,
    async login(username, password, from): Promise<string> {
      return await tokens.issue((await authenticate(username, password, from)).username);
    },
    async profile(caller): Promise<Pick<User, "username" | "created_at">> {
      const { username, created_at } = existing(await findUser(database, caller.username));
      return { username, created_at };
    },
    createKey: (caller, request) => keys.create(() => existing(caller.userId), request),
    // Asynchronous, so that a missing account is a rejection like any other.
    listKeys: async (caller) => await keys.list(existing(caller.userId)),
    revokeKey: async (caller, id) => await keys.revoke(existing(caller.userId), id),
  };
}

function existing<T>(account: T | undefined): T {
  if (account === undefined) throw notFound("User not found");
  return account;
}
