import { GUARD_TEXT_MAX_CHARS } from "../limits.ts";

/** What neighbouring windows share: longer than nearly everything that a rule looks for. */
const OVERLAP_CHARS = 8_192;

/** A text as the guard reads it: one that is longer than it reads at once in parts that overlap. */
export function windowsOf(text: string): string[] {
  const windows = [text.slice(0, GUARD_TEXT_MAX_CHARS)];
  const step = GUARD_TEXT_MAX_CHARS - OVERLAP_CHARS;
  for (let start = step; start + OVERLAP_CHARS < text.length; start += step) {
    windows.push(text.slice(start, start + GUARD_TEXT_MAX_CHARS));
  }
  return windows;
}

/** Ends what stands before it: nothing is read across it. */
const BETWEEN = "\n.\n";

/**
 * Texts of which no more than so many stand by themselves: all others are put together to as few as the guard reads to their ends, so
 * that nothing is left out.
 */
export function gathered(texts: readonly string[], most: number): string[] {
  const groups: string[][] = [];
  let length = GUARD_TEXT_MAX_CHARS;
  for (const text of texts.slice(most)) {
    length += BETWEEN.length + text.length;
    if (length > GUARD_TEXT_MAX_CHARS) {
      groups.push([]);
      length = text.length;
    }
    groups.at(-1)!.push(text);
  }
  return [...texts.slice(0, most), ...groups.map((group) => group.join(BETWEEN))];
}
