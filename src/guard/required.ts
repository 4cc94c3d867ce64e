/** Texts of which a match holds at least one. */
type Clause = readonly string[];
/** Clauses that a match fulfils all. */
type Sequence = readonly Clause[];

const QUANTIFIER = /[?*+]\??|\{\d+(?:,\d*)?\}\??/y;
const CLASS = /\[(?:[^\]\\]|\\.)*\]/y;
const ESCAPE = /\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[pP]\{[^}]*\}|k<[^>]*>|.)/y;
const LITERAL_ESCAPE = /^\\[^\w]$/;
/** Characters a text must have to tell anything. */
const LITERAL_MIN = 2;

/** For each alternative of a regular expression's source, what its matches must hold. Unknown parts demand nothing. */
export function sequencesOf(source: string): Sequence[] {
  return new Reader(source).alternatives();
}

class Reader {
  #at = 0;

  constructor(readonly source: string) {}

  alternatives(): Sequence[] {
    const sequences = [this.#sequence()];
    while (this.source[this.#at] === "|") {
      this.#at++;
      sequences.push(this.#sequence());
    }
    return sequences;
  }

  #sequence(): Sequence {
    const clauses: Clause[] = [];
    let run = "";
    const flush = (): void => {
      if (run.length >= LITERAL_MIN) clauses.push([run]);
      run = "";
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
      if (typeof part !== "string" && part.length > 0 && isRequired) clauses.push(part);
    }
    flush();
    return clauses;
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

  /** A group as one clause: of each alternative, its most telling clause; nothing where an alternative has none. */
  #group(): Clause {
    const opening = this.#take(/\((?:\?(?:[:=!]|<[=!]|<\w+>))?/y);
    const sequences = this.alternatives();
    this.#at++;
    if (/[=!]$/.test(opening)) return [];
    const best = sequences.map((clauses) => clauses.toSorted((a, b) => shortest(b) - shortest(a))[0]);
    return best.every((clause) => clause !== undefined) ? best.flat() : [];
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.source)?.[0] ?? "";
    this.#at += text.length;
    return text;
  }
}

function shortest(clause: Clause): number {
  return Math.min(...clause.map(({ length }) => length));
}
