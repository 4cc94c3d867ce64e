import { LEXICONS } from "./lexicon.ts";
import { signWordsOf } from "./disguises.ts";
import { matchesOf } from "./matches.ts";
import { isSequence } from "./placeholders.ts";
import type { TextRule } from "./rule.ts";
import type { Views } from "./views.ts";

/** Letters in a dress that fonts give: mathematical, full width, in circles and squares. */
const DRESSED =
  /[\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9\u{1d400}-\u{1d6a5}\u{1f130}-\u{1f149}\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}]/gu;
const DRESSED_MIN = 8;
/** Letters one by one with gaps between them. */
const SPACED = /(?<![a-z0-9])[a-z](?:[ .,\-/:;]{1,4}[a-z](?![a-z0-9])){4,400}/g;
const SPACED_MIN = 12;
/** Words with digits for letters: several of them in one text are no names. */
const LEET =
  /(?<![a-z0-9@$./_-])(?=[a-z]{0,12}[013457@$!])(?:[a-z]{1,8}[013457@$!]{1,2}){1,4}[a-z]{0,8}(?![a-z0-9@$/_.-]\w)/g;
const LEET_MIN = 4;
/** Letters written as numbers, of which any program would write the letter. */
const ESCAPED =
  /(?:&#(?:x[0-9a-f]{2}|\d{2,3});){6}|(?:\\u\{?00[2-7][0-9a-f]\}?){6}|(?:\\x[2-7][0-9a-f]){8}|(?:%(?:4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a]|20)){6}|(?:\b[01]{8}\b[ ,]?){5}/i;
/** Two such letters, or eight digits. */
const ESCAPED_DIGITS = 8, MAY_BE_ESCAPED = /;&#|\\u\{?00|\\x[2-7]|%[24-7][0-9a-f]%|[01]{8}/i;
/** Frequent English words backwards, and moved by thirteen letters. */
const BACKWARDS =
  /\b(?:eht|dna|uoy|ruoy|siht|htiw|taht|morf|otni|resu|erew|erofeb|erongi|snoitcurtsni|eseht|tuoba|nehw|tsum|reven|syawla)\b/g;
const ROT13 =
  /\b(?:gur|naq|sbe|guvf|lbh|lbhe|jvgu|abg|gung|hfre|gura|jura|unir|zhfg|sebz|vagb|nyy|nal|vtaber|vafgehpgvbaf?|orsber|vg|gb|bs)\b/g;
const WORDS_MIN = 3;
const BACKWARDS_NEEDS = LEXICONS.prose.needsOf(BACKWARDS);
/** Of its words, those of which three words of ROT13 are hardly without one and English words hold none. */
const ROT13_NEEDS = LEXICONS.prose.needsOf(
  /gur|naq|guvf|lbh|jvgu|gung|hfre|jura|zhfg|sebz|vagb|vtaber|vafgehpgvba/,
);
/** Blank space that moves what follows out of sight. */
const BLANK_LINES = 12, BLANK_CHARS = 50;
const SHELL_TRICK =
  /(?<![\w$])[a-z]{1,5}\$(?:\{[a-z0-9@*]{0,4}\}|[@*])[a-z]{2}|(?<![\w"'])[a-z]{1,5}(?:''|"")(?!(?:t|s|re|ll|ve|d|m)\b)[a-z]{1,8}(?![\w"'])|[|;&]\s?[a-z]\\[a-z]{2}|\$'(?:\\x[0-9a-f]{2}){3}|\$\{ifs\}|\$ifs\b/i;
/** What breaks a word up, and characters around it. */
const MAY_BE_TRICK = /[a-z]\$[{@*]|[a-z](?:''|"")[a-z]|[a-z]\\[a-z]|\$'\\x|\$\{?ifs/g, TRICK_CHARS = 24;
/** Readable text: words with spaces, or signs of a shell, between them. */
const READABLE = /^[\s"'(]*(?:[A-Za-z][A-Za-z'-]*[,.:;!?)"']{0,2}\s+(?:[|&<>=]{1,2}\s+)?){2,}[A-Za-z]/;
const HARMLESS =
  /^(?:hello|lorem|the quick brown|(?:(?:the|a|an|some|this is an?|my) )?(?:sample|example|test)\b)/i;

function concealedRule(
  name: string,
  { title, sees }: { readonly title: string; readonly sees: (text: Views) => boolean },
): TextRule {
  return {
    id: `hidden.${name}`,
    family: "hidden",
    title,
    defaultAction: "warn",
    message: "This hides words from people who read it: write them plainly",
    find: (text) => sees(text) ? "meant" : undefined,
  };
}

function distinct(text: string, pattern: RegExp): number {
  return new Set(matchesOf(text, pattern).map(([word]) => word)).size;
}

/** Texts in a form that people pass over and agents read. What they say does not matter. */
export const CONCEALED_RULES: readonly TextRule[] = [
  concealedRule("dressed-letters", {
    title: "Letters in mathematical, full width or enclosed form",
    sees: ({ raw, rawTraits }) =>
      !rawTraits.isOrdinary && matchesOf(raw, DRESSED, DRESSED_MIN).length === DRESSED_MIN,
  }),
  concealedRule("spaced-letters", {
    title: "Words with gaps between their letters",
    sees: ({ prose }) => {
      const letters = matchesOf(prose, SPACED).map(([run]) => run.replace(/[^a-z]/g, ""))
        .filter((run) => !isSequence(run) && new Set(run).size > 3);
      return letters.join("").length >= SPACED_MIN;
    },
  }),
  concealedRule("digits-for-letters", {
    title: "Words with digits for letters",
    sees: ({ disguised, prose }) =>
      disguised !== "" &&
      new Set(signWordsOf(prose, LEET).map(([word]) => word).filter(isLeet)).size >= LEET_MIN,
  }),
  concealedRule("escaped-letters", {
    title: "Letters written as numbers",
    sees: ({ raw, rawTraits }) => {
      const hasSigns = raw.includes("&#") || raw.includes("\\") || raw.includes("%");
      return (hasSigns || rawTraits.digits >= ESCAPED_DIGITS) && MAY_BE_ESCAPED.test(raw) &&
        ESCAPED.test(raw);
    },
  }),
  concealedRule("encoded-text", {
    title: "Sentences in base64, hexadecimal or the like",
    sees: ({ blobs }) => blobs.some((text) => READABLE.test(text) && !HARMLESS.test(text)),
  }),
  concealedRule("turned-words", {
    title: "Words that run backwards or are in ROT13",
    sees: (text) => {
      const anchors = text.anchors("prose", "prose");
      return anchors.allow(BACKWARDS_NEEDS) && distinct(text.prose, BACKWARDS) >= WORDS_MIN - 1 ||
        anchors.allow(ROT13_NEEDS) && distinct(text.prose, ROT13) >= WORDS_MIN;
    },
  }),
  concealedRule("blank-space", {
    title: "Text behind much blank space",
    sees: ({ raw, rawTraits }) => rawTraits.blanks >= BLANK_LINES && isMovedAway(raw),
  }),
  concealedRule("shell-trick", {
    title: "Commands broken up by quotes, variables or escapes",
    sees: ({ code }) =>
      matchesOf(code, MAY_BE_TRICK).some(({ index }) =>
        SHELL_TRICK.test(code.slice(Math.max(0, index - TRICK_CHARS), index + TRICK_CHARS))
      ),
  }),
];

function isLeet(word: string): boolean {
  return word.length <= 14 && /[a-z].*[a-z]|[a-z]{2}/.test(word) &&
    !/^[a-z]+\d{1,4}$|^\d+[a-z]{1,3}$|^[0-9a-f]+$/.test(word);
}

/** Whether something follows many empty lines or a long run of blanks. */
function isMovedAway(raw: string): boolean {
  let lines = 0, blanks = 0;
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    if (code === 10) {
      lines++;
      blanks = 0;
    } else if (code === 32 || code === 9 || code === 0xa0) blanks++;
    else if (code !== 13) {
      if (lines >= BLANK_LINES || blanks >= BLANK_CHARS) return true;
      lines = blanks = 0;
    }
  }
  return false;
}
