import { PHRASES } from "./lexicon/phrases.ts";
import { stemOf } from "./tokens.ts";

const NAMES = namesOf(PHRASES);
const LENGTHS = [...new Set(NAMES.keys().map((phrase) => phrase.split(" ").length))];

/** @param text lines like `oom: out of memory, memory runs out` */
function namesOf(text: string): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const line of text.trim().split("\n")) {
    const [name, phrases] = line.split(": ") as [string, string];
    for (const phrase of phrases.split(", ")) {
      const key = keyOf(phrase.split(" "));
      names.set(key, [...names.get(key) ?? [], name]);
    }
  }
  return names;
}

function keyOf(words: readonly string[]): string {
  return words.map(stemOf).join(" ");
}

/**
 * The single words for what a text says in several, in any of their forms and with hyphens too: `logged in` is `login`.
 *
 * @param words of the text, in their order and in lower case
 */
export function namesIn(words: readonly string[]): string[] {
  const parts = words.flatMap((word) => word.split("-"));
  const stems = parts.map(stemOf);
  const names = stems.flatMap((_, at) =>
    LENGTHS.flatMap((length) => NAMES.get(stems.slice(at, at + length).join(" ")) ?? [])
  );
  return [...new Set(names)];
}
