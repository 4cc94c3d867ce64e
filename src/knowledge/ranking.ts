import { type Query, relevance } from "./scoring.ts";
import type { RankedFacts } from "./unit.ts";

/** Something that can be ranked. */
export interface Candidate {
  readonly id: string;
  readonly facts: RankedFacts;
  /** The factor by which doubts lower its rank. */
  readonly weight: number;
}

/**
 * All candidates in the order of an answer: score (relevance × weighed confidence) falling, then id falling, as plain text.
 */
export function ranked<C extends Candidate>(candidates: readonly C[], query: Query): C[] {
  return candidates
    .map((candidate) => ({
      candidate,
      score: relevance(candidate.facts, query) * (candidate.facts.confidence * candidate.weight),
    }))
    .sort((a, b) => b.score - a.score || compareText(b.candidate.id, a.candidate.id))
    .map(({ candidate }) => candidate);
}

/** Plain string order: negative where `a` comes first. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
