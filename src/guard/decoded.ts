import { matchesOf } from "./matches.ts";
import { GUARD_BLOBS_MAX } from "../limits.ts";
import { gathered } from "./gathered.ts";
import { spelledTexts } from "./spelled.ts";
import { type LongWord, type Traits, traitsOf } from "./traits.ts";

const BASE64_LINES = /(?:^[ \t>]{0,8}[A-Za-z0-9+/]{40,100}={0,2}[ \t]{0,4}$\n?){2,}/gm;
/** Base64 in groups of four or eight characters. */
const BASE64_GROUPS =
  /(?<!\S)(?:(?:[A-Za-z0-9+/]{4} ){10,}|(?:[A-Za-z0-9+/]{8} ){5,})[A-Za-z0-9+/]{1,8}={0,2}(?!\S)/g;
/** Characters of the groups that the shortest of these has, without the last. */
const GROUPED_CHARS = 40;
/** Hardly a text in base64 is without such a pair of letters in one of its groups. */
const MAY_BE_GROUPS = /[a-z][A-Z][A-Za-z0-9+/]{0,6} [A-Za-z0-9+/]{4}/;
const HEX = /^(?:0x)?[0-9a-fA-F]{24,}$/, BITS = /^(?:[01]{8}){8,}$/, BASE32 = /^[A-Z2-7]{24,}$/;
/** Bytes one by one: hexadecimal, decimal or binary. */
const BYTES = /(?<!\w)(?:0x)?[0-9a-fA-F]{2,8}(?:[ ,:]{1,2}(?:0x)?[0-9a-fA-F]{2,8}(?!\w)){8,}/g;
/** Characters by their codes, each by a call of its own. */
const CALLED_CODES = /(?:\bchr?[a-z]{0,2}\(\s?(?:0x[0-9a-f]{2}|\d{2,3})\s?\)[\s+.&|,]{0,4}){8,2000}/gi;
const MAY_BE_CALLED = /\bch[a-z]{1,3}\(\s?\d/i;
/** Ascii85 between its marks. */
const ASCII85 = /<~([!-uz\s]{20,65536}?)~>/g;
/** A word that begins UTF-7, and ends it. */
const UTF_7 = /^\+([A-Za-z0-9+/]{24,})-?$/;
/** A line of a dump: where its bytes stand, the bytes, and these as characters. */
const DUMP_LINE =
  /^[ \t]{0,8}[0-9a-f]{6,8}:?[ \t]{1,3}((?:[0-9a-f]{2}(?:[0-9a-f]{2})?[ \t]{1,2}){3,15}[0-9a-f]{2,4})(?:[ \t].{0,20})?$/gim;
const DUMP_LINE_DIGITS = 32;
/** Bytes none of which is a control character. */
const TEXT_BYTES = /^(?:0[9ad]|[2-9a-f][0-9a-f])*$/i;
const ESCAPES =
  /\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|(?:\\u\{|&#x)[0-9a-f]{1,6}[};]|\\00[0-9a-f]{4}|(?<![\w+])U\+[0-9a-f]{4,6}[ ,;]?|&#\d{1,7};|\\[0-7]{3}/gi;
/** Any escape that is looked through. */
const ESCAPED =
  /\\x[0-9a-f]{2}|\\u\{?[0-9a-f]{2}|&#x?[0-9a-f]{2,7};|\\[0-7]{3}|\bU\+[0-9a-f]{4}|&(?:lt|gt|quot|amp);|%[2-7][0-9a-f]|(?:=[0-9a-f]{2}){3}/gi;
/** Characters that the shortest list of bytes has, without the first and the last byte. */
const BYTES_CHARS = 22;
/** Characters of the shortest part of a word that is looked at by itself. */
const PART_CHARS = 24;
/** Characters around an escape that belong to its sentence. */
const AROUND_CHARS = 60;
/** Bytes of addresses, and of mail. */
const PERCENT = /(?:%[0-9a-fA-F]{2})+/g, QUOTED_PRINTABLE = /(?:=[0-9a-fA-F]{2}){3,}/g;
const NAMED_ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&amp;": "&",
  "&nbsp;": " ",
};

/** Texts that are hidden in a text by an encoding, readable. */
export function decodedTexts(plain: string, blobs: readonly string[]): string[] {
  return [...blobs, ...unescapedStretches(plain, { escapes: 1 })];
}

/** What whole words or lines of a text decode to. */
export function decodedBlobs(plain: string, traits: Traits = traitsOf(plain)): string[] {
  const { longWords: long, hexadecimal, grouped } = traits;
  const words = long.map(({ start, end }) => plain.slice(start, end)).filter(isEncoded);
  const lines = hasLines(long) ? matchesOf(plain, BASE64_LINES) : [];
  const hasGroups = grouped >= GROUPED_CHARS && MAY_BE_GROUPS.test(plain);
  const groups = hasGroups ? matchesOf(plain, BASE64_GROUPS) : [];
  const hasBytes = hexadecimal >= BYTES_CHARS;
  const bytes = hasBytes ? matchesOf(plain, BYTES) : [];
  const blobs = [
    ...words.flatMap((word) => fromWord(word) ?? partsOf(word).map(fromWord)),
    ...long.filter(({ start }) => isPaddedBefore(plain, start)).map(({ start, end }) =>
      fromBase64([...plain.slice(start, end)].reverse().join(""))
    ),
    ...(MAY_BE_CALLED.test(plain) ? matchesOf(plain, CALLED_CODES) : []).map(([calls]) =>
      fromCodes(calls.match(/0x[0-9a-f]{2}|\d{2,3}/gi)!.map(Number))
    ),
    ...(plain.includes("<~") ? matchesOf(plain, ASCII85) : []).map(([, text]) => fromAscii85(text!)),
    ...lines.map(([text]) => fromBase64(text.replace(/[\s>]/g, ""))),
    ...groups.map(([text]) => fromBase64(text.replaceAll(" ", ""))),
    ...bytes.map(([text]) => fromByteList(text)),
    ...(hasBytes ? dumpedRuns(plain) : []).map(fromHex),
    ...spelledTexts(plain, traits),
  ].filter((text) => text !== undefined);
  return gathered(blobs, GUARD_BLOBS_MAX);
}

/** Whether the padding of base64 stands before a word, as where it is turned around. */
function isPaddedBefore(plain: string, start: number): boolean {
  return plain[start - 1] === "=" && /^(?:=|\s|$)/.test(plain.slice(Math.max(0, start - 2), start - 1));
}

/** The bytes of lines of a dump, as far as they follow one another and hold text. */
function dumpedRuns(plain: string): string[] {
  const runs: string[] = [];
  let end: number | undefined;
  for (const { index, 0: line, 1: bytes } of matchesOf(plain, DUMP_LINE)) {
    // More of them are the characters beside the bytes.
    const digits = bytes!.replace(/\s/g, "").slice(0, DUMP_LINE_DIGITS);
    const isText = TEXT_BYTES.test(digits);
    if (isText && index - 1 === end) runs.push(runs.pop()! + digits);
    else if (isText) runs.push(digits);
    end = isText ? index + line.length : undefined;
  }
  return runs;
}

function fromWord(word: string): string | undefined {
  const [, shifted] = UTF_7.exec(word) ?? [];
  if (shifted !== undefined) return fromBase64(shifted);
  if (BITS.test(word)) return fromCodes(word.match(/.{8}/g)!.map((bits) => parseInt(bits, 2)));
  if (HEX.test(word)) return fromHex(word.replace(/^0x/i, ""));
  return (BASE32.test(word) ? fromBase32(word) : undefined) ?? fromBase64(word);
}

/** What of a long word may be encoded by itself, where the whole is not: it stands behind a name or in a path. */
function partsOf(word: string): string[] {
  return word.split(/[/_-]/).filter((part) =>
    part.length >= PART_CHARS && part.length < word.length && isEncoded(part)
  );
}

/** Characters of a line of encoded text. */
const LINE_CHARS = 40;

function hasLines(words: readonly LongWord[]): boolean {
  return words.filter(({ start, end }) => end - start >= LINE_CHARS).length > 1;
}

/** Whether a long word is no name or path: encoded text has digits or changes of case. */
function isEncoded(word: string): boolean {
  return /\d/.test(word) && /[A-Za-z]/.test(word) || /[a-z][A-Z]/.test(word) && !word.includes("_") ||
    word.length > 60;
}

function fromByteList(text: string): string | undefined {
  const bytes = text.split(/[ ,:]+/);
  if (bytes.every((byte) => /^[01]{8}$/.test(byte))) return fromCodes(bytes.map((byte) => parseInt(byte, 2)));
  if (bytes.every((byte) => /^(?:0x)?[0-9a-f]{2}$/i.test(byte))) {
    const hex = fromCodes(bytes.map((byte) => parseInt(byte.replace(/^0x/i, ""), 16)));
    if (hex !== undefined) return hex;
  }
  return bytes.every((byte) => /^\d{2,3}$/.test(byte)) ? fromCodes(bytes.map(Number)) : undefined;
}

/**
 * Stretches around escapes, unescaped, each with the words beside it.
 *
 * @param escapes how many of them a stretch must hold.
 */
export function unescapedStretches(text: string, { escapes: least }: { readonly escapes: number }): string[] {
  if (!mayBeEscaped(text)) return [];
  const stretches: { from: number; to: number; count: number }[] = [];
  for (const { index, 0: escapes } of matchesOf(text, ESCAPED)) {
    const last = stretches.at(-1);
    const to = index + escapes.length + AROUND_CHARS;
    if (last !== undefined && index - AROUND_CHARS <= last.to) {
      last.to = to;
      last.count++;
    } else stretches.push({ from: Math.max(0, index - AROUND_CHARS), to, count: 1 });
  }
  const unescaped = stretches.filter(({ count }) => count >= least).map(({ from, to }) =>
    unescape(text.slice(from, to))
  );
  return gathered(unescaped, GUARD_BLOBS_MAX);
}

/** Looks for single signs first: that takes a tenth of the time. */
function mayBeEscaped(text: string): boolean {
  return text.includes("\\") || text.includes("&") || text.includes("%") ||
    text.includes("+") && /U\+/i.test(text) || text.includes("=") && /=[0-9A-F]{2}=/i.test(text);
}

function unescape(text: string): string {
  return text
    .replace(ESCAPES, (escape) => {
      const code = codeOf(escape);
      return code <= 0x10ffff ? String.fromCodePoint(code) : "";
    })
    .replace(/&(?:lt|gt|quot|amp|nbsp);/g, (entity) => NAMED_ENTITIES[entity]!)
    .replace(QUOTED_PRINTABLE, (escapes) => fromPercent(escapes.replaceAll("=", "%")))
    .replace(PERCENT, fromPercent);
}

function codeOf(escape: string): number {
  const [digits] = /[0-9a-f]+(?=[;}, ]?$)/i.exec(escape)!;
  if (/^&#\d/.test(escape)) return Number(digits);
  return parseInt(digits, /^\\[0-7]{3}$/.test(escape) ? 8 : 16);
}

function fromPercent(escapes: string): string {
  try {
    return decodeURIComponent(escapes);
  } catch {
    return escapes;
  }
}

const BASE64 = /^[A-Za-z0-9+/]*$/;
function fromBase64(blob: string): string | undefined {
  const text = blob.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "");
  const whole = text.slice(0, text.length - (text.length % 4 === 1 ? 1 : 0));
  if (!BASE64.test(whole)) return undefined;
  const binary = atob(whole);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return fromBytes(bytes);
}

/** Five characters for four bytes, `z` for four zeros; what is missing of the last five is taken as the highest. */
function fromAscii85(text: string): string | undefined {
  const digits = text.replace(/\s/g, "").replaceAll("z", "!!!!!");
  const bytes: number[] = [];
  for (let at = 0; at < digits.length; at += 5) {
    const group = digits.slice(at, at + 5);
    const value = [...group.padEnd(5, "u")].reduce((sum, digit) => sum * 85 + digit.charCodeAt(0) - 33, 0);
    for (let byte = 0; byte < group.length - 1; byte++) bytes.push(value / 2 ** (24 - 8 * byte) & 0xff);
  }
  return fromBytes(Uint8Array.from(bytes));
}

const BASE32_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Five bits a character (RFC 4648); those that fill no byte are padding. */
function fromBase32(text: string): string | undefined {
  const bytes = new Uint8Array(Math.floor(text.length * 5 / 8));
  let bits = 0, count = 0, at = 0;
  for (const digit of text) {
    bits = (bits << 5 | BASE32_DIGITS.indexOf(digit)) & 0xfff;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes[at++] = bits >>> count & 0xff;
  }
  return fromBytes(bytes);
}

function fromHex(hex: string): string | undefined {
  const bytes = new Uint8Array(Math.floor(hex.length / 2));
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(hex.slice(i * 2, i * 2 + 2), 16);
  return fromBytes(bytes);
}

function fromCodes(codes: readonly number[]): string | undefined {
  return codes.every((code) => code < 256) ? fromBytes(Uint8Array.from(codes)) : undefined;
}

/** These put U+FFFD where bytes are no text. To throw instead would cost more than everything else here. */
const UTF_8 = new TextDecoder(),
  UTF_16 = new TextDecoder("utf-16le"),
  UTF_16_BE = new TextDecoder("utf-16be");
// deno-lint-ignore no-control-regex -- binary data is told by its control characters
const NO_TEXT = /[\x00-\x08\x0e-\x1f\x7f\ufffd]/g;
/** A text has so many characters at least for each that is none: colours, separators, letters of another character set. */
const TEXT_FOR_NO_TEXT = 12;

/** Bytes as text, where they are text: UTF-8, or UTF-16 as PowerShell encodes commands. What is no text in it is left out. */
function fromBytes(bytes: Uint8Array): string | undefined {
  if (bytes.length < 6) return undefined;
  const text = decoderFor(bytes).decode(bytes);
  const most = text.length / TEXT_FOR_NO_TEXT;
  let others = 0;
  for (const _ of text.matchAll(NO_TEXT)) if (++others > most) return undefined;
  return others === 0 ? text : text.replace(NO_TEXT, "");
}

function decoderFor(bytes: Uint8Array): TextDecoder {
  if (bytes[1] === 0 && bytes[3] === 0) return UTF_16;
  return bytes[0] === 0 && bytes[2] === 0 ? UTF_16_BE : UTF_8;
}
