import { matchesOf } from "./matches.ts";
/** Digits and signs that stand for letters in leetspeak. `1` may be an i or an l: both are tried. */
const LEET: Readonly<Record<string, string>> = {
  "0": "o",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "9": "g",
  "@": "a",
  "$": "s",
  "!": "i",
  "+": "t",
  "|": "i",
};
/** Signs inside of a word or before it, with letters around; counts, units and hexadecimal numbers are none. */
const LEET_WORD =
  /(?<![a-z0-9@$])(?:[a-z]{0,12}[a-z][013457@$!]{1,3}[a-z]|[013457@$][a-z]{3})[a-z0-9@$!]{0,30}/g;
const NO_WORD =
  /^(?:[0-9a-f]{4,}|\d{1,4}(?:mib|gib|kib|bit|byte|min|sec|day|char|core|node|time|year|hour|page|unit|user|item|row|line|file|test)\w{0,4}|(?:i18n|l10n|a11y|k8s|s3|p2p|b2b|x86|x64|utf8|ipv4|ipv6|e2e|b64|base64\w{0,8}|oauth2\w{0,6}|md5\w{0,3}|sha\d{1,3}\w{0,4}|log4j\d?|neo4j|web3\w{0,3}|h264|mp3s?|mp4s?|x509\w{0,4}|ec2s?|d3js|es20\d\d|py3\w{0,3}|sqlite3\w{0,4}|win32\w{0,4}|u?int\d{1,2}\w{0,3}|float\d\d\w{0,3}|v\d\w{0,6}))$/;
/** Letters one by one, with the same kind of gap between them. */
const SPACED = /(?<![a-z0-9])[a-z0-9@$!](?:[ .,\-/:;]{1,3}[a-z0-9@$!](?![a-z0-9])){5,400}/g;
const LEET_SIGN = /[0345789@$|]|[!+](?=[a-z0-9])/g;
/** Characters around a disguised word that belong to its sentence. */
const AROUND_CHARS = 80;
/** Characters in which the host of an address ends. */
const HOST_CHARS = 100;

const LETTER = 1, SIGN = 2;
/** Which characters are letters, and which stand for some. */
const KINDS = new Uint8Array(128);
for (const letter of "abcdefghijklmnopqrstuvwxyz") KINDS[letter.charCodeAt(0)] = LETTER;
for (const sign of "013457@$!") KINDS[sign.charCodeAt(0)] = SIGN;

/** Matches of a pattern of words in which a sign stands beside a letter, however many there are of others. */
export function signWordsOf(prose: string, pattern: RegExp): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  for (let i = 0, before = 0; i < prose.length; i++) {
    const code = prose.charCodeAt(i);
    const kind = code < 128 ? KINDS[code]! : 0;
    const isPair = kind + before === LETTER + SIGN && kind !== 0 && before !== 0;
    before = kind;
    if (!isPair) continue;
    const start = wordEdge(prose, i, -1), end = wordEdge(prose, i, 1);
    // One character before and two after are what the patterns look at around a word.
    const from = Math.max(0, start - 1), part = prose.slice(from, end + 3);
    pattern.lastIndex = start - from;
    for (
      let match = pattern.exec(part);
      match !== null && match.index + from <= end;
      match = pattern.exec(part)
    ) {
      match.index += from;
      found.push(match);
    }
    i = end;
    before = 0;
  }
  return found;
}

/** The last character of the run of letters, digits and signs around `at`, in one direction. */
function wordEdge(prose: string, at: number, step: 1 | -1): number {
  while (isSign(prose.charCodeAt(at + step))) at += step;
  return at;
}

function isSign(code: number): boolean {
  return code >= 97 && code <= 122 || code >= 48 && code <= 57 || code === 64 || code === 36 || code === 33;
}

/** The stretches of `prose` around words in leetspeak or spaced letters, made readable; each on a line. */
export function readableDisguises(prose: string): string {
  const words = signWordsOf(prose, LEET_WORD).filter(({ 0: word, index }) =>
    !NO_WORD.test(word) && !isInAddress(word, prose.slice(index + word.length, index + HOST_CHARS))
  );
  const runs = matchesOf(prose, SPACED);
  const places = [...words, ...runs].sort((a, b) => a.index - b.index);
  const spans: string[] = [];
  let end = 0;
  for (const { index, 0: text } of places) {
    const to = Math.min(prose.length, index + text.length + AROUND_CHARS);
    if (to <= end) continue;
    const from = Math.max(end, index - AROUND_CHARS);
    // What follows closely belongs to the same stretch.
    spans.push(from === end && spans.length > 0 ? prose.slice(from, to) : `\n${prose.slice(from, to)}`);
    end = to;
  }
  if (spans.length === 0) return "";
  const letters = spans.join("").replace(SPACED, joinedLetters).replace(LEET_SIGN, (sign) => LEET[sign]!);
  return letters.includes("1") ? `${letters.replaceAll("1", "i")}\n${letters.replaceAll("1", "l")}` : letters;
}

/** Whether a word is the middle of an address of mail, by what follows it. */
function isInAddress(word: string, after: string): boolean {
  return /^[a-z\d]+@[a-z\d]+$/.test(word) && /^[a-z\d-]*(?:\.[a-z\d-]+)*\.[a-z]{2,}/.test(after);
}

/** Letters put together; a wider gap is one between words. */
function joinedLetters(run: string): string {
  return run.split(/[ .,\-/:;]{2,3}/).map((word) => word.replace(/[ .,\-/:;]/g, "")).join(" ");
}

/** Letters, and signs read as letters where only letters count. */
const LETTER_CODES = new Uint8Array(128);
for (const letter of "abcdefghijklmnopqrstuvwxyz") LETTER_CODES[letter.charCodeAt(0)] = letter.charCodeAt(0);
for (const [letter, sign] of ["o0", "i1", "e3", "a4", "s5", "t7", "a@", "s$"] as const) {
  LETTER_CODES[sign!.charCodeAt(0)] = letter!.charCodeAt(0);
}
const DECODER = new TextDecoder();
/** Room for the letters of a stretch: what most have, without memory of their own. */
const SCRATCH = new Uint8Array(4_096);

/** Letters of a word from which it may be several run together, and letters one by one from which they may be a word. */
const LONG_WORD = 18, SINGLE_LETTERS = 4;
/** Ends of frequent words, turned around. */
const TURNED = ["snoi", "suoiver", "erongi", "galf"];
/** Characters around such a place that belong to what it says. */
const BESIDE_CHARS = 160;

/** Places of long words, of letters one by one and of turned words. */
function runTogether(prose: string): { start: number; end: number }[] {
  const places: { start: number; end: number }[] = [];
  let start = 0, single = 0;
  for (let i = 0; i <= prose.length; i++) {
    // No number behind the text: one that is none would make the others slow.
    const code = i < prose.length ? prose.charCodeAt(i) : 0;
    if (code >= 97 && code <= 122) continue;
    const length = i - start;
    single = length === 1 ? single + 1 : 0;
    if (length >= LONG_WORD || single >= SINGLE_LETTERS) {
      places.push({ start: single === 0 ? start : i - 2 * single, end: i });
    }
    start = i + 1;
  }
  for (const word of TURNED) {
    for (let at = prose.indexOf(word); at !== -1; at = prose.indexOf(word, at + word.length)) {
      places.push({ start: at, end: at + word.length });
    }
  }
  return places.sort((a, b) => a.start - b.start);
}

/** Of stretches in which reading letters alone may show more than reading words: these, then the same backwards. */
export function squeezedText(prose: string): string {
  const stretches: { start: number; end: number }[] = [];
  for (const { start, end } of runTogether(prose)) {
    const from = Math.max(0, start - BESIDE_CHARS), to = end + BESIDE_CHARS;
    const last = stretches.at(-1);
    if (last !== undefined && from <= last.end) last.end = Math.max(last.end, to);
    else stretches.push({ start: from, end: to });
  }
  return stretches.map(({ start, end }) => lettersOf(prose.slice(start, end))).join(" ");
}

/** The letters alone, then the same backwards. Digits are read as the letters they look like. */
function lettersOf(prose: string): string {
  const codes = prose.length <= SCRATCH.length ? SCRATCH : new Uint8Array(prose.length);
  let length = 0;
  for (let i = 0; i < prose.length; i++) {
    const code = prose.charCodeAt(i);
    const letter = code < 128 ? LETTER_CODES[code]! : 0;
    if (letter !== 0) codes[length++] = letter;
  }
  const forwards = DECODER.decode(codes.subarray(0, length));
  return `${forwards} ${DECODER.decode(codes.subarray(0, length).reverse())}`;
}
