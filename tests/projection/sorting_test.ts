import { deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { sorted } from "../../src/projection/sorting.ts";

type Order = (a: number, b: number) => number;

/** What sorting gives, and in how many slices. */
function drained(entries: readonly number[], order: Order): { inOrder: number[]; slices: number } {
  const sorting = sorted(Uint32Array.from(entries), order);
  let slices = 1;
  for (;;) {
    const { done, value } = sorting.next();
    if (done === true) return { inOrder: [...value], slices };
    slices++;
  }
}

const up: Order = (a, b) => a - b;
const down: Order = (a, b) => b - a;

/** Around the lengths at which another run, and another round of merging, begins. */
const LENGTHS = [0, 1, 2, 4_095, 4_096, 4_097, 8_192, 8_193, 12_289, 16_384, 40_000];

Deno.test("entries of any number are sorted by any order", () => {
  for (const length of LENGTHS) {
    const entries = Array.from({ length }, (_, index) => index * 48_271 % 2_147_483_647 >>> 3);
    for (const order of [up, down]) {
      for (const given of [entries, entries.toSorted(up), entries.toSorted(down), entries.map(() => 7)]) {
        deepEqual(drained(given, order).inOrder, given.toSorted(order), `${length}`);
      }
    }
  }
});

Deno.test("entries that no order tells apart are all kept", () => {
  const byTens: Order = (a, b) => Math.trunc(a / 10) - Math.trunc(b / 10);
  fc.assert(
    fc.property(fc.array(fc.nat(200), { minLength: 4_000, maxLength: 9_000, size: "max" }), (entries) => {
      const { inOrder } = drained(entries, byTens);
      deepEqual(inOrder.toSorted(up), entries.toSorted(up));
      ok(inOrder.every((entry, index) => index === 0 || byTens(inOrder[index - 1]!, entry) <= 0));
    }),
    { numRuns: 10 },
  );
});

Deno.test("others may run after every few thousand entries that were sorted, and every few ten thousand that were merged", () => {
  const { slices } = drained(Array.from({ length: 200_000 }, (_, index) => (index * 7_919) % 200_003), up);
  const runs = 200_000 / 4_096, rounds = Math.ceil(Math.log2(runs));
  ok(slices > runs + rounds * 200_000 / 32_768 - rounds, `${slices} slices`);
});
