import { equal, ok } from "node:assert/strict";
import type { Knowledge } from "../../src/knowledge/service.ts";
import { MCP_BATCH_MAX } from "../../src/limits.ts";
import { PROMPTS } from "../../src/mcp/prompts.ts";
import { createTools } from "../../src/mcp/tools.ts";
import { filesIn, readSource } from "../fixtures/source_tree.ts";
import { REVISIONS } from "./mcp_client.ts";

Deno.test("the documentation names every tool, argument, prompt and revision, and the API's page the route", async () => {
  const text = await readSource("docs/mcp.md");
  const tools = createTools({ knowledge: {} as Knowledge, readNeedsKey: false });
  for (const { name, input } of tools) {
    const row = text.split("\n").find((line) => line.startsWith(`| \`${name}\``)) ?? "";
    for (const argument of Object.keys(input.properties)) {
      ok(row.includes(`\`${argument}\``), `${name}.${argument}`);
    }
  }
  for (const { name } of PROMPTS) ok(text.includes(`| \`${name}\``), name);
  for (const revision of REVISIONS) ok(text.includes(revision), revision);
  ok(text.includes(`at most ${MCP_BATCH_MAX} messages`));
  ok((await readSource("docs/api.md")).includes("`POST /mcp`"));
});

Deno.test("one module loads the SDK, and it is imported by what is written out, so that a binary has it", async () => {
  const loading: string[] = [];
  for (const path of await filesIn("src", ".ts")) {
    if (/^import (?!type )[^;]*"@modelcontextprotocol\//m.test(await readSource(path))) loading.push(path);
  }
  equal(loading.join(), "src/mcp/protocol.ts");
  const importers = [];
  for (const path of await filesIn("src", ".ts")) {
    if (/from "[./a-z]*\bprotocol\.ts"/.test(await readSource(path))) importers.push(path);
  }
  equal(importers.join(), "", "nothing imports it before the first message");
  ok((await readSource("src/mcp/mcp.ts")).includes(`import("./protocol.ts")`));
});
