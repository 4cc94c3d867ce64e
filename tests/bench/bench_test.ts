import assert from "node:assert/strict";
import type { Report } from "../../bench/report.ts";
import { findRow, type Row } from "../../bench/rows.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { serverCommand } from "../fixtures/server_process.ts";
import { ROOT } from "../fixtures/source_tree.ts";

const SHORT = ["--seconds", "0.1", "--rounds", "1", "--connections", "2", "--json"];
const READS = [
  "health",
  "query",
  "query, never the same",
  "query of the hottest tags",
  "query of the hottest tags, rare context",
  "knowledge/stats",
  "review/stats",
  "review/queue",
  "review/queue, any page",
  "review/units of a status",
  "review/units of a domain",
  "review/units of a confidence",
];
/** What is measured against a handler that returns the same bytes from memory. */
const BARE = ["query", "query, never the same", "query of the hottest tags"];
const WRITES = ["propose", "confirm"];

async function bench(...args: string[]): Promise<{ success: boolean; stdout: string; stderr: string }> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--frozen", "-A", "--no-check", `${ROOT}/bench/main.ts`, ...args],
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { success, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

async function reportOf(...args: string[]): Promise<Report> {
  const { success, stdout, stderr } = await bench(...SHORT, ...args);
  assert.ok(success, stderr);
  return JSON.parse(stdout);
}

function measured(rows: readonly Row[], name: string, metric: string): Row {
  const row = findRow(rows, name, metric);
  assert.ok(row && row.values.ours!.median > 0, `${name}, ${metric} was not measured`);
  return row;
}

Deno.test("the benchmark measures two servers on copies of one database: they answer alike, and every answer is right", async () => {
  await using directory = await temporaryDirectory();
  const command = `exec ${serverCommand().join(" ")}`;
  const options = ["--units", "200", "--cache", directory.path, "--other-command", command];
  const only = [...READS, ...WRITES, "login, wrong password"].flatMap((name) => ["--only", name]);
  const { sizes, bars } = await reportOf(...options, ...only);

  const [{ units, rows, answers, problems }] = sizes as [Report["sizes"][number]];
  assert.equal(units, 200);
  assert.deepEqual(answers, { asked: 250, equal: 250, differences: [] });
  assert.deepEqual(problems, []);
  for (const name of [...READS, ...WRITES]) {
    for (const metric of ["req/s", "p50, ms", "p99, ms"]) {
      const { values, ratios } = measured(rows, name, metric);
      const [mine, theirs] = [values.ours!.median, values.other!.median];
      assert.equal(ratios.other!.median, metric === "req/s" ? mine / theirs : theirs / mine);
      assert.equal(values.bare !== undefined, BARE.includes(name), `the bare handler, ${name}`);
    }
  }
  // A short load may use less CPU time than Linux counts in, but not all of them.
  for (const target of ["ours", "other", "bare"] as const) {
    const used = rows.filter(({ metric }) => metric === "CPU per request, µs").flatMap(({ values }) =>
      values[target] ?? []
    );
    assert.ok(used.length > 0 && used.every(({ median }) => typeof median === "number"), target);
    assert.ok(target === "bare" || used.some(({ median }) => median > 0), target);
  }
  measured(rows, "login, known user", "p50, ms");
  for (const name of ["start on the original's database", "start"]) {
    const healthy = measured(rows, name, "first healthy answer, ms").values;
    const statistics = measured(rows, name, "first statistics, ms").values;
    assert.ok(healthy.ours!.median <= statistics.ours!.median && healthy.other !== undefined);
  }
  for (const name of ["memory at rest", "memory after all loads"]) {
    const resident = measured(rows, name, "resident, MiB").values;
    assert.ok(resident.ours!.median <= measured(rows, name, "greatest so far, MiB").values.ours!.median);
  }
  assert.ok(bars.some(({ bar, holds }) => bar.startsWith("answers that differ") && holds));
  const left = [...Deno.readDirSync(directory.path)].map(({ name }) => name);
  assert.equal(left.length, 1, `the database is kept, its copies are removed: ${left}`);
});

Deno.test("the benchmark measures reading beside writers, a burst, and memory under a long mixed load", async () => {
  const only = ["reading beside writers", "burst of 1,000 connections"].flatMap((name) => ["--only", name]);
  const { sizes } = await reportOf("--units", "100", "--minutes", "0.02", ...only);
  const [{ rows, problems }] = sizes as [Report["sizes"][number]];
  assert.deepEqual(problems, []);
  const mixes = ["query beside 1", "query beside 16", "knowledge/stats beside 1", "review/stats beside 1"];
  for (const mix of [...mixes, "review/queue beside 1"]) {
    measured(rows, `${mix} writing`, "writes/s");
    measured(rows, `${mix} writing`, "p99, times that alone");
  }
  const burst = (metric: string): number =>
    findRow(rows, "burst of 1,000 connections", metric)!.values.ours!.median;
  assert.equal(burst("served") + burst("refused with 503"), 1_000);
  assert.equal(burst("neither"), 0);
  measured(rows, "burst of 1,000 connections", "last answer, ms");
  measured(rows, "mixed load of 0.02 minutes", "last third to first");
});

Deno.test("the benchmark measures each size on a database of its own", async () => {
  const { sizes } = await reportOf("--units", "50,100", "--only", "health");
  assert.deepEqual(sizes.map(({ units }) => units), [50, 100]);
  for (const { rows } of sizes) measured(rows, "health", "req/s");
});

for (const address of ["http://192.0.2.1:3000", "https://127.0.0.1:3000", "http://127.0.0.1", "somewhere"]) {
  Deno.test(`the benchmark refuses to load ${address}: only a port of this machine`, async () => {
    const { success, stderr } = await bench("--other", address);
    assert.ok(!success);
    assert.match(stderr, /only http:\/\/127\.0\.0\.1:PORT is measured/);
  });
}

for (
  const [options, message] of [
    [["--other", "http://127.0.0.1:3100", "--units", "1000,10000"], /one server with one database/],
    [["--other", "http://127.0.0.1:3100", "--other-command", "true"], /name one of them/],
    [["--only", "querying"], /--only querying is none of: health; query;/],
    [["--units", "1000,many"], /--units many is no whole number/],
    [["--rounds", "0"], /--rounds 0 is no number above 0/],
  ] as const
) {
  Deno.test(`the benchmark refuses ${options.join(" ")}`, async () => {
    const { success, stderr } = await bench(...options);
    assert.ok(!success);
    assert.match(stderr, message);
  });
}
