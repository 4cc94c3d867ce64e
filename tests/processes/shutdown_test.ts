import { deepEqual, equal, match, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { addUser, makeKey, proposal } from "../fixtures/accounts.ts";
import { PASSWORD } from "../fixtures/app.ts";
import { dump } from "../fixtures/database_file.ts";
import { type TemporaryDirectory, temporaryDirectory } from "../fixtures/directory.ts";
import { call } from "../fixtures/json_client.ts";
import { connectTo, readResponse } from "../fixtures/raw_http.ts";
import { type ServerProcess, startServer } from "../fixtures/server_process.ts";
import { delay, until, within } from "../fixtures/waiting.ts";

/** Of the fixtures' password, with a cost that takes about a second. */
const SLOW_HASH = "$2b$14$3AaSswQKOetM4Jv.QN6mcOfVf2wTkuZov1kP/NKMDXjfO6FtICbSS";
/** Ample for the server to have read a small request, little of the time it waits for the lock of its database. */
const UNDER_WAY_MS = 500;
const SERVED = { success: true, code: 0, signal: null };

interface Running extends AsyncDisposable {
  readonly directory: TemporaryDirectory;
  readonly databasePath: string;
  readonly server: ServerProcess;
  readonly token: string;
}

async function running(): Promise<Running> {
  const directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  const server = await startServer({ databasePath });
  return {
    directory,
    databasePath,
    server,
    token: addUser(databasePath, "ada"),
    async [Symbol.asyncDispose](): Promise<void> {
      await server[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}

function timesLogged(server: ServerProcess, message: string): number {
  return server.output().split(`"message":"${message}"`).length - 1;
}

/** The files a server leaves: its database without the log that was beside it, all of which is in the file. */
function filesOf(directory: TemporaryDirectory): string[] {
  return [...Deno.readDirSync(directory.path)].map(({ name }) => name);
}

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.test(`after ${signal} the requests under way are answered, and the log is merged into the file`, async () => {
    await using run = await running();
    const { server, databasePath, token, directory } = run;
    const key = await makeKey(server.url, token);
    const lock = new DatabaseSync(databasePath, { timeout: 5000 });
    lock.prepare("UPDATE users SET password_hash = ?").run(SLOW_HASH);
    lock.exec("BEGIN IMMEDIATE");
    const login = call<{ username: string }>(server.url, "POST /auth/login", {
      json: { username: "ada", password: PASSWORD },
    });
    const proposed = call<{ id: string }>(server.url, "POST /knowledge", { bearer: key, json: proposal() });
    await delay(UNDER_WAY_MS);
    ok(filesOf(directory).includes("cq.db-wal"));

    server.kill(signal);
    await until(() => timesLogged(server, "draining") === 1, "the server drains");
    lock.exec("ROLLBACK");
    lock.close();

    const [{ body: session, ...loginAnswer }, { body: unit, ...proposalAnswer }] = await Promise.all([
      login,
      proposed,
    ]);
    deepEqual([loginAnswer, session.username], [{ status: 200 }, "ada"]);
    deepEqual(proposalAnswer, { status: 201 });
    deepEqual(await within(server.status, "the server to end"), SERVED);
    equal(server.errors(), "");
    match(server.output(), /"message":"stopped"[^\n]+\n$/);
    deepEqual(filesOf(directory), ["cq.db"]);
    const { knowledge_units, api_keys } = dump(databasePath);
    deepEqual(knowledge_units!.rows.map((row) => row["id"]), [unit.id]);
    // Written beside the request, and waited for as well.
    equal(typeof api_keys!.rows[0]!["last_used_at"], "string");
  });
}

/** Whether a server takes no connections any more. */
async function isRefused(server: ServerProcess): Promise<boolean> {
  try {
    (await connectTo(server.url)).close();
    return false;
  } catch (error) {
    return error instanceof Deno.errors.ConnectionRefused;
  }
}

/** A login whose body the server has begun to wait for. */
async function unfinishedLogin(server: ServerProcess): Promise<Deno.TcpConn> {
  const connection = await connectTo(server.url);
  await connection.write(
    new TextEncoder().encode(
      "POST /api/v1/auth/login HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-type: application/json\r\n" +
        "content-length: 1000\r\nexpect: 100-continue\r\n\r\n",
    ),
  );
  const buffer = new Uint8Array(1024);
  const read = await within(connection.read(buffer), "the server to ask for the body");
  equal(new TextDecoder().decode(buffer.subarray(0, read!)), "HTTP/1.1 100 Continue\r\n\r\n");
  return connection;
}

Deno.test("further signals while draining change nothing", async () => {
  await using run = await running();
  const { server, databasePath, token } = run;
  const key = await makeKey(server.url, token);
  const lock = new DatabaseSync(databasePath, { timeout: 5000 });
  lock.exec("BEGIN IMMEDIATE");
  const proposed = call(server.url, "POST /knowledge", { bearer: key, json: proposal() });
  await delay(UNDER_WAY_MS);
  for (const [count, signal] of [[1, "SIGTERM"], [2, "SIGTERM"], [3, "SIGINT"]] as const) {
    server.kill(signal);
    await until(() => timesLogged(server, "draining") === count, "the server takes the signal");
  }
  lock.exec("ROLLBACK");
  lock.close();
  equal((await proposed).status, 201);
  deepEqual(await within(server.status, "the server to end"), SERVED);
  equal(server.errors(), "");
});

Deno.test("a request whose body has not come when the server stops is answered 503, to be sent again", async () => {
  await using run = await running();
  using connection = await unfinishedLogin(run.server);
  run.server.kill("SIGTERM");
  await until(() => isRefused(run.server), "the server takes no connections");
  await connection.write(new Uint8Array(1000));
  const { status, headers } = await readResponse(connection);
  equal(status, 503);
  equal(headers.get("retry-after"), "1");
  deepEqual(await within(run.server.status, "the server to end"), SERVED);
});

Deno.test("a client that never finishes its request does not keep the server from ending in order", async () => {
  await using run = await running();
  using _connection = await unfinishedLogin(run.server);
  run.server.kill("SIGTERM");
  deepEqual(await within(run.server.status, "the server to give up waiting"), SERVED);
  equal(run.server.errors(), "");
  deepEqual(filesOf(run.directory), ["cq.db"]);
});
