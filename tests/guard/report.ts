/**
 * What the guard sees of the corpus: `deno task guard:report` prints it, with `--write` it goes into docs/guard.md.
 */
import type { Finding } from "../../src/guard/finding.ts";
import { inspect, parsePolicy, severest } from "../../src/guard/guard.ts";
import { authoredTexts } from "./authors/authors.ts";
import type { CorpusUnit } from "./corpus/cases.ts";
import { attacks, cleanTexts, type Half, halfOf } from "./corpus/corpus.ts";

const DEFAULTS = parsePolicy("");
const DOCUMENT = new URL("../../docs/guard.md", import.meta.url);
const BEGIN = "<!-- measured: guard-report -->\n";
const END = "<!-- end: guard-report -->";

/** Sources with rows of their own: what was written later than the first, and units put together. */
const ATTACKS_APART = ["voices", "later", "fresh"], CLEAN_APART = ["composed", "voices", "fresh"];

/** How many units of one kind there are, and what became of them. */
export interface Tally {
  readonly all: number;
  readonly blocked: number;
  readonly warned: number;
}

/** The report's figures. */
export interface Report {
  readonly rows: readonly { readonly name: string; readonly half: Half; readonly tally: Tally }[];
  readonly rules: readonly { readonly rule: string; readonly attacks: number; readonly clean: number }[];
}

interface Judged {
  readonly half: Half;
  readonly groups: readonly string[];
  readonly isAttack: boolean;
  readonly findings: readonly Finding[];
}

function judged(): Judged[] {
  const look = (unit: CorpusUnit): Finding[] => inspect(unit, DEFAULTS);
  return [
    ...attacks().map(({ id, family, obfuscation, source, unit }) => ({
      half: halfOf(id),
      isAttack: true,
      groups: [
        "attacks",
        family,
        obfuscation === null ? "attacks in clear" : "attacks in disguise",
        ATTACKS_APART.includes(source) ? `attacks, ${source}` : "attacks, first",
        ...source === "subtle" ? ["attacks, subtle"] : [],
      ],
      findings: look(unit),
    })),
    ...cleanTexts().map(({ id, source, unit }) => ({
      half: halfOf(id),
      isAttack: false,
      groups: ["clean", CLEAN_APART.includes(source) ? `clean, ${source}` : "clean, written"],
      findings: look(unit),
    })),
    ...authoredTexts().filter(({ isBlind }) => isBlind).map(({ isAttack, unit }): Judged => ({
      half: "held_out",
      isAttack,
      groups: [isAttack ? "attacks, authors" : "clean, authors"],
      // Each was one text: that the parts of its unit are short or say the same is none of the author's doing.
      findings: look(unit).filter(({ rule }) => !rule.startsWith("quality.")),
    })),
  ];
}

function tallyOf(cases: readonly Judged[]): Tally {
  const severities = cases.map(({ findings }) => severest(findings));
  return {
    all: cases.length,
    blocked: severities.filter((severity) => severity === "block").length,
    warned: severities.filter((severity) => severity !== undefined && severity !== "block").length,
  };
}

/** Judges the whole corpus by the default policy. */
export function guardReport(): Report {
  const cases = judged();
  const names = [...new Set(cases.flatMap(({ groups }) => groups))].sort();
  const rules = [...new Set(cases.flatMap(({ findings }) => findings.map(({ rule }) => rule)))].sort();
  const saw = (rule: string, isAttack: boolean): number =>
    cases.filter((one) => one.isAttack === isAttack && one.findings.some((finding) => finding.rule === rule))
      .length;
  return {
    rows: names.flatMap((name) =>
      (["tuning", "held_out"] as const).map((half) => ({
        name,
        half,
        tally: tallyOf(cases.filter((one) => one.half === half && one.groups.includes(name))),
      }))
    ),
    rules: rules.map((rule) => ({ rule, attacks: saw(rule, true), clean: saw(rule, false) })),
  };
}

/** The figures of a group over both halves. */
export function totalOf({ rows }: Report, name: string): Tally {
  const own = rows.filter((row) => row.name === name).map(({ tally }) => tally);
  const sum = (key: keyof Tally): number => own.reduce((total, tally) => total + tally[key], 0);
  return { all: sum("all"), blocked: sum("blocked"), warned: sum("warned") };
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${(100 * part / whole).toFixed(1)} %`;
}

/** The report as tables in Markdown. */
export function reportText(report: Report): string {
  const cells = ({ all, blocked, warned }: Tally): string =>
    `${all} | ${percent(blocked, all)} | ${percent(blocked + warned, all)}`;
  const names = [...new Set(report.rows.map(({ name }) => name))];
  const tallies = (name: string): string =>
    report.rows.filter((row) => row.name === name).map(({ tally }) => cells(tally)).join(" | ");
  return [
    "| units | tuning half | blocked | seen | other half | blocked | seen |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...names.map((name) => `| ${name} | ${tallies(name)} |`),
    "",
    "| rule | attacks it sees | clean units it sees |",
    "| --- | --- | --- |",
    ...report.rules.map(({ rule, attacks, clean }) => `| \`${rule}\` | ${attacks} | ${clean} |`),
  ].join("\n");
}

/** What stands in the document between the marks, without the padding that formatting adds. */
export function documentedReport(): string {
  const text = Deno.readTextFileSync(DOCUMENT).split(BEGIN)[1]?.split(END)[0] ?? "";
  return unpadded(text);
}

/** A table without padding. */
export function unpadded(text: string): string {
  return text.trim().replace(/ +/g, " ").replace(/-{3,}/g, "---");
}

async function write(text: string): Promise<void> {
  const [before, rest] = Deno.readTextFileSync(DOCUMENT).split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error("docs/guard.md lacks the marks");
  Deno.writeTextFileSync(DOCUMENT, `${before}${BEGIN}\n${text}\n\n${END}${after}`);
  await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", "docs/guard.md"] }).output();
}

if (import.meta.main) {
  const text = reportText(guardReport());
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
  if (Deno.args.includes("--write")) await write(text);
}
