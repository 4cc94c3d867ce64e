import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { CHANGES_PAGE } from "../../src/limits.ts";
import { firstLength, grown, Lists, SteadyMap } from "../../src/projection/columns.ts";

Deno.test("an array grows to what is asked, keeps its kind and contents, and is left alone where it has room", () => {
  for (
    const array of [Float64Array.of(1.5, -2), Uint32Array.of(1, 2), Int32Array.of(-1, 2), Uint8Array.of(1, 2)]
  ) {
    equal(grown(array, 2), array);
    for (const length of [3, 4, 1000]) {
      const larger = grown(array, length);
      ok(larger.length >= length);
      equal(larger.constructor, array.constructor);
      deepEqual([...larger.subarray(0, 2)], [...array]);
      ok(larger.subarray(2).every((value) => value === 0));
    }
  }
  // In steps that grow too, or a million additions would copy a million arrays.
  equal(grown(new Uint8Array(1000), 1001).length, 1500);
});

Deno.test("columns that are filled side by side grow one at a time, a page of changes at least between two of them", () => {
  const full: number[] = [];
  for (let column = 0; column < 20; column++) {
    for (
      let array = new Uint8Array(firstLength(column));
      array.length < 2_000_000;
      array = grown(array, array.length + 1)
    ) {
      // Smaller ones take no time.
      if (array.length > 50_000) full.push(array.length);
    }
  }
  full.sort((a, b) => a - b);
  ok(full.every((length, index) => index === 0 || length - full[index - 1]! > CHANGES_PAGE), full.join(" "));
});

const keys = fc.oneof(
  fc.constantFrom("", "a", "é", "😀", "ku_00", "ku_01"),
  fc.string({ unit: "binary" }),
  fc.nat(50).map((number) => `ku_${number.toString(16).padStart(32, "0")}`),
);
const entries = fc.array(fc.record({ key: keys, value: fc.option(fc.nat(), { nil: undefined }) }), {
  size: "large",
});

Deno.test("a steady map knows what a map knows", () => {
  fc.assert(fc.property(entries, (changes) => {
    const map = new Map<string, number>(), steady = new SteadyMap();
    for (const { key, value } of changes) {
      if (value === undefined) {
        map.delete(key);
        steady.delete(key);
      } else {
        map.set(key, value);
        steady.set(key, value);
      }
    }
    for (const { key } of changes) equal(steady.get(key), map.get(key), key);
  }));
});

/** The n-th of a sequence of numbers without any order. */
function noise(n: number): number {
  return Math.imul(n ^ 0x5bd1_e995, 0x9e37_79b1) >>> 8;
}

Deno.test("lists keep what they hold while others grow, shrink and are emptied, and squeeze out what was removed", () => {
  const slots = 200;
  const lists = new Lists(), expected = new Map<number, number[]>();
  let written = 0, longest = 0;
  for (let change = 0; change < 12_000; change++) {
    const slot = noise(change) % slots;
    const length = noise(change + 1) % 5 === 0 ? 0 : noise(change + 2) % 300;
    const list = Array.from({ length }, (_, index) => noise(change + index));
    lists.set(slot, list);
    expected.set(slot, list);
    written += length;
    longest = Math.max(longest, lists.values.length);
    if (change % 500 !== 0) continue;
    for (const [known, numbers] of expected) {
      deepEqual([...lists.get(known)], numbers, `change ${change}, slot ${known}`);
      const start = lists.start(known);
      deepEqual([...lists.values.subarray(start, start + lists.length(known))], numbers);
    }
  }
  ok(written > 1_000_000, `${written} numbers were written`);
  ok(longest < 250_000, `${longest} places were used`);
});
