import { deepEqual, equal, match } from "node:assert/strict";
import { percentDecoded } from "../../src/wire/query_string.ts";
import { PASSWORD, type TestApp, testApp } from "../fixtures/app.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { answered, textIn } from "../fixtures/faults.ts";
import { rawRequest, type RawResponse } from "../fixtures/raw_http.ts";
import { addRow } from "../fixtures/rows.ts";
import { startServerHere } from "../fixtures/server_here.ts";

/** Every path that is served, with its methods. */
const PATHS: readonly [path: string, allow: string][] = [
  ["/healthz", "GET, HEAD"],
  ["/readyz", "GET, HEAD"],
  ["/api/v1/health", "GET"],
  ["/api/v1/auth/login", "POST"],
  ["/api/v1/users/me", "GET"],
  ["/api/v1/users/me/password", "POST"],
  ["/api/v1/users/me/api-keys", "GET, POST"],
  ["/api/v1/users/me/api-keys/x/revoke", "POST"],
  ["/api/v1/knowledge", "GET, POST"],
  ["/api/v1/knowledge/stats", "GET"],
  ["/api/v1/knowledge/ku_x/confirmations", "POST"],
  ["/api/v1/knowledge/ku_x/flags", "POST"],
  ["/api/v1/review/queue", "GET"],
  ["/api/v1/review/stats", "GET"],
  ["/api/v1/review/units", "GET"],
  ["/api/v1/review/ku_x", "GET"],
  ["/api/v1/review/ku_x/history", "GET"],
  ["/api/v1/review/ku_x/approve", "POST"],
  ["/api/v1/review/ku_x/reject", "POST"],
  ["/.well-known/cq-node.json", "GET"],
  ["/openapi.json", "GET"],
  ["/docs", "GET"],
  ["/metrics", "GET, HEAD"],
  ["/mcp", "POST"],
];

/** Those that are no endpoints. */
const UNDOCUMENTED = ["/.well-known/cq-node.json", "/openapi.json", "/docs", "/metrics", "/mcp"];

for (const [path, allow] of PATHS) {
  Deno.test(`any method but ${allow} is a 405 that allows exactly these, before anything else is looked at, on ${path}`, async () => {
    await using app = await testApp({ settings: { metrics: { access: "open" } } });
    const others = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE"].filter((name) =>
      !allow.includes(name)
    );
    for (const method of others) {
      const body = method === "GET" ? {} : { body: "{", headers: { "content-type": "application/json" } };
      const response = await app.request(method, path, body);
      equal(response.headers.get("allow"), allow, method);
      equal(response.headers.get("content-type"), "application/json");
      equal(await textIn(response, 405), "Method Not Allowed");
    }
    if (allow.includes("HEAD")) return;
    const head = await app.request("HEAD", path);
    deepEqual([head.status, head.headers.get("allow"), await head.text()], [405, allow, ""]);
  });
}

/** Status and headers of an answer, but for what differs with every answer. */
function headOf({ status, headers }: RawResponse): unknown {
  const own = ["date", "x-request-id"];
  return [status, Object.fromEntries([...headers].filter(([name]) => !own.includes(name)).sort())];
}

Deno.test("HEAD is answered like GET, without a body, where monitors and load balancers ask, and on pages", async () => {
  await using directory = await temporaryDirectory();
  const env = { CQ_METRICS: "token", CQ_METRICS_TOKEN: "t".repeat(32) };
  await using server = await startServerHere({ databasePath: directory.file("cq.db"), env });
  for (const path of ["/healthz", "/readyz", "/metrics", "/login", "/nothing"]) {
    const get = await rawRequest(server.url, { method: "GET", path });
    const head = await rawRequest(server.url, { method: "HEAD", path });
    deepEqual(headOf(head), headOf(get), path);
    equal(head.headers.get("content-length"), String(get.body.length));
    equal(head.body.length, 0);
  }
});

Deno.test("HEAD says so too when a server is not ready", async () => {
  await using app = await testApp();
  await app.server.startDraining();
  const head = await app.request("HEAD", "/readyz");
  deepEqual([head.status, head.headers.get("retry-after"), await head.text()], [503, "1", ""]);
});

Deno.test("the list above is complete: the published document has no other path", async () => {
  await using app = await testApp();
  const { paths } = await answered(await app.request("GET", "/openapi.json"), 200);
  const listed = Object.entries<Record<string, unknown>>(paths).map(([path, methods]) =>
    `${path.replace("{unit_id}", "ku_x").replace("{key_id}", "x")} ${
      Object.keys(methods).sort().join(", ").toUpperCase()
    }`
  );
  const expected = PATHS.filter(([path]) => !UNDOCUMENTED.includes(path)).map((entry) =>
    entry.join(" ").replace(", HEAD", "")
  );
  deepEqual(listed.sort(), expected.sort());
});

const UNKNOWN = [
  "/api",
  "/api/v1",
  "/health",
  "/api/v1/",
  "/api/v1/Health",
  "/API/v1/health",
  "/api/v1//health",
  "//api/v1/health",
  "/api/v1/health/",
  "/api/v1/knowledge/",
  "/api/v1/knowledge/ku_x",
  "/api/v1/knowledge//flags",
  "/api/v1/knowledge/a/b/flags",
  "/api/v1/review",
  "/api/v1/review/",
  "/api/v1/review//approve",
  "/api/v1/users/me/",
  "/api/v1/auth/logout",
  "/api/v1/oauth/providers",
  "/.well-known/",
  "/.well-known/other.json",
  "/redoc",
  "/docs/",
  "/favicon.ico",
  "/assets/../src/config.ts",
];

Deno.test("an unknown path is a JSON 404 with any method; a trailing slash makes another path", async () => {
  await using app = await testApp();
  for (const path of UNKNOWN) {
    for (const method of ["GET", "POST", "DELETE", "OPTIONS"]) {
      const response = await app.request(method, path);
      equal(response.headers.get("content-type"), "application/json");
      equal(await textIn(response, 404), "Not Found", `${method} ${path}`);
    }
  }
});

/** Paths, and what they are decoded to: as `urllib.parse.unquote` does, which the original's server calls. */
const DECODED: readonly [sent: string, decoded: string][] = [
  ["%68ealth", "health"],
  ["a%2Fb", "a/b"],
  ["a%252Fb", "a%2Fb"],
  ["%", "%"],
  ["%zz%2", "%zz%2"],
  ["%FF", "\ufffd"],
  ["%E0%A4%A", "\ufffd%A"],
  ["%C3%28", "\ufffd("],
  ["%ED%A0%80", "\ufffd\ufffd\ufffd"],
  ["%EF%BB%BFx", "\ufeffx"],
  ["%F0%9F%98%80%c3%a9", "😀é"],
  ["a+b&c%26=%3d", "a+b&c&=="],
  ["%3F%23", "?#"],
];

Deno.test("escapes in a path are decoded as the original's server does", () => {
  for (const [sent, decoded] of DECODED) equal(percentDecoded(sent), decoded, sent);
});

Deno.test("a path of the wire is routed as it reads decoded, the slashes in it too", async () => {
  await using app = await testApp();
  const status = async (path: string): Promise<number> => {
    const response = await app.request("GET", path);
    await response.body?.cancel();
    return response.status;
  };
  for (
    const path of ["/api/v1/%68ealth", "/%61pi/v1/health", "/api%2Fv1%2fhealth", "/api/v1/knowledge%2Fstats"]
  ) {
    equal(await status(path), 200, path);
  }
  // Whatever else it decodes to, the path has this many parts.
  for (
    const path of ["/api/v1/review/ku_%61", "/api/v1/review/%", "/api/v1/review/%FF", "/api/v1/review/%252F"]
  ) {
    equal(await status(path), 401, path);
  }
  for (
    const path of [
      "/api/v1/%E0%A4%A",
      "/api/v1/review/a%2Fb",
      "/api/v1/review%2F",
      "/%2Fapi/v1/health",
      "/api/v1/health%3F",
      "/api/v1/x%2F%2E%2E%2Fhealth",
      "/api/v1/..%2Fv1/health",
      "/assets/..%2Fsrc%2Fconfig.ts",
      "/assets/%2e%2e%2fsrc%2fconfig.ts",
      "/assets%2Fapp.css",
    ]
  ) equal(await status(path), 404, path);
});

Deno.test("an id in a path is decoded once, and the metrics show its route alone", async () => {
  await using app = await testApp({ settings: { metrics: { access: "open" } } });
  const bearer = await app.signIn("ada");
  for (const id of ["ku_a", "ku_%61", "ku_\ufffd"]) await addRow(app.database, id, { status: "approved" });
  for (const [sent, id] of [["ku_%61", "ku_a"], ["ku_%2561", "ku_%61"], ["ku_%ff", "ku_\ufffd"]]) {
    const response = await app.request("GET", `/api/v1/review/${sent}`, { bearer });
    equal((await answered(response, 200)).knowledge_unit.id, id);
  }
  const metrics = await (await app.request("GET", "/metrics")).text();
  match(
    metrics,
    /cq_http_requests_total\{method="GET",route="\/api\/v1\/review\/\{unit_id\}",status="200"\}/,
  );
  equal(metrics.includes("ku_"), false);
});

async function openRoute(app: TestApp, query: string): Promise<number> {
  const response = await app.request("GET", `/api/v1/knowledge?${query}`);
  await response.body?.cancel();
  return response.status;
}

Deno.test("query strings are read as forms: no value is empty, the last scalar counts, bad escapes are letters", async () => {
  await using app = await testApp();
  for (
    const query of [
      "domains",
      "domains=%zz&limit=x&limit=1",
      "domains=%FF",
      "domains=a&limit=1&zz=1",
      "&domains=a&",
    ]
  ) {
    equal(await openRoute(app, query), 200, query);
  }
  for (const query of ["", "DOMAINS=a", "domains[]=a", "x=1;domains=a"]) {
    equal(await openRoute(app, query), 422, query);
  }
});

Deno.test("every response says what it is and carries a request id, and none sets cookies or CORS", async () => {
  await using app = await testApp();
  const answers = [
    await app.request("GET", "/api/v1/health"),
    await app.request("GET", "/nothing"),
    await app.request("PUT", "/api/v1/health"),
    await app.request("GET", "/api/v1/review/queue"),
    await app.request("POST", "/api/v1/auth/login", { body: "{" }),
  ];
  const ids = answers.map(({ headers }) => headers.get("x-request-id") ?? "");
  for (const { headers } of answers) {
    equal(headers.get("content-type"), "application/json");
    equal(headers.get("x-content-type-options"), "nosniff");
    deepEqual([...headers.keys()].filter((name) => /cookie|access-control|server|powered/.test(name)), []);
  }
  for (const id of ids) equal(/^[0-9a-f]{32}-[0-9a-z]+$/.test(id), true, id);
  equal(new Set(ids).size, ids.length);
});

Deno.test("a trusted proxy's request id is kept when it is one, and replaced when it is not", async () => {
  await using app = await testApp({ settings: { trustedProxies: ["10.0.0.0/8"] } });
  const idFor = async (given: string, peer = "10.0.0.1"): Promise<string | null> =>
    (await app.request("GET", "/api/v1/health", { headers: { "x-request-id": given }, peer })).headers.get(
      "x-request-id",
    );
  equal(await idFor("abc-1.2_3"), "abc-1.2_3");
  equal(await idFor("a".repeat(64)), "a".repeat(64));
  for (const bad of ["a".repeat(65), "a b", "a\tb", '"}{', ""]) {
    equal(/^[0-9a-f]{32}-[0-9a-z]+$/.test(await idFor(bad) ?? ""), true, bad);
  }
  match(await idFor("abc-1.2_3", "203.0.113.9") ?? "", /^[0-9a-f]{32}-[0-9a-z]+$/);
});

Deno.test("health is ok while the database can be read, and a 503 with Retry-After when it cannot", async () => {
  await using app = await testApp();
  equal(await (await app.request("GET", "/api/v1/health")).text(), '{"status":"ok"}');
  await app.database.transaction((transaction) => transaction.script("ALTER TABLE users RENAME TO gone"));
  const response = await app.request("GET", "/api/v1/health");
  equal(response.headers.get("retry-after"), "1");
  equal(await textIn(response, 503), "The database cannot be read");
});

Deno.test("node discovery is a JSON 404 without a public address, and a document with one", async () => {
  await using silent = await testApp();
  const headers = { accept: "application/json", authorization: "Bearer nonsense" };
  equal(
    await textIn(await silent.request("GET", "/.well-known/cq-node.json", { headers }), 404),
    "Not Found",
  );
  await using app = await testApp({ publicUrl: "https://cq.example.com" });
  const response = await app.request("GET", "/.well-known/cq-node.json", { headers });
  equal(response.headers.get("content-type"), "application/json");
  deepEqual(await answered(response, 200), {
    version: 1,
    api_base_url: "https://cq.example.com/api/v1",
    api_version: "v1",
  });
});

Deno.test("answers with keys, tokens or what one signs in for are kept by no cache, what is open to all may be", async () => {
  await using app = await testApp();
  const bearer = await app.signIn("ada");
  const key = await app.apiKey("ada");
  const json = { username: "ada", password: PASSWORD };
  const control = async (response: Promise<Response>): Promise<string | null> => {
    const { ok, headers, body } = await response;
    await body?.cancel();
    equal(ok, true);
    return headers.get("cache-control");
  };
  const id = await app.unit({ key });
  const closed = [
    app.request("POST", "/api/v1/auth/login", { json }),
    app.request("GET", "/api/v1/users/me", { bearer }),
    app.request("POST", "/api/v1/users/me/api-keys", { bearer, json: { name: "n", ttl: "1d" } }),
    app.request("GET", "/api/v1/users/me/api-keys", { bearer }),
    app.request("GET", "/api/v1/review/units", { bearer }),
    app.request("GET", `/api/v1/review/${id}`, { bearer }),
    app.request("POST", `/api/v1/knowledge/${id}/confirmations`, { bearer: key }),
  ];
  for (const response of closed) equal(await control(response), "no-store");
  for (const path of ["/api/v1/knowledge?domains=testing", "/api/v1/knowledge/stats", "/api/v1/health"]) {
    equal(await control(app.request("GET", path)), null, path);
  }
});

Deno.test("where reading needs a key, answers to it are kept by no cache either", async () => {
  await using app = await testApp({ settings: { readNeedsKey: true } });
  await app.signIn("ada");
  const bearer = await app.apiKey("ada");
  const response = await app.request("GET", "/api/v1/knowledge?domains=testing", { bearer });
  equal(response.headers.get("cache-control"), "no-store");
  await answered(response, 200);
});
