import { deepEqual, equal, match } from "node:assert/strict";
import type { Locator } from "playwright-core";
import { sql } from "../../src/database/sql.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { browserTest, checkAccessibleInBothLooks, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { manualClock } from "../fixtures/clock.ts";
import { sessionCookie, visit } from "../fixtures/pages.ts";
import { happenedTo, pendingUnits, press, settled } from "../fixtures/review_page.ts";

/** Until when each of the units is put off. */
async function snoozedUntil({ database }: TestApp, ids: readonly string[]): Promise<(string | undefined)[]> {
  const rows = await database.all<{ unit_id: string; until: string }>(sql`SELECT * FROM review_snoozes`);
  return ids.map((id) => rows.find(({ unit_id }) => unit_id === id)?.until);
}

async function outcomes(list: Locator): Promise<(string | null)[]> {
  return await Promise.all((await list.all()).map((item) => item.getAttribute("data-outcome")));
}

Deno.test({
  name: "several units are snoozed after a preview, each told for itself, and brought back the same way",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const { app } = test;
    const ids = await pendingUnits(app, ["First", "Second", "Third", "Fourth"]);
    const page = await test.signedIn("ada");
    await press(page, "x", "j", "x", "j", "x", "Shift+S");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("heading", { name: "Snooze 3 units?" }).waitFor();
    deepEqual(await dialog.locator("li strong").allInnerTexts(), ["First", "Second", "Third"]);
    equal(await dialog.getByLabel("1 day").isChecked(), true);
    deepEqual(await snoozedUntil(app, ids), ids.map(() => undefined));
    await checkAccessibleInBothLooks(page);

    const bearer = await app.signIn("bob");
    await (await app.request("POST", `/api/v1/review/${ids[1]}/approve`, { bearer })).body?.cancel();
    await page.keyboard.press("4");
    await page.keyboard.press("Enter");
    await dialog.getByRole("heading", { name: "2 of 3 units snoozed" }).waitFor();
    deepEqual(await outcomes(dialog.locator("li")), ["done", "refused", "done"]);
    match(await dialog.locator("li").nth(1).innerText(), /not done bob approved this unit on/);
    const untils = await snoozedUntil(app, ids);
    deepEqual(untils.map((until) => until !== undefined), [true, false, true, false]);
    deepEqual((await happenedTo(app, ids[0]!)).map(({ kind, detail }) => [kind, detail?.["until"]]), [
      ["snoozed", untils[0]],
    ]);
    await page.keyboard.press("Escape");
    await page.locator("#left-count", { hasText: "1 left" }).waitFor();
    await settled(page);

    await page.goto("/review?snoozed=1");
    await press(page, "Shift+X");
    await page.locator("#bulk-form").getByRole("button", { name: "Bring back" }).click();
    await dialog.getByRole("heading", { name: "Bring back 2 units?" }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await dialog.getByRole("heading", { name: "2 units back in the queue" }).waitFor();
    deepEqual(await snoozedUntil(app, ids), ids.map(() => undefined));
  },
});

Deno.test({
  name: "with JavaScript off, several units are snoozed and at once brought back",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const ids = await pendingUnits(test.app, ["First", "Second", "Third"]);
    const page = await test.signedIn("ada", { javaScriptEnabled: false });
    await page.getByLabel("Select First").check();
    await page.getByLabel("Select Third").check();
    await page.locator("#bulk-form").getByRole("button", { name: "Snooze" }).click();
    await page.getByLabel("3 days").check();
    await page.getByRole("button", { name: "Snooze 2 units" }).click();
    equal(await page.getByRole("heading", { level: 2 }).innerText(), "2 units snoozed");
    const untils = await snoozedUntil(test.app, ids);
    deepEqual(untils.map((until) => until !== undefined), [true, false, true]);
    await page.getByRole("button", { name: "Bring 2 units back" }).click();
    equal(await page.getByRole("heading", { level: 2 }).innerText(), "2 units back in the queue");
    deepEqual(await snoozedUntil(test.app, ids), [undefined, undefined, undefined]);
  },
});

Deno.test("several units are put off until the moment that was chosen, and for no time that is not offered", async () => {
  await using app = await testApp({ clock: manualClock("2026-03-01T10:00:00.000000Z") });
  const ids = await pendingUnits(app, ["First", "Second"]);
  const cookie = await sessionCookie(app, "ada");
  const snooze = async (seconds: string): Promise<[number, string[]]> => {
    const body = new URLSearchParams([
      ["verb", "snooze"],
      ["seconds", seconds],
      ...ids.map((id) => ["unit", id]),
    ]);
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      "sec-fetch-site": "same-origin",
      cookie,
    };
    const response = await app.request("POST", "/review/bulk", { headers, body: body.toString() });
    const told = [...(await response.text()).matchAll(/data-outcome="(\w+)"/g)].map(([, outcome]) =>
      outcome!
    );
    return [response.status, told];
  };
  for (const seconds of ["", "0", "-1", "x", "Infinity", "1e12"]) {
    deepEqual(await snooze(seconds), [200, ["refused", "refused"]], seconds);
  }
  deepEqual(await snoozedUntil(app, ids), [undefined, undefined]);
  deepEqual(await snooze("14400"), [200, ["done", "done"]]);
  const until = "2026-03-01T14:00:00+00:00";
  deepEqual(await snoozedUntil(app, ids), [until, until]);
  const preview = await (await visit(app, `GET /review/bulk?verb=snooze&unit=${ids[0]}`, { cookie })).text();
  match(preview, /<title>Snooze several units/);
});
