import { tokensOf } from "./tokens.ts";
import type { UnitTexts } from "./unit_texts.ts";

/** What a word counts for where it stands. */
const SUMMARY_WEIGHT = 3, TAG_WEIGHT = 3, ACTION_WEIGHT = 1.5, DETAIL_WEIGHT = 1;

// BM25's saturation and normalisation of length, for an average that is fixed: what is stored of a unit depends on no other unit.
const SATURATION = 1.2, LENGTH_SHARE = 0.4, USUAL_LENGTH = 100;
const IMPACT_MAX = 255;
const BYTES_EACH = 5;

/** The words of a unit by their {@link termOf}, each with its impact from 1 to {@link IMPACT_MAX}. */
export type Impacts = ReadonlyMap<number, number>;

/** The number a token is stored as: FNV-1a of its UTF-16 code units, cut to 30 bits, which every engine keeps as a small integer; never 0. */
export function termOf(token: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < token.length; index++) {
    hash = Math.imul(hash ^ token.charCodeAt(index), 0x01000193);
  }
  return hash >>> 2 || 1;
}

/** How much a unit is about each of its words: rising with how often and where it occurs, falling with the length of the unit. */
export function impactsOf({ summary, detail, action, tags }: UnitTexts): Map<number, number> {
  const frequencies = new Map<number, number>();
  let length = 0;
  const count = (text: string, weight: number): void => {
    const tokens = tokensOf(text);
    length += tokens.length;
    for (const token of tokens) {
      const term = termOf(token);
      frequencies.set(term, (frequencies.get(term) ?? 0) + weight);
    }
  };
  count(summary, SUMMARY_WEIGHT);
  count(detail, DETAIL_WEIGHT);
  count(action, ACTION_WEIGHT);
  for (const tag of tags) count(tag, TAG_WEIGHT);
  const norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / USUAL_LENGTH);
  return new Map(
    [...frequencies].map(([term, frequency]) => [
      term,
      Math.max(1, Math.round(IMPACT_MAX * frequency / (frequency + norm))),
    ]),
  );
}

/** Impacts as they are stored: for each term its number in 4 bytes, rising, then all impacts, a byte each. */
export function encodeImpacts(impacts: Impacts): Uint8Array {
  const terms = [...impacts.keys()].sort((a, b) => a - b);
  const bytes = new Uint8Array(terms.length * BYTES_EACH);
  const view = new DataView(bytes.buffer);
  terms.forEach((term, index) => {
    view.setUint32(index * 4, term, true);
    bytes[terms.length * 4 + index] = impacts.get(term)!;
  });
  return bytes;
}

/** The terms of stored impacts. */
export function storedTerms(bytes: Uint8Array): number[] {
  const terms: number[] = [];
  eachImpact(bytes, (term) => terms.push(term));
  return terms;
}

/** Calls `visit` with each term of stored impacts and its share, above 0 and up to 1. */
export function eachImpact(bytes: Uint8Array, visit: (term: number, share: number) => void): void {
  const count = bytes.length / BYTES_EACH;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let index = 0; index < count; index++) {
    visit(view.getUint32(index * 4, true), bytes[count * 4 + index]! / IMPACT_MAX);
  }
}
