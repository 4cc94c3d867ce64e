import wordsText from "./common_words.txt" with { type: "text" };

const WORDS: ReadonlySet<string> = new Set(
  wordsText.split("\n").filter((line) => line !== "" && !line.startsWith("#")),
);
/** Signs that stand for letters, as everybody tries them. */
const LETTERS: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  "$": "s",
  "!": "i",
};
/** Signs around one word, and around two, that are tried whatever they are. */
const SIGNS_AROUND_ONE = 6;
const SIGNS_AROUND_TWO = 4;
/** A day as digits, from either end. */
const DATE =
  /^(?:(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|[12]\d|3[01])(?:19|20)\d\d)$/;
const ONE_BLOCK = /^(.{1,6}?)\1+$/;
const DIGITS_IN_ORDER = ["01234567890123456789", "98765432109876543210"];

/**
 * Whether a password is one or two of the commonest words, or of `ownWords`, perhaps with signs for letters, and with nothing
 * around them but what is soon tried: few signs, digits in order, over and over, or a date.
 *
 * @param password in lower case.
 * @param ownWords in lower case, words that others know of the user and the server.
 */
export function isOfCommonWords(password: string, ownWords: readonly string[]): boolean {
  const [start] = /^[^\p{L}]*/u.exec(password)!;
  const [end] = /[^\p{L}]*$/u.exec(password.slice(start.length))!;
  const core = password.slice(start.length, password.length - end.length);
  const inside = core.replaceAll(/\p{L}/gu, "");
  const spelled = core.replaceAll(/[^\p{L}]/gu, (sign) => LETTERS[sign] ?? "");
  return [
    { letters: core.replaceAll(/[^\p{L}]/gu, ""), signs: start + inside + end },
    { letters: spelled, signs: start + end },
  ].some(({ letters, signs }) => {
    const count = wordsIn(letters, ownWords);
    if (count === undefined) return false;
    return signs.length <= (count === 1 ? SIGNS_AROUND_ONE : SIGNS_AROUND_TWO) || isSoonTried(signs);
  });
}

/** How many words letters are made of: one, also over and over, or two; undefined where they are none. */
function wordsIn(letters: string, ownWords: readonly string[]): 1 | 2 | undefined {
  const isWord = (text: string): boolean => WORDS.has(text) || ownWords.includes(text);
  if (isWord(ONE_BLOCK.exec(letters)?.[1] ?? letters) || isWord(letters)) return 1;
  for (let at = 1; at < letters.length; at++) {
    if (isWord(letters.slice(0, at)) && isWord(letters.slice(at))) return 2;
  }
  return undefined;
}

function isSoonTried(signs: string): boolean {
  const digits = signs.replaceAll(/\D/g, "");
  // What is no digit are at most separators and a mark at the end.
  if (signs.length - digits.length > 3) return new Set(signs).size === 1;
  return DATE.test(digits) || ONE_BLOCK.test(digits) || DIGITS_IN_ORDER.some((row) => row.includes(digits));
}
