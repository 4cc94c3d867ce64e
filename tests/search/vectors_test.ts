import { deepEqual, equal, ok } from "node:assert/strict";
import { array, assert, constantFrom, float, integer, property, record } from "fast-check";
import { VECTOR_BLOCK } from "../../src/limits.ts";
import { VectorMemory } from "../../src/search/vector_memory.ts";
import { cosine, decodeVector, encodeVector, normalised } from "../../src/search/vectors.ts";

const numbers = (length: number): ReturnType<typeof array<number>> =>
  array(float({ min: -1000, max: 1000, noNaN: true }), { minLength: length, maxLength: length });

Deno.test("a vector of length 1 points where its numbers do; without a direction there is none", () => {
  deepEqual([...normalised(Float64Array.of(3, -4))!], [...Float32Array.of(0.6, -0.8)]);
  for (const values of [[0, 0], [NaN, 1], [Infinity, 1], [1e200, 1e200]]) {
    equal(normalised(Float64Array.from(values)), undefined);
  }
});

Deno.test("stored vectors are little-endian 32-bit floats, and read back as they were", () => {
  deepEqual([...encodeVector(Float32Array.of(1, -2))], [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
  assert(property(numbers(7), (values) => {
    const vector = Float32Array.from(values);
    const target = new Float32Array(9);
    // A driver may give bytes out of the midst of others.
    const shifted = Uint8Array.of(1, ...encodeVector(vector)).subarray(1);
    decodeVector(shifted, target, 2);
    deepEqual(target.subarray(2), vector);
  }));
});

Deno.test("the cosine is that of the angle, in any dimension", () => {
  assert(
    property(
      integer({ min: 1, max: 11 }).chain((length) => array(numbers(length), { minLength: 2, maxLength: 2 })),
      (pair) => {
        const [a, b] = pair.map((values) => normalised(Float64Array.from(values)));
        if (a === undefined || b === undefined) return;
        const expected = a.reduce((sum, value, index) => sum + value * b[index]!, 0);
        ok(Math.abs(cosine(a, b) - expected) < 1e-6);
      },
    ),
  );
});

function keep(memory: VectorMemory, id: string, vector: readonly number[]): boolean {
  return memory.put(id, encodeVector(normalised(Float64Array.from(vector))!));
}

Deno.test("memory finds exactly the nearest, after any puts, changes and removals", async () => {
  const step = record({
    id: integer({ min: 0, max: 2 * VECTOR_BLOCK }),
    angle: integer({ min: 0, max: 628 }),
    kind: constantFrom("put", "put", "remove"),
  });
  const memory = new VectorMemory({ dimension: 2, memoryMax_bytes: 1e6 });
  const expected = new Map<string, number>();
  assert(property(array(step, { minLength: 50, maxLength: 100 }), (steps) => {
    for (const { id, angle, kind } of steps) {
      if (kind === "remove") {
        expected.delete(`${id}`);
        memory.remove(`${id}`);
      } else {
        expected.set(`${id}`, Math.cos(angle / 100));
        keep(memory, `${id}`, [Math.cos(angle / 100), Math.sin(angle / 100)]);
      }
    }
  }));
  ok(expected.size > VECTOR_BLOCK / 4);
  const sorted = [...expected].sort((a, b) => b[1] - a[1]).map(([id]) => id);
  const far = sorted.at(-1)!;
  const found = await memory.nearest(Float32Array.of(1, 0), {
    limit: 20,
    among: [far, sorted[0]!, "not there"],
  });
  const nearest = sorted.slice(0, 20);
  equal(found.length, 21);
  deepEqual(
    found.map(({ similarity }) => similarity.toFixed(5)),
    [...nearest, far].map((id) => expected.get(id)!.toFixed(5)),
  );
  for (const { id, similarity } of found) ok(Math.abs(similarity - expected.get(id)!) < 1e-6);
});

Deno.test("memory takes no more than it may, and what it has can change", () => {
  const memory = new VectorMemory({ dimension: 2, memoryMax_bytes: 17 });
  deepEqual(["a", "b", "c"].map((id) => keep(memory, id, [1, 0])), [true, true, false]);
  deepEqual([keep(memory, "a", [0, 1]), memory.has("a"), memory.has("c")], [true, true, false]);
  memory.remove("a");
  deepEqual([memory.has("a"), keep(memory, "c", [1, 0])], [false, true]);
});
