import type { CorpusUnit } from "./cases.ts";
import { textsOf } from "./expand.ts";

/** How much of a collection is said once. */
export interface Distinctness {
  readonly units: number;
  readonly runs: number;
  /** Distinct runs of five words by all of them. */
  readonly distinct: number;
  /** The mean of the share of a unit's runs that no other unit has. */
  readonly own: number;
}

function runsOf(unit: CorpusUnit): Set<string> {
  const { summary, detail, action } = unit.insight;
  const words = `${summary}\n${detail}\n${action}`.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  return new Set(words.slice(4).map((_, index) => words.slice(index, index + 5).join(" ")));
}

/** Measures runs of five words over units. */
export function distinctnessOf(units: readonly CorpusUnit[]): Distinctness {
  const perUnit = units.map(runsOf);
  const counts = new Map<string, number>();
  for (const runs of perUnit) for (const run of runs) counts.set(run, (counts.get(run) ?? 0) + 1);
  const total = perUnit.reduce((sum, runs) => sum + runs.size, 0);
  const shares = perUnit.filter((runs) => runs.size > 0).map((runs) =>
    [...runs].filter((run) => counts.get(run) === 1).length / runs.size
  );
  const own = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return { units: units.length, runs: total, distinct: counts.size / total, own };
}

/** The unit's texts in one, to compare units by. */
export function wholeText(unit: CorpusUnit): string {
  return textsOf(unit).join("\n");
}
