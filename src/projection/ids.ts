import { compareText } from "../knowledge/ranking.ts";
import { IDS_SPELLED_MAX } from "../limits.ts";
import { firstLength, grown, SteadyMap } from "./columns.ts";
import { PlaceTable } from "./place_table.ts";

/** How the server spells ids. Other programs may use any text. */
const USUAL_ID = /^ku_[0-9a-f]{32}$/;
const PREFIX = "ku_";
const WORDS = 4;
const DIGITS = 8;
const Kind = { none: 0, usual: 1, text: 2 } as const;

/**
 * The ids of units, each at a place of its own: the number of the unit everywhere else. Ids of the usual form are kept as four words
 * outside of the heap that is collected. As texts, a million of them would have each collection stand still for tens of milliseconds.
 */
export class Ids {
  readonly #words = Array.from({ length: WORDS }, (_, word) => new Uint32Array(firstLength(word)));
  #kinds = new Uint8Array(firstLength(WORDS));
  readonly #free: number[] = [];
  readonly #usual = new PlaceTable((place) => this.#hashAt(place));
  readonly #texts = new Map<number, string>();
  readonly #byText = new SteadyMap();
  /** Ids that were asked for lately, as texts. */
  readonly #spelled = new Map<number, string>();
  /** The words of the id that is looked for. */
  readonly #wanted = new Uint32Array(WORDS);
  #size = 0;

  /** One more than the greatest place. */
  get size(): number {
    return this.#size;
  }

  has(place: number): boolean {
    return place < this.#size && this.#kinds[place] !== Kind.none;
  }

  find(id: string): number | undefined {
    return this.#readWords(id) ? this.#findWanted() : this.#byText.get(id);
  }

  /** Gives a place to an id that has none. */
  add(id: string): number {
    const place = this.#free.pop() ?? this.#size++;
    this.#kinds = grown(this.#kinds, place + 1);
    for (let word = 0; word < WORDS; word++) this.#words[word] = grown(this.#words[word]!, place + 1);
    if (this.#readWords(id)) {
      this.#kinds[place] = Kind.usual;
      for (let word = 0; word < WORDS; word++) this.#words[word]![place] = this.#wanted[word]!;
      this.#usual.add(place);
    } else {
      this.#kinds[place] = Kind.text;
      this.#texts.set(place, id);
      this.#byText.set(id, place);
    }
    return place;
  }

  /** Frees a place: another id may get it. */
  remove(place: number): void {
    if (this.#kinds[place] === Kind.usual) this.#usual.delete(place);
    else this.#byText.delete(this.#texts.get(place)!);
    this.#texts.delete(place);
    this.#spelled.delete(place);
    this.#kinds[place] = Kind.none;
    this.#free.push(place);
  }

  /** The id at a place. */
  at(place: number): string {
    const known = this.#texts.get(place) ?? this.#spelled.get(place);
    if (known !== undefined) return known;
    let id = PREFIX;
    for (const words of this.#words) id += words[place]!.toString(16).padStart(DIGITS, "0");
    if (this.#spelled.size >= IDS_SPELLED_MAX) this.#spelled.clear();
    this.#spelled.set(place, id);
    return id;
  }

  /** Compares the ids at two places as plain texts: negative where the first one comes first. */
  compare(a: number, b: number): number {
    if (this.#kinds[a] !== Kind.usual || this.#kinds[b] !== Kind.usual) {
      return compareText(this.at(a), this.at(b));
    }
    for (const words of this.#words) {
      const difference = words[a]! - words[b]!;
      if (difference !== 0) return difference;
    }
    return 0;
  }

  #readWords(id: string): boolean {
    if (!USUAL_ID.test(id)) return false;
    for (let word = 0; word < WORDS; word++) {
      const start = PREFIX.length + word * DIGITS;
      this.#wanted[word] = parseInt(id.slice(start, start + DIGITS), 16);
    }
    return true;
  }

  #findWanted(): number | undefined {
    const [a, b, c, d] = this.#words, wanted = this.#wanted;
    return this.#usual.find(
      hashOf(wanted[0]!, wanted[1]!, wanted[2]!, wanted[3]!),
      (place) =>
        a![place] === wanted[0] && b![place] === wanted[1] && c![place] === wanted[2] &&
        d![place] === wanted[3],
    );
  }

  #hashAt(place: number): number {
    const [a, b, c, d] = this.#words;
    return hashOf(a![place]!, b![place]!, c![place]!, d![place]!);
  }
}

function hashOf(a: number, b: number, c: number, d: number): number {
  return mixed(mixed(mixed(mixed(a) ^ b) ^ c) ^ d) >>> 0;
}

function mixed(word: number): number {
  const product = Math.imul(word, 0x9e37_79b1);
  return product ^ product >>> 15;
}
