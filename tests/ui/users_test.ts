import { deepEqual, equal, match, ok } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { browserTest, checkAccessibleInBothLooks, signIn, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { sessionCookie, statusOf, visit } from "../fixtures/pages.ts";
import { giveRole } from "../fixtures/roles.ts";

const PATH = "/settings/users";
/** Made of parts: nobody's real password. */
const LONG_WORD = ["plum", "quartz", "vex", "19"].join("-");

async function idOf(app: TestApp, username: string): Promise<number> {
  const row = await app.database.first<{ id: number }>(
    sql`SELECT id FROM users WHERE username = ${username}`,
  );
  return row!.id;
}

async function act(
  app: TestApp,
  verb: string,
  { cookie, username, form = {} }: { cookie: string; username: string; form?: Record<string, string> },
): Promise<Response> {
  const path = `POST ${PATH}/${await idOf(app, username)}/${verb}` as const;
  return await visit(app, path, { cookie, form: { username, ...form } });
}

async function mayLogIn(app: TestApp, username: string, password: string): Promise<number> {
  return await statusOf(app.request("POST", "/api/v1/auth/login", { json: { username, password } }));
}

async function eventsOf(app: TestApp, subject: string): Promise<string[]> {
  const rows = await app.database.all<{ kind: string; actor: string }>(sql`
    SELECT kind, actor FROM account_events WHERE subject = ${subject} ORDER BY id`);
  return rows.map(({ kind, actor }) => `${actor} ${kind}`);
}

Deno.test("an admin adds a user, changes what it may, locks it out and in, and removes it; all under the admin's name", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const form = { username: "bob", role: "reader", password: LONG_WORD, again: LONG_WORD };
  equal(await statusOf(visit(app, `POST ${PATH}`, { cookie, form })), 303);
  equal(await mayLogIn(app, "bob", LONG_WORD), 200);
  const bob = { cookie, username: "bob" };
  equal(await statusOf(act(app, "role", { ...bob, form: { role: "reviewer" } })), 303);
  equal(await statusOf(act(app, "disable", bob)), 303);
  equal(await mayLogIn(app, "bob", LONG_WORD), 401);
  equal(await statusOf(act(app, "enable", bob)), 303);
  equal(await mayLogIn(app, "bob", LONG_WORD), 200);
  const other = `${LONG_WORD}-other`;
  equal(await statusOf(act(app, "password", { ...bob, form: { password: other, again: other } })), 303);
  deepEqual([await mayLogIn(app, "bob", LONG_WORD), await mayLogIn(app, "bob", other)], [401, 200]);
  equal(await statusOf(act(app, "delete", bob)), 303);
  equal(await mayLogIn(app, "bob", other), 401);
  deepEqual(
    await eventsOf(app, "bob"),
    ["user_added", "role_set", "user_disabled", "user_enabled", "password_set", "user_deleted"].map((kind) =>
      `ada ${kind}`
    ),
  );
});

Deno.test("what is refused is told in place, and nothing is changed", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  await giveRole(app, "bob", "reader");
  const add = (form: Record<string, string>): Promise<Response> =>
    visit(app, `POST ${PATH}`, { cookie, form: { role: "reader", ...form } });
  const cases = [
    [add({ username: "bob", password: LONG_WORD, again: LONG_WORD }), 409, "There is a user bob already"],
    [add({ username: "", password: LONG_WORD, again: LONG_WORD }), 422, "A user name is not empty"],
    [add({ username: "eve", password: LONG_WORD, again: "x" }), 422, "The two passwords are not the same"],
    [
      add({ username: "eve", password: "é".repeat(40), again: "é".repeat(40) }),
      422,
      "The password is longer than 72 bytes",
    ],
    ...["role", "disable", "delete"].map((verb) =>
      [
        act(app, verb, { cookie, username: "ada", form: { role: "reviewer" } }),
        409,
        "ada is the last admin",
      ] as const
    ),
    [act(app, "role", { cookie, username: "bob", form: { role: "wizard" } }), 422, "Choose a role"],
    [
      act(app, "password", { cookie, username: "bob", form: { password: "a", again: "b" } }),
      422,
      "The two passwords are not the same",
    ],
  ] as const;
  for (const [response, status, told] of cases) {
    const answer = await response;
    const text = await answer.text();
    equal(answer.status, status, told);
    ok(text.includes(told), `${told}\n${text}`);
    ok(!text.includes(LONG_WORD), "no password comes back");
  }
  const users = await app.database.all<{ username: string }>(
    sql`SELECT username FROM users ORDER BY username`,
  );
  deepEqual(users.map(({ username }) => username), ["ada", "bob"]);
  deepEqual([await eventsOf(app, "ada"), await eventsOf(app, "bob")], [[], []]);
  for (const id of ["999", "x", "0", "1e3", "99999999999999999999"]) {
    equal(await statusOf(visit(app, `GET ${PATH}/${id}`, { cookie })), 404, id);
  }
});

Deno.test("a form about a user who is gone does nothing to whoever has the number now", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  await app.signIn("bob");
  const path = `POST ${PATH}/${await idOf(app, "bob")}/delete` as const;
  equal(await statusOf(visit(app, path, { cookie, form: { username: "eve" } })), 409);
  ok(await idOf(app, "bob") > 0);
});

Deno.test("a password that the server makes is shown once, neither stored nor compressed", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const headers = { "accept-encoding": "gzip" };
  const form = { username: "bob", role: "contributor", password: "", again: "" };
  const response = await visit(app, `POST ${PATH}`, { cookie, form, headers });
  deepEqual([response.status, response.headers.get("cache-control")], [201, "no-store, no-transform"]);
  const [, made] = /<textarea[^>]*>\s*([a-z2-7]{24})</.exec(await response.text())!;
  equal(await mayLogIn(app, "bob", made!), 200);
  const again = await act(app, "password", { cookie, username: "bob", form: { password: "", again: "" } });
  const [, second] = /<textarea[^>]*>\s*([a-z2-7]{24})</.exec(await again.text())!;
  deepEqual([await mayLogIn(app, "bob", made!), await mayLogIn(app, "bob", second!)], [401, 200]);
});

Deno.test("the list tells role, state and the use of keys", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  await giveRole(app, "bob", "reader");
  await giveRole(app, "eve", "wizard");
  for (let count = 0; count < 3; count++) await app.apiKey("bob");
  await app.database.transaction(async (transaction) => {
    await transaction.run(sql`UPDATE api_keys SET revoked_at = '2026-01-01T00:00:00+00:00'
      WHERE id = (SELECT MIN(id) FROM api_keys)`);
    await transaction.run(sql`UPDATE api_keys SET last_used_at = '2020-01-01T00:00:00+00:00'
      WHERE id = (SELECT MAX(id) FROM api_keys)`);
  });
  const page = await (await visit(app, `GET ${PATH}`, { cookie })).text();
  const row = (name: string): string =>
    new RegExp(`<tr[^>]*>(?:(?!</tr>).)*>${name}</a>.*?</tr>`, "s").exec(page)![0].replaceAll(
      /<[^>]+>/g,
      " ",
    );
  match(row("ada"), /ada\s+admin\s+enabled\s+0\s+never/);
  match(row("bob"), /bob\s+reader\s+enabled\s+2\s+\d+ years ago/);
  match(row("eve"), /eve\s+unknown/);
  const found = await (await visit(app, `GET ${PATH}?q=BO`, { cookie })).text();
  deepEqual([found.includes(">bob</a>"), found.includes(">eve</a>")], [true, false]);
});

Deno.test({
  name: "with JavaScript off an admin adds a user and deletes it after being told what stays",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const page = await test.signedIn("ada", { javaScriptEnabled: false });
    await page.getByRole("link", { name: "Users" }).click();
    await page.getByText("New user").click();
    await page.getByLabel("User name").fill("bob");
    await page.getByLabel("Role").selectOption("reviewer");
    await page.getByRole("button", { name: "Add user" }).click();
    const password = (await page.getByLabel("Password of “bob”").inputValue()).trim();
    await page.getByRole("button", { name: "I have copied it" }).click();
    const bob = await test.open();
    await signIn(bob, "bob", password);
    await bob.getByRole("link", { name: "Review", exact: true }).waitFor();
    equal(await bob.getByRole("link", { name: "Users" }).count(), 0);
    equal((await bob.goto(PATH))?.status(), 403);

    await page.getByRole("link", { name: "bob" }).click();
    await page.getByRole("button", { name: "Delete…" }).click();
    await page.getByText("stays under the name").waitFor();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    match(await page.getByRole("status").innerText(), /bob is deleted/);
    equal((await bob.goto("/review"))?.status(), 401);
  },
});

Deno.test({
  name: "an admin goes to the users and the log by key; whoever may not see them has no such key",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const page = await test.signedIn("ada");
    for (const [key, heading] of [["a", "Users"], ["l", "Audit log"]] as const) {
      await page.goto("/review");
      await page.locator("#desk[data-ready]").waitFor();
      await page.keyboard.press("g");
      await page.keyboard.press(key);
      await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
    }
    await giveRole(test.app, "bob", "reviewer");
    const bob = await test.signedIn("bob");
    await bob.goto("/review");
    equal(await bob.locator("[data-go=a], [data-go=l]").count(), 0);
    equal(await bob.locator("[data-go=k]").count(), 1);
  },
});

Deno.test({
  name: "the pages of users are accessible in both looks, and fit a phone",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    await giveRole(test.app, "bob", "reader");
    const page = await test.signedIn("ada");
    await page.goto(PATH);
    await checkAccessibleInBothLooks(page);
    await page.getByText("New user").click();
    await page.getByLabel("User name").fill("bob");
    await page.getByRole("button", { name: "Add user" }).click();
    match(await page.getByRole("alert").innerText(), /There is a user bob already/);
    equal(await page.getByLabel("User name").inputValue(), "bob");
    await checkAccessibleInBothLooks(page);
    await page.goto(`${PATH}/${await idOf(test.app, "bob")}`);
    await checkAccessibleInBothLooks(page);
    await page.getByRole("button", { name: "Delete…" }).click();
    await checkAccessibleInBothLooks(page);
    const phone = await test.signedIn("ada", { viewport: { width: 375, height: 700 } });
    for (const path of [PATH, `${PATH}/${await idOf(test.app, "bob")}`]) {
      await phone.goto(path);
      ok(await phone.evaluate<boolean>("document.documentElement.scrollWidth <= innerWidth"), path);
    }
  },
});
