import type { Database } from "../database/database.ts";
import { CqError, notFound, unauthorized } from "../errors.ts";
import type { LoginThrottle } from "../throttle/logins.ts";
import type { Caller } from "../wire/endpoint.ts";
import type { Clock } from "../wire/time.ts";
import type { ApiKey, ApiKeys, KeyRequest } from "./keys.ts";
import type { Passwords } from "./passwords.ts";
import type { SignIns, SignInWay } from "./sign_ins.ts";
import { authenticationSince, type Tokens } from "./tokens.ts";
import { findUser, type User } from "./users.ts";

/** Where somebody signs in from. */
export interface Origin {
  readonly address: string;
}

/** Who gives a password, and what for. */
export interface Attempt extends Origin {
  readonly username: string;
  readonly password: string;
  readonly way: SignInWay;
}

/** What users do with their own accounts. */
export interface Accounts {
  /**
   * The user with this name and password.
   *
   * @throws {CqError} 401 or 429, each the same for an unknown name and a wrong password.
   */
  authenticate(attempt: Attempt): Promise<User>;
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
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly tokens: Tokens;
  readonly keys: ApiKeys;
  readonly logins: LoginThrottle;
  readonly signIns: Pick<SignIns, "note">;
}

/** Accounts in `database`. */
export function createAccounts(
  { database, clock, passwords, tokens, keys, logins, signIns }: Dependencies,
): Accounts {
  const check = async ({ username, password, way, address }: Attempt): Promise<User> => {
    const user = await findUser(database, username);
    const isRight = await passwords.verify(password, user?.password_hash);
    if (isRight && user !== undefined && user.disabled_at === null) return user;
    const outcome = isRight && user !== undefined ? "disabled" : "wrong_password";
    signIns.note({ username, outcome, way, address });
    throw unauthorized("Invalid username or password");
  };
  const authenticate = async (attempt: Attempt): Promise<User> => {
    const { username, way, address } = attempt;
    try {
      const user = await logins.attempt(attempt, () => check(attempt));
      if (way !== "password_change") signIns.note({ username, outcome: "signed_in", way, address });
      return user;
    } catch (error) {
      if (error instanceof CqError && error.code === "throttled") {
        signIns.note({ username, outcome: "throttled", way, address });
      }
      throw error;
    }
  };
  return {
    authenticate,
    async login(username, password, { address }): Promise<string> {
      // What voids logins while the password is checked voids this one too.
      const asked_us = clock.now();
      const user = await authenticate({ username, password, address, way: "api" });
      return await tokens.issue(user.username, authenticationSince(asked_us, user.tokens_valid_from));
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
