import type { Comparison } from "./answers.ts";
import type { Measured, Row } from "./measure.ts";
import type { Spread } from "./statistics.ts";

/** Everything one run found out. */
export interface Report extends Measured {
  readonly conditions: Readonly<Record<string, string | number>>;
  /** Start of our server: on a database of the original, which is migrated first, and afterwards. */
  readonly firstStart_ms: number;
  readonly start_ms: Spread;
  /** Median time of a refused login of a known user, divided by that of an unknown one. */
  readonly loginTimeRatio: Readonly<Record<string, number>>;
  readonly answers?: Comparison;
}

/** A report for people, in Markdown. */
export function formatReport(report: Report): string {
  const compared = report.rows.some((row) => row.other !== undefined);
  const headings = compared ? ["", "ours", "other", "ours is … times as good"] : ["", "ours"];
  const rows = report.rows.map((row) => cells(row).slice(0, headings.length));
  return [
    Object.entries(report.conditions).map(([name, value]) => `${name} ${value}`).join(", ") + ".",
    "Each value is least / median / greatest of the rounds.",
    "",
    ...table([headings, ...rows]),
    "",
    ...findings(report, compared).map((finding) => `- ${finding}`),
  ].join("\n");
}

function findings(report: Report, compared: boolean): string[] {
  const start = `${number(report.firstStart_ms)} ms; later starts ${spreadOf(report.start_ms)} ms`;
  return [
    `Start on a database of the original: ${start}.`,
    ...Object.entries(report.loginTimeRatio).map(([name, ratio]) =>
      `Refused login of a known user, ${name}: ${
        ratio.toFixed(3)
      } times the time of an unknown one (medians).`
    ),
    ...(compared
      ? answerLines(report.answers)
      : ["Nothing was compared: measured ours alone (--other names another server)."]),
    ...report.problems.map((problem) => `Unexpected answers: ${problem}.`),
  ];
}

function answerLines(answers: Comparison | undefined): string[] {
  if (answers === undefined) return [];
  const { equal, asked, differences } = answers;
  return [`${equal} of ${asked} sampled queries were answered alike.`, ...differences];
}

function cells({ name, unit, ours, other, ratio }: Row): string[] {
  const [second = "", third = ""] = [other && spreadOf(other), ratio && spreadOf(ratio)];
  return [`${name}, ${unit}`, spreadOf(ours), second, third];
}

function spreadOf({ min, median, max }: Spread): string {
  return [min, median, max].map(number).join(" / ");
}

function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function table([headings, ...rows]: string[][]): string[] {
  const line = (words: readonly string[]): string => `| ${words.join(" | ")} |`;
  return [
    line(headings!),
    line(headings!.map((_, column) => column === 0 ? "---" : "---:")),
    ...rows.map(line),
  ];
}
