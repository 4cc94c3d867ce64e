import { percentile } from "./statistics.ts";

/** Something measured at a moment, in minutes from the beginning. */
export interface Sample {
  readonly at_min: number;
  readonly value: number;
}

/** By how much the values grow in a minute, by least squares; 0 for fewer than two moments. */
export function slopePerMinute(samples: readonly Sample[]): number {
  const mean = (read: (sample: Sample) => number): number =>
    samples.reduce((total, sample) => total + read(sample), 0) / samples.length;
  const at = mean(({ at_min }) => at_min), value = mean((sample) => sample.value);
  const spread = samples.reduce((total, { at_min }) => total + (at_min - at) ** 2, 0);
  if (!(spread > 0)) return 0;
  return samples.reduce((total, sample) => total + (sample.at_min - at) * (sample.value - value), 0) / spread;
}

/** By how much the median of the last third is above that of the first. */
export function growth(samples: readonly Sample[]): number {
  const third = Math.ceil(samples.length / 3);
  const median = (part: readonly Sample[]): number => percentile(part.map(({ value }) => value), 0.5);
  return median(samples.slice(-third)) - median(samples.slice(0, third));
}
