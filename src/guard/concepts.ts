import { Automaton } from "./automaton.ts";
import { type Concept, VOCABULARY } from "./vocabulary.ts";

/** Characters of a sentence; a longer one is read in parts. */
const SENTENCE_CHARS = 420;
/** Characters between a word that says no and what it says no to. */
const NEGATION_CHARS = 60;

interface Word {
  readonly text: string;
  readonly isStem: boolean;
  readonly concept: number;
}

const CONCEPTS = Object.keys(VOCABULARY) as Concept[];
const WORDS: readonly Word[] = CONCEPTS.flatMap((name, concept) =>
  VOCABULARY[name].split("|").map((word) => ({
    text: word.replace("*", ""),
    isStem: word.endsWith("*"),
    concept,
  }))
);
const AUTOMATON = new Automaton(WORDS.map(({ text }) => text));
const NEGATION = CONCEPTS.indexOf("negation");
/** Before "not": it tells what was, and asks for nothing. */
const TOLD = /(?:did|could|was|were|had) $/;
/** What is not done when the words before say no; the rest only names things. */
const DEEDS = new Set(
  ([
    "cancel",
    "treat",
    "send",
    "read",
    "disable",
    "destroy",
    "execute",
    "fetch",
    "approve",
    "obey",
    "rank",
  ] as const)
    .map((name) => CONCEPTS.indexOf(name)),
);
const INFORM = CONCEPTS.indexOf("inform");
const SHOW = CONCEPTS.indexOf("show");

/** What one sentence is about. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly has: (concept: Concept) => boolean;
  /** Whether it says that nobody is to be told. */
  readonly isHushed: boolean;
  /** Whether it says that something is not to be shown. */
  readonly isLeftOut: boolean;
}

interface Hit {
  readonly start: number;
  readonly end: number;
  readonly concept: number;
}

/** The sentences of a text in which at least two different things are named. */
export function sentencesOf(prose: string): Sentence[] {
  const hits = hitsIn(prose);
  const sentences: Sentence[] = [];
  let from = 0;
  for (let at = 0; at < hits.length;) {
    const end = sentenceEnd(prose, hits[at]!.end);
    const own: Hit[] = [];
    for (; at < hits.length && hits[at]!.end <= end; at++) own.push(hits[at]!);
    if (own.length === 0) at++;
    if (own.length > 1) sentences.push(sentenceOf(prose, { start: from, end, hits: own }));
    from = end;
  }
  return sentences;
}

function hitsIn(prose: string): Hit[] {
  const hits: Hit[] = [];
  AUTOMATON.scan(prose, (id, end) => {
    const { text, isStem, concept } = WORDS[id]!;
    const start = end - text.length;
    if (isWordChar(prose.charCodeAt(start - 1)) && isWordChar(text.charCodeAt(0))) return;
    if (!isStem && isWordChar(prose.charCodeAt(end)) && isWordChar(text.charCodeAt(text.length - 1))) return;
    hits.push({ start, end, concept });
  });
  return hits;
}

function isWordChar(code: number): boolean {
  return code >= 97 && code <= 122 || code >= 48 && code <= 57;
}

/** Where the sentence that goes on at `at` ends. */
function sentenceEnd(prose: string, at: number): number {
  const limit = Math.min(prose.length, at + SENTENCE_CHARS);
  for (let i = at; i < limit; i++) {
    const code = prose.charCodeAt(i);
    if ((code === 46 || code === 33 || code === 63) && !isWordChar(prose.charCodeAt(i + 1))) return i + 1;
  }
  return limit;
}

function sentenceOf(
  prose: string,
  { start, end, hits }: { readonly start: number; readonly end: number; readonly hits: readonly Hit[] },
): Sentence {
  const seen = new Uint8Array(CONCEPTS.length);
  let no = -1, isHushed = false, isLeftOut = false;
  for (const hit of hits) {
    const isNegated = no !== -1 && hit.start >= no && hit.start - no <= NEGATION_CHARS &&
      !/[.;:!?,](?= )|\bbut\b/.test(prose.slice(no, hit.start));
    if (hit.concept === NEGATION && !TOLD.test(prose.slice(Math.max(0, hit.start - 6), hit.start))) {
      no = hit.end;
    }
    if (isNegated && hit.concept === INFORM) isHushed = true;
    if (isNegated && hit.concept === SHOW) isLeftOut = true;
    if (!isNegated || !DEEDS.has(hit.concept)) seen[hit.concept] = 1;
  }
  return { start, end, has: (concept) => seen[INDEX.get(concept)!] === 1, isHushed, isLeftOut };
}

const INDEX: ReadonlyMap<Concept, number> = new Map(CONCEPTS.map((name, i) => [name, i]));
