import { foldedLookalikes } from "./lookalikes.ts";

/** Characters that nobody sees: zero-width, bidi controls, fillers, variation selectors, tags. */
const INVISIBLE =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;
// deno-lint-ignore no-control-regex -- control characters are what is looked for
const TERMINAL = /\x1b\[[0-?]{0,32}[ -/]{0,4}[@-~]/g;
// deno-lint-ignore no-control-regex -- control characters are what is looked for
const CONTROL = /[\x00-\x08\x0e-\x1f\x7f]/g, HAS_CONTROL = /[\x00-\x08\x0e-\x1f\x7f]/;
// deno-lint-ignore no-control-regex -- what a text is made of is told by them
const ASCII = /^[\x00-\x7f]*$/;
/** The blank between words in Braille: elsewhere it is nothing that anybody sees. */
const BRAILLE_BLANK = /(?<=[\u2801-\u28ff])\u2800/g;
const MARKS_ON_LATIN = /([a-z])\p{M}+/giu;

/** Letters in parentheses: NFKC would take them apart. */
const PARENTHESIZED = /[\u249c-\u24b5]/g, PARENTHESIZED_A = 0x249c;

/** Arabic phrases of one sign: NFKC would write each out, up to eighteen letters long. */
const WHOLE_PHRASES = /[\ufdf0-\ufdfb]/g;

/** Whether every character is ASCII, so that most of what hides text cannot be there. */
export function isAscii(text: string): boolean {
  return ASCII.test(text);
}

/** Characters of Western texts that are as they should be. */
const ORDINARY =
  // deno-lint-ignore no-control-regex -- what a text is made of is told by them
  /^[\x00-\x7f\u00a1-\u00ac\u00ae-\u017f\u2010-\u2027\u2030-\u203f\u20ac\u2190-\u21ff\u2212\u2260-\u2265\u2500-\u257f\u2713-\u2717]*$/;

/** Whether a text is made of such characters alone, so that it is in NFKC as it stands. */
export function isOrdinary(text: string): boolean {
  return ORDINARY.test(text);
}

/** `text` in NFKC, without characters that nobody sees. Letters keep their case and their accents. */
export function plainText(text: string): string {
  const visible = HAS_CONTROL.test(text) ? text.replace(TERMINAL, " ").replace(CONTROL, "") : text;
  return isOrdinary(visible)
    ? visible
    : visible.replace(BRAILLE_BLANK, " ").replace(INVISIBLE, "").replace(PARENTHESIZED, letterOf).replace(
      WHOLE_PHRASES,
      " ",
    ).normalize(
      "NFKC",
    ).replace(
      INVISIBLE,
      "",
    );
}

function letterOf(parenthesized: string): string {
  return String.fromCharCode(parenthesized.charCodeAt(0) - PARENTHESIZED_A + 97);
}

/** Beyond ASCII, anything but punctuation and signs; marks that enclose a letter too. */
const OTHER_LETTER = /[\u00aa-\u1fff\u20d0-\u20ff\u2c00-\u2dff\u3005-\ufffd]/;
/** A word with a letter beyond ASCII. */
const OTHER_WORD =
  /(?<![a-z])[a-z]*[\u00aa-\u1fff\u20d0-\u20ff\u2c00-\u2dff\u3005-\ufffd][a-z\u00aa-\u1fff\u20d0-\u20ff\u2c00-\u2dff\u3005-\ufffd]*/g;
const QUOTES_AND_DASHES = /[‘’ʼ“”„«»‐-―−]/g;

function withoutMarks(lower: string): string {
  return lower.replace(
    OTHER_WORD,
    (word) => word.normalize("NFD").replace(MARKS_ON_LATIN, "$1").normalize("NFC"),
  );
}

/** `plain` in lower case without accents, with letters that look like Latin ones made Latin. */
export function foldedText(plain: string): string {
  const lower = plain.toLowerCase();
  if (isAscii(plain)) return lower;
  return withPlainSigns(OTHER_LETTER.test(lower) ? foldedLookalikes(withoutMarks(lower)) : lower);
}

/** `text` with quotation marks and dashes of ASCII. */
export function withPlainSigns(text: string): string {
  return text.replace(
    QUOTES_AND_DASHES,
    (sign) => "‘’ʼ".includes(sign) ? "'" : "“”„«»".includes(sign) ? '"' : "-",
  );
}
