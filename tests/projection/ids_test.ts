import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { compareText } from "../../src/knowledge/ranking.ts";
import { IDS_SPELLED_MAX } from "../../src/limits.ts";
import { Ids } from "../../src/projection/ids.ts";
import { PlaceTable } from "../../src/projection/place_table.ts";

const hex = fc.constantFrom("00000000", "00000001", "7fffffff", "80000000", "ffffffff", "0a0b0c0d");
const usual = fc.array(hex, { minLength: 4, maxLength: 4 }).map((words) => `ku_${words.join("")}`);
const unusual = fc.oneof(
  fc.constantFrom(
    "",
    "ku_",
    "KU_" + "0".repeat(32),
    "ku_" + "A".repeat(32),
    "ku_" + "0".repeat(33),
    "é",
    "😀",
  ),
  fc.string({ unit: "binary" }),
);
const ids = fc.oneof(usual, unusual);

Deno.test("every id is found at its place, and nowhere once it is gone", () => {
  const steps = fc.array(fc.record({ id: ids, stays: fc.boolean() }), { size: "large" });
  fc.assert(fc.property(steps, (changes) => {
    const places = new Ids(), expected = new Map<string, number>();
    for (const { id, stays } of changes) {
      const place = places.find(id);
      equal(place, expected.get(id));
      if (place === undefined && stays) expected.set(id, places.add(id));
      if (place !== undefined && !stays) {
        places.remove(place);
        expected.delete(id);
      }
    }
    for (const { id } of changes) equal(places.find(id), expected.get(id));
    const there = Array.from({ length: places.size }, (_, place) => place).filter((place) =>
      places.has(place)
    );
    deepEqual(there.map((place) => [places.at(place), place]), [...expected].sort(([, a], [, b]) => a - b));
  }));
});

Deno.test("ids are compared as plain texts", () => {
  fc.assert(fc.property(ids, ids, (a, b) => {
    const places = new Ids();
    const first = places.add(a), second = a === b ? first : places.add(b);
    equal(Math.sign(places.compare(first, second)), compareText(a, b));
  }));
});

Deno.test("a place that another id gets tells that one, however many were asked for meanwhile", () => {
  const places = new Ids();
  const idOf = (number: number): string => `ku_${number.toString(16).padStart(32, "0")}`;
  for (let number = 0; number <= IDS_SPELLED_MAX; number++) {
    equal(places.at(places.add(idOf(number))), idOf(number));
  }
  places.remove(7);
  equal(places.has(7), false);
  equal(places.add("another"), 7);
  equal(places.at(7), "another");
  places.remove(7);
  equal(places.add(idOf(123_456)), 7);
  equal(places.at(7), idOf(123_456));
});

Deno.test("places with one hash are told apart, and room is made for them over and over", () => {
  for (const hashAt of [(): number => 0xffff_ffff, (place: number): number => place % 3]) {
    const table = new PlaceTable(hashAt);
    const find = (wanted: number): number | undefined =>
      table.find(hashAt(wanted), (place) => place === wanted);
    for (let round = 0; round < 5; round++) {
      for (let place = 0; place < 500; place++) table.add(place);
      for (let place = 0; place < 500; place++) equal(find(place), place);
      for (let place = 0; place < 500; place++) if (place % 7 !== round) table.delete(place);
      for (let place = 0; place < 500; place++) equal(find(place), place % 7 === round ? place : undefined);
      for (let place = round; place < 500; place += 7) table.delete(place);
    }
  }
});
