import { CONCEALED_RULES } from "./concealed.ts";
import { disguisedRule } from "./disguised.ts";
import { encodedRule, OPAQUE_BLOB } from "./encoded.ts";
import { HIDDEN_RULES } from "./hidden.ts";
import { COMMAND_RULES } from "./injection_commands.ts";
import { DANGER_RULES } from "./injection_dangers.ts";
import { LANGUAGE_RULES } from "./injection_languages.ts";
import { MARKUP_RULES } from "./injection_markup.ts";
import { COERCION_RULES } from "./injection_coercion.ts";
import { ORDER_RULES } from "./injection_orders.ts";
import { SIGNAL_RULES } from "./injection_signals.ts";
import { VERIFICATION_RULES } from "./injection_verification.ts";
import { PERSONAL_RULES } from "./personal.ts";
import { NEAR_DUPLICATE, QUALITY_RULES } from "./quality.ts";
import type { RuleInfo, TextRule } from "./rule.ts";
import { RESEMBLANCE } from "./resemblance.ts";
import { SPOKEN_PASSWORD } from "./secret_spoken.ts";
import { SECRET_RULES } from "./secrets.ts";
import { TYPOSQUAT } from "./typosquats.ts";

const READABLE: readonly TextRule[] = [
  ...SECRET_RULES,
  ...ORDER_RULES,
  ...COERCION_RULES,
  ...LANGUAGE_RULES,
  ...MARKUP_RULES,
  ...COMMAND_RULES,
  ...VERIFICATION_RULES,
  ...DANGER_RULES,
];

const ENCODED = encodedRule([...READABLE, ...SIGNAL_RULES]);
/** Words of other languages may be in letters that look like those of English. */
const DISGUISED = disguisedRule([
  ...ORDER_RULES,
  ...COERCION_RULES,
  ...MARKUP_RULES,
  ...COMMAND_RULES,
  ...VERIFICATION_RULES,
  ...DANGER_RULES,
  ...SIGNAL_RULES,
]);

/** Rules that look for what may be split over fields: sentences and commands, credentials and encoded texts. */
export const SPLIT_SENTENCE_RULES: readonly TextRule[] = READABLE.filter(({ family }) => family !== "secret");
/** Rules over texts that were put together to a sentence. */
export const SENTENCE_RULES: ReadonlySet<TextRule> = new Set([
  ...SPLIT_SENTENCE_RULES,
  ...SIGNAL_RULES,
  RESEMBLANCE,
]);
/** Texts that are put together without a space make no sentence. */
export const SPLIT_VALUE_RULES: readonly TextRule[] = [
  ...SECRET_RULES.filter((rule) => rule !== SPOKEN_PASSWORD),
  ENCODED,
];

/** Rules over one text. */
export const TEXT_RULES: readonly TextRule[] = [
  ...READABLE,
  ...SIGNAL_RULES,
  RESEMBLANCE,
  TYPOSQUAT,
  ENCODED,
  DISGUISED,
  OPAQUE_BLOB,
  ...HIDDEN_RULES,
  ...CONCEALED_RULES,
  ...PERSONAL_RULES,
];

/** Every rule, for documentation and configuration. */
export const RULES: readonly RuleInfo[] = [...TEXT_RULES, ...QUALITY_RULES, NEAR_DUPLICATE].map(
  ({ id, family, title, defaultAction }) => ({ id, family, title, defaultAction }),
);
