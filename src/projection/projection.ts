import type { Query } from "../knowledge/scoring.ts";
import type { Doubt, DoubtPolicy, Standing } from "../knowledge/standing.ts";
import { tagKey } from "../search/tag_aliases.ts";
import { Census } from "./census.ts";
import { Dictionary } from "./dictionary.ts";
import type { UnitFacts } from "./facts.ts";
import { Postings } from "./postings.ts";
import { Marks, search } from "./search.ts";
import { sorted } from "./sorting.ts";
import { Units } from "./units.ts";

/** The topic of answers that any approved unit may change. */
export const APPROVED = "*approved";

/** What an answer about units of some domains is about: these, and all domains of the same meaning. */
export function topicsOf(domains: readonly string[]): readonly string[] {
  return [...new Set(domains.map(tagKey))];
}

/** Units that are looked at, and units that are put into their lists, before others may run: a millisecond or two. */
const LOOKED_AT_AT_ONCE = 20_000;
const LISTED_AT_ONCE = 2_000;

/**
 * What the server keeps in memory of the store: who ranks where, and how many of everything there are. It does no I/O; whoever feeds
 * it tells every change once.
 */
export class Projection {
  readonly census = new Census();
  readonly #dictionary = new Dictionary();
  readonly #units: Units;
  readonly #postings = new Map<number, Postings>();
  readonly #irregular = new Map<number, Set<number>>();
  readonly #marks = new Marks();
  readonly #hidden = new Set<number>();
  /** Until every unit was told, none is put into lists: at the end they are put there in order, which is much cheaper. */
  #isListed = false;

  /** @param doubts how doubts lower a rank; undefined where they do not. */
  constructor(doubts?: DoubtPolicy) {
    this.#units = new Units(this.#dictionary, doubts);
  }

  /**
   * Takes in what a unit is now.
   *
   * @returns what answers it may change: the topics of its domains before and now, if it was or is approved ({@link topicsOf}). None
   * as long as not all units were told.
   */
  put(facts: UnitFacts): readonly string[] {
    const known = this.#units.ids.find(facts.id);
    const before = known === undefined ? [] : this.#topics(known);
    if (known !== undefined) {
      this.#unlist(known);
      this.census.count(this.#units.counted(known), -1);
      this.#units.replace(known, facts);
    }
    const unit = known ?? this.#units.add(facts);
    this.census.count(this.#units.counted(unit), 1);
    this.#list(unit);
    return [...new Set([...before, ...this.#topics(unit)])];
  }

  /** Takes in that a unit is gone; returns what {@link put} does. */
  remove(id: string): readonly string[] {
    const unit = this.#units.ids.find(id);
    if (unit === undefined) return [];
    const topics = this.#topics(unit);
    this.#unlist(unit);
    this.census.count(this.#units.counted(unit), -1);
    this.#units.remove(unit);
    return topics;
  }

  /** Puts all units into their lists; whoever walks through it may let others run in between, and must tell no change. */
  *listAll(): Generator<void> {
    const rankable = new Uint32Array(this.#units.ids.size);
    let count = 0;
    for (let unit = 0; unit < this.#units.ids.size; unit++) {
      if (this.#units.ids.has(unit) && this.#units.isRankable(unit)) rankable[count++] = unit;
      if (unit % LOOKED_AT_AT_ONCE === 0) yield;
    }
    const inOrder = yield* sorted(rankable.subarray(0, count), this.#units.order);
    this.#isListed = true;
    for (let index = 0; index < inOrder.length; index++) {
      this.#list(inOrder[index]!);
      if (index % LISTED_AT_ONCE === 0) yield;
    }
  }

  /** The ids of the best units for a query, best first. */
  search(query: Query, limit: number): string[] {
    const units = search(
      {
        units: this.#units,
        dictionary: this.#dictionary,
        postings: this.#postings,
        irregular: this.#irregular,
        marks: this.#marks,
      },
      query,
      limit,
    );
    return units.map((unit) => this.#units.ids.at(unit));
  }

  /** Domains of the store that mean the same as this one, without it. */
  nearDomains(domain: string): string[] {
    return this.#dictionary.nearDomains(domain);
  }

  /** Leaves a unit out of every answer until it changes: it cannot be read. */
  hide(id: string): void {
    const unit = this.#units.ids.find(id);
    if (unit === undefined || this.#hidden.has(unit)) return;
    this.#unlist(unit);
    this.#hidden.add(unit);
  }

  /** Takes in that it is another day, since 1970; returns the ids of the units that count otherwise from then on. */
  turnTo(today: number): string[] {
    const units = this.#units.turningOn(today);
    for (const unit of units) this.#unlist(unit);
    this.#units.reweigh(units, today);
    for (const unit of units) this.#list(unit);
    return units.map((unit) => this.#units.ids.at(unit));
  }

  /** What stands against an approved unit, and what of it counts today; undefined for one that is not there. */
  doubt(id: string): { standing: Standing; doubt: Doubt } | undefined {
    const unit = this.#units.ids.find(id);
    return unit === undefined
      ? undefined
      : { standing: this.#units.standing(unit), doubt: this.#units.doubt(unit) };
  }

  /** Number of units of a status. */
  statusCount(status: string): number {
    const number = this.#dictionary.find("status", status);
    return number === undefined ? 0 : this.census.statuses.get(number) ?? 0;
  }

  /** Number of approved units of a domain. */
  domainCount(domain: string): number {
    const number = this.#dictionary.find("domain", domain);
    return number === undefined ? 0 : this.census.domains.get(number) ?? 0;
  }

  /** The confidence that an approved unit is counted with; undefined where it has none. */
  confidence(id: string): number | undefined {
    const unit = this.#units.ids.find(id);
    const confidence = unit === undefined ? NaN : this.#units.confidence(unit);
    return Number.isNaN(confidence) ? undefined : confidence;
  }

  /** How many units of a status were decided on each day since 1970. */
  reviewedPerDay(status: string): ReadonlyMap<number, number> {
    const number = this.#dictionary.find("status", status);
    return number === undefined ? new Map() : this.census.reviewedPerDay(number);
  }

  /** Counts under the texts that their numbers stand for. */
  named(counts: ReadonlyMap<number, number>): [string, number][] {
    return [...counts].map(([number, count]) => [this.#dictionary.textOf(number), count]);
  }

  #topics(unit: number): readonly string[] {
    if (!this.#isListed || !this.#units.isApproved(unit)) return [];
    return [APPROVED, ...topicsOf(this.#units.domains(unit))];
  }

  #list(unit: number): void {
    if (!this.#isListed || !this.#units.isRankable(unit)) return;
    const rows = this.#units.rows(unit);
    if (this.#units.isIrregular(unit)) {
      for (const row of rows) {
        const listed = this.#irregular.get(row);
        if (listed === undefined) this.#irregular.set(row, new Set([unit]));
        else listed.add(unit);
      }
      return;
    }
    const sketch = this.#units.sketch(unit);
    for (const row of rows) {
      const list = this.#postings.get(row) ?? new Postings(this.#units.order);
      if (list.size === 0) this.#postings.set(row, list);
      list.insert(unit, sketch);
    }
  }

  #unlist(unit: number): void {
    if (this.#hidden.delete(unit)) return;
    if (!this.#isListed || !this.#units.isRankable(unit)) return;
    const isIrregular = this.#units.isIrregular(unit);
    for (const row of this.#units.rows(unit)) {
      if (isIrregular) {
        const listed = this.#irregular.get(row)!;
        listed.delete(unit);
        if (listed.size === 0) this.#irregular.delete(row);
      } else {
        const list = this.#postings.get(row)!;
        list.remove(unit);
        if (list.size === 0) this.#postings.delete(row);
      }
    }
  }
}
