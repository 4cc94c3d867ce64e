import { deepEqual, equal, match } from "node:assert/strict";
import { LOGIN_ADDRESS_RATE } from "../../src/limits.ts";
import { PASSWORD, type TestApp, testApp } from "../fixtures/app.ts";
import { type ManualClock, manualClock } from "../fixtures/clock.ts";
import { textIn } from "../fixtures/faults.ts";
import { cookieIn, statusOf, visit } from "../fixtures/pages.ts";

const HOME = "192.0.2.1", ELSEWHERE = "198.51.100.1";

async function appWithAda(settings = {}): Promise<TestApp & { readonly clock: ManualClock }> {
  const clock = manualClock();
  const app = await testApp({ clock, settings });
  await app.signIn("ada");
  return { ...app, clock };
}

interface From {
  readonly peer?: string;
  readonly headers?: Record<string, string>;
}

function login(app: TestApp, username: string, password: string, from: From = {}): Promise<Response> {
  const json = { username, password };
  return app.request("POST", "/api/v1/auth/login", { json, peer: HOME, ...from });
}

/** Empties the bucket of an account. */
async function failFive(app: TestApp, username: string, peer = HOME): Promise<void> {
  for (let i = 0; i < 5; i++) equal(await statusOf(login(app, username, "wrong", { peer })), 401);
}

function facts(response: Response): [string, string][] {
  return [...response.headers].filter(([name]) => name !== "x-request-id");
}

Deno.test("a throttled login is a 429 with Retry-After and one answer for known and unknown names", async () => {
  await using app = await appWithAda();
  for (const username of ["ada", "nobody"]) {
    await failFive(app, username, username === "ada" ? HOME : ELSEWHERE);
    const peer = "203.0.113.1";
    for (const password of [PASSWORD, "wrong"]) {
      const response = await login(app, username, password, { peer });
      deepEqual(facts(response), [
        ["content-type", "application/json"],
        ["retry-after", "30"],
        ["x-content-type-options", "nosniff"],
      ]);
      equal(await textIn(response, 429), "Too many failed logins; try again in 30 seconds");
    }
  }
});

Deno.test("after the time in Retry-After the right password signs in", async () => {
  await using app = await appWithAda();
  await failFive(app, "ada");
  equal(await statusOf(login(app, "ada", PASSWORD)), 429);
  app.clock.advance(30);
  equal(await statusOf(login(app, "ada", PASSWORD)), 200);
});

Deno.test("ten failures use up an address, whatever the names; others are served", async () => {
  await using app = await appWithAda();
  for (const username of ["ada", "eve"]) {
    if (username === "eve") await app.signIn("eve");
    await failFive(app, username);
  }
  await app.signIn("bob");
  const refused = await login(app, "bob", PASSWORD);
  equal(refused.headers.get("retry-after"), String(LOGIN_ADDRESS_RATE.interval_us / 1_000_000));
  equal(await textIn(refused, 429), "Too many failed logins; try again in 60 seconds");
  equal(await statusOf(login(app, "bob", PASSWORD, { peer: ELSEWHERE })), 200);
});

Deno.test("any number of good logins is served", async () => {
  await using app = await appWithAda();
  for (let i = 0; i < 25; i++) equal(await statusOf(login(app, "ada", PASSWORD)), 200);
});

Deno.test("a header does not make a new address of a peer that is no trusted proxy", async () => {
  await using app = await appWithAda();
  for (let i = 0; i < 5; i++) {
    const headers = { "x-forwarded-for": `203.0.113.${i}` };
    equal(await statusOf(login(app, "ada", "wrong", { headers })), 401);
  }
  for (const name of ["eve", "bob"]) await app.signIn(name);
  for (let i = 0; i < 5; i++) {
    equal(
      await statusOf(login(app, "eve", "wrong", { headers: { "x-forwarded-for": `203.0.113.${i}` } })),
      401,
    );
  }
  equal(await statusOf(login(app, "bob", PASSWORD, { headers: { "x-forwarded-for": "203.0.113.77" } })), 429);
});

Deno.test("behind a trusted proxy clients are told apart by what it says", async () => {
  await using app = await appWithAda({ trustedProxies: ["192.0.2.0/24"] });
  await app.signIn("eve");
  const from = (client: string): From => ({ headers: { "x-forwarded-for": `203.0.113.250, ${client}` } });
  for (let i = 0; i < 5; i++) {
    equal(await statusOf(login(app, "ada", "wrong", from("2001:db8:1:1::1"))), 401);
    equal(await statusOf(login(app, "eve", "wrong", from(`2001:db8:1:1::${i}`))), 401);
  }
  await app.signIn("bob");
  equal(await statusOf(login(app, "bob", PASSWORD, from("2001:db8:1:1:ffff::1"))), 429, "the same /64");
  equal(await statusOf(login(app, "bob", PASSWORD, from("2001:db8:1:2::1"))), 200);
});

Deno.test("the sign-in form shares the throttle, and its page says when to try again", async () => {
  await using app = await appWithAda();
  await failFive(app, "ada");
  const signIn = (): Promise<Response> =>
    visit(app, "POST /login", { form: { username: "ada", password: PASSWORD }, peer: HOME });
  const refused = await signIn();
  equal(refused.status, 429);
  equal(refused.headers.get("retry-after"), "30");
  equal(cookieIn(refused, "__Host-cq_session"), undefined);
  match(await refused.text(), /role="alert"[^>]*>Too many failed logins; try again in 30 seconds\.</);
  app.clock.advance(30);
  equal(await statusOf(signIn()), 303);
});

Deno.test("failures in the form count for the API", async () => {
  await using app = await appWithAda();
  for (let i = 0; i < 5; i++) {
    const form = { username: "ada", password: "wrong" };
    equal(await statusOf(visit(app, "POST /login", { form, peer: HOME })), 401);
  }
  equal(await statusOf(login(app, "ada", PASSWORD)), 429);
});

Deno.test("under CQ_COMPAT=strict nobody is slowed down", async () => {
  await using app = await appWithAda({ isStrict: true });
  for (let i = 0; i < 25; i++) equal(await statusOf(login(app, "ada", "wrong")), 401);
  equal(await statusOf(login(app, "ada", PASSWORD)), 200);
});
