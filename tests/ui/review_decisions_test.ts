import { deepEqual, equal, match } from "node:assert/strict";
import type { Page } from "playwright-core";
import { sql } from "../../src/database/sql.ts";
import { testApp } from "../fixtures/app.ts";
import { browserTest, checkAccessibleInBothLooks, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { elementsOf } from "../fixtures/html.ts";
import { sessionCookie, statusOf, visit } from "../fixtures/pages.ts";
import { pendingUnits, press, storedStates } from "../fixtures/review_page.ts";

/** The decisions that are shown: what was decided on which unit, and whether it can be undone. */
async function rows(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const row of await page.locator("#decisions > li").all()) {
    const [kind, name] = [row.locator(".badge"), row.locator(".unit-row-link")];
    const canUndo = await row.getByRole("button", { name: /^Undo/ }).count() > 0;
    found.push(`${await kind.innerText()} ${await name.innerText()}${canUndo ? ", undo" : ""}`);
  }
  return found;
}

Deno.test({
  name: "g h leads to one's own decisions, newest first, and each that still holds is undone there",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const { app } = test;
    const ids = await pendingUnits(app, ["First", "Second", "Third", "Fourth"]);
    const bob = await sessionCookie(app, "bob");
    equal(await statusOf(visit(app, `POST /review/${ids[3]}/approve`, { cookie: bob, form: {} })), 303);
    const page = await test.signedIn("ada");
    await press(page, "a", "a", "r", "2", "Enter");
    await page.locator("#desk .empty").waitFor();
    await press(page, "g");
    await page.keyboard.press("h");
    await page.waitForURL("**/review/decisions");
    deepEqual(await rows(page), ["rejected Third, undo", "approved Second, undo", "approved First, undo"]);
    match(await page.locator("#decisions > li").first().innerText(), /Reason: Wrong/);
    await checkAccessibleInBothLooks(page);

    await page.getByRole("button", { name: "Undo Second" }).click();
    await page.getByText("Reopened. The unit is pending again.").waitFor();
    equal(new URL(page.url()).pathname, "/review/decisions");
    deepEqual(await rows(page), ["rejected Third, undo", "approved Second", "approved First, undo"]);
    match(await page.locator("#decisions").innerText(), /Pending again/);
    deepEqual((await storedStates(app, ids)).slice(0, 3), ["approved ada", "pending -", "rejected ada"]);

    await page.goto("/review");
    await page.getByRole("link", { name: "My decisions" }).first().click();
    await page.waitForURL("**/review/decisions");
  },
});

Deno.test("an undo from the list takes back one's own decision and never that of somebody who decided since", async () => {
  await using app = await testApp();
  const [id] = await pendingUnits(app, ["First"]) as [string];
  const [ada, bob] = [await sessionCookie(app, "ada"), await sessionCookie(app, "bob")];
  await statusOf(visit(app, `POST /review/${id}/approve`, { cookie: ada, form: {} }));
  const page = await (await visit(app, "GET /review/decisions", { cookie: ada })).text();
  const fields = elementsOf(page).filter(({ name, attributes }) =>
    name === "input" && attributes.get("name") !== "theme"
  ).map(({ attributes }) => [attributes.get("name")!, attributes.get("value")!]);
  const form = Object.fromEntries(fields) as Record<string, string>;
  await statusOf(visit(app, `POST /review/${id}/reopen`, { cookie: bob, form: {} }));
  await statusOf(visit(app, `POST /review/${id}/reject`, { cookie: bob, form: {} }));

  equal(await statusOf(visit(app, `POST /review/${id}/reopen`, { cookie: ada, form })), 303);
  deepEqual(await storedStates(app, [id]), ["rejected bob"]);
  const later = await (await visit(app, "GET /review/decisions", { cookie: ada })).text();
  match(later, /Since then rejected by <bdi>bob<\/bdi>/);
  equal(elementsOf(later).some(({ text }) => text.startsWith("Undo")), false);
});

Deno.test("a decision in favour of another unit leads to it by its name", async () => {
  await using app = await testApp();
  const [original, copy, old] = await pendingUnits(app, ["Original", "Copy", "Old"]) as [
    string,
    string,
    string,
  ];
  const cookie = await sessionCookie(app, "ada");
  const decide = async (path: string, form: Record<string, string>): Promise<void> =>
    equal(await statusOf(visit(app, `POST ${path as "/"}`, { cookie, form })), 303, path);
  await decide(`/review/${copy}/duplicate`, { of: original });
  await decide(`/review/${old}/approve`, {});
  await decide(`/review/${original}/approve`, {});
  await decide(`/units/${old}/supersede`, { by: original });
  const page = await (await visit(app, "GET /review/decisions", { cookie })).text();
  equal(page.split("In favour of").length - 1, 2);
  const names = page.matchAll(/In favour of <a href="([^"]*)"><bdi>([^<]*)<\/bdi>/g);
  deepEqual([...names].map(([, ...name]) => name), Array(2).fill([`/units/${original}`, "Original"]));
});

Deno.test("one's own decisions are paged to the first one, however much others did in between", async () => {
  await using app = await testApp();
  const [id] = await pendingUnits(app, ["First"]) as [string];
  const cookie = await sessionCookie(app, "ada");
  await statusOf(visit(app, `POST /review/${id}/approve`, { cookie, form: {} }));
  const page = async (path: string): Promise<[shown: number, next: string | undefined]> => {
    const elements = elementsOf(await (await visit(app, `GET ${path as "/"}`, { cookie })).text());
    const next = elements.find(({ attributes }) => attributes.get("rel") === "next");
    const shown = elements.filter(({ attributes }) => attributes.has("data-unit")).length;
    return [shown, next?.attributes.get("href")];
  };
  deepEqual(await page("/review/decisions"), [1, undefined]);
  const add = (own: number): Promise<unknown> =>
    app.database.transaction((transaction) =>
      transaction.run(sql`
        INSERT INTO knowledge_events (unit_id, kind, actor, occurred_at)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
        SELECT ${id}, 'approved', CASE WHEN i <= ${own} THEN 'ada' ELSE 'bob' END, 'x' FROM n`)
    );
  await add(49);
  await add(0);
  const first = await page("/review/decisions");
  const second = await page(first[1]!);
  deepEqual([first[0], second], [25, [25, undefined]]);
  for (const before of ["0", "-1", "x", "1e3", "9".repeat(30)]) {
    deepEqual(await page(`/review/decisions?before=${before}`), first, before);
  }
});
