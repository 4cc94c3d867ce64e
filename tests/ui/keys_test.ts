import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import type { Dialog, Page } from "playwright-core";
import { ACTIVE_KEYS_MAX } from "../../src/limits.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { browserTest, checkAccessibleInBothLooks, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { manualClock } from "../fixtures/clock.ts";
import { sessionCookie, statusOf, visit } from "../fixtures/pages.ts";

const PATH = "/settings/api-keys";
const TOKEN = /cqa\.v1\.[0-9a-f]{32}\.[a-z2-7]{52}/;
const DAY_S = 86_400;

interface WireKey {
  readonly id: string;
  readonly name: string;
  readonly labels: string[];
  readonly ttl: string;
  readonly is_active: boolean;
  readonly scopes?: string[];
}

async function wireKeys(app: TestApp, username = "ada"): Promise<WireKey[]> {
  const bearer = await app.signIn(username);
  return (await (await app.request("GET", "/api/v1/users/me/api-keys", { bearer })).json()).data;
}

async function makeKey(app: TestApp, fields: Partial<WireKey> = {}): Promise<WireKey & { token: string }> {
  const json = { name: "laptop", ttl: "30d", labels: [], ...fields };
  const bearer = await app.signIn("ada");
  return await (await app.request("POST", "/api/v1/users/me/api-keys", { bearer, json })).json();
}

/** Whether an agent with this key is let in. */
async function works(app: TestApp, token: string): Promise<boolean> {
  const json = { domains: ["d"], insight: { summary: "s", detail: "d", action: "a" } };
  return await statusOf(app.request("POST", "/api/v1/knowledge", { bearer: token, json })) === 201;
}

function keyNames(page: Page): Promise<string[]> {
  return page.locator(".key-head h3").allInnerTexts();
}

Deno.test("a key is shown in the answer that makes it and in no other: not stored, not compressed, not made twice", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const headers = { "accept-encoding": "gzip" };
  const page = await (await visit(app, `GET ${PATH}`, { cookie })).text();
  const [, id] = /name="id" value="([0-9a-f]{32})"/.exec(page)!;
  const form = { id: id!, name: " laptop ", ttl: "90d", labels: "a\r\n b \r\n\r\n" };
  const created = await visit(app, `POST ${PATH}`, { cookie, form, headers });
  equal(created.status, 201);
  equal(created.headers.get("cache-control"), "no-store, no-transform");
  equal(created.headers.get("content-encoding"), null);
  const [token] = TOKEN.exec(await created.text())!;
  ok(await works(app, token));
  const [key] = await wireKeys(app);
  deepEqual([key?.id, key?.name, key?.ttl, key?.labels], [id, "laptop", "90d", ["a", "b"]]);

  const again = await visit(app, `POST ${PATH}`, { cookie, form });
  equal(again.status, 409);
  const text = await again.text();
  equal(TOKEN.test(text), false);
  match(text, /made already/);
  equal((await wireKeys(app)).length, 1);
  const list = await (await visit(app, `GET ${PATH}?show=all`, { cookie })).text();
  equal(list.includes(token.split(".")[3]!), false);
});

Deno.test("what the wire refuses is refused in its words, with the form as it was filled in", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const cases = [
    [
      { name: "n", ttl: "other", other_ttl: "soon" },
      "&#39;soon&#39; is not a valid duration: expected &lt;integer&gt;&lt;s|m|h|d&gt;, e.g. 30d, 12h",
    ],
    [{ name: "n", ttl: "other", other_ttl: "366d" }, "&#39;366d&#39; exceeds the maximum of 365d"],
    [{ name: "n", ttl: "other", other_ttl: "0d" }, "ttl must be greater than zero"],
    [{ name: "n", ttl: "other", other_ttl: "" }, "String should have at least 1 character"],
    [{ name: " ", ttl: "30d" }, "String should have at least 1 character"],
    [{ name: "n".repeat(65), ttl: "30d" }, "String should have at most 64 characters"],
    [{ name: "n", ttl: "30d", labels: "x".repeat(65) }, "labels must be at most 64 characters, got 65"],
  ] as const;
  for (const [form, told] of cases) {
    const response = await visit(app, `POST ${PATH}`, { cookie, form });
    const text = await response.text();
    equal(response.status, 422, told);
    ok(text.includes(`class="fault"`) && text.includes(told), `${told}\n${text}`);
  }
  deepEqual(await wireKeys(app), []);
});

Deno.test("a rotation makes a key of the same name, labels and lifetime; the old one goes at once or when told", async () => {
  const clock = manualClock();
  await using app = await testApp({ clock });
  const cookie = await sessionCookie(app, "ada");
  const old = await makeKey(app, { ttl: "12h", labels: ["ci"] });
  clock.advance(3600);
  const rotate = (id: string, form: Record<string, string>): Promise<Response> =>
    visit(app, `POST ${PATH}/${id}/rotate`, { cookie, form });
  const later = await rotate(old.id, { revoke: "later" });
  const text = await later.text();
  deepEqual([later.status, later.headers.get("cache-control")], [201, "no-store, no-transform"]);
  const second = TOKEN.exec(text)![0];
  deepEqual([await works(app, old.token), await works(app, second)], [true, true]);
  ok(text.includes(`action="${PATH}/${old.id}/revoke"`));
  equal(await statusOf(visit(app, `POST ${PATH}/${old.id}/revoke`, { cookie, form: {} })), 303);
  equal(await works(app, old.token), false);

  const secondId = second.split(".")[2]!;
  const third = TOKEN.exec(await (await rotate(secondId, { revoke: "now" })).text())![0];
  deepEqual([await works(app, second), await works(app, third)], [false, true]);
  const [newest] = (await wireKeys(app)).filter((key) => key.is_active);
  deepEqual([newest?.name, newest?.labels, newest?.ttl], ["laptop", ["ci"], "12h"]);

  // A revoked key stays revoked, and those of others are nobody's business.
  equal(await statusOf(rotate(old.id, { revoke: "now" })), 303);
  const eve = await sessionCookie(app, "eve");
  for (const verb of ["rotate", "revoke"]) {
    const path = `POST ${PATH}/${third.split(".")[2]}/${verb}` as const;
    equal(await statusOf(visit(app, path, { cookie: eve, form: {} })), 404, verb);
  }
  ok(await works(app, third));
  equal((await wireKeys(app)).length, 3);
});

Deno.test("a key may be restricted to some scopes, which the list tells and a rotation keeps", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const make = async (form: string): Promise<[number, string]> => {
    const headers = { accept: "text/html", "sec-fetch-site": "same-origin", cookie };
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const body = `name=laptop&ttl=30d&labels=&${form}`;
    const response = await app.request("POST", PATH, { headers: { ...headers, ...type }, body });
    return [response.status, await response.text()];
  };
  for (const nothing of ["may=only", "may=only&scope=write"]) {
    const [status, text] = await make(nothing);
    equal(status, 422);
    match(text, /Choose what the key may do/);
  }
  const [, text] = await make("may=only&scope=read&scope=confirm");
  const first = TOKEN.exec(text)![0];
  equal(await works(app, first), false);
  match(
    await (await visit(app, `GET ${PATH}`, { cookie })).text(),
    /May only<\/dt><dd>read, confirm and flag</,
  );
  const path = `POST ${PATH}/${first.split(".")[2]}/rotate` as const;
  const rotated = TOKEN.exec(await (await visit(app, path, { cookie, form: { revoke: "now" } })).text())![0];
  equal(await works(app, rotated), false);
  const [key] = (await wireKeys(app)).filter(({ is_active }) => is_active);
  deepEqual(key?.scopes, ["read", "confirm"]);
  ok(await works(app, TOKEN.exec((await make("may=all&scope=read"))[1])![0]));
});

Deno.test("at the cap no key is added: the page says why, and a rotation swaps the old key for the new one", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const made = [];
  for (let count = 0; count < ACTIVE_KEYS_MAX; count++) made.push(await makeKey(app, { name: `k${count}` }));
  const page = await (await visit(app, `GET ${PATH}`, { cookie })).text();
  match(page, /20 of 20 active/);
  match(page, /the most a user may have/);
  equal(page.includes("Create key"), false);
  const refused = await visit(app, `POST ${PATH}`, { cookie, form: { name: "n", ttl: "30d" } });
  equal(refused.status, 409);
  match(await refused.text(), /Maximum of 20 active API keys per user/);
  const [first] = made;
  equal(
    await statusOf(visit(app, `POST ${PATH}/${first!.id}/rotate`, { cookie, form: { revoke: "later" } })),
    303,
  );
  ok(await works(app, first!.token));
  equal(
    await statusOf(visit(app, `POST ${PATH}/${first!.id}/rotate`, { cookie, form: { revoke: "now" } })),
    201,
  );
  equal(await works(app, first!.token), false);
  equal((await wireKeys(app)).filter((key) => key.is_active).length, ACTIVE_KEYS_MAX);
});

Deno.test("keys are found by state, name and label; what ends within 14 days is warned of", async () => {
  const clock = manualClock();
  await using app = await testApp({ clock });
  await makeKey(app, { name: "ended", ttl: "1d" });
  clock.advance(1);
  const { id } = await makeKey(app, { name: "gone", labels: ["ci"] });
  const bearer = await app.signIn("ada");
  await statusOf(app.request("POST", `/api/v1/users/me/api-keys/${id}/revoke`, { bearer }));
  clock.advance(2 * DAY_S);
  await makeKey(app, { name: "ending", ttl: "13d", labels: ["CI"] });
  clock.advance(1);
  await makeKey(app, { name: "lasting", ttl: "15d" });
  const cookie = await sessionCookie(app, "ada");
  const names = async (search: string): Promise<string[]> => {
    const text = await (await visit(app, `GET ${PATH}${search}`, { cookie })).text();
    return [...text.matchAll(/<h3>(\w+)<\/h3>/g)].map((found) => found[1]!);
  };
  deepEqual(await names(""), ["lasting", "ending"]);
  deepEqual(await names("?show=expired"), ["ended"]);
  deepEqual(await names("?show=revoked"), ["gone"]);
  deepEqual(await names("?show=all"), ["lasting", "ending", "gone", "ended"]);
  deepEqual(await names("?show=all&q=ci"), ["ending", "gone"]);
  deepEqual(await names("?q=LAST"), ["lasting"]);
  const page = await (await visit(app, `GET ${PATH}`, { cookie })).text();
  match(page, /Expiring within 14 days.*<strong><bdi>ending<\/bdi><\/strong> ends <time[^>]*>in 13 days/s);
  equal(page.includes("<strong><bdi>lasting"), false);
});

Deno.test("a long list has pages", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const bearer = await app.signIn("ada");
  for (let count = 0; count < 30; count++) {
    const { id } = await makeKey(app);
    await statusOf(app.request("POST", `/api/v1/users/me/api-keys/${id}/revoke`, { bearer }));
  }
  const keysOn = async (page: number): Promise<number> => {
    const text = await (await visit(app, `GET ${PATH}?show=revoked&page=${page}`, { cookie })).text();
    return [...text.matchAll(/data-key=/g)].length;
  };
  deepEqual([await keysOn(1), await keysOn(2), await keysOn(3)], [25, 5, 0]);
});

Deno.test("agents are told the published address, else the one the browser has", async () => {
  for (
    const [options, address] of [[{}, "http://localhost"], [
      { publicUrl: "https://cq.example.com" },
      "https://cq.example.com",
    ]] as const
  ) {
    await using app = await testApp(options);
    const cookie = await sessionCookie(app, "ada");
    const page = await (await visit(app, `GET ${PATH}`, { cookie })).text();
    ok(page.includes(`export CQ_ADDR=&#39;${address}&#39;`), address);
    ok(page.includes(`&quot;url&quot;: &quot;${address}/mcp&quot;`), "the MCP configuration");
    ok(page.includes(`--transport http cq &#39;${address}/mcp&#39;`), "the command");
  }
});

Deno.test({
  name: "a key is made, copied, and gone for good once it is left; leaving before that is asked about",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const page = await test.signedIn("ada", { permissions: ["clipboard-read", "clipboard-write"] });
    await page.goto(PATH);
    await checkAccessibleInBothLooks(page);
    await page.getByLabel("Name", { exact: true }).fill("laptop");
    await page.getByLabel("Other", { exact: true }).check();
    await page.getByLabel("Other lifetime").fill("never");
    await page.getByRole("button", { name: "Create key" }).click();
    equal(await page.getByLabel("Other lifetime").getAttribute("aria-invalid"), "true");
    equal(await page.getByLabel("Other lifetime").inputValue(), "never");
    await checkAccessibleInBothLooks(page);
    await page.getByLabel("365 days").check();
    equal(await page.getByLabel("Other lifetime").isVisible(), false);
    await page.getByRole("button", { name: "Create key" }).click();

    const token = await page.getByLabel("Key “laptop”").inputValue();
    match(token, TOKEN);
    await checkAccessibleInBothLooks(page);
    await page.getByRole("button", { name: "Copy" }).first().click();
    await page.getByRole("button", { name: "Copied", exact: true }).waitFor();
    equal(await page.evaluate("navigator.clipboard.readText()"), token);
    match(
      await page.getByLabel("Environment").inputValue(),
      /^export CQ_ADDR='http:.*'\nexport CQ_API_KEY='cqa\.v1/,
    );
    const { mcpServers: { cq } } = JSON.parse(await page.getByLabel("MCP configuration").inputValue());
    const status = await statusOf(fetch(cq.url, {
      method: "POST",
      headers: { ...cq.headers, "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" }),
    }));
    deepEqual([cq.type, status], ["http", 200], "what is pasted works");

    const asked: string[] = [];
    const answer = (dialog: Dialog): void => {
      asked.push(dialog.type());
      void dialog.dismiss();
    };
    page.on("dialog", answer);
    await page.getByRole("link", { name: "Review" }).click();
    await page.waitForFunction("document.readyState === 'complete'");
    deepEqual(asked, ["beforeunload"]);
    equal(await page.getByLabel("Key “laptop”").inputValue(), token);
    await page.getByRole("button", { name: "I have copied it" }).click();
    await page.getByRole("heading", { name: "API keys" }).waitFor();
    deepEqual(asked, ["beforeunload"]);
    deepEqual(await keyNames(page), ["laptop"]);
    equal((await page.content()).includes(token), false);
    // The browser has nothing to show again but the question whether to send the form once more.
    const returned = page.waitForEvent("framenavigated");
    await page.evaluate("history.back()");
    await returned;
    equal((await page.locator("html").innerHTML()).includes(token), false);
    equal((await wireKeys(test.app)).length, 1);
  },
});

Deno.test({
  name: "with JavaScript off, keys are made, rotated and revoked",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const page = await test.signedIn("ada", { javaScriptEnabled: false });
    await page.goto(PATH);
    await page.getByLabel("Name", { exact: true }).fill("build server");
    await page.getByLabel("Labels").fill("ci\nnightly");
    await page.getByLabel("30 days").check();
    await page.getByRole("button", { name: "Create key" }).click();
    const first = await page.getByLabel("Key “build server”").inputValue();
    equal(await page.getByRole("button", { name: "Copy", exact: true }).count(), 0);
    await page.getByRole("button", { name: "I have copied it" }).click();
    deepEqual(await page.getByRole("list", { name: "Labels" }).innerText(), "ci\nnightly");

    await page.getByRole("button", { name: "Rotate… build server" }).click();
    await page.getByRole("button", { name: "Make the new key" }).click();
    const second = await page.getByLabel("Key “build server”").inputValue();
    notEqual(first, second);
    await page.getByRole("button", { name: "revoke the old key" }).click();
    match(await page.getByRole("status").innerText(), /Revoked/);
    deepEqual([await works(test.app, first), await works(test.app, second)], [false, true]);

    await page.getByRole("button", { name: "Revoke… build server" }).click();
    await page.getByRole("button", { name: "Cancel" }).locator("visible=true").click();
    await page.getByRole("button", { name: "Revoke… build server" }).click();
    await page.getByRole("button", { name: "Revoke", exact: true }).click();
    await page.getByText("No active keys").waitFor();
    equal(await works(test.app, second), false);
    await page.getByRole("link", { name: "Revoked" }).click();
    deepEqual(await keyNames(page), ["build server", "build server"]);
  },
});

Deno.test({
  name: "the page of keys is accessible in both looks: its list, its dialogs, the cap and an empty view",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    await test.app.signIn("ada");
    await makeKey(test.app, { name: "ending", ttl: "1d", labels: ["ci"] });
    const page = await test.signedIn("ada");
    await page.goto(PATH);
    await checkAccessibleInBothLooks(page);
    for (const name of ["Rotate… ending", "Revoke… ending"]) {
      await page.getByRole("button", { name }).click();
      await page.getByRole("dialog").waitFor();
      await checkAccessibleInBothLooks(page);
      await page.keyboard.press("Escape");
    }
    await page.getByRole("link", { name: "Revoked" }).click();
    await page.getByText("No revoked keys").waitFor();
    await checkAccessibleInBothLooks(page);
    for (let count = 1; count < ACTIVE_KEYS_MAX; count++) await makeKey(test.app);
    await page.goto(PATH);
    await page.getByText("the most a user may have").waitFor();
    await checkAccessibleInBothLooks(page);
  },
});
