import { Automaton } from "./automaton.ts";
import { sequencesOf, shortest } from "./required.ts";

/** Characters of a block: what a match of a phrase needs stands in blocks that follow each other, so many at most. */
const BLOCK_CHARS = 192;
const BLOCKS = 3;
/** Characters around the blocks that a match may reach into. */
const MARGIN_CHARS = 128;

/** Every text that some pattern must hold, and its number. Filled while the rules are made. */
const LITERALS = new Map<string, number>();
let automaton: Automaton | undefined;

/** For each alternative of a pattern, clauses of which a match fulfils all: numbers of texts of which it holds one. */
export type Needs = readonly (readonly (readonly number[])[])[];

/** A stretch of a text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What a pattern's matches must hold, read off the pattern itself. */
export function needsOf(pattern: RegExp): Needs {
  return sequencesOf(pattern.source).map((clauses) =>
    clauses.toSorted((a, b) => shortest(b) - shortest(a)).map((literals) => literals.map(numberOf))
  );
}

function numberOf(literal: string): number {
  const lower = literal.toLowerCase();
  const known = LITERALS.get(lower);
  if (known !== undefined) return known;
  automaton = undefined;
  LITERALS.set(lower, LITERALS.size);
  return LITERALS.size - 1;
}

/** Which of the texts that patterns need a text holds, and in which blocks. */
export class Anchors {
  readonly #blocks: number;
  readonly #words: number;
  /** For each block, a bit for each literal in it or in the blocks after it; then a row for the whole text. */
  readonly #bits: Uint32Array;
  readonly #length: number;

  constructor(text: string) {
    automaton ??= new Automaton([...LITERALS.keys()]);
    const words = (LITERALS.size >>> 5) + 1;
    const blocks = Math.max(1, Math.ceil(text.length / BLOCK_CHARS));
    const bits = new Uint32Array((blocks + 1) * words);
    const whole = blocks * words;
    automaton.scan(text, (id, end) => {
      const word = id >>> 5, bit = 1 << (id & 31);
      const block = Math.floor((end - 1) / BLOCK_CHARS);
      for (let at = Math.max(0, block - BLOCKS + 1); at <= block; at++) bits[at * words + word]! |= bit;
      bits[whole + word]! |= bit;
    });
    this.#blocks = blocks;
    this.#words = words;
    this.#bits = bits;
    this.#length = text.length;
  }

  /** Whether a pattern with these needs can match at all. */
  allow(needs: Needs): boolean {
    return this.#fulfils(needs, this.#blocks);
  }

  /** Stretches outside of which no pattern with these needs can match, unless its matches are longer than a block. */
  stretches(needs: Needs): Stretch[] {
    if (!this.allow(needs)) return [];
    const found: { start: number; end: number }[] = [];
    for (let block = 0; block < this.#blocks; block++) {
      if (!this.#fulfils(needs, block)) continue;
      const start = Math.max(0, block * BLOCK_CHARS - MARGIN_CHARS);
      const end = Math.min(this.#length, (block + BLOCKS) * BLOCK_CHARS + MARGIN_CHARS);
      const last = found.at(-1);
      if (last !== undefined && start <= last.end) last.end = end;
      else found.push({ start, end });
    }
    return found;
  }

  #fulfils(needs: Needs, row: number): boolean {
    const from = row * this.#words, bits = this.#bits;
    // Loops, as this runs for every pattern and block.
    for (const clauses of needs) {
      let isFulfilled = true;
      for (let at = 0; at < clauses.length && isFulfilled; at++) {
        isFulfilled = holds(bits, from, clauses[at]!);
      }
      if (isFulfilled) return true;
    }
    return false;
  }
}

function holds(bits: Uint32Array, from: number, ids: readonly number[]): boolean {
  for (let at = 0; at < ids.length; at++) {
    const id = ids[at]!;
    if ((bits[from + (id >>> 5)]! & (1 << (id & 31))) !== 0) return true;
  }
  return false;
}
