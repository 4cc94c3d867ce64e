import { deepEqual, ok } from "node:assert/strict";
import { createProgram } from "../../cli.ts";
import { VARIABLES } from "../../src/variables.ts";
import { filesIn, readSource } from "../fixtures/source_tree.ts";

/** Those of clients, and of the tests. */
const OTHERS_VARIABLES = ["CQ_ADDR", "CQ_API_KEY", "CQ_TEST_POSTGRES_URL"];
const COMMAND = /(?:(?:^\s*|`)cq|deno task cli) (\w[\w-]*)(?: (\w[\w-]*))?([^`\n]*)/gm;

/** What a pattern finds in the pages, with the page that it stands in. */
async function namedInPages(pattern: RegExp): Promise<{ page: string; match: RegExpExecArray }[]> {
  const pages = await Promise.all((await filesIn(".", ".md")).map(async (page) => {
    const text = await readSource(page);
    return [...text.matchAll(pattern)].map((match) => ({ page, match }));
  }));
  return pages.flat();
}

Deno.test("every command that the documentation names is there, with the options it is given", async () => {
  const { commands } = createProgram();
  const named = (await namedInPages(COMMAND)).filter(({ page }) => page !== "docs/cli.md");
  ok(named.length > 40, `${named.length} commands`);
  const unknown = named.filter(({ match: [, name, child, rest = ""] }) => {
    const command = commands.find((one) => one.name() === name);
    const inner = command?.commands ?? [];
    const last = inner.length === 0 || child === undefined
      ? command
      : inner.find((one) => one.name() === child);
    const options = [...rest.split("|")[0]!.matchAll(/--[\w-]+/g)].map(([option]) => option);
    return last === undefined || !options.every((option) => last.options.some(({ long }) => long === option));
  });
  deepEqual(unknown.map(({ page, match: [line] }) => `${page}: ${line}`), []);
});

Deno.test("every variable that the documentation names is there", async () => {
  const known = [...VARIABLES.flatMap(({ name }) => [name, `${name}_FILE`]), ...OTHERS_VARIABLES];
  const named = await namedInPages(/\bCQ_\w*[A-Z]/g);
  ok(named.length > 100, `${named.length} variables`);
  deepEqual(
    named.filter(({ match: [name] }) => !known.includes(name)).map(({ page, match: [name] }) =>
      `${page}: ${name}`
    ),
    [],
  );
});

Deno.test("every task that the documentation names is there", async () => {
  const { tasks } = JSON.parse(await readSource("deno.json")) as { tasks: Record<string, string> };
  const named = await namedInPages(/\bdeno(?:@[\d.]+)? task ([\w:-]+)/g);
  ok(named.length > 20, `${named.length} tasks`);
  deepEqual(
    named.filter(({ match: [, name] }) => !(name! in tasks)).map(({ page, match: [line] }) =>
      `${page}: ${line}`
    ),
    [],
  );
});
