import { fileURLToPath } from "node:url";
import type { Load, LoadResult } from "./load.ts";
import type { Scenario } from "./scenarios.ts";
import { type Spread, spread } from "./statistics.ts";

const LOAD = fileURLToPath(new URL("load.ts", import.meta.url));

/** A server at 127.0.0.1. */
export interface Target {
  readonly name: "ours" | "other";
  readonly port: number;
}

/** One measured quantity of every target, and how many times as good ours is. */
export interface Row {
  readonly name: string;
  readonly unit: "req/s" | "ms";
  readonly ours: Spread;
  readonly other?: Spread;
  /** Above 1: ours does more requests per second, or takes less time. One value per round, both measured in turn. */
  readonly ratio?: Spread;
}

/** What a whole measurement gave. */
export interface Measured {
  readonly rows: readonly Row[];
  /** Answers that were not as they should be. */
  readonly problems: readonly string[];
}

interface Plan {
  readonly scenarios: readonly Scenario[];
  readonly targets: readonly Target[];
  readonly seconds: number;
  readonly connections: number;
  readonly rounds: number;
}

/** Runs every scenario against every target, in turn and round after round, so that noise hits all of them. */
export async function measure(plan: Plan, progress: (text: string) => void): Promise<Measured> {
  const rows: Row[] = [];
  const problems = new Set<string>();
  for (const scenario of plan.scenarios) {
    const results: Record<Target["name"], LoadResult[]> = { ours: [], other: [] };
    for (let round = 1; round <= plan.rounds; round++) {
      for (const { name, port } of plan.targets) {
        progress(`${scenario.name}, round ${round} of ${plan.rounds}, ${name}`);
        const result = await inOwnProcess({
          port,
          requests: scenario.requests,
          seconds: plan.seconds * (scenario.duration ?? 1),
          connections: scenario.connections ?? plan.connections,
          requestsMax: scenario.requestsMax,
        });
        results[name].push(result);
        for (const [status, count] of Object.entries(result.statuses)) {
          if (status !== String(scenario.status)) {
            problems.add(`${name}: ${scenario.name}: ${status} (${count} or more)`);
          }
        }
      }
    }
    rows.push(...rowsOf(scenario, results.ours, results.other));
  }
  return { rows, problems: [...problems] };
}

/** Runs a load in a process of its own. */
export async function inOwnProcess(load: Load): Promise<LoadResult> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--frozen", "--allow-net=127.0.0.1", LOAD],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(load)));
  await writer.close();
  return await new Response(child.stdout).json();
}

function rowsOf(scenario: Scenario, ours: readonly LoadResult[], other: readonly LoadResult[]): Row[] {
  const labels = [...new Set(scenario.requests.map(({ label }) => label))];
  const latency = (label: string, which: "p50_ms" | "p99_ms") => (result: LoadResult): number =>
    result.latencies[label]?.[which] ?? NaN;
  const latencyRows = labels.flatMap((label) => [
    row(`${label}, p50`, "ms", [ours, other], latency(label, "p50_ms")),
    row(`${label}, p99`, "ms", [ours, other], latency(label, "p99_ms")),
  ]);
  // Logins come one at a time and take as long as they are made to: their number says nothing.
  if (labels.length > 1) return latencyRows;
  return [row(scenario.name, "req/s", [ours, other], (result) => result.perSecond), ...latencyRows];
}

function row(
  name: string,
  unit: Row["unit"],
  [ours, other]: readonly [readonly LoadResult[], readonly LoadResult[]],
  read: (result: LoadResult) => number,
): Row {
  const mine = ours.map(read), theirs = other.map(read);
  if (theirs.length === 0) return { name, unit, ours: spread(mine) };
  const ratios = mine.map((value, round) =>
    unit === "req/s" ? value / theirs[round]! : theirs[round]! / value
  );
  return { name, unit, ours: spread(mine), other: spread(theirs), ratio: spread(ratios) };
}
