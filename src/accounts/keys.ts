import type { Database } from "../database/database.ts";
import { conflict, notFound } from "../errors.ts";
import { ACTIVE_KEYS_MAX } from "../limits.ts";
import { trimSpace } from "../wire/text.ts";
import { type Clock, isoOffset } from "../wire/time.ts";
import { type ApiKeyRow, countActiveKeys, holdAccount, insertKey, listKeys, revokeKey } from "./api_keys.ts";
import { base32, keyHash, keyPrefix, keyToken, SECRET_BYTES } from "./key_token.ts";
import { parseTtl } from "./ttl.ts";

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

/** The API keys of users. */
export interface ApiKeys {
  /**
   * Makes a key; its token is returned here and never again. `owner` is asked for once the lifetime is known to be right: the
   * wire reports a bad one first.
   *
   * @throws {CqError} 422 for a bad lifetime, 409 at the cap.
   */
  create(owner: () => number, request: KeyRequest): Promise<ApiKey & { readonly token: string }>;
  /** Newest first. */
  list(userId: number): Promise<ApiKey[]>;
  /** Idempotent: the first revocation counts. */
  revoke(userId: number, id: string): Promise<void>;
}

interface Dependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly pepper: string;
  /** Told of each revoked key. */
  readonly onRevoke?: (id: string) => void;
}

/** Keys in `database`, hashed with `pepper`. */
export function createApiKeys({ database, clock, pepper, onRevoke }: Dependencies): ApiKeys {
  return {
    async create(owner, request): Promise<ApiKey & { token: string }> {
      const ttl = parseTtl(request.ttl);
      const userId = owner();
      const secret = base32(clock.bytes(SECRET_BYTES));
      const now_us = clock.now();
      const row: ApiKeyRow = {
        id: clock.hex32(),
        user_id: userId,
        name: request.name,
        labels: JSON.stringify(cleanLabels(request.labels)),
        key_prefix: keyPrefix(secret),
        key_hash: keyHash(secret, pepper),
        ttl: ttl.text,
        expires_at: isoOffset(now_us + ttl.seconds * 1_000_000),
        created_at: isoOffset(now_us),
        last_used_at: null,
        revoked_at: null,
      };
      await insertBelowCap(database, row);
      return { ...apiKey(row, row.created_at), token: keyToken(row.id, secret) };
    },
    async list(userId): Promise<ApiKey[]> {
      const now = isoOffset(clock.now());
      return (await listKeys(database, userId)).map((row) => apiKey(row, now));
    },
    async revoke(userId, id): Promise<void> {
      const now = isoOffset(clock.now());
      const found = await database.transaction((transaction) => revokeKey(transaction, { userId, id, now }));
      if (!found) throw notFound("API key not found");
      onRevoke?.(id);
    },
  };
}

/** Counts and inserts with the account held: the cap holds for requests that come together. */
async function insertBelowCap(database: Database, row: ApiKeyRow): Promise<void> {
  await database.transaction(async (transaction) => {
    await holdAccount(transaction, row.user_id);
    if (await countActiveKeys(transaction, row.user_id, row.created_at) >= ACTIVE_KEYS_MAX) {
      throw conflict(`Maximum of ${ACTIVE_KEYS_MAX} active API keys per user`);
    }
    await insertKey(transaction, row);
  });
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
