import { createHmac, timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";

const TOKEN = /^cqa\.v1\.([0-9a-f]{32})\.([a-z2-7]{52})$/;
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const PREFIX_CHARS = 8;
/** Random bytes of a secret: 52 characters of base32. */
export const SECRET_BYTES = 32;

/** An API key token taken apart, or undefined where it is none. */
export function parseKeyToken(token: string): { id: string; secret: string } | undefined {
  const match = TOKEN.exec(token);
  return match === null ? undefined : { id: match[1]!, secret: match[2]! };
}

/** The token for a key: what its owner is shown once. */
export function keyToken(id: string, secret: string): string {
  return `cqa.v1.${id}.${secret}`;
}

/** Bytes in lower-case base32 without padding (RFC 4648, section 6). */
export function base32(bytes: Uint8Array): string {
  let bits = 0, value = 0, text = "";
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(value >>> bits) & 31];
    }
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text;
}

/** What is stored of a secret: HMAC-SHA256 with the pepper as key, in hex. */
export function keyHash(secret: string, pepper: string): string {
  return createHmac("sha256", pepper).update(secret).digest("hex");
}

/** Whether a stored hash is that of the secret; takes the same time whatever the answer. */
export function matchesKeyHash(secret: string, pepper: string, stored: string): boolean {
  const expected = Buffer.from(keyHash(secret, pepper));
  const found = Buffer.from(stored);
  return expected.length === found.length && timingSafeEqual(expected, found);
}

/** The part of a secret that is shown in lists. */
export function keyPrefix(secret: string): string {
  return secret.slice(0, PREFIX_CHARS);
}
