import {
  type Doubt,
  doubtOf,
  type DoubtPolicy,
  doubtWeight,
  isStale,
  type Standing,
} from "../knowledge/standing.ts";
import { cleanDomains } from "../wire/text.ts";
import type { Counted } from "./census.ts";
import { firstLength, grown, Lists } from "./columns.ts";
import type { Dictionary } from "./dictionary.ts";
import type { UnitFacts } from "./facts.ts";
import { Ids } from "./ids.ts";
import type { Sketch } from "./postings.ts";

/** How a unit and one of its texts belong together: the two lowest bits of a link, the text's number is above them. */
export const Role = {
  /** A domain by which the unit is found and judged. */
  domain: 0,
  /** A domain of its JSON that has no row: by it the unit is judged, not found. */
  judgedOnly: 1,
  /** A domain row that its JSON does not have: by it the unit is found, not judged. */
  foundOnly: 2,
  /** A language, a framework or the pattern. */
  context: 3,
} as const;

const ROLE_BITS = 2;
const NO_DAY = -0x8000_0000;
const DOMAINS_TOLD = 15;
const FLAGS_TOLD = 255;
/** Bits of a sketch's domain word that stand for domains; those above them tell how many there are. */
export const DOMAIN_BITS = 28;

export function roleOf(link: number): number {
  return link & 3;
}

export function textOf(link: number): number {
  return link >>> ROLE_BITS;
}

/** What is known of every unit, in columns: a unit is the number of its place in them. */
export class Units {
  readonly ids = new Ids();
  readonly #links = new Lists();
  #confidence = new Float64Array(firstLength(7));
  #domainCount = new Uint32Array(firstLength(8));
  #status = new Uint32Array(firstLength(9));
  #tier = new Uint32Array(firstLength(10));
  #createdDay = new Int32Array(firstLength(11));
  #reviewedDay = new Int32Array(firstLength(12));
  #isApproved = new Uint8Array(firstLength(13));
  #unansweredFlags = new Uint8Array(firstLength(14));
  #freshDay = new Int32Array(firstLength(15));
  /** Confidence as it counts in a rank: less while the unit is in doubt. */
  #weight = new Float64Array(firstLength(16));
  #today = 0;

  constructor(private readonly dictionary: Dictionary, private readonly doubts: DoubtPolicy | undefined) {}

  /** NaN where it is no number. */
  confidence(unit: number): number {
    return this.#confidence[unit]!;
  }

  /** Its confidence, less what doubts take from it: what a relevance is multiplied by. */
  weight(unit: number): number {
    return this.#weight[unit]!;
  }

  standing(unit: number): Standing {
    return { unansweredFlags: this.#unansweredFlags[unit]!, freshDay: dayOf(this.#freshDay[unit]!) };
  }

  doubt(unit: number): Doubt {
    return doubtOf(this.standing(unit), this.doubts, this.#today);
  }

  /** The units that count otherwise on another day. */
  turningOn(today: number): number[] {
    const { doubts } = this;
    if (doubts === undefined) return [];
    const turning: number[] = [];
    for (let unit = 0; unit < this.ids.size; unit++) {
      const freshDay = this.#freshDay[unit]!;
      if (freshDay === NO_DAY || !this.ids.has(unit)) continue;
      if (isStale(freshDay, doubts, today) !== isStale(freshDay, doubts, this.#today)) turning.push(unit);
    }
    return turning;
  }

  /** Weighs units as of another day, which is today from now on. */
  reweigh(units: readonly number[], today: number): void {
    this.#today = today;
    for (const unit of units) this.#weigh(unit);
  }

  /** How many domains its JSON has. */
  domainCount(unit: number): number {
    return this.#domainCount[unit]!;
  }

  isApproved(unit: number): boolean {
    return this.#isApproved[unit] === 1;
  }

  /** Whether a reader would accept its confidence; a unit that nobody can be shown needs no rank. */
  isRankable(unit: number): boolean {
    return this.isApproved(unit) && this.#confidence[unit]! >= 0 && this.#confidence[unit]! <= 1;
  }

  /** Its texts with their roles. */
  get links(): Lists {
    return this.#links;
  }

  /** The order of an answer among units of the same relevance: weight falling, then id falling. */
  readonly order = (a: number, b: number): number => {
    const difference = this.#weight[b]! - this.#weight[a]!;
    if (difference !== 0) return difference;
    return this.ids.compare(b, a);
  };

  add(facts: UnitFacts): number {
    const unit = this.ids.add(facts.id);
    this.#write(unit, facts, []);
    return unit;
  }

  replace(unit: number, facts: UnitFacts): void {
    this.#write(unit, facts, this.#textNumbers(unit));
  }

  remove(unit: number): void {
    for (const number of this.#textNumbers(unit)) this.dictionary.release(number);
    this.#links.set(unit, []);
    this.ids.remove(unit);
  }

  /** What the census counts of a unit. */
  counted(unit: number): Counted {
    const status = this.#status[unit]!, tier = this.#tier[unit]!;
    const createdDay = dayOf(this.#createdDay[unit]!), reviewedDay = dayOf(this.#reviewedDay[unit]!);
    const counted = { status, tier, createdDay, reviewedDay };
    if (!this.isApproved(unit)) return counted;
    return { ...counted, approved: { rows: this.rows(unit), confidence: this.confidence(unit) } };
  }

  /** The domains by which a unit is found. */
  rows(unit: number): number[] {
    const rows: number[] = [];
    this.#eachLink(unit, (link) => {
      if (roleOf(link) === Role.domain || roleOf(link) === Role.foundOnly) rows.push(textOf(link));
    });
    return rows;
  }

  /** All domains by which a unit is found or judged. */
  domains(unit: number): string[] {
    const domains: string[] = [];
    this.#eachLink(unit, (link) => {
      if (roleOf(link) !== Role.context) domains.push(this.dictionary.textOf(textOf(link)));
    });
    return domains;
  }

  /** Whether it is judged by a domain that a query can name and by which it is not found: old or foreign rows may. */
  isIrregular(unit: number): boolean {
    let isIrregular = false;
    this.#eachLink(unit, (link) => {
      if (roleOf(link) !== Role.judgedOnly) return;
      const domain = this.dictionary.textOf(textOf(link));
      isIrregular ||= cleanDomains([domain])[0] === domain;
    });
    return isIrregular;
  }

  sketch(unit: number): Sketch {
    let domains = 0, context = 0;
    this.#eachLink(unit, (link) => {
      if (roleOf(link) === Role.context) context |= contextBit(textOf(link));
      else domains |= domainBit(textOf(link));
    });
    const told = Math.min(this.#domainCount[unit]!, DOMAINS_TOLD);
    return { domains: (domains | told << DOMAIN_BITS) >>> 0, context: context >>> 0 };
  }

  #write(unit: number, facts: UnitFacts, before: readonly number[]): void {
    this.#grow(unit + 1);
    const { dictionary } = this;
    this.#status[unit] = dictionary.acquire("status", facts.status);
    this.#tier[unit] = dictionary.acquire("tier", facts.tier);
    this.#createdDay[unit] = facts.createdDay ?? NO_DAY;
    this.#reviewedDay[unit] = facts.reviewedDay ?? NO_DAY;
    this.#isApproved[unit] = facts.ranking === undefined ? 0 : 1;
    this.#confidence[unit] = facts.ranking?.confidence ?? NaN;
    this.#unansweredFlags[unit] = Math.min(facts.ranking?.unansweredFlags ?? 0, FLAGS_TOLD);
    this.#freshDay[unit] = facts.ranking?.freshDay ?? NO_DAY;
    this.#weigh(unit);
    const links = linksOf(facts, dictionary);
    this.#domainCount[unit] = links.filter(isJudgedDomain).length;
    this.#links.set(unit, links);
    for (const number of before) dictionary.release(number);
  }

  #weigh(unit: number): void {
    this.#weight[unit] = this.#confidence[unit]! * doubtWeight(this.doubt(unit));
  }

  #textNumbers(unit: number): number[] {
    const numbers = [this.#status[unit]!, this.#tier[unit]!];
    this.#eachLink(unit, (link) => numbers.push(textOf(link)));
    return numbers;
  }

  // Walking through a typed array by its iterator would take several times as long.
  #eachLink(unit: number, visit: (link: number) => void): void {
    const { values } = this.#links, start = this.#links.start(unit), end = start + this.#links.length(unit);
    for (let at = start; at < end; at++) visit(values[at]!);
  }

  #grow(length: number): void {
    this.#confidence = grown(this.#confidence, length);
    this.#domainCount = grown(this.#domainCount, length);
    this.#status = grown(this.#status, length);
    this.#tier = grown(this.#tier, length);
    this.#createdDay = grown(this.#createdDay, length);
    this.#reviewedDay = grown(this.#reviewedDay, length);
    this.#isApproved = grown(this.#isApproved, length);
    this.#unansweredFlags = grown(this.#unansweredFlags, length);
    this.#freshDay = grown(this.#freshDay, length);
    this.#weight = grown(this.#weight, length);
  }
}

/** The bit of a domain in a sketch. Others may share it. */
export function domainBit(text: number): number {
  return 1 << (Math.imul(text, 0x9e37_79b1) >>> 16) % DOMAIN_BITS;
}

/** The bit of a language, a framework or a pattern in a sketch. Others may share it. */
export function contextBit(text: number): number {
  return 1 << (Math.imul(text, 0x9e37_79b1) >>> 27);
}

function dayOf(day: number): number | undefined {
  return day === NO_DAY ? undefined : day;
}

function isJudgedDomain(link: number): boolean {
  return roleOf(link) === Role.domain || roleOf(link) === Role.judgedOnly;
}

function linksOf({ ranking }: UnitFacts, dictionary: Dictionary): number[] {
  if (ranking === undefined) return [];
  const { rows, domains, languages, frameworks, pattern } = ranking;
  const links: number[] = [];
  const link = (number: number, role: number): void => {
    links.push((number << ROLE_BITS | role) >>> 0);
  };
  for (const domain of distinct(domains)) {
    link(dictionary.acquire("domain", domain), rows.includes(domain) ? Role.domain : Role.judgedOnly);
  }
  for (const row of distinct(rows)) {
    if (!domains.includes(row)) link(dictionary.acquire("domain", row), Role.foundOnly);
  }
  for (const language of distinct(languages)) link(dictionary.acquire("language", language), Role.context);
  for (const framework of distinct(frameworks)) {
    link(dictionary.acquire("framework", framework), Role.context);
  }
  if (pattern !== "") link(dictionary.acquire("pattern", pattern.toLowerCase()), Role.context);
  return links;
}

function distinct(texts: readonly string[]): readonly string[] {
  return texts.length < 2 ? texts : [...new Set(texts)];
}
