import { QUESTION_CONCEPTS_MAX, QUESTION_MAX_CHARS } from "../limits.ts";
import { termOf } from "./impacts.ts";
import { namesIn } from "./phrases.ts";
import { causesOf } from "./symptoms.ts";
import { otherNames, relatedTokens } from "./thesaurus.ts";
import { stemOf, tokensOf, wordsOf } from "./tokens.ts";

/** What a word counts for beside the one that was asked with. */
const OTHER_NAME_WEIGHT = 0.9, RELATED_WEIGHT = 0.5;
/** What a word counts for that only several words of the question together hint at. */
const CAUSE_WEIGHT = 0.5;
/** What a tag counts for beside a word of the question. */
const TAG_WEIGHT = 0.8;

/** A question in an agent's own words, and the tags it gave with it. */
export interface AskedWords {
  readonly q: string;
  readonly tags: readonly string[];
}

/** One thing a question is about, in every word that may stand for it. */
export interface Concept {
  /** By {@link termOf}: what each word counts for, most for the one that was asked with. */
  readonly variants: ReadonlyMap<number, number>;
}

/**
 * The concepts of a question in the order in which they come up, then those of its tags, the first {@link QUESTION_CONCEPTS_MAX}; and as
 * many of what may be behind what it tells.
 */
export function conceptsOf({ q, tags }: AskedWords): Concept[] {
  const concepts = new Map<string, Concept>();
  addConcepts(concepts, q, 1);
  let left = QUESTION_MAX_CHARS;
  for (const tag of tags) {
    // Nobody is known yet who asks: tags are of any length, and what comes after enough concepts is not looked for anyway.
    if (left <= 0 || concepts.size >= QUESTION_CONCEPTS_MAX) break;
    addConcepts(concepts, tag.slice(0, left), TAG_WEIGHT);
    left -= tag.length;
  }
  const asked = [...concepts].slice(0, QUESTION_CONCEPTS_MAX);
  const tokens = new Set(asked.map(([token]) => token));
  const causes = causesOf(tokens).filter((token) => !tokens.has(token)).slice(0, QUESTION_CONCEPTS_MAX);
  return [
    ...asked.map(([, concept]) => concept),
    ...causes.map((token) => ({ variants: new Map([[termOf(token), CAUSE_WEIGHT]]) })),
  ];
}

/** The words of a text as they are, each a concept: for whoever looks for the same text. The first {@link QUESTION_CONCEPTS_MAX}. */
export function wordsAsConcepts(text: string): Concept[] {
  return [...new Set(tokensOf(text))].slice(0, QUESTION_CONCEPTS_MAX)
    .map((token) => ({ variants: new Map([[termOf(token), 1]]) }));
}

function addConcepts(concepts: Map<string, Concept>, text: string, weight: number): void {
  const words = wordsOf(text);
  let previous = "";
  for (const word of words) {
    // "web socket" is asked for "websocket" too.
    const together = stemOf(previous + word.text);
    for (const token of word.tokens) {
      if (!concepts.has(token)) concepts.set(token, conceptOf(token, { word: word.text, together, weight }));
    }
    previous = word.text;
  }
  for (const name of namesIn(words.map((word) => word.text))) {
    const token = stemOf(name);
    if (!concepts.has(token)) concepts.set(token, conceptOf(token, { word: name, together: token, weight }));
  }
}

function conceptOf(
  token: string,
  { word, together, weight }: { word: string; together: string; weight: number },
): Concept {
  const variants = new Map<number, number>();
  for (const related of relatedTokens(token)) variants.set(termOf(related), weight * RELATED_WEIGHT);
  for (const name of otherNames(word, token)) variants.set(termOf(name), weight * OTHER_NAME_WEIGHT);
  variants.set(termOf(together), weight * OTHER_NAME_WEIGHT);
  variants.set(termOf(token), weight);
  return { variants };
}
