import { deepEqual, equal, match, ok } from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { sql } from "../../src/database/sql.ts";
import { testApp } from "../fixtures/app.ts";
import { addRow } from "../fixtures/rows.ts";
import { logRecords } from "../fixtures/log_records.ts";
import { rawRequest } from "../fixtures/raw_http.ts";
import { sessionCookie, statusOf, visit } from "../fixtures/pages.ts";

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

Deno.test("a form is taken from this site only, whatever the session", async () => {
  await using app = await testApp({ publicUrl: "https://cq.example.com" });
  const cookie = await sessionCookie(app, "ada");
  await addRow(app.database, "ku_1", { status: "pending" });
  const post = (headers: Record<string, string>): Promise<number> => {
    const body = { "content-type": "application/x-www-form-urlencoded", cookie, accept: "text/html" };
    return statusOf(
      app.request("POST", "/review/ku_1/approve", {
        headers: { ...body, ...headers },
        body: "back=%2Freview",
      }),
    );
  };
  for (
    const headers of [
      {},
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "cross-site", origin: "http://localhost" },
      { origin: "http://localhost:81" },
      { origin: "https://localhost" },
      { origin: "null" },
      { origin: "https://cq.example.com.evil.example" },
    ]
  ) {
    equal(await post(headers), 403, JSON.stringify(headers));
  }
  const row = await app.database.first<{ status: string }>(sql`SELECT status FROM knowledge_units`);
  equal(row?.status, "pending");
  for (
    const headers of [
      { "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "none" },
      { origin: "http://localhost" },
      { origin: "https://cq.example.com" },
    ]
  ) {
    equal(await post(headers), 303, JSON.stringify(headers));
  }
});

Deno.test("every page and asset has the strict policy; none has anything inline", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  await addRow(app.database, "ku_1", { status: "pending" });
  const paths = [
    "/login",
    "/review",
    "/review?edit=1",
    "/review?unit=ku_x",
    "/nothing",
    "/assets/app.css",
  ] as const;
  for (const path of paths) {
    const response = await visit(app, `GET ${path}`, { cookie });
    equal(response.headers.get("content-security-policy"), POLICY, path);
    equal(response.headers.get("x-content-type-options"), "nosniff", path);
    const text = await response.text();
    if (path.startsWith("/assets")) continue;
    equal(/<style|<script(?![^>]* src=)|\sstyle=|\son\w+=|javascript:/i.exec(text), null, path);
    equal(response.headers.get("cache-control"), "no-store", path);
  }
});

Deno.test("somebody who looks at an unknown path gets a page; clients of the API get JSON", async () => {
  await using app = await testApp();
  const page = await visit(app, "GET /nothing");
  deepEqual([page.status, page.headers.get("content-type")], [404, "text/html; charset=utf-8"]);
  match(await page.text(), /Nothing here/);
  for (const path of ["/api/v1/nothing", "/API/v1", "/.well-known/nothing"] as const) {
    const response = await visit(app, `GET ${path}`);
    deepEqual([response.status, response.headers.get("content-type")], [404, "application/json"], path);
    await response.body?.cancel();
  }
});

Deno.test("pages answer other methods with a 405 that says which they have, and HEAD like GET", async () => {
  await using app = await testApp();
  for (const [path, allow] of [["/login", "GET, POST"], ["/review", "GET"], ["/logout", "POST"]] as const) {
    const response = await visit(app, `PUT ${path}`);
    deepEqual([response.status, response.headers.get("allow")], [405, allow]);
    await response.body?.cancel();
  }
  const head = await visit(app, "HEAD /login");
  deepEqual([head.status, await head.text()], [200, ""]);
});

Deno.test("a failure of the server is a page that names the request, and a line in the log", async () => {
  await using app = await testApp({ settings: { trustedProxies: ["10.0.0.1"] } });
  const cookie = await sessionCookie(app, "ada");
  await addRow(app.database, "ku_1", { status: "pending", data: "no JSON" });
  const headers = { "x-request-id": "id-1" };
  await using records = await logRecords("http");
  const response = await visit(app, "GET /review?unit=ku_1", { cookie, headers, peer: "10.0.0.1" });
  equal(response.status, 500);
  match(await response.text(), /id-1/);
  deepEqual(records.map(({ message, properties }) => [message, properties["requestId"]]), [
    [["request failed"], "id-1"],
  ]);
});

Deno.test("a Host header that names no host gets a page that says so; the API does not look at it", async () => {
  await using app = await testApp();
  await using records = await logRecords("http");
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, app.server.app);
  const url = `http://127.0.0.1:${server.addr.port}`;
  const answer = async (request: `${string} ${string}`, host: string): Promise<[number, string]> => {
    const [method, path] = request.split(" ") as [string, string];
    const { status, body } = await rawRequest(url, { method, path, host, headers: { accept: "text/html" } });
    return [status, new TextDecoder().decode(body)];
  };
  for (const host of ["[::1", "a b", "a:99999", "a%zz", "<x>"]) {
    for (const request of ["GET /login", "GET /units", "POST /login", "GET /assets/app.css"] as const) {
      const [status, text] = await answer(request, host);
      equal(status, 400, `${request} ${host}`);
      match(text, /The Host header of the request names no host/);
    }
    equal((await answer("PUT /login", host))[0], 405, host);
    equal((await answer("GET /nothing", host))[0], 404, host);
    deepEqual(await answer("GET /healthz", host), [200, '{"status":"ok"}'], host);
  }
  deepEqual(records.map(({ properties }) => properties), []);
});

Deno.test("assets are kept for ever under the address of their content, and compressed", async () => {
  await using app = await testApp();
  const page = await (await visit(app, "GET /login")).text();
  const [, url] = /href="(\/assets\/app\.css\?v=\w+)"/.exec(page)!;
  const response = await visit(app, `GET ${url as "/"}`, { headers: { "accept-encoding": "br, gzip" } });
  equal(response.headers.get("cache-control"), "public, max-age=31536000, immutable");
  equal(response.headers.get("content-encoding"), "gzip");
  const etag = response.headers.get("etag")!;
  const gzipped = await response.bytes();
  const plain = await (await visit(app, `GET ${url as "/"}`)).bytes();
  deepEqual(new Uint8Array(gunzipSync(gzipped)), plain);
  equal(await statusOf(visit(app, `GET ${url as "/"}`, { headers: { "if-none-match": etag } })), 304);
  const other = await visit(app, "GET /assets/app.css?v=other");
  equal(other.headers.get("cache-control"), "no-cache");
  await other.body?.cancel();
  equal(await statusOf(visit(app, "GET /assets/constructor")), 404);
});

Deno.test("pages are compressed where the browser can read it", async () => {
  await using app = await testApp();
  const plain = await visit(app, "GET /login");
  const gzipped = await visit(app, "GET /login", { headers: { "accept-encoding": "gzip" } });
  deepEqual([plain.headers.get("content-encoding"), gzipped.headers.get("content-encoding")], [null, "gzip"]);
  equal(gzipped.headers.get("vary"), "accept-encoding");
  equal(gunzipSync(await gzipped.bytes()).toString(), await plain.text());
});

Deno.test("neither pages nor assets are compressed for a client that refuses it", async () => {
  await using app = await testApp();
  const headers = { "accept-encoding": "gzip;q=0, *" };
  for (const path of ["GET /login", "GET /assets/app.css"] as const) {
    const response = await visit(app, path, { headers });
    equal(response.headers.get("content-encoding"), null, path);
    await response.body?.cancel();
  }
});

Deno.test("nobody is sent to another site by a forged link", async () => {
  await using app = await testApp();
  await app.signIn("ada");
  for (
    const next of ["https://evil.example", "//evil.example", "/\\evil.example", "/a\\b", "javascript:1", ""]
  ) {
    const response = await visit(app, "POST /theme", { form: { theme: "dark", back: next } });
    equal(response.headers.get("location"), "/", next);
  }
  const cookie = await sessionCookie(app, "ada");
  const path = "/login?next=%2F%2Fevil.example" as const;
  const response = await visit(app, `GET ${path}`, { cookie });
  equal(response.headers.get("location"), "/review");
});

Deno.test("a form that is too large or none is refused", async () => {
  await using app = await testApp();
  equal(await statusOf(visit(app, "POST /login", { form: { username: "x".repeat(300_000) } })), 413);
  const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin" };
  equal(await statusOf(app.request("POST", "/login", { headers, body: "{}" })), 400);
});

Deno.test("a message about what was done is shown once", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  await addRow(app.database, "ku_1", { status: "pending" });
  const decided = await visit(app, "POST /review/ku_1/approve", { cookie, form: { back: "/review" } });
  const flash = decided.headers.getSetCookie()[0]!.split(";")[0]!;
  const page = await visit(app, "GET /review", { cookie: `${cookie}; ${flash}` });
  ok((await page.text()).includes("Approved."));
  match(page.headers.getSetCookie()[0]!, /^__Host-cq_flash=; Path=\/; Max-Age=0/);
});
