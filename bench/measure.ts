import { fileURLToPath } from "node:url";
import type { Load, LoadResult } from "./load.ts";
import { untilIdle, usageOf } from "./processes.ts";
import { type Measured, type Rounds, type Row, rowOf, type TargetName } from "./rows.ts";
import type { Scenario } from "./scenarios.ts";

const LOAD = fileURLToPath(new URL("load.ts", import.meta.url));

/** A server at 127.0.0.1. */
export interface Target {
  readonly name: TargetName;
  readonly port: number;
  /** Its process, where it is known: CPU time and memory can be told then. */
  readonly pid?: number;
}

/** How everything is measured. */
export interface Plan {
  readonly targets: readonly Target[];
  readonly seconds: number;
  readonly connections: number;
  readonly rounds: number;
  /** How long slow answers are waited for. */
  readonly patience_s: number;
}

/** What one load showed. */
export interface Observation extends LoadResult {
  /** CPU time of the server for each answer; NaN where it is not known. */
  readonly cpu_us: number;
}

type Observations = Partial<Record<TargetName, Observation[]>>;

/** Runs every scenario against every target, in turn and round after round, so that noise hits all of them. */
export async function measure(
  plan: Plan,
  scenarios: readonly Scenario[],
  progress: (text: string) => void,
): Promise<Measured> {
  const rows: Row[] = [];
  const problems: string[] = [];
  for (const scenario of scenarios) {
    const observations: Observations = {};
    for (let round = 1; round <= plan.rounds; round++) {
      for (const target of plan.targets) {
        if (target.name === "bare" && scenario.paths === undefined) continue;
        progress(`${scenario.name}, round ${round} of ${plan.rounds}, ${target.name}`);
        (observations[target.name] ??= []).push(await observe(target, loadOf(scenario, plan)));
      }
    }
    rows.push(...rowsOf(scenario, observations));
    problems.push(...unexpected(scenario.name, observations, [scenario.status]));
  }
  return { rows, problems };
}

/** A scenario as a load. */
export function loadOf(scenario: Scenario, plan: Plan): Omit<Load, "port"> {
  return {
    requests: scenario.requests,
    seconds: plan.seconds * (scenario.duration ?? 1),
    connections: scenario.connections ?? plan.connections,
    requestsMax: scenario.requestsMax,
    patience_s: plan.patience_s,
  };
}

/** Puts a load to a target. What the server does afterwards because of it is waited for, and counted. */
export async function observe({ port, pid }: Target, load: Omit<Load, "port">): Promise<Observation> {
  if (pid === undefined) return { ...await inOwnProcess({ ...load, port }), cpu_us: NaN };
  const before = usageOf(pid).cpu_ms;
  const result = await inOwnProcess({ ...load, port });
  await untilIdle(pid, load.patience_s * 1000);
  return { ...result, cpu_us: (usageOf(pid).cpu_ms - before) * 1000 / result.answered };
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
  const output = await new Response(child.stdout).text();
  if (!(await child.status).success) throw new Error("the load generator failed");
  return JSON.parse(output);
}

/** Statuses that no right answer has, in words. */
export function unexpected(
  name: string,
  observations: Readonly<Partial<Record<TargetName, readonly Pick<LoadResult, "statuses">[]>>>,
  right: readonly number[],
): string[] {
  const found = new Set<string>();
  for (const [target, list] of Object.entries(observations)) {
    const statuses = list.flatMap(({ statuses }) => Object.keys(statuses));
    for (const status of statuses.filter((status) => !right.map(String).includes(status))) {
      found.add(`${target}: ${name}: ${status}`);
    }
  }
  return [...found];
}

function rowsOf(scenario: Scenario, observations: Observations): Row[] {
  const { name } = scenario;
  const rounds = (read: (observation: Observation) => number): Rounds =>
    Object.fromEntries(Object.entries(observations).map(([target, list]) => [target, list.map(read)]));
  const labels = [...new Set(scenario.requests.map(({ label }) => label))];
  const latencyRows = labels.flatMap((label) =>
    ([["p50, ms", "p50_ms"], ["p99, ms", "p99_ms"]] as const).map(([metric, field]) =>
      rowOf(
        { name: label, metric, better: "less" },
        rounds(({ latencies }) => latencies[label]?.[field] ?? NaN),
      )
    )
  );
  // Logins come one at a time and take as long as they are made to: their number says nothing.
  if (labels.length > 1) return latencyRows;
  return [
    rowOf({ name, metric: "req/s", better: "more" }, rounds(({ perSecond }) => perSecond)),
    ...latencyRows,
    rowOf({ name, metric: "CPU per request, µs", better: "less" }, rounds(({ cpu_us }) => cpu_us)),
  ];
}
