import { deepEqual, equal, match } from "node:assert/strict";
import { createAdministration } from "../../src/accounts/administration.ts";
import { createApiKeys } from "../../src/accounts/keys.ts";
import { createPasswords } from "../../src/accounts/passwords.ts";
import { createAccounts } from "../../src/accounts/service.ts";
import { createTokens } from "../../src/accounts/tokens.ts";
import { sql } from "../../src/database/sql.ts";
import { PASSWORD_QUEUE_MAX, PASSWORD_WORKERS_MAX } from "../../src/limits.ts";
import { JWT_SECRET, PASSWORD, PEPPER, type TestApp, testApp } from "../fixtures/app.ts";
import { manualClock } from "../fixtures/clock.ts";
import { answered, faultsIn, textIn } from "../fixtures/faults.ts";

const PATH = "/api/v1/auth/login";

function login(app: TestApp, username: unknown, password: unknown): Promise<Response> {
  return app.request("POST", PATH, { json: { username, password } });
}

Deno.test("a login is answered with a token that works, and the name as given", async () => {
  await using app = await testApp();
  await app.signIn("Ada é");
  const response = await login(app, "Ada é", PASSWORD);
  const text = await response.text();
  match(text, /^\{"token":"[\w-]+\.[\w-]+\.[\w-]+","username":"Ada é"\}$/);
  const bearer = JSON.parse(text).token;
  const me = await answered(await app.request("GET", "/api/v1/users/me", { bearer }), 200);
  equal(me.username, "Ada é");
});

Deno.test("a wrong password and an unknown name have one answer, to the byte and in every header", async () => {
  await using app = await testApp();
  await app.signIn("ada");
  const refusals = [
    ["ada", "wrong"],
    ["nobody", PASSWORD],
    ["Ada", PASSWORD],
    [" ada", PASSWORD],
    ["ada", "x".repeat(73)],
    ["nobody", "x".repeat(73)],
    ["ada", ""],
  ];
  for (const [username, password] of refusals) {
    const response = await login(app, username, password);
    const headers = [...response.headers].filter(([name]) => name !== "x-request-id");
    deepEqual(headers, [
      ["content-type", "application/json"],
      ["www-authenticate", "Bearer"],
      ["x-content-type-options", "nosniff"],
    ]);
    equal(await textIn(response, 401), "Invalid username or password");
  }
});

Deno.test("a stored hash that is none is a 401 like any other", async () => {
  await using app = await testApp();
  await app.signIn("ada");
  for (const hash of ["", "plain text", "$2b$99$x"]) {
    await app.database.transaction((transaction) =>
      transaction.run(sql`UPDATE users SET password_hash = ${hash}`)
    );
    equal(await textIn(await login(app, "ada", hash), 401), "Invalid username or password");
  }
});

for (const username of ["ada", "nobody"]) {
  // Every check has its turn at a worker, an unknown name's too: else it would not fill the queue.
  Deno.test(`a login that finds too many under way is a 503 with Retry-After, when the name is ${username}`, async () => {
    // Without the throttle: it would have refused most of them before.
    await using app = await testApp({ settings: { isStrict: true } });
    await app.signIn("ada");
    const hash = "$2b$12$/xPj0BKcUA6CIS8.4hIKHOjwmHInv.2aeqBNAXdDm1HpPzf6sq2my";
    await app.database.transaction((transaction) =>
      transaction.run(sql`UPDATE users SET password_hash = ${hash}`)
    );
    for (let i = 0; i < PASSWORD_WORKERS_MAX + PASSWORD_QUEUE_MAX; i++) login(app, username, "x");
    const response = await login(app, username, "x");
    equal(response.headers.get("retry-after"), "1");
    match(await textIn(response, 503), /Too many logins/);
    equal((await app.request("GET", "/api/v1/health")).status, 200, "everything else goes on");
  });
}

Deno.test("a login of the wrong shape is a 422 that repeats nothing of what was sent", async () => {
  await using app = await testApp();
  const cases: [Response, string[]][] = [
    [await login(app, undefined, "canary"), ["missing at body.username"]],
    [await login(app, "canary", undefined), ["missing at body.password"]],
    [await login(app, 7, ["canary"]), ["string_type at body.username", "string_type at body.password"]],
    [await login(app, null, "canary"), ["string_type at body.username"]],
    [await login(app, "\ud800", "canary"), ["string_unicode at body.username"]],
    [await login(app, "canary", "\udc00"), ["string_unicode at body.password"]],
    [await app.request("POST", PATH, { json: ["canary"] }), ["model_attributes_type at body"]],
    [await app.request("POST", PATH, { json: "canary" }), ["model_attributes_type at body"]],
    [await app.request("POST", PATH, { json: { canary: { username: "canary" } } }), [
      "missing at body.username",
      "missing at body.password",
    ]],
    [await app.request("POST", PATH, { body: "username=canary" }), ["model_attributes_type at body"]],
    [await app.request("POST", PATH), ["missing at body"]],
  ];
  for (const [response, expected] of cases) {
    const copy = response.clone();
    deepEqual(await faultsIn(response), expected);
    equal((await copy.text()).includes("canary"), false);
  }
});

Deno.test("a login whose password was still right when it was asked for is void once logins are voided meanwhile", async () => {
  const clock = manualClock();
  await using app = await testApp({ clock });
  await app.signIn("ada");
  // The last admin stays.
  await app.signIn("root");
  const { database } = app;
  const passwords = createPasswords();
  const administration = createAdministration({ database, clock, passwords, actor: "root" });
  let voids = true;
  const accounts = createAccounts({
    database,
    clock,
    passwords,
    tokens: await createTokens({ secret: JWT_SECRET, clock }),
    keys: createApiKeys({ database, clock, pepper: PEPPER }),
    logins: {
      async attempt<T>(_: unknown, check: () => Promise<T>): Promise<T> {
        const user = await check();
        clock.advance(2);
        if (voids) {
          await administration.disable("ada");
          await administration.enable("ada");
        }
        clock.advance(2);
        return user;
      },
    },
    signIns: { note: () => {} },
  });
  const statusWith = async (): Promise<number> => {
    const bearer = await accounts.login("ada", PASSWORD, { address: "192.0.2.1" });
    return (await app.request("GET", "/api/v1/users/me", { bearer })).status;
  };
  const meanwhile = await statusWith();
  voids = false;
  const afterwards = await statusWith();
  passwords.close();
  deepEqual([meanwhile, afterwards], [401, 200]);
});
