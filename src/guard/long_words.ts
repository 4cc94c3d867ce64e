/** Characters of a word from which it may be encoded or drawn. */
const LONG_CHARS = 16;
const WORD_SIGNS = new Uint8Array(128);
for (const sign of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-") {
  WORD_SIGNS[sign.charCodeAt(0)] = 1;
}

/** A word of letters, digits and the signs of base64. */
export interface LongWord {
  readonly start: number;
  readonly end: number;
}

/** Every such word of at least sixteen characters. */
export function longWordsIn(text: string): LongWord[] {
  const words: LongWord[] = [];
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 128 && WORD_SIGNS[code] === 1) continue;
    if (i - start >= LONG_CHARS) words.push({ start, end: i });
    start = i + 1;
  }
  return words;
}
