/** A histogram of confidence: the wire has two, with other edges. */
export interface ConfidenceBuckets {
  /** Inner edges, rising. */
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

/** Counts under the buckets' names, in their order. */
export function namedBuckets(buckets: ConfidenceBuckets, counts: readonly number[]): Record<string, number> {
  return Object.fromEntries(buckets.names.map((name, index) => [name, counts[index] ?? 0]));
}
