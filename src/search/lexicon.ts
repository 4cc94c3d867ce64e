import { stemOf } from "./tokens.ts";

/**
 * Lines of words that developers use for the same matter; a word may be in several lines. In `hang freeze` each word stands for the
 * other. In `hang freeze > deadlock await`, each on the left may be called one of those on the right: what is seen, then what may be
 * behind it. Nothing follows the other way, nor between words of one side.
 */
export class Lexicon {
  readonly #lines = new Map<string, LexiconLine[]>();

  constructor(...texts: readonly string[]) {
    // Words occur many times, and stemming them is most of the time that a start spends on a lexicon.
    const stems = new Map<string, string>();
    for (const line of texts.flatMap((text) => text.trim().split("\n"))) this.#add(line, stems);
  }

  /** The lines in which a question may say `token`. */
  linesWith(token: string): readonly LexiconLine[] {
    return this.#lines.get(token) ?? [];
  }

  /** The tokens that may stand in a unit for `token` in a question; without the token itself. */
  relatedTo(token: string): Set<string> {
    const related = new Set(this.linesWith(token).flatMap(({ found }) => found));
    related.delete(token);
    return related;
  }

  #add(text: string, stems: Map<string, string>): void {
    const [asked, found = asked] = text.split(" > ") as [string, string?];
    const line = new LexiconLine(found);
    for (const word of asked.split(" ")) {
      let token = stems.get(word);
      if (token === undefined) stems.set(word, token = stemOf(word));
      const others = this.#lines.get(token);
      if (others === undefined) this.#lines.set(token, [line]);
      else others.push(line);
    }
  }
}

/** What a unit may say where a question says a word of the line. */
export class LexiconLine {
  #found: readonly string[] | undefined;

  constructor(private readonly words: string) {}

  /** The tokens, made when they are first asked for: most lines never are. */
  get found(): readonly string[] {
    return this.#found ??= this.words.split(" ").map(stemOf);
  }
}
