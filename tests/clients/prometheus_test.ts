import { deepEqual, equal, match, ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { METRICS } from "../../src/telemetry/instruments.ts";
import { testApp } from "../fixtures/app.ts";
import { parseExposition } from "../fixtures/exposition.ts";
import { ignoredBecause } from "../fixtures/ignoring.ts";
import { ROOT } from "../fixtures/source_tree.ts";
import { pythonEnvironment } from "./python_environment.ts";

const SCRIPT = fileURLToPath(new URL("./read_metrics.py", import.meta.url));
const environment = await pythonEnvironment("prometheus_requirements.txt");
const ignore = ignoredBecause(
  "reason" in environment ? `Prometheus' Python library, ${environment.reason}` : undefined,
);

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<Record<string, string>>;
}

interface Read {
  readonly families: Readonly<Record<string, { readonly type: string; readonly samples: number }>>;
  readonly files: readonly [
    { readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[] },
    { readonly scrape_configs: readonly { readonly job_name: string; readonly authorization: unknown }[] },
  ];
}

async function read(text: string): Promise<Read> {
  if ("reason" in environment) throw new Error(environment.reason);
  const files = ["alerts.yml", "scrape.yml"].map((name) => `${ROOT}/packaging/prometheus/${name}`);
  const child = new Deno.Command(environment.python, {
    args: [SCRIPT, ...files],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  ok(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("Prometheus' own library reads the metrics, and the rules and the scrape configuration are YAML", {
  ignore,
}, async () => {
  await using app = await testApp({ settings: { metrics: { access: "open" } } });
  for (const path of ["/api/v1/knowledge?domains=a", "/healthz", "/metrics"]) {
    await (await app.request("GET", path)).body?.cancel();
  }
  const text = await (await app.request("GET", "/metrics")).text();
  const { families, files: [rules, scraping] } = await read(text);
  // The library names counters without their end.
  const expected = [...parseExposition(text)].map(([name, { type, samples }]) =>
    [type === "counter" ? name.replace(/_total$/, "") : name, { type, samples: samples.length }] as const
  );
  deepEqual(families, Object.fromEntries(expected));
  ok(expected.length > METRICS.length / 2);

  const all = rules.groups.flatMap(({ rules }) => rules);
  equal(new Set(all.map(({ alert }) => alert)).size, all.length);
  for (const { alert, expr, labels, annotations } of all) {
    match(alert, /^Cq[A-Z]/);
    ok(expr.length > 0 && annotations["summary"] && annotations["description"], alert);
    match(labels.severity, /^(?:critical|warning|info)$/);
  }
  deepEqual(scraping.scrape_configs.map(({ job_name }) => job_name), ["cq"]);
});
