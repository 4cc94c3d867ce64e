import assert from "node:assert/strict";
import { createProgram } from "../../cli.ts";
import { generatedParts, withPart } from "../../docs/generate.ts";
import { VARIABLES } from "../../src/variables.ts";
import { filesIn, readSource } from "../fixtures/source_tree.ts";

/** Formatting pads the columns of tables. */
function unpadded(text: string): string {
  return text.replaceAll(/ +/g, " ").replaceAll(/-{3,}/g, "---");
}

Deno.test("the generated parts of the documentation are up to date", async () => {
  for (const part of await generatedParts()) {
    const text = await readSource(part.file);
    assert.equal(
      unpadded(text),
      unpadded(withPart(text, part)),
      `${part.file}: run \`deno run -A docs/generate.ts\``,
    );
  }
});

Deno.test("every variable and every command is documented", async () => {
  const configuration = await readSource("docs/configuration.md");
  for (const { name } of VARIABLES) assert.ok(configuration.includes(`\`${name}\``), name);
  const cli = await readSource("docs/cli.md");
  const commands = createProgram().commands;
  assert.ok(commands.length >= 11);
  for (const command of commands) {
    assert.ok(cli.includes(`## \`cq ${command.name()}\``), command.name());
    for (const child of command.commands) {
      assert.ok(cli.includes(`## \`cq ${command.name()} ${child.name()}\``), child.name());
    }
  }
});

Deno.test("every path that the server itself answers is documented", async () => {
  const api = await readSource("docs/api.md");
  const paths = await Promise.all(
    (await filesIn("src/http", ".ts")).map(async (file) =>
      [...(await readSource(file)).matchAll(/"(\/[a-z.][\w./-]*\w)"/g)].map(([, path]) => path!)
    ),
  );
  assert.ok(paths.flat().includes("/mcp"));
  assert.deepEqual(paths.flat().filter((path) => !api.includes(`${path}\``)), []);
});

Deno.test("every command says what it does and shows an example", () => {
  for (const command of createProgram().commands) {
    let help = "";
    command.configureOutput({ writeOut: (text) => help += text });
    command.outputHelp();
    assert.notEqual(command.description(), "", command.name());
    assert.match(help, /Examples:\n {2}\S/, command.name());
  }
});

Deno.test("every page of the documentation is in its index", async () => {
  const index = await readSource("docs/README.md");
  for (const page of await filesIn("docs", ".md")) {
    const name = page.replace("docs/", "");
    if (name === "README.md" || name.startsWith("decisions/")) continue;
    assert.ok(index.includes(`(${name})`), name);
  }
});

Deno.test("README, quick start, gate and image use the same version of Deno", async () => {
  const versionsIn = async (path: string): Promise<Set<string>> =>
    new Set(
      [...(await readSource(path)).matchAll(/(?:deno[:@]|Deno |DENO_VERSION=)(\d+\.\d+\.\d+)/g)].map((
        match,
      ) => match[1]!),
    );
  const gate = await versionsIn(".ci/run");
  assert.equal(gate.size, 1);
  assert.deepEqual(await versionsIn("README.md"), gate);
  assert.deepEqual(await versionsIn("docs/quick-start.md"), gate);
  assert.deepEqual(await versionsIn("Dockerfile"), gate);
});
