import { openFiles, usageOf } from "./processes.ts";
import { type Caller, Refused } from "./soak_callers.ts";
import { percentile } from "./statistics.ts";
import { growth, type Sample, slopePerMinute } from "./trend.ts";

const SAMPLE_MS = 1_000;
const INTERVALS = 10;
/** Part of the time after which nothing is expected to grow any more: caches are full, code is compiled. */
const WARM_UP = 0.3;
/** Wrong answers that are told. */
const PROBLEMS_MAX = 10;

/**
 * What memory may grow by after the warm-up: the swing of a heap that is not collected yet, however long it is watched, and per
 * minute what sixty new units take, with as much again for what the allocator cannot give back.
 */
const MEMORY_SWING_MiB = 48;
const MEMORY_PER_MINUTE_MiB = 0.5;
/** Descriptors by which a server differs from one third of the time to another: connections that come and go. */
const FILES_GROWTH_MAX = 8;

/** What a soak showed. */
export interface SoakReport {
  readonly minutes: number;
  readonly calls: number;
  /** Calls that were answered 503. */
  readonly refused: number;
  /** Of the server and what it started, after the warm-up. */
  readonly memory: {
    readonly first_MiB: number;
    readonly last_MiB: number;
    readonly slope_MiB_per_min: number;
  };
  readonly files: { readonly first: number; readonly last: number; readonly growth: number };
  /** By caller, and over all calls of each tenth of the time. */
  readonly p99_ms: Readonly<Record<string, number>>;
  readonly p99_by_tenth_ms: readonly number[];
  /** By how much that of the last third is above that of the first; reported only, as it is the machine's as much as the server's. */
  readonly p99_growth_ms: number;
  readonly problems: readonly string[];
}

interface Call {
  readonly caller: string;
  readonly at_min: number;
  readonly took_ms: number;
}

/** What is watched while callers call. */
export interface Watched {
  readonly memory_MiB: readonly Sample[];
  readonly files: readonly Sample[];
  readonly calls: readonly Call[];
  readonly refused: number;
  readonly failures: readonly string[];
}

/** Lets callers call for so many minutes and watches the process they call. */
export async function soak(
  all: readonly Caller[],
  { pid, minutes, progress }: { pid: number; minutes: number; progress: (text: string) => void },
): Promise<SoakReport> {
  let refused = 0;
  const note = (caller: string, error: Error): void => {
    if (error instanceof Refused) refused++;
    else failures.push(`${caller}: ${error.message}`);
  };
  const begunAt = performance.now();
  const now_min = (): number => (performance.now() - begunAt) / 60_000;
  const memory_MiB: Sample[] = [], files: Sample[] = [], calls: Call[] = [], failures: string[] = [];
  const sample = (): void => {
    const at_min = now_min();
    memory_MiB.push({ at_min, value: usageOf(pid).resident_MiB });
    files.push({ at_min, value: openFiles(pid) });
    if (memory_MiB.length % 60 === 1) {
      progress(
        `${at_min.toFixed(0)} of ${minutes} min: ${
          memory_MiB.at(-1)!.value.toFixed(0)
        } MiB, ${calls.length} calls`,
      );
    }
  };
  const sampling = setInterval(sample, SAMPLE_MS);
  const keepCalling = async ({ name, perSecond, call }: Caller): Promise<void> => {
    for (let count = 1; now_min() < minutes; count++) {
      const at_min = now_min();
      const startedAt = performance.now();
      await call().catch((error) => note(name, error));
      calls.push({ caller: name, at_min, took_ms: performance.now() - startedAt });
      // Each turn has its time, so that a slow answer is followed by the next call at once.
      const due_ms = Math.min(begunAt + count * 1000 / perSecond, begunAt + minutes * 60_000) -
        performance.now();
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due_ms)));
    }
  };
  await Promise.all(all.map(keepCalling));
  clearInterval(sampling);
  sample();
  return reportOf({ memory_MiB, files, calls, refused, failures }, minutes);
}

/** The report of what was watched, with what should not be so. */
export function reportOf(
  { memory_MiB, files, calls, refused, failures }: Watched,
  minutes: number,
): SoakReport {
  const warm = ({ at_min }: { at_min: number }): boolean => at_min >= minutes * WARM_UP;
  const memory = memory_MiB.filter(warm), open = files.filter(warm), counted = calls.filter(warm);
  const slope = slopePerMinute(memory);
  const tenths = tenthsOf(calls, minutes);
  const grown_MiB = slope * minutes * (1 - WARM_UP);
  const allowed_MiB = MEMORY_SWING_MiB + MEMORY_PER_MINUTE_MiB * minutes;
  const problems = failures.slice(0, PROBLEMS_MAX);
  if (grown_MiB > allowed_MiB) {
    problems.push(`memory grows by ${slope.toFixed(2)} MiB a minute, ${grown_MiB.toFixed(0)} MiB in all`);
  }
  if (growth(open) > FILES_GROWTH_MAX) problems.push(`${growth(open)} more files are open at the end`);
  if (calls.length === 0) problems.push("nobody called");
  return {
    minutes,
    calls: calls.length,
    refused,
    memory: {
      first_MiB: memory[0]?.value ?? NaN,
      last_MiB: memory.at(-1)?.value ?? NaN,
      slope_MiB_per_min: slope,
    },
    files: { first: open[0]?.value ?? NaN, last: open.at(-1)?.value ?? NaN, growth: growth(open) },
    p99_ms: Object.fromEntries(
      [...Map.groupBy(counted, ({ caller }) => caller)].map(([caller, list]) => [caller, p99(list)]),
    ),
    p99_by_tenth_ms: tenths,
    p99_growth_ms: growth(
      tenths.slice(INTERVALS * WARM_UP).map((value, index) => ({ at_min: index, value })),
    ),
    problems,
  };
}

function tenthsOf(calls: readonly Call[], minutes: number): number[] {
  return Array.from({ length: INTERVALS }, (_, index) => {
    const within = ({ at_min }: Call): boolean => Math.floor(at_min / minutes * INTERVALS) === index;
    return p99(calls.filter(within));
  });
}

function p99(calls: readonly Call[]): number {
  return percentile(calls.map(({ took_ms }) => took_ms), 0.99);
}

/** The report as text. */
export function formatSoak(report: SoakReport): string {
  const { memory, files, problems } = report;
  const listed = (values: readonly number[]): string => values.map((value) => value.toFixed(0)).join(", ");
  return [
    `${report.minutes} minutes, ${report.calls} calls, ${report.refused} of them answered 503`,
    `memory: ${memory.first_MiB.toFixed(0)} MiB after the warm-up, ${
      memory.last_MiB.toFixed(0)
    } at the end, ` +
    `${memory.slope_MiB_per_min.toFixed(2)} MiB a minute by least squares`,
    `open files: ${files.first} after the warm-up, ${files.last} at the end`,
    `p99 of each tenth of the time, ms: ${listed(report.p99_by_tenth_ms)}; ` +
    `last third to first ${report.p99_growth_ms.toFixed(0)}`,
    ...Object.entries(report.p99_ms).map(([caller, value]) => `p99 of ${caller}, ms: ${value.toFixed(0)}`),
    ...problems.map((problem) => `PROBLEM: ${problem}`),
  ].join("\n");
}
