/** Texts of which a match holds at least one. */
export type Clause = readonly string[];
/** Clauses that a match fulfils all. */
export type Sequence = readonly Clause[];

const QUANTIFIER = /[?*+]\??|\{\d+(?:,\d*)?\}\??/y;
const CLASS = /\[(?:[^\]\\]|\\.)*\]/y;
const ESCAPE = /\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[pP]\{[^}]*\}|k<[^>]*>|.)/y;
const LITERAL_ESCAPE = /^\\[^\w]$/;
/** Characters a text must have to tell anything. */
const LITERAL_MIN = 2;
/** Sequences that one pattern is taken apart into; beyond, alternatives are read together. */
const SEQUENCES_MAX = 24;

/** For each alternative of a regular expression's source, what its matches must hold. Unknown parts demand nothing. */
export function sequencesOf(source: string): Sequence[] {
  return new Reader(source).alternatives();
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
    let sequences: Sequence[] = [[]];
    let run = "";
    const flush = (): void => {
      const literal = run;
      run = "";
      if (literal.length >= LITERAL_MIN) sequences = sequences.map((clauses) => [...clauses, [literal]]);
    };
    while (this.#at < this.source.length && !"|)".includes(this.source[this.#at]!)) {
      const part = this.source[this.#at] === "(" ? this.#group() : this.#atom();
      const quantifier = this.#take(QUANTIFIER);
      const isRequired = !/^[?*]|^\{0/.test(quantifier);
      if (typeof part === "string" && part !== "" && quantifier === "") {
        run += part;
        continue;
      }
      if (typeof part === "string" && isRequired) run += part;
      flush();
      if (typeof part !== "string" && isRequired) sequences = both(sequences, part);
    }
    flush();
    return sequences;
  }

  /** The character that stands here, or nothing where it is a class, an assertion or any character. */
  #atom(): string {
    const start = this.source[this.#at]!;
    if (start === "[") {
      this.#take(CLASS);
      return "";
    }
    if (start === "\\") {
      const escape = this.#take(ESCAPE);
      return LITERAL_ESCAPE.test(escape) ? escape[1]! : "";
    }
    this.#at++;
    return "^$.".includes(start) ? "" : start;
  }

  /** What the alternatives of a group demand; a look around demands nothing. */
  #group(): Sequence[] {
    const opening = this.#take(/\((?:\?(?:[:=!]|<[=!]|<\w+>))?/y);
    const sequences = this.alternatives();
    this.#at++;
    return /[=!]$/.test(opening) ? [[]] : sequences;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.source)?.[0] ?? "";
    this.#at += text.length;
    return text;
  }
}

/** What a match holds that holds one of `before` and one of `group`. */
function both(before: readonly Sequence[], group: readonly Sequence[]): Sequence[] {
  const isOneClause = group.every((clauses) => clauses.length < 2);
  if (group.length > 1 && (isOneClause || before.length * group.length > SEQUENCES_MAX)) {
    const clause = oneClause(group);
    return clause.length === 0 ? [...before] : before.map((clauses) => [...clauses, clause]);
  }
  return before.flatMap((clauses) => group.map((more) => [...clauses, ...more]));
}

/** Of each alternative its most telling clause; nothing where an alternative has none. */
function oneClause(group: readonly Sequence[]): Clause {
  const best = group.map((clauses) => clauses.toSorted((a, b) => shortest(b) - shortest(a))[0]);
  return best.every((clause) => clause !== undefined) ? [...new Set(best.flat())] : [];
}

/** Characters of a clause's shortest text: the more, the rarer. */
export function shortest(clause: Clause): number {
  return Math.min(...clause.map(({ length }) => length));
}
