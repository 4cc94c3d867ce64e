import assert from "node:assert/strict";
import { Agent, request as send } from "node:http";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { startServer } from "../fixtures/server_process.ts";

interface Answer {
  readonly status: number;
  readonly localPort: number;
}

function answerTo(
  agent: Agent,
  url: string,
  options: { method: string; body?: string; type?: string },
): Promise<Answer> {
  const { method, body = "", type = "application/json" } = options;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      agent,
      method,
      headers: { "content-type": type, "content-length": body.length },
    });
    request.on("error", reject);
    request.on("response", (response) => {
      const localPort = response.socket.localPort!;
      response.resume().on("end", () => resolve({ status: response.statusCode!, localPort }));
    });
    request.end(body);
  });
}

Deno.test("a connection survives refused requests and bodies nobody asked for", async () => {
  await using directory = await temporaryDirectory();
  await using server = await startServer({ databasePath: directory.file("cq.db") });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const requests: [path: string, method: string, body: string, status: number][] = [
    ["/api/v1/health", "GET", "{}", 200],
    ["/api/v1/knowledge/ku_x/confirmations", "POST", "x".repeat(20_000), 401],
    ["/api/v1/knowledge", "POST", "{", 422],
    ["/api/v1/knowledge", "POST", "{}", 401],
    ["/api/v1/knowledge", "DELETE", "{}", 405],
    ["/nowhere", "POST", "{}", 404],
    ["/api/v1/health", "GET", "", 200],
  ];
  const ports = new Set<number>();
  for (const [path, method, body, status] of requests) {
    const answer = await answerTo(agent, `${server.url}${path}`, { method, body });
    assert.equal(answer.status, status, `${method} ${path}`);
    ports.add(answer.localPort);
  }
  agent.destroy();
  assert.equal(ports.size, 1);
});
