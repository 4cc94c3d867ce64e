import { isOrdinary } from "./normalise.ts";

/** A word of letters, digits and the signs of base64. */
export interface LongWord {
  readonly start: number;
  readonly end: number;
}

/** What a text is made of, as far as rules and views can tell from it that they need not read the text. */
export interface Traits {
  /** Whether every character is one of Western texts as they should be: no letters of other scripts, nothing invisible. */
  readonly isOrdinary: boolean;
  /** Whether there are letters beyond ASCII, or signs that may stand for some. */
  readonly hasOtherLetters: boolean;
  /** Whether there are control characters besides blanks. */
  readonly hasControl: boolean;
  /** Words that may be encoded or drawn. */
  readonly longWords: readonly LongWord[];
  /** Characters of the longest run of blanks and line ends. */
  readonly blanks: number;
  /** At least the most digits with nothing between them that no number is written with. */
  readonly digits: number;
  /** Most dots that each follow a digit, with nothing but digits between them. */
  readonly dottedNumbers: number;
  /** Whether two colons stand as close as in an IPv6 address. */
  readonly hasCloseColons: boolean;
  /** Characters of the longest run of words of hexadecimal digits and what separates bytes, what touches other words left out. */
  readonly hexadecimal: number;
  /** Characters of the most words in a row, with one space between, that have four characters each, or eight. */
  readonly grouped: number;
}

/** Characters of a word from which it may be encoded or drawn. */
const LONG_CHARS = 16;
/** Characters between two colons of an IPv6 address, the second one too. */
const GROUP_CHARS = 5;
const NEWLINE = 10, SPACE = 32, COLON = 58, DOT = 46;

/** What an ASCII character can be part of, as bits. */
const DIGIT = 1, WORD = 2, NUMBER = 4, HEXADECIMAL = 8, BLANK = 16, CONTROL = 32;
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  const kinds: readonly (readonly [RegExp, number])[] = [
    [/[A-Za-z0-9+/_-]/, WORD],
    [/\d/, DIGIT],
    [/[\d\s.()/+-]/, NUMBER],
    [/[0-9a-fA-FxX ,:]/, HEXADECIMAL],
    [/[ \t\r\n]/, BLANK],
    // deno-lint-ignore no-control-regex -- control characters are what is looked for
    [/[\x00-\x08\x0e-\x1f\x7f]/, CONTROL],
  ];
  return kinds.reduce((all, [pattern, kind]) => pattern.test(char) ? all | kind : all, 0);
});
/** Beyond ASCII, a blank may be part of a number or of a gap. */
const OTHER_KINDS = NUMBER | BLANK;

/** For each character up to the last ordinary one 1 where it is one. */
const IS_ORDINARY = Uint8Array.from(
  { length: 0x2800 },
  (_, code) => isOrdinary(String.fromCharCode(code)) ? 1 : 0,
);

/** Looks at each character once: word by word, and at what stands between. */
export function traitsOf(text: string): Traits {
  const longWords: LongWord[] = [];
  let hasOthers = false, hasOtherLetters = false, hasControl = false, hasCloseColons = false;
  let blanks = 0, hexadecimal = 0, digits = 0, dottedNumbers = 0, grouped = 0;
  // Of the runs that go on here: where they began, or how many there are.
  let blank = 0, bytes = 0, number = 0, dots = 0, colon = -GROUP_CHARS - 1, groups = 0, group = 0, next = 0;
  for (let i = 0; i < text.length; i++) {
    const start = i;
    let code = text.charCodeAt(i), kind = kindOf(code), shared = ~0, own = 0;
    while ((kind & WORD) !== 0) {
      shared &= kind;
      own += kind & DIGIT;
      // A line ends behind the text.
      code = ++i < text.length ? text.charCodeAt(i) : NEWLINE;
      kind = kindOf(code);
    }
    if (i > start) {
      if (i - start >= LONG_CHARS) longWords.push({ start, end: i });
      number += own;
      if (number > digits) digits = number;
      if ((shared & NUMBER) === 0) number = own;
      if ((shared & DIGIT) === 0) dots = 0;
      if ((shared & HEXADECIMAL) === 0) bytes = i;
      groups = i - start === group && start === next ? groups + group : group = groupOf(i - start);
      if (groups > grouped) grouped = groups;
      next = code === SPACE ? i + 1 : 0;
      blank = i;
    }
    if ((kind & HEXADECIMAL) === 0) bytes = i + 1;
    else if (i - bytes >= hexadecimal) hexadecimal = i - bytes + 1;
    if ((kind & BLANK) === 0) blank = i + 1;
    else if (i - blank >= blanks) blanks = i - blank + 1;
    if ((kind & NUMBER) === 0) number = 0;
    dots = code === DOT && i > start && isDigit(text.charCodeAt(i - 1)) ? dots + 1 : 0;
    if (dots > dottedNumbers) dottedNumbers = dots;
    if (code === COLON) {
      if (i - colon <= GROUP_CHARS) hasCloseColons = true;
      colon = i;
    }
    if ((kind & CONTROL) !== 0) hasControl = true;
    if (code < 128) continue;
    if (code >= IS_ORDINARY.length || IS_ORDINARY[code] === 0) hasOthers = true;
    if (code >= 0xaa && code < 0x2000 || code >= 0x2c00) hasOtherLetters = true;
  }
  return {
    isOrdinary: !hasOthers,
    hasOtherLetters,
    hasControl,
    longWords,
    blanks,
    digits,
    dottedNumbers,
    hasCloseColons,
    hexadecimal,
    grouped,
  };
}

/** How many characters a word has where it may be a group of base64, else none. */
function groupOf(length: number): number {
  return length === 4 || length === 8 ? length : 0;
}

/** What a character can be part of; what follows the end of a text is nothing. */
function kindOf(code: number): number {
  return code < 128 ? KINDS[code]! : OTHER_KINDS;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
