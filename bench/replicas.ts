/**
 * Measures 1, 2 and 4 replicas on one Postgres database, all on this machine; see README.md for what that shows.
 *
 *     deno task bench:replicas --postgres postgresql://postgres@127.0.0.1:5432/scratch [--seconds 3] [--connections 16]
 *         [--rounds 3] [--units 1000]
 *
 * The database must be empty; it is filled.
 */
import { parseArgs } from "node:util";
import { openDatabase } from "../src/database/open.ts";
import { parseDatabaseUrl } from "../src/database/url.ts";
import { type Content, DEFAULT_CONTENT } from "./content.ts";
import { fillPostgres } from "./make_database.ts";
import { inOwnProcess } from "./measure.ts";
import { type Scenario, scenarios } from "./scenarios.ts";
import { type RunningServer, startServer } from "./server.ts";
import { type Spread, spread } from "./statistics.ts";
import { subjectOf } from "./subject.ts";

const REPLICAS = [1, 2, 4];
const PATIENCE_S = 120;
const SCENARIOS = ["health", "query", "propose", "confirm"];

const { values } = parseArgs({
  options: {
    postgres: { type: "string" },
    seconds: { type: "string", default: "3" },
    connections: { type: "string", default: "16" },
    rounds: { type: "string", default: "3" },
    units: { type: "string", default: "1000" },
  },
});

async function main(url: string): Promise<string> {
  const content: Content = { ...DEFAULT_CONTENT, units: Number(values.units) };
  const database = openDatabase(parseDatabaseUrl(url, "--postgres"), { poolSize: 1 });
  await fillPostgres(database, content);
  await database.close();
  const chosen = scenarios(await subjectOf(content)).filter(({ name }) => SCENARIOS.includes(name));
  const results = new Map<string, number[]>();
  // Reads come first: proposals stay, and make later queries slower.
  for (const scenario of chosen) {
    for (let round = 0; round < Number(values.rounds); round++) {
      // Every number of replicas in every round, so that noise hits all of them.
      for (const count of REPLICAS) {
        const servers = await Promise.all(
          Array.from({ length: count }, () => startServer(url, content.pepper)),
        );
        const key = `${scenario.name} ${count}`;
        results.set(key, [...results.get(key) ?? [], await throughput(scenario, servers)]);
        await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
      }
    }
  }
  return table(chosen.map(({ name }) => name), results);
}

/** Requests per second of all replicas together, the connections divided among them. */
async function throughput(scenario: Scenario, servers: readonly RunningServer[]): Promise<number> {
  const loads = servers.map(({ port }) =>
    inOwnProcess({
      port,
      requests: scenario.requests,
      seconds: Number(values.seconds),
      connections: Math.ceil(Number(values.connections) / servers.length),
      requestsMax: scenario.requestsMax,
      patience_s: PATIENCE_S,
    })
  );
  return (await Promise.all(loads)).reduce((total, result) => total + result.perSecond, 0);
}

function table(names: readonly string[], results: ReadonlyMap<string, readonly number[]>): string {
  const rows = names.map((name) => {
    const spreads = REPLICAS.map((count) => spread(results.get(`${name} ${count}`)!));
    const ratios = spreads.slice(1).map(({ median }) => (median / spreads[0]!.median).toFixed(2));
    return `| ${[name, ...spreads.map(shown), ...ratios].join(" | ")} |`;
  });
  return [
    `units ${values.units}, connections ${values.connections}, seconds ${values.seconds}, rounds ${values.rounds}, ` +
    `cores ${navigator.hardwareConcurrency}; requests per second, least / median / greatest of the rounds.`,
    "",
    "| | 1 replica | 2 replicas | 4 replicas | 2 to 1 | 4 to 1 |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}

function shown({ min, median, max }: Spread): string {
  return [min, median, max].map((value) => value.toFixed(0)).join(" / ");
}

if (values.postgres === undefined) throw new Error("--postgres names an empty database on this machine");
if (new URL(values.postgres).hostname !== "127.0.0.1") {
  throw new Error("--postgres: only 127.0.0.1 is measured");
}
Deno.stdout.writeSync(new TextEncoder().encode(`${await main(values.postgres)}\n`));
