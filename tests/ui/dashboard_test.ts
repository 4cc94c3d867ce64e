import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { APIResponse, Page } from "playwright-core";
import { sql } from "../../src/database/sql.ts";
import { eventInsertion } from "../../src/events/events.ts";
import { isoOffset } from "../../src/wire/time.ts";
import { browserTest, checkAccessibleInBothLooks, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { addRow } from "../fixtures/rows.ts";
import { fillVaried } from "../fixtures/varied_store.ts";

interface LinkedFigure {
  readonly href: string;
  /** As a reader is told it. */
  readonly text: string;
}

/** Every link to the list of units on a page, with what it says. Links of both drawings of the trend are among them. */
function figuresOn(page: Page, selector: string): Promise<LinkedFigure[]> {
  return page.locator(selector).evaluateAll((links) =>
    links.map((link) => ({
      href: link.getAttribute("href")!,
      text: (link.querySelector("title") ?? link).textContent!.trim(),
    }))
  );
}

/** The number in `12 units`, `python: 12 units` or `12 Pending`. */
function numberIn(text: string): number {
  const [, number] = /(\d[\d,]*) units?$/.exec(text) ?? /^(\d[\d,]*)/.exec(text)!;
  return Number(number!.replaceAll(",", ""));
}

/** How many units a list has on all of its pages, and how many it says it has. */
async function listed(page: Page, href: string): Promise<{ rows: number; told: number }> {
  const ids = new Set<string>();
  let told: number | undefined;
  let path: string | undefined = href;
  while (path !== undefined) {
    const response: APIResponse = await page.request.get(path);
    equal(response.status(), 200, path);
    const html: string = await response.text();
    told ??= numberIn(/id="unit-count">([^<]*)</.exec(html)![1]!);
    for (const [, id] of html.matchAll(/<li class="unit-row" data-unit="([^"]*)"/g)) {
      ok(!ids.has(id!), `${id} is there once`);
      ids.add(id!);
    }
    path = /<a class="button" rel="next" href="([^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
  }
  return { rows: ids.size, told: told! };
}

Deno.test({
  name: "every figure, bar, point and number of the dashboard leads to a list of exactly that many units",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    await fillVaried(test.app.database, Date.now());
    const page = await test.signedIn("ada");
    await page.goto("/dashboard");
    const figures = await figuresOn(page, ".dashboard a[href^='/units?'], .dashboard a[href='/units']");
    const counts = new Map<string, number>();
    for (const { href, text } of figures) {
      const count = numberIn(text);
      equal(counts.get(href) ?? count, count, `${href} is told as one number wherever it stands`);
      counts.set(href, count);
    }
    ok(counts.size > 6 + 90 + 10 + 6, String(counts.size));
    ok([...counts.values()].filter((count) => count > 0).length > 50);
    for (const [href, count] of counts) {
      deepEqual(await listed(page, href), { rows: count, told: count }, href);
    }
    await page.goto("/dashboard/domains");
    const domains = await figuresOn(page, ".domain-list a");
    equal(domains.length, 10);
    for (const { href, text } of domains) {
      const count = Number(/(\d+)$/.exec(text)![1]);
      deepEqual(await listed(page, href), { rows: count, told: count }, href);
    }
  },
});

Deno.test({
  name: "charts are drawings with a name and axes; their tables have the same numbers and links",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    await fillVaried(test.app.database, Date.now());
    const page = await test.signedIn("ada");
    await page.goto("/dashboard");
    for (
      const [id, columns, least] of [["trend", 3, 30], ["domains", 1, 10], ["confidence", 1, 6]] as const
    ) {
      const chart = page.locator(`#${id}`);
      equal(await chart.locator("svg[role=group]:visible").count(), 1);
      const named = await chart.locator("svg[role=group]:visible").getAttribute("aria-labelledby");
      equal(await page.locator(`#${named}`).count(), 1);
      ok(await chart.locator("svg:visible .chart-grid line").count() >= 2, "there is an axis");
      await chart.getByText("Show as a table").click();
      equal(await chart.getByRole("table").isVisible(), true);
      const cells = await figuresOn(page, `#${id} td a`);
      equal(cells.length % columns, 0);
      ok(cells.length / columns >= least, `${id}: ${cells.length}`);
      const drawn = await figuresOn(page, `#${id} svg.chart-drawing a`);
      const tabled = new Map(cells.map(({ href, text }) => [href, numberIn(text)]));
      for (const { href, text } of drawn) equal(tabled.get(href), numberIn(text), text);
      // A day without any unit has no point.
      const drawnUrls = new Set(drawn.map(({ href }) => href));
      const expected = cells.filter(({ text, href }) => text !== "0" && !href.includes("unrated"));
      deepEqual(expected.filter(({ href }) => !drawnUrls.has(href)), []);
    }
    equal(await page.locator("[style]").count(), 0, "nothing has a style of its own");
    await checkAccessibleInBothLooks(page);
  },
});

Deno.test({
  name: "the dashboard tells what happened last, with links to the units; a bar leads to its list by click",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const { app } = test;
    const page = await test.signedIn("ada");
    const key = await app.apiKey("ada");
    await page.goto("/dashboard");
    equal(await page.getByRole("heading", { name: "Nothing to count yet" }).isVisible(), true);
    await checkAccessibleInBothLooks(page);

    const insight = { summary: "Use <b>locks</b>", detail: "d", action: "a" };
    const id = await app.unit({ key, insight, domains: ["postgres", "a<b>&c"] });
    const flag = { reason: "stale" };
    await (await app.request("POST", `/api/v1/knowledge/${id}/flags`, { bearer: key, json: flag })).text();
    await page.goto("/dashboard");
    const items = await page.locator(".activity-item").allInnerTexts();
    equal(items.length, 3);
    match(items[0]!, /^ada flagged Use <b>locks<\/b>\s+just now · Stale$/);
    match(items[1]!, /^ada approved/);
    match(items[2]!, /^ada proposed/);
    await page.getByRole("link", { name: "a<b>&c: 1 unit" }).click();
    await page.waitForURL("**/units?*");
    equal(await page.locator(".unit-row").count(), 1);
    await page.goBack();
    await page.locator(".activity-item a").first().click();
    await page.waitForURL(`**/units/${id}`);
    equal(await page.getByRole("heading", { level: 1 }).innerText(), "Use <b>locks</b>");
  },
});

Deno.test({
  name: "many domains are listed page by page, and found by a part of their names",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const domains = Array.from({ length: 205 }, (_, index) => `domain-${String(index).padStart(3, "0")}`);
    await addRow(test.app.database, "many", { domains });
    const page = await test.signedIn("ada");
    await page.goto("/dashboard");
    equal(await page.locator("#domains svg a").count(), 20);
    await page.getByRole("link", { name: "All 205 domains" }).click();
    equal(await page.locator(".domain-list li").count(), 200);
    await page.getByRole("link", { name: "Next" }).click();
    equal(await page.locator(".domain-list li").count(), 5);
    await checkAccessibleInBothLooks(page);
    await page.getByRole("searchbox").fill("N-20");
    await page.getByRole("button", { name: "Show" }).click();
    equal(await page.locator(".domain-list li").count(), 5);
    for (const odd of ["page=999", "page=-1", "page=x", "page=1e99", "q=nothing"]) {
      equal((await page.goto(`/dashboard/domains?${odd}`))?.status(), 200, odd);
    }
    equal(await page.getByText("No domain has this in its name.").isVisible(), true);
  },
});

Deno.test({
  name: "the dashboard fits a phone, where another drawing of the trend has letters large enough",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    await fillVaried(test.app.database, Date.now());
    const page = await test.signedIn("ada", {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      javaScriptEnabled: false,
    });
    await page.goto("/dashboard");
    equal(await page.locator(".chart-slim").isVisible(), true);
    equal(await page.locator(".chart-wide").isVisible(), false);
    const { width } = (await page.locator("html").boundingBox())!;
    for (const box of await page.locator(".figure, .chart, .activity").all()) {
      const { x, width: own } = (await box.boundingBox())!;
      ok(x >= 0 && x + own <= width, "nothing stands out to the side");
    }
    const name = (await page.locator("#domains .chart-name").first().boundingBox())!;
    ok(name.height >= 12, `${name.height} pixels`);
  },
});

Deno.test({
  name: "a figure that was not counted to its end is told as more than that, aloud as well as in sight",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const add = (from: number, to: number): Promise<number> =>
      test.app.database.transaction((transaction) =>
        transaction.run(sql`
          INSERT INTO knowledge_units (id, data)
          WITH RECURSIVE n (i) AS (SELECT CAST(${from} AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i < ${to})
          SELECT 'ku_' || i, '{"flags":[{}]}' FROM n`)
      );
    await add(1, 10_000);
    const page = await test.signedIn("ada");
    await page.goto("/dashboard");
    await page.getByRole("link", { name: "10,000 Flagged", exact: true }).waitFor();
    await add(10_001, 10_001);
    await page.reload();
    const link = page.getByRole("link", { name: "More than 10,000 Flagged", exact: true });
    match(await link.innerText(), /10,000\+/);
    await link.click();
    match(await page.locator("#unit-count").innerText(), /^More than 10,000 units$/);
  },
});

Deno.test({
  name:
    "what is unusual is told on the dashboard, accessible in both looks, and leads to the units behind it",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const now = isoOffset(test.app.clock.now());
    for (let index = 0; index < 10; index++) {
      const unitId = `ku_${index}`;
      await addRow(test.app.database, unitId, { status: "rejected", data: { created_by: "eve" } });
      const event = { unitId, kind: "rejected" as const, by: { username: "ada" }, at: now };
      await test.app.database.transaction(async (transaction) => {
        await transaction.run(eventInsertion(event));
      });
    }
    const page = await test.signedIn("ada");
    await page.goto("/dashboard");
    await page.getByRole("heading", { name: "Unusual" }).waitFor();
    await checkAccessibleInBothLooks(page);
    await page.getByRole("link", { name: "10 of 10 units" }).click();
    await page.locator("#units").waitFor();
    equal(await page.locator("#units > li").count(), 10);
  },
});
