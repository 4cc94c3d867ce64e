import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { BLOCK_ENTRIES, ENTRY_WORDS, Postings, type Sketch, unitAt } from "../../src/projection/postings.ts";

function sketchOf(unit: number): Sketch {
  return { domains: Math.imul(unit, 2_654_435_761) >>> 0, context: Math.imul(unit, 40_503) >>> 0 };
}

/** Neither up nor down. */
function order(a: number, b: number): number {
  return (Math.imul(a, 0x9e37_79b1) >>> 8) - (Math.imul(b, 0x9e37_79b1) >>> 8) || a - b;
}

function insert(postings: Postings, unit: number): void {
  postings.insert(unit, sketchOf(unit));
}

/** Checks that exactly these units are there, in order, each with its sketch, in blocks of the size they may have. */
function check(postings: Postings, units: Iterable<number>): void {
  const expected = [...units].sort(order);
  equal(postings.size, expected.length);
  const found = postings.blocks.flatMap((block) =>
    Array.from({ length: block.count }, (_, at) => unitAt(block, at))
  );
  deepEqual(found, expected);
  for (const { count, entries } of postings.blocks) {
    ok(count > 0 && count <= BLOCK_ENTRIES, `a block of ${count}`);
    ok(entries.length >= count * ENTRY_WORDS);
    for (let at = 0; at < count; at++) {
      const [unit, domains, context] = entries.subarray(at * ENTRY_WORDS);
      deepEqual({ domains, context }, sketchOf(unit!));
    }
  }
}

Deno.test("units that come in order fill one block after the other", () => {
  const postings = new Postings(order);
  const units = Array.from({ length: 3 * BLOCK_ENTRIES + 1 }, (_, unit) => unit).sort(order);
  for (const unit of units) insert(postings, unit);
  check(postings, units);
  deepEqual(postings.blocks.map(({ count }) => count), [BLOCK_ENTRIES, BLOCK_ENTRIES, BLOCK_ENTRIES, 1]);
});

Deno.test("units that come against the order, or without any, split blocks that are full", () => {
  for (const direction of [-1, 0]) {
    const postings = new Postings(order);
    const units = Array.from({ length: 5 * BLOCK_ENTRIES }, (_, unit) => unit);
    if (direction === -1) units.sort((a, b) => order(b, a));
    for (const unit of units) insert(postings, unit);
    check(postings, units);
    ok(postings.blocks.length <= 10, `${postings.blocks.length} blocks`);
  }
});

Deno.test("blocks that became small are joined, and nothing is left of a list that is emptied", () => {
  const units = Array.from({ length: 20 * BLOCK_ENTRIES }, (_, unit) => unit);
  for (const going of [units, units.toSorted(order), units.toSorted((a, b) => order(b, a))]) {
    const postings = new Postings(order);
    for (const unit of units) insert(postings, unit);
    const left = new Set(units);
    for (const unit of going) {
      if (unit % 50 === 0) continue;
      postings.remove(unit);
      left.delete(unit);
    }
    check(postings, left);
    ok(postings.blocks.length <= 4, `${left.size} units in ${postings.blocks.length} blocks`);
    for (const unit of left) postings.remove(unit);
    check(postings, []);
    deepEqual(postings.blocks, []);
    insert(postings, 5);
    check(postings, [5]);
  }
});

Deno.test("whatever comes and goes in whatever order, the rest stays in order", () => {
  const changes = fc.array(fc.nat(1_500), { minLength: 500, maxLength: 3_000, size: "max" });
  fc.assert(
    fc.property(changes, (units) => {
      const postings = new Postings(order), there = new Set<number>();
      for (const [index, unit] of units.entries()) {
        if (there.has(unit)) {
          postings.remove(unit);
          there.delete(unit);
        } else {
          insert(postings, unit);
          there.add(unit);
        }
        if (index % 400 === 0) check(postings, there);
      }
      check(postings, there);
    }),
    { numRuns: 20 },
  );
});
