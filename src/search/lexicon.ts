import { stemOf } from "./tokens.ts";

/**
 * Lines of words that developers use for the same matter; a word may be in several lines. In `hang freeze` each word stands for the
 * other. In `hang freeze > deadlock await`, each on the left may be called one of those on the right: what is seen, then what may be
 * behind it. Nothing follows the other way, nor between words of one side.
 */
export class Lexicon {
  readonly #lines = new Map<string, LexiconLine[]>();
  /** Lines by the initials of their words until one with these is asked for: stemming all words would hold up every start. */
  readonly #unread = new Map<string, LexiconLine[]>();

  constructor(...texts: readonly string[]) {
    for (const text of texts) {
      for (const words of text.trim().split("\n")) {
        const line = new LexiconLine(words);
        for (const initials of new Set(line.asked.map(initialsOf))) append(this.#unread, initials, line);
      }
    }
  }

  /** The lines in which a question may say `token`. */
  linesWith(token: string): readonly LexiconLine[] {
    this.#read(initialsOf(token));
    return this.#lines.get(token) ?? [];
  }

  /** The tokens that may stand in a unit for `token` in a question; without the token itself. */
  relatedTo(token: string): Set<string> {
    const related = new Set(this.linesWith(token).flatMap(({ found }) => found));
    related.delete(token);
    return related;
  }

  #read(initials: string): void {
    for (const line of this.#unread.get(initials) ?? []) {
      for (const word of line.asked) {
        if (initialsOf(word) === initials) append(this.#lines, stemOf(word), line);
      }
    }
    this.#unread.delete(initials);
  }
}

/** A line: the words that a question may say, and what a unit may say then. */
export class LexiconLine {
  readonly asked: readonly string[];
  readonly #words: string;
  #found: readonly string[] | undefined;

  constructor(text: string) {
    const [asked, found = asked] = text.split(" > ") as [string, string?];
    this.asked = asked.split(" ");
    this.#words = found;
  }

  /** The tokens a unit may have, made when they are first asked for: most lines never are. */
  get found(): readonly string[] {
    return this.#found ??= this.#words.split(" ").map(stemOf);
  }
}

/** What a word has in common with its stem. */
function initialsOf(word: string): string {
  return word.slice(0, 2);
}

function append(lines: Map<string, LexiconLine[]>, key: string, line: LexiconLine): void {
  const others = lines.get(key);
  if (others === undefined) lines.set(key, [line]);
  else others.push(line);
}
