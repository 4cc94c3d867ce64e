import { deepEqual } from "node:assert/strict";
import fc from "fast-check";
import type { Database } from "../../src/database/database.ts";
import { insertUnits, type NewUnit } from "../../src/knowledge/store.ts";
import { CONFIDENCE_EDGES } from "../../src/projection/census.ts";
import { filteredUnits, type UnitFilter } from "../../src/review/store.ts";
import { foreign } from "./derived.ts";
import { BY_BYTES, confidence, ids, type Register } from "./scenario.ts";

const STORES = 10;
const FILTERS = 40;

/** Where statistics and lists draw lines, what is next to them, and what no unit should have. */
const CONFIDENCES = [
  0,
  0.1,
  0.29,
  0.3,
  0.30000000000000004,
  0.45,
  0.5,
  0.55,
  0.6,
  0.65,
  0.7,
  0.75,
  0.8,
  0.95,
  1,
  -0.5,
  1.5,
];
const DOCUMENTS = [
  ...CONFIDENCES.map(confidence),
  "{}",
  "no JSON",
  "[]",
  '{"evidence":{"confidence":"0.9"}}',
  '{"evidence":{"confidence":null}}',
  '{"insight":{"summary":"a\\u0000b"},"evidence":{"confidence":0.9}}',
  '{"insight":{"summary":"\\\\u0000 \\ud83d"},"evidence":{"confidence":0.2}}',
];
const TIMES = [null, "", "2026-01-01", "2026-01-01T00:00:00+00:00", "2026-01-02", "soon"];
const STATUSES = ["pending", "approved", "rejected", "archived", ""];
const DOMAINS = ["d", "e", "D"];

const units = fc.uniqueArray(
  fc.record({
    id: fc.tuple(fc.constantFrom(...BY_BYTES), fc.integer({ min: 0, max: 9 })).map((parts) => parts.join("")),
    data: fc.constantFrom(...DOCUMENTS),
    status: fc.constantFrom(...STATUSES),
    created_at: fc.constantFrom(...TIMES),
    domains: fc.subarray(DOMAINS),
    reviewed_by: fc.constant(null),
    reviewed_at: fc.constant(null),
    tier: fc.constant("private"),
  }),
  { selector: ({ id }) => id, minLength: 20, maxLength: 40, size: "max" },
);

const bound = fc.option(
  fc.oneof(
    fc.constantFrom(...CONFIDENCES),
    fc.constantFrom(-1e300, 1e300, 2),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ),
  { nil: undefined },
);
const EDGES: readonly UnitFilter[] = CONFIDENCE_EDGES.flatMap((edge) => [
  { confidenceMin: edge },
  { confidenceMax: edge },
]);
const filters = fc.record({
  domain: fc.option(fc.constantFrom(...DOMAINS, "none"), { nil: undefined, freq: 1 }),
  status: fc.option(fc.constantFrom(...STATUSES, "none"), { nil: undefined, freq: 1 }),
  confidenceMin: bound,
  confidenceMax: bound,
});

/** The confidence that the contract lists a unit by. */
function listedConfidence(data: string): number {
  try {
    const value = JSON.parse(data).evidence?.confidence ?? 0.5;
    return typeof value === "number" ? value : NaN;
  } catch {
    return NaN;
  }
}

function utf8(text: string): string {
  return new TextEncoder().encode(text).toHex();
}

/** Every unit looked at, all sorted: as SQLite sorts a missing time, last, or as Postgres does, first. */
function naive(
  stored: readonly NewUnit[],
  { domain, status, confidenceMin: min, confidenceMax: max }: UnitFilter,
  missingTime: "first" | "last",
): string[] {
  const time = ({ created_at }: NewUnit): string => {
    if (created_at === null) return missingTime === "first" ? "1" : "0 ";
    return `0 x${utf8(created_at)}`;
  };
  const key = (unit: NewUnit): string => `${time(unit)} ${utf8(unit.id)}`;
  return stored.filter(({ domains, status: own, data }) => {
    const value = listedConfidence(data);
    return (domain === undefined || domains.includes(domain)) && (status === undefined || own === status) &&
      (min === undefined || value >= min) &&
      (max === undefined || value < max || (max >= 1 && value >= max)) &&
      ((min === undefined && max === undefined) || !Number.isNaN(value));
  }).sort((a, b) => key(a) < key(b) ? 1 : -1).map(({ id }) => id);
}

/** Replaces every unit. */
async function restock(database: Database, stored: readonly NewUnit[]): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.run(foreign("DELETE FROM knowledge_units"));
    await insertUnits(transaction, stored);
  });
}

function present(filter: Record<keyof UnitFilter, string | number | undefined>): UnitFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** The list of units. */
export function listTests(test: Register): void {
  test("units are listed as filtering and sorting every row gives, whatever the filter and whoever wrote them", async (database) => {
    const missingTime = database.dialect === "sqlite" ? "last" : "first";
    await fc.assert(
      fc.asyncProperty(
        units,
        fc.array(filters, { minLength: FILTERS, maxLength: FILTERS }),
        async (stored, asked) => {
          await restock(database, stored);
          for (const filter of [...EDGES, ...asked.map(present)]) {
            const all = naive(stored, filter, missingTime);
            for (const limit of [0, 1, Math.ceil(all.length / 2), 100]) {
              deepEqual(
                ids(await filteredUnits(database, filter, limit)),
                all.slice(0, limit),
                JSON.stringify({ filter, limit }),
              );
            }
          }
        },
      ),
      { numRuns: STORES, endOnFailure: true },
    );
  });
}
