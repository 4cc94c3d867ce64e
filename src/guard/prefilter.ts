import { sequencesOf } from "./required.ts";

/** Slots of the table of letter groups of a long text, which fills a few percent of them, and of a short one. */
const SLOTS = 65_536, SHORT_SLOTS = 4_096;
const SHORT_CHARS = 300;

/** Which groups of two and three characters a text holds; another group may be taken for one of them, none is missed. */
export type Grams = Uint8Array;

/** Whether a pattern can match a text with these groups. */
export type Prefilter = (grams: Grams) => boolean;

/** The groups of a text, in lower case. */
export function gramsOf(text: string): Grams {
  const grams = new Uint8Array(text.length <= SHORT_CHARS ? SHORT_SLOTS : SLOTS);
  const mask = grams.length - 1;
  let before = 0, last = 0;
  for (let i = 0; i < text.length; i++) {
    const code = lower(text.charCodeAt(i));
    grams[pair(last, code) & mask] = 1;
    grams[triple(before, last, code) & mask] = 1;
    before = last;
    last = code;
  }
  return grams;
}

/** What a text must hold for `pattern` to match: read off the pattern itself. */
export function prefilterOf(pattern: RegExp): Prefilter {
  const sequences = sequencesOf(pattern.source).map((clauses) =>
    clauses.map((literals) => literals.map(slotsOf))
  );
  if (sequences.some((clauses) => clauses.length === 0)) return () => true;
  return (grams) =>
    sequences.some((clauses) =>
      clauses.every((literals) =>
        literals.some((slots) => slots.every((slot) => grams[slot & (grams.length - 1)] === 1))
      )
    );
}

function slotsOf(literal: string): number[] {
  const codes = Array.from({ length: literal.length }, (_, i) => lower(literal.charCodeAt(i)));
  if (codes.length === 2) return [pair(codes[0]!, codes[1]!)];
  return codes.slice(2).map((code, i) => triple(codes[i]!, codes[i + 1]!, code));
}

function lower(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

function pair(a: number, b: number): number {
  return a * 7_919 + b * 131 + 17;
}

function triple(a: number, b: number, c: number): number {
  return a * 31_337 + b * 1_031 + c * 7;
}
