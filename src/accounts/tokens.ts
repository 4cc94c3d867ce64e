import { compactVerify, SignJWT } from "jose";
import { TOKEN_LIFETIME_S, VERIFIED_TOKEN_MAX_CHARS, VERIFIED_TOKENS_MAX } from "../limits.ts";
import { isObject } from "../wire/json.ts";
import type { Clock } from "../wire/time.ts";

/** Login tokens: HS256 JWTs that the original's clients and server understand. */
export interface Tokens {
  issue(username: string): Promise<string>;
  /** Whom a token was issued to and when (seconds since 1970); undefined where it is not valid now. */
  verify(token: string): Promise<{ username: string; issuedAt_s: number | undefined } | undefined>;
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
    issue(username): Promise<string> {
      const issuedAt = Math.floor(now_s());
      return new SignJWT({ sub: username, iat: issuedAt, exp: issuedAt + TOKEN_LIFETIME_S })
        .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" }).sign(key);
    },
    async verify(token): Promise<{ username: string; issuedAt_s: number | undefined } | undefined> {
      try {
        return checkedClaims(await verifiedClaims(token), now_s());
      } catch {
        return undefined;
      }
    },
  };
}

function checkedClaims(
  claims: unknown,
  now_s: number,
): { username: string; issuedAt_s: number | undefined } | undefined {
  if (!isObject(claims)) return undefined;
  const { sub, jti, aud, exp, iat, nbf } = claims;
  if (typeof sub !== "string" || (jti !== undefined && typeof jti !== "string") || Boolean(aud)) {
    return undefined;
  }
  const issuedAt_s = iat === undefined ? undefined : secondsOf(iat);
  // A comparison with NaN is false: what is no number is refused.
  const isTimely = secondsOf(exp) > now_s &&
    (issuedAt_s === undefined || issuedAt_s <= now_s) &&
    (nbf === undefined || secondsOf(nbf) <= now_s);
  return isTimely ? { username: sub, issuedAt_s } : undefined;
}

// The original reads numeric strings and fractions as integers.
function secondsOf(claim: unknown): number {
  if (typeof claim === "number") return Math.trunc(claim);
  return typeof claim === "string" && NUMERAL.test(claim) ? Number(claim) : NaN;
}
