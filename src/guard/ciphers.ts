import { LEXICONS } from "./lexicon.ts";
import { matchesOf } from "./matches.ts";
import type { Views } from "./views.ts";

/** Frequent words of attacks: a text is only deciphered where one of them stands in it enciphered. */
const WORDS = [
  "about",
  "access",
  "account",
  "admin",
  "after",
  "agent",
  "always",
  "another",
  "authorized",
  "because",
  "before",
  "branch",
  "change",
  "command",
  "comment",
  "commit",
  "confirm",
  "contents",
  "contradict",
  "credential",
  "database",
  "delete",
  "developer",
  "disable",
  "disregard",
  "environment",
  "every",
  "execute",
  "forget",
  "http:",
  "https:",
  "ignore",
  "install",
  "instruction",
  "message",
  "operator",
  "password",
  "permission",
  "previous",
  "private",
  "production",
  "project",
  "prompt",
  "propose",
  "repository",
  "request",
  "restrict",
  "reveal",
  "review",
  "right",
  "secret",
  "server",
  "should",
  "summary",
  "system",
  "the user",
  "through",
  "token",
  "upload",
  "verification",
  "without",
];

/** Any of these words as it is. */
export const ATTACK_WORD = anyOf(WORDS);

/** A way to write each character of a text as another, or all in another order. */
interface Cipher {
  readonly encipher: (text: string) => string;
  readonly decipher: (text: string) => readonly string[];
}

const LETTERS = 26;
const ROT13: Cipher = {
  encipher: (text) => shifted(text, LETTERS / 2),
  decipher: (text) => [shifted(text, LETTERS / 2)],
};
const ATBASH: Cipher = { encipher: mirrored, decipher: (text) => [mirrored(text)] };
const ROT47: Cipher = { encipher: halfTurned, decipher: (text) => [halfTurned(text)] };
const BACKWARDS: Cipher = {
  encipher: backwards,
  // Either the letters of each line are turned around, or those of each word.
  decipher: (text) => [text.replace(/.+/g, backwards), text.replace(/\S+/g, backwards)],
};

const DOUBLED: Cipher = {
  encipher: (text) => text.replace(/[a-z]/g, "$&$&"),
  decipher: (text) => [text.replace(/([a-z])\1/gi, "$1")],
};

const CIPHERS = [ROT13, ATBASH, ROT47, BACKWARDS, DOUBLED].map(({ encipher, decipher }) => ({
  needs: LEXICONS.code.needsOf(anyOf(WORDS.map((word) => encipher(word).toLowerCase()))),
  decipher,
}));

/** Shifts in which a text is read: whoever enciphers one uses but one of them. */
const SHIFTS_MAX = 2;
/** Letters of a word by which it is known wherever all of them are moved to. */
const KNOWN_LETTERS = 6;
/** Bits of a distance between two letters, and of all that a word is known by. */
const DISTANCE_BITS = 5, KNOWN_BITS = (1 << DISTANCE_BITS * (KNOWN_LETTERS - 1)) - 1;
/** Bits of the number that stands for these distances where most texts are told apart. */
const MIXED_BITS = 16;
/** The first letters of words by the distances between them, and one bit for each of these. */
const FIRST_LETTERS = new Map<number, number>();
const IS_KNOWN = new Uint32Array(1 << MIXED_BITS - 5);
for (const word of WORDS.filter((one) => /^[a-z]{6}/.test(one))) {
  let distances = 0;
  for (let at = 1; at < KNOWN_LETTERS; at++) {
    distances = withDistance(distances, word.charCodeAt(at), word.charCodeAt(at - 1));
  }
  FIRST_LETTERS.set(distances, word.charCodeAt(0));
  IS_KNOWN[mixed(distances) >>> 5]! |= 1 << (mixed(distances) & 31);
}

/** Words that are found for each shift of the text that is read. */
const WORDS_BY_SHIFT = new Uint32Array(LETTERS);

/** By how many places letters are moved where these make words of attacks, the most frequent first; ROT13 is told otherwise. */
function shiftsIn(code: string): number[] {
  const words = WORDS_BY_SHIFT.fill(0);
  let distances = 0, letters = 0, last = 0;
  for (let i = 0; i < code.length; i++) {
    const letter = code.charCodeAt(i);
    if (letter < 97 || letter > 122) {
      letters = 0;
      continue;
    }
    distances = withDistance(distances, letter, last);
    last = letter;
    if (++letters < KNOWN_LETTERS) continue;
    const number = mixed(distances);
    if ((IS_KNOWN[number >>> 5]! >>> (number & 31) & 1) === 0) continue;
    const first = FIRST_LETTERS.get(distances);
    if (first === undefined) continue;
    words[(code.charCodeAt(i - KNOWN_LETTERS + 1) - first + LETTERS) % LETTERS]!++;
  }
  words[0] = words[LETTERS / 2] = 0;
  return [...words.keys()].filter((shift) => words[shift]! > 0).sort((a, b) => words[b]! - words[a]!);
}

function withDistance(distances: number, letter: number, last: number): number {
  return (distances << DISTANCE_BITS | letter - last + (letter < last ? LETTERS : 0)) & KNOWN_BITS;
}

function mixed(distances: number): number {
  return Math.imul(distances, 0x9e3779b1) >>> 32 - MIXED_BITS;
}

/** Words that spell letters (ICAO), several of them. */
const SPELLING_WORD =
  "(?:al(?:f|ph)a|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|papa|quebec|romeo|sierra|tango|uniform|victor|whiske?y|x-?ray|yankee|zulu)";
const SPELLING_WORDS = 12;
const SPELLING = new RegExp(
  `\\b${SPELLING_WORD}(?:[ ,./\\n-]{1,3}${SPELLING_WORD}){${SPELLING_WORDS - 1},}\\b`,
  "gi",
);
const SPELLING_NEEDS = LEXICONS.code.needsOf(SPELLING);

/** The whole text deciphered, for each cipher in which it holds a word of attacks, and letters that are spelled by words. */
export function decipheredTexts(views: Views): string[] {
  const anchors = views.anchors("code", "code");
  const mayBeSpelled = anchors.places(SPELLING_NEEDS, { isWhole: true }).length >= SPELLING_WORDS;
  const spelled = mayBeSpelled ? matchesOf(views.plain, SPELLING) : [];
  return [
    ...CIPHERS.flatMap(({ needs, decipher }) => anchors.allow(needs) ? decipher(views.plain) : []),
    ...shiftsIn(views.code).slice(0, SHIFTS_MAX).map((shift) => shifted(views.plain, LETTERS - shift)),
    ...spelled.map(([words]) =>
      words.toLowerCase().replace(/([a-z])(?:-ray|[a-z]*)([^a-z]*)/g, spelledLetter)
    ),
  ];
}

/** The letter that a word spells; a wide gap behind it is one between words. */
function spelledLetter(_: string, letter: string, gap: string): string {
  return /[/\n]| {2}/.test(gap) ? `${letter} ` : letter;
}

function anyOf(texts: readonly string[]): RegExp {
  return new RegExp(texts.map((text) => text.replace(/[^a-z0-9]/g, "\\$&")).join("|"));
}

/** Each letter moved by some places of the alphabet (Caesar). */
function shifted(text: string, places: number): string {
  return text.replace(/[a-z]/gi, (letter) => letterAt(letter, (at) => (at + places) % LETTERS));
}

/** a for z, b for y (Atbash). */
function mirrored(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => letterAt(letter, (at) => LETTERS - 1 - at));
}

function letterAt(letter: string, place: (at: number) => number): string {
  const a = letter <= "Z" ? 65 : 97;
  return String.fromCharCode(a + place(letter.charCodeAt(0) - a));
}

/** Each visible ASCII character moved by 47 places (ROT47). */
function halfTurned(text: string): string {
  return text.replace(/[!-~]/g, (char) => String.fromCharCode(33 + (char.charCodeAt(0) + 14) % 94));
}

function backwards(text: string): string {
  return [...text].reverse().join("");
}
