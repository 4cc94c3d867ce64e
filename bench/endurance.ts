import { inOwnProcess, type Plan, type Target } from "./measure.ts";
import { usageOf } from "./processes.ts";
import type { LabelledRequest, LoadResult } from "./load.ts";
import { type Measured, rowOf } from "./rows.ts";
import { percentile } from "./statistics.ts";
import { REQUESTS_MAX } from "./scenarios.ts";

const SLICE_S = 30;
const SAMPLE_MS = 1_000;
/** Loads have a warm-up of a fifth of their time. */
const LOAD_TO_SLICE = 1.2;
/** Part of the units by which the store may grow: else its growth would be measured, and not the server's. */
const GROWTH_MAX = 0.01;

export const ENDURANCE = "mixed load";

/**
 * Reads, confirms and proposes for so many minutes and samples the memory of our server meanwhile.
 *
 * @param parts.units how many the store has; proposals are few, so that it hardly grows.
 */
export async function measureEndurance(
  { target, minutes, plan }: { target: Required<Target>; minutes: number; plan: Plan },
  parts: {
    readonly units: number;
    readonly reads: readonly LabelledRequest[];
    readonly confirmations: readonly LabelledRequest[];
    readonly proposals: readonly LabelledRequest[];
  },
  progress: (text: string) => void,
): Promise<Measured> {
  const samples: number[] = [];
  const sampling = setInterval(() => samples.push(usageOf(target.pid).resident_MiB), SAMPLE_MS);
  const seconds = minutes * 60, slices = Math.ceil(seconds / SLICE_S);
  const proposalsMax = Math.max(1, Math.floor(parts.units * GROWTH_MAX / slices));
  const results: LoadResult[] = [];
  for (let slice = 1; slice <= slices; slice++) {
    progress(`${ENDURANCE}, part ${slice} of ${slices}`);
    const put = (
      requests: readonly LabelledRequest[],
      connections: number,
      requestsMax = REQUESTS_MAX,
    ): Promise<LoadResult> =>
      inOwnProcess({
        port: target.port,
        requests,
        connections,
        requestsMax,
        seconds: seconds / slices / LOAD_TO_SLICE,
        patience_s: plan.patience_s,
      });
    results.push(
      ...await Promise.all([
        put(parts.reads, plan.connections),
        put(parts.confirmations, 2),
        put(parts.proposals, 1, proposalsMax),
      ]),
    );
  }
  clearInterval(sampling);
  samples.push(usageOf(target.pid).resident_MiB);
  return { rows: rowsOf(samples, minutes), problems: problemsOf(results) };
}

function rowsOf(samples: readonly number[], minutes: number): Measured["rows"] {
  const third = Math.ceil(samples.length / 3);
  const first = percentile(samples.slice(0, third), 0.5), last = percentile(samples.slice(-third), 0.5);
  const name = `${ENDURANCE} of ${minutes} minutes`;
  const row = (metric: string, value: number): Measured["rows"][number] =>
    rowOf({ name, metric, better: "less" }, { ours: [value] });
  return [
    row("resident memory in the first third, MiB", first),
    row("resident memory in the last third, MiB", last),
    row("last third to first", last / first),
  ];
}

function problemsOf(results: readonly LoadResult[]): string[] {
  const statuses = new Set(results.flatMap(({ statuses }) => Object.keys(statuses)));
  return [...statuses].filter((status) => !["200", "201"].includes(status))
    .map((status) => `ours: ${ENDURANCE}: ${status}`);
}
