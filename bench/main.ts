/**
 * Measures our server, and another one beside it where its address is given; see README.md.
 *
 *     deno task bench [--other http://127.0.0.1:PORT] [--seconds 3] [--connections 16] [--rounds 3] [--json]
 *         [--units 10000] [--seed 1] [--pepper TEXT] [--only query]
 */
import { parseArgs } from "node:util";
import { compareAnswers } from "./answers.ts";
import { CONTENT_OPTIONS, contentOf, makeDatabase } from "./make_database.ts";
import { measure, type Row, type Target } from "./measure.ts";
import { formatReport, type Report } from "./report.ts";
import { scenarios } from "./scenarios.ts";
import { startServer } from "./server.ts";
import { spread } from "./statistics.ts";

const STARTS = 7;

const { values } = parseArgs({
  options: {
    ...CONTENT_OPTIONS,
    other: { type: "string" },
    seconds: { type: "string", default: "3" },
    connections: { type: "string", default: "16" },
    rounds: { type: "string", default: "3" },
    only: { type: "string", multiple: true },
    json: { type: "boolean", default: false },
  },
});

async function main(): Promise<Report> {
  const content = contentOf(values);
  const otherPort = values.other === undefined ? undefined : portOf(values.other);
  const seconds = positive("seconds"), connections = positive("connections"), rounds = positive("rounds");
  const directory = await Deno.makeTempDir({ prefix: "cq-bench-" });
  try {
    const path = `${directory}/bench.db`;
    progress(`making a database of ${content.units} units`);
    await makeDatabase(path, content);
    const starts = await startTimes(path, content.pepper);
    await using ours = await startServer(path, content.pepper);
    const targets: Target[] = [{ name: "ours", port: ours.port }];
    if (otherPort !== undefined) targets.push({ name: "other", port: otherPort });
    // Before anything is written: afterwards the two have different units.
    const answers = otherPort === undefined
      ? {}
      : { answers: await compareAnswers([ours.port, otherPort], content.seed) };
    const chosen = scenarios(content).filter(({ name }) => values.only?.includes(name) ?? true);
    const plan = { scenarios: chosen, targets, seconds, connections, rounds };
    const measured = await measure(plan, progress);
    return {
      conditions: {
        units: content.units,
        seed: content.seed,
        connections,
        seconds,
        rounds,
        deno: Deno.version.deno,
        cores: navigator.hardwareConcurrency,
      },
      firstStart_ms: starts[0]!,
      start_ms: spread(starts.slice(1)),
      loginTimeRatio: loginTimeRatios(measured.rows, targets),
      ...answers,
      ...measured,
    };
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function startTimes(path: string, pepper: string): Promise<number[]> {
  const times: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    progress(`start ${start + 1} of ${STARTS}`);
    await using server = await startServer(path, pepper);
    times.push(server.startUp_ms);
  }
  return times;
}

function loginTimeRatios(rows: readonly Row[], targets: readonly Target[]): Record<string, number> {
  const [known, unknown] = ["known", "unknown"].map((user) =>
    rows.find(({ name }) => name === `login, ${user} user, p50`)
  );
  if (known === undefined || unknown === undefined) return {};
  return Object.fromEntries(
    targets.map(({ name }) => [name, (known[name]?.median ?? NaN) / (unknown[name]?.median ?? NaN)]),
  );
}

function positive(name: "seconds" | "connections" | "rounds"): number {
  const value = Number(values[name]);
  if (value > 0) return value;
  throw new Error(`--${name} ${values[name]} is no number above 0`);
}

/** The port of a server on this machine. No other one is ever measured. */
function portOf(address: string): number {
  const url = URL.parse(address);
  if (url?.protocol === "http:" && url.hostname === "127.0.0.1" && url.port !== "" && url.pathname === "/") {
    return Number(url.port);
  }
  throw new Error(`--other ${address}: only http://127.0.0.1:PORT is measured`);
}

function progress(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${text}\n`));
}

const report = await main();
const output = values.json ? JSON.stringify(report, null, 2) : formatReport(report);
Deno.stdout.writeSync(new TextEncoder().encode(`${output}\n`));
