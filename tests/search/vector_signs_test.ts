import { deepEqual, equal, ok } from "node:assert/strict";
import { VECTORS_COMPARED_MAX } from "../../src/limits.ts";
import { VectorMemory } from "../../src/search/vector_memory.ts";
import { signDistance, signsOf } from "../../src/search/vector_signs.ts";
import { encodeVector, normalised } from "../../src/search/vectors.ts";
import { seededRandom } from "../../bench/random.ts";

const DIMENSION = 96;
const random = seededRandom(7);

function around(centre: ArrayLike<number>, spread: number): Float32Array {
  return normalised(Float64Array.from(centre, (value) => value + spread * (random() - 0.5)))!;
}

function anywhere(): Float32Array {
  return around(new Float64Array(DIMENSION), 1);
}

Deno.test("vectors differ in as many signs as they have numbers of another sign, whatever their dimension", () => {
  const [a, b] = [new Float32Array(70).fill(1), new Float32Array(70).fill(1)];
  for (const index of [0, 31, 32, 63, 64, 69]) b[index] = -1;
  const signs = signsOf(b);
  const block = new Uint32Array(2 * signs.length);
  block.set(signs, signs.length);
  equal(signDistance(signsOf(a), block, signs.length), 6);
  equal(signDistance(signsOf(b), block, signs.length), 0);
});

Deno.test("of more vectors than are compared, the nearest are found, nearest first", async () => {
  const memory = new VectorMemory({ dimension: DIMENSION, memoryMax_bytes: 2 ** 30 });
  const topics = Array.from({ length: 40 }, anywhere);
  const count = 3 * VECTORS_COMPARED_MAX;
  const vectors = Array.from({ length: count }, (_, n) => around(topics[n % topics.length]!, 0.25));
  vectors.forEach((vector, n) => memory.put(String(n), encodeVector(vector)));
  let found = 0;
  for (const topic of topics) {
    const wanted = around(topic, 0.1);
    const exact = vectors.map((vector, n) => ({
      id: String(n),
      similarity: vector.reduce((sum, value, index) => sum + value * wanted[index]!, 0),
    })).sort((a, b) => b.similarity - a.similarity).slice(0, 10).map(({ id }) => id);
    const nearest = await memory.nearest(wanted, { limit: 10, among: [] });
    const similarities = nearest.map(({ similarity }) => similarity);
    deepEqual(similarities, similarities.toSorted((a, b) => b - a));
    const ids = new Set(nearest.map(({ id }) => id));
    found += exact.filter((id) => ids.has(id)).length;
  }
  ok(found / (10 * topics.length) > 0.95, `${found} of ${10 * topics.length}`);
});
