import { deepEqual, equal, ok } from "node:assert/strict";
import { addUser, makeKey, proposal } from "../fixtures/accounts.ts";
import { type Conversation, listenTo, tally } from "../fixtures/conversation.ts";
import { dump } from "../fixtures/database_file.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { connectTo } from "../fixtures/raw_http.ts";
import { type ServerProcess, startServer } from "../fixtures/server_process.ts";
import { delay, within } from "../fixtures/waiting.ts";

const UNDER_WAY = 1_000;
const SERVED = { success: true, code: 0, signal: null };
/** What the server has to end: ten seconds, and some for a machine on which much else runs. */
const END_MS = 20_000;
const encoder = new TextEncoder();

function post(key: string): Uint8Array {
  const body = JSON.stringify(proposal());
  return encoder.encode(
    `POST /api/v1/knowledge HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${key}\r\n` +
      `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
}

const GET = encoder.encode("GET /api/v1/knowledge?domains=testing HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n");

async function started(databasePath: string): Promise<{ server: ServerProcess; key: string }> {
  const server = await startServer({ databasePath, env: { CQ_LOG_LEVEL: "warning" } });
  const token = addUser(databasePath, "ada");
  return { server, key: await makeKey(server.url, token) };
}

function connections(server: ServerProcess, count: number): Promise<Deno.TcpConn[]> {
  return Promise.all(Array.from({ length: count }, () => connectTo(server.url)));
}

Deno.test(`a server told to end answers ${UNDER_WAY} requests under way and resets no connection`, async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  const { server, key } = await started(databasePath);
  await using _ending = server;
  const clients = await connections(server, UNDER_WAY);
  const conversations = clients.map((client) => listenTo(client));
  await Promise.all(clients.map((client, index) => client.write(index % 2 === 0 ? post(key) : GET)));
  server.kill("SIGTERM");

  deepEqual(tally(await Promise.all(conversations)), {
    "200 closed": UNDER_WAY / 2,
    "201 closed": UNDER_WAY / 2,
  });
  deepEqual(await within(server.status, "the server to end", END_MS), SERVED);
  equal(dump(databasePath)["knowledge_units"]!.rows.length, UNDER_WAY / 2);
  equal(server.errors(), "");
});

/** Sends requests one after the other on a connection until an answer says that it ends. */
async function converse(client: Deno.TcpConn, request: Uint8Array): Promise<Conversation & { sent: number }> {
  let sent = 0, isOver = false;
  const conversation = listenTo(client).finally(() => isOver = true);
  const send = async (): Promise<void> => {
    while (!isOver) {
      try {
        await client.write(request);
        sent++;
      } catch {
        return;
      }
      await delay(20);
    }
  };
  await Promise.all([conversation, send()]);
  return { ...await conversation, sent };
}

Deno.test("connections that are kept alive are ended by an answer or between two, none is reset", async () => {
  await using directory = await temporaryDirectory();
  const { server } = await started(directory.file("cq.db"));
  await using _ending = server;
  const [idle, busy] = await Promise.all([connections(server, 50), connections(server, 50)]);
  const idling = idle.map((client) => listenTo(client));
  const conversing = busy.map((client) => converse(client, GET));
  await delay(300);
  server.kill("SIGTERM");
  deepEqual(tally(await Promise.all(idling)), { closed: 50 });
  for (const { statuses, end } of await Promise.all(conversing)) {
    ok(statuses.length > 1 && statuses.every((status) => status === 200), statuses.join());
    equal(end, "closed");
  }
  deepEqual(await within(server.status, "the server to end", END_MS), SERVED);
});
