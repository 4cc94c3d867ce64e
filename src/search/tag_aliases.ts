import { TAGS } from "./lexicon/tags.ts";

const TRAILING_VERSION = /(?<=\p{L}{2}|\+\+)\d+$/u;
const SIGNS = /[^\p{L}\p{N}+#]+/gu;
/** What ends like a plural and is none. */
const NO_PLURAL = /(?:ss|us|is|js)$|^(?:https|windows)$/;
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

/** Whatever people spell differently of one tag: case, separators, the plural. */
function plainTag(tag: string): string {
  const plain = tag.normalize("NFKC").toLowerCase().replaceAll(SIGNS, "");
  if (plain.length > 4 && plain.endsWith("ies")) return `${plain.slice(0, -3)}y`;
  return plain.length > 3 && plain.endsWith("s") && !NO_PLURAL.test(plain) ? plain.slice(0, -1) : plain;
}

/** What tags of the same meaning have in common: `k8s` and `Kubernetes`, `node-js` and `nodejs`, `postgres15` and `pg`. */
export function tagKey(tag: string): string {
  const plain = plainTag(tag);
  const bare = plainTag(plain.replace(TRAILING_VERSION, ""));
  return KEYS.get(plain) ?? KEYS.get(bare) ?? bare;
}

/** What else a word of a text may be called that names what a tag names; none where it is not known, or mostly means something else. */
export function aliasesOf(word: string): readonly string[] {
  return ORDINARY_WORDS.has(word) ? [] : NAMES.get(tagKey(word)) ?? [];
}
