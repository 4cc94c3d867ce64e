/**
 * Measures our server, and another one beside it; see README.md.
 *
 *     deno task bench [--units 1000,10000] [--seconds 3] [--connections 16] [--rounds 3] [--minutes 0] [--only query]
 *         [--other-command "…{database}…{port}…" | --other http://127.0.0.1:PORT [--other-pid PID]] [--answers 250]
 *         [--cache DIRECTORY] [--patience 120] [--seed 1] [--pepper TEXT] [--json]
 */
import { parseArgs } from "node:util";
import { BURST } from "./burst.ts";
import { CONTENT_OPTIONS, contentOf } from "./content.ts";
import { MIXED } from "./mixed.ts";
import { formatReport, type Report, reportOf } from "./report.ts";
import { scenarios } from "./scenarios.ts";
import { measureSize, type Options, type SizeReport } from "./size.ts";
import type { Other } from "./targets.ts";

const { values } = parseArgs({
  options: {
    ...CONTENT_OPTIONS,
    other: { type: "string" },
    "other-pid": { type: "string" },
    "other-command": { type: "string" },
    seconds: { type: "string", default: "3" },
    connections: { type: "string", default: "16" },
    rounds: { type: "string", default: "3" },
    answers: { type: "string", default: "250" },
    minutes: { type: "string", default: "0" },
    patience: { type: "string", default: "120" },
    only: { type: "string", multiple: true },
    cache: { type: "string" },
    json: { type: "boolean", default: false },
  },
});

async function main(): Promise<Report> {
  const contents = values.units.split(",").map((units) => contentOf({ ...values, units }));
  const options: Options = {
    seconds: numberOf("seconds"),
    connections: numberOf("connections"),
    rounds: numberOf("rounds"),
    answers: numberOf("answers"),
    minutes: values.minutes === "0" ? 0 : numberOf("minutes"),
    patience_s: numberOf("patience"),
    only: checkedNames(values.only),
    cache: values.cache,
    other: otherOf(),
  };
  if (options.other !== undefined && "port" in options.other && contents.length > 1) {
    throw new Error("--other is one server with one database: name one size, or use --other-command");
  }
  const conditions = {
    seed: contents[0]!.seed,
    connections: options.connections,
    seconds: options.seconds,
    rounds: options.rounds,
    deno: Deno.version.deno,
    cores: navigator.hardwareConcurrency,
    "load average before": Deno.loadavg()[0]!.toFixed(2),
  };
  const sizes: SizeReport[] = [];
  for (const content of contents) sizes.push(await measureSize(content, options, progress));
  return reportOf(conditions, sizes);
}

function otherOf(): Other | undefined {
  const { other, "other-pid": pid, "other-command": command } = values;
  if (other !== undefined && command !== undefined) {
    throw new Error("--other and --other-command: name one of them");
  }
  if (command !== undefined) return { command };
  if (other === undefined) return undefined;
  return { port: portOf(other), ...(pid === undefined ? {} : { pid: Number(pid) }) };
}

function numberOf(name: "seconds" | "connections" | "rounds" | "answers" | "minutes" | "patience"): number {
  const value = Number(values[name]);
  if (value > 0) return value;
  throw new Error(`--${name} ${values[name]} is no number above 0`);
}

function checkedNames(names: readonly string[] | undefined): readonly string[] | undefined {
  const subject = { content: contentOf({ ...values, units: "1" }), token: "", approved: [] };
  const known = [...scenarios(subject).map(({ name }) => name), MIXED, BURST];
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  throw new Error(`--only ${unknown} is none of: ${known.join("; ")}`);
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
