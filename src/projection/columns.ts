const GROWTH = 1.5;
/** Columns that grow side by side: no more than have a first length of their own. */
const COLUMNS_MAX = 20;

/**
 * The length that a column begins with. Columns that are filled side by side get different ones, and so are full at different times:
 * to make room for a million units in all of them at once would stand still for a tenth of a second.
 */
export function firstLength(column: number): number {
  return Math.ceil(256 * GROWTH ** (column / COLUMNS_MAX));
}

/** A typed array with at least `length` places and the same contents: room for half as many more is added. */
export function grown<A extends Float64Array | Uint32Array | Int32Array | Uint8Array>(
  array: A,
  length: number,
): A {
  if (length <= array.length) return array;
  const make = array.constructor as new (length: number) => A;
  const larger = new make(Math.ceil(Math.max(length, array.length * GROWTH)));
  larger.set(array);
  return larger;
}

/**
 * A map of texts that grows in small steps: one map of a million entries would stand still for tens of milliseconds when it
 * makes room.
 */
export class SteadyMap {
  readonly #shards = Array.from({ length: 256 }, () => new Map<string, number>());

  get(key: string): number | undefined {
    return this.#shardOf(key).get(key);
  }

  set(key: string, value: number): void {
    this.#shardOf(key).set(key, value);
  }

  delete(key: string): void {
    this.#shardOf(key).delete(key);
  }

  // Ids end in hex digits: the last two tell 256 shards apart.
  #shardOf(key: string): Map<string, number> {
    const last = key.charCodeAt(key.length - 1), before = key.charCodeAt(key.length - 2);
    return this.#shards[((before * 31) ^ last) & 255]!;
  }
}

const COMPACTION_MIN = 65_536;

/** Lists of numbers of any length, end to end in one array; what was removed is squeezed out when it is a third of it. */
export class Lists {
  #values = new Uint32Array(1024);
  #starts = new Uint32Array(firstLength(5));
  #lengths = new Uint32Array(firstLength(6));
  #end = 0;
  #removed = 0;
  #slots = 0;

  /** The array in which every list lies: valid until the next change. */
  get values(): Uint32Array {
    return this.#values;
  }

  start(slot: number): number {
    return this.#starts[slot]!;
  }

  length(slot: number): number {
    return this.#lengths[slot]!;
  }

  get(slot: number): Uint32Array {
    const start = this.#starts[slot]!;
    return this.#values.subarray(start, start + this.#lengths[slot]!);
  }

  set(slot: number, list: readonly number[]): void {
    if (slot < this.#slots) this.#removed += this.#lengths[slot]!;
    this.#slots = Math.max(this.#slots, slot + 1);
    this.#starts = grown(this.#starts, this.#slots);
    this.#lengths = grown(this.#lengths, this.#slots);
    this.#lengths[slot] = 0;
    if (this.#removed > COMPACTION_MIN && this.#removed > this.#end / 3) this.#compact();
    this.#values = grown(this.#values, this.#end + list.length);
    this.#values.set(list, this.#end);
    this.#starts[slot] = this.#end;
    this.#lengths[slot] = list.length;
    this.#end += list.length;
  }

  #compact(): void {
    const packed = new Uint32Array(this.#values.length);
    let end = 0;
    for (let slot = 0; slot < this.#slots; slot++) {
      const list = this.get(slot);
      packed.set(list, end);
      this.#starts[slot] = end;
      end += list.length;
    }
    this.#values = packed;
    this.#end = end;
    this.#removed = 0;
  }
}
