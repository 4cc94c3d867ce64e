import { deepEqual, equal, match, ok } from "node:assert/strict";
import { PASSWORD } from "../fixtures/app.ts";
import { addUser, makeKey, propose } from "../fixtures/accounts.ts";
import { dump } from "../fixtures/database_file.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { connectTo } from "../fixtures/raw_http.ts";
import { serverCommand, startServer } from "../fixtures/server_process.ts";
import { until, within } from "../fixtures/waiting.ts";

/** Little more than a server has open at rest. */
const OPEN_FILES = 64;
const QUERY = "GET /api/v1/knowledge?domains=a HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n";

function post(path: string, json: object): string {
  const body = JSON.stringify(json);
  return `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json, text/event-stream\r\n` +
    `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

/** What needs files that are not open yet: a worker for passwords, and the SDK of the protocol. */
const LOGIN = post("/api/v1/auth/login", { username: "ada", password: PASSWORD });
const PING = post("/mcp", { jsonrpc: "2.0", id: 1, method: "ping" });

/** The status of the answer on a connection that was open before. */
async function answerOn(connection: Deno.TcpConn, request = QUERY): Promise<number> {
  await connection.write(new TextEncoder().encode(request));
  const buffer = new Uint8Array(65_536);
  const read = await within(connection.read(buffer), "an answer");
  return Number(new TextDecoder().decode(buffer.subarray(0, read ?? 0)).slice(9, 12));
}

Deno.test("without a file descriptor left, the connections there are go on, and others are taken once some end", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  const command = ["sh", "-c", `ulimit -n ${OPEN_FILES}; exec "$@"`, "sh", ...serverCommand()];
  await using server = await startServer({ databasePath, command });
  const token = addUser(databasePath, "ada");
  const key = await makeKey(server.url, token);
  using kept = await connectTo(server.url);
  equal(await answerOn(kept), 200);

  const others: Deno.TcpConn[] = [];
  for (let count = 0; count < 2 * OPEN_FILES; count++) {
    // Once no more are taken, they are refused now and then.
    try {
      others.push(await connectTo(server.url));
    } catch {
      continue;
    }
  }
  await until(
    () => server.output().includes("a connection could not be taken"),
    "the server has no descriptor left",
  );
  equal(await answerOn(kept), 200);
  // The listener that follows takes the one that the first left.
  await until(() => server.output().split('"listening"').length > 2, "the server listens again");

  const refused = [await answerOn(kept, LOGIN), await answerOn(kept, PING)];
  ok(refused.every((status) => status === 200 || status >= 500), `${refused}\n${server.output()}`);

  for (const connection of others) connection.close();
  let id: string | undefined;
  const isStored = async (): Promise<boolean> => {
    // Connections that wait to be taken can use up the descriptors once more.
    id = await propose(server.url, key).catch(() => undefined);
    return id !== undefined;
  };
  await until(isStored, "a proposal is taken");
  for (const request of [QUERY, LOGIN, PING]) equal(await answerOn(kept, request), 200);
  server.kill("SIGTERM");
  deepEqual(await within(server.status, "the server to end"), { success: true, code: 0, signal: null });
  deepEqual(dump(databasePath)["knowledge_units"]!.rows.map((row) => row["id"]), [id]);
  match(server.output(), /"reason":"[^"]*os error 24/);
  equal(server.errors(), "");
  ok(others.length > 0);
});
