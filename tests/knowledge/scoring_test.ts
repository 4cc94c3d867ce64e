import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { type Candidate, ranked } from "../../src/knowledge/ranking.ts";
import { confirmed, flagged, type Query, relevance } from "../../src/knowledge/scoring.ts";
import type { Evidence, RankedFacts } from "../../src/knowledge/unit.ts";

/** The contract's formula (section 5), written down again the long way. */
function oracle(unit: RankedFacts, query: Query): number {
  const union: string[] = [];
  for (const domain of [...unit.domains, ...query.domains]) if (!union.includes(domain)) union.push(domain);
  let common = 0;
  for (const domain of union) if (unit.domains.includes(domain) && query.domains.includes(domain)) common++;
  let sum = union.length === 0 ? 0 : 0.55 * (common / union.length);
  let language = 0, framework = 0, pattern = 0;
  for (const each of query.languages) if (unit.languages.includes(each)) language = 1;
  for (const each of query.frameworks) if (unit.frameworks.includes(each)) framework = 1;
  if (unit.pattern && query.pattern && unit.pattern.toLowerCase() === query.pattern.toLowerCase()) {
    pattern = 1;
  }
  sum = sum + 0.15 * language;
  sum = sum + 0.15 * framework;
  sum = sum + 0.15 * pattern;
  return sum > 1 ? 1 : sum < 0 ? 0 : sum;
}

const names = fc.array(fc.constantFrom("a", "b", "c", "A", "", "é"), { maxLength: 5 });
const pattern = fc.constantFrom("", "cache", "CACHE", "Cache aside", "é", "É");
const query: fc.Arbitrary<Query> = fc.record({
  domains: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "A"), { maxLength: 5 }),
  languages: names,
  frameworks: names,
  pattern,
});
const facts: fc.Arbitrary<RankedFacts> = fc.record({
  domains: names,
  languages: names,
  frameworks: names,
  pattern,
  confidence: fc.constantFrom(0, 0.3, 0.5, 0.5499999999999999, 0.6, 1),
});

Deno.test("relevance is the contract's formula, to the last digit", () => {
  fc.assert(fc.property(facts, query, (unit, asked) => equal(relevance(unit, asked), oracle(unit, asked))), {
    numRuns: 1000,
  });
});

const EVERYTHING = { domains: ["a"], languages: ["l"], frameworks: ["f"], pattern: "p" };

Deno.test("a full match is exactly 1, and nothing is more", () => {
  equal(relevance({ ...EVERYTHING, confidence: 1 }, EVERYTHING), 1);
});

const NOTHING: RankedFacts = { domains: ["a"], languages: [], frameworks: [], pattern: "", confidence: 1 };
const ASKED: Query = { domains: ["b"], languages: [], frameworks: [], pattern: "" };

Deno.test("languages match exactly, patterns as a whole without regard to case, blanks never", () => {
  equal(relevance({ ...NOTHING, languages: ["Go"] }, { ...ASKED, languages: ["go"] }), 0);
  equal(relevance({ ...NOTHING, languages: ["go", "ts"] }, { ...ASKED, languages: ["ts", "go"] }), 0.15);
  equal(relevance({ ...NOTHING, pattern: "Saga" }, { ...ASKED, pattern: "sAGA" }), 0.15);
  equal(relevance({ ...NOTHING, pattern: "saga" }, { ...ASKED, pattern: "sag" }), 0);
  equal(relevance(NOTHING, ASKED), 0);
  equal(relevance({ ...NOTHING, domains: [] }, { ...ASKED, domains: [] }), 0);
});

Deno.test("a repeated domain of a unit counts once", () => {
  equal(relevance({ ...NOTHING, domains: ["b", "b"] }, ASKED), 0.55);
});

const candidate: fc.Arbitrary<Candidate> = fc.record({
  id: fc.string({ minLength: 1, maxLength: 3 }),
  facts,
  weight: fc.constantFrom(1, 0.75, 0.5),
});

Deno.test("candidates come by score, then by id, both falling", () => {
  const unique = fc.uniqueArray(candidate, { selector: ({ id }) => id, maxLength: 12 });
  fc.assert(fc.property(unique, query, (candidates, asked) => {
    const score = ({ facts, weight }: Candidate): number =>
      oracle(facts, asked) * (facts.confidence * weight);
    const left = [...candidates];
    const expected: string[] = [];
    while (left.length > 0) {
      let best = left[0]!;
      for (const each of left) {
        if (score(each) > score(best) || (score(each) === score(best) && each.id > best.id)) best = each;
      }
      expected.push(best.id);
      left.splice(left.indexOf(best), 1);
    }
    deepEqual(ranked(candidates, asked).map(({ id }) => id), expected);
  }));
});

Deno.test("ranking keeps what is ranked and leaves the list it was given alone", () => {
  const low = { id: "low", facts: NOTHING, weight: 1, more: 1 };
  const high = { id: "high", facts: { ...NOTHING, domains: ["b"] }, weight: 1, more: 2 };
  const given = [low, high];
  deepEqual(ranked(given, ASKED), [high, low]);
  deepEqual(given, [low, high]);
});

const EVIDENCE: Evidence = {
  confidence: 0.5,
  confirmations: 1,
  first_observed: "2026-01-01T00:00:00Z",
  last_confirmed: "2026-01-01T00:00:00Z",
};

function at(confidence: number): Evidence {
  return { ...EVIDENCE, confidence };
}

Deno.test("confidence moves by 0.1 and 0.15 in doubles, without rounding, within 0 and 1", () => {
  const now = "2026-02-02T00:00:00Z";
  const confirmations = [[0.5, 0.6], [0.7, 0.7999999999999999], [0.95, 1], [1, 1], [0, 0.1]] as const;
  for (const [from, to] of confirmations) equal(confirmed(at(from), now).confidence, to);
  const flags = [[0.7, 0.5499999999999999], [0.5, 0.35], [0.15, 0], [0.1, 0], [0, 0], [1, 0.85]] as const;
  for (const [from, to] of flags) equal(flagged(at(from)).confidence, to);
});

Deno.test("a confirmation counts and is dated; a flag changes nothing but the confidence", () => {
  deepEqual(confirmed(EVIDENCE, "2026-02-02T00:00:00Z"), {
    confidence: 0.6,
    confirmations: 2,
    first_observed: "2026-01-01T00:00:00Z",
    last_confirmed: "2026-02-02T00:00:00Z",
  });
  deepEqual(flagged(EVIDENCE), { ...EVIDENCE, confidence: 0.35 });
});
