import { QUESTION_CONCEPTS_MAX } from "../limits.ts";
import { termOf } from "./impacts.ts";
import { otherNames, relatedTokens } from "./thesaurus.ts";
import { stemOf, wordsOf } from "./tokens.ts";

/** What a word counts for beside the one that was asked with. */
const OTHER_NAME_WEIGHT = 0.9, RELATED_WEIGHT = 0.5;

/** One thing a question is about, in every word that may stand for it. */
export interface Concept {
  /** By {@link termOf}: what each word counts for, 1 for the one that was asked with. */
  readonly variants: ReadonlyMap<number, number>;
}

/** The concepts of a question in the order in which they come up; the first {@link QUESTION_CONCEPTS_MAX}. */
export function conceptsOf(question: string): Concept[] {
  const concepts = new Map<string, Concept>();
  let previous = "";
  for (const { text, tokens } of wordsOf(question)) {
    // "time out" is asked for "timeout" too.
    const together = stemOf(previous + text);
    for (const token of tokens) {
      if (concepts.size === QUESTION_CONCEPTS_MAX) return [...concepts.values()];
      if (!concepts.has(token)) concepts.set(token, conceptOf(token, { text, together }));
    }
    previous = text;
  }
  return [...concepts.values()];
}

function conceptOf(token: string, { text, together }: { text: string; together: string }): Concept {
  const variants = new Map<number, number>();
  for (const related of relatedTokens(token)) variants.set(termOf(related), RELATED_WEIGHT);
  for (const name of otherNames(text)) variants.set(termOf(name), OTHER_NAME_WEIGHT);
  variants.set(termOf(together), OTHER_NAME_WEIGHT);
  variants.set(termOf(token), 1);
  return { variants };
}
