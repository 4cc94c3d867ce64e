import { compactVerify, SignJWT } from "jose";
import { TOKEN_LIFETIME_S, VERIFIED_TOKEN_MAX_CHARS, VERIFIED_TOKENS_MAX } from "../limits.ts";
import { isObject } from "../wire/json.ts";
import { type Clock, microsOf } from "../wire/time.ts";

/** Whom a login token was issued to, and when. */
export interface TokenHolder {
  readonly username: string;
  /** Seconds since 1970. */
  readonly issuedAt_s: number | undefined;
  /** Microseconds since 1970; undefined where the token tells the second only. */
  readonly authenticatedAt_us: number | undefined;
}

/** The moment as of which a user's account was looked at, in microseconds since 1970, and whether the token has to tell it exactly. */
export interface Authentication {
  readonly at_us: number;
  readonly isExact: boolean;
}

/** Login tokens: HS256 JWTs that the original's clients and server understand. */
export interface Tokens {
  /** @param authentication now, where it is left out. */
  issue(username: string, authentication?: Authentication): Promise<string>;
  /** Undefined where a token is not valid now. */
  verify(token: string): Promise<TokenHolder | undefined>;
}

const ALGORITHM = "HS256";
const NUMERAL = /^\s*[+-]?\d+\s*$/;

/** Tokens signed with `secret`. */
export async function createTokens({ secret, clock }: { secret: string; clock: Clock }): Promise<Tokens> {
  const bytes = new TextEncoder().encode(secret);
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
    "verify",
  ]);
  const now_s = (): number => clock.now() / 1_000_000;
  // A signature that was good once stays good; the times inside are checked each time.
  const verified = new Map<string, unknown>();

  async function verifiedClaims(token: string): Promise<unknown> {
    const known = verified.get(token);
    if (known !== undefined) return known;
    const { payload, protectedHeader } = await compactVerify(token, key, { algorithms: [ALGORITHM] });
    // The library knows an extension that may be critical; the original knows none.
    if (protectedHeader.crit !== undefined) return undefined;
    if (protectedHeader.kid !== undefined && typeof protectedHeader.kid !== "string") return undefined;
    const claims: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
    if (verified.size >= VERIFIED_TOKENS_MAX) verified.clear();
    if (token.length <= VERIFIED_TOKEN_MAX_CHARS) verified.set(token, claims);
    return claims;
  }

  return {
    issue(username, { at_us, isExact } = { at_us: clock.now(), isExact: false }): Promise<string> {
      const issuedAt = Math.floor(Math.min(at_us / 1_000_000, now_s()));
      const exactly = isExact ? { auth_time: at_us / 1_000_000 } : {};
      return new SignJWT({ sub: username, iat: issuedAt, exp: issuedAt + TOKEN_LIFETIME_S, ...exactly })
        .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" }).sign(key);
    },
    async verify(token): Promise<TokenHolder | undefined> {
      try {
        return checkedClaims(await verifiedClaims(token), now_s());
      } catch {
        return undefined;
      }
    },
  };
}

/**
 * What a token has to tell of somebody whose account was looked at after `asked_us`, where logins count from `validFrom` on. On the wire
 * `iat` is a whole second: in the one of a change it cannot tell what was before and what after.
 */
export function authenticationSince(asked_us: number, validFrom: string | null): Authentication {
  if (validFrom === null) return { at_us: asked_us, isExact: false };
  const validFrom_us = microsOf(validFrom);
  const isExact = Math.floor(asked_us / 1_000_000) * 1_000_000 < validFrom_us;
  // It was read with the password: what it voids is older, whatever a clock said that was ahead then.
  return { at_us: Math.max(asked_us, validFrom_us), isExact };
}

function checkedClaims(claims: unknown, now_s: number): TokenHolder | undefined {
  if (!isObject(claims)) return undefined;
  const { sub, jti, aud, exp, iat, nbf, auth_time } = claims;
  if (typeof sub !== "string" || (jti !== undefined && typeof jti !== "string") || Boolean(aud)) {
    return undefined;
  }
  const issuedAt_s = iat === undefined ? undefined : secondsOf(iat);
  // A comparison with NaN is false: what is no number is refused.
  const isTimely = secondsOf(exp) > now_s &&
    (issuedAt_s === undefined || issuedAt_s <= now_s) &&
    (nbf === undefined || secondsOf(nbf) <= now_s);
  const authenticatedAt_us = typeof auth_time === "number" ? Math.round(auth_time * 1_000_000) : undefined;
  return isTimely ? { username: sub, issuedAt_s, authenticatedAt_us } : undefined;
}

// The original reads numeric strings and fractions as integers.
function secondsOf(claim: unknown): number {
  if (typeof claim === "number") return Math.trunc(claim);
  return typeof claim === "string" && NUMERAL.test(claim) ? Number(claim) : NaN;
}
