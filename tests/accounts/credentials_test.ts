import { deepEqual, equal } from "node:assert/strict";
import { createTokens } from "../../src/accounts/tokens.ts";
import { signedJwt } from "../contract/credentials.ts";
import { setAccountState } from "../../src/accounts/users.ts";
import { sql } from "../../src/database/sql.ts";
import { isoOffset } from "../../src/wire/time.ts";
import { JWT_SECRET, PASSWORD, type TestApp, testApp } from "../fixtures/app.ts";
import { manualClock } from "../fixtures/clock.ts";
import { answered, textIn } from "../fixtures/faults.ts";
import { addRow } from "../fixtures/rows.ts";

const SESSION_ROUTES = [
  ["GET", "/api/v1/review/queue"],
  ["GET", "/api/v1/review/stats"],
  ["GET", "/api/v1/review/units"],
  ["GET", "/api/v1/review/ku_1"],
  ["GET", "/api/v1/review/ku_1/history"],
  ["POST", "/api/v1/review/ku_1/approve"],
  ["POST", "/api/v1/review/ku_1/reject"],
] as const;
const ACCOUNT_ROUTES = [
  ["GET", "/api/v1/users/me"],
  ["GET", "/api/v1/users/me/api-keys"],
  ["POST", "/api/v1/users/me/api-keys"],
  ["POST", "/api/v1/users/me/api-keys/x/revoke"],
] as const;
const KEY_ROUTES = [
  ["POST", "/api/v1/knowledge"],
  ["POST", "/api/v1/knowledge/ku_1/confirmations"],
  ["POST", "/api/v1/knowledge/ku_1/flags"],
] as const;

type Route = typeof SESSION_ROUTES[number] | typeof ACCOUNT_ROUTES[number] | typeof KEY_ROUTES[number];

/** Sends a header to a route and returns the text of its 401, which must carry the challenge. */
async function refused(app: TestApp, [method, path]: Route, authorization?: string): Promise<string> {
  const response = await app.request(
    method,
    path,
    authorization === undefined ? {} : { headers: { authorization } },
  );
  equal(response.headers.get("www-authenticate"), "Bearer", path);
  return await textIn(response, 401);
}

/** What a request is answered that carries the header. */
async function statusOf(app: TestApp, [method, path]: Route, authorization: string): Promise<number> {
  const response = await app.request(method, path, { headers: { authorization } });
  await response.body?.cancel();
  return response.status;
}

Deno.test("without a bearer token every closed route is a 401 with a challenge, in the words of its kind", async () => {
  await using app = await testApp();
  for (
    const header of [undefined, "", "Bearer", "Bearer ", "Basic YTpi", "Token x", "xBearer y"]
  ) {
    for (const route of [...SESSION_ROUTES, ...ACCOUNT_ROUTES]) {
      equal(
        await refused(app, route, header),
        "Missing or invalid authorization header",
        `${header} ${route}`,
      );
    }
    for (const route of KEY_ROUTES) equal(await refused(app, route, header), "Invalid API key");
  }
});

Deno.test("whatever follows a good token makes it another", async () => {
  await using app = await testApp();
  const session = await app.signIn("ada");
  const key = await app.apiKey("ada");
  for (const more of [" x", ", Bearer x", "\xa0"]) {
    for (const route of [...SESSION_ROUTES, ...ACCOUNT_ROUTES]) {
      equal(await refused(app, route, `Bearer ${session}${more}`), "Invalid or expired token");
    }
    for (const route of KEY_ROUTES) {
      equal(await refused(app, route, `Bearer ${key}${more}`), "Invalid API key");
    }
  }
});

Deno.test("a login token opens no key route, a key no other route", async () => {
  await using app = await testApp();
  const session = await app.signIn("ada");
  const key = await app.apiKey("ada");
  for (const route of [...SESSION_ROUTES, ...ACCOUNT_ROUTES]) {
    equal(await refused(app, route, `Bearer ${key}`), "Invalid or expired token");
  }
  for (const route of KEY_ROUTES) equal(await refused(app, route, `Bearer ${session}`), "Invalid API key");
});

Deno.test("the scheme is read in any case and with any number of spaces", async () => {
  await using app = await testApp();
  const session = await app.signIn("ada");
  const key = await app.apiKey("ada");
  for (const scheme of ["Bearer ", "bearer ", "BEARER   ", "bEaReR  "]) {
    equal(await statusOf(app, ["GET", "/api/v1/review/queue"], scheme + session), 200, scheme);
    equal(await statusOf(app, ["POST", "/api/v1/knowledge"], scheme + key), 422, scheme);
  }
});

Deno.test("only the canonical spelling of a key is a key", async () => {
  await using app = await testApp();
  await app.signIn("ada");
  const key = await app.apiKey("ada");
  const [, , id, secret] = key.split(".") as [string, string, string, string];
  const dashed = id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  const spellings = [
    `cqa.v1.${id.toUpperCase()}.${secret}`,
    `cqa.v1.${dashed}.${secret}`,
    `cqa.v1.{${id}}.${secret}`,
    `cqa.v1.urn:uuid:${id}.${secret}`,
    `cqa.v1.${id}.${secret.toUpperCase()}`,
    `CQA.v1.${id}.${secret}`,
    `cqa.v1.${id}.${secret.slice(1)}${secret[0]}`,
    `cqa.v1.${"0".repeat(32)}.${secret}`,
    `${key}x`,
  ];
  for (const spelling of spellings) {
    equal(await refused(app, KEY_ROUTES[0], `Bearer ${spelling}`), "Invalid API key", spelling);
  }
  equal(await statusOf(app, KEY_ROUTES[0], `Bearer ${key}`), 422);
});

Deno.test("a revoked key, an expired one and one of another pepper are refused at once", async () => {
  const clock = manualClock();
  await using app = await testApp({ clock });
  const session = await app.signIn("ada");
  const json = { name: "n", ttl: "1h" };
  const create = async (): Promise<{ id: string; token: string }> =>
    await answered(await app.request("POST", "/api/v1/users/me/api-keys", { bearer: session, json }), 201);
  const [kept, revoked, foreign] = [await create(), await create(), await create()];
  await app.request("POST", `/api/v1/users/me/api-keys/${revoked.id}/revoke`, { bearer: session });
  await app.database.transaction((transaction) =>
    transaction.run(sql`UPDATE api_keys SET key_hash = ${"0".repeat(64)} WHERE id = ${foreign.id}`)
  );
  for (const { token } of [revoked, foreign]) {
    equal(await refused(app, KEY_ROUTES[0], `Bearer ${token}`), "Invalid API key");
  }
  equal(await statusOf(app, KEY_ROUTES[0], `Bearer ${kept.token}`), 422);
  clock.advance(3599.999);
  equal(await statusOf(app, KEY_ROUTES[0], `Bearer ${kept.token}`), 422);
  clock.advance(0.001);
  equal(await refused(app, KEY_ROUTES[0], `Bearer ${kept.token}`), "Invalid API key");
});

Deno.test("a deleted user's token is a 401 on review and a 404 on the account, and the keys are gone", async () => {
  await using app = await testApp();
  const session = await app.signIn("ada");
  const key = await app.apiKey("ada");
  await addRow(app.database, "ku_1", { status: "pending" });
  await app.database.transaction((transaction) =>
    transaction.run(sql`DELETE FROM users WHERE username = 'ada'`)
  );
  for (const route of SESSION_ROUTES) {
    equal(await refused(app, route, `Bearer ${session}`), "Invalid or expired token");
  }
  for (const [method, path] of ACCOUNT_ROUTES) {
    const json = method === "POST" ? { json: { name: "n", ttl: "1d" } } : {};
    const response = await app.request(method, path, { bearer: session, ...json });
    equal(await textIn(response, 404), "User not found", path);
  }
  equal(await refused(app, KEY_ROUTES[0], `Bearer ${key}`), "Invalid API key");
});

async function setState(app: TestApp, disabledAt: string | null, tokensValidFrom: string): Promise<void> {
  const user = await app.database.first<{ id: number }>(sql`SELECT id FROM users WHERE username = 'ada'`);
  await app.database.transaction((transaction) =>
    setAccountState(transaction, user!.id, { disabledAt, tokensValidFrom })
  );
}

Deno.test("a disabled user is refused at once with password, token and key, and accepted again once enabled", async () => {
  const clock = manualClock();
  await using app = await testApp({ clock });
  const session = await app.signIn("ada");
  const other = await app.signIn("bob");
  const key = await app.apiKey("ada");
  const login = (): Promise<Response> =>
    app.request("POST", "/api/v1/auth/login", { json: { username: "ada", password: PASSWORD } });
  const long_ago = "2020-01-01T00:00:00+00:00";

  await setState(app, isoOffset(clock.now()), long_ago);
  equal(await textIn(await login(), 401), "Invalid username or password");
  for (const route of [...SESSION_ROUTES, ...ACCOUNT_ROUTES]) {
    equal(await refused(app, route, `Bearer ${session}`), "Invalid or expired token");
  }
  for (const route of KEY_ROUTES) equal(await refused(app, route, `Bearer ${key}`), "Invalid API key");
  equal(await statusOf(app, ACCOUNT_ROUTES[0], `Bearer ${other}`), 200, "others are not concerned");

  await setState(app, null, long_ago);
  equal((await login()).status, 200);
  equal(await statusOf(app, ACCOUNT_ROUTES[0], `Bearer ${session}`), 200);
  equal(await statusOf(app, KEY_ROUTES[0], `Bearer ${key}`), 422);
});

Deno.test("tokens issued before the account's mark are void, later ones and keys are not", async () => {
  const clock = manualClock("2026-03-01T10:00:00.900000Z");
  await using app = await testApp({ clock });
  const early = await app.signIn("ada");
  const key = await app.apiKey("ada");
  clock.set("2026-03-01T10:00:10.200000Z");
  const sameSecond = await app.signIn("ada");
  const mark = "2026-03-01T10:00:10.700000+00:00";
  await setState(app, null, mark);
  clock.set(mark);
  for (const token of [early, sameSecond]) {
    for (const route of [...SESSION_ROUTES, ...ACCOUNT_ROUTES]) {
      equal(await refused(app, route, `Bearer ${token}`), "Invalid or expired token");
    }
  }
  equal(await statusOf(app, ACCOUNT_ROUTES[0], `Bearer ${await app.signIn("ada")}`), 200);
  // Those of the original tell whole seconds only.
  const plain = (iat: number): string =>
    signedJwt({ claims: { sub: "ada", iat, exp: iat + 60 }, secret: JWT_SECRET });
  const second = Math.floor(clock.now() / 1_000_000);
  equal(await refused(app, ACCOUNT_ROUTES[0], `Bearer ${plain(second)}`), "Invalid or expired token");
  clock.advance(1);
  equal(await statusOf(app, ACCOUNT_ROUTES[0], `Bearer ${plain(second + 1)}`), 200);
  equal(await statusOf(app, KEY_ROUTES[0], `Bearer ${key}`), 422);
});

Deno.test("a token of another secret is refused", async () => {
  await using app = await testApp();
  await app.signIn("ada");
  const foreign = await createTokens({ secret: `${JWT_SECRET}x`, clock: app.clock });
  equal(
    await refused(app, ACCOUNT_ROUTES[0], `Bearer ${await foreign.issue("ada")}`),
    "Invalid or expired token",
  );
});

Deno.test("a proposal belongs to the owner of the key, a decision to the holder of the token", async () => {
  await using app = await testApp();
  await app.signIn("ada");
  const id = await app.unit({ key: await app.apiKey("ada"), approve: false });
  const bearer = await app.signIn("bob");
  const decision = await answered(await app.request("POST", `/api/v1/review/${id}/approve`, { bearer }), 200);
  const item = await answered(await app.request("GET", `/api/v1/review/${id}`, { bearer }), 200);
  deepEqual([item.knowledge_unit.created_by, decision.reviewed_by, item.reviewed_by], ["ada", "bob", "bob"]);
});
