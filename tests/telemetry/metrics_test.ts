import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import { COUNTED, METRICS } from "../../src/telemetry/instruments.ts";
import { SERIES_MAX } from "../../src/telemetry/limits.ts";
import { Counter, exposition, Gauge, Histogram } from "../../src/telemetry/metrics.ts";
import { parseExposition, valueOf } from "../fixtures/exposition.ts";

Deno.test("any label and any help is read again as it was", () => {
  fc.assert(fc.property(fc.string(), fc.string(), (value, help) => {
    const counter = new Counter({
      name: "x_total",
      help: `h${help.replaceAll(/[\r\n]/g, "")}`,
      labels: ["a", "b"],
    });
    counter.increment(value.replaceAll("\n", ""), "plain");
    counter.increment("two\nlines", 'quoted "\\"');
    const { samples } = parseExposition(exposition([counter], [])).get("x_total")!;
    deepEqual(samples.map(({ labels }) => labels), [
      { a: value.replaceAll("\n", ""), b: "plain" },
      { a: "two\nlines", b: 'quoted "\\"' },
    ]);
  }));
});

Deno.test("a value is counted in every bucket whose bound it does not exceed", () => {
  const histogram = new Histogram({ name: "x_seconds", help: "h", bounds: [0.1, 1] });
  for (const value of [0.05, 0.1, 0.5, 7]) histogram.observe(value, histogram.of());
  const { samples } = parseExposition(exposition([histogram], [])).get("x_seconds")!;
  deepEqual(samples.map(({ name, labels, value }) => [name, labels["le"], value]), [
    ["x_seconds_bucket", "0.1", 2],
    ["x_seconds_bucket", "1", 3],
    ["x_seconds_bucket", "+Inf", 4],
    ["x_seconds_sum", undefined, 7.65],
    ["x_seconds_count", undefined, 4],
  ]);
});

Deno.test("values of a label that are known are shown before anything is counted", () => {
  const counter = new Counter({ name: "c_total", help: "h", labels: ["a"], known: ["x", "y"] });
  const { samples } = parseExposition(exposition([counter], [])).get("c_total")!;
  deepEqual(samples.map(({ labels, value }) => [labels["a"], value]), [["x", 0], ["y", 0]]);
});

Deno.test("a counter without labels is there from the start, a gauge only where somebody reads it", () => {
  const gauge = new Gauge({ name: "g", help: "h", labels: ["a"] });
  const counter = new Counter({ name: "c_total", help: "h" });
  equal(valueOf(parseExposition(exposition([counter], [])), "c_total"), 0);
  deepEqual([...parseExposition(exposition([counter], [])).keys()], ["c_total"]);
  const readings = [{ gauge, value: 1.5, values: ["x"] }, { gauge, value: -2, values: ["y"] }];
  equal(valueOf(parseExposition(exposition([], readings)), "g", { a: "y" }), -2);
});

Deno.test("more series than there may be are counted as other", () => {
  const counter = new Counter({ name: "x_total", help: "h", labels: ["a"] });
  for (let i = 0; i < SERIES_MAX + 10; i++) counter.increment(String(i));
  const { samples } = parseExposition(exposition([counter], [])).get("x_total")!;
  equal(samples.length, SERIES_MAX + 1);
  equal(samples.find(({ labels }) => labels["a"] === "other")!.value, 10);
});

Deno.test("metrics are named as Prometheus recommends, each once, with a sentence", () => {
  equal(new Set(METRICS.map(({ name }) => name)).size, METRICS.length);
  ok(COUNTED.every((metric) => METRICS.includes(metric)));
  for (const { name, type, help, labels } of METRICS) {
    match(name, /^(?:cq|process)_[a-z]+(?:_[a-z]+)*$/);
    equal(name.endsWith("_total"), type === "counter", name);
    if (type === "histogram") match(name, /_seconds$/);
    ok(!/_(?:ms|milliseconds|kb|mb|count|sum|bucket)$/.test(name), name);
    match(help, /^[A-Z0-9][^\n]*\.$/, name);
    for (const label of labels) match(label, /^(?!le$|quantile$)[a-z]+$/);
  }
});
