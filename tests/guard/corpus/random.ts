/** A source of numbers that is the same on every run. */
export interface Random {
  /** An integer from 0 up to, not including, the bound. */
  below(bound: number): number;
  /** One item of a list that has at least one. */
  pick<T>(items: readonly T[]): T;
  /** Characters of an alphabet. */
  chars(alphabet: string, length: number): string;
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

/** The 32-bit FNV-1a hash of a text, with its bits mixed: even its lowest bit depends on all of the text. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Numbers that only the seed decides. */
export function seededRandom(seed: string): Random {
  let state = hashOf(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (bound: number): number => Math.floor((next() / 0x1_0000_0000) * bound);
  return {
    below,
    pick: <T>(items: readonly T[]): T => items[below(items.length)]!,
    chars: (alphabet, length) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join(""),
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
  };
}
