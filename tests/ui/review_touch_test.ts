import { deepEqual, equal, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest, checkAccessibleInBothLooks, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { openSummary, pendingUnits, settled, storedStates } from "../fixtures/review_page.ts";

const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };

/** Drags a finger across the page from where it is put down; `look` sees the page before it is lifted. */
async function swipe(
  page: Page,
  { by, look = (): Promise<void> => Promise.resolve() }: { by: [number, number]; look?: () => Promise<void> },
): Promise<void> {
  await settled(page);
  const session = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", step: number): Promise<unknown> => {
    const point = { x: 195 + by[0] * step / 5, y: 300 + by[1] * step / 5 };
    return session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : [point],
    });
  };
  await touch("touchStart", 0);
  for (let step = 1; step <= 5; step++) await touch("touchMove", step);
  await look();
  await touch("touchEnd", 5);
  await session.detach();
}

Deno.test({
  name:
    "on a phone the list leads to a unit and back; swiped to the right it is approved, to the left rejected",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const ids = await pendingUnits(test.app, ["First", "Second", "Third", "Fourth"]);
    const page = await test.signedIn("ada", PHONE);
    await settled(page);
    equal(await page.locator("#unit-title").isVisible(), false);
    await page.keyboard.press("a");
    deepEqual(
      await storedStates(test.app, ids),
      ids.map(() => "pending -"),
      "no key acts on what is not seen",
    );

    await page.locator("#unit-list a").first().tap();
    await page.waitForURL("**unit=**");
    equal(await page.locator("#unit-list").isVisible(), false);
    await page.getByRole("link", { name: "Back to the queue" }).tap();
    await page.locator("#unit-list").waitFor();
    await page.locator("#unit-list a").first().tap();
    await page.waitForURL("**unit=**");
    await settled(page);

    await swipe(page, { by: [60, 0] });
    await swipe(page, { by: [40, -200] });
    deepEqual(await storedStates(test.app, ids), ids.map(() => "pending -"), "too short, and a scroll");
    await swipe(page, {
      by: [160, 10],
      async look(): Promise<void> {
        equal(await page.locator(".desk-unit").getAttribute("data-swipe"), "approve");
        equal(await page.locator(".desk-unit[data-sure]").count(), 1);
      },
    });
    await page.locator("#unit-title", { hasText: "Second" }).waitFor();
    await settled(page);
    equal(await page.locator("#unit-list").isVisible(), false, "still the unit, not the list");

    await swipe(page, { by: [-160, 0] });
    await page.getByRole("dialog").waitFor();
    await page.getByLabel("Duplicate").tap();
    await page.getByRole("dialog").getByRole("button", { name: "Reject" }).tap();
    await page.locator("#unit-title", { hasText: "Third" }).waitFor();
    await settled(page);
    deepEqual(await storedStates(test.app, ids), ["approved ada", "rejected ada", "pending -", "pending -"]);
    await page.goBack();
    await page.locator("#unit-list").waitFor();
    deepEqual(await page.locator(".unit-line-summary").allInnerTexts(), ["Third", "Fourth"]);
  },
});

Deno.test({
  name:
    "on a phone the buttons of a decision are in reach wherever the page is scrolled to, and nothing is cut off",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const [id] = await pendingUnits(test.app, [`A long one ${"without end ".repeat(30)}`, "Second"]);
    const page = await test.signedIn("ada", PHONE);
    await page.goto(`/review?unit=${id}`);
    await settled(page);
    for (const place of ["0", "document.body.scrollHeight"]) {
      await page.evaluate(`scrollTo(0, ${place})`);
      for (const name of ["Approve", "Reject…", "Edit", "Snooze…"]) {
        const button = page.locator("#decision-bar").getByText(name, { exact: false }).first();
        const box = await button.boundingBox();
        ok(box !== null && box.y > 390 && box.y + box.height <= 780, `${name} at ${JSON.stringify(box)}`);
        ok(box.height >= 44 && box.width >= 44, `${name} is ${box.width} by ${box.height}`);
      }
    }
    equal(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), true);
    await checkAccessibleInBothLooks(page);
    await page.locator("#decision-bar").getByText("Approve").tap();
    await page.locator("#unit-title", { hasText: "Second" }).waitFor();
    equal(await openSummary(page), "Second");
  },
});
