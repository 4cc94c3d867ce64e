import { deepEqual, equal, match } from "node:assert/strict";
import { BODY_MAX_BYTES } from "../../src/limits.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { faultsIn, textIn } from "../fixtures/faults.ts";

const KNOWLEDGE = "/api/v1/knowledge";
const KEYS = "/api/v1/users/me/api-keys";
const LOGIN = "/api/v1/auth/login";
const BODY_ROUTES = [KNOWLEDGE, KEYS, LOGIN, `${KNOWLEDGE}/ku_x/flags`];
const JSON_TYPE = "application/json";

interface Sent {
  readonly body?: BodyInit;
  readonly type?: string | undefined;
  readonly bearer?: string;
  readonly headers?: Record<string, string>;
}

function post(
  app: TestApp,
  path: string,
  { body, type = JSON_TYPE, bearer, headers = {} }: Sent,
): Promise<Response> {
  return app.request("POST", path, {
    headers: { "content-type": type, ...headers },
    ...(body === undefined ? {} : { body }),
    ...(bearer === undefined ? {} : { bearer }),
  });
}

/** A body sent piece by piece, without a length. */
function chunked(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return ReadableStream.from(chunks);
}

const NOT_UTF8 = new Uint8Array([0x7b, 0xff, 0x7d]);
const NESTED = `${"[".repeat(501)}${"]".repeat(501)}`;

Deno.test("a body that cannot be read is a 400 before anyone is identified", async () => {
  await using app = await testApp();
  const unreadable = [NOT_UTF8, new Uint8Array([0xc3]), NESTED, `{"a":${"1".repeat(4301)}}`, `${NESTED}}`];
  for (const path of BODY_ROUTES) {
    for (const body of unreadable) {
      equal(await textIn(await post(app, path, { body }), 400), "There was an error parsing the body");
    }
  }
});

Deno.test("a JSON syntax error is a 422 before anyone is identified", async () => {
  await using app = await testApp();
  for (const path of BODY_ROUTES) {
    for (
      const body of [
        "{",
        "nonsense",
        '{"username":NaN,"password":"x"}',
        '{"extensions":{"a:b":Infinity}}',
        " ",
      ]
    ) {
      const [fault, ...others] = await faultsIn(await post(app, path, { body }));
      match(fault!, /^json_invalid at body\.\d+$/);
      deepEqual(others, []);
    }
  }
});

Deno.test("a body above the limit is a 413 before anyone is identified, with and without a length", async () => {
  await using app = await testApp();
  const half = new Uint8Array(BODY_MAX_BYTES / 2).fill(0x20);
  for (const path of BODY_ROUTES) {
    const declared = await post(app, path, {
      body: "x",
      headers: { "content-length": String(BODY_MAX_BYTES + 1) },
    });
    const counted = await post(app, path, { body: chunked(half, half, new Uint8Array([0x20])) });
    for (const response of [declared, counted]) {
      equal(response.headers.get("content-type"), "application/json");
      equal(await textIn(response, 413), `The request body is larger than ${BODY_MAX_BYTES} bytes`);
    }
  }
});

Deno.test("a body above the limit is not read to its end", async () => {
  await using app = await testApp();
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller): void {
      pulled++;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  equal((await post(app, LOGIN, { body: endless })).status, 413);
  equal(pulled < 40, true, `${pulled} chunks were read`);
});

Deno.test("a body of exactly the limit is read, in one piece or many", async () => {
  await using app = await testApp();
  const text = new TextEncoder().encode(JSON.stringify("x".repeat(BODY_MAX_BYTES - 2)));
  for (const body of [text, chunked(text.slice(0, 7), text.slice(7))]) {
    deepEqual(await faultsIn(await post(app, LOGIN, { body })), ["model_attributes_type at body"]);
  }
});

Deno.test("a body that ends before its time is a 400", async () => {
  await using app = await testApp();
  for (const headers of [{}, { "content-length": "10" }] as Record<string, string>[]) {
    const broken = new ReadableStream({
      start: (controller) => controller.error(new Error("connection reset")),
    });
    match(await textIn(await post(app, LOGIN, { body: broken, headers }), 400), /could not be read/);
  }
});

Deno.test("who sends comes before what is sent", async () => {
  await using app = await testApp();
  for (const body of ["{}", "[]", "null", '{"reason":"x","domains":[]}']) {
    equal(await textIn(await post(app, KNOWLEDGE, { body }), 401), "Invalid API key");
    equal(await textIn(await post(app, `${KNOWLEDGE}/ku_x/flags`, { body }), 401), "Invalid API key");
    equal(await textIn(await post(app, KEYS, { body }), 401), "Missing or invalid authorization header");
  }
  for (const path of ["/api/v1/review/queue?limit=x", "/api/v1/review/units?confidence_min=x"]) {
    equal((await app.request("GET", path)).status, 401);
  }
});

Deno.test("the shape comes before the content, and the content before the state", async () => {
  await using app = await testApp();
  const session = await app.signIn("ada");
  const bearer = await app.apiKey("ada");
  const bad = { domains: [" "], extensions: { x: 1 } };
  const sent = (path: string, json: unknown): Promise<Response> =>
    app.request("POST", path, { bearer, json });
  deepEqual(await faultsIn(await sent(KNOWLEDGE, bad)), ["missing at body.insight"]);
  const insight = { summary: "", detail: "", action: "" };
  equal(
    await textIn(await sent(KNOWLEDGE, { ...bad, insight }), 422),
    "At least one non-empty domain is required",
  );
  deepEqual(await faultsIn(await sent(`${KNOWLEDGE}/ku_x/flags`, { reason: "x" })), ["enum at body.reason"]);
  equal((await sent(`${KNOWLEDGE}/ku_x/flags`, { reason: "stale" })).status, 404);
  const queue = await app.request("GET", "/api/v1/review/queue?limit=x", { bearer: session });
  deepEqual(await faultsIn(queue), ["int_parsing at query.limit"]);
});

const JSON_TYPES = [
  "application/json",
  "Application/JSON",
  "application/json; charset=latin1",
  "application/json ;x",
  "application/problem+json",
  "application/vnd.cq+JSON; v=1",
  "application/+json",
  "application/a b+json",
  // As the runtime joins a header that was sent twice.
  "application/json, application/json",
  "application/vnd.cq+json, text/plain",
];
const OTHER_TYPES = [
  "text/plain",
  "application/x-www-form-urlencoded",
  "application/jsonx",
  "application/a/b+json",
  "text/json",
  "json",
  "*/*",
  "text/plain, application/json",
  "application/x,y+json",
];

Deno.test("application/json and application/*+json are JSON; with any other type the body is some text", async () => {
  await using app = await testApp();
  for (const type of JSON_TYPES) {
    deepEqual(await faultsIn(await post(app, LOGIN, { type, body: '{"username":"x"}' })), [
      "missing at body.password",
    ], type);
  }
  for (const type of OTHER_TYPES) {
    for (const body of ['{"username":"x"}', "{", NOT_UTF8, NESTED]) {
      deepEqual(
        await faultsIn(await post(app, LOGIN, { type, body })),
        ["model_attributes_type at body"],
        type,
      );
    }
  }
});

Deno.test("an empty body, and the literal null, is missing; a byte order mark is skipped", async () => {
  await using app = await testApp();
  for (const body of ["", "null", " null "]) {
    deepEqual(await faultsIn(await post(app, LOGIN, { body })), ["missing at body"]);
  }
  deepEqual(await faultsIn(await post(app, LOGIN, { body: '\ufeff{"username":"x"}' })), [
    "missing at body.password",
  ]);
});

Deno.test("the last of equal keys in a body counts", async () => {
  await using app = await testApp();
  const body = '{"username":7,"username":"x","password":"x","password":7}';
  deepEqual(await faultsIn(await post(app, LOGIN, { body })), ["string_type at body.password"]);
});
