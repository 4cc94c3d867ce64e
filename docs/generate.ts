// Writes the generated parts of the documentation: `deno run -A docs/generate.ts`. A test fails while they are out of date.
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { createProgram } from "../cli.ts";
import { MIGRATIONS } from "../migrations/mod.ts";
import { DIFFERENCES } from "../src/compatibility.ts";
import { loadConfig } from "../src/config.ts";
import { VARIABLES } from "../src/variables.ts";
import { openSqlite } from "../src/database/sqlite.ts";
import { RULES } from "../src/guard/guard.ts";
import { createServer } from "../src/http/server.ts";
import type { UiRoute } from "../src/ui/route.ts";
import { METRICS } from "../src/telemetry/instruments.ts";
import { systemClock } from "../src/wire/time.ts";

const DECISIONS = new URL("decisions/", import.meta.url);

/** A generated part: the file it stands in, and its text between the markers. */
export interface GeneratedPart {
  readonly file: string;
  readonly marker: string;
  readonly text: string;
}

/** Everything that is generated, as it should be now. */
export async function generatedParts(): Promise<GeneratedPart[]> {
  return [
    { file: "docs/configuration.md", marker: "variables", text: variableTable() },
    { file: "docs/cli.md", marker: "commands", text: commandReference() },
    ...await routeTables(),
    { file: "docs/compatibility.md", marker: "differences", text: differenceTable() },
    { file: "docs/metrics.md", marker: "metrics", text: metricTable() },
    { file: "docs/guard.md", marker: "guard-rules", text: ruleTable() },
    { file: "docs/decisions/README.md", marker: "decisions", text: await decisionList() },
  ];
}

/** A file's text with a generated part put between its markers. */
export function withPart(text: string, part: GeneratedPart): string {
  const begin = `<!-- generated: ${part.marker} -->\n`;
  const end = `<!-- end: ${part.marker} -->`;
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`${part.file} lacks the markers for ${part.marker}`);
  }
  return `${before}${begin}\n${part.text}\n\n${end}${after}`;
}

function variableTable(): string {
  const rows = VARIABLES.map(({ name, fallback, description, secret }) => {
    const file = secret === true ? ` Or \`${name}_FILE\`: a file that holds it.` : "";
    return `| \`${name}\` | ${fallback === undefined ? "" : `\`${fallback}\``} | ${description}${file} |`;
  });
  return ["| variable | default | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

function ruleTable(): string {
  const rows = RULES.map(({ id, title, defaultAction }) => `| \`${id}\` | ${defaultAction} | ${title} |`);
  return ["| rule | default | what it finds |", "| --- | --- | --- |", ...rows].join("\n");
}

function metricTable(): string {
  const rows = METRICS.toSorted((a, b) => a.name < b.name ? -1 : 1).map(({ name, type, labels, help }) =>
    `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(", ")} | ${help} |`
  );
  return ["| metric | type | labels | meaning |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function differenceTable(): string {
  const rows = Object.values(DIFFERENCES).map(({ topic, original, here, reason, cases }) => {
    const named = cases.length === 0 ? "none" : cases.map((id) => `\`${id}\``).join(", ");
    return `| ${topic} | ${original} | ${here} | ${reason} | ${named} |`;
  });
  const heads =
    "| topic | the original, and `CQ_COMPAT=strict` | by default | why | recorded cases that differ by default |";
  return [heads, "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}

function commandReference(): string {
  const sections = (command: CommandUnknownOpts, path: string): string[] => {
    const own = `## \`${path}\`\n\n\`\`\`text\n${helpOf(command).trim()}\n\`\`\``;
    return [own, ...command.commands.flatMap((child) => sections(child, `${path} ${child.name()}`))];
  };
  return createProgram().commands.flatMap((command) => sections(command, `cq ${command.name()}`)).join(
    "\n\n",
  );
}

const HELP_WIDTH = 100;

function helpOf(command: CommandUnknownOpts): string {
  let text = "";
  command.configureOutput({ writeOut: (part) => text += part, getOutHelpWidth: () => HELP_WIDTH });
  command.outputHelp();
  return text;
}

interface Operation {
  readonly summary: string;
  readonly security?: readonly Record<string, unknown>[];
  readonly responses: Readonly<Record<string, unknown>>;
}

async function routeTables(): Promise<GeneratedPart[]> {
  const database = openSqlite(":memory:");
  const config = loadConfig({ CQ_JWT_SECRET: "unused", CQ_API_KEY_PEPPER: "unused" });
  const server = await createServer({ config, database, clock: systemClock(), migrations: MIGRATIONS });
  const response = await server.app(new Request("http://localhost/openapi.json"));
  const { paths } = await response.json() as { paths: Record<string, Record<string, Operation>> };
  await server.close();
  return [
    { file: "docs/api.md", marker: "routes", text: routeTable(paths) },
    { file: "docs/api.md", marker: "pages", text: pageTable(server.pages) },
  ];
}

function routeTable(paths: Readonly<Record<string, Record<string, Operation>>>): string {
  const rows = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { summary, security, responses }]) => {
      const credential =
        { loginToken: "login token", apiKey: "API key" }[Object.keys(security?.[0] ?? {})[0] ?? ""] ?? "none";
      return `| \`${method.toUpperCase()} ${path}\` | ${credential} | ${
        Object.keys(responses).join(", ")
      } | ${summary} |`;
    })
  );
  return ["| route | credential | answers | |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function pageTable(routes: readonly UiRoute[]): string {
  const rows = [...Map.groupBy(routes, ({ path, needs }) => `| \`${path}\` | ${needs ?? "no session"} |`)]
    .map(([cells, alike]) => `${cells} ${alike.map(({ method }) => method).sort().join(", ")} |`);
  return ["| path | needs | methods |", "| --- | --- | --- |", ...rows].join("\n");
}

/** Decisions in the order of their numbers, by the titles they have themselves. */
async function decisionList(): Promise<string> {
  const names = (await Array.fromAsync(Deno.readDir(DECISIONS), ({ name }) => name))
    .filter((name) => /^\d{4}-.+\.md$/.test(name)).sort();
  const lines = names.map(async (name) => {
    const title = /^# 0*(\d+[.:]? .+)$/m.exec(await Deno.readTextFile(new URL(name, DECISIONS)))?.[1];
    if (title === undefined) throw new Error(`${name}: its first line must be # with its number and title`);
    return `- [${title}](${name})`;
  });
  return (await Promise.all(lines)).join("\n");
}

if (import.meta.main) {
  for (const part of await generatedParts()) {
    await Deno.writeTextFile(part.file, withPart(await Deno.readTextFile(part.file), part));
  }
  const formatted = await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", "docs"] }).output();
  if (!formatted.success) Deno.exit(1);
}
