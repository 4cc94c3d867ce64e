import { type Bar, bars, label } from "./bars.ts";
import { findRow, type Row, type TargetName } from "./rows.ts";
import type { SizeReport } from "./size.ts";
import type { Spread } from "./statistics.ts";

/** Everything one run found out. */
export interface Report {
  readonly conditions: Readonly<Record<string, string | number>>;
  readonly sizes: readonly SizeReport[];
  readonly bars: readonly Bar[];
}

/** A run's report, with its bars judged. */
export function reportOf(conditions: Report["conditions"], sizes: readonly SizeReport[]): Report {
  return { conditions, sizes, bars: bars(sizes) };
}

const HEADINGS: Readonly<Record<TargetName, string>> = { ours: "ours", other: "other", bare: "bare handler" };

/** A report for people, in Markdown. */
export function formatReport({ conditions, sizes, bars }: Report): string {
  return [
    Object.entries(conditions).map(([name, value]) => `${name} ${value}`).join(", ") + ".",
    "Each value is least / median / greatest of the rounds, or the only one. “Against” tells how many times as good ours was in",
    "the same round.",
    ...sizes.flatMap((report) => ["", `### ${label(report.units)} units`, "", ...sizeLines(report)]),
    ...(sizes.length > 1 ? ["", "### All sizes, ours", "", ...sizesTable(sizes)] : []),
    "",
    "### Bars",
    "",
    ...barsTable(bars),
  ].join("\n");
}

function sizeLines(report: SizeReport): string[] {
  const { rows } = report;
  const targets = (["ours", "other", "bare"] as const).filter((target) =>
    rows.some(({ values }) => values[target] !== undefined)
  );
  const others = targets.filter((target) => target !== "ours");
  const headings = [
    "",
    "",
    HEADINGS.ours,
    ...others.flatMap((target) => [HEADINGS[target], `against ${HEADINGS[target]}`]),
  ];
  const cells = (row: Row, index: number, all: readonly Row[]): string[] => [
    row.name === all[index - 1]?.name ? "" : row.name,
    row.metric,
    shown(row.values.ours),
    ...others.flatMap((target) => [shown(row.values[target]), shown(row.ratios[target])]),
  ];
  const measured = rows.filter(({ values }) => Object.values(values).some((value) => !isUnknown(value)));
  return [...table([headings, ...measured.map(cells)]), "", ...findings(report).map((text) => `- ${text}`)];
}

function findings({ rows, answers, problems }: SizeReport): string[] {
  return [
    ...loginTimes(rows),
    ...(answers === undefined
      ? ["Nothing was compared: measured ours alone (--other and --other-command name another server)."]
      : [
        `${answers.equal} of ${answers.asked} sampled queries were answered alike.`,
        ...answers.differences,
      ]),
    ...problems.map((problem) => `Unexpected answers: ${problem}.`),
  ];
}

/** Whether a refused login tells which names exist. */
function loginTimes(rows: readonly Row[]): string[] {
  const known = findRow(rows, "login, known user", "p50, ms")?.values;
  const unknown = findRow(rows, "login, unknown user", "p50, ms")?.values;
  return (["ours", "other"] as const).flatMap((target) => {
    const times = (known?.[target]?.median ?? NaN) / (unknown?.[target]?.median ?? NaN);
    if (Number.isNaN(times)) return [];
    return [
      `Refused login of a known user, ${target}: ${
        times.toFixed(3)
      } times the time of an unknown one (medians).`,
    ];
  });
}

/** The medians of our server by size, and what the largest is to the smallest. */
function sizesTable(sizes: readonly SizeReport[]): string[] {
  const [first, ...rest] = sizes.toSorted((a, b) => a.units - b.units) as [SizeReport, ...SizeReport[]];
  const lines = first.rows.flatMap(({ name, metric, values }) => {
    const medians = [
      values.ours?.median,
      ...rest.map(({ rows }) => findRow(rows, name, metric)?.values.ours?.median),
    ];
    if (medians.some((median) => median === undefined || Number.isNaN(median))) return [];
    const known = medians as number[];
    return [[name, metric, ...known.map(number), number(known.at(-1)! / known[0]!)]];
  }).map(([name, ...rest], index, all) => [name === all[index - 1]?.[0] ? "" : name!, ...rest]);
  const headings = ["", "", ...[first, ...rest].map(({ units }) => label(units)), "last to first"];
  return table([headings, ...lines]);
}

function barsTable(bars: readonly Bar[]): string[] {
  const measured = bars.filter(({ found }) => found !== undefined);
  const rest = bars.length - measured.length;
  return [
    ...table([
      ["", "needed", "found", ""],
      ...measured.map(({ bar, needed, found, holds }) => [
        bar,
        needed,
        found!,
        holds === true ? "holds" : "**missed**",
      ]),
    ]),
    "",
    `${measured.filter(({ holds }) => holds).length} hold, ${
      measured.filter(({ holds }) => holds === false).length
    } are missed, ${rest} were not measured in this run.`,
  ];
}

function isUnknown(value: Spread | undefined): boolean {
  return value === undefined || Number.isNaN(value.median);
}

function shown(value: Spread | undefined): string {
  if (value === undefined || isUnknown(value)) return "";
  const numbers = [value.min, value.median, value.max].map(number);
  return value.min === value.max ? numbers[0]! : numbers.join(" / ");
}

function number(value: number): string {
  if (!Number.isFinite(value)) return "∞";
  return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toPrecision(3);
}

function table([headings, ...rows]: string[][]): string[] {
  const line = (words: readonly string[]): string => `| ${words.join(" | ")} |`;
  return [
    line(headings!),
    line(headings!.map((heading) => heading === "" ? "---" : "---:")),
    ...rows.map(line),
  ];
}
