import { deepEqual, equal, match } from "node:assert/strict";
import type { Page } from "playwright-core";
import { sql } from "../../src/database/sql.ts";
import { type BrowserTest, browserTest, signIn, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import {
  happenedTo,
  openSummary,
  pendingUnits,
  press,
  settled,
  storedStates,
} from "../fixtures/review_page.ts";
import { addRow } from "../fixtures/rows.ts";
import { until } from "../fixtures/waiting.ts";

/** Clicks a button twice before the first click is answered; returns how often its form was sent. */
async function clickTwice(page: Page, name: string): Promise<number> {
  const answered = Promise.withResolvers<void>();
  let sent = 0;
  const isForm = (url: URL): boolean => url.origin === new URL(page.url()).origin;
  await page.route(isForm, async (route) => {
    if (route.request().method() === "POST") {
      sent++;
      await answered.promise;
    }
    // The browser has given up a request in favour of another one.
    await route.continue().catch(() => {});
  });
  const button = page.getByRole("button", { name, exact: true });
  await button.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await button.boundingBox())!;
  // With the mouse alone: the click of a locator waits for the answer.
  const click = (): Promise<void> => page.mouse.click(x + width / 2, y + height / 2);
  await click();
  await until(() => sent > 0, "the form is sent");
  await click();
  answered.resolve();
  await button.waitFor({ state: "detached" });
  await page.unroute(isForm);
  return sent;
}

async function accountEvents({ app }: BrowserTest, kind: string): Promise<number> {
  const { length } = await app.database.all(sql`SELECT id FROM account_events WHERE kind = ${kind}`);
  return length;
}

Deno.test({
  name:
    "a form that is sent with a double click is sent once: on the page of a unit, of a user, and of several units",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const page = await test.signedIn("ada");
    const ids = await pendingUnits(test.app, ["First", "Second"]);
    await page.goto(`/review/bulk?verb=approve&unit=${ids[0]}&unit=${ids[1]}`);
    equal(await clickTwice(page, "Approve 2 units"), 1);
    await page.getByRole("heading", { name: "2 units approved" }).waitFor();

    await page.goto(`/units/${ids[0]}`);
    await page.getByRole("button", { name: "Still right…" }).click();
    equal(await clickTwice(page, "Verify"), 1);
    await page.getByText("Verified.", { exact: false }).first().waitFor();
    deepEqual((await happenedTo(test.app, ids[0]!)).map(({ kind }) => kind), ["approved", "verified"]);

    await page.goto("/settings/users");
    await page.getByRole("link", { name: "proposer" }).click();
    equal(await clickTwice(page, "Set password"), 1);
    const password = await page.getByLabel("Password of “proposer”").inputValue();
    equal(await accountEvents(test, "password_set"), 1);
    await signIn(await test.open(), "proposer", password);
  },
});

Deno.test({
  name: "what is pressed before the next unit in doubt could be seen is not done to it",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const flags = [{ reason: "stale", timestamp: "2026-01-01T00:00:00Z" }];
    await addRow(test.app.database, "ku_1", { data: { flags } });
    const page = await test.signedIn("ada");
    await page.clock.install();
    await page.goto("/review/ageing");
    // The list is there, but nobody can have looked at it: time stands still.
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.reload();
    await page.keyboard.press("v");
    await page.getByRole("button", { name: "Still right" }).click();
    deepEqual(await happenedTo(test.app, "ku_1"), []);
    await page.clock.runFor(1_000);
    await page.keyboard.press("v");
    await page.getByText("Verified.", { exact: false }).first().waitFor();
    deepEqual((await happenedTo(test.app, "ku_1")).map(({ kind }) => kind), ["verified"]);
  },
});

Deno.test({
  name: "a page that was made for one user does nothing in the name of another one who signed in since",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const ids = await pendingUnits(test.app, ["First", "Second"]);
    const review = await test.signedIn("ada");
    const keys = await review.context().newPage();
    await keys.goto("/settings/api-keys");
    await test.app.signIn("bob");
    const other = await review.context().newPage();
    await other.goto("/dashboard");
    await other.getByRole("button", { name: "Sign out" }).click();
    await signIn(other, "bob");

    await settled(review);
    await press(review, "a");
    match(await review.locator("#toasts").innerText(), /made for another user; by now bob is signed in/);
    equal(await openSummary(review), "First");
    deepEqual(await storedStates(test.app, ids), ["pending -", "pending -"]);

    await press(review, "x", "Shift+A");
    const dialog = review.getByRole("dialog");
    await dialog.getByRole("button", { name: "Approve 1 unit" }).click();
    match(await dialog.getByRole("alert").innerText(), /made for another user/);
    await review.keyboard.press("Escape");

    await keys.getByLabel("Name").fill("laptop");
    await keys.getByRole("button", { name: "Create key" }).click();
    await keys.getByText("made for another user").waitFor();
    equal(await keys.getByLabel("Your name for the key").inputValue(), "laptop");
    deepEqual(await test.app.database.all(sql`SELECT name FROM api_keys WHERE name = 'laptop'`), []);

    await review.reload();
    await press(review, "a");
    deepEqual(await storedStates(test.app, ids), ["approved bob", "pending -"]);
  },
});
