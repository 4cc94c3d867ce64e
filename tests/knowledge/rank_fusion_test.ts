import { deepEqual, ok } from "node:assert/strict";
import { array, assert, double, option, property, record } from "fast-check";
import { type Candidate, fused } from "../../src/knowledge/rank_fusion.ts";

function candidate(id: string, score: number, similarity?: number): Candidate {
  return { id, score, similarity, nearness: similarity === undefined ? undefined : Math.max(0, similarity) };
}

function order(...candidates: Candidate[]): string[] {
  return fused(candidates).map(({ id }) => id);
}

const share = double({ min: 0, max: 1, noNaN: true });
const cosine = double({ min: -1, max: 1, noNaN: true });
const candidates = array(record({ score: share, similarity: option(cosine, { nil: undefined }) }), {
  minLength: 2,
  maxLength: 30,
}).map((all) => all.map(({ score, similarity }, index) => candidate(`ku_${index}`, score, similarity)));

Deno.test("what is good by text and by meaning comes before what is good by one of them", () => {
  const both = candidate("both", 0.8, 0.8);
  const byText = [candidate("text", 0.9, 0.1), candidate("less text", 0.1, 0.05)];
  const byMeaning = [candidate("meaning", 0, 0.9), candidate("less meaning", 0, 0.7)];
  deepEqual(order(...byText, ...byMeaning, both), ["both", "text", "less text", "meaning", "less meaning"]);
});

Deno.test("of units that are otherwise equal the farther one never comes first, whatever their ids", () => {
  deepEqual(order(candidate("z", 0.5, 0.2), candidate("a", 0.5, 0.3)), ["a", "z"]);
  deepEqual(order(candidate("z", 0, -0.2), candidate("a", 0, -0.1)), ["a", "z"]);
  assert(property(candidates, cosine, cosine, (others, one, other) => {
    const [nearer, farther] = [Math.max(one, other), Math.min(one, other)];
    if (nearer === farther) return;
    const first = candidate("nearer", 0.5, nearer);
    const found = order(candidate("z farther", 0.5, farther), ...others, first);
    ok(found.indexOf("nearer") < found.indexOf("z farther"));
  }));
});

Deno.test("without any vector the order is that of the scores", () => {
  assert(property(candidates, (all) => {
    const scored = all.map(({ id, score }) => candidate(id, score));
    const scores = fused(scored).map(({ score }) => score);
    deepEqual(scores, scores.toSorted((a, b) => b - a));
  }));
});

Deno.test("a unit without a vector keeps its place among those that are as good by meaning as by text", () => {
  const all = [0.9, 0.8, 0.7, 0.6].map((score, index) =>
    candidate(`ku_${index}`, score, index === 2 ? undefined : score)
  );
  deepEqual(order(...all.toReversed()), ["ku_0", "ku_1", "ku_2", "ku_3"]);
});

Deno.test("the order depends on nothing but the units: not on the order in which they are given", () => {
  assert(property(candidates, (all) => deepEqual(order(...all), order(...all.toReversed()))));
});
