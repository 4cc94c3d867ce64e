import assert from "node:assert/strict";
import { type Bar, bars } from "../../bench/bars.ts";
import { formatReport, reportOf } from "../../bench/report.ts";
import { type Row, rowOf } from "../../bench/rows.ts";
import type { SizeReport } from "../../bench/size.ts";

function report(units: number, ...rows: Row[]): SizeReport {
  return { units, rows, problems: [] };
}

function rate(name: string, ours: number, other: number): Row {
  return rowOf({ name, metric: "req/s", better: "more" }, { ours: [ours], other: [other] });
}

function p99(name: string, ...ours: number[]): Row {
  return rowOf({ name, metric: "p99, ms", better: "less" }, { ours });
}

function find(found: readonly Bar[], start: string): Bar {
  const bar = found.find((bar) => bar.bar.startsWith(start));
  assert.ok(bar, start);
  return bar;
}

Deno.test("a ratio above 1 means that ours is better, whether more or less is better, within each round", () => {
  const rounds = { ours: [10, 30], other: [5, 10], bare: [20, 30] };
  const more = rowOf({ name: "a", metric: "req/s", better: "more" }, rounds);
  assert.deepEqual(more.ratios.other, { min: 2, median: 3, max: 3 });
  assert.deepEqual(more.ratios.bare, { min: 0.5, median: 1, max: 1 });
  const less = rowOf({ name: "a", metric: "p99, ms", better: "less" }, rounds);
  assert.deepEqual(less.ratios.bare, { min: 1, median: 2, max: 2 });
});

Deno.test("a bar holds where its measure is reached, is missed below, and says so when it was not measured", () => {
  const found = bars([report(1_000, rate("query", 50, 1), rate("knowledge/stats", 19, 1))]);
  assert.equal(find(found, "query: requests/s, times the other's, 1,000").holds, true);
  assert.equal(find(found, "knowledge/stats: requests/s, times the other's, 1,000").holds, false);
  const unmeasured = find(found, "query: requests/s, times the other's, 1,000,000");
  assert.deepEqual([unmeasured.found, unmeasured.holds, unmeasured.needed], [
    undefined,
    undefined,
    "≥ 15000×",
  ]);
});

Deno.test("the growth of latencies is judged from 10,000 units to the largest size measured", () => {
  const sizes = [1, 2, 5].map((latency, index) => report(1_000 * 10 ** index, p99("query", latency)));
  const bar = find(bars(sizes), "query: p99 at 100,000, times that at 10,000");
  assert.deepEqual([bar.found, bar.holds], ["2.5×", false]);
  assert.equal(find(bars(sizes.slice(0, 2)), "query: p99").holds, undefined);
});

Deno.test("costs beside the bare handler, memory and starts are judged at the sizes they are asked for", () => {
  const cost = rowOf({ name: "query", metric: "CPU per request, µs", better: "less" }, {
    ours: [30],
    bare: [10],
  });
  const memory = rowOf({ name: "memory at rest", metric: "resident, MiB", better: "less" }, { ours: [200] });
  const start = rowOf({ name: "start", metric: "first healthy answer, ms", better: "less" }, {
    ours: [1_600],
  });
  const found = bars([report(1_000, cost), report(100_000, memory), report(1_000_000, start)]);
  assert.deepEqual(
    find(found, "query: cost, times that of a handler that returns the same bytes from memory (CPU"),
    {
      bar:
        "query: cost, times that of a handler that returns the same bytes from memory (CPU per request, µs), 1,000 units",
      needed: "≤ 2×",
      found: "3×",
      holds: false,
    },
  );
  assert.equal(find(found, "memory at rest: resident, MiB, 100,000 units").holds, true);
  assert.equal(find(found, "start: first healthy answer, 1,000,000 units").holds, false);
});

Deno.test("a report has a table for each size, one over sizes, and the bars with what they came to", () => {
  const text = formatReport(
    reportOf({ seed: 1 }, [
      report(1_000, rate("query", 50, 1), p99("query", 1)),
      { ...report(10_000, rate("query", 100, 1), p99("query", 2)), problems: ["ours: query: 500"] },
    ]),
  );
  for (
    const expected of [
      "### 1,000 units",
      "| query | req/s | 50 | 1 | 50 |\n|  | p99, ms | 1 |  |  |",
      "### All sizes, ours",
      "| query | req/s | 50 | 100 | 2 |",
      "- Unexpected answers: ours: query: 500.",
      "| query: requests/s, times the other's, 10,000 units | ≥ 150× | 100× | **missed** |",
      "1 hold, 1 are missed,",
    ]
  ) assert.ok(text.includes(expected), `${expected}\n\n${text}`);
});
