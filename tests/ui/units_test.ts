import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { manualClock } from "../fixtures/clock.ts";
import { browserTest, checkAccessibleInBothLooks, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { sessionCookie, statusOf, visit } from "../fixtures/pages.ts";
import { addRow } from "../fixtures/rows.ts";
import { fillVaried } from "../fixtures/varied_store.ts";
import { testApp } from "../fixtures/app.ts";

function shownIds(page: Page): Promise<string[]> {
  return page.locator(".unit-row").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-unit")!));
}

Deno.test({
  name: "the pages of the unit list have every unit once, newest first, many of the same time",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    await fillVaried(test.app.database, Date.now());
    const page = await test.signedIn("ada", { javaScriptEnabled: false });
    await page.goto("/units");
    equal(await page.locator("#unit-count").innerText(), "128 units");
    const pages = [await shownIds(page)];
    while (await page.getByRole("link", { name: "More" }).isVisible()) {
      await page.getByRole("link", { name: "More" }).click();
      pages.push(await shownIds(page));
    }
    deepEqual(pages.map((ids) => ids.length), [50, 50, 28]);
    equal(new Set(pages.flat()).size, 128);
    await page.getByRole("link", { name: "To the start", exact: true }).click();
    deepEqual(await shownIds(page), pages[0]);
  },
});

Deno.test({
  name: "search, filters and order live in the address, survive paging, and each can be taken away",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    await fillVaried(test.app.database, Date.now());
    const page = await test.signedIn("ada");
    await page.goto("/units");
    await page.getByText("Filters", { exact: true }).click();
    await page.getByLabel("Status").selectOption("approved");
    await page.getByLabel("Domain", { exact: true }).fill(" Common ");
    await page.getByLabel("Confidence from").fill("0.3");
    await page.getByLabel("Confidence below").fill("0.9");
    await page.getByLabel("Submitted from").fill("2020-01-01");
    await page.getByRole("searchbox").fill("lesson");
    await page.getByLabel("Order").selectOption("oldest");
    await page.getByRole("button", { name: "Show" }).click();
    const address = new URL(page.url()).searchParams;
    equal(address.get("status"), "approved");
    equal(address.get("created_from"), "2020-01-01");
    const ids = await shownIds(page);
    ok(ids.length > 10);
    deepEqual(
      (await page.locator(".chip:not(.chip-clear)").allInnerTexts()).map((text) => text.split(" ×")[0]),
      [
        "“lesson”",
        "approved",
        "Domain Common",
        "Confidence 0.3 to 0.9",
        "Submitted from 2020-01-01",
      ],
    );
    await page.reload();
    deepEqual(await shownIds(page), ids);
    equal(await page.getByRole("searchbox").inputValue(), "lesson");
    equal(await page.getByLabel("Order").inputValue(), "oldest");
    await page.getByRole("link", { name: "approved, remove" }).or(
      page.locator(".chip", { hasText: "approved" }),
    )
      .first().click();
    equal(new URL(page.url()).searchParams.get("status"), null);
    equal(new URL(page.url()).searchParams.get("confidence_min"), "0.3");
    ok((await shownIds(page)).length > ids.length);
    await page.getByRole("link", { name: "Clear all" }).click();
    equal(new URL(page.url()).search, "");

    await page.goto("/units?proposer=agent-1&sort=oldest");
    const first = await shownIds(page);
    equal(first.length, 30);
    equal(
      (await page.goto("/units?created_from=2026-02-31&confidence_min=x&status=odd&after=odd"))?.status(),
      200,
    );
    equal((await shownIds(page)).length, 50);
    await page.goto("/units?q=no+unit+has+this");
    equal(await page.getByRole("heading", { name: "Nothing fits" }).isVisible(), true);
    await checkAccessibleInBothLooks(page);
    await page.getByRole("link", { name: "Show all units" }).click();
    await checkAccessibleInBothLooks(page);
    await page.getByText("Filters", { exact: true }).click();
    await checkAccessibleInBothLooks(page);
  },
});

Deno.test({
  name: "a row leads to its unit, and its domain and proposer to theirs; an empty store says what to do",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const page = await test.signedIn("ada");
    await page.goto("/units");
    equal(await page.getByRole("heading", { name: "No units yet" }).isVisible(), true);
    await checkAccessibleInBothLooks(page);
    const key = await test.app.apiKey("ada");
    const id = await test.app.unit({ key, domains: ["ci"] });
    await test.app.unit({ key, domains: ["other"], approve: false });
    await page.goto("/units");
    match(
      await page.locator(".unit-row").last().innerText(),
      /approved[^]*s[^]*ci[^]*0\.50[^]*1 confirmation[^]*ada[^]*just now/,
    );
    await page.getByRole("link", { name: "ci", exact: true }).click();
    await page.waitForURL("**/units?domain=ci");
    equal((await shownIds(page)).length, 1);
    // Anywhere on the row.
    await page.locator(".unit-row").click({ position: { x: 3, y: 3 } });
    await page.waitForURL(`**/units/${id}`);
  },
});

Deno.test({
  name: "a unit's page has its text, facts, flags, history, similar units and what is stored of it",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const { app } = test;
    const page = await test.signedIn("ada");
    const key = await app.apiKey("ada");
    const insight = (summary: string): object => ({ summary, detail: "Line one\nline two", action: "Do it" });
    const context = { languages: ["go"], frameworks: ["gin"], pattern: "retry" };
    const near = await app.unit({ key, domains: ["ci", "docker"], insight: insight("Near"), context });
    const far = await app.unit({ key, domains: ["ci", "x", "y", "z"], insight: insight("Far") });
    await app.unit({ key, domains: ["unrelated"], insight: insight("Unrelated") });
    await app.unit({ key, domains: ["ci"], insight: insight("Pending"), approve: false });
    const id = await app.unit({ key, domains: ["ci", "docker"], insight: insight("Mine"), context });
    const flag = { reason: "duplicate", duplicate_of: near, detail: "the <i>same</i>" };
    await (await app.request("POST", `/api/v1/knowledge/${id}/flags`, { bearer: key, json: flag })).text();

    await page.goto(`/units/${id}`);
    equal(await page.getByRole("heading", { level: 1 }).innerText(), "Mine");
    match(
      await page.locator("article").innerText(),
      /Line one\nline two[^]*Do it[^]*Flagged once[^]*the <i>same<\/i>/,
    );
    deepEqual(await page.locator(".unit-similar li > a:first-child").allInnerTexts(), ["Near", "Far"]);
    equal(await page.locator(`.notice a[href="/units/${near}"]`).count(), 1);
    deepEqual(await page.locator(".timeline-item strong").allInnerTexts(), ["ada", "ada", "ada"]);
    await page.getByText("Raw JSON").click();
    const raw = await page.locator("#raw-json").innerText();
    match(raw, /^\{\n {2}"id": "ku_/);
    const { id: stored, flags } = JSON.parse(raw);
    deepEqual([stored, flags.length], [id, 1]);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    equal(await page.evaluate<string>("navigator.clipboard.readText()"), raw);
    await checkAccessibleInBothLooks(page);

    await page.getByRole("link", { name: "Far", exact: true }).click();
    await page.waitForURL(`**/units/${far}`);
    equal((await page.goto("/units/ku_nobody"))?.status(), 404);
    match(await page.getByRole("main").innerText(), /no page or unit at this address/);
    await checkAccessibleInBothLooks(page);
  },
});

Deno.test({
  name:
    "with JavaScript off, a unit is retired with a reason, reopened, reviewed, and superseded after a look at its successor",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const { app } = test;
    const page = await test.signedIn("ada", { javaScriptEnabled: false });
    const key = await app.apiKey("ada");
    const insight = (summary: string): object => ({ summary, detail: "d", action: `Do ${summary}` });
    const old = await app.unit({ key, domains: ["ci"], insight: insight("Old") });
    const young = await app.unit({ key, domains: ["ci"], insight: insight("Young") });
    const badge = (): Promise<string> => page.locator(".unit-about .badge").first().innerText();
    const message = (): Promise<string> => page.getByRole("status").last().innerText();

    await page.goto(`/units/${old}`);
    await page.getByRole("button", { name: "Retire…" }).click();
    await page.getByLabel("Stale").check();
    await page.getByLabel("Note").fill("Since 3.0");
    await page.getByRole("button", { name: "Retire", exact: true }).click();
    await page.waitForURL(`**/units/${old}`);
    match(await message(), /Retired/);
    equal(await badge(), "rejected");
    match(await page.locator(".timeline-item").first().innerText(), /ada retired it[^]*Stale[^]*Since 3\.0/);
    equal((await served(old)).length, 0);

    await page.getByRole("button", { name: "Reopen" }).click();
    equal(await badge(), "pending");
    await page.getByRole("link", { name: "Review this unit" }).click();
    await page.getByRole("button", { name: "Approve", exact: false }).first().click();
    await page.goto(`/units/${old}`);
    equal(await badge(), "approved");

    await page.getByRole("button", { name: "Supersede…" }).click();
    await page.getByLabel("Id of the unit").fill("ku_nobody");
    await page.getByRole("button", { name: "Continue" }).click();
    equal(await page.getByLabel("Id of the unit").getAttribute("aria-invalid"), "true");
    match(await page.locator(".fault").innerText(), /There is no unit ku_nobody/);
    await page.getByLabel("Id of the unit").fill(old);
    await page.getByRole("button", { name: "Continue" }).click();
    match(await page.locator(".fault").innerText(), /cannot take its own place/);
    await checkAccessibleInBothLooks(
      await test.signedIn("bob").then(async (other) => {
        await other.goto(`/units/${old}/supersede?by=${young}`);
        return other;
      }),
    );
    await page.goto(`/units/${old}`);
    await page.getByRole("link", { name: /^Supersede by this one….*Young$/ }).click();
    match(await page.getByRole("main").innerText(), /Old[^]*This one takes its place[^]*Young[^]*Do Young/);
    equal((await served(old)).length, 1, "nothing is done before it is confirmed");
    await page.getByRole("button", { name: "Supersede", exact: true }).click();
    await page.waitForURL(`**/units/${old}`);
    equal(await badge(), "rejected");
    equal(await page.locator(".notice a", { hasText: "Young" }).getAttribute("href"), `/units/${young}`);
    deepEqual(await served(old), []);

    async function served(id: string): Promise<string[]> {
      const response = await app.request("GET", "/api/v1/knowledge?domains=ci");
      const { data } = await response.json();
      return data.map((unit: { id: string }) => unit.id).filter((each: string) => each === id);
    }
  },
});

Deno.test({
  name:
    "units and a unit fit a phone; a list leads to a unit that another program stored and nobody can read",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    await fillVaried(test.app.database, Date.now());
    await addRow(test.app.database, "w".repeat(200), {
      created_at: "2999-01-01T00:00:00Z",
      data: { insight: { summary: "w".repeat(500), detail: "d".repeat(900), action: "a".repeat(900) } },
    });
    const page = await test.signedIn("ada", { viewport: { width: 360, height: 740 }, hasTouch: true });
    for (const path of ["/units", `/units/${"w".repeat(200)}`, "/units/no%20JSON"]) {
      equal((await page.goto(path))?.status(), 200);
      equal(await page.evaluate<number>("document.documentElement.scrollWidth"), 360, path);
      await checkAccessibleInBothLooks(page);
    }
    match(await page.getByRole("main").innerText(), /cannot be read/);
    await page.getByText("Raw JSON").click();
    equal(await page.locator("#raw-json").innerText(), "<b>no JSON</b>");
  },
});

const ODD_IDS: readonly string[] = [
  "a/b",
  "a?b#c",
  "100%",
  "%2F",
  "ä 日本 😀",
  "a\nb",
  `"><script>alert(1)</script>`,
  "a+b&c=d",
  "\\",
];

Deno.test("a unit with an odd id has a page, is listed with a link to it, and can be retired and reopened", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  for (const id of ODD_IDS) {
    await addRow(app.database, id);
    const path = `/units/${encodeURIComponent(id)}` as const;
    const shown = await visit(app, `GET ${path}`, { cookie });
    equal(shown.status, 200, id);
    ok(!(await shown.text()).includes("<script>alert"), id);
    const list = await (await visit(app, "GET /units", { cookie })).text();
    ok(list.includes(`href="${path}"`), id);
    for (const verb of ["retire", "reopen"] as const) {
      const done = await visit(app, `POST ${path}/${verb}`, { cookie, form: { note: "n" } });
      await done.body?.cancel();
      deepEqual([done.status, done.headers.get("location")], [303, path], `${id} ${verb}`);
    }
    equal(await statusOf(visit(app, `GET ${path}`, { cookie })), 200);
  }
});

Deno.test("what is no unit is a 404 or says why not; a refused act leads back to the unit with the reason", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  await addRow(app.database, "p", { status: "pending" });
  for (const path of ["nobody", "%00", "%E0%A4%A", "nobody/supersede", "p/nothing"]) {
    equal(await statusOf(visit(app, `GET /units/${path}`, { cookie })), 404, path);
  }
  for (const verb of ["retire", "supersede", "reopen"]) {
    equal(await statusOf(visit(app, `POST /units/nobody/${verb}`, { cookie, form: { by: "p" } })), 404, verb);
    const refused = await visit(app, `POST /units/p/${verb}`, { cookie, form: { by: "nobody" } });
    await refused.body?.cancel();
    deepEqual([refused.status, refused.headers.get("location")], [303, "/units/p"]);
    match(decodeURIComponent(refused.headers.getSetCookie().join()), /"tone":"error"/);
  }
  equal(await statusOf(visit(app, "GET /units/p/supersede?by=nobody", { cookie })), 422);
  equal(await statusOf(visit(app, "GET /units/p/supersede", { cookie })), 200);
  for (const path of ["/units", "/units/p", "/dashboard", "/dashboard/domains"] as const) {
    equal(await statusOf(visit(app, `GET ${path}`)), 401, path);
  }
});

Deno.test("a unit in doubt is marked as disputed or stale in the list too; one that is not approved never is", async () => {
  await using app = await testApp({ clock: manualClock("2026-03-01T00:00:00.000000Z") });
  const cookie = await sessionCookie(app, "ada");
  const evidence = { confidence: 0.5, confirmations: 1, first_observed: "2020-01-01T00:00:00Z" };
  const old = { evidence: { ...evidence, last_confirmed: "2025-02-01T00:00:00Z" } };
  const flags = [{ reason: "incorrect", timestamp: "2026-01-02T00:00:00Z" }];
  await addRow(app.database, "ku_old", { data: old });
  await addRow(app.database, "ku_both", { data: { ...old, flags } });
  await addRow(app.database, "ku_flagged", { data: { flags } });
  await addRow(app.database, "ku_fresh");
  await addRow(app.database, "ku_pending", { data: { ...old, flags }, status: "pending" });
  const marks = async (): Promise<Record<string, string[]>> => {
    const page = await (await visit(app, "GET /units", { cookie })).text();
    const rows = page.split('class="unit-row" data-unit="').slice(1).map((row) => {
      const badges = [...row.matchAll(/class="badge badge-warning">([^<]+)</g)].map(([, text]) => text!);
      return [row.slice(0, row.indexOf('"')), badges] as const;
    });
    return Object.fromEntries(rows);
  };
  deepEqual(await marks(), {
    ku_old: ["stale"],
    ku_both: ["1 flag", "disputed", "stale"],
    ku_flagged: ["1 flag", "disputed"],
    ku_fresh: [],
    ku_pending: ["1 flag"],
  });
  equal(await statusOf(visit(app, "POST /units/ku_both/verify", { cookie, form: { flags: "1" } })), 303);
  deepEqual((await marks())["ku_both"], ["1 flag"]);
});
