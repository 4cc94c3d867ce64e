/** A source of numbers from 0 up to 1, the same for the same seed on every machine. */
export type Random = () => number;

/** Mulberry32: small, and even enough for test data. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `min` to `max`, both included. */
export function between(random: Random, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1));
}

/** One of `items`. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)]!;
}

/** `count` different ones of what `draw` gives. */
export function distinct<T>(count: number, draw: () => T): T[] {
  const found = new Set<T>();
  while (found.size < count) found.add(draw());
  return [...found];
}

/** `length` bytes. */
export function bytes(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => between(random, 0, 255));
}

/** 32 hex digits. */
export function hex32(random: Random): string {
  let digits = "";
  for (let word = 0; word < 4; word++) {
    digits += Math.floor(random() * 2 ** 32).toString(16).padStart(8, "0");
  }
  return digits;
}

/** Draws ranks from 0 to `count` - 1; rank r is 1 / (r + 1) as likely as rank 0, as with the tags that people choose. */
export function zipf(random: Random, count: number): () => number {
  const sums: number[] = [];
  for (let rank = 0; rank < count; rank++) sums.push((sums[rank - 1] ?? 0) + 1 / (rank + 1));
  const total = sums[count - 1]!;
  return () => {
    const at = random() * total;
    let low = 0, high = count - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sums[middle]! > at) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
