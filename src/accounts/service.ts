import type { Database } from "../database/database.ts";
import { conflict, notFound, unauthorized } from "../errors.ts";
import { ACTIVE_KEYS_MAX } from "../limits.ts";
import type { Caller } from "../wire/endpoint.ts";
import { trimSpace } from "../wire/text.ts";
import { type Clock, isoOffset } from "../wire/time.ts";
import { type ApiKeyRow, countActiveKeys, insertKey, listKeys, revokeKey } from "./api_keys.ts";
import { base32, keyHash, keyPrefix, keyToken, SECRET_BYTES } from "./key_token.ts";
import type { Passwords } from "./passwords.ts";
import type { Tokens } from "./tokens.ts";
import { parseTtl } from "./ttl.ts";
import { findUser, type User } from "./users.ts";

/** An API key as its owner sees it; fields in the order of the wire. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly labels: readonly string[];
  readonly prefix: string;
  readonly ttl: string;
  readonly expires_at: string;
  readonly created_at: string;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
  readonly is_expired: boolean;
  readonly is_active: boolean;
}

/** What is asked for when a key is made; see the wire's limits. */
export interface KeyRequest {
  readonly name: string;
  readonly ttl: string;
  readonly labels: readonly string[];
}

/** What users do with their own accounts. */
export interface Accounts {
  /** @throws {CqError} 401, the same for an unknown name and a wrong password. */
  login(username: string, password: string): Promise<string>;
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
  readonly pepper: string;
}

/** Accounts in `database`. */
export function createAccounts(dependencies: Dependencies): Accounts {
  const { database, clock, passwords, tokens, pepper } = dependencies;
  return {
    async login(username, password): Promise<string> {
      const user = await findUser(database, username);
      const isRight = await passwords.verify(password, user?.password_hash);
      if (!isRight || user === undefined || user.disabled_at !== null) {
        throw unauthorized("Invalid username or password");
      }
      return await tokens.issue(user.username);
    },
    async profile(caller): Promise<Pick<User, "username" | "created_at">> {
      const { username, created_at } = existing(await findUser(database, caller.username));
      return { username, created_at };
    },
    async createKey(caller, request): Promise<ApiKey & { token: string }> {
      const ttl = parseTtl(request.ttl);
      return await createKey({ database, clock, pepper }, ownId(caller), { ...request, ttl });
    },
    async listKeys(caller): Promise<ApiKey[]> {
      const rows = await listKeys(database, ownId(caller));
      const now = isoOffset(clock.now());
      return rows.map((row) => apiKey(row, now));
    },
    async revokeKey(caller, id): Promise<void> {
      const userId = ownId(caller);
      const now = isoOffset(clock.now());
      const found = await database.transaction((transaction) => revokeKey(transaction, { userId, id, now }));
      if (!found) throw notFound("API key not found");
    },
  };
}

function ownId(caller: Caller): number {
  return existing(caller.userId);
}

function existing<T>(account: T | undefined): T {
  if (account === undefined) throw notFound("User not found");
  return account;
}

async function createKey(
  { database, clock, pepper }: { database: Database; clock: Clock; pepper: string },
  userId: number,
  request: { name: string; labels: readonly string[]; ttl: { text: string; seconds: number } },
): Promise<ApiKey & { token: string }> {
  const id = clock.hex32();
  const secret = base32(clock.bytes(SECRET_BYTES));
  const now_us = clock.now();
  const now = isoOffset(now_us);
  const row: ApiKeyRow = {
    id,
    user_id: userId,
    name: request.name,
    labels: JSON.stringify(cleanLabels(request.labels)),
    key_prefix: keyPrefix(secret),
    key_hash: keyHash(secret, pepper),
    ttl: request.ttl.text,
    expires_at: isoOffset(now_us + request.ttl.seconds * 1_000_000),
    created_at: now,
    last_used_at: null,
    revoked_at: null,
  };
  // Counted and inserted under one write lock: the cap holds for requests that come together.
  await database.transaction(async (transaction) => {
    if (await countActiveKeys(transaction, userId, now) >= ACTIVE_KEYS_MAX) {
      throw conflict(`Maximum of ${ACTIVE_KEYS_MAX} active API keys per user`);
    }
    await insertKey(transaction, row);
  });
  return { ...apiKey(row, now), token: keyToken(id, secret) };
}

function cleanLabels(labels: readonly string[]): string[] {
  return [...new Set(labels.map(trimSpace).filter((label) => label !== ""))];
}

function apiKey(row: ApiKeyRow, now: string): ApiKey {
  const isExpired = row.expires_at <= now;
  return {
    id: row.id,
    name: row.name,
    labels: storedLabels(row.labels),
    prefix: row.key_prefix,
    ttl: row.ttl,
    expires_at: row.expires_at,
    created_at: row.created_at,
    last_used_at: row.last_used_at,
    revoked_at: row.revoked_at,
    is_expired: isExpired,
    is_active: row.revoked_at === null && !isExpired,
  };
}

function storedLabels(text: string): string[] {
  try {
    const labels: unknown = JSON.parse(text);
    return Array.isArray(labels) ? labels.filter((label) => typeof label === "string") : [];
  } catch {
    return [];
  }
}
