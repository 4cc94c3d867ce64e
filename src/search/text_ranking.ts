import { TEXT_CANDIDATES_FEW, TEXT_CANDIDATES_MAX, TEXT_PAIRED_TERMS } from "../limits.ts";
import { eachImpact } from "./impacts.ts";
import type { Concept } from "./question.ts";
import { ALL_UNITS, type TextCandidate } from "./text_store.ts";

/** A unit found by its text, and how well that answers the question, from 0 to 1. */
export interface TextHit {
  readonly id: string;
  readonly score: number;
}

/** Where to look for the units that may answer best. */
export interface Retrieval {
  /** Any of these terms: together few enough to look at every unit that has one. */
  readonly any: readonly number[];
  /** Both terms of a pair: for questions in which every word is frequent. */
  readonly pairs: readonly (readonly [number, number])[];
}

/** How much a match of a term tells: BM25's inverse document frequency. */
function rarity(units: number, total: number): number {
  return Math.log(1 + (total - units + 0.5) / (units + 0.5));
}

/** A question against one store: what a match of each term is worth. */
export class WeighedQuestion {
  readonly #worth = new Map<number, { concept: number; worth: number }[]>();
  readonly #most: number;
  readonly #concepts: number;

  /** @param counts how many units have each term, and at {@link ALL_UNITS} how many there are. */
  constructor(concepts: readonly Concept[], private readonly counts: ReadonlyMap<number, number>) {
    const most = new Float64Array(concepts.length);
    concepts.forEach(({ variants }, concept) => {
      for (const [term, weight] of variants) {
        const units = counts.get(term);
        if (units === undefined) continue;
        const worth = weight * rarity(units, this.#total);
        most[concept] = Math.max(most[concept]!, worth);
        this.#worth.set(term, [...this.#worth.get(term) ?? [], { concept, worth }]);
      }
    });
    this.#concepts = concepts.length;
    this.#most = most.reduce((sum, each) => sum + each, 0);
  }

  get #total(): number {
    return this.counts.get(ALL_UNITS) ?? 0;
  }

  /** The terms worth most, as long as few enough units have them. */
  retrieval(): Retrieval {
    const terms = [...this.#worth].map(([term, uses]) => ({
      term,
      units: this.counts.get(term)!,
      worth: Math.max(...uses.map(({ worth }) => worth)),
    })).sort((a, b) => b.worth - a.worth || a.term - b.term);
    if (this.#total <= TEXT_CANDIDATES_MAX) return { any: terms.map(({ term }) => term), pairs: [] };
    let sum = 0;
    const any: number[] = [];
    const frequent: number[] = [];
    for (const { term, units } of terms) {
      if (sum + units > TEXT_CANDIDATES_MAX) frequent.push(term);
      else {
        any.push(term);
        sum += units;
      }
    }
    const paired = sum < TEXT_CANDIDATES_FEW ? frequent.slice(0, TEXT_PAIRED_TERMS) : [];
    const pairs = paired.flatMap((a, index) => paired.slice(index + 1).map((b) => [a, b] as const));
    return { any, pairs: pairs.length > 0 || any.length > 0 ? pairs : paired.map((term) => [term, term]) };
  }

  /**
   * How well a unit answers: for each concept its best match, worth more the rarer its term is and the more the unit is about it, as
   * a share of what a unit could reach.
   */
  score({ impacts }: Pick<TextCandidate, "impacts">): number {
    const reached = new Float64Array(this.#concepts);
    eachImpact(impacts, (term, share) => {
      const uses = this.#worth.get(term);
      if (uses === undefined) return;
      for (const { concept, worth } of uses) reached[concept] = Math.max(reached[concept]!, worth * share);
    });
    return this.#most === 0 ? 0 : reached.reduce((sum, each) => sum + each, 0) / this.#most;
  }
}
