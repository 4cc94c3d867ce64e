import { NAMES } from "./names.ts";

/** Words in a run that a question may not share with a unit that answers it. */
const RUN_WORDS = 3;
/** Share of a question's content words that may stand in a unit that answers it. */
export const SHARED_WORDS_MAX = 0.6;

const STOP_WORDS = new Set(
  (`
    a about after again all also although always am an and any are as at be because been before being between both but by can
    cannot cant could did didnt do does doesnt doing done dont down during each even ever every few for from further get gets
    getting got had has hasnt have having he her here him his how however i if im in into is isnt it its ive just keep keeps
    less like lot make makes many may me might more most much must my never nevertheless no nor not nothing now of off on once
    one only or other others our out over own per rather really same see she should since so some still such than that thats
    the their them then there these they thing things this those though through till to too two under until up upon us very via
    want was wasnt way we well went were what when where whereas whether which while who whom whose why will with within
    without wont would yet you your
  `).trim().split(/\s+/),
);
const EDGE_PUNCTUATION = /^[^\p{L}\p{N}$@#-]+|[^\p{L}\p{N}]+$/gu;
const CODE = /\p{N}|[_.:/\\@#=<>()[\]{}$%*+&|]|^-|\p{Ll}\p{Lu}|^\p{Lu}{2,}$/u;
const HEADER_NAME = /^\p{Lu}\p{Ll}*(?:-\p{Lu}\p{Ll}*)+$/u;
const DASHES = /[\s\u2013\u2014\u2026]+/u;
const PLURAL_OF_Y = /(?<=.{2})ies$/;
/** With what is left, "cache", "caches", "cached" and "caching" are one word. */
const ENDING = /(?<=.{3})(?:ing|ed|es|e|s)$/;

interface Word {
  readonly text: string;
  /** Whether it is an identifier, an error code, a number or the like: nobody would write it in another way. */
  readonly isCode: boolean;
}

function wordsOf(text: string): Word[] {
  return text.split(DASHES).flatMap((token) => {
    const bare = token.replace(EDGE_PUNCTUATION, "");
    const isCode = CODE.test(bare) || HEADER_NAME.test(bare);
    return (isCode ? [bare] : bare.split(/[-/]/))
      .map((part) => ({ text: part.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""), isCode }))
      .filter(({ text }) => text !== "");
  });
}

/** The runs of three words, lower-cased and without punctuation, that stand in the question and in the text. */
export function sharedRuns(question: string, text: string): string[] {
  const runs = new Set(runsOf(text));
  return runsOf(question).filter((run) => runs.has(run));
}

function runsOf(text: string): string[] {
  const words = wordsOf(text).map(({ text }) => text);
  return words.slice(RUN_WORDS - 1).map((_, start) => words.slice(start, start + RUN_WORDS).join(" "));
}

/**
 * How many of the question's content words stand in the text, whatever their ending, as a share from 0 to 1. Stop words,
 * identifiers, error codes, numbers and names of products are no content words; of a question without any, the share is 0.
 */
export function shareOfWords(question: string, text: string): number {
  const content = new Set(
    wordsOf(question)
      .filter(({ text, isCode }) => !isCode && !STOP_WORDS.has(text) && !NAMES.has(text))
      .map(({ text }) => stem(text)),
  );
  const known = new Set(wordsOf(text).map(({ text }) => stem(text)));
  return content.size === 0 ? 0 : content.intersection(known).size / content.size;
}

function stem(word: string): string {
  return word.replace(PLURAL_OF_Y, "y").replace(ENDING, "");
}
