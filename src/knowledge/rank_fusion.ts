import { compareText } from "./ranking.ts";

/** Reciprocal rank fusion's constant, as in the paper that proposed it: the first places count little more than the next ones. */
const FUSION_CONSTANT = 60;

/** A unit that may answer a question. */
export interface Candidate {
  readonly id: string;
  /** How well it answers by its text; 0 where it does not. */
  readonly score: number;
  /** The same by its meaning; undefined where it has no vector. */
  readonly nearness: number | undefined;
  /** The cosine of its vector and the question's. */
  readonly similarity: number | undefined;
}

/** The order of answers by text alone: by score, then by id, both falling. */
export function byScore(a: Candidate, b: Candidate): number {
  return b.score - a.score || compareText(b.id, a.id);
}

/**
 * The units of two rankings in one, best first: by score, and by nearness. A unit counts 1 / (60 + rank) in each ranking that has it;
 * units that are equal in a ranking have the same rank there, and where all is equal the more similar one comes first, so that of two
 * units that differ in nothing else it always does. A unit without a vector has the rank of its score in both.
 */
export function fused<C extends Candidate>(candidates: readonly C[]): C[] {
  const byText = ranks(candidates.filter(({ score }) => score > 0), ({ score }) => score);
  const byMeaning = ranks(
    candidates.filter(({ nearness }) => nearness !== undefined),
    ({ nearness }) => nearness!,
  );
  const share = (rank: number | undefined): number => rank === undefined ? 0 : 1 / (FUSION_CONSTANT + rank);
  const worth = new Map(candidates.map((candidate) => {
    const rank = byText.get(candidate);
    return [
      candidate,
      share(rank) + share(candidate.nearness === undefined ? rank : byMeaning.get(candidate)),
    ];
  }));
  return candidates.toSorted((a, b) =>
    worth.get(b)! - worth.get(a)! || b.score - a.score || (b.similarity ?? 0) - (a.similarity ?? 0) ||
    compareText(b.id, a.id)
  );
}

function ranks<C>(units: readonly C[], worth: (unit: C) => number): ReadonlyMap<C, number> {
  const sorted = units.toSorted((a, b) => worth(b) - worth(a));
  const found = new Map<C, number>();
  sorted.forEach((unit, index) => {
    const before = sorted[index - 1];
    const isEqual = before !== undefined && worth(before) === worth(unit);
    found.set(unit, isEqual ? found.get(before)! : index + 1);
  });
  return found;
}
