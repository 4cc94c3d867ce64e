import { CORE } from "./lexicon/core.ts";
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
import { SPELLINGS } from "./lexicon/spellings.ts";
import { TESTING } from "./lexicon/testing.ts";
import { THINGS } from "./lexicon/things.ts";
import { VALUES } from "./lexicon/values.ts";
import { Lexicon } from "./lexicon.ts";
import { aliasesOf } from "./tag_aliases.ts";
import { stemOf } from "./tokens.ts";

const RELATED_WORDS = new Lexicon(
  EVERYDAY,
  CORE,
  THINGS,
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
);
const SAME_WORDS = new Lexicon(SPELLINGS);

/** Tokens that may stand in a unit for what a question calls `token`; without the token itself. */
export function relatedTokens(token: string): Iterable<string> {
  return RELATED_WORDS.relatedTo(token);
}

/** Tokens of other names for the thing that `word` names, and of other forms of `token`, by which it is found. */
export function otherNames(word: string, token: string): string[] {
  return [...aliasesOf(word).map(stemOf), ...SAME_WORDS.relatedTo(token)];
}
