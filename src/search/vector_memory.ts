import { LOADING_SLICE_MS, VECTOR_BLOCK, VECTORS_COMPARED_MAX } from "../limits.ts";
import { Slices } from "../turns.ts";
import { signDistance, signsOf, wordsFor } from "./vector_signs.ts";
import { BYTES_EACH, cosine, decodeVector } from "./vectors.ts";

/** A unit, and how near its vector is: from -1 to 1. */
export interface Nearness {
  readonly id: string;
  readonly similarity: number;
}

/** Vectors of units in memory. */
export class VectorMemory {
  readonly #dimension: number;
  readonly #most: number;
  readonly #blocks: Float32Array[] = [];
  /** By slot, in blocks like the vectors. */
  readonly #signs: Uint32Array[] = [];
  /** By slot. A unit keeps its slot, so that a scan in slices misses none that is there all the time. */
  readonly #ids: (string | undefined)[] = [];
  readonly #slots = new Map<string, number>();
  readonly #free: number[] = [];

  constructor({ dimension, memoryMax_bytes }: { dimension: number; memoryMax_bytes: number }) {
    this.#dimension = dimension;
    this.#most = Math.floor(memoryMax_bytes / (dimension * BYTES_EACH));
  }

  has(id: string): boolean {
    return this.#slots.has(id);
  }

  /** Keeps a stored vector; tells whether there was room for it. */
  put(id: string, bytes: Uint8Array): boolean {
    let slot = this.#slots.get(id);
    if (slot === undefined) {
      if (this.#slots.size >= this.#most) return false;
      slot = this.#free.pop() ?? this.#ids.length;
      this.#slots.set(id, slot);
      this.#ids[slot] = id;
    }
    const [at, place] = [Math.floor(slot / VECTOR_BLOCK), slot % VECTOR_BLOCK];
    const block = this.#blocks[at] ??= new Float32Array(VECTOR_BLOCK * this.#dimension);
    const words = wordsFor(this.#dimension);
    const signs = this.#signs[at] ??= new Uint32Array(VECTOR_BLOCK * words);
    const start = place * this.#dimension;
    decodeVector(bytes, block, start);
    signs.set(signsOf(block.subarray(start, start + this.#dimension)), place * words);
    return true;
  }

  remove(id: string): void {
    const slot = this.#slots.get(id);
    if (slot === undefined) return;
    this.#slots.delete(id);
    this.#ids[slot] = undefined;
    this.#free.push(slot);
  }

  /**
   * How near the `limit` nearest units are, and those of `among` that have a vector. Of more than {@link VECTORS_COMPARED_MAX} units,
   * those are compared that agree with the vector in most signs: nearly always the nearest are among them. Leaves the event loop free
   * every few milliseconds.
   */
  async nearest(
    vector: Float32Array,
    { limit, among }: { limit: number; among: readonly string[] },
  ): Promise<Nearness[]> {
    const slices = new Slices(LOADING_SLICE_MS);
    const slots = this.#slots.size <= VECTORS_COMPARED_MAX
      ? this.#ids.keys()
      : await this.#likely(signsOf(vector), slices);
    let best: Nearness[] = [];
    let least = -Infinity;
    let compared = 0;
    for (const slot of slots) {
      if (compared++ % VECTOR_BLOCK === 0) await slices.step();
      const id = this.#ids[slot];
      if (id === undefined) continue;
      const similarity = this.#similarity(vector, slot);
      if (similarity < least) continue;
      best.push({ id, similarity });
      if (best.length < 2 * limit) continue;
      best = firsts(best, limit);
      least = best.at(-1)!.similarity;
    }
    const asked = among.flatMap((id) => {
      const slot = this.#slots.get(id);
      return slot === undefined ? [] : [{ id, similarity: this.#similarity(vector, slot) }];
    });
    return [...new Map([...firsts(best, limit), ...asked].map((each) => [each.id, each])).values()];
  }

  /** The slots that agree with these signs most: as many as may be compared, and all that agree as much as the last of them. */
  async #likely(wanted: Uint32Array, slices: Slices): Promise<number[]> {
    const count = this.#ids.length;
    const distances = new Uint16Array(count);
    const slotsAt = new Uint32Array(wanted.length * 32 + 1);
    for (let first = 0; first < count; first += VECTOR_BLOCK) {
      await slices.step();
      const signs = this.#signs[first / VECTOR_BLOCK]!;
      for (let slot = first; slot < Math.min(first + VECTOR_BLOCK, count); slot++) {
        const distance = signDistance(wanted, signs, (slot - first) * wanted.length);
        distances[slot] = distance;
        slotsAt[distance]!++;
      }
    }
    let furthest = 0;
    for (let sum = slotsAt[0]!; sum < VECTORS_COMPARED_MAX && furthest < slotsAt.length - 1;) {
      sum += slotsAt[++furthest]!;
    }
    const likely: number[] = [];
    for (let slot = 0; slot < count; slot++) if (distances[slot]! <= furthest) likely.push(slot);
    return likely;
  }

  #similarity(vector: Float32Array, slot: number): number {
    const block = this.#blocks[Math.floor(slot / VECTOR_BLOCK)]!;
    return cosine(vector, block, slot % VECTOR_BLOCK * this.#dimension);
  }
}

function firsts(units: Nearness[], limit: number): Nearness[] {
  return units.sort((a, b) => b.similarity - a.similarity || (a.id < b.id ? 1 : -1)).slice(0, limit);
}
