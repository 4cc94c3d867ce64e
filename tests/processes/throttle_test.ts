import { deepEqual, equal, match, ok } from "node:assert/strict";
import { addUser, makeKey, proposal } from "../fixtures/accounts.ts";
import { PASSWORD } from "../fixtures/app.ts";
import { testDatabase } from "../fixtures/database.ts";
import { type ServerProcess, startServer, stopServer } from "../fixtures/server_process.ts";

/** A server that ada can sign in to. */
async function serverWithAda(
  env: Readonly<Record<string, string>>,
): Promise<AsyncDisposable & { readonly server: ServerProcess; readonly token: string }> {
  const test = await testDatabase({ migrated: true });
  await test.database.close();
  const token = addUser(test.path, "ada");
  const server = await startServer({ databasePath: test.path, env });
  return {
    server,
    token,
    async [Symbol.asyncDispose](): Promise<void> {
      await server[Symbol.asyncDispose]();
      await test[Symbol.asyncDispose]();
    },
  };
}

async function login(server: ServerProcess, password: string, forwarded = ""): Promise<number> {
  const response = await fetch(`${server.url}/api/v1/auth/login`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(forwarded === "" ? {} : { "x-forwarded-for": forwarded }),
    },
    body: JSON.stringify({ username: "ada", password }),
  });
  await response.body?.cancel();
  return response.status;
}

/** Lines of the log about throttling. */
async function warningsOf(server: ServerProcess): Promise<Record<string, unknown>[]> {
  await stopServer(server);
  equal(/canary|horse/.test(server.output()), false, "no password is in the log");
  return server.output().trimEnd().split("\n").map((line) => JSON.parse(line))
    .filter(({ logger }) => logger === "cq.throttle");
}

Deno.test("over a socket failures count for the peer, whatever the header says, and one warning tells of it", async () => {
  await using started = await serverWithAda({});
  const { server } = started;
  const statuses = [];
  for (let i = 0; i < 7; i++) statuses.push(await login(server, "canary", `203.0.113.${i}`));
  deepEqual(statuses, [401, 401, 401, 401, 401, 429, 429]);
  equal(await login(server, PASSWORD), 429);
  const warnings = await warningsOf(server);
  equal(warnings.length, 1);
  const { level, message, kind, who, unloggedBefore } = warnings[0]!;
  deepEqual(
    [level, message, kind, who, unloggedBefore],
    ["WARN", "throttled", "login_account", "address 127.0.0.1", 0],
  );
});

Deno.test("over a socket a trusted proxy is believed: clients behind it are told apart", async () => {
  await using started = await serverWithAda({ CQ_TRUSTED_PROXIES: "127.0.0.0/8" });
  const { server } = started;
  equal(await login(server, PASSWORD, "203.0.113.1"), 200);
  for (let i = 0; i < 5; i++) equal(await login(server, "canary", "198.51.100.1"), 401);
  equal(await login(server, PASSWORD, "198.51.100.1"), 429);
  equal(await login(server, PASSWORD, "203.0.113.1"), 200, "where ada signed in before");
  match(String((await warningsOf(server))[0]!["who"]), /^address 198\.51\.100\.1$/);
});

Deno.test("a key that writes too often keeps its connection, and the log has no line of a failure", async () => {
  await using started = await serverWithAda({ CQ_RATE_WRITES: "2" });
  const { server, token } = started;
  const key = await makeKey(server.url, token);
  const statuses = [];
  for (let i = 0; i < 6; i++) {
    const response = await fetch(`${server.url}/api/v1/knowledge`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify(proposal()),
    });
    equal(response.headers.get("connection"), null);
    await response.body?.cancel();
    statuses.push(response.status);
  }
  deepEqual(statuses, [201, 201, 503, 503, 503, 503]);
  const warnings = await warningsOf(server);
  deepEqual(warnings.map(({ kind, who }) => [kind, who]), [["writes", `key ${key.split(".")[2]}`]]);
  equal(server.output().includes("request failed"), false);
  equal(server.output().includes(key.split(".")[3]!), false);
});

Deno.test("CQ_COMPAT=strict switches every throttle of a server off", async () => {
  await using started = await serverWithAda({ CQ_COMPAT: "strict", CQ_RATE_READS: "1" });
  const { server } = started;
  for (let i = 0; i < 12; i++) equal(await login(server, "canary"), 401);
  for (let i = 0; i < 3; i++) {
    const answer = await fetch(`${server.url}/api/v1/knowledge/stats`);
    ok(answer.ok);
    await answer.body?.cancel();
  }
  deepEqual(await warningsOf(server), []);
});
