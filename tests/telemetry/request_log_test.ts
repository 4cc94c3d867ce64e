import { deepEqual, equal, match, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { loginToken } from "../fixtures/accounts.ts";
import { JWT_SECRET, PASSWORD, PASSWORD_HASH, PEPPER } from "../fixtures/app.ts";
import { type TestDatabase, testDatabase } from "../fixtures/database.ts";
import { type ServerProcess, startServer, stopServer } from "../fixtures/server_process.ts";

type Line = Record<string, unknown>;

/** Changes a database from outside of the server. */
function change(test: TestDatabase, text: string): void {
  const foreign = new DatabaseSync(test.path);
  foreign.exec(text);
  foreign.close();
}

/** A migrated database with a user called ada. */
async function withUser(): Promise<TestDatabase> {
  const test = await testDatabase({ migrated: true });
  await test.database.close();
  change(
    test,
    `INSERT INTO users (username, password_hash, created_at) VALUES ('ada', '${PASSWORD_HASH}', 'x')`,
  );
  return test;
}

/** Everything the server logged; each line must be JSON. */
async function linesOf(server: ServerProcess): Promise<Line[]> {
  const { success } = await stopServer(server);
  ok(success, server.output());
  equal(server.errors(), "");
  return server.output().trimEnd().split("\n").map((line) => JSON.parse(line));
}

interface Answer {
  readonly status: number;
  readonly requestId: string;
  readonly body: Line;
}

async function send(server: ServerProcess, path: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(`${server.url}${path}`, init);
  const requestId = response.headers.get("x-request-id")!;
  return { status: response.status, requestId, body: await response.json() };
}

function post(json: unknown, bearer?: string): RequestInit {
  return {
    method: "POST",
    body: typeof json === "string" ? json : JSON.stringify(json),
    headers: {
      "content-type": "application/json",
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    },
  };
}

Deno.test("each request is one line with method, route, status, duration and the id it was answered with", async () => {
  await using test = await withUser();
  await using server = await startServer({
    databasePath: test.path,
    env: { CQ_TRUSTED_PROXIES: "127.0.0.1" },
  });
  const answers: [string, string, Answer][] = [
    ["GET", "/api/v1/knowledge", await send(server, "/api/v1/knowledge?domains=x")],
    ["GET", "/api/v1/review/{unit_id}", await send(server, "/api/v1/review/ku_x")],
    ["POST", "/api/v1/auth/login", await send(server, "/api/v1/auth/login", post("{"))],
    ["DELETE", "/api/v1/health", await send(server, "/api/v1/health", { method: "DELETE" })],
    ["GET", "-", await send(server, "/nothing/here")],
    [
      "GET",
      "/openapi.json",
      await send(server, "/openapi.json", { headers: { "x-request-id": "given-id" } }),
    ],
  ];
  deepEqual(answers.map(([, , { status }]) => status), [200, 401, 422, 405, 404, 200]);
  equal(answers[5]![2].requestId, "given-id");
  const lines = await linesOf(server);
  for (const [method, route, { status, requestId }] of answers) {
    const own = lines.filter((line) => line["requestId"] === requestId);
    equal(own.length, 1, `${method} ${route}`);
    const { level, message, logger, ms } = own[0]!;
    deepEqual([level, message, logger], ["INFO", "request", "cq.request"]);
    deepEqual([own[0]!["method"], own[0]!["route"], own[0]!["status"]], [method, route, status]);
    ok(typeof ms === "number" && ms >= 0);
  }
});

/** Sends secrets in every place that has one, right ones and wrong ones; returns all of them. */
async function spillSecrets(server: ServerProcess): Promise<string[]> {
  const login = (username: unknown, password: unknown): Promise<Answer> =>
    send(server, "/api/v1/auth/login", post({ username, password }));
  const session = String((await login("ada", PASSWORD)).body["token"]);
  const key = String(
    (await send(server, "/api/v1/users/me/api-keys", post({ name: "n", ttl: "1d" }, session))).body["token"],
  );
  match(key, /^cqa\./);
  const unit = { domains: ["canary-domain"], insight: { summary: "canary-text", detail: "d", action: "a" } };
  equal((await send(server, "/api/v1/knowledge", post(unit, key))).status, 201);
  await login("ada", "canary-wrong-password");
  await login("canary-name", "canary-password");
  await login(7, ["canary-password"]);
  await send(server, "/api/v1/auth/login", post('{"password":"canary-syntax'));
  await send(server, "/api/v1/knowledge", post(unit, "canary-bearer"));
  await send(server, "/api/v1/knowledge", post(unit, `${key.slice(0, -6)}canary`));
  await send(server, "/api/v1/review/queue?token=canary-query", post(unit, session.replace(/..$/, "xx")));
  await send(server, "/api/v1/review/canary-path/approve", post("", session));
  await send(server, "/canary-unknown-path?canary-query");
  await send(server, "/api/v1/health", {
    headers: {
      cookie: "s=canary-cookie",
      "x-api-key": "canary-header",
      "x-request-id": "canary secret",
      "user-agent": "canary",
    },
  });
  return [
    "canary",
    session,
    session.split(".")[2]!,
    key,
    key.split(".")[3]!,
    PASSWORD,
    JWT_SECRET,
    PEPPER,
    PASSWORD_HASH,
  ];
}

for (const level of ["debug", "info"]) {
  Deno.test(`no token, key, password or content is printed, whatever the request and its outcome, at level ${level}`, async () => {
    await using test = await withUser();
    await using server = await startServer({ databasePath: test.path, env: { CQ_LOG_LEVEL: level } });
    const secrets = await spillSecrets(server);
    const lines = await linesOf(server);
    ok(lines.filter((line) => line["logger"] === "cq.request").length > 12);
    for (const secret of secrets) equal(server.output().includes(secret), false, secret);
  });
}

Deno.test("a failure inside the server is one error line with the request's id and the reason", async () => {
  await using test = await withUser();
  await using server = await startServer({ databasePath: test.path });
  change(test, "ALTER TABLE knowledge_units RENAME TO gone");
  const headers = { authorization: `Bearer ${loginToken("ada")}` };
  const { status, requestId, body } = await send(server, "/api/v1/review/units", { headers });
  deepEqual([status, body], [500, { detail: "Internal Server Error" }]);
  const own = (await linesOf(server)).filter((line) => line["requestId"] === requestId);
  deepEqual(own.map(({ level, message }) => [level, message]), [["ERROR", "request failed"], [
    "INFO",
    "request",
  ]]);
  match(String(own[0]!["reason"]), /no such table/);
});

Deno.test("a server that is not ready warns with the reason, and nothing of the program", async () => {
  await using test = await withUser();
  await using server = await startServer({ databasePath: test.path });
  change(test, "ALTER TABLE knowledge_units RENAME TO gone");
  const { status, requestId } = await send(server, "/readyz");
  equal(status, 503);
  const [line, ...others] = (await linesOf(server)).filter((line) => line["requestId"] === requestId);
  deepEqual([line!["level"], line!["message"], line!["reason"], line!["stack"]], [
    "WARN",
    "not ready",
    "Not ready: the schema is not at the newest revision",
    undefined,
  ]);
  deepEqual(others.map(({ message }) => message), ["request"]);
});

Deno.test("an unreadable row is a warning with its id", async () => {
  await using test = await withUser();
  await using server = await startServer({ databasePath: test.path });
  change(
    test,
    `INSERT INTO knowledge_units (id, data, status) VALUES
       ('ku_odd', 'canary', 'pending'), ('ku_even', '{"id":"canary"}', 'approved');
     INSERT INTO knowledge_unit_domains VALUES ('ku_even', 'x')`,
  );
  equal((await send(server, "/api/v1/knowledge?domains=x")).status, 200);
  const headers = { authorization: `Bearer ${loginToken("ada")}` };
  equal((await send(server, "/api/v1/review/queue", { headers })).status, 200);
  const warnings = (await linesOf(server)).filter((line) => line["level"] === "WARN");
  deepEqual(warnings.map((line) => [line["unitId"], line["reason"]]), [
    ["ku_even", "insight is no object"],
    ["ku_odd", "is not JSON"],
  ]);
  equal(server.output().includes("canary"), false);
});

Deno.test("at level error a good request prints nothing", async () => {
  await using test = await withUser();
  await using server = await startServer({ databasePath: test.path, env: { CQ_LOG_LEVEL: "error" } });
  equal((await send(server, "/api/v1/knowledge?domains=x")).status, 200);
  await stopServer(server);
  equal(server.output(), "");
});

Deno.test("warnings about settings are logged at the start, without their values", async () => {
  await using test = await withUser();
  const env = {
    CQ_JWT_SECRET: "canary",
    CQ_PROT: "canary",
    CQ_DATABASE_URL: `sqlite:///${test.path}?password=canary`,
  };
  await using server = await startServer({ databasePath: test.path, env });
  const warnings = (await linesOf(server)).filter((line) => line["level"] === "WARN").map((line) =>
    line["message"]
  );
  deepEqual(warnings.map((text) => String(text).split(" ").slice(0, 3).join(" ")), [
    "CQ_JWT_SECRET is shorter",
    "The parameter password",
    "CQ_PROT is not",
  ]);
  equal(server.output().includes("canary"), false);
});
