import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import { BODIES_MAX_BYTES } from "../../src/connection_limits.ts";
import { BODY_MAX_BYTES } from "../../src/limits.ts";
import { addUser, approve, makeKey, propose } from "../fixtures/accounts.ts";
import { type Conversation, listenTo } from "../fixtures/conversation.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { connectTo } from "../fixtures/raw_http.ts";
import { type ServerProcess, startServer } from "../fixtures/server_process.ts";
import { until, within } from "../fixtures/waiting.ts";

const MEBIBYTE = 1_048_576;
const BODY_BYTES = 64 * MEBIBYTE;
/** What the kernel may hold of a body that nobody reads, on both sides. */
const BUFFERED_MAX_BYTES = 16 * MEBIBYTE;
const CHUNK_BYTES = 65_536;
const encoder = new TextEncoder();

async function lives(server: ServerProcess): Promise<void> {
  const answer = await fetch(`${server.url}/api/v1/knowledge?domains=a`);
  equal(answer.status, 200);
  equal(await answer.text(), '{"data":[]}');
}

/** Sends exactly this and listens. */
async function say(
  server: ServerProcess,
  text: string | Uint8Array,
  patience_ms?: number,
): Promise<Conversation> {
  const connection = await connectTo(server.url);
  const conversation = listenTo(connection, patience_ms);
  // What it does not want to hear, it does not wait for.
  await connection.write(typeof text === "string" ? encoder.encode(text) : text).catch(() => {});
  return await conversation;
}

const POST = "POST /api/v1/knowledge HTTP/1.1\r\nhost: a\r\n";
const MALFORMED: readonly [name: string, bytes: string | Uint8Array][] = [
  ["no HTTP", "hello\r\n\r\n"],
  ["TLS", new Uint8Array([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3, ...new Array(64).fill(7), 13, 10, 13, 10])],
  ["zeros", new Uint8Array(4096)],
  ["an unknown version", "GET / HTTP/9.9\r\nhost: a\r\n\r\n"],
  ["no version", "GET /\r\n\r\n"],
  ["a space in the path", "GET /a b HTTP/1.1\r\nhost: a\r\n\r\n"],
  ["a zero byte in the path", "GET /\0 HTTP/1.1\r\nhost: a\r\n\r\n"],
  ["a header without a colon", "GET / HTTP/1.1\r\nhost a\r\n\r\n"],
  ["a zero byte in a header", "GET / HTTP/1.1\r\nhost: a\r\nx: \0\r\n\r\n"],
  ["a folded header", "GET / HTTP/1.1\r\nhost: a\r\nx: a\r\n b\r\n\r\n"],
  ["a space before the colon", "GET / HTTP/1.1\r\nhost : a\r\n\r\n"],
  ["a length that is no number", `${POST}content-length: many\r\n\r\n`],
  ["a length below zero", `${POST}content-length: -1\r\n\r\n`],
  ["a length beyond all numbers", `${POST}content-length: 99999999999999999999999\r\n\r\n`],
  ["two lengths", `${POST}content-length: 1\r\ncontent-length: 2\r\n\r\n{}`],
  ["a length and chunks", `${POST}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
  ["a chunk size that is no number", `${POST}transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`],
  ["a chunk size beyond all numbers", `${POST}transfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}`],
  ["a chunk longer than it says", `${POST}transfer-encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n`],
  ["an unknown coding", `${POST}transfer-encoding: gzip\r\n\r\n{}`],
  ["a header of a megabyte", `GET / HTTP/1.1\r\nhost: a\r\nx: ${"x".repeat(MEBIBYTE)}\r\n\r\n`],
  ["thousands of headers", `GET / HTTP/1.1\r\nhost: a\r\n${"x: y\r\n".repeat(5_000)}\r\n`],
  ["a path of a megabyte", `GET /${"a".repeat(MEBIBYTE)} HTTP/1.1\r\nhost: a\r\n\r\n`],
];

Deno.test("what is no HTTP is answered 400 or with the end of the connection, and the next request is served", async () => {
  await using directory = await temporaryDirectory();
  await using server = await startServer({ databasePath: directory.file("cq.db") });
  for (const [name, bytes] of MALFORMED) {
    const { statuses, end } = await say(server, bytes, 10_000);
    ok(end === "closed" || end === "reset", `${name}: ${end}`);
    ok(statuses.every((status) => [400, 414, 431, 505].includes(status)), `${name}: ${statuses.join()}`);
    await lives(server);
  }
  equal(server.errors(), "");
});

/** Sends a head and then up to 64 MB, until there is an answer; tells its status and how much was sent by then. */
async function flood(
  server: ServerProcess,
  { head, isChunked }: { head: string; isChunked: boolean },
): Promise<{ status: number; sent: number }> {
  using connection = await connectTo(server.url);
  const buffer = new Uint8Array(65_536);
  let isAnswered = false;
  const answer = connection.read(buffer).finally(() => isAnswered = true);
  const framing = isChunked ? "transfer-encoding: chunked" : `content-length: ${BODY_BYTES}`;
  await connection.write(encoder.encode(`${head}${framing}\r\n\r\n`));
  const chunk = new Uint8Array(CHUNK_BYTES).fill(97);
  const size = encoder.encode(`${CHUNK_BYTES.toString(16)}\r\n`), end = encoder.encode("\r\n");
  let sent = 0;
  for (; sent < BODY_BYTES && !isAnswered; sent += CHUNK_BYTES) {
    for (const part of isChunked ? [size, chunk, end] : [chunk]) await writeAll(connection, part);
  }
  const read = await within(answer, "an answer");
  return { status: Number(new TextDecoder().decode(buffer.subarray(0, read ?? 0)).slice(9, 12)), sent };
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) written += await connection.write(bytes.subarray(written));
}

function peak_MiB(pid: number): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(Deno.readTextFileSync(`/proc/${pid}/status`))![1]) / 1024;
}

Deno.test({
  name: "bodies of 64 MB are answered on every kind of route before they are there, and take no memory",
  ignore: Deno.build.os !== "linux",
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    const databasePath = directory.file("cq.db");
    await using server = await startServer({ databasePath });
    const token = addUser(databasePath, "ada");
    const key = await makeKey(server.url, token);
    const id = await propose(server.url, key);
    await approve(server.url, token, id);
    const headers = (bearer?: string): string =>
      `host: 127.0.0.1\r\ncontent-type: application/json\r\n` +
      (bearer === undefined ? "" : `authorization: Bearer ${bearer}\r\n`);
    const routes: readonly [head: string, status: number][] = [
      [`POST /api/v1/knowledge HTTP/1.1\r\n${headers(key)}`, 413],
      [`POST /api/v1/knowledge HTTP/1.1\r\n${headers()}`, 413],
      [`POST /api/v1/auth/login HTTP/1.1\r\n${headers()}`, 413],
      [`POST /mcp HTTP/1.1\r\n${headers(key)}`, 413],
      [`POST /mcp HTTP/1.1\r\n${headers()}`, 413],
      [`POST /login HTTP/1.1\r\n${headers()}sec-fetch-site: same-origin\r\n`, 413],
      [`POST /api/v1/knowledge/${id}/confirmations HTTP/1.1\r\n${headers(key)}`, 201],
      [`POST /api/v1/knowledge/${id}/confirmations HTTP/1.1\r\n${headers()}`, 401],
      [`GET /api/v1/knowledge?domains=a HTTP/1.1\r\n${headers()}`, 200],
      [`PUT /nowhere HTTP/1.1\r\n${headers()}`, 404],
    ];
    await lives(server);
    const before_MiB = peak_MiB(server.pid);
    for (const [head, expected] of routes) {
      for (const isChunked of [false, true]) {
        const { status, sent } = await flood(server, { head, isChunked });
        const name = `${head.slice(0, 60)} ${isChunked}: ${status} after ${sent}`;
        equal(status, expected, name);
        ok(sent < BUFFERED_MAX_BYTES, name);
        await lives(server);
      }
    }
    ok(peak_MiB(server.pid) - before_MiB < BODY_BYTES / MEBIBYTE);
    equal(server.errors(), "");
  },
});

const LOGIN = "POST /api/v1/auth/login HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n";

Deno.test("a body that does not come is answered 408 where it is wanted and does without where it is not", async () => {
  await using directory = await temporaryDirectory();
  await using server = await startServer({ databasePath: directory.file("cq.db") });
  const slow: readonly [text: string, status: number][] = [
    [`${LOGIN}content-length: 100\r\n\r\n{`, 408],
    [`${LOGIN}content-length: 100000\r\n\r\n{`, 408],
    [`${LOGIN}transfer-encoding: chunked\r\n\r\n1\r\n{\r\n`, 408],
    [`POST /mcp HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100\r\n\r\n{`, 408],
    [
      `POST /login HTTP/1.1\r\nhost: 127.0.0.1\r\nsec-fetch-site: same-origin\r\ncontent-length: 100\r\n\r\na`,
      408,
    ],
    ["GET /api/v1/health HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100\r\n\r\n{", 200],
    ["PUT /nowhere HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100\r\n\r\n{", 404],
  ];
  const waiting = slow.map(async ([text, expected]) => {
    using connection = await connectTo(server.url);
    await connection.write(encoder.encode(text));
    const buffer = new Uint8Array(4096);
    const read = await within(connection.read(buffer), `an answer to ${text}`, 60_000);
    equal(Number(new TextDecoder().decode(buffer.subarray(0, read ?? 0)).slice(9, 12)), expected, text);
  });
  await lives(server);
  await Promise.all(waiting);
  await lives(server);
  equal(server.errors(), "");
});

Deno.test({
  name: "clients that leave in the middle of a body are no failure of the server, and keep no connection",
  ignore: Deno.build.os !== "linux",
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    await using server = await startServer({
      databasePath: directory.file("cq.db"),
      env: { CQ_LOG_LEVEL: "warning" },
    });
    const files = (): number => [...Deno.readDirSync(`/proc/${server.pid}/fd`)].length;
    await lives(server);
    const before = files();
    for (let count = 0; count < 100; count++) {
      using connection = await connectTo(server.url);
      await connection.write(encoder.encode(`${LOGIN}content-length: 100\r\n\r\n{`));
    }
    await until(() => files() <= before, "the connections are gone");
    equal(server.output(), "");
  },
});

Deno.test("bodies that do not come take a bounded part of the memory, and small ones are read beside them", async () => {
  await using directory = await temporaryDirectory();
  await using server = await startServer({ databasePath: directory.file("cq.db") });
  const large = encoder.encode(`${LOGIN}content-length: ${BODY_MAX_BYTES}\r\n\r\n{`);
  const waiting: Deno.TcpConn[] = [];
  for (let count = 0; count < BODIES_MAX_BYTES / BODY_MAX_BYTES; count++) {
    const connection = await connectTo(server.url);
    await connection.write(large);
    waiting.push(connection);
  }
  const login = async (bytes: number): Promise<{ status: number; retryAfter: string | null }> => {
    const body = JSON.stringify({ username: "nobody", password: "x".repeat(bytes) });
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${server.url}/api/v1/auth/login`, { method: "POST", headers, body });
    await answer.body?.cancel();
    return { status: answer.status, retryAfter: answer.headers.get("retry-after") };
  };
  await until(async () => (await login(20_000)).status === 503, "all of it is taken");
  deepEqual(await login(20_000), { status: 503, retryAfter: "1" });
  notEqual((await login(20)).status, 503);
  for (const connection of waiting) connection.close();
  await until(async () => (await login(20_000)).status !== 503, "larger ones are read again");
});
