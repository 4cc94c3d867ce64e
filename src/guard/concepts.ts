import { Automaton } from "./automaton.ts";
import { hostsIn } from "./known_hosts.ts";
import { type Concept, VOCABULARY } from "./vocabulary.ts";

/** Characters of a sentence; a longer one is read in parts. */
const SENTENCE_CHARS = 420;
/** Characters between a word that says no and what it says no to. */
const NEGATION_CHARS = 60;
/** Concepts whose bits one number holds. */
const BITS = 32;

/**
 * What a sentence may name, what it may say with a word that says no (that nobody is told, that nothing is shown), and hosts
 * that nobody knows or everybody.
 */
export type Topic = Concept | "hushed" | "left-out" | "stranger" | "known-host";

const CONCEPTS = Object.keys(VOCABULARY) as Concept[];
const TOPICS: readonly Topic[] = [...CONCEPTS, "hushed", "left-out", "stranger", "known-host"];
const HUSHED = TOPICS.indexOf("hushed"),
  LEFT_OUT = TOPICS.indexOf("left-out"),
  STRANGER = TOPICS.indexOf("stranger"),
  KNOWN_HOST = TOPICS.indexOf("known-host");
const NEGATION = TOPICS.indexOf("negation"), INFORM = TOPICS.indexOf("inform"), SHOW = TOPICS.indexOf("show");

const WORDS = CONCEPTS.flatMap((name, concept) =>
  VOCABULARY[name].split("|").map((word) => ({
    text: word.replace("*", ""),
    isStem: word.endsWith("*"),
    concept,
  }))
);
/** Made with the first text: most processes never look at one. */
let automaton: Automaton | undefined;
/** By the number of a word, as these are looked up for every hit. */
const LENGTHS = Uint8Array.from(WORDS, ({ text }) => text.length);
const CONCEPT_OF = Uint8Array.from(WORDS, ({ concept }) => concept);
/** Whether a word must begin, and end, where no other letter stands. */
const BEGINS_WORD = Uint8Array.from(WORDS, ({ text }) => isWordChar(text.charCodeAt(0)) ? 1 : 0);
const ENDS_WORD = Uint8Array.from(
  WORDS,
  ({ text, isStem }) => !isStem && isWordChar(text.charCodeAt(text.length - 1)) ? 1 : 0,
);
/** Before "not": it tells what was, and asks for nothing. */
const TOLD = /(?:did|could|was|were|had) $/;
/** What is not done when the words before say no; the rest only names things. */
const DEEDS: ReadonlySet<number> = new Set(
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

/** Topics as bits, which are compared at once. */
export type Topics = Uint32Array;

/** The bits of some topics. */
export function topicsOf(names: readonly Topic[]): Topics {
  const topics = new Uint32Array(Math.ceil(TOPICS.length / BITS));
  for (const name of names) add(topics, TOPICS.indexOf(name));
  return topics;
}

/** Whether `all` holds every one of `some`. */
export function holds(all: Topics, some: Topics): boolean {
  for (let at = 0; at < some.length; at++) if ((all[at]! & some[at]!) >>> 0 !== some[at]) return false;
  return true;
}

function add(topics: Topics, topic: number): void {
  topics[topic >>> 5]! |= 1 << (topic & 31);
}

/** Where a text names a concept, by the concept's number. */
export interface Named {
  readonly start: number;
  readonly end: number;
  readonly concept: number;
}

/** A sentence, and what it is about. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly topics: Topics;
}

/** The sentences of a text in which at least two things are named. */
export function sentencesOf(prose: string, hits: readonly Named[]): Sentence[] {
  const sentences: Sentence[] = [];
  for (let at = 0; at < hits.length;) {
    const end = sentenceEnd(prose, hits[at]!.end);
    const first = at;
    while (at < hits.length && hits[at]!.end <= end) at++;
    if (at === first) at++;
    if (at - first < 2) continue;
    const own = hits.slice(first, at);
    sentences.push({ start: own[0]!.start, end: own.at(-1)!.end, topics: aboutOf(prose, own) });
  }
  return sentences;
}

/** Every concept that a text names, by the end of the words. */
export function namedIn(prose: string): Named[] {
  automaton ??= new Automaton(WORDS.map(({ text }) => text));
  const { count, ids, ends } = automaton.scan(prose);
  const named: Named[] = [];
  for (let at = 0; at < count; at++) {
    const id = ids[at]!, end = ends[at]!;
    const start = end - LENGTHS[id]!;
    if (BEGINS_WORD[id] === 1 && start > 0 && isWordChar(prose.charCodeAt(start - 1))) continue;
    if (ENDS_WORD[id] === 1 && end < prose.length && isWordChar(prose.charCodeAt(end))) continue;
    named.push({ start, end, concept: CONCEPT_OF[id]! });
  }
  const hosts = hostsIn(prose).map(({ start, end, isKnown }) => ({
    start,
    end,
    concept: isKnown ? KNOWN_HOST : STRANGER,
  }));
  return hosts.length === 0 ? named : [...named, ...hosts].sort((a, b) => a.end - b.end);
}

function isWordChar(code: number): boolean {
  return code >= 97 && code <= 122 || code >= 48 && code <= 57;
}

/** Where the sentence that goes on at `at` ends. */
function sentenceEnd(prose: string, at: number): number {
  const limit = Math.min(prose.length, at + SENTENCE_CHARS);
  for (let i = at; i < limit; i++) {
    const code = prose.charCodeAt(i);
    const isStop = code === 46 || code === 33 || code === 63;
    if (isStop && (i + 1 === prose.length || !isWordChar(prose.charCodeAt(i + 1)))) return i + 1;
  }
  return limit;
}

function aboutOf(prose: string, hits: readonly Named[]): Topics {
  const topics = topicsOf([]);
  let no = -1;
  for (const { start, end, concept } of hits) {
    const isNegated = no !== -1 && start >= no && start - no <= NEGATION_CHARS &&
      !/[.;:!?,](?= )|\bbut\b/.test(prose.slice(no, start));
    if (concept === NEGATION && !TOLD.test(prose.slice(Math.max(0, start - 6), start))) no = end;
    if (isNegated && concept === INFORM) add(topics, HUSHED);
    if (isNegated && concept === SHOW) add(topics, LEFT_OUT);
    if (!isNegated || !DEEDS.has(concept)) add(topics, concept);
  }
  return topics;
}
