const SHARDS = 256;
const EMPTY = 0, GONE = 0xffff_ffff;

/** Slots that hold a place and one, or nothing: a power of two of them. */
interface Shard {
  slots: Uint32Array;
  /** Slots that are not empty: those whose place is gone too. */
  taken: number;
  count: number;
}

/**
 * Finds places by a hash of what is there. It holds nothing but numbers, outside of the heap that is collected, in shards, of which
 * each makes room by itself: one table of a million would stand still for tens of milliseconds.
 */
export class PlaceTable {
  readonly #shards = Array.from(
    { length: SHARDS },
    (): Shard => ({ slots: new Uint32Array(8), taken: 0, count: 0 }),
  );

  /** @param hashAt the hash of what is at a place: 32 bits. */
  constructor(private readonly hashAt: (place: number) => number) {}

  /** The place with this hash that `isMatch` accepts. */
  find(hash: number, isMatch: (place: number) => boolean): number | undefined {
    const { slots } = this.#shards[hash % SHARDS]!;
    for (let at = startOf(hash, slots);; at = nextOf(at, slots)) {
      const slot = slots[at]!;
      if (slot === EMPTY) return undefined;
      if (slot !== GONE && isMatch(slot - 1)) return slot - 1;
    }
  }

  add(place: number): void {
    const hash = this.hashAt(place);
    const shard = this.#shards[hash % SHARDS]!;
    if (shard.taken >= shard.slots.length * 3 / 4) this.#makeRoom(shard);
    shard.taken++;
    shard.count++;
    take(shard.slots, hash, place);
  }

  /** Takes out a place that is in, as long as what is there is still there. */
  delete(place: number): void {
    const hash = this.hashAt(place);
    const shard = this.#shards[hash % SHARDS]!;
    let at = startOf(hash, shard.slots);
    while (shard.slots[at] !== place + 1) at = nextOf(at, shard.slots);
    shard.slots[at] = GONE;
    shard.count--;
  }

  #makeRoom(shard: Shard): void {
    let length = shard.slots.length;
    while (shard.count >= length / 2) length *= 2;
    const slots = new Uint32Array(length);
    for (const slot of shard.slots) {
      if (slot !== EMPTY && slot !== GONE) take(slots, this.hashAt(slot - 1), slot - 1);
    }
    shard.slots = slots;
    shard.taken = shard.count;
  }
}

function take(slots: Uint32Array, hash: number, place: number): void {
  let at = startOf(hash, slots);
  while (slots[at] !== EMPTY) at = nextOf(at, slots);
  slots[at] = place + 1;
}

// The bits that tell shards apart are the same for all of one shard.
function startOf(hash: number, { length }: Uint32Array): number {
  return (hash >>> 8) & (length - 1);
}

function nextOf(at: number, { length }: Uint32Array): number {
  return (at + 1) & (length - 1);
}
