import { BURST } from "./burst.ts";
import { ENDURANCE } from "./endurance.ts";
import { mixedName, MIXES } from "./mixed.ts";
import { findRow, type Row } from "./rows.ts";
import type { SizeReport } from "./size.ts";
import type { Spread } from "./statistics.ts";

/** One thing that must be true, and whether it is. */
export interface Bar {
  readonly bar: string;
  readonly needed: string;
  /** Undefined where this run has not measured it. */
  readonly found?: string;
  readonly holds?: boolean;
}

interface Sized {
  readonly units: number;
  readonly bar: string;
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly unit: string;
  readonly read: (report: SizeReport) => number | undefined;
}

const SIZES = [1_000, 10_000, 100_000, 1_000_000] as const;
const SMALLEST = SIZES[0], BASE = SIZES[1], LARGE = SIZES[2], LARGEST = SIZES[3];

/** How many times as many requests per second as the original, by size. */
const TIMES_THE_ORIGINAL: Readonly<Record<string, readonly number[]>> = {
  "query": [50, 150, 1_000, 15_000],
  "query, never the same": [50, 150, 1_000, 15_000],
  "query of the hottest tags": [100, 800, 6_000, 25_000],
  "query of the hottest tags, rare context": [100, 800, 6_000, 25_000],
  "knowledge/stats": [20, 300, 1_000, 10_000],
  "review/stats": [20, 300, 1_000, 10_000],
  "review/queue": [20, 300, 1_000, 10_000],
  "propose": [8, 8, 8, 10],
  "confirm": [8, 8, 8, 10],
};
/** How many times that of the base size the latency at the largest size may be. */
const GROWTH_MAX: Readonly<Record<string, number>> = {
  "query": 2,
  "query, never the same": 2,
  "query of the hottest tags": 4,
  "query of the hottest tags, rare context": 4,
};
const COST_MAX = 2;
const START_MAX_MS = 1_500;
const MEMORY_MAX_MIB: Readonly<Record<number, number>> = { [LARGE]: 200, [LARGEST]: 500 };
/** What counts as flat: a third more or less than this is growth. */
const FLAT_MAX = 1.1;
const SLOWED_MAX = 3;
/** Clients give up after five seconds. */
const BURST_MAX_MS = 5_000;

/** Every bar, measured or not. */
export function bars(reports: readonly SizeReport[]): Bar[] {
  return [
    ...sizedBars().map((sized) => judged(sized, reports.find(({ units }) => units === sized.units))),
    ...Object.entries(GROWTH_MAX).map(([name, most]) => growthBar(name, most, reports)),
    ...reports.flatMap(barsOfEverySize),
  ];
}

function sizedBars(): Sized[] {
  const ratios = Object.entries(TIMES_THE_ORIGINAL).flatMap(([name, wanted]) =>
    SIZES.map((units, index): Sized => ({
      units,
      bar: `${name}: requests/s, times the other's`,
      atLeast: wanted[index]!,
      unit: "×",
      read: ({ rows }) => findRow(rows, name, "req/s")?.ratios.other?.median,
    }))
  );
  const costs = ["query", "query, never the same"].flatMap((name) =>
    ["req/s", "CPU per request, µs"].map((metric): Sized => ({
      units: SMALLEST,
      bar: `${name}: cost, times that of a handler that returns the same bytes from memory (${metric})`,
      atMost: COST_MAX,
      unit: "×",
      read: ({ rows }) => inverse(findRow(rows, name, metric)?.ratios.bare?.median),
    }))
  );
  const memory = Object.entries(MEMORY_MAX_MIB).flatMap(([units, most]) =>
    [["at rest", "resident, MiB"], ["after all loads", "resident, MiB"], [
      "after all loads",
      "greatest so far, MiB",
    ]]
      .map(([when, metric]): Sized => ({
        units: Number(units),
        bar: `memory ${when}: ${metric}`,
        atMost: most,
        unit: " MiB",
        read: ({ rows }) => ours(findRow(rows, `memory ${when}`, metric!))?.median,
      }))
  );
  return [...ratios, ...costs, {
    units: LARGEST,
    bar: "start: first healthy answer",
    atMost: START_MAX_MS,
    unit: " ms",
    read: ({ rows }) => ours(findRow(rows, "start", "first healthy answer, ms"))?.median,
  }, ...memory];
}

function barsOfEverySize(report: SizeReport): Bar[] {
  const { rows, units } = report;
  const mixes = MIXES.flatMap(({ reader, writers }) => writers.map((count) => mixedName(reader, count)));
  const found = mixes.map((name): Sized => ({
    units,
    bar: `${name}: p99, times that alone`,
    atMost: SLOWED_MAX,
    unit: "×",
    read: () => ours(findRow(rows, name, "p99, times that alone"))?.median,
  }));
  found.push({
    units,
    bar: `${BURST}: last answer`,
    atMost: BURST_MAX_MS,
    unit: " ms",
    read: () => ours(findRow(rows, BURST, "last answer, ms"))?.max,
  }, {
    units,
    bar: `${BURST}: neither served nor refused with 503`,
    atMost: 0,
    unit: "",
    read: () => ours(findRow(rows, BURST, "neither"))?.max,
  }, {
    units,
    bar: `${ENDURANCE}: resident memory, last third to first`,
    atMost: FLAT_MAX,
    unit: "×",
    read: () =>
      ours(rows.find(({ name, metric }) => name.startsWith(ENDURANCE) && metric === "last third to first"))
        ?.median,
  }, {
    units,
    bar: "answers that differ from the other's",
    atMost: 0,
    unit: "",
    read: ({ answers }) => answers && answers.asked - answers.equal,
  });
  return found.map((sized) => judged(sized, report));
}

/** The latency at the largest size that was measured, against that at the base size. */
function growthBar(name: string, most: number, reports: readonly SizeReport[]): Bar {
  const largest = Math.max(BASE, ...reports.map(({ units }) => units));
  const p99 = (size: number): number | undefined =>
    ours(findRow(reports.find(({ units }) => units === size)?.rows ?? [], name, "p99, ms"))?.median;
  const bar = `${name}: p99 at ${label(largest)}, times that at ${label(BASE)}`;
  const small = largest === BASE ? undefined : p99(BASE), large = p99(largest);
  const growth = small === undefined || large === undefined ? undefined : large / small;
  return verdict({ bar, atMost: most, unit: "×" }, growth);
}

function judged(sized: Sized, report: SizeReport | undefined): Bar {
  const bar = `${sized.bar}, ${label(sized.units)} units`;
  return verdict({ ...sized, bar }, report && sized.read(report));
}

function verdict(
  { bar, atMost, atLeast, unit }: Pick<Sized, "bar" | "atMost" | "atLeast" | "unit">,
  value: number | undefined,
): Bar {
  const needed = atLeast === undefined ? `≤ ${atMost}${unit}` : `≥ ${atLeast}${unit}`;
  if (value === undefined || Number.isNaN(value)) return { bar, needed };
  const holds = atLeast === undefined ? value <= atMost! : value >= atLeast;
  return { bar, needed, found: `${Number(value.toPrecision(3))}${unit}`, holds };
}

/** A size as people say it. */
export function label(units: number): string {
  return units.toLocaleString("en-US");
}

function ours(row: Row | undefined): Spread | undefined {
  return row?.values.ours;
}

function inverse(value: number | undefined): number | undefined {
  return value === undefined ? undefined : 1 / value;
}
