import { deepEqual, equal, ok } from "node:assert/strict";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { answered } from "../fixtures/faults.ts";
import { addRow } from "../fixtures/rows.ts";

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: string[];
  readonly security?: Record<string, unknown>[];
  readonly parameters?: { name: string; in: string; required?: boolean }[];
  readonly requestBody?: { required: boolean; content: Record<string, { schema: unknown }> };
  readonly responses: Record<string, { description: string; content: Record<string, { schema: unknown }> }>;
}

type Paths = Record<string, Record<string, Operation>>;

async function operations(app: TestApp): Promise<Map<string, Operation>> {
  const { paths }: { paths: Paths } = await answered(await app.request("GET", "/openapi.json"), 200);
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) =>
        [`${method.toUpperCase()} ${path}`, operation] as const
      )
    ),
  );
}

Deno.test("the document is OpenAPI 3.1 of this server, and every reference in it leads somewhere", async () => {
  await using app = await testApp();
  const document = await answered(await app.request("GET", "/openapi.json"), 200);
  equal(document.openapi, "3.1.0");
  equal(document.info.title, "cq Server");
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
  ok(references.length > 10);
  for (const [, name = ""] of references) ok(document.components.schemas[name], name);
});

/** Access and statuses of each operation. */
const DOCUMENTED: Readonly<Record<string, string>> = {
  "GET /healthz": "- 200 500 503",
  "GET /readyz": "- 200 500 503",
  "GET /api/v1/health": "- 200 500 503",
  "POST /api/v1/auth/login": "- 200 400 401 408 413 422 429 500 503 507",
  "GET /api/v1/users/me": "loginToken 200 401 404 429 500 503",
  "POST /api/v1/users/me/password": "loginToken 200 400 401 404 408 409 413 422 429 500 503 507",
  "GET /api/v1/users/me/api-keys": "loginToken 200 401 404 429 500 503",
  "POST /api/v1/users/me/api-keys": "loginToken 201 400 401 404 408 409 413 422 429 500 503 507",
  "POST /api/v1/users/me/api-keys/{key_id}/revoke": "loginToken 200 401 404 429 500 503 507",
  "GET /api/v1/knowledge": "- 200 422 429 500 503",
  "POST /api/v1/knowledge": "apiKey 201 400 401 403 408 413 422 500 503 507",
  "GET /api/v1/knowledge/stats": "- 200 429 500 503",
  "POST /api/v1/knowledge/{unit_id}/confirmations": "apiKey 201 401 403 404 500 503 507",
  "POST /api/v1/knowledge/{unit_id}/flags": "apiKey 201 400 401 403 404 408 413 422 500 503 507",
  "GET /api/v1/review/queue": "loginToken 200 401 403 422 429 500 503",
  "GET /api/v1/review/stats": "loginToken 200 401 403 429 500 503",
  "GET /api/v1/review/units": "loginToken 200 401 403 422 429 500 503",
  "GET /api/v1/review/{unit_id}": "loginToken 200 401 403 404 429 500 503",
  "GET /api/v1/review/{unit_id}/history": "loginToken 200 401 403 404 429 500 503",
  "POST /api/v1/review/{unit_id}/approve": "loginToken 200 401 403 404 409 422 429 500 503 507",
  "POST /api/v1/review/{unit_id}/reject": "loginToken 200 401 403 404 409 429 500 503 507",
};

Deno.test("every endpoint is listed with its access and each status it may answer", async () => {
  await using app = await testApp();
  const found = [...await operations(app)].map(([name, { security, responses }]) => [
    name,
    [Object.keys(security?.[0] ?? { "-": 1 })[0], ...Object.keys(responses).sort()].join(" "),
  ]);
  deepEqual(Object.fromEntries(found), DOCUMENTED);
});

Deno.test("operations are told apart and described, and every response has a JSON schema", async () => {
  await using app = await testApp();
  const all = [...(await operations(app)).values()];
  equal(new Set(all.map(({ operationId }) => operationId)).size, all.length);
  for (const { operationId, summary, tags, responses } of all) {
    ok(summary !== "" && tags.length === 1, operationId);
    for (const [status, { description, content }] of Object.entries(responses)) {
      ok(description !== "" && content["application/json"]!.schema, `${operationId} ${status}`);
    }
  }
});

Deno.test("path parameters are required, bodies too, and those of queries are named", async () => {
  await using app = await testApp();
  const all = await operations(app);
  for (const [name, { parameters = [], requestBody }] of all) {
    const inPath = [...name.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    deepEqual(
      parameters.filter((each) => each.in === "path" && each.required).map((each) => each.name),
      inPath,
      name,
    );
    if (requestBody !== undefined) {
      ok(requestBody.required && requestBody.content["application/json"]!.schema, name);
    }
  }
  const named = (name: string): string[] => all.get(name)!.parameters!.map((each) => each.name);
  deepEqual(named("GET /api/v1/knowledge"), [
    "domains",
    "languages",
    "frameworks",
    "pattern",
    "q",
    "tags",
    "limit",
  ]);
  deepEqual(named("GET /api/v1/review/queue"), ["limit", "offset"]);
  deepEqual(named("GET /api/v1/review/units"), [
    "domain",
    "confidence_min",
    "confidence_max",
    "status",
    "limit",
  ]);
  // Domains or a question: neither is needed where the other one is.
  deepEqual(all.get("GET /api/v1/knowledge")!.parameters!.filter((each) => each.required), []);
});

type Schema = {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
};

/** Where a value departs from its schema: fields that are missing or that the schema does not know. */
function departures(value: unknown, schema: Schema, schemas: Record<string, Schema>, at = ""): string[] {
  if (schema.$ref !== undefined) {
    return departures(value, schemas[schema.$ref.split("/").at(-1)!]!, schemas, at);
  }
  if (Array.isArray(value)) {
    return value.flatMap((item) => departures(item, schema.items ?? {}, schemas, `${at}[]`));
  }
  if (typeof value !== "object" || value === null || schema.properties === undefined) return [];
  const unknown = Object.keys(value).filter((name) => schema.properties![name] === undefined);
  const missing = (schema.required ?? []).filter((name) => !(name in value));
  return [
    ...unknown.map((name) => `${at}.${name} is not in the schema`),
    ...missing.map((name) => `${at}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, child]) =>
      departures(child, schema.properties![name] ?? {}, schemas, `${at}.${name}`)
    ),
  ];
}

Deno.test("answers have the fields that the document says, no more and no fewer", async () => {
  await using app = await testApp();
  const session = await app.signIn("ada");
  const key = await app.apiKey("ada");
  const id = await app.unit({ key, extensions: { "a:b": 1 } });
  await addRow(app.database, "ku_p", { status: "pending" });
  const document = await answered(await app.request("GET", "/openapi.json"), 200);
  const requests: [
    method: string,
    route: string,
    path: string,
    options: Parameters<TestApp["request"]>[2],
  ][] = [
    ["POST", "/api/v1/knowledge/{unit_id}/flags", `/api/v1/knowledge/${id}/flags`, {
      bearer: key,
      json: { reason: "stale" },
    }],
    ["POST", "/api/v1/knowledge/{unit_id}/confirmations", `/api/v1/knowledge/${id}/confirmations`, {
      bearer: key,
    }],
    ["GET", "/api/v1/knowledge", "/api/v1/knowledge?domains=testing", {}],
    ["GET", "/api/v1/knowledge/stats", "/api/v1/knowledge/stats", {}],
    ["POST", "/api/v1/users/me/api-keys", "/api/v1/users/me/api-keys", {
      bearer: session,
      json: { name: "n", ttl: "1d" },
    }],
    ["GET", "/api/v1/users/me/api-keys", "/api/v1/users/me/api-keys", { bearer: session }],
    ["GET", "/api/v1/users/me", "/api/v1/users/me", { bearer: session }],
    ["GET", "/api/v1/review/{unit_id}", `/api/v1/review/${id}`, { bearer: session }],
    ["GET", "/api/v1/review/{unit_id}/history", `/api/v1/review/${id}/history`, { bearer: session }],
    ["GET", "/api/v1/review/queue", "/api/v1/review/queue", { bearer: session }],
    ["GET", "/api/v1/review/units", "/api/v1/review/units", { bearer: session }],
    ["GET", "/api/v1/review/stats", "/api/v1/review/stats", { bearer: session }],
    ["POST", "/api/v1/review/{unit_id}/reject", "/api/v1/review/ku_p/reject", { bearer: session }],
  ];
  for (const [method, route, path, options] of requests) {
    const response = await app.request(method, path, options);
    const documented = document.paths[route][method.toLowerCase()].responses[response.status];
    ok(documented && response.ok, `${method} ${path} ${response.status}`);
    const { schema } = documented.content["application/json"];
    deepEqual(departures(await response.json(), schema, document.components.schemas), [], route);
  }
});

Deno.test("the page of the documentation lists every endpoint and needs neither scripts nor the network", async () => {
  await using app = await testApp();
  const response = await app.request("GET", "/docs");
  equal(response.status, 200);
  equal(response.headers.get("content-type"), "text/html; charset=utf-8");
  const policy = response.headers.get("content-security-policy") ?? "";
  ok(policy.includes("default-src 'none'") && policy.includes("frame-ancestors 'none'"), policy);
  equal(policy.includes("script"), false);
  equal(response.headers.get("x-content-type-options"), "nosniff");
  const html = await response.text();
  equal(/<script|<link|<iframe|<img|\bsrc=|\bon\w+=|javascript:|url\(|@import|https?:/i.test(html), false);
  deepEqual([...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]), ["/openapi.json"]);
  for (const name of Object.keys(DOCUMENTED)) ok(html.includes(`<code>${name}</code>`), name);
  equal([...html.matchAll(/<details>/g)].length, Object.keys(DOCUMENTED).length);
});
