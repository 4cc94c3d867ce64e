import { deepEqual, equal, match } from "node:assert/strict";
import fc from "fast-check";
import {
  base32,
  keyHash,
  keyPrefix,
  keyToken,
  matchesKeyHash,
  parseKeyToken,
} from "../../src/accounts/key_token.ts";

const ID = "0123456789abcdef0123456789abcdef";
const SECRET = "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst";

Deno.test("base32 is that of RFC 4648, in lower case and without padding", () => {
  const vectors = ["", "my", "mzxq", "mzxw6", "mzxw6yq", "mzxw6ytb", "mzxw6ytboi"];
  for (const [length, expected] of vectors.entries()) {
    equal(base32(new TextEncoder().encode("foobar".slice(0, length))), expected);
  }
});

Deno.test("32 random bytes make a secret of 52 characters that a token can hold", () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
    const secret = base32(bytes);
    match(secret, /^[a-z2-7]{52}$/);
    deepEqual(parseKeyToken(keyToken(ID, secret)), { id: ID, secret });
  }));
});

Deno.test("a token is its parts and nothing around them", () => {
  const good = `cqa.v1.${ID}.${SECRET}`;
  deepEqual(parseKeyToken(good), { id: ID, secret: SECRET });
  for (
    const bad of [
      "",
      `${good}\n`,
      ` ${good}`,
      `${good}a`,
      good.slice(0, -1),
      good.replace("cqa", "CQA"),
      good.replace("v1", "v2"),
      `cqa.v1.${ID.toUpperCase()}.${SECRET}`,
      `cqa.v1.${ID.slice(1)}.${SECRET}`,
      `cqa.v1.01234567-89ab-cdef-0123-456789abcdef.${SECRET}`,
      `cqa.v1.{${ID}}.${SECRET}`,
      `cqa.v1.${ID}.${SECRET.toUpperCase()}`,
      `cqa.v1.${ID}.${SECRET.replace("a", "1")}`,
      `cqa.v1.${ID}`,
    ]
  ) {
    equal(parseKeyToken(bad), undefined, bad);
  }
});

Deno.test("what is stored is HMAC-SHA256 of the secret under the pepper, in hex", () => {
  // RFC 4231, test case 2.
  equal(
    keyHash("what do ya want for nothing?", "Jefe"),
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
  equal(keyPrefix(SECRET), "abcdefgh");
});

Deno.test("a hash matches its own secret and pepper only, whatever is stored", () => {
  const hash = keyHash(SECRET, "pepper");
  equal(matchesKeyHash(SECRET, "pepper", hash), true);
  equal(matchesKeyHash(SECRET, "Pepper", hash), false);
  equal(matchesKeyHash(SECRET.replace("a", "b"), "pepper", hash), false);
  for (const stored of ["", "x", hash.slice(1), hash.toUpperCase(), `${hash}0`]) {
    equal(matchesKeyHash(SECRET, "pepper", stored), false, stored);
  }
});
