import type { Ids } from "./ids.ts";

/** The best units found so far: score falling, then id falling. */
export class Best {
  readonly #units: number[] = [];
  readonly #scores: number[] = [];

  constructor(private readonly limit: number, private readonly ids: Pick<Ids, "compare">) {}

  get units(): readonly number[] {
    return this.#units;
  }

  /** The score that a further unit has to reach; -1 while there is room for more. */
  get bar(): number {
    return this.#units.length < this.limit ? -1 : this.#scores[this.limit - 1]!;
  }

  /** Whether a unit would have to reach more than the bar. */
  losesTies(unit: number): boolean {
    return this.#units.length === this.limit && this.ids.compare(unit, this.#units[this.limit - 1]!) <= 0;
  }

  /** Takes a unit in where it is one of the best; one that is in already stays in once. */
  offer(unit: number, score: number): void {
    if (score < this.bar || (score === this.bar && this.losesTies(unit))) return;
    let at = this.#units.length;
    while (at > 0 && this.#comesBefore(unit, score, at - 1)) at--;
    if (at > 0 && this.#units[at - 1] === unit) return;
    this.#insert(at, unit, score);
  }

  // By hand: splicing makes a new list each time, and this runs for every unit that is looked at closely.
  #insert(at: number, unit: number, score: number): void {
    const units = this.#units, scores = this.#scores;
    for (let to = Math.min(units.length, this.limit - 1); to > at; to--) {
      units[to] = units[to - 1]!;
      scores[to] = scores[to - 1]!;
    }
    units[at] = unit;
    scores[at] = score;
  }

  #comesBefore(unit: number, score: number, at: number): boolean {
    if (score !== this.#scores[at]) return score > this.#scores[at]!;
    return this.ids.compare(unit, this.#units[at]!) > 0;
  }
}
