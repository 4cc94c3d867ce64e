import { deepEqual, equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { authenticationSince, createTokens } from "../../src/accounts/tokens.ts";
import { manualClock } from "../fixtures/clock.ts";

const SECRET = "a secret";
const NOW_S = 1_772_360_430;
const CLOCK = manualClock("2026-03-01T10:20:30.500000Z");
const tokens = await createTokens({ secret: SECRET, clock: CLOCK });

interface Parts {
  readonly header?: unknown;
  readonly secret?: string;
  readonly hash?: string;
}

/** A token of any content, signed like ours unless told otherwise. */
function token(
  claims: unknown,
  { header = { alg: "HS256", typ: "JWT" }, secret = SECRET, hash = "sha256" }: Parts = {},
): string {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${createHmac(hash, secret).update(signed).digest("base64url")}`;
}

async function isAccepted(text: string): Promise<boolean> {
  return await tokens.verify(text) !== undefined;
}

const GOOD = { sub: "ada", iat: NOW_S, exp: NOW_S + 1 };

Deno.test("an issued token has the contract's header and claims, and is accepted", async () => {
  const issued = await tokens.issue("ada é");
  const [header, claims] = issued.split(".").map((part) => Buffer.from(part, "base64url").toString());
  equal(header, '{"alg":"HS256","typ":"JWT"}');
  equal(claims, `{"sub":"ada é","iat":${NOW_S},"exp":${NOW_S + 86_400}}`);
  deepEqual(await tokens.verify(issued), {
    username: "ada é",
    issuedAt_s: NOW_S,
    authenticatedAt_us: undefined,
  });
  equal(issued, token(JSON.parse(claims!)));
});

Deno.test("a token tells the microsecond of the account's state where its second does not do", async () => {
  const asked_us = NOW_S * 1_000_000 + 123_457;
  const told = async (validFrom: string | null): Promise<unknown> =>
    await tokens.verify(await tokens.issue("ada", authenticationSince(asked_us, validFrom)));
  const plain = { username: "ada", issuedAt_s: NOW_S, authenticatedAt_us: undefined };
  for (const before of [null, "2026-03-01T10:20:29.999999+00:00", "2026-03-01T10:20:30+00:00"]) {
    deepEqual(await told(before), plain, String(before));
  }
  const exact = (authenticatedAt_us: number): unknown => ({ ...plain, authenticatedAt_us });
  deepEqual(await told("2026-03-01T10:20:30.000001+00:00"), exact(asked_us));
  deepEqual(await told("2026-03-01T10:20:30.123457+00:00"), exact(asked_us));
  deepEqual(await told("2026-03-01T10:20:30.400000+00:00"), exact(NOW_S * 1_000_000 + 400_000));
  deepEqual(await told("2026-03-01T11:20:30.400000+00:00"), exact((NOW_S + 3600) * 1_000_000 + 400_000));
  deepEqual(await tokens.verify(token({ ...GOOD, auth_time: "now" })), plain);
});

const CLAIMS: readonly [name: string, claims: unknown, accepted: boolean][] = [
  ["all there", GOOD, true],
  ["no iat", { ...GOOD, iat: undefined }, true],
  ["nbf now", { ...GOOD, nbf: NOW_S }, true],
  ["other claims", { ...GOOD, zz: { a: [1] }, jti: "x", iss: 7 }, true],
  ["numeric texts", { sub: "ada", iat: String(NOW_S), exp: ` ${NOW_S + 1} ` }, true],
  ["fractions", { ...GOOD, iat: NOW_S + 0.9, exp: NOW_S + 1.9 }, true],
  ["an empty name", { ...GOOD, sub: "" }, true],

  ["no exp", { ...GOOD, exp: undefined }, false],
  ["exp null", { ...GOOD, exp: null }, false],
  ["exp now", { ...GOOD, exp: NOW_S }, false],
  ["exp is a fraction of this second", { ...GOOD, exp: NOW_S + 0.9 }, false],
  ["exp is a word", { ...GOOD, exp: "tomorrow" }, false],
  ["exp is true", { ...GOOD, exp: true }, false],
  ["exp is a list", { ...GOOD, exp: [NOW_S + 1] }, false],
  ["iat in the future", { ...GOOD, iat: NOW_S + 1 }, false],
  ["iat null", { ...GOOD, iat: null }, false],
  ["nbf in the future", { ...GOOD, nbf: NOW_S + 1 }, false],
  ["nbf is a word", { ...GOOD, nbf: "x" }, false],
  ["no sub", { ...GOOD, sub: undefined }, false],
  ["sub is a number", { ...GOOD, sub: 7 }, false],
  ["jti is a number", { ...GOOD, jti: 7 }, false],
  ["an audience", { ...GOOD, aud: "cq" }, false],
  ["a list of audiences", { ...GOOD, aud: ["cq"] }, false],
  ["a list", [GOOD], false],
  ["null", null, false],
  ["a text", "ada", false],
];

for (const [name, claims, accepted] of CLAIMS) {
  Deno.test(`a token is ${accepted ? "accepted" : "refused"}, when its claims are: ${name}`, async () => {
    equal(await isAccepted(token(claims)), accepted);
  });
}

const HEADERS: readonly [name: string, parts: Parts, accepted: boolean][] = [
  ["an unknown field and a kid", { header: { alg: "HS256", kid: "x", zz: 1 } }, true],
  ["a kid that is no text", { header: { alg: "HS256", kid: 7 } }, false],
  ["crit", { header: { alg: "HS256", crit: ["exp"] } }, false],
  [
    "crit of an extension that the library knows",
    { header: { alg: "HS256", crit: ["b64"], b64: true } },
    false,
  ],
  ["no algorithm", { header: {} }, false],
  ["alg none", { header: { alg: "none" } }, false],
  ["alg in another case", { header: { alg: "hs256" } }, false],
  ["HS512", { header: { alg: "HS512" }, hash: "sha512" }, false],
  ["another secret", { secret: "another secret" }, false],
];

for (const [name, parts, accepted] of HEADERS) {
  Deno.test(`a token is ${accepted ? "accepted" : "refused"}, when its header or signature has: ${name}`, async () => {
    equal(await isAccepted(token(GOOD, parts)), accepted);
  });
}

Deno.test("what is no token is refused", async () => {
  const good = token(GOOD);
  const unsigned = `${good.split(".").slice(0, 2).join(".")}.`;
  for (const text of ["", ".", "..", "x", good.slice(0, -2), `${good}x`, `${good}.x`, unsigned, "😀.😀.😀"]) {
    equal(await isAccepted(text), false, text);
  }
});

Deno.test("a token ends with its last second", async () => {
  const clock = manualClock("2026-03-01T00:00:00.000000Z");
  const own = await createTokens({ secret: SECRET, clock });
  const issued = await own.issue("ada");
  clock.advance(86_399.999);
  equal((await own.verify(issued))?.username, "ada");
  clock.advance(0.001);
  equal(await own.verify(issued), undefined);
});
