import { deepEqual, equal, ok } from "node:assert/strict";
import { BODY_MAX_BYTES, STRICT_BODY_MAX_BYTES } from "../../src/limits.ts";
import { proposal } from "../fixtures/accounts.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { type ManualClock, manualClock } from "../fixtures/clock.ts";
import { textIn } from "../fixtures/faults.ts";
import { statusOf } from "../fixtures/pages.ts";

type SlowApp = TestApp & { readonly clock: ManualClock; readonly key: string; readonly bearer: string };

/** A server that lets callers have two reads and two writes a minute; ada has a key and is signed in. */
async function slowApp(settings = {}): Promise<SlowApp> {
  const clock = manualClock();
  const app = await testApp({ clock, settings: { rates: { reads: 2, writes: 2 }, ...settings } });
  const bearer = await app.signIn("ada");
  return { ...app, clock, bearer, key: await app.apiKey("ada") };
}

const QUERY = "/api/v1/knowledge?domains=a";

function read(app: TestApp, peer: string, path = QUERY): Promise<Response> {
  return app.request("GET", path, { peer });
}

function propose(app: TestApp, bearer: string): Promise<Response> {
  return app.request("POST", "/api/v1/knowledge", { bearer, json: proposal() });
}

Deno.test("writes of a key beyond its limit are a 503 with Retry-After, so that clients keep them", async () => {
  await using app = await slowApp();
  const unit = await (await propose(app, app.key)).json();
  equal(await statusOf(propose(app, app.key)), 201);
  for (
    const [path, json] of [
      ["/api/v1/knowledge", proposal()],
      [`/api/v1/knowledge/${unit.id}/confirmations`, undefined],
      [`/api/v1/knowledge/${unit.id}/flags`, { reason: "stale" }],
    ] as const
  ) {
    const response = await app.request("POST", path, { bearer: app.key, json });
    equal(response.headers.get("retry-after"), "30");
    equal(await textIn(response, 503), "Too many requests; try again after the time in Retry-After");
  }
  equal(await statusOf(propose(app, await app.apiKey("ada"))), 201, "another key of the same user");
  app.clock.advance(30);
  deepEqual([await statusOf(propose(app, app.key)), await statusOf(propose(app, app.key))], [201, 503]);
});

Deno.test("writes of somebody signed in beyond the limit are a 429", async () => {
  await using app = await slowApp();
  const make = (bearer: string): Promise<Response> =>
    app.request("POST", "/api/v1/users/me/api-keys", { bearer, json: { name: "n", ttl: "1d" } });
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push(await statusOf(make(app.bearer)));
  deepEqual(statuses, [201, 201, 429]);
  equal((await make(app.bearer)).headers.get("retry-after"), "30");
  equal(await statusOf(make(await app.signIn("bob"))), 201);
});

Deno.test("reads beyond the limit of an address are a 429, and other addresses are served", async () => {
  await using app = await slowApp();
  for (let i = 0; i < 2; i++) equal(await statusOf(read(app, "192.0.2.1")), 200);
  for (const path of [QUERY, "/api/v1/knowledge/stats"]) {
    const response = await read(app, "192.0.2.1", path);
    equal(response.headers.get("retry-after"), "30");
    await textIn(response, 429);
  }
  equal(await statusOf(read(app, "192.0.2.2")), 200);
  equal(await statusOf(propose(app, app.key)), 201, "writes have a limit of their own");
  app.clock.advance(30);
  equal(await statusOf(read(app, "192.0.2.1")), 200);
});

Deno.test("reads of somebody signed in count for the user, not for the address", async () => {
  await using app = await slowApp();
  const queue = (bearer: string): Promise<number> =>
    statusOf(app.request("GET", "/api/v1/review/queue", { bearer, peer: "192.0.2.1" }));
  const bob = await app.signIn("bob");
  const answers = [];
  for (let i = 0; i < 3; i++) answers.push([await queue(app.bearer), await queue(bob)]);
  deepEqual(answers, [[200, 200], [200, 200], [429, 429]]);
});

Deno.test("discovery, health, readiness and pages are never throttled", async () => {
  await using app = await slowApp();
  const expected = {
    "/.well-known/cq-node.json": 404,
    "/api/v1/health": 200,
    "/healthz": 200,
    "/readyz": 200,
    "/login": 200,
    "/openapi.json": 200,
  };
  for (let i = 0; i < 2; i++) await read(app, "192.0.2.1");
  for (const [path, status] of Object.entries(expected)) {
    for (let i = 0; i < 5; i++) equal(await statusOf(read(app, "192.0.2.1", path)), status, path);
  }
  equal(await statusOf(read(app, "192.0.2.1")), 429, "what is limited is");
});

Deno.test("what is refused for its credentials takes nothing from anybody", async () => {
  await using app = await slowApp();
  for (let i = 0; i < 5; i++) equal(await statusOf(propose(app, `${app.key}x`)), 401);
  equal(await statusOf(propose(app, app.key)), 201);
});

Deno.test("reads are not limited unless configured, and a limit of 0 is none", async () => {
  await using usual = await testApp();
  await using unlimited = await slowApp({ rates: { reads: 0, writes: 0 } });
  for (let i = 0; i < 200; i++) equal(await statusOf(read(usual, "192.0.2.1")), 200);
  for (let i = 0; i < 5; i++) equal(await statusOf(propose(unlimited, unlimited.key)), 201);
});

Deno.test("under CQ_COMPAT=strict no limit holds", async () => {
  await using app = await slowApp({ isStrict: true });
  for (let i = 0; i < 5; i++) {
    equal(await statusOf(read(app, "192.0.2.1")), 200);
    equal(await statusOf(propose(app, app.key)), 201);
  }
});

Deno.test("a body may have 256 KiB, and more where the original's clients are to find what they know", async () => {
  equal(BODY_MAX_BYTES, 256 * 1024);
  await using usual = await slowApp();
  await using strict = await slowApp({ isStrict: true });
  const body = (bytes: number): Uint8Array<ArrayBuffer> => {
    const text = JSON.stringify(proposal());
    return new TextEncoder().encode(text.padEnd(bytes));
  };
  const status = (app: SlowApp, bytes: number): Promise<number> =>
    statusOf(app.request("POST", "/api/v1/knowledge", {
      bearer: app.key,
      body: body(bytes),
      headers: { "content-type": "application/json" },
    }));
  deepEqual([await status(usual, BODY_MAX_BYTES), await status(usual, BODY_MAX_BYTES + 1)], [201, 413]);
  ok(STRICT_BODY_MAX_BYTES > BODY_MAX_BYTES);
  deepEqual(
    [await status(strict, STRICT_BODY_MAX_BYTES), await status(strict, STRICT_BODY_MAX_BYTES + 1)],
    [201, 413],
  );
});
