import { type Alternative, Anchors, type Contents, listsOf, type Needs, spanOf } from "./anchors.ts";
import { Automaton } from "./automaton.ts";
import { type Clause, longestOf, sequencesOf, shortest } from "./required.ts";

/** Characters more or less before a text at which a match may begin, beyond which its pattern is searched for instead. */
const PLACES_MAX = 16;

type Unread = { -readonly [name in keyof Needs]: Needs[name] };

/** Characters of a text that not nearly every text holds. */
const TELLING_CHARS = 3;

/**
 * The texts that a group of patterns must hold, looked for in one pass. The patterns of the rules are read with the first text:
 * most processes, such as those of the command line, never look at one.
 */
export class Lexicon {
  readonly #unread: { readonly source: string; readonly needs: Unread }[] = [];
  readonly #literals = new Map<string, number>();
  /** Clauses by their literals, and for each the numbers of these. */
  readonly #known = new Map<string, number>();
  readonly #clauses: number[][] = [];
  readonly #patterns: (readonly Alternative[])[] = [];
  #contents: Contents | undefined;

  /** What a pattern's matches must hold, read off the pattern itself: filled in with the first text. */
  needsOf({ source }: RegExp): Needs {
    const needs: Unread = {
      number: 0,
      alternatives: [],
      word: Infinity,
      span: 0,
      isBounded: false,
      isPlaced: false,
    };
    this.#unread.push({ source, needs });
    return needs;
  }

  /** Which of its texts `text` holds, and where. */
  anchorsIn(text: string): Anchors {
    if (this.#unread.length > 0) {
      for (const { source, needs } of this.#unread.splice(0)) Object.assign(needs, this.#read(source));
      this.#contents = undefined;
    }
    this.#contents ??= this.#listed();
    return new Anchors(text, this.#contents);
  }

  #read(source: string): Needs {
    const sequences = sequencesOf(source);
    const alternatives = sequences.map(({ head, clauses, length }): Alternative => {
      const needed = telling(clauses), [first, ...others] = needed;
      return {
        clauses: needed.map((clause) => this.#clauseOf(clause)),
        span: spanOf(length.most).span,
        heads: head.map(({ text, after: { least, most } }) => ({
          literal: this.#numberOf(text),
          upToEnd: { least: least + text.length, most: most + text.length },
        })),
        isHeadAlone: others.length === 0 && head.every(({ text }) => first?.includes(text)),
      };
    });
    return {
      number: this.#patterns.push(alternatives) - 1,
      alternatives,
      word: Math.min(...sequences.filter(({ clauses }) => clauses.length === 0).map(({ word }) => word)),
      ...spanOf(longestOf(sequences)),
      isPlaced: alternatives.every(({ heads }) =>
        heads.length > 0 && heads.every(({ upToEnd: { least, most } }) => most - least <= PLACES_MAX)
      ),
    };
  }

  #listed(): Contents {
    const fulfilled: number[][] = Array.from(this.#literals, () => []);
    for (const [clause, literals] of this.#clauses.entries()) {
      for (const literal of literals) fulfilled[literal]!.push(clause);
    }
    const keyed: number[][] = this.#clauses.map(() => []);
    const always = new Uint8Array(this.#patterns.length);
    const alternatives = this.#patterns.flatMap((own, pattern) =>
      own.map(({ clauses }) => ({ pattern, clauses }))
    );
    for (const [alternative, { pattern, clauses: [rarest] }] of alternatives.entries()) {
      if (rarest === undefined) always[pattern] = 1;
      else keyed[rarest]!.push(alternative);
    }
    return {
      automaton: new Automaton([...this.#literals.keys()]),
      literals: this.#literals.size,
      clauses: this.#clauses,
      fulfilled: listsOf(fulfilled),
      keyed: listsOf(keyed),
      patternOf: Uint16Array.from(alternatives, ({ pattern }) => pattern),
      needed: listsOf(alternatives.map(({ clauses }) => clauses)),
      always,
    };
  }

  #clauseOf(clause: Clause): number {
    const literals = clause.map((text) => this.#numberOf(text));
    const name = literals.join(" ");
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    this.#known.set(name, this.#clauses.length);
    return this.#clauses.push(literals) - 1;
  }

  #numberOf(text: string): number {
    const literal = text.toLowerCase();
    const known = this.#literals.get(literal);
    if (known !== undefined) return known;
    this.#literals.set(literal, this.#literals.size);
    return this.#literals.size - 1;
  }
}

/** Clauses, the rarest first, without those that most texts fulfil, unless there is no other. */
function telling(clauses: readonly Clause[]): Clause[] {
  const sorted = clauses.toSorted((a, b) => shortest(b) - shortest(a));
  return sorted.filter((clause, at) => at === 0 || shortest(clause) >= TELLING_CHARS);
}

/** Lexicons of the views that patterns are tried on: each finds only what its own patterns ask for. */
export const LEXICONS = {
  unbroken: new Lexicon(),
  code: new Lexicon(),
  prose: new Lexicon(),
  squeezed: new Lexicon(),
};
