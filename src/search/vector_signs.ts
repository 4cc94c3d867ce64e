const BITS = 32;

/** How many words the signs of a vector take. */
export function wordsFor(dimension: number): number {
  return Math.ceil(dimension / BITS);
}

/**
 * The signs of a vector, a bit each. The share of signs in which two vectors differ grows with the angle between them, and counting
 * them takes a tenth of the time of a cosine.
 */
export function signsOf(vector: Float32Array): Uint32Array {
  const signs = new Uint32Array(wordsFor(vector.length));
  for (let index = 0; index < vector.length; index++) {
    if (vector[index]! > 0) signs[index >>> 5]! |= 1 << (index & 31);
  }
  return signs;
}

/** In how many signs a vector differs from the one whose signs stand in `block` from `offset` on. */
export function signDistance(signs: Uint32Array, block: Uint32Array, offset: number): number {
  let distance = 0;
  for (let word = 0; word < signs.length; word++) distance += bitsIn(signs[word]! ^ block[offset + word]!);
  return distance;
}

/** How many bits of a word are set: sums of neighbours, then of pairs, nibbles and bytes. */
function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
