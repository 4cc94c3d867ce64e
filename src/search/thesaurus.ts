import { DATABASES } from "./lexicon/databases.ts";
import { DATA_SCIENCE } from "./lexicon/data_science.ts";
import { DELIVERY } from "./lexicon/delivery.ts";
import { EVERYDAY } from "./lexicon/everyday.ts";
import { FRONTEND } from "./lexicon/frontend.ts";
import { INFRASTRUCTURE } from "./lexicon/infrastructure.ts";
import { LANGUAGES } from "./lexicon/languages.ts";
import { MESSAGING } from "./lexicon/messaging.ts";
import { NETWORK } from "./lexicon/network.ts";
import { OBSERVABILITY } from "./lexicon/observability.ts";
import { RUNTIME } from "./lexicon/runtime.ts";
import { SECURITY } from "./lexicon/security.ts";
import { TESTING } from "./lexicon/testing.ts";
import { VALUES } from "./lexicon/values.ts";
import { aliasesOf } from "./tag_aliases.ts";
import { stemOf } from "./tokens.ts";

/**
 * Words that developers use for the same matter, a line each; a word may be in several lines. In `hang freeze` each word stands for the
 * other. In `hang freeze > deadlock await`, each on the left may be called one of those on the right: what is seen, then what may be
 * behind it. Nothing follows the other way, nor between words of one side.
 */
export const LEXICON: readonly string[] = [
  EVERYDAY,
  NETWORK,
  DATABASES,
  MESSAGING,
  INFRASTRUCTURE,
  DELIVERY,
  LANGUAGES,
  RUNTIME,
  VALUES,
  FRONTEND,
  TESTING,
  SECURITY,
  OBSERVABILITY,
  DATA_SCIENCE,
].flatMap((area) => area.trim().split("\n"));

const RELATED_TOKENS = relatedTokensOf(LEXICON);

function relatedTokensOf(lines: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const related = new Map<string, Set<string>>();
  for (const line of lines) {
    const [asked = [], found = asked] = line.split(" > ").map((side) => side.split(" ").map(stemOf));
    for (const token of asked) {
      const others = related.get(token) ?? new Set();
      for (const other of found) if (other !== token) others.add(other);
      related.set(token, others);
    }
  }
  return related;
}

/** Tokens that may stand in a unit for what a question calls `token`; without the token itself. */
export function relatedTokens(token: string): Iterable<string> {
  return RELATED_TOKENS.get(token) ?? [];
}

/** Tokens of other names for the thing that `word` names. */
export function otherNames(word: string): string[] {
  return aliasesOf(word).map(stemOf);
}
