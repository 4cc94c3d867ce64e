import { CONFIDENCE_EDGES } from "../projection/census.ts";
import { compareText } from "./ranking.ts";

/** A histogram of confidence: the wire has two, with other edges. */
export interface ConfidenceBuckets {
  /** Inner edges, rising, each one of {@link CONFIDENCE_EDGES}. */
  readonly bounds: readonly number[];
  readonly names: readonly string[];
}

/** The buckets of the store's statistics. */
export const STORE_BUCKETS: ConfidenceBuckets = {
  bounds: [0.3, 0.5, 0.7],
  names: ["0.0-0.3", "0.3-0.5", "0.5-0.7", "0.7-1.0"],
};

/** The buckets of the reviewers' dashboard. */
export const REVIEW_BUCKETS: ConfidenceBuckets = {
  bounds: [0.3, 0.6, 0.8],
  names: ["0.0-0.3", "0.3-0.6", "0.6-0.8", "0.8-1.0"],
};

/** What was counted between the edges of {@link CONFIDENCE_EDGES}, by the buckets' names, in their order. */
export function namedBuckets(buckets: ConfidenceBuckets, counts: readonly number[]): Record<string, number> {
  const totals: number[] = buckets.names.map(() => 0);
  counts.forEach((count, index) => {
    const lowerEdge = CONFIDENCE_EDGES[index - 1] ?? 0;
    totals[buckets.bounds.filter((bound) => bound <= lowerEdge).length]! += count;
  });
  return Object.fromEntries(buckets.names.map((name, index) => [name, totals[index]!]));
}

/** Counts by name, in the order of the names. */
export function countsByName(counts: readonly (readonly [string, number])[]): Record<string, number> {
  return Object.fromEntries(counts.toSorted(([a], [b]) => compareText(a, b)));
}

/** Counts by name, most frequent first. */
export function countsByFrequency(counts: readonly (readonly [string, number])[]): Record<string, number> {
  return Object.fromEntries(
    counts.toSorted(([a, countA], [b, countB]) => countB - countA || compareText(a, b)),
  );
}
