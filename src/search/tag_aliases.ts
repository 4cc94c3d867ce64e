import { TAG_REMEMBERED_MAX_CHARS, TAGS_REMEMBERED_MAX } from "../limits.ts";
import { TAGS } from "./lexicon/tags.ts";

const TRAILING_VERSION = /(?<=\p{L}{2}|\+\+)\d+$/u;
const SIGNS = /[^\p{L}\p{N}+#]+/gu;
/** Words that end like a plural and are none. */
const NO_PLURAL = /(?:ss|us|is|js|os)$/;
/** Tags that are words of plain English too: in a text they mean that. */
const ORDINARY_WORDS: ReadonlySet<string> = new Set(
  "express gem go make nest next node rabbit rest spring win".split(" "),
);

const LINES: readonly (readonly string[])[] = TAGS.trim().split("\n").map((line) => line.split(" "));
const KEYS: ReadonlyMap<string, string> = new Map(
  LINES.flatMap((tags) => tags.map((tag) => [plainTag(tag), plainTag(tags[0]!)] as const)),
);
const NAMES: ReadonlyMap<string, readonly string[]> = new Map(
  LINES.map((tags) => [plainTag(tags[0]!), tags.filter((tag) => !ORDINARY_WORDS.has(tag))]),
);

/** Whatever people spell differently of one tag: case and separators. */
function plainTag(tag: string): string {
  return tag.normalize("NFKC").toLowerCase().replaceAll(SIGNS, "");
}

function singular(plain: string): string {
  if (plain.length <= 4 || !plain.endsWith("s") || NO_PLURAL.test(plain)) return plain;
  return plain.endsWith("ies") ? `${plain.slice(0, -3)}y` : plain.slice(0, -1);
}

/** Keys of tags as they were asked for: most are asked for again. */
const known = new Map<string, string>();

/** What tags of the same meaning have in common: `k8s` and `Kubernetes`, `node-js` and `nodejs`, `postgres15` and `pg`. */
export function tagKey(tag: string): string {
  const key = known.get(tag);
  if (key !== undefined) return key;
  const made = keyOf(tag);
  if (tag.length > TAG_REMEMBERED_MAX_CHARS) return made;
  if (known.size >= TAGS_REMEMBERED_MAX) known.clear();
  known.set(tag, made);
  return made;
}

function keyOf(tag: string): string {
  const plain = plainTag(tag);
  const one = singular(plain);
  // Only of names that are known: `vue3` is a version of `vue`, `level1` and `level2` are two things.
  const unversioned = one.replace(TRAILING_VERSION, "");
  return KEYS.get(plain) ?? KEYS.get(one) ?? KEYS.get(unversioned) ?? KEYS.get(singular(unversioned)) ?? one;
}

/** What else a word of a text may be called that names what a tag names; none where it is not known, or mostly means something else. */
export function aliasesOf(word: string): readonly string[] {
  return ORDINARY_WORDS.has(word) ? [] : NAMES.get(tagKey(word)) ?? [];
}
