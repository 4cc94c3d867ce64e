import { deepEqual, ok } from "node:assert/strict";
import { createProgram } from "../../cli.ts";
import { VARIABLES } from "../../src/config.ts";
import { testApp } from "../fixtures/app.ts";
import { readSource } from "../fixtures/source_tree.ts";

const PAGE = "docs/security.md";

interface Requirement {
  readonly id: string;
  readonly state: string;
  readonly proofs: readonly { readonly file: string; readonly test: string }[];
}

async function requirements(): Promise<Requirement[]> {
  const rows = (await readSource(PAGE)).split("\n").filter((line) => /^\| V\d/.test(line));
  return rows.map((row) => {
    const [, id = "", , state = "", proof = ""] = row.split("|").map((cell) => cell.trim());
    const proofs = [...proof.matchAll(/`([^`]+)` "([^"]+)"/g)].map(([, file, test]) => ({
      file: file!,
      test: test!,
    }));
    return { id, state, proofs };
  });
}

Deno.test("every requirement that is said to be met names a test, and every test that is named is there", async () => {
  const rows = await requirements();
  ok(rows.length > 90);
  deepEqual(rows.filter(({ state }) => !/^(?:met|partly|not|n\.a\.)(?:: .+)?$/.test(state)), []);
  deepEqual(rows.filter(({ state, proofs }) => state.startsWith("met") && proofs.length === 0), []);
  const missing: string[] = [];
  for (const { id, proofs } of rows) {
    for (const { file, test } of proofs) {
      const source = await readSource(file).catch(() => "");
      if (!/^tests\/[\w/]+_test\.ts$/.test(file) || !source.includes(test)) {
        missing.push(`${id}: ${file} "${test}"`);
      }
    }
  }
  deepEqual(missing, []);
});

Deno.test("commands, pages and variables that the page on security names exist", async () => {
  const text = await readSource(PAGE);
  const program = createProgram();
  const unknown: string[] = [];
  const commands = [...text.matchAll(/(?:^\s*|`)cq (\w[\w-]*)(?: (\w[\w-]*))?(.*)$/gm)];
  ok(commands.length >= 12);
  for (const [line, name, child, rest] of commands) {
    const command = program.commands.find((one) => one.name() === name);
    const inner = command?.commands ?? [];
    const last = inner.length === 0 ? command : inner.find((one) => one.name() === child);
    const options = [...(rest ?? "").split("|")[0]!.matchAll(/--[\w-]+/g)].map(([option]) => option);
    const known = last?.options.map(({ long }) => long) ?? [];
    if (last === undefined || options.some((option) => !known.includes(option))) unknown.push(line.trim());
  }
  await using app = await testApp();
  const pages = app.server.pages.map(({ path }) => path);
  const named = [...text.matchAll(/`(\/(?:units|review|settings)[^`]*)`/g)].map(([, path]) => path!);
  ok(named.length >= 4);
  unknown.push(...named.filter((path) => !pages.includes(path)));
  const variables = VARIABLES.flatMap(({ name }) => [name, `${name}_FILE`]);
  unknown.push(
    ...[...text.matchAll(/\bCQ_\w+/g)].map(([name]) => name).filter((name) => !variables.includes(name)),
  );
  deepEqual(unknown, []);
});
