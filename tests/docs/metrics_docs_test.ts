import { deepEqual, equal, match, ok } from "node:assert/strict";
import { parser } from "@prometheus-io/lezer-promql";
import { METRICS } from "../../src/telemetry/instruments.ts";
import type { Metric } from "../../src/telemetry/metrics.ts";
import { readSource } from "../fixtures/source_tree.ts";

/** What Prometheus itself adds to every target. */
const UP: Metric = { name: "up", type: "gauge", help: "", labels: [] };
const TARGET_LABELS = ["job", "instance"];

/** Metrics by the names of their series. */
const SERIES: ReadonlyMap<string, Metric> = new Map(
  [...METRICS, UP].flatMap((metric) => {
    const ends = metric.type === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
    return ends.map((end) => [metric.name + end, metric] as const);
  }),
);

interface Selector {
  readonly name: string;
  readonly labels: readonly string[];
}

/** What a query asks for. @throws where it does not parse. */
function selectorsIn(query: string): Selector[] {
  const selectors: { name: string; labels: string[] }[] = [];
  parser.parse(query).iterate({
    enter({ type, from, to }): void {
      const text = query.slice(from, to);
      ok(!type.isError, `${query} does not parse at ${from}`);
      if (type.name === "VectorSelector") selectors.push({ name: /^\w+/.exec(text)![0], labels: [] });
      if (type.name === "LabelName" && selectors.length > 0) selectors.at(-1)!.labels.push(text);
    },
  });
  return selectors;
}

/** Checks that a query parses and asks for nothing but metrics and labels that exist; returns the names of the metrics. */
function checkedQuery(query: string): string[] {
  const selectors = selectorsIn(query);
  ok(selectors.length > 0, query);
  return selectors.map(({ name, labels }) => {
    const metric = SERIES.get(name);
    ok(metric !== undefined, `${name} is no series, in ${query}`);
    const known = [...TARGET_LABELS, ...metric.labels, ...(name.endsWith("_bucket") ? ["le"] : [])];
    for (const label of labels) ok(known.includes(label), `${name} has no label ${label}, in ${query}`);
    return metric.name;
  });
}

Deno.test("a query with a wrong name, label or bracket is noticed", () => {
  for (
    const wrong of [
      "sum(rate(cq_flags_total[5m])",
      "cq_flags",
      'cq_units{state="x"}',
      "cq_http_request_duration_seconds",
      'cq_units{status="x}',
    ]
  ) {
    let failed = false;
    try {
      checkedQuery(wrong);
    } catch {
      failed = true;
    }
    ok(failed, wrong);
  }
});

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly datasource?: { readonly uid: string };
  readonly gridPos: Readonly<Record<"x" | "y" | "w" | "h", number>>;
  readonly targets?: readonly {
    readonly expr: string;
    readonly refId: string;
    readonly legendFormat: string;
  }[];
}

Deno.test("the dashboard shows every metric, by queries that parse, from the data source that is chosen", async () => {
  const dashboard = JSON.parse(await readSource("packaging/grafana/cq.json"));
  const panels: readonly Panel[] = dashboard.panels;
  equal(new Set(panels.map(({ id }) => id)).size, panels.length);
  equal(dashboard.templating.list[0].type, "datasource");
  ok(panels.every(({ gridPos: { x, w } }) => x + w <= 24));
  const shown = new Set<string>();
  for (const { type, title, datasource, targets = [] } of panels) {
    equal(targets.length === 0, type === "row", title);
    if (type !== "row") equal(datasource?.uid, "${datasource}", title);
    equal(new Set(targets.map(({ refId }) => refId)).size, targets.length, title);
    for (const { expr } of targets) {
      for (const name of checkedQuery(expr.replaceAll("$__rate_interval", "5m"))) shown.add(name);
    }
  }
  deepEqual(METRICS.map(({ name }) => name).filter((name) => !shown.has(name)), []);
});

/** The rules of the file of alerts: its YAML is plain, and checked by a test with a real parser. */
async function alerts(): Promise<{ name: string; expr: string }[]> {
  const rules = (await readSource("packaging/prometheus/alerts.yml")).split("- alert: ").slice(1);
  return rules.map((rule) => {
    const expr = /^ +expr: (?:\|\n)?([^]*?)\n +(?:for|labels):/m.exec(rule);
    ok(expr !== null, rule);
    return { name: rule.split("\n")[0]!, expr: expr[1]! };
  });
}

Deno.test("every alert asks for metrics that exist, and the documentation says what to do about it", async () => {
  const operations = await readSource("docs/operations.md");
  const rules = await alerts();
  ok(rules.length >= 10);
  for (const { name, expr } of rules) {
    checkedQuery(expr);
    ok(operations.includes(`\`${name}\``), `${name} is not in docs/operations.md`);
  }
  for (const [, name] of operations.matchAll(/`(Cq[A-Z]\w+)`/g)) {
    ok(rules.some((rule) => rule.name === name), name!);
  }
});

Deno.test("documents name no metric that does not exist", async () => {
  const names = new Set(SERIES.keys());
  for (const { name } of METRICS) names.add(name);
  for (const page of ["docs/metrics.md", "docs/operations.md", "docs/security.md", "docs/scaling.md"]) {
    for (
      const [, name] of (await readSource(page)).matchAll(
        /`((?:cq|process)_[a-z_]+(?:_total|_seconds|_bytes))`/g,
      )
    ) {
      ok(names.has(name!), `${page}: ${name}`);
    }
  }
  match(await readSource("docs/metrics.md"), /`cq_units`/);
});
