import { doesNotMatch, equal, match } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import { PASSWORD, testApp } from "../fixtures/app.ts";
import { browserTest, checkAccessibleInBothLooks, signIn, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { sessionCookie, visit } from "../fixtures/pages.ts";

Deno.test({
  name: "a user signs in, comes to where they wanted, and signs out",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    await test.app.signIn("ada");
    const page = await test.open();
    const refused = await page.goto("/review?sort=newest");
    equal(refused?.status(), 401);
    await page.getByLabel("User name").fill("ada");
    await page.getByLabel("Password").fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    match(await page.getByRole("alert").innerText(), /wrong/);
    equal(await page.getByLabel("User name").inputValue(), "ada");
    await checkAccessibleInBothLooks(page);

    await signIn(page, "ada");
    await page.waitForURL("**/review");
    equal(await page.getByRole("heading", { level: 1 }).innerText(), "Review");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL("**/login");
    equal((await page.goto("/review"))?.status(), 401);
  },
});

Deno.test({
  name:
    "what was typed while the session ended is given back, also after a wrong password, and signing in leads to the page of its form",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const { app } = test;
    const page = await test.signedIn("ada", { javaScriptEnabled: false });
    const id = await app.unit({ key: await app.apiKey("ada") });
    const pending = await app.unit({ key: await app.apiKey("ada"), approve: false });
    const cases = [
      { form: `/units/${id}/edit`, label: "Detail", button: "Save and verify", given: "Your detail" },
      {
        form: `/review?unit=${pending}&edit=1`,
        label: "Detail",
        button: "Save and approve",
        given: "Your detail",
      },
    ];
    for (const { form, label, button, given } of cases) {
      for (const hasCookie of [true, false]) {
        await page.goto(form);
        await page.getByLabel(label, { exact: true }).fill("Long\n<b>text</b>");
        await app.database.transaction((transaction) => transaction.run(sql`DELETE FROM sessions`));
        if (!hasCookie) await page.context().clearCookies();
        await page.getByRole("button", { name: button }).click();
        match(await page.getByRole("alert").innerText(), /what you sent was not saved/);
        equal(await page.getByLabel(given).inputValue(), "Long\n<b>text</b>");
        await page.getByLabel("User name").fill("ada");
        await page.getByLabel("Password").fill("wrong");
        await page.getByRole("button", { name: "Sign in" }).click();
        match(await page.getByRole("alert").innerText(), /password is wrong/);
        equal(await page.getByLabel(given).inputValue(), "Long\n<b>text</b>");
        await page.getByLabel("Password").fill(PASSWORD);
        await page.getByRole("button", { name: "Sign in" }).click();
        equal(page.url(), `${test.url}${form}`);
      }
    }
  },
});

Deno.test("after signing in nobody is led to where a form is sent to, to another site, or shown a password", async () => {
  await using app = await testApp();
  const next = async (
    route: `POST /${string}`,
    form: Record<string, string>,
    referer = "",
  ): Promise<string> => {
    const response = await visit(app, route, { form, headers: { referer } });
    equal(response.status, 401, route);
    const text = await response.text();
    equal(/secret-text/.test(text), false, route);
    match(text, /not saved/);
    return /name="next" value="([^"]*)"/.exec(text)![1]!;
  };
  const password = { current: "secret-text", password: "secret-text", again: "secret-text" };
  equal(await next("POST /units/ku_1/edit", { summary: "S" }), "/units/ku_1/edit");
  equal(await next("POST /settings/api-keys", { name: "laptop" }), "/settings/api-keys");
  equal(await next("POST /review/ku_1/edit", { summary: "S" }), "/review");
  equal(await next("POST /review/ku_1/edit", { back: "/review?q=x" }), "/review?q=x");
  for (
    const evil of [
      "https://evil.example/x",
      "//evil.example/review",
      "/\\evil.example",
      "javascript:1",
      "/logout",
    ]
  ) {
    equal(await next("POST /review/ku_1/edit", { back: evil }, evil), "/review", evil);
  }
  const rejected = "http://localhost/review/ku_1/edit";
  equal(await next("POST /review/ku_1/edit", { back: "/review?q=x" }, rejected), "/review?q=x");
  equal(await next("POST /settings/account/password", password), "/settings/account/password");
});

Deno.test("what was typed is given back after every try to sign in, also where these come too often; nothing else is", async () => {
  await using app = await testApp();
  const form = { username: "ada", password: "secret-text", detail: "A\r\nB", other: "other-text" };
  const statuses: number[] = [];
  while (statuses.at(-1) !== 429) {
    const response = await visit(app, "POST /login", { form });
    statuses.push(response.status);
    const text = await response.text();
    match(text, /<textarea [^>]*name="detail" form="sign-in">\nA\r\nB<\/textarea>/);
    equal(/secret-text|other-text/.test(text), false);
  }
  equal(statuses[0], 401);
});

Deno.test("what was typed is given back where the server fails, but not to another site", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const form = { username: "ada", password: PASSWORD, detail: "A\r\nB", other: "other-text" };
  const wrote = /<textarea [^>]*readonly[^>]*>\nA\r\nB<\/textarea>/;
  await app.database.transaction((transaction) => transaction.script("DROP TABLE sessions"));
  for (const route of ["POST /login", "POST /units/ku_1/edit", "POST /review/ku_1/edit"] as const) {
    const response = await visit(app, route, { form, cookie });
    equal(response.status, 500, route);
    const text = await response.text();
    match(text, wrote);
    doesNotMatch(text, /horse|other-text/);
  }
  const headers = { "sec-fetch-site": "cross-site" };
  const forged = await visit(app, "POST /units/ku_1/edit", { form, cookie, headers });
  equal(forged.status, 403);
  doesNotMatch(await forged.text(), wrote);
});

Deno.test({
  name: "the chosen look is remembered and wins over the system's",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const page = await test.open({ colorScheme: "light", javaScriptEnabled: false });
    await page.goto("/login");
    const paper = (): Promise<string> =>
      page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    const light = await paper();
    await page.getByRole("button", { name: "Dark" }).click();
    await page.waitForURL("**/login");
    const dark = await paper();
    equal(light === dark, false);
    await page.goto("/login");
    equal(await paper(), dark);
    equal(await page.getByRole("button", { name: "Dark" }).getAttribute("aria-pressed"), "true");
    await page.getByRole("button", { name: "System" }).click();
    equal(await paper(), light);
  },
});
