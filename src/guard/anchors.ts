import type { Automaton } from "./automaton.ts";
import type { Range } from "./required.ts";

/** Characters of a block: texts are looked at by blocks. */
const BLOCK_CHARS = 96;
/** What a match needs stands in so many blocks that follow each other: in few where its pattern only matches short texts. */
const SPANS = [2, 3, 5, 10, 24] as const;
/** Characters around the blocks that a match may reach into. */
const MARGIN_CHARS = 128;
/** Blocks whose bits one number holds. */
const BITS = 32;
/** Rows of clauses that there is room for at first. */
const ROWS_FIRST = 32;

/** What a pattern's matches must hold. */
export interface Needs {
  /** Of the pattern, in its lexicon. */
  readonly number: number;
  readonly alternatives: readonly Alternative[];
  /** Where an alternative needs no certain text, the characters of the word that it needs instead; else infinite. */
  readonly word: number;
  /** The widest of their spans. */
  readonly span: number;
  /** Whether every match is as short as a few blocks. */
  readonly isBounded: boolean;
  /** Whether every match begins at one of few places before a text that is known. */
  readonly isPlaced: boolean;
}

/** What the matches of one of a pattern's alternatives must hold. */
export interface Alternative {
  /** Numbers of clauses of which a match fulfils all, the rarest first. */
  readonly clauses: readonly number[];
  /** Which of the spans a match keeps to. */
  readonly span: number;
  readonly heads: readonly Head[];
  /** Whether nothing is needed but one of the heads, so that where one stands is all that there is to know. */
  readonly isHeadAlone: boolean;
}

/** A literal that a match begins with, and how many characters of the match there are up to its end. */
interface Head {
  readonly literal: number;
  readonly upToEnd: Range;
}

/** The span of matches with at most so many characters; the widest where there is none for them. */
export function spanOf(longest: number): { readonly span: number; readonly isBounded: boolean } {
  const span = SPANS.findIndex((blocks) => longest <= (blocks - 1) * BLOCK_CHARS);
  return { span: span === -1 ? SPANS.length - 1 : span, isBounded: span !== -1 };
}

/** A stretch of a text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Lists of numbers one behind the other, so that they stay in the cache. */
export interface Lists {
  /** Where each begins; the last entry closes them. */
  readonly from: Uint32Array;
  readonly items: Uint16Array;
}

export function listsOf(lists: readonly (readonly number[])[]): Lists {
  const from = new Uint32Array(lists.length + 1);
  for (const [at, list] of lists.entries()) from[at + 1] = from[at]! + list.length;
  return { from, items: Uint16Array.from(lists.flat()) };
}

/** What a lexicon looks for. */
export interface Contents {
  readonly automaton: Automaton;
  readonly literals: number;
  /** For each clause its literals. */
  readonly clauses: readonly (readonly number[])[];
  /** For each literal the clauses that it fulfils. */
  readonly fulfilled: Lists;
  /** For each clause the alternatives whose rarest it is, for each of these its pattern and the clauses that it needs. */
  readonly keyed: Lists;
  readonly patternOf: Uint16Array;
  readonly needed: Lists;
  /** For each pattern 1 where an alternative of it needs nothing. */
  readonly always: Uint8Array;
}

/** Which of the texts that patterns need a text holds, and where. */
export class Anchors {
  readonly #length: number;
  readonly #blocks: number;
  /** Numbers that hold one bit for each block: a row. */
  readonly #words: number;
  readonly #clauses: readonly (readonly number[])[];
  /** Places after the literals that the text holds, in order, from 1 on. */
  readonly #ends: Uint32Array;
  /** For each literal the number of the last of its ends, for each of these that of the one before; 0 where there is none. */
  readonly #last: Uint32Array;
  readonly #before: Uint32Array;
  /** Rows: one to work in, then those of clauses. */
  #bits: Uint32Array;
  #rows = 1;
  /** For each clause 1 where it is fulfilled, for each pattern 1 where it can match. */
  readonly #isFulfilled: Uint8Array;
  readonly #allowed: Uint8Array;
  /** By span and clause the row of the blocks in which, or in the next of the span, it is fulfilled: few are ever needed. */
  readonly #rowOf = new Map<number, number>();
  /** For each place of the text one bit, to put places in order. */
  readonly #isPlace: Uint32Array;

  constructor(text: string, contents: Contents) {
    this.#length = text.length;
    this.#blocks = Math.max(1, Math.ceil(text.length / BLOCK_CHARS));
    this.#words = Math.ceil(this.#blocks / BITS);
    this.#clauses = contents.clauses;
    const { count, ids, ends } = contents.automaton.scan(text);
    const { literals: all, clauses, always } = contents;
    const sizes = [all, count + 1, count + 1, (1 + ROWS_FIRST) * this.#words, (text.length >>> 5) + 1];
    const { numbers, bytes } = inOnePiece(sizes, [clauses.length, always.length]);
    [this.#last, this.#before, this.#ends, this.#bits, this.#isPlace] = numbers as Five<Uint32Array>;
    [this.#isFulfilled, this.#allowed] = bytes as [Uint8Array, Uint8Array];
    const last = this.#last, before = this.#before, own = this.#ends;
    const literals: number[] = [];
    for (let at = 0; at < count; at++) {
      const id = ids[at]!, known = last[id]!;
      if (known === 0) literals.push(id);
      last[id] = at + 1;
      before[at + 1] = known;
      own[at + 1] = ends[at]!;
    }
    this.#allowed.set(always);
    this.#allowKeyed(literals, contents);
  }

  /** Marks the clauses that some literals fulfil, and the patterns that can match. */
  #allowKeyed(literals: readonly number[], { fulfilled, keyed, patternOf, needed }: Contents): void {
    const isFulfilled = this.#isFulfilled, allowed = this.#allowed;
    const found: number[] = [];
    for (const literal of literals) {
      for (let at = fulfilled.from[literal]!; at < fulfilled.from[literal + 1]!; at++) {
        const clause = fulfilled.items[at]!;
        if (isFulfilled[clause] === 0) found.push(clause);
        isFulfilled[clause] = 1;
      }
    }
    for (const clause of found) {
      for (let at = keyed.from[clause]!; at < keyed.from[clause + 1]!; at++) {
        const alternative = keyed.items[at]!, last = needed.from[alternative + 1]!;
        let need = needed.from[alternative]!;
        while (need < last && isFulfilled[needed.items[need]!] === 1) need++;
        if (need === last) allowed[patternOf[alternative]!] = 1;
      }
    }
  }

  /** Whether a pattern with these needs can match at all. */
  allow({ number }: Needs): boolean {
    return this.#allowed[number] === 1;
  }

  /**
   * Where alone a match can begin, in order, of a pattern that is placed. `isWhole`: also where what it needs stands further
   * apart than a few blocks.
   */
  places(needs: Needs, { isWhole = false }: { readonly isWhole?: boolean } = {}): number[] {
    if (!this.allow(needs)) return [];
    const isPlace = this.#isPlace;
    let first = Infinity, last = -1;
    for (const alternative of needs.alternatives) {
      if (!this.#areFulfilled(alternative.clauses)) continue;
      const isAnywhere = isWhole || alternative.isHeadAlone;
      if (!isAnywhere && !this.#setBlocks(alternative)) continue;
      for (const { literal, upToEnd: { least, most } } of alternative.heads) {
        for (let at = this.#last[literal]!; at !== 0; at = this.#before[at]!) {
          const end = this.#ends[at]!;
          const block = (end - 1) / BLOCK_CHARS | 0;
          if (!isAnywhere && (this.#bits[block >>> 5]! >>> (block & 31) & 1) === 0) continue;
          const start = Math.max(0, end - most);
          for (let place = start; place <= end - least; place++) isPlace[place >>> 5]! |= 1 << (place & 31);
          if (start < first) first = start;
          if (end - least > last) last = end - least;
        }
      }
    }
    return takenFrom(isPlace, { first, last });
  }

  /** Stretches outside of which no pattern with these needs can match, unless its matches are longer than a few blocks. */
  stretches(needs: Needs): Stretch[] {
    const found: { start: number; end: number }[] = [];
    if (!this.allow(needs)) return found;
    for (let word = 0; word < this.#words; word++) {
      const bits = needs.alternatives.reduce((any, alternative) => any | this.#bitsOf(alternative, word), 0);
      for (let bit = 0; bits !== 0 && bit < BITS; bit++) {
        const block = word * BITS + bit;
        if ((bits >>> bit & 1) === 0 || block >= this.#blocks) continue;
        const start = Math.max(0, block * BLOCK_CHARS - MARGIN_CHARS);
        const end = Math.min(this.#length, (block + SPANS[needs.span]!) * BLOCK_CHARS + MARGIN_CHARS);
        const last = found.at(-1);
        if (last !== undefined && start <= last.end) last.end = end;
        else found.push({ start, end });
      }
    }
    return found;
  }

  /** Puts the blocks from which on an alternative has all that it needs in the first row, and tells whether there are any. */
  #setBlocks(alternative: Alternative): boolean {
    let any = 0;
    for (let word = 0; word < this.#words; word++) {
      const bits = this.#bitsOf(alternative, word);
      this.#bits[word] = bits;
      any |= bits;
    }
    return any !== 0;
  }

  /** The bits of such blocks. */
  #bitsOf({ clauses, span }: Alternative, word: number): number {
    let all = ~0;
    for (let i = 0; i < clauses.length && all !== 0; i++) {
      if (this.#isFulfilled[clauses[i]!] === 0) return 0;
      const row = this.#rowFor(clauses[i]!, span);
      all &= this.#bits[row * this.#words + word]!;
    }
    return all;
  }

  #areFulfilled(clauses: readonly number[]): boolean {
    for (let at = 0; at < clauses.length; at++) if (this.#isFulfilled[clauses[at]!] === 0) return false;
    return true;
  }

  /** The row of a clause that is fulfilled; clauses are shared by many patterns, so it is put together once. */
  #rowFor(clause: number, span: number): number {
    const at = span * this.#clauses.length + clause;
    const known = this.#rowOf.get(at);
    if (known !== undefined) return known;
    const row = this.#newRow();
    this.#rowOf.set(at, row);
    const bits = this.#bits, words = this.#words, start = row * words;
    for (const literal of this.#clauses[clause]!) {
      for (let at = this.#last[literal]!; at !== 0; at = this.#before[at]!) {
        const block = (this.#ends[at]! - 1) / BLOCK_CHARS | 0;
        bits[start + (block >>> 5)]! |= 1 << (block & 31);
      }
    }
    // A bit is to tell what the blocks from it on hold: twice as many with each turn.
    for (let told = 1; told < SPANS[span]!; told *= 2) {
      const by = Math.min(told, SPANS[span]! - told);
      for (let word = 0; word < words; word++) {
        const next = word + 1 < words ? bits[start + word + 1]! : 0;
        bits[start + word]! |= bits[start + word]! >>> by | next << (BITS - by);
      }
    }
    return row;
  }

  #newRow(): number {
    if ((this.#rows + 1) * this.#words > this.#bits.length) {
      const bits = new Uint32Array(this.#bits.length * 2);
      bits.set(this.#bits);
      this.#bits = bits;
    }
    return this.#rows++;
  }
}

type Five<T> = [T, T, T, T, T];

/** Arrays of such sizes, one behind the other: memory for each by itself would take longer than most texts do. */
function inOnePiece(
  numbers: readonly number[],
  bytes: readonly number[],
): { numbers: Uint32Array[]; bytes: Uint8Array[] } {
  const width = Uint32Array.BYTES_PER_ELEMENT;
  const piece = new ArrayBuffer(sumOf(numbers) * width + sumOf(bytes));
  let at = 0;
  const next = (size: number): number => (at += size) - size;
  return {
    numbers: numbers.map((length) => new Uint32Array(piece, next(length * width), length)),
    bytes: bytes.map((length) => new Uint8Array(piece, next(length), length)),
  };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/** The numbers in a set of bits, in order, all from `first` to `last`. Leaves it empty. */
function takenFrom(
  bits: Uint32Array,
  { first, last }: { readonly first: number; readonly last: number },
): number[] {
  const numbers: number[] = [];
  for (let word = first >>> 5; word <= last >> 5; word++) {
    for (let left = bits[word]!; left !== 0; left &= left - 1) {
      numbers.push(word * BITS + 31 - Math.clz32(left & -left));
    }
    bits[word] = 0;
  }
  return numbers;
}
