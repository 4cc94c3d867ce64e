import { deepEqual, equal, match } from "node:assert/strict";
import { createHmac } from "node:crypto";
import { sql } from "../../src/database/sql.ts";
import { PEPPER, type TestApp, testApp } from "../fixtures/app.ts";
import { type ManualClock, manualClock } from "../fixtures/clock.ts";
import { answered, faultsIn, textIn } from "../fixtures/faults.ts";

const PATH = "/api/v1/users/me/api-keys";

interface Owner extends AsyncDisposable {
  readonly app: TestApp;
  readonly clock: ManualClock;
  readonly session: string;
  create(fields?: Record<string, unknown>, headers?: Record<string, string>): Promise<Response>;
  list(): Promise<Record<string, unknown>[]>;
  revoke(id: string): Promise<Response>;
}

async function owner(): Promise<Owner> {
  const clock = manualClock("2026-03-01T10:20:30.000000Z");
  const app = await testApp({ clock });
  const session = await app.signIn("ada");
  return {
    app,
    clock,
    session,
    create: (fields = {}, headers = {}) =>
      app.request("POST", PATH, { bearer: session, headers, json: { name: "n", ttl: "30d", ...fields } }),
    async list(): Promise<Record<string, unknown>[]> {
      return (await answered(await app.request("GET", PATH, { bearer: session }), 200)).data;
    },
    revoke: (id) => app.request("POST", `${PATH}/${id}/revoke`, { bearer: session }),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

Deno.test("a new key is answered in the contract's order, its token last, and works", async () => {
  await using test = await owner();
  const response = await test.create({
    name: " é ",
    ttl: " 30D ",
    labels: [" b ", "a", "", "b\x1c", "B", "\ufeffb"],
  });
  const text = await response.text();
  equal(response.status, 201, text);
  const { id, token, prefix } = JSON.parse(text);
  match(token, new RegExp(`^cqa\\.v1\\.${id}\\.${prefix}[a-z2-7]{44}$`));
  equal(
    text,
    `{"id":"${id}","name":" é ","labels":["b","a","B","\ufeffb"],"prefix":"${prefix}","ttl":"30d",` +
      '"expires_at":"2026-03-31T10:20:30+00:00","created_at":"2026-03-01T10:20:30+00:00","last_used_at":null,' +
      `"revoked_at":null,"is_expired":false,"is_active":true,"token":"${token}"}`,
  );
  match(id, /^[0-9a-f]{32}$/);
  equal((await test.app.request("POST", "/api/v1/knowledge", { bearer: token })).status, 422);
});

Deno.test("of a key's secret only a hash and the first characters are stored, and the token is never shown again", async () => {
  await using test = await owner();
  const { token } = await answered(await test.create(), 201);
  const secret = token.split(".")[3];
  const row = await test.app.database.first<Record<string, string>>(sql`SELECT * FROM api_keys`);
  equal(row!["key_hash"], createHmac("sha256", PEPPER).update(secret).digest("hex"));
  equal(row!["key_prefix"], secret.slice(0, 8));
  for (const shown of [JSON.stringify(row), JSON.stringify(await test.list())]) {
    equal(shown.includes(secret.slice(0, 9)), false);
  }
});

Deno.test("Go clients also get api_key and key_prefix on creation, others do not", async () => {
  await using test = await owner();
  for (const agent of ["Go-http-client/1.1", "Go-http-client/2.0"]) {
    const key = await answered(await test.create({}, { "user-agent": agent }), 201);
    deepEqual([key.api_key, key.key_prefix], [key.token, key.prefix]);
  }
  for (const agent of ["python-httpx/0.28", "Mozilla/5.0 Go-http-client/1.1", ""]) {
    const key = await answered(await test.create({}, { "user-agent": agent }), 201);
    equal("api_key" in key || "key_prefix" in key, false, agent);
  }
  for (const key of await test.list()) equal("api_key" in key || "token" in key, false);
});

const MANY = Array.from({ length: 17 }, (_, index) => `l${index}`);
const FAULTS: readonly [Record<string, unknown>, string[]][] = [
  [{ name: undefined, ttl: undefined }, ["missing at body.name", "missing at body.ttl"]],
  [{ name: "" }, ["string_too_short at body.name"]],
  [{ name: "😀".repeat(65) }, ["string_too_long at body.name"]],
  [{ name: 7 }, ["string_type at body.name"]],
  [{ name: "\ud800" }, ["string_unicode at body.name"]],
  [{ name: "a\0b" }, ["value_error at body.name"]],
  [{ ttl: "" }, ["string_too_short at body.ttl"]],
  [{ ttl: "1".repeat(17) }, ["string_too_long at body.ttl"]],
  [{ ttl: 30 }, ["string_type at body.ttl"]],
  [{ labels: null }, ["list_type at body.labels"]],
  [{ labels: MANY }, ["too_long at body.labels"]],
  [{ labels: ["a", 7] }, ["string_type at body.labels.1"]],
  [{ labels: ["\udc00"] }, ["string_unicode at body.labels.0"]],
  [{ labels: ["😀".repeat(65)] }, ["value_error at body.labels.0"]],
];

Deno.test("a key of the wrong shape is a 422 that leads to each fault", async () => {
  await using test = await owner();
  for (const [fields, expected] of FAULTS) {
    deepEqual(await faultsIn(await test.create(fields)), expected, JSON.stringify(fields).slice(0, 80));
  }
  deepEqual(await test.list(), []);
});

Deno.test("names, lifetimes and labels at their limits are accepted", async () => {
  await using test = await owner();
  const labels = [...MANY.slice(2), "😀".repeat(64)];
  const key = await answered(
    await test.create({ name: "😀".repeat(64), ttl: "000000000000001d", labels }),
    201,
  );
  deepEqual([key.labels, key.ttl], [labels, "000000000000001d"]);
  equal((await answered(await test.create({ name: " " }), 201)).name, " ");
});

Deno.test("the lifetime's text comes before the limit of keys, the shape before both", async () => {
  await using test = await owner();
  for (let i = 0; i < 20; i++) equal((await test.create()).status, 201);
  equal(await textIn(await test.create(), 409), "Maximum of 20 active API keys per user");
  match(await textIn(await test.create({ ttl: "x" }), 422), /^'x' is not a valid duration/);
  deepEqual(await faultsIn(await test.create({ ttl: "x", name: "" })), ["string_too_short at body.name"]);
});

Deno.test("revoked and expired keys make room, and those of others take none", async () => {
  await using test = await owner();
  await test.app.signIn("bob");
  for (let i = 0; i < 5; i++) await test.app.apiKey("bob");
  await answered(await test.create({ ttl: "1h" }), 201);
  for (let i = 0; i < 19; i++) await answered(await test.create(), 201);
  equal((await test.create()).status, 409);
  test.clock.advance(3600);
  await answered(await test.create(), 201);
  equal((await test.create()).status, 409);
  await test.revoke(String((await test.list())[0]!["id"]));
  equal((await test.create()).status, 201);
});

Deno.test("of 40 keys made at once exactly 20 exist and 20 are refused", async () => {
  await using test = await owner();
  const answers = await Promise.all(Array.from({ length: 40 }, () => test.create()));
  const statuses = answers.map(({ status }) => status).sort();
  deepEqual(statuses, [...Array(20).fill(201), ...Array(20).fill(409)]);
  equal((await test.list()).length, 20);
});

Deno.test("keys are listed newest first with their state", async () => {
  await using test = await owner();
  await test.create({ name: "expires", ttl: "10s" });
  test.clock.advance(5);
  await test.create({ name: "revoked" });
  const { id } = (await test.list())[0]!;
  await test.revoke(String(id));
  test.clock.advance(5);
  const states = (await test.list()).map((
    key,
  ) => [key["name"], key["is_expired"], key["is_active"], key["revoked_at"]]);
  deepEqual(states, [
    ["revoked", false, false, "2026-03-01T10:20:35+00:00"],
    ["expires", true, false, null],
  ]);
});

Deno.test("revoking again keeps the first time; unknown and foreign keys are the same 404", async () => {
  await using test = await owner();
  const { id } = await answered(await test.create(), 201);
  for (let i = 0; i < 2; i++) {
    equal(await (await test.revoke(id)).text(), '{"message":"API key revoked."}');
    test.clock.advance(60);
  }
  equal((await test.list())[0]!["revoked_at"], "2026-03-01T10:20:30+00:00");
  await test.app.signIn("bob");
  const foreign = (await test.app.apiKey("bob")).split(".")[2]!;
  for (const other of [foreign, "x", id.toUpperCase(), `%20${id}`]) {
    equal(await textIn(await test.revoke(other), 404), "API key not found");
  }
});

Deno.test("labels of rows written by others are read whatever their spelling; what is no list is none", async () => {
  await using test = await owner();
  await test.create();
  for (
    const [stored, shown] of [['["a", "\\u00e9"]', ["a", "é"]], ["no JSON", []], ["{}", []], ['["a",7]', [
      "a",
    ]]]
  ) {
    await test.app.database.transaction((transaction) =>
      transaction.run(sql`UPDATE api_keys SET labels = ${String(stored)}`)
    );
    deepEqual((await test.list())[0]!["labels"], shown);
  }
});

Deno.test("a profile is the user's name and the time as it is stored", async () => {
  await using test = await owner();
  await test.app.database.transaction((transaction) =>
    transaction.run(sql`UPDATE users SET created_at = '2026-01-01 00:00:00'`)
  );
  const response = await test.app.request("GET", "/api/v1/users/me", { bearer: test.session });
  equal(await response.text(), '{"username":"ada","created_at":"2026-01-01 00:00:00"}');
});

Deno.test("a key is restricted to the scopes it was made with, is listed with them, and does no more", async () => {
  await using test = await owner();
  const made = await answered(await test.create({ scopes: ["confirm", "read", "read"] }), 201);
  deepEqual(made.scopes, ["read", "confirm"]);
  deepEqual((await test.list())[0]?.["scopes"], ["read", "confirm"]);
  const propose = await test.app.request("POST", "/api/v1/knowledge", { bearer: made.token, json: {} });
  match(await textIn(propose, 403), /may not propose/);
  const confirm = await test.app.request("POST", "/api/v1/knowledge/ku_x/confirmations", {
    bearer: made.token,
  });
  await textIn(confirm, 404);
  const free = await answered(await test.create(), 201);
  equal("scopes" in free, false);
  const events = await test.app.database.all<{ detail: string }>(sql`
    SELECT detail FROM account_events WHERE kind = 'key_made' ORDER BY id`);
  deepEqual(events.map(({ detail }) => JSON.parse(detail).scopes), ["confirm read", undefined]);
});

Deno.test("unknown scopes and an empty list of them are a 422, and no key is made", async () => {
  await using test = await owner();
  for (const scopes of [["write"], ["read", "administer"], [], "read", null, [1], ["review"]]) {
    const response = await test.create({ scopes });
    equal(response.status, 422, JSON.stringify(scopes));
    await response.body?.cancel();
  }
  deepEqual(await test.list(), []);
});
