import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { ranked } from "../../src/knowledge/ranking.ts";
import type { Query } from "../../src/knowledge/scoring.ts";
import { doubtOf, doubtWeight } from "../../src/knowledge/standing.ts";
import type { RankingFacts, UnitFacts } from "../../src/projection/facts.ts";
import { Projection } from "../../src/projection/projection.ts";

const DOUBTS = { confirmWithin_days: 30 };

interface Stored {
  readonly id: string;
  readonly ranking: RankingFacts;
}

function factsOf({ id, ranking }: Stored): UnitFacts {
  return { id, status: "approved", tier: "private", createdDay: 1, reviewedDay: 1, ranking };
}

function projectionOf(units: readonly Stored[], today = 0): Projection {
  const projection = new Projection(DOUBTS);
  projection.turnTo(today);
  for (const unit of units) projection.put(factsOf(unit));
  for (const _ of projection.listAll());
  return projection;
}

/** The contract, word for word: every candidate scored, then sorted. */
function oracle(
  units: Iterable<Stored>,
  query: Query,
  { limit, today = 0 }: { limit: number; today?: number },
): string[] {
  const wanted = new Set(query.domains);
  const candidates = [...units]
    .filter(({ ranking }) => ranking.rows.some((row) => wanted.has(row)))
    .map(({ id, ranking }) => ({
      id,
      facts: { ...ranking, confidence: ranking.confidence! },
      weight: doubtWeight(doubtOf(ranking, DOUBTS, today)),
    }));
  return ranked(candidates, query).slice(0, limit).map(({ id }) => id);
}

/** Shapes of stores in which bounds, ties and skipping are most likely to go wrong. */
interface Shape {
  readonly name: string;
  readonly tags: number;
  readonly perUnit: number;
  readonly languages: number;
  readonly confidence: fc.Arbitrary<number>;
  readonly common?: string;
}

const earned = fc.constantFrom(0, 0.05, 0.35, 0.5, 0.6, 0.7, 0.5499999999999999, 0.9, 1);
const anyConfidence = fc.double({ min: 0, max: 1, noNaN: true });
const SHAPES: readonly Shape[] = [
  { name: "earned confidences", tags: 6, perUnit: 4, languages: 3, confidence: earned },
  { name: "all confidences equal", tags: 5, perUnit: 3, languages: 2, confidence: fc.constant(0.5) },
  { name: "all confidences zero", tags: 5, perUnit: 3, languages: 2, confidence: fc.constant(0) },
  { name: "all confidences different", tags: 6, perUnit: 4, languages: 3, confidence: anyConfidence },
  { name: "one tag on everything", tags: 5, perUnit: 3, languages: 2, confidence: earned, common: "all" },
  { name: "fifty tags on a unit", tags: 70, perUnit: 50, languages: 3, confidence: earned },
  { name: "thousands of languages", tags: 4, perUnit: 3, languages: 5_000, confidence: earned },
];

function tag(count: number): fc.Arbitrary<string> {
  return fc.nat(count - 1).map((number) => `tag${number}`);
}

function storedUnits(shape: Shape, isIrregular: boolean): fc.Arbitrary<Stored[]> {
  const domains = fc.array(tag(shape.tags), { minLength: 1, maxLength: shape.perUnit, size: "max" }).map((
    list,
  ) => shape.common === undefined ? list : [shape.common, ...list]);
  const ranking = fc.record({
    domains,
    rows: isIrregular ? fc.option(domains, { nil: undefined }) : fc.constant(undefined),
    languages: fc.array(fc.nat(shape.languages - 1).map(String), { maxLength: 3 }),
    frameworks: fc.array(fc.constantFrom("deno", "react", "0"), { maxLength: 2 }),
    pattern: fc.constantFrom("", "retry", "Retry", "cache"),
    confidence: shape.confidence,
    unansweredFlags: fc.constantFrom(0, 0, 0, 1, 300),
    freshDay: fc.constantFrom(undefined, 0, 10, 20),
  }).map(({ rows, ...rest }) => ({ ...rest, rows: [...new Set(rows ?? rest.domains)] }));
  return fc.array(ranking, { maxLength: 700, size: "max" }).map((list) =>
    list.map((item, index) => ({
      id: idOf(index * 7919 % 1009),
      ranking: item,
    }))
  );
}

/** Ids of the usual form that begin alike or not, and ids of any other form. */
function idOf(number: number): string {
  const digits = (number * 40_503 % 0x1_0000).toString(16).padStart(4, "0");
  const forms = [`ku_${digits.padStart(32, "0")}`, `ku_${digits.repeat(8)}`, `ku_${digits}`, `KU-${digits}`];
  return forms[number % forms.length]!;
}

function queries(shape: Shape): fc.Arbitrary<{ query: Query; limit: number }> {
  const names = fc.oneof({ weight: 9, arbitrary: tag(shape.tags) }, {
    weight: 2,
    arbitrary: fc.constantFrom("all", "unknown"),
  });
  return fc.record({
    query: fc.record({
      domains: fc.uniqueArray(names, { minLength: 1, maxLength: 6 }),
      languages: fc.array(fc.nat(shape.languages - 1).map(String), { maxLength: 3 }),
      frameworks: fc.array(fc.constantFrom("deno", "react", "vue"), { maxLength: 2 }),
      pattern: fc.constantFrom("", "RETRY", "cache", "none"),
    }),
    limit: fc.integer({ min: 1, max: 50 }),
  });
}

for (const shape of SHAPES) {
  for (const isIrregular of [false, true]) {
    const rows = isIrregular ? "domain rows that differ from the JSON" : "the domain rows of the JSON";
    Deno.test(`the index finds what the contract's formula finds: ${shape.name}, ${rows}`, () => {
      const many = fc.array(queries(shape), { minLength: 10, maxLength: 10 });
      fc.assert(
        fc.property(storedUnits(shape, isIrregular), many, (units, asked) => {
          const projection = projectionOf(units);
          for (const { query, limit } of asked) {
            deepEqual(projection.search(query, limit), oracle(units, query, { limit }));
          }
        }),
        { numRuns: 40 },
      );
    });
  }
}

type Step = { readonly kind: "put"; readonly unit: Stored } | {
  readonly kind: "remove" | "hide" | "turn";
  at: number;
};

Deno.test("the index goes on finding it while units come, change, hide and go, and days pass", () => {
  const shape = SHAPES[0]!;
  const steps = (units: readonly Stored[]): fc.Arbitrary<Step[]> =>
    fc.array(
      fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...units).map((unit): Step => ({ kind: "put", unit })) },
        { weight: 2, arbitrary: fc.nat(700).map((at): Step => ({ kind: "remove", at })) },
        { weight: 1, arbitrary: fc.nat(700).map((at): Step => ({ kind: "hide", at })) },
        { weight: 1, arbitrary: fc.nat(80).map((at): Step => ({ kind: "turn", at })) },
      ),
      { minLength: 50, maxLength: 400, size: "max" },
    );
  const story = storedUnits(shape, true).filter((units) => units.length > 0).chain((units) =>
    fc.record({
      units: fc.constant(units),
      steps: steps(units),
      asked: fc.array(queries(shape), { minLength: 8 }),
    })
  );
  fc.assert(
    fc.property(story, ({ units, steps, asked }) => {
      const projection = projectionOf(units.slice(0, units.length / 2));
      const stored = new Map(units.slice(0, units.length / 2).map((unit) => [unit.id, unit]));
      const shown = new Map(stored);
      let today = 0;
      for (const [index, step] of steps.entries()) {
        if (step.kind === "put") {
          // Another unit's content under this id: domains, context and confidence all change.
          const unit = { id: units[(index * 31) % units.length]!.id, ranking: step.unit.ranking };
          projection.put(factsOf(unit));
          stored.set(unit.id, unit);
          shown.set(unit.id, unit);
          continue;
        }
        if (step.kind === "turn") {
          today = step.at;
          const turned = projection.turnTo(today);
          // Whoever is found unreadable is hidden again when it is shown.
          for (const id of turned) if (stored.has(id)) shown.set(id, stored.get(id)!);
          continue;
        }
        const { id } = units[step.at % units.length]!;
        shown.delete(id);
        if (step.kind === "hide") projection.hide(id);
        else {
          projection.remove(id);
          stored.delete(id);
        }
      }
      for (const { query, limit } of asked) {
        deepEqual(projection.search(query, limit), oracle(shown.values(), query, { limit, today }));
      }
      equal(projection.statusCount("approved"), stored.size);
    }),
    { numRuns: 60 },
  );
});

Deno.test("all units are put into their lists in steps of a bounded number of them", () => {
  const ranking = {
    rows: ["a"],
    domains: ["a"],
    languages: [],
    frameworks: [],
    pattern: "",
    confidence: 0.5,
  };
  const stepsFor = (count: number): number => {
    const projection = new Projection(DOUBTS);
    for (let unit = 0; unit < count; unit++) {
      projection.put(
        factsOf({ id: `ku_${unit}`, ranking: { ...ranking, unansweredFlags: 0, freshDay: undefined } }),
      );
    }
    return [...projection.listAll()].length;
  };
  const few = stepsFor(20_000), many = stepsFor(60_000);
  // Each of them is looked at, sorted and listed.
  ok(many - few >= 40_000 / 20_000 + 40_000 / 4_096 + 40_000 / 2_000, `${few} steps, then ${many}`);
});
