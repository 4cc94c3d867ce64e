import { stemmer } from "stemmer";
import { STEMS_KEPT_MAX, TOKEN_MAX_CHARS } from "../limits.ts";
import { STOP_WORDS } from "./stop_words.ts";

/** What may stand inside a name of code: `node:fs`, `--no-verify`, `snake_case`, `v1.2.3`, `@scope/name`. */
const CHUNK = /[\p{L}\p{M}\p{N}_.:/@#$+'’-]+/gu;
const LEADING_SIGNS = /^[_.:/@#$+'’-]+/u;
const TRAILING_SIGNS = "_.:/@$'’-";
const SHARP_NAME = /^\p{L}{1,2}(?:\+\+|#)$/u;
const SEPARATORS = /[^\p{L}\p{M}\p{N}]+/u;
const CASE_CHANGES = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
const NUMBERED = /^(\p{L}{2,})\d+$/u;
const VERSION = /^v?(\d+(?:\.\d+)+)/;
const PLAIN_WORD = /^[a-z]{3,}$/;
/** Scripts that are written without spaces. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+$/u;
/** Parts that people write together, with a hyphen or apart: `time-out`, `node.js`. */
const JOINED_PARTS_MAX = 3;

/** Words of one text in their order; each with the tokens by which it is found. */
export interface Word {
  /** In lower case, without what stands around it. */
  readonly text: string;
  readonly tokens: readonly string[];
}

/**
 * The words of a text of prose or code: a name of code is found whole and by its parts (`useEffect` by `useeffect` and `effect`),
 * a version by its beginning too, words of English in any of their forms.
 */
export function wordsOf(text: string): Word[] {
  return Array.from(text.normalize("NFKC").matchAll(CHUNK), ([chunk]) => wordOf(chunk));
}

/** All tokens of a text, as often as they occur. */
export function tokensOf(text: string): string[] {
  return wordsOf(text).flatMap(({ tokens }) => tokens);
}

/** Stems of words met lately: most words of a text were in those before it. */
const STEMS = new Map<string, string>();
/** A longer word may be a part of its text to the runtime, which would keep all of that in memory. */
const OWN_STRING_MAX_CHARS = 12;

/** The token of a plain word: its stem. */
export function stemOf(word: string): string {
  const known = STEMS.get(word);
  if (known !== undefined) return known;
  if (!PLAIN_WORD.test(word)) return word;
  if (STEMS.size === STEMS_KEPT_MAX) STEMS.clear();
  const stem = stemmer(word);
  if (word.length <= OWN_STRING_MAX_CHARS) STEMS.set(word, stem);
  return stem;
}

function wordOf(chunk: string): Word {
  // Most words of prose: nothing stands around them or has to be taken apart.
  if (PLAIN_WORD.test(chunk)) return { text: chunk, tokens: kept([wordToken(chunk)]) };
  const name = SHARP_NAME.test(chunk) ? chunk : withoutEdges(chunk);
  const text = name.toLowerCase();
  if (SHARP_NAME.test(chunk)) return { text, tokens: [text] };
  const version = VERSION.exec(text)?.[1];
  if (version !== undefined) {
    return { text, tokens: kept(new Set([version, version.split(".", 2).join(".")])) };
  }
  const tokens = new Set<string>();
  const parts = name.split(SEPARATORS).filter((part) => part !== "");
  if (parts.length > 1) {
    tokens.add(text);
    if (parts.length <= JOINED_PARTS_MAX) tokens.add(stemOf(parts.join("").toLowerCase()));
  }
  for (const part of parts) addPart(tokens, part);
  return { text, tokens: kept(tokens) };
}

function withoutEdges(chunk: string): string {
  // The end is walked by hand: an anchored regular expression would be quadratic on long runs of signs within.
  let end = chunk.length;
  while (end > 0 && TRAILING_SIGNS.includes(chunk[end - 1]!)) end--;
  return chunk.slice(0, end).replace(LEADING_SIGNS, "");
}

function addPart(tokens: Set<string>, part: string): void {
  const lower = part.toLowerCase();
  if (UNSPACED.test(lower)) {
    const letters = [...lower];
    if (letters.length === 1) tokens.add(lower);
    for (let at = 1; at < letters.length; at++) tokens.add(letters[at - 1]! + letters[at]!);
    return;
  }
  tokens.add(wordToken(lower));
  const head = NUMBERED.exec(lower)?.[1];
  if (head !== undefined) tokens.add(stemOf(head));
  const humps = part.split(CASE_CHANGES);
  if (humps.length > 1) { for (const hump of humps) tokens.add(wordToken(hump.toLowerCase())); }
}

function wordToken(lower: string): string {
  return STOP_WORDS.has(lower) ? "" : stemOf(lower);
}

function kept(tokens: Iterable<string>): string[] {
  return [...tokens].filter((token) => token !== "" && token.length <= TOKEN_MAX_CHARS);
}
