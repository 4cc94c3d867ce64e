import { deepEqual, equal, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { addUser, approve, makeKey, proposal, propose } from "../fixtures/accounts.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { call } from "../fixtures/json_client.ts";
import {
  connectTo,
  type RawRequest,
  type RawResponse,
  readResponse,
  sendRequest,
} from "../fixtures/raw_http.ts";
import { type ServerProcess, startServer, stopServer } from "../fixtures/server_process.ts";
import { within } from "../fixtures/waiting.ts";

const CONNECTIONS = 1_000;

interface Setting extends AsyncDisposable {
  readonly server: ServerProcess;
  readonly databasePath: string;
  readonly token: string;
  readonly key: string;
}

/** A server that knows 20 units. */
async function setting(): Promise<Setting> {
  const directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  const server = await startServer({ databasePath, env: { CQ_LOG_LEVEL: "error" } });
  const token = addUser(databasePath, "ada");
  const key = await makeKey(server.url, token);
  for (let unit = 0; unit < 20; unit++) await approve(server.url, token, await propose(server.url, key));
  return {
    server,
    databasePath,
    token,
    key,
    async [Symbol.asyncDispose](): Promise<void> {
      await server[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}

function requestOf({ key, token }: Setting, index: number): RawRequest {
  const bearer = (credential: string): Record<string, string> => ({ authorization: `Bearer ${credential}` });
  const body = new TextEncoder().encode(JSON.stringify(proposal("burst")));
  const headers = { ...bearer(key), "content-type": "application/json" };
  const kinds: readonly RawRequest[] = [
    { method: "POST", path: "/api/v1/knowledge", headers, body },
    { method: "GET", path: `/api/v1/knowledge?domains=testing&domains=d${index}` },
    { method: "GET", path: "/api/v1/knowledge/stats" },
    { method: "GET", path: "/api/v1/review/queue?limit=3", headers: bearer(token) },
  ];
  return kinds[index % kinds.length]!;
}

/** Checks that the server answers as if nothing had happened. */
async function checkService({ server, key, token }: Setting, domain = "after"): Promise<void> {
  const id = await propose(server.url, key, domain);
  await approve(server.url, token, id);
  const { body } = await call<{ data: { id: string }[] }>(server.url, `GET /knowledge?domains=${domain}`);
  deepEqual(body.data.map((unit) => unit.id), [id]);
}

Deno.test(`of ${CONNECTIONS} connections at once each is served, or refused with a 503 that says when to come again`, async () => {
  await using test = await setting();
  const { server, databasePath } = test;
  const connections = await within(
    Promise.all(Array.from({ length: CONNECTIONS }, () => connectTo(server.url))),
    "the connections",
  );
  const exchanges = connections.map(async (connection, index): Promise<RawResponse> => {
    await sendRequest(connection, requestOf(test, index));
    return await readResponse(connection);
  });
  const responses = await within(Promise.all(exchanges), "every answer");
  const tally = Object.fromEntries(
    [...Map.groupBy(responses, ({ status }) => status)].map(([status, { length }]) => [status, length]),
  );
  const { 200: read = 0, 201: written = 0, 503: refused = 0 } = tally;
  equal(read + written + refused, CONNECTIONS, JSON.stringify(tally));
  ok(read > 0 && written > 0, JSON.stringify(tally));
  for (const { status, headers } of responses) if (status === 503) equal(headers.get("retry-after"), "1");
  using database = new DatabaseSync(databasePath, { readOnly: true });
  const { total } = database.prepare(
    "SELECT COUNT(*) AS total FROM knowledge_unit_domains WHERE domain = 'burst'",
  )
    .get() as { total: number };
  equal(total, written, "what was answered 201 is stored, and nothing else");
  await checkService(test);
  equal((await stopServer(server)).code, 0, server.output());
});

Deno.test(`${CONNECTIONS} connections that say nothing, or half of something, keep nobody from being answered`, async () => {
  await using test = await setting();
  const connections = await within(
    Promise.all(Array.from({ length: CONNECTIONS }, () => connectTo(test.server.url))),
    "the connections",
  );
  try {
    const half = new TextEncoder().encode(
      "POST /api/v1/knowledge HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 9\r\n\r\n{",
    );
    await Promise.all(
      connections.filter((_, index) => index % 2 === 0).map((connection) => connection.write(half)),
    );
    await within(checkService(test), "the answers");
  } finally {
    for (const connection of connections) connection.close();
  }
  await within(checkService(test, "later"), "the answers");
});
