import { compareText } from "./ranking.ts";

/** Reciprocal rank fusion's constant, as in the paper that proposed it: the first places count little more than the next ones. */
const FUSION_CONSTANT = 60;

/** A unit that may answer a question. */
export interface Candidate {
  readonly id: string;
  /** How well its text and tags answer; 0 where they do not. */
  readonly score: number;
  /** The factor by which doubts and confidence lower its rank. */
  readonly trust: number;
  /** How near its meaning is, from -1 to 1; undefined where it has no vector. */
  readonly similarity: number | undefined;
}

/** The order of answers by text alone: by score, then by id, both falling. */
export function byScore(a: Candidate, b: Candidate): number {
  return b.score - a.score || compareText(b.id, a.id);
}

/**
 * The units of two rankings in one, best first: by score, and by similarity × trust. A unit counts 1 / (60 + rank) in each ranking that
 * has it; equal units of one ranking have the same rank in it, so that of two that are otherwise equal the nearer one comes first. A
 * unit without a vector has the rank of its score in both.
 */
export function fused<C extends Candidate>(candidates: readonly C[]): C[] {
  const byText = ranks(candidates.filter(({ score }) => score > 0), ({ score }) => score);
  const byMeaning = ranks(candidates.filter(({ similarity }) => similarity !== undefined), nearness);
  const share = (rank: number | undefined): number => rank === undefined ? 0 : 1 / (FUSION_CONSTANT + rank);
  const worth = new Map(candidates.map((candidate) => {
    const rank = byText.get(candidate);
    return [
      candidate,
      share(rank) + share(candidate.similarity === undefined ? rank : byMeaning.get(candidate)),
    ];
  }));
  return candidates.toSorted((a, b) =>
    worth.get(b)! - worth.get(a)! || b.score - a.score || (b.similarity ?? 0) - (a.similarity ?? 0) ||
    compareText(b.id, a.id)
  );
}

/** What is further away than at a right angle has nothing to do with the question, whoever trusts it: there, the angle alone counts. */
function nearness({ similarity, trust }: Candidate): number {
  return similarity! > 0 ? similarity! * trust : similarity!;
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
