import { isDisguised, isInflected, OTHER_SCRIPT } from "./lookalikes.ts";
import { matchesOf } from "./matches.ts";
import type { Sighting, TextRule } from "./rule.ts";
import { type Views, viewsOf } from "./views.ts";

/** Characters without width between Latin letters. Soft hyphens are left by web pages. */
const INNER_GAP = /[A-Za-z][\u200b-\u200d\u2060-\u2064\u{1d173}-\u{1d17a}]+[A-Za-z]/u;
/** Letters that a font or an enclosure gives. */
const DRESSED =
  /[\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9\u{1d400}-\u{1d6a5}\u{1f130}-\u{1f149}\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}]/u;
const LETTERS = /[\p{L}\p{M}\p{N}]{4,60}/gu;
const BETWEEN_WORDS = /(\s+)/;

/** Whether a word is made to be read as another one than is shown. */
function isInDisguise(word: string): boolean {
  return DRESSED.test(word) || INNER_GAP.test(word) ||
    OTHER_SCRIPT.test(word) &&
      matchesOf(word, LETTERS).some(([letters]) => isDisguised(letters) && !isInflected(letters));
}

/** The text without its words in disguise; none where it has none. */
function withoutDisguises({ raw, rawTraits }: Views): string | undefined {
  if (rawTraits.isOrdinary) return undefined;
  const words = raw.normalize("NFC").split(BETWEEN_WORDS);
  const open = words.filter((word) => !isInDisguise(word));
  return open.length === words.length ? undefined : open.join("");
}

/** The rule that looks for what `rules` find in words that are in disguise: whoever dresses an order up means it. */
export function disguisedRule(rules: readonly TextRule[]): TextRule {
  const find = (text: Views): Sighting | undefined => {
    const open = withoutDisguises(text);
    if (open === undefined) return undefined;
    const shown = viewsOf(open);
    const isHidden = rules.some((rule) => rule.find(text) === "meant" && rule.find(shown) === undefined);
    return isHidden ? "meant" : undefined;
  };
  return {
    id: "injection.disguised",
    family: "injection",
    title: "Instructions or commands in letters that only look like these",
    defaultAction: "block",
    message: "This writes instructions or a command in other letters than it shows: write them plainly",
    find,
  };
}
