import type { Named } from "./concepts.ts";

/** Bits of a feature's number: so many weights the model has. */
export const FEATURE_BITS = 19;
/** Features below which a stretch, and a passage, is too short to tell much. */
export const STRETCH_FEATURES_MIN = 64, PASSAGE_FEATURES_MIN = 192;
/** Words and signs of a stretch; longer sentences are read in several. */
const STRETCH_TOKENS = 32;
/** Characters that a word shares with others of its family, and beyond which it is a value, with digits in it or without. */
const STEM_CHARS = 5, NUMBERED_CHARS = 6, WORD_CHARS = 24;
/** Stand for a number and for a value. */
const NUMBER = 1, VALUE = 2;
/** Signs in a row that are one token. */
const SIGN_CHARS = 3;
/** Tells features of different kinds apart. */
const STEM_SALT = 0x9e3779b9, PAIR_SALT = 0x85ebca6b, CONCEPT_SALT = 0xc2b2ae35;
const HASH_START = 0x811c9dc5, HASH_PRIME = 0x01000193;

const SPACE = 0, LETTER = 1, DIGIT = 2, SIGN = 3, IDEOGRAPH = 4, STOP = 5;
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/[a-z']/i.test(char)) return LETTER;
  if (/\d/.test(char)) return DIGIT;
  return /[.!?]/.test(char) ? STOP : code > 32 && code < 127 ? SIGN : SPACE;
});

/**
 * What a sum of weights is divided by, so that long texts score no higher than short ones.
 *
 * @param least features below which a text is too short to tell much.
 */
export function normOf(features: number, least: number): number {
  return Math.sqrt(Math.max(features, least));
}

/** Numbers of features, each once. */
export class Features {
  /** One bit for each feature there is, so that all stay in the cache. */
  readonly #isHeld = new Uint32Array(1 << FEATURE_BITS - 5);
  readonly #numbers: number[] = [];

  /** In the order they came. */
  get numbers(): readonly number[] {
    return this.#numbers;
  }

  add(number: number): void {
    const bit = 1 << (number & 31);
    const bits = this.#isHeld[number >>> 5]!;
    if ((bits & bit) !== 0) return;
    this.#isHeld[number >>> 5] = bits | bit;
    this.#numbers.push(number);
  }

  addAll(numbers: readonly number[]): void {
    for (let at = 0; at < numbers.length; at++) this.add(numbers[at]!);
  }

  clear(): void {
    for (let at = 0; at < this.#numbers.length; at++) this.#isHeld[this.#numbers[at]! >>> 5] = 0;
    this.#numbers.length = 0;
  }
}

/** The features of the stretch that is read. It has each once, however often its words occur. */
class Stretch {
  readonly #features = new Features();
  #tokens = 0;
  #last = HASH_START;

  get tokens(): number {
    return this.#tokens;
  }

  /** A word or sign: itself, and the pair it makes with the one before. */
  addToken(hash: number): void {
    this.add(hash);
    this.add(Math.imul(this.#last ^ PAIR_SALT, HASH_PRIME) ^ hash);
    this.#last = hash;
    this.#tokens++;
  }

  add(hash: number): void {
    this.#features.add(slotOf(hash));
  }

  /** Tells the features of what ends here, and forgets them. */
  close(told: Told, end: number): void {
    told(this.#features.numbers, end);
    this.#features.clear();
    this.#tokens = 0;
    this.#last = HASH_START;
  }
}

/** Is told the numbers of a stretch's features, which are only good until it returns, and where the stretch ends. */
export type Told = (features: readonly number[], end: number) => void;

const STRETCH = new Stretch();

/**
 * Tells the features of each stretch of a text, at most a sentence: its words and signs, words two by two, how words begin, the
 * concepts it names and these two by two. Takes time in proportion to the text.
 */
export function readFeatures(prose: string, named: readonly Named[], told: Told): void {
  let next = 0;
  const close = (end: number): void => {
    if (STRETCH.tokens === 0) return;
    const first = next;
    while (next < named.length && named[next]!.end <= end) next++;
    addConcepts(named, { from: first, to: next });
    STRETCH.close(told, end);
  };
  for (let at = 0; at < prose.length;) {
    const kind = kindOf(prose.charCodeAt(at));
    if (kind === SPACE) {
      at++;
    } else if (kind === LETTER || kind === DIGIT) {
      at = readWord(prose, at);
    } else {
      const end = kind === IDEOGRAPH ? at + 1 : runEnd(prose, at, kind);
      STRETCH.addToken(hashOf(prose, at, end));
      at = end;
      if (kind === STOP && at < prose.length && kindOf(prose.charCodeAt(at)) !== LETTER) close(at);
    }
    if (STRETCH.tokens >= STRETCH_TOKENS) close(at);
  }
  close(prose.length);
}

/** Adds a word and how it begins, a number or a value; where it ends. */
function readWord(prose: string, start: number): number {
  let at = start, hash = HASH_START, stem = 0, digits = 0;
  for (; at < prose.length; at++) {
    const code = prose.charCodeAt(at), kind = kindOf(code);
    if (kind !== LETTER && kind !== DIGIT) break;
    if (at - start === STEM_CHARS) stem = hash;
    if (kind === DIGIT) digits++;
    hash = Math.imul(hash ^ code, HASH_PRIME);
  }
  const length = at - start;
  if (digits === length) STRETCH.addToken(NUMBER);
  else if (length > WORD_CHARS || digits > 0 && length > NUMBERED_CHARS) STRETCH.addToken(VALUE);
  else {
    if (length > STEM_CHARS) STRETCH.add(stem ^ STEM_SALT);
    STRETCH.addToken(hash);
  }
  return at;
}

/** Adds the concepts that a stretch names and, lower numbers first, these two by two. */
function addConcepts(
  named: readonly Named[],
  { from, to }: { readonly from: number; readonly to: number },
): void {
  const concepts: number[] = [];
  for (let at = from; at < to; at++) insert(concepts, named[at]!.concept);
  for (let i = 0; i < concepts.length; i++) {
    const one = Math.imul(concepts[i]! + 1, CONCEPT_SALT);
    STRETCH.add(one);
    for (let j = i + 1; j < concepts.length; j++) {
      STRETCH.add(Math.imul(one ^ (concepts[j]! + 1), HASH_PRIME));
    }
  }
}

/** Puts a number into a short list in order, once. */
function insert(numbers: number[], number: number): void {
  let at = numbers.length;
  while (at > 0 && numbers[at - 1]! > number) at--;
  if (at > 0 && numbers[at - 1] === number) return;
  numbers.push(number);
  for (let i = numbers.length - 1; i > at; i--) numbers[i] = numbers[i - 1]!;
  numbers[at] = number;
}

function runEnd(prose: string, start: number, kind: number): number {
  let at = start + 1;
  const longest = Math.min(prose.length, start + SIGN_CHARS);
  while (at < longest && kindOf(prose.charCodeAt(at)) === kind) at++;
  return at;
}

function hashOf(text: string, start: number, end: number): number {
  let hash = HASH_START;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), HASH_PRIME);
  return hash;
}

/** What a character is; scripts with a sign per word are read sign by sign. */
function kindOf(code: number): number {
  if (code < 128) return KINDS[code]!;
  if (
    code >= 0x3041 && code <= 0x30ff || code >= 0x3400 && code <= 0x9fff || code >= 0xac00 && code <= 0xd7af
  ) {
    return IDEOGRAPH;
  }
  if (code === 0x3002 || code === 0xff01 || code === 0xff1f) return STOP;
  return code >= 0x2000 && code <= 0x303f || code >= 0xff00 && code <= 0xff65 || code < 0xaa ? SIGN : LETTER;
}

/** The place of a hash in the table: its bits are mixed first, as the last character shows most in the low ones. */
function slotOf(hash: number): number {
  const mixed = Math.imul(hash ^ hash >>> 15, 0x2c1b3c6d);
  return Math.imul(mixed ^ mixed >>> 12, 0x297a2d39) >>> (32 - FEATURE_BITS);
}
