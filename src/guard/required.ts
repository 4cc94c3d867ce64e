/** Fewest and most of something. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** Texts of which a match holds at least one. */
export type Clause = readonly string[];

/** A text, and after how many characters of a match it stands there. */
export interface Literal {
  readonly text: string;
  readonly after: Range;
}

/** What every match of one alternative of a pattern holds, and how many characters it has. */
export interface Sequence {
  /** What the first text that is known may be; empty where none is. */
  readonly head: readonly Literal[];
  /** All of these, in the order in which they stand there. */
  readonly clauses: readonly Clause[];
  readonly length: Range;
  /** Fewest characters of a word that it surely holds: of letters, digits and the signs of base64 in a row. */
  readonly word: number;
}

const QUANTIFIER = /(?:([?*+])|\{(\d+)(,?)(\d*)\})\??/y;
const CLASS = /\[(?:[^\]\\]|\\.)*\]/y;
const ESCAPE = /\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[pP]\{[^}]*\}|k<[^>]*>|.)/y;
const OPENING = /\((?:\?(?:[:=!]|<[=!]|<\w+>))?/y;
/** A class of characters of such words. */
const WORD_CLASS = /^\[(?:A-Z|a-z|0-9|A-F|a-f|[\w+/]|\\[dw])+-?\]$/;
const LITERAL_ESCAPE = /^\\[^\w]$/;
/** Characters a text must have to tell anything. */
const LITERAL_MIN = 2;
/** Sequences that one pattern is taken apart into; beyond, alternatives are read together. */
const SEQUENCES_MAX = 24;

const NONE: Range = { least: 0, most: 0 }, ONE: Range = { least: 1, most: 1 };
const ANY: Range = { least: 0, most: Infinity };

/** For each alternative of a regular expression's source, what its matches must hold. Unknown parts demand nothing. */
export function sequencesOf(source: string): Sequence[] {
  return new Reader(source).alternatives();
}

/** Characters of the longest match; infinite where nothing bounds it. */
export function longestOf(sequences: readonly Sequence[]): number {
  return Math.max(...sequences.map(({ length }) => length.most));
}

class Reader {
  #at = 0;

  constructor(readonly source: string) {}

  alternatives(): Sequence[] {
    const sequences = this.#sequence();
    while (this.source[this.#at] === "|") {
      this.#at++;
      sequences.push(...this.#sequence());
    }
    return sequences;
  }

  #sequence(): Sequence[] {
    let sequences: Sequence[] = [unknown(NONE)];
    let run = "";
    const flush = (): void => {
      if (run !== "") sequences = both(sequences, [literalOf(run)]);
      run = "";
    };
    while (this.#at < this.source.length && !"|)".includes(this.source[this.#at]!)) {
      const part = this.source[this.#at] === "(" ? this.#group() : this.#atom();
      const times = this.#times();
      if (typeof part !== "string") {
        const begun = times === ONE ? begunWith(run, part) : undefined;
        if (begun !== undefined) {
          sequences = both(sequences, begun);
          run = "";
          continue;
        }
        flush();
        sequences = followed(sequences, part, times);
        continue;
      }
      run += part.repeat(times.least);
      if (times.least === times.most) continue;
      flush();
      sequences = extended(sequences, { least: 0, most: times.most - times.least });
    }
    flush();
    return sequences;
  }

  /** The character that stands here, or what is known where it is a class, an assertion, a reference or any character. */
  #atom(): string | Sequence[] {
    const start = this.source[this.#at]!;
    if (start === "[") return [unknown(ONE, WORD_CLASS.test(this.#take(CLASS)[0]!) ? 1 : 0)];
    if (start === "\\") {
      const escape = this.#take(ESCAPE)[0]!;
      if (LITERAL_ESCAPE.test(escape)) return escape[1]!;
      return [unknown(/^\\[bB]$/.test(escape) ? NONE : /^\\[1-9k]/.test(escape) ? ANY : ONE)];
    }
    this.#at++;
    if (start === ".") return [unknown(ONE)];
    return "^$".includes(start) ? [unknown(NONE)] : start;
  }

  /** What the alternatives of a group demand; a look around demands nothing. */
  #group(): Sequence[] {
    const opening = this.#take(OPENING)[0]!;
    const sequences = this.alternatives();
    this.#at++;
    return /[=!]$/.test(opening) ? [unknown(NONE)] : sequences;
  }

  /** How often the part before occurs. */
  #times(): Range {
    const [quantifier, sign, least, comma, most] = this.#take(QUANTIFIER);
    if (quantifier === undefined) return ONE;
    if (sign !== undefined) return { least: sign === "+" ? 1 : 0, most: sign === "?" ? 1 : Infinity };
    return {
      least: Number(least),
      most: comma === "" ? Number(least) : most === "" ? Infinity : Number(most),
    };
  }

  #take(pattern: RegExp): readonly (string | undefined)[] {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.source);
    this.#at += match?.[0].length ?? 0;
    return match ?? [];
  }
}

/** Characters that demand nothing. */
function unknown(length: Range, word = 0): Sequence {
  return { head: [], clauses: [], length, word };
}

function literalOf(text: string): Sequence {
  const length = { least: text.length, most: text.length };
  if (text.length < LITERAL_MIN) return unknown(length);
  return { head: [{ text, after: NONE }], clauses: [[text]], length, word: 0 };
}

/** A text and, right behind it, one of a group: one longer text, where each of the group begins with one that is known. */
function begunWith(text: string, group: readonly Sequence[]): Sequence[] | undefined {
  if (text === "" || !group.every(beginsKnown)) return undefined;
  return group.map(({ head, clauses: [first, ...others], length, word }) => ({
    head: head.map((literal) => ({ text: text + literal.text, after: NONE })),
    clauses: [first!.map((begin) => text + begin), ...others],
    length: { least: text.length + length.least, most: text.length + length.most },
    word,
  }));
}

/** Whether the first of its clauses is what it begins with. */
function beginsKnown({ head, clauses: [first] }: Sequence): boolean {
  return head.length > 0 && head.length === first?.length &&
    head.every(({ text, after: { most } }) => most === 0 && first.includes(text));
}

/** What a match holds that holds one of `before`, then one of `part` so many times. */
function followed(before: readonly Sequence[], part: readonly Sequence[], times: Range): Sequence[] {
  const own = hullOf(part.map(({ length }) => length));
  if (times.least === 0) return extended(before, product(own, times));
  return extended(both(before, part.map((one) => repeated(one, times.least))), product(own, oneLess(times)));
}

/** A class of a word's characters makes a word as long as it is repeated. */
function repeated(one: Sequence, times: number): Sequence {
  return one.word === 1 && one.length === ONE ? { ...one, word: times } : one;
}

/** What a match holds that holds one of `before`, then one of `group`. */
function both(before: readonly Sequence[], group: readonly Sequence[]): Sequence[] {
  const isOneClause = group.every(({ clauses }) => clauses.length < 2);
  const isMerged = group.length > 1 && (isOneClause || before.length * group.length > SEQUENCES_MAX);
  const next = isMerged ? [merged(group)] : group;
  return before.flatMap((first) => next.map((then) => joined(first, then)));
}

function joined(first: Sequence, then: Sequence): Sequence {
  return {
    head: first.head.length > 0
      ? first.head
      : then.head.map(({ text, after }) => ({ text, after: sum(first.length, after) })),
    clauses: [...first.clauses, ...then.clauses],
    length: sum(first.length, then.length),
    word: Math.max(first.word, then.word),
  };
}

/** Alternatives as one: the first text of each, and of each its most telling clause; none where one has none. */
function merged(group: readonly Sequence[]): Sequence {
  const best = group.map(({ clauses }) => clauses.toSorted((a, b) => shortest(b) - shortest(a))[0]);
  const isKnown = best.every((clause) => clause !== undefined);
  return {
    head: group.every(({ head }) => head.length > 0) ? distinct(group.flatMap(({ head }) => head)) : [],
    clauses: isKnown ? [[...new Set(best.flat())]] : [],
    length: hullOf(group.map((one) => one.length)),
    word: Math.min(...group.map(({ word }) => word)),
  };
}

/** Each text once, with all places that it has. */
function distinct(literals: readonly Literal[]): Literal[] {
  const byText = new Map<string, Literal>();
  for (const { text, after } of literals) {
    byText.set(text, { text, after: hullOf([after, byText.get(text)?.after ?? after]) });
  }
  return [...byText.values()];
}

/** With more characters behind. */
function extended(sequences: readonly Sequence[], by: Range): Sequence[] {
  return sequences.map((sequence) => ({ ...sequence, length: sum(sequence.length, by) }));
}

function sum(a: Range, b: Range): Range {
  return { least: a.least + b.least, most: a.most + b.most };
}

function product(length: Range, times: Range): Range {
  // What has no length has none however often it occurs.
  return {
    least: length.least * times.least,
    most: length.most === 0 ? 0 : times.most === 0 ? 0 : length.most * times.most,
  };
}

function oneLess({ least, most }: Range): Range {
  return { least: least - 1, most: most - 1 };
}

function hullOf(ranges: readonly Range[]): Range {
  return {
    least: Math.min(...ranges.map(({ least }) => least)),
    most: Math.max(...ranges.map(({ most }) => most)),
  };
}

/** A character beyond ASCII is as rare as so many letters. */
const OTHER_WEIGHT = 3;

/** Characters of a clause's shortest text: the more, the rarer. */
export function shortest(clause: Clause): number {
  return Math.min(...clause.map(weightOf));
}

function weightOf(text: string): number {
  let weight = 0;
  for (let at = 0; at < text.length; at++) weight += text.charCodeAt(at) < 128 ? 1 : OTHER_WEIGHT;
  return weight;
}
