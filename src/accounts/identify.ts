import type { Database } from "../database/database.ts";
import { unauthorized } from "../errors.ts";
import type { Access, Identity } from "../wire/endpoint.ts";
import { type Clock, isoOffset, microsOf } from "../wire/time.ts";
import { findOwnedKey, type OwnedKey } from "./api_keys.ts";
import type { Memory } from "./identity_cache.ts";
import { matchesKeyHash, parseKeyToken } from "./key_token.ts";
import type { KeyUsage } from "./key_usage.ts";
import { keyPermissions, permissionsOf } from "./roles.ts";
import type { TokenHolder, Tokens } from "./tokens.ts";
import { findUser, type User } from "./users.ts";

/** Tells who sent a request and what they may do, from its `Authorization` header. */
export type Identify = (access: Access, authorization: string | null) => Promise<Identity>;

interface Dependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly keyUsage: KeyUsage;
  readonly pepper: string;
  /** What was read of keys, by id, and of users, by name. */
  readonly keyMemory: Memory<OwnedKey>;
  readonly userMemory: Memory<User>;
}

const NOTHING: Identity["permissions"] = new Set();
const ANYONE: Identity = { username: "", permissions: NOTHING };
const BEARER = /^bearer +(.+)$/i;

/** {@link Identify} by login tokens and API keys. Every fault of one kind is the same 401. */
export function createIdentify(dependencies: Dependencies): Identify {
  return async (access, authorization): Promise<Identity> => {
    if (access === "open") return ANYONE;
    const credential = authorization === null ? undefined : BEARER.exec(authorization)?.[1];
    if (access === "key") return await keyOwner(dependencies, credential);
    if (credential === undefined) throw unauthorized("Missing or invalid authorization header");
    return await tokenHolder(dependencies, access, credential);
  };
}

async function keyOwner(dependencies: Dependencies, credential: string | undefined): Promise<Identity> {
  const { database, clock, pepper, keyUsage, keyMemory } = dependencies;
  const token = credential === undefined ? undefined : parseKeyToken(credential);
  const key = token === undefined
    ? undefined
    : await keyMemory.recall(token.id, () => findOwnedKey(database, token.id));
  if (token === undefined || key === undefined || !matchesKeyHash(token.secret, pepper, key.key_hash)) {
    throw unauthorized("Invalid API key");
  }
  const isUsable = key.revoked_at === null && key.disabled_at === null &&
    key.expires_at > isoOffset(clock.now());
  if (!isUsable) throw unauthorized("Invalid API key");
  keyUsage.note(key);
  return {
    username: key.username,
    userId: key.user_id,
    apiKeyId: key.id,
    permissions: keyPermissions(key.role, key.scopes),
  };
}

async function tokenHolder(
  dependencies: Dependencies,
  access: Access,
  credential: string,
): Promise<Identity> {
  const claims = await dependencies.tokens.verify(credential);
  if (claims === undefined) throw unauthorized("Invalid or expired token");
  const { database, userMemory } = dependencies;
  const user = await userMemory.recall(claims.username, () => findUser(database, claims.username));
  if (user === undefined && access === "account") {
    return { username: claims.username, permissions: NOTHING };
  }
  if (user === undefined || !isHonoured(user, claims)) {
    throw unauthorized("Invalid or expired token");
  }
  return { username: user.username, userId: user.id, permissions: permissionsOf(user.role) };
}

function isHonoured(user: User, { issuedAt_s, authenticatedAt_us }: TokenHolder): boolean {
  if (user.disabled_at !== null) return false;
  if (user.tokens_valid_from === null) return true;
  // What tells its second only was issued after a change in that second by a program that does not know of it, if at all.
  const at_us = authenticatedAt_us ?? (issuedAt_s === undefined ? NaN : issuedAt_s * 1_000_000);
  return at_us >= microsOf(user.tokens_valid_from);
}
