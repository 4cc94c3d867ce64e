import { Lexicon, type LexiconLine } from "./lexicon.ts";
import { SYMPTOMS_OF_LANGUAGES } from "./lexicon/symptoms_of_languages.ts";
import { SYMPTOMS_OF_PAGES } from "./lexicon/symptoms_of_pages.ts";
import { SYMPTOMS_OF_PROGRAMS } from "./lexicon/symptoms_of_programs.ts";
import { SYMPTOMS_OF_SYSTEMS } from "./lexicon/symptoms_of_systems.ts";

/** One word of a line says little of what may be behind it; that many do. */
const WORDS_MIN = 2;

const SYMPTOMS = new Lexicon(
  SYMPTOMS_OF_SYSTEMS,
  SYMPTOMS_OF_PROGRAMS,
  SYMPTOMS_OF_PAGES,
  SYMPTOMS_OF_LANGUAGES,
);

/** The tokens of what may be behind the matters that several of the tokens tell of; first what is behind those of which most is told. */
export function causesOf(tokens: Iterable<string>): string[] {
  const told = new Map<LexiconLine, number>();
  for (const token of tokens) {
    for (const line of SYMPTOMS.linesWith(token)) told.set(line, (told.get(line) ?? 0) + 1);
  }
  const known = [...told].filter(([, count]) => count >= WORDS_MIN).sort(([, a], [, b]) => b - a);
  return [...new Set(known.flatMap(([{ found }]) => found))];
}
