import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { browserTest, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { testApp } from "../fixtures/app.ts";
import { WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { postgresApp } from "../fixtures/postgres_app.ts";
import { cookieIn, sessionCookie, statusOf, visit } from "../fixtures/pages.ts";
import { pendingUnits, press } from "../fixtures/review_page.ts";

Deno.test("the scripts of the review page, shared ones included, are 20 kB at the most as they are sent", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const page = await (await visit(app, "GET /review", { cookie })).text();
  const urls = [...page.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, url]) => url!);
  equal(urls.length, 5);
  let sent_bytes = 0;
  for (const url of urls) {
    const response = await visit(app, `GET ${url as "/"}`, { headers: { "accept-encoding": "gzip" } });
    equal(response.headers.get("content-encoding"), "gzip");
    sent_bytes += (await response.bytes()).length;
  }
  ok(sent_bytes <= 20_000, `${sent_bytes} bytes`);
});

Deno.test("a page that is fetched ahead claims nothing; one that is opened does, until it is left", async () => {
  await using app = await testApp();
  const [first, second] = await pendingUnits(app, ["First", "Second"]);
  const ada = await sessionCookie(app, "ada");
  const bob = await sessionCookie(app, "bob");
  const bobSees = async (): Promise<unknown> => {
    const response = await visit(app, `POST /review/${first}/claim`, {
      cookie: bob,
      form: { listed: second! },
    });
    const { others, openedBy } = await response.json();
    return [others, openedBy];
  };
  for (const name of ["purpose", "sec-purpose"]) {
    const response = await visit(app, `GET /review?unit=${second}`, {
      cookie: ada,
      headers: { [name]: "prefetch" },
    });
    equal(response.status, 200);
    await response.body?.cancel();
  }
  deepEqual(await bobSees(), [[], {}]);
  await (await visit(app, `GET /review?unit=${second}`, { cookie: ada })).body?.cancel();
  deepEqual(await bobSees(), [[], { [second!]: ["ada"] }]);
  equal(await statusOf(visit(app, `POST /review/${second}/release`, { cookie: ada })), 204);
  deepEqual(await bobSees(), [[], {}]);
});

Deno.test("a script is given the unit alone, and the message that waits is left for the next page", async () => {
  await using app = await testApp();
  const [first] = await pendingUnits(app, ["First", "Second"]);
  const cookie = await sessionCookie(app, "ada");
  const decided = await visit(app, `POST /review/${first}/approve`, { cookie, form: {} });
  const flash = cookieIn(decided, "__Host-cq_flash");
  await decided.body?.cancel();
  ok(flash !== undefined, String(decided.headers.getSetCookie()));
  const response = await visit(app, `GET /review?unit=${first}`, {
    cookie: `${cookie}; ${flash}`,
    headers: { "cq-part": "unit" },
  });
  deepEqual([response.status, response.headers.getSetCookie()], [200, []]);
  const text = await response.text();
  match(text, /<title>Review: First · cq<\/title>/);
  match(text, new RegExp(`<article class="unit" data-unit="${first}"`));
  doesNotMatch(text, /Second|id="queue"|<header class="site-header"|id="toasts"/);
  const headers = { "cq-part": "unit" };
  equal(await statusOf(visit(app, "GET /review?unit=ku_unknown", { cookie, headers })), 404);
  equal(await statusOf(visit(app, `GET /review?unit=${first}`, { headers })), 401);
});

Deno.test("what is to be done to several units must be said, and to no more of them than fit on a screen", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  equal(await statusOf(visit(app, "POST /review/bulk", { cookie, form: { verb: "delete" } })), 400);
  const many = Array.from({ length: 101 }, (_, index) => ["unit", `ku_${index}`]);
  const form = [["verb", "approve"], ...many];
  const response = await visit(app, "POST /review/bulk", { cookie, form });
  equal(response.status, 422);
  match(await response.text(), /At most 100 units/);
});

Deno.test({
  name: "the policy of the page stops nothing that its scripts do",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    await pendingUnits(test.app, ["First", "Second", "Third"]);
    const page = await test.signedIn("ada");
    const told: string[] = [];
    page.on("console", (message) => told.push(message.text()));
    await page.reload();
    await press(page, "j", "x", "Shift+A");
    await page.locator("dialog[open]").waitFor();
    await page.keyboard.press("Escape");
    await press(page, "e", "Escape", "r", "Enter", "a", "u");
    deepEqual(told, []);
  },
});

Deno.test({
  name:
    "on Postgres too the queue is shown, decided on, searched, snoozed from and taken back, and decisions are looked back on",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using app = await postgresApp();
    const [first, second] = await pendingUnits(app, ["First", "Second"]);
    const cookie = await sessionCookie(app, "ada");
    const shown = async (path: `/${string}`): Promise<string> => {
      const response = await visit(app, `GET ${path}`, { cookie });
      equal(response.status, 200, path);
      return await response.text();
    };
    match(await shown("/review?q=first&sort=domain"), /1 left|2 left/);
    equal(
      await statusOf(visit(app, `POST /review/${first}/approve`, { cookie, form: { next: second! } })),
      303,
    );
    equal(
      await statusOf(visit(app, `POST /review/${second}/snooze`, { cookie, form: { seconds: "3600" } })),
      303,
    );
    match(await shown("/review"), /0 left.*Snoozed \(1\)/s);
    match(await shown(`/review/bulk?verb=reject&unit=${second}`), /Reject 1 unit\?/);
    const done = await visit(app, "POST /review/bulk", { cookie, form: { verb: "reject", unit: second! } });
    match(await done.text(), /1 unit rejected/);

    const decisions = await shown("/review/decisions");
    deepEqual([...decisions.matchAll(/<button[^>]*>Undo <span[^>]*>(\w+)</g)].map(([, name]) => name), [
      "Second",
      "First",
    ]);
    match(await shown("/review/decisions?before=1"), /Nothing further/);
    const [, decided_at] = /name="decided_at" value="([^"]+)"/.exec(decisions)!;
    const form = { decided_at: decided_at!, back: "/review/decisions", next: "" };
    equal(await statusOf(visit(app, `POST /review/${second}/reopen`, { cookie, form })), 303);
    const snoozed = await visit(app, "POST /review/bulk", {
      cookie,
      form: { verb: "snooze", unit: second!, seconds: "3600" },
    });
    match(await snoozed.text(), /1 unit snoozed/);
  },
});
