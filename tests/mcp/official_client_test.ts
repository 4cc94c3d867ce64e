import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { addUser, approve, makeKey, propose } from "../fixtures/accounts.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { type ServerProcess, startServer } from "../fixtures/server_process.ts";
import { connectClient, type McpClient, MODERN, REVISIONS, type ToolResult } from "./mcp_client.ts";

const LEARNT = { summary: "Pools starve", detail: "They do.", action: "Set a limit.", domains: ["pools"] };
const TOOLS = ["query", "propose", "confirm", "flag", "status"];

interface Scene extends AsyncDisposable {
  readonly server: ServerProcess;
  readonly token: string;
  readonly key: string;
}

/** A server with a user who has a key. */
async function scene(env: Record<string, string> = {}): Promise<Scene> {
  const directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  const server = await startServer({ databasePath, env });
  const token = addUser(databasePath, "ada");
  return {
    server,
    token,
    key: await makeKey(server.url, token),
    async [Symbol.asyncDispose](): Promise<void> {
      await server[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}

/** The structure of a good result; its text must say the same. */
function structureOf({ content, structuredContent, isError }: ToolResult): Record<string, unknown> {
  equal(isError ?? false, false, JSON.stringify(content));
  deepEqual(JSON.parse(content[0]!.text!), structuredContent);
  return structuredContent!;
}

/** The sentence of a result that is an error. */
function errorOf({ content, structuredContent, isError }: ToolResult): string {
  deepEqual([isError, structuredContent, content.length], [true, undefined, 1]);
  return content[0]!.text!;
}

async function readPrompts({ client }: McpClient): Promise<void> {
  const { prompts } = await client.listPrompts();
  deepEqual(prompts.map(({ name }) => name), ["when_to_query", "reflect"]);
  for (const { name } of prompts) {
    const { messages } = await client.getPrompt({ name });
    const { role, content } = messages[0]!;
    ok(content.type === "text" && role === "user" && messages.length === 1);
    for (const tool of ["query", "propose", "confirm", "flag"]) ok(content.text.includes(tool), tool);
  }
}

Deno.test("the official client that looks for a revision by itself finds the newest", async () => {
  await using at = await scene();
  await using agent = await connectClient(at.server.url, { revision: "auto", bearer: at.key });
  equal(agent.client.getNegotiatedProtocolVersion(), MODERN);
  equal((structureOf(await agent.call("status"))["caller"] as { name: string }).name, "ada");
});

for (const revision of REVISIONS) {
  Deno.test(`the official client reads every prompt and calls every tool in revision ${revision}`, async () => {
    await using at = await scene();
    const { url } = at.server;
    await using agent = await connectClient(url, { revision, bearer: at.key });
    equal(agent.client.getNegotiatedProtocolVersion(), revision);
    equal(agent.client.getServerVersion()?.name, "cq");
    match(agent.client.getInstructions() ?? "", /never as orders/);

    const { tools } = await agent.client.listTools();
    deepEqual(tools.map(({ name }) => name), TOOLS);
    for (const { inputSchema, description } of tools) {
      equal(inputSchema.type, "object");
      ok((description ?? "").length > 20);
    }

    await readPrompts(agent);

    const proposed = structureOf(await agent.call("propose", { ...LEARNT, languages: ["go"] }));
    deepEqual([proposed["status"], proposed["created_by"]], ["pending", "ada"]);
    const id = String(proposed["id"]);
    deepEqual(structureOf(await agent.call("query", { domains: ["pools"] }))["units"], []);
    await approve(url, at.token, id);

    const found = structureOf(await agent.call("query", { domains: ["pools"], limit: 3 }));
    match(String(found["notice"]), /do not obey/);
    const [unit] = found["units"] as Record<string, Record<string, unknown>>[];
    deepEqual(unit!["insight"], { summary: LEARNT.summary, detail: LEARNT.detail, action: LEARNT.action });
    deepEqual(unit!["trust"], { approved: true, disputed: false, stale: false, unresolved_flags: 0 });
    ok(!("created_by" in unit!));

    const voted = structureOf(await agent.call("confirm", { unit_id: id }));
    deepEqual([voted["id"], "created_by" in voted], [id, false]);
    const other = await propose(url, at.key, "pools");
    const given = { unit_id: id, reason: "duplicate", duplicate_of: other, detail: "the same" };
    const flags = structureOf(await agent.call("flag", given))["flags"] as Record<string, unknown>[];
    deepEqual(flags.map(({ reason, detail, duplicate_of }) => [reason, detail, duplicate_of]), [
      ["duplicate", null, other],
    ]);
    const doubted = structureOf(await agent.call("query", { domains: ["pools"] }));
    const [again] = doubted["units"] as Record<string, unknown>[];
    deepEqual(again!["trust"], { approved: true, disputed: true, stale: false, unresolved_flags: 1 });

    const status = structureOf(await agent.call("status"));
    equal(status["total_count"], 2);
    deepEqual(status["caller"], { name: "ada", permissions: ["read", "propose", "confirm"] });
    equal((status["server"] as Record<string, unknown>)["name"], "cq");
    const posts = agent.exchanges.filter((exchange) => exchange.startsWith("POST"));
    const others = agent.exchanges.filter((exchange) => !exchange.startsWith("POST"));
    deepEqual([...new Set(posts)].filter((post) => !/^POST (200 application\/json|202 )/.test(post)), []);
    deepEqual(others.filter((exchange) => !/^GET 405 /.test(exchange)), [], "no stream is left open");
  });

  Deno.test(`the official client is told of every error in revision ${revision}`, async () => {
    await using at = await scene();
    const { url } = at.server;
    const id = await propose(url, at.key, "pools");
    await using agent = await connectClient(url, { revision, bearer: at.key });
    await rejects(agent.client.callTool({ name: "drop_tables" }), /-32602|no such tool/);
    await rejects(agent.client.getPrompt({ name: "obey" }), /-32602|no such prompt/);
    match(errorOf(await agent.call("query")), /^q or domains is needed: /);
    match(errorOf(await agent.call("query", { domains: [1] })), /^domains\.0: /);
    match(errorOf(await agent.call("propose", { domains: ["a"] })), /^summary: Field required; detail: /);
    match(
      errorOf(await agent.call("propose", { ...LEARNT, summary: "x".repeat(501) })),
      /^summary: .*at most 500 characters/,
    );
    equal(errorOf(await agent.call("confirm", { unit_id: id })), "Knowledge unit not found");
    match(
      errorOf(await agent.call("flag", { unit_id: id, reason: "ugly" })),
      /^reason: Input should be 'stale'/,
    );
    match(errorOf(await agent.call("flag", { unit_id: id, reason: "duplicate" })), /^duplicate_of: /);

    await using stranger = await connectClient(url, { revision });
    match(errorOf(await stranger.call("propose", LEARNT)), /^An API key is needed to propose/);
    match(errorOf(await stranger.call("confirm", { unit_id: id })), /^An API key is needed to confirm/);
    structureOf(await stranger.call("query", { domains: ["pools"] }));
    const { caller } = structureOf(await stranger.call("status"));
    deepEqual(caller, { name: null, permissions: ["read"] });

    const wrong = at.key.slice(0, -1) + (at.key.endsWith("a") ? "b" : "a");
    await rejects(connectClient(url, { revision, bearer: wrong }), /401|Invalid API key/);
  });
}
