import type { GuardedText } from "./guarded_text.ts";
import { foldedText, isAscii, isOrdinary, plainText } from "./normalise.ts";
import { Lexicon } from "./lexicon.ts";
import type { RuleInfo } from "./rule.ts";

/** A rule over a unit's insight. */
export interface QualityRule extends RuleInfo {
  readonly message: string;
  /** The field at fault. */
  readonly find: (insight: GuardedText["insight"]) => string | undefined;
}

/** Letters of a detail and of a whole insight below which nothing can have been said; fewer do in scripts with a sign per word. */
const DETAIL_MIN = 4, INSIGHT_MIN = 40;
/** Characters of a text that is not counted. */
const LONG_ENOUGH = 400;
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
/** Letters that a sign of such a script stands for. */
const LETTERS_PER_IDEOGRAPH = 3;
/** Share of different words, of those that are long enough to count, below which a text repeats itself. */
const REPETITION_SHARE = 0.25, REPETITION_MIN_WORDS = 20;
/** Characters in which repetition shows. */
const REPETITION_CHARS = 1_500;

const EMPTY_ADVICE =
  /^(?:(?:please|always|just|simply|you should|try to|make sure to|remember to|it is important to) ){0,3}(?:be (?:very |extra |more |really )?(?:careful|cautious|mindful|aware|thorough)|think (?:carefully|twice|first|hard)|take care|double.?check(?: everything| it| your work)?|pay attention|do (?:it|things|this) (?:right|properly|correctly|well|better)|write (?:good|better|clean) code|follow best practices?|use best practices?|test (?:everything|it|your code|thoroughly)|read the (?:docs|documentation|manual|code)|check (?:it|everything|carefully)|handle (?:errors|edge cases)(?: properly| well| correctly)?|avoid (?:bugs|mistakes|errors|problems)|good luck|try (?:again|harder)|fix (?:it|the bug|the problem|the issue)|n\/?a|none|nothing|tbd|todo|see (?:above|detail|summary)|works? (?:fine|well|great)|it (?:works|depends)|keep it simple|improve (?:it|performance|quality))(?: (?:and|with|when|about|here|out|there|now|everything|this|that|it|your work|thoroughly|carefully|always|code|in general|as needed|where appropriate|before you start)){0,4}$/;
/** Longer advice says more than nothing. */
const EMPTY_ADVICE_MAX_CHARS = 160;
const MARKETING =
  /\b(?:revolutionary|game.?chang(?:er|ing)|world.?class|best.in.class|cutting.edge|next.generation|unparalleled|blazing(?:ly)? fast|supercharge|unlock the (?:power|potential)|industry.leading|#1|number one|award.winning|seamless(?:ly)?|effortless(?:ly)?|limited.time|act now|buy now|sign up (?:now|today|for free)|free trial|discount|promo(?:tion)? code|coupon|subscribe|click here|special offer|money.back|dm me|contact us|our (?:product|platform|service|customers|team of experts)|trusted by|10x your|boost your (?:productivity|revenue)|order now|affiliate|referral (?:link|code)|visit our|upgrade to (?:pro|premium)|check out (?:our|my)|join (?:our|thousands)|don't miss|once in a lifetime)\b/g;
const MARKETING_LEXICON = new Lexicon();
const MARKETING_NEEDS = MARKETING_LEXICON.needsOf(MARKETING);
/** Different phrases of marketing in one insight from which it is an advertisement. */
const MARKETING_MIN = 2;

/** Advice that says nothing, repeats itself or sells something. */
export const QUALITY_RULES: readonly QualityRule[] = [
  {
    id: "quality.too-short",
    family: "quality",
    title: "Too short to say anything",
    defaultAction: "warn",
    message: "This is too short to be of use: say what happens, when, and what to do",
    find: ({ summary, detail, action }) => {
      if (isLighter(detail, DETAIL_MIN)) return "insight.detail";
      return isLighter(summary + detail + action, INSIGHT_MIN) ? "unit" : undefined;
    },
  },
  {
    id: "quality.empty-advice",
    family: "quality",
    title: "Nothing that could be done",
    defaultAction: "warn",
    message: "This gives no advice that could be followed: say what to do",
    find: ({ detail, action }) => {
      if (isEmptyAdvice(action)) return "insight.action";
      return isEmptyAdvice(detail) ? "insight.detail" : undefined;
    },
  },
  {
    id: "quality.repetition",
    family: "quality",
    title: "Repeats itself",
    defaultAction: "warn",
    message: "This says the same again and again",
    find: ({ summary, detail, action }) => {
      if (repeats(detail)) return "insight.detail";
      if (repeats(action)) return "insight.action";
      return summary.length === detail.length && same(summary, detail) && same(detail, action)
        ? "unit"
        : undefined;
    },
  },
  {
    id: "quality.marketing",
    family: "quality",
    title: "Advertisement",
    defaultAction: "warn",
    message: "This advertises: say what was learned",
    find: ({ summary, detail, action }) => {
      const whole = `${summary} ${detail.slice(0, REPETITION_CHARS)} ${action.slice(0, REPETITION_CHARS)}`;
      if (!MARKETING_LEXICON.anchorsIn(whole).allow(MARKETING_NEEDS)) return undefined;
      const phrases = foldedText(plainText(whole)).match(MARKETING) ?? [];
      return new Set(phrases).size >= MARKETING_MIN ? "unit" : undefined;
    },
  },
];

/** The rule that `nearDuplicates` applies. */
export const NEAR_DUPLICATE: RuleInfo = {
  id: "quality.near-duplicate",
  family: "quality",
  title: "Says the same as another unit",
  defaultAction: "warn",
};

function isEmptyAdvice(text: string): boolean {
  return text.length <= EMPTY_ADVICE_MAX_CHARS && EMPTY_ADVICE.test(bare(text));
}

/** Whether a text has fewer letters and digits than that. */
function isLighter(text: string, min: number): boolean {
  if (text.length >= LONG_ENOUGH) return false;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i), lower = code | 32;
    if ((lower >= 97 && lower <= 122 || code >= 48 && code <= 57) && ++count >= min) return false;
  }
  return weight(text) < min;
}

function weight(text: string): number {
  const letters = plainText(text).replace(/[^\p{L}\p{N}]/gu, "");
  return letters.length + (letters.match(IDEOGRAPH)?.length ?? 0) * (LETTERS_PER_IDEOGRAPH - 1);
}

function bare(text: string): string {
  const folded = foldedText(plainText(text));
  return folded.replace(isAscii(folded) ? /[^a-z0-9#/']+/g : /[^\p{L}\p{N}#/']+/gu, " ").trim();
}

function same(a: string, b: string): boolean {
  return bare(a) === bare(b);
}

/** Characters of the shortest word that counts, with the blank behind it. */
const WORD_CHARS = 3;

/** What a character is in the normal form: of a word, of one that is no number, between words, or something else there. */
const BLANK = 0, DIGIT = 1, LETTER = 2, OTHER = 3;
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/\d/.test(char)) return DIGIT;
  if (/[a-z#/']/i.test(char)) return LETTER;
  // Without other control characters what stands beside them is one word.
  return code > 31 && code < 127 || /\s/.test(char) ? BLANK : OTHER;
});
/** The first of the ordinary signs beyond letters, and quotation marks among them that are parts of words. */
const SIGNS_FIRST = 0x2010, LEFT_QUOTE = 0x2018, RIGHT_QUOTE = 0x2019;
const HASH_PRIME = 0x01000193;
/** Numbers up to here are kept without memory of their own. */
const SMALL_INTEGER = 0x3fffffff;

function kindOf(code: number): number {
  if (code < 128) return KINDS[code]!;
  return code >= SIGNS_FIRST && code !== LEFT_QUOTE && code !== RIGHT_QUOTE ? BLANK : OTHER;
}

/**
 * Whether a text surely does not repeat itself, as its first words are so different. Told without its normal form, where its words
 * are those of ASCII; they are compared by numbers, so that two may seem the same that are not.
 */
function isVaried(text: string): boolean {
  if (!isOrdinary(text)) return false;
  const different = new Set<number>();
  let words = 0;
  for (let at = 0, start = 0, word = 0, hasLetter = false; at < text.length; at++) {
    const code = text.charCodeAt(at), kind = kindOf(code);
    if (kind === OTHER) return false;
    if (kind !== BLANK) {
      if (kind === LETTER) hasLetter = true;
      word = Math.imul(word, HASH_PRIME) + (code | 32) | 0;
      continue;
    }
    if (hasLetter && at - start >= WORD_CHARS - 1) {
      words++;
      different.add(word & SMALL_INTEGER);
      // Each word that follows has a character and a blank at least.
      if (different.size >= REPETITION_SHARE * (words + (text.length - at) / 2)) return true;
    }
    start = at + 1;
    word = 0;
    hasLetter = false;
  }
  return false;
}

function repeats(text: string): boolean {
  const beginning = text.slice(0, REPETITION_CHARS);
  if (isVaried(beginning)) return false;
  const all = bare(beginning);
  const different = new Set<string>();
  let words = 0;
  for (let start = 0, end = 0; start < all.length; start = end + 1) {
    end = all.indexOf(" ", start);
    if (end === -1) end = all.length;
    if (end - start < WORD_CHARS - 1) continue;
    const word = all.slice(start, end);
    if (/^\d+$/.test(word)) continue;
    words++;
    different.add(word);
    // However often the words that follow are the same, these are enough.
    if (different.size >= REPETITION_SHARE * (words + (all.length - end) / WORD_CHARS)) return false;
  }
  return words >= REPETITION_MIN_WORDS && different.size / words < repetitionShare(words);
}

/** Long texts use their words again: the share falls with their length. */
function repetitionShare(words: number): number {
  return REPETITION_SHARE * Math.min(1, Math.sqrt(100 / words));
}
