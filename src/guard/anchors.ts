import { Automaton } from "./automaton.ts";
import { longestOf } from "./longest.ts";
import { sequencesOf, shortest } from "./required.ts";

/** Characters of a block: texts are looked at by blocks. */
const BLOCK_CHARS = 96;
/** What a match needs stands in so many blocks that follow each other: in few where its pattern only matches short texts. */
const SPANS = [2, 3, 5] as const;
/** Characters around the blocks that a match may reach into. */
const MARGIN_CHARS = 128;
/** Blocks whose bits one number holds. */
const BITS = 32;
/** Bits of a clause that have not been put together, and of one that the text does not fulfil. */
const UNKNOWN = -1, NOWHERE = 0;

/** What a pattern's matches must hold. */
export interface Needs {
  /** For each alternative of the pattern, numbers of clauses of which a match fulfils all. */
  readonly alternatives: readonly (readonly number[])[];
  /** Which of the spans a match keeps to. */
  readonly span: number;
  /** Whether every match keeps to it. */
  readonly isBounded: boolean;
}

/** A stretch of a text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

type Writable<T> = { -readonly [name in keyof T]: T[name] };

/**
 * The texts that a group of patterns must hold, looked for in one pass. The patterns of the rules are read with the first text:
 * most processes, such as those of the command line, never look at one.
 */
export class Lexicon {
  readonly #unread: { readonly pattern: RegExp; readonly needs: Writable<Needs> }[] = [];
  #isInUse = false;
  readonly #literals = new Map<string, number>();
  /** Clauses by their literals, and for each the numbers of these. */
  readonly #known = new Map<string, number>();
  readonly #clauses: number[][] = [];
  #automaton: Automaton | undefined;

  /** What a pattern's matches must hold, read off the pattern itself: filled in with the first text. */
  needsOf(pattern: RegExp): Needs {
    const needs = { alternatives: [], span: 0, isBounded: false };
    this.#unread.push({ pattern, needs });
    if (this.#isInUse) this.#read();
    return needs;
  }

  #read(): void {
    this.#isInUse = true;
    for (const { pattern: { source }, needs } of this.#unread.splice(0)) {
      needs.alternatives = sequencesOf(source).map((clauses) =>
        clauses.toSorted((a, b) => shortest(b) - shortest(a)).map((literals) => this.#clauseOf(literals))
      );
      const longest = longestOf(source);
      const span = SPANS.findIndex((blocks) => longest <= (blocks - 1) * BLOCK_CHARS);
      needs.span = span === -1 ? SPANS.length - 1 : span;
      needs.isBounded = span !== -1;
    }
  }

  /** Which of its texts `text` holds, and where. */
  anchorsIn(text: string): Anchors {
    if (!this.#isInUse) this.#read();
    this.#automaton ??= new Automaton([...this.#literals.keys()]);
    return new Anchors(text, {
      automaton: this.#automaton,
      literals: this.#literals.size,
      clauses: this.#clauses,
    });
  }

  #clauseOf(literals: readonly string[]): number {
    const name = literals.join("\n").toLowerCase();
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    this.#known.set(name, this.#clauses.length);
    return this.#clauses.push(literals.map((literal) => this.#numberOf(literal.toLowerCase()))) - 1;
  }

  #numberOf(literal: string): number {
    const known = this.#literals.get(literal);
    if (known !== undefined) return known;
    this.#automaton = undefined;
    this.#literals.set(literal, this.#literals.size);
    return this.#literals.size - 1;
  }
}

/** Lexicons of the views that patterns are tried on: each finds only what its own patterns ask for. */
export const LEXICONS = {
  unbroken: new Lexicon(),
  code: new Lexicon(),
  prose: new Lexicon(),
  squeezed: new Lexicon(),
};

/** Which of the texts that patterns need a text holds, and in which blocks. */
export class Anchors {
  readonly #length: number;
  readonly #blocks: number;
  /** Numbers that hold one bit for each block: a row. */
  readonly #words: number;
  readonly #clauses: readonly (readonly number[])[];
  /** For each literal the row of the blocks it ends in, or none where the text does not hold it. */
  readonly #rowOf: Int16Array;
  #rows = 1;
  #bits: Uint32Array;
  /** For each span and clause the row of the blocks in which, or in the next of the span, it is fulfilled. */
  readonly #clauseRows: Int16Array;

  constructor(
    text: string,
    { automaton, literals, clauses }: {
      readonly automaton: Automaton;
      readonly literals: number;
      readonly clauses: readonly (readonly number[])[];
    },
  ) {
    this.#length = text.length;
    this.#blocks = Math.max(1, Math.ceil(text.length / BLOCK_CHARS));
    this.#words = Math.ceil(this.#blocks / BITS);
    this.#clauses = clauses;
    this.#rowOf = new Int16Array(literals);
    this.#bits = new Uint32Array(64 * this.#words);
    this.#clauseRows = new Int16Array(SPANS.length * clauses.length).fill(UNKNOWN);
    const rowOf = this.#rowOf, words = this.#words;
    automaton.scan(text, (id, end) => {
      if (rowOf[id] === NOWHERE) rowOf[id] = this.#newRow();
      const block = (end - 1) / BLOCK_CHARS | 0;
      this.#bits[rowOf[id]! * words + (block >>> 5)]! |= 1 << (block & 31);
    });
  }

  /** Whether a pattern with these needs can match at all. */
  allow({ alternatives, span }: Needs): boolean {
    for (let at = 0; at < alternatives.length; at++) if (this.#areThere(alternatives[at]!, span)) return true;
    return false;
  }

  /** Stretches outside of which no pattern with these needs can match, unless its matches are longer than a few blocks. */
  stretches(needs: Needs): Stretch[] {
    const found: { start: number; end: number }[] = [];
    if (!this.allow(needs)) return found;
    for (let word = 0; word < this.#words; word++) {
      const bits = this.#allowed(needs, word);
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

  /** Bits of the blocks from which on some alternative has all that it needs. */
  #allowed({ alternatives, span }: Needs, word: number): number {
    let allowed = 0;
    for (let at = 0; at < alternatives.length; at++) {
      const clauses = alternatives[at]!;
      let all = ~0;
      for (let i = 0; i < clauses.length && all !== 0; i++) {
        const row = this.#rowFor(clauses[i]!, span);
        all &= row === NOWHERE ? 0 : this.#bits[row * this.#words + word]!;
      }
      allowed |= all;
    }
    return allowed;
  }

  #areThere(clauses: readonly number[], span: number): boolean {
    for (let at = 0; at < clauses.length; at++) {
      if (this.#rowFor(clauses[at]!, span) === NOWHERE) return false;
    }
    return true;
  }

  /** The row of a clause; clauses are shared by many patterns, so it is put together once. Loops, as this is what takes time. */
  #rowFor(clause: number, span: number): number {
    const at = span * this.#clauses.length + clause;
    const known = this.#clauseRows[at]!;
    if (known !== UNKNOWN) return known;
    const ids = this.#clauses[clause]!, rowOf = this.#rowOf;
    let own = NOWHERE;
    for (let i = 0; i < ids.length; i++) {
      const row = rowOf[ids[i]!]!;
      if (row === NOWHERE) continue;
      if (own === NOWHERE) own = this.#newRow();
      this.#addSpread(row, own, SPANS[span]!);
    }
    this.#clauseRows[at] = own;
    return own;
  }

  /** Adds the bits of a row to another, and those of the blocks before each: a bit then tells what the span from it on holds. */
  #addSpread(row: number, to: number, span: number): void {
    const bits = this.#bits, words = this.#words;
    for (let word = 0; word < words; word++) {
      const own = bits[row * words + word]!, next = word + 1 < words ? bits[row * words + word + 1]! : 0;
      if ((own | next) === 0) continue;
      let all = own;
      for (let by = 1; by < span; by++) all |= own >>> by | next << (BITS - by);
      bits[to * words + word]! |= all;
    }
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
