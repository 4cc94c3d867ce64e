import type { Database, Transaction } from "../database/database.ts";
import type { Sql } from "../database/sql.ts";
import { conflict, type CqError, notFound } from "../errors.ts";
import { accountEventInsertion } from "../events/account_events.ts";
import { ACTIVE_KEYS_MAX } from "../limits.ts";
import { trimSpace } from "../wire/text.ts";
import { type Clock, isoOffset } from "../wire/time.ts";
import {
  type ApiKeyRow,
  countActiveKeys,
  findKey,
  holdAccount,
  insertKey,
  listKeys,
  revokeKey,
} from "./api_keys.ts";
import { base32, keyHash, keyPrefix, keyToken, SECRET_BYTES } from "./key_token.ts";
import { type Scope, storedScopes } from "./roles.ts";
import { parseTtl, type Ttl } from "./ttl.ts";

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
  /** What the key is restricted to; absent where it may do what its owner may. */
  readonly scopes?: readonly Scope[];
}

/** What is asked for when a key is made; see the wire's limits. */
export interface KeyRequest {
  readonly name: string;
  readonly ttl: string;
  readonly labels: readonly string[];
  /** Undefined where the key may do what its owner may. */
  readonly scopes?: readonly Scope[] | undefined;
}

/** A key together with its token, which is kept nowhere. */
export type NewApiKey = ApiKey & { readonly token: string };

interface Rotation {
  /** The id of the new key. */
  readonly id: string;
  /** Whether the old key stops working with this; else it goes on until it is revoked. */
  readonly isImmediate: boolean;
}

/** The API keys of users. */
export interface ApiKeys {
  /** An id for a key that is still to be made: a form that carries one makes one key, however often it is sent. */
  newId(): string;
  /**
   * Makes a key; its token is returned here and never again. `owner` is asked for once the lifetime is known to be right: the
   * wire reports a bad one first.
   *
   * @throws {CqError} 422 for a bad lifetime, 409 at the cap, and where there is a key with this `id` already.
   */
  create(owner: () => number, request: KeyRequest, options?: { id?: string }): Promise<NewApiKey>;
  /**
   * Makes a key that takes the place of another one: its name, labels and lifetime, from now on.
   *
   * @throws {CqError} 404 for a key that is not the user's, 409 for a revoked one, at the cap, and where there is the new one already.
   */
  rotate(userId: number, replacedId: string, rotation: Rotation): Promise<NewApiKey>;
  /** Newest first. */
  list(userId: number): Promise<ApiKey[]>;
  /** Idempotent: the first revocation counts. */
  revoke(userId: number, id: string): Promise<void>;
}

interface Dependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly pepper: string;
  /** Who makes and revokes keys, where that is not their owner: it is written down. */
  readonly actor?: string;
  /** Refuses what may not be stored, by throwing. */
  readonly check?: (request: KeyRequest) => Promise<void>;
  /** Told of each revoked key. */
  readonly onRevoke?: (id: string) => void;
}

/** Keys in `database`, hashed with `pepper`. */
export function createApiKeys({ database, clock, pepper, actor, check, onRevoke }: Dependencies): ApiKeys {
  const noted = (
    kind: "key_made" | "key_revoked",
    { owner, id, at, detail }: { owner: string; id: string; at: string; detail?: Record<string, unknown> },
  ): Sql =>
    accountEventInsertion({
      subject: owner,
      kind,
      actor: actor ?? owner,
      at,
      detail: { key_id: id, ...detail },
    });
  const rowOf = (
    userId: number,
    secret: string,
    { name, labels, ttl, id, scopes }: {
      name: string;
      labels: string;
      ttl: Ttl;
      id: string;
      scopes: string | null;
    },
  ): ApiKeyRow => {
    const now_us = clock.now();
    return {
      id,
      user_id: userId,
      name,
      labels,
      key_prefix: keyPrefix(secret),
      key_hash: keyHash(secret, pepper),
      ttl: ttl.text,
      expires_at: isoOffset(now_us + ttl.seconds * 1_000_000),
      created_at: isoOffset(now_us),
      last_used_at: null,
      revoked_at: null,
      scopes,
    };
  };
  return {
    newId: () => clock.hex32(),
    async create(
      owner,
      { name, labels: given, ttl: lifetime, scopes: restriction },
      { id = clock.hex32() } = {},
    ): Promise<NewApiKey> {
      const ttl = parseTtl(lifetime);
      await check?.({ name, labels: given, ttl: lifetime });
      const secret = base32(clock.bytes(SECRET_BYTES));
      const labels = JSON.stringify(cleanLabels(given));
      const scopes = restriction === undefined ? null : [...new Set(restriction)].join(" ");
      const row = rowOf(owner(), secret, { name, labels, ttl, id, scopes });
      await database.transaction(async (transaction) => {
        const username = await holdAccount(transaction, row.user_id);
        await insertBelowCap(transaction, row);
        const detail = scopes === null ? {} : { scopes };
        await transaction.run(noted("key_made", { owner: username, id, at: row.created_at, detail }));
      });
      return { ...apiKey(row, row.created_at), token: keyToken(row.id, secret) };
    },
    async rotate(userId, replacedId, { id, isImmediate }): Promise<NewApiKey> {
      const secret = base32(clock.bytes(SECRET_BYTES));
      const row = await database.transaction(async (transaction) => {
        const owner = await holdAccount(transaction, userId);
        if (await findKey(transaction, { userId, id }) !== undefined) throw madeAlready();
        const replaced = await findKey(transaction, { userId, id: replacedId });
        if (replaced === undefined) throw notFound("API key not found");
        if (replaced.revoked_at !== null) throw conflict("This key is revoked. Make a new one instead.");
        const added = rowOf(userId, secret, { ...replaced, ttl: parseTtl(replaced.ttl), id });
        const revocation = { userId, id: replacedId, now: added.created_at };
        if (isImmediate) await revokeKey(transaction, revocation);
        await insertBelowCap(transaction, added);
        const at = added.created_at;
        await transaction.run(noted("key_made", { owner, id, at, detail: { replaces: replacedId } }));
        if (isImmediate) await transaction.run(noted("key_revoked", { owner, id: replacedId, at }));
        return added;
      });
      if (isImmediate) onRevoke?.(replacedId);
      return { ...apiKey(row, row.created_at), token: keyToken(row.id, secret) };
    },
    async list(userId): Promise<ApiKey[]> {
      const now = isoOffset(clock.now());
      return (await listKeys(database, userId)).map((row) => apiKey(row, now));
    },
    async revoke(userId, id): Promise<void> {
      const now = isoOffset(clock.now());
      await database.transaction(async (transaction) => {
        const owner = await holdAccount(transaction, userId);
        const key = await findKey(transaction, { userId, id });
        if (key === undefined) throw notFound("API key not found");
        if (key.revoked_at !== null) return;
        await revokeKey(transaction, { userId, id, now });
        await transaction.run(noted("key_revoked", { owner, id, at: now }));
      });
      onRevoke?.(id);
    },
  };
}

/** With the account held, so that the cap holds for requests that come together. */
async function insertBelowCap(transaction: Transaction, row: ApiKeyRow): Promise<void> {
  // A form that was sent twice is told of its key, not of the cap that this key may have reached.
  if (!await insertKey(transaction, row)) throw madeAlready();
  if (await countActiveKeys(transaction, row.user_id, row.created_at) > ACTIVE_KEYS_MAX) {
    throw conflict(`Maximum of ${ACTIVE_KEYS_MAX} active API keys per user`);
  }
}

function madeAlready(): CqError {
  return conflict("This key was made already; its token was shown then and cannot be shown again.");
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
    ...(row.scopes === null ? {} : { scopes: storedScopes(row.scopes) }),
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
