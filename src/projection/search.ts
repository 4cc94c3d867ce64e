import { type Query, weightedRelevance } from "../knowledge/scoring.ts";
import { Best } from "./best.ts";
import { grown } from "./columns.ts";
import type { Dictionary } from "./dictionary.ts";
import { type Block, ENTRY_WORDS, type Postings, unitAt } from "./postings.ts";
import { contextBit, DOMAIN_BITS, domainBit, Role, roleOf, textOf, type Units } from "./units.ts";

/** Where a search looks. */
export interface Searched {
  readonly units: Units;
  readonly dictionary: Dictionary;
  /** Units by each domain by which they are found, greatest weight first. */
  readonly postings: ReadonlyMap<number, Postings>;
  /** The same for units that are judged by domains by which they are not found: few, and all are looked at. */
  readonly irregular: ReadonlyMap<number, ReadonlySet<number>>;
  readonly marks: Marks;
}

/** What the texts of a query count as, by their numbers. One array serves every search, or each would make its own. */
export class Marks {
  #values = new Uint8Array(0);
  readonly #marked: number[] = [];

  get values(): Uint8Array {
    return this.#values;
  }

  reserve(texts: number): void {
    this.#values = grown(this.#values, texts);
  }

  set(text: number, mark: number): void {
    this.#values[text] = mark;
    this.#marked.push(text);
  }

  clear(): void {
    for (const text of this.#marked) this.#values[text] = 0;
    this.#marked.length = 0;
  }
}

const CONTEXTS = 4, COUNTS = 16;
const DOMAIN_MARK = 8;
const CONTEXT_MARKS = { language: 1, framework: 2, pattern: 4 } as const;
const BITS_SET = [0, 1, 1, 2, 1, 2, 2, 3];

/**
 * The best units for a query by relevance × weight, then id, both falling: what {@link ranked} puts first.
 *
 * Shortest list first. Whoever is found in one of the lists that come later, and not in an earlier one, shares at most as many
 * domains as there are lists left; together with the weight, which falls along a list, that bounds what can still come. A list is
 * left when nothing in it can reach the worst of the best found so far, and most units on the way are passed over by their sketch.
 * See docs/architecture.md.
 */
export function search(searched: Searched, query: Query, limit: number): readonly number[] {
  searched.marks.reserve(searched.dictionary.size);
  try {
    return new Search(searched, query, limit).run();
  } finally {
    searched.marks.clear();
  }
}

class Search {
  readonly #best: Best;
  readonly #languages: number;
  readonly #frameworks: number;
  readonly #pattern: number;

  constructor(
    private readonly searched: Searched,
    private readonly query: Query,
    limit: number,
  ) {
    this.#best = new Best(limit, searched.units.ids);
    this.#languages = this.#mark("language", query.languages);
    this.#frameworks = this.#mark("framework", query.frameworks);
    this.#pattern = this.#mark("pattern", [query.pattern.toLowerCase()]);
  }

  run(): readonly number[] {
    const { dictionary, postings, irregular, marks } = this.searched;
    const lists: { list: Postings; bit: number }[] = [];
    for (const domain of this.query.domains) {
      const number = dictionary.find("domain", domain);
      if (number === undefined) continue;
      marks.set(number, DOMAIN_MARK);
      const list = postings.get(number);
      if (list !== undefined) lists.push({ list, bit: domainBit(number) });
    }
    if (irregular.size > 0) this.#judgeIrregular();
    lists.sort((a, b) => a.list.size - b.list.size);
    const others = lists.map(({ bit }) => bit);
    for (const { list } of lists) {
      others.shift();
      this.#walk(list, others);
    }
    return this.#best.units;
  }

  #judgeIrregular(): void {
    const { dictionary, irregular } = this.searched;
    for (const domain of this.query.domains) {
      const number = dictionary.find("domain", domain);
      if (number !== undefined) { for (const unit of irregular.get(number) ?? []) this.#judge(unit); }
    }
  }

  /** @param others bits of the domains that a unit of this list may share besides the list's own. */
  #walk(list: Postings, others: readonly number[]): void {
    const { units } = this.searched;
    const bounds = boundsFor(this.query.domains.length);
    const contexts = Number(this.#languages !== 0) + Number(this.#frameworks !== 0) +
      Number(this.#pattern !== 0);
    const greatest = bounds[(others.length * CONTEXTS + contexts) * COUNTS]!;
    for (const block of list.blocks) {
      const first = unitAt(block, 0);
      const weight = units.weight(first);
      const bound = greatest * weight;
      if (bound < this.#best.bar) return;
      // Among equals the first one has the greatest id.
      const isLevel = weight === units.weight(unitAt(block, block.count - 1));
      const greatestId = isLevel ? first : undefined;
      if (bound === this.#best.bar && greatestId !== undefined && this.#best.losesTies(greatestId)) continue;
      this.#walkBlock(block, { others, bounds, weight, greatest, greatestId });
    }
  }

  /** @param bounding.greatestId the unit with the greatest id of the block, where all its units have the same weight. */
  #walkBlock(
    { entries, count }: Block,
    { others, bounds, weight, greatest, greatestId }: {
      others: readonly number[];
      bounds: Float64Array;
      weight: number;
      greatest: number;
      greatestId: number | undefined;
    },
  ): void {
    const { units } = this.searched, best = this.#best;
    const languages = this.#languages, frameworks = this.#frameworks, pattern = this.#pattern;
    const contexts = languages | frameworks | pattern;
    const end = count * ENTRY_WORDS;
    let bar = best.bar, loses = greatestId !== undefined && best.losesTies(greatestId);
    for (let at = 0; at < end; at += ENTRY_WORDS) {
      const domains = entries[at + 1]!, context = entries[at + 2]! & contexts;
      let row = 0;
      for (let other = 0; other < others.length; other++) {
        if ((domains & others[other]!) !== 0) row += CONTEXTS;
      }
      if (context !== 0) {
        row += Number((context & languages) !== 0) + Number((context & frameworks) !== 0) +
          Number((context & pattern) !== 0);
      }
      const bound = bounds[row * COUNTS + (domains >>> DOMAIN_BITS)]!;
      if (bound * weight < bar || (loses && bound * weight === bar)) continue;
      const unit = entries[at]!, own = units.weight(unit);
      // Weights fall along a list: whatever stands further on in this block has no chance either.
      if (greatest * own < bar) return;
      if (bound * own < bar) continue;
      this.#judge(unit);
      if (best.bar === bar) continue;
      bar = best.bar;
      loses = greatestId !== undefined && best.losesTies(greatestId);
    }
  }

  #judge(unit: number): void {
    const { units } = this.searched;
    const { values } = units.links, start = units.links.start(unit), end = start + units.links.length(unit);
    const marks = this.searched.marks.values;
    let shared = 0, contexts = 0;
    for (let at = start; at < end; at++) {
      const link = values[at]!;
      const mark = marks[textOf(link)]!;
      if (mark === 0) continue;
      if (mark !== DOMAIN_MARK) contexts |= mark;
      else if (roleOf(link) !== Role.foundOnly) shared++;
    }
    const union = units.domainCount(unit) + this.query.domains.length - shared;
    const relevance = weightedRelevance({ shared, union, contexts: BITS_SET[contexts]! });
    this.#best.offer(unit, relevance * units.weight(unit));
  }

  /** The bits of a context's texts in a sketch: zero where no unit knows them. */
  #mark(kind: keyof typeof CONTEXT_MARKS, texts: readonly string[]): number {
    let mask = 0;
    for (const text of texts) {
      const number = this.searched.dictionary.find(kind, text);
      if (number === undefined) continue;
      this.searched.marks.set(number, CONTEXT_MARKS[kind]);
      mask |= contextBit(number);
    }
    return mask;
  }
}

const boundsByDomains = new Map<number, Float64Array>();

/**
 * The greatest relevance of a unit by what its sketch tells, for a query of so many domains: [further domains shared][contexts
 * matched][number of the unit's domains]. The fewer domains it has, the greater; more than can be told count as that many.
 */
function boundsFor(domains: number): Float64Array {
  const known = boundsByDomains.get(domains);
  if (known !== undefined) return known;
  const bounds = new Float64Array(domains * CONTEXTS * COUNTS);
  for (let shared = 1; shared <= domains; shared++) {
    for (let contexts = 0; contexts < CONTEXTS; contexts++) {
      for (let count = 0; count < COUNTS; count++) {
        const union = Math.max(count, shared) + domains - shared;
        const at = ((shared - 1) * CONTEXTS + contexts) * COUNTS + count;
        bounds[at] = weightedRelevance({ shared, union, contexts });
      }
    }
  }
  boundsByDomains.set(domains, bounds);
  return bounds;
}
