import { deepEqual, equal, match, ok } from "node:assert/strict";
import { BODY_MAX_BYTES, JSON_DEPTH_MAX, MCP_BATCH_MAX } from "../../src/limits.ts";
import { isAllowedOrigin } from "../../src/mcp/origin.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { textIn } from "../fixtures/faults.ts";
import { startServer, stopServer } from "../fixtures/server_process.ts";
import { type RpcAnswer, send, toolCall } from "./messages.ts";

const PING = { jsonrpc: "2.0", id: 1, method: "ping" };

async function faultOf(app: TestApp, message: unknown): Promise<[status: number, code: number]> {
  const response = await send(app, message);
  equal(response.headers.get("content-type"), "application/json");
  const { error } = await response.json() as RpcAnswer;
  return [response.status, error!.code];
}

Deno.test("pages of other origins are refused, and programs and the server's own pages are not", async () => {
  await using app = await testApp({ publicUrl: "https://cq.example" });
  const statusFrom = async (origin: string): Promise<number> => {
    const response = await send(app, PING, { headers: { origin } });
    await response.body?.cancel();
    return response.status;
  };
  equal((await send(app, PING)).status, 200);
  equal(await statusFrom("https://cq.example"), 200);
  equal(await statusFrom("http://localhost:6274"), 200, "the app is asked as localhost");
  for (
    const origin of [
      "https://evil.example",
      "http://cq.example",
      "https://cq.example.evil.example",
      "https://cq.example:8443",
      "null",
      "file://",
      "",
      "cq.example",
    ]
  ) equal(await statusFrom(origin), 403, origin);
  match(await textIn(await send(app, PING, { headers: { origin: "null" } }), 403), /CQ_PUBLIC_URL/);
});

Deno.test("a page whose name was turned to this machine is refused, though it names the host it asks", () => {
  const allowed = (origin: string, url: string): boolean =>
    isAllowedOrigin(origin, { url, publicUrl: undefined });
  equal(allowed("http://evil.example:3000", "http://evil.example:3000/mcp"), false);
  equal(allowed("http://localhost.evil.example", "http://127.0.0.1:3000/mcp"), false);
  equal(allowed("http://127.0.0.1:6274", "http://cq.example/mcp"), false);
  equal(allowed("http://127.0.0.1:6274", "http://[::1/mcp"), false);
  equal(allowed("http://[::1]:6274", "http://127.0.0.1:3000/mcp"), true);
});

Deno.test("what is no message is a JSON-RPC error that repeats nothing of it", async () => {
  await using app = await testApp();
  for (
    const [message, code] of [
      ["{", -32700],
      ["", -32700],
      ["secretword", -32700],
      ["null", -32600],
      ["1", -32600],
      ["[]", -32600],
      [`${"[".repeat(JSON_DEPTH_MAX + 1)}${"]".repeat(JSON_DEPTH_MAX + 1)}`, -32600],
      [`{"jsonrpc":"2.0","id":${"9".repeat(5000)},"method":"ping"}`, -32600],
      [{}, -32700],
      [{ jsonrpc: "1.0", id: 1, method: "ping" }, -32700],
      [{ jsonrpc: "2.0", id: {}, method: "ping" }, -32700],
      [{ jsonrpc: "2.0", id: 1, method: 5 }, -32700],
    ] as const
  ) {
    const [status, found] = await faultOf(app, message);
    equal(status, 400, JSON.stringify(message));
    ok([code, -32600].includes(found), `${JSON.stringify(message)}: ${found}`);
  }
  ok(!(await (await send(app, "secretword")).text()).includes("secretword"));
  equal((await send(app, PING, { headers: { "content-type": "text/plain" } })).status, 415);
  const bytes = new Uint8Array([0x22, 0xff, 0x22]);
  equal((await app.request("POST", "/mcp", { body: bytes })).status, 400);
});

Deno.test("methods, revisions and bodies beyond what there is are refused", async () => {
  await using app = await testApp();
  const { error } = await (await send(app, { ...PING, method: "resources/list" })).json() as RpcAnswer;
  equal(error!.code, -32601);
  const version = { "mcp-protocol-version": "1999-12-31" };
  const unknown = await send(app, PING, { headers: version });
  equal(unknown.status, 400);
  const [, known] = /\(supported versions: (.*)\)/.exec((await unknown.json() as RpcAnswer).error!.message)!;
  equal(known, "2026-07-28, 2025-11-25, 2025-06-18, 2025-03-26, 2024-11-05, 2024-10-07");
  const large = toolCall("query", { domains: ["x".repeat(BODY_MAX_BYTES)] });
  match(await textIn(await send(app, large), 413), /larger than/);
  for (const method of ["GET", "DELETE", "PUT", "OPTIONS", "HEAD"]) {
    const response = await app.request(method, "/mcp", { headers: { accept: "text/event-stream" } });
    deepEqual([response.status, response.headers.get("allow")], [405, "POST"], method);
    await response.body?.cancel();
  }
});

Deno.test("a batch is answered as one, and is bounded", async () => {
  await using app = await testApp();
  const batch = (length: number): object[] =>
    Array.from({ length }, (_, id) => toolCall("query", { domains: ["a"] }, id));
  const answers = await (await send(app, batch(MCP_BATCH_MAX))).json() as RpcAnswer[];
  deepEqual(answers.map(({ id }) => id), batch(MCP_BATCH_MAX).map((_, id) => id));
  deepEqual(await faultOf(app, batch(MCP_BATCH_MAX + 1)), [400, -32600]);
  deepEqual(await faultOf(app, [PING, PING]), [400, -32600], "the same id twice");
  const notices = [{ jsonrpc: "2.0", method: "notifications/initialized" }];
  equal((await send(app, notices)).status, 202);
});

Deno.test("a request that is cancelled in the message that brings it is answered all the same", async () => {
  await using app = await testApp();
  const cancelled = { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } };
  const response = await send(app, [PING, { ...PING, id: 2 }, cancelled]);
  deepEqual((await response.json() as RpcAnswer[]).map(({ id, result }) => [id, result]), [[1, {}], [2, {}]]);
  equal((await send(app, cancelled)).status, 202);
  equal((await send(app, [cancelled])).status, 202);
});

Deno.test("what the server has no use for ends a request all the same: tasks, progress, answers to nothing", async () => {
  await using app = await testApp();
  const call = { jsonrpc: "2.0", id: 1, method: "tools/call" };
  const params = { name: "status", arguments: {} };
  for (
    const extra of [
      { task: { ttl: 1000 } },
      { _meta: { progressToken: 1 } },
      { _meta: { "io.modelcontextprotocol/related-task": { taskId: "x" } } },
    ]
  ) {
    const response = await send(app, { ...call, params: { ...params, ...extra } });
    equal((await response.json() as RpcAnswer).id, 1, JSON.stringify(extra));
  }
  equal((await send(app, { jsonrpc: "2.0", id: 9, result: {} })).status, 202);
  equal((await send(app, { jsonrpc: "2.0", method: "tools/call", params })).status, 202);
});

Deno.test("subscriptions of the newest revision are refused: no stream is left open", async () => {
  await using app = await testApp();
  const envelope = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": { name: "test", version: "1" },
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  const method = "subscriptions/listen";
  const response = await send(app, {
    jsonrpc: "2.0",
    id: 1,
    method,
    params: { notifications: { toolsListChanged: true }, _meta: envelope },
  }, { headers: { "mcp-protocol-version": "2026-07-28", "mcp-method": method } });
  equal(response.headers.get("content-type"), "application/json");
  const { error } = await response.json() as RpcAnswer;
  match(error!.message, /limit/);
});

Deno.test("answers are JSON that is not sniffed, whatever a client says it accepts", async () => {
  await using app = await testApp();
  for (const accept of ["application/json", "text/event-stream", "*/*", "text/html"]) {
    const response = await send(app, PING, { headers: { accept } });
    deepEqual(await response.json(), { jsonrpc: "2.0", id: 1, result: {} });
    equal(response.headers.get("content-type"), "application/json");
    equal(response.headers.get("x-content-type-options"), "nosniff");
    equal(response.headers.get("mcp-session-id"), null);
  }
});

Deno.test("a key that is sent must be good, whatever is asked; the challenge says what is wanted", async () => {
  await using app = await testApp();
  const token = await app.signIn("ada");
  for (const bearer of ["nonsense", token]) {
    const response = await send(app, PING, { bearer });
    equal(response.headers.get("www-authenticate"), "Bearer");
    equal(await textIn(response, 401), "Invalid API key");
  }
  equal((await send(app, PING, { bearer: await app.apiKey("ada") })).status, 200);
});

Deno.test("every request is one line of the log, with the route and without what was sent", async () => {
  await using directory = await temporaryDirectory();
  await using server = await startServer({ databasePath: directory.file("cq.db") });
  const response = await fetch(`${server.url}/mcp`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(toolCall("query", { domains: ["secretword"] })),
  });
  equal(response.status, 200);
  await response.body?.cancel();
  await stopServer(server);
  const lines = server.output().trim().split("\n").map((line) => JSON.parse(line));
  const requests = lines.filter(({ message, route }) => message === "request" && route === "/mcp");
  deepEqual(requests.map(({ method, status }) => [method, status]), [["POST", 200]]);
  ok(!server.output().includes("secretword"));
  equal(server.errors(), "");
});
