import { deepEqual, equal, ok } from "node:assert/strict";
import { addUser, makeKey, propose } from "../fixtures/accounts.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { call } from "../fixtures/json_client.ts";
import { type ServerProcess, startServer, stopServer } from "../fixtures/server_process.ts";
import { type CollectedSpan, type SpanCollector, spanCollector } from "../fixtures/span_collector.ts";

interface Traced {
  readonly server: ServerProcess;
  readonly collector: SpanCollector;
  readonly key: string;
}

/** A server that exports its traces, and a user's key. */
async function onTracedServer(body: (traced: Traced) => Promise<void>): Promise<void> {
  await using directory = await temporaryDirectory();
  await using collector = spanCollector();
  const databasePath = directory.file("cq.db");
  await using server = await startServer({ databasePath, env: collector.env });
  await body({ server, collector, key: await makeKey(server.url, addUser(databasePath, "ada")) });
}

Deno.test("a request's span is named by its method and route and has the request's id", async () => {
  await onTracedServer(async ({ server, collector }) => {
    const paths = ["/api/v1/knowledge?domains=a", "/api/v1/review/ku_x", "/nothing"];
    const ids: (string | null)[] = [];
    for (const path of paths) {
      const response = await fetch(`${server.url}${path}`);
      await response.body?.cancel();
      ids.push(response.headers.get("x-request-id"));
    }
    ok((await stopServer(server)).success);
    const spans = collector.spans().filter(({ attributes }) =>
      ids.includes(String(attributes["cq.request_id"]))
    );
    deepEqual(spans.map(({ name, attributes }) => [name, attributes["http.route"]]), [
      ["GET /api/v1/knowledge", "/api/v1/knowledge"],
      ["GET /api/v1/review/{unit_id}", "/api/v1/review/{unit_id}"],
      ["GET", undefined],
    ]);
  });
});

/** The statements of transactions that belong to a request. */
function statementsOf(request: CollectedSpan, spans: readonly CollectedSpan[]): CollectedSpan[] {
  const own = spans.filter(({ name, parentId }) => name === "transaction" && parentId === request.id);
  return spans.filter(({ name, parentId }) => name === "statement" && own.some(({ id }) => id === parentId));
}

const INSERTION = /^INSERT INTO knowledge_proposals .*\?/;

Deno.test("a proposal's trace leads to its statements, and its line in the log leads to the trace", async () => {
  await onTracedServer(async ({ server, collector, key }) => {
    const text = "canary in a proposal";
    const json = { domains: ["a"], insight: { summary: text, detail: text, action: text } };
    equal((await call(server.url, "POST /knowledge", { bearer: key, json })).status, 201);
    ok((await stopServer(server)).success);
    const spans = collector.spans();
    const request = spans.find(({ name }) => name === "POST /api/v1/knowledge")!;
    const statements = statementsOf(request, spans).map(({ attributes }) =>
      String(attributes["db.query.text"])
    );
    ok(statements.some((text) => INSERTION.test(text)), statements.join("\n"));
    const lines = server.output().trimEnd().split("\n").map((line) => JSON.parse(line));
    const line = lines.find(({ requestId }) => requestId === request.attributes["cq.request_id"]);
    deepEqual([line.traceId, line.spanId], [request.traceId, request.id]);
    equal(collector.text().includes("canary"), false);
  });
});

Deno.test("of transactions that share a commit, each is in the trace of its own request", async () => {
  await onTracedServer(async ({ server, collector, key }) => {
    await Promise.all(Array.from({ length: 8 }, () => propose(server.url, key)));
    ok((await stopServer(server)).success);
    const spans = collector.spans();
    const requests = spans.filter(({ name }) => name === "POST /api/v1/knowledge");
    equal(requests.length, 8);
    for (const request of requests) {
      const insertions = statementsOf(request, spans).filter(({ attributes }) =>
        INSERTION.test(String(attributes["db.query.text"]))
      );
      deepEqual(insertions.map(({ traceId }) => traceId), [request.traceId]);
    }
  });
});
