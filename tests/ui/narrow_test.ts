import { deepEqual, equal, ok } from "node:assert/strict";
import { browserTest, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { pendingUnits } from "../fixtures/review_page.ts";
import { addRow } from "../fixtures/rows.ts";

/** What of the tabs is outside of their strip. */
const CUT_OFF = `(() => {
  const strip = document.querySelector(".desk-list .tabs").getBoundingClientRect();
  const isInside = ({ left, right }) => left >= strip.left && right <= strip.right;
  return [...document.querySelectorAll(".desk-list .tabs a")]
    .filter((tab) => !isInside(tab.getBoundingClientRect())).map((tab) => tab.textContent);
})()`;

Deno.test({
  name: "every tab of the review page can be read, whatever the width of the window",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    await pendingUnits(test.app, ["First"]);
    const page = await test.signedIn("ada");
    for (const width of [320, 768, 1024, 1280, 1440, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto("/review");
      equal(await page.locator(".desk-list .tabs a").count(), 4);
      deepEqual(await page.evaluate(CUT_OFF), [], `${width} px`);
    }
  },
});

Deno.test({
  name: "the page of the API is no wider than a screen of 320 px",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const page = await test.open({ viewport: { width: 320, height: 640 } });
    await page.goto("/docs");
    equal(await page.evaluate("document.documentElement.scrollWidth"), 320);
  },
});

const ENDLESS = "W".repeat(400);
const LONG_NAME = "n".repeat(64);

Deno.test({
  name: "no page is wider than its window, however long the words of others are",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const { database } = test.app;
    const data = {
      insight: { summary: ENDLESS, detail: ENDLESS, action: ENDLESS },
      created_by: LONG_NAME,
      flags: [{ reason: "stale", timestamp: "2026-01-01T00:00:00Z", detail: ENDLESS, duplicate_of: null }],
    };
    await addRow(database, "ku_pending", { data, status: "pending" });
    await addRow(database, "ku_approved", { data });
    const page = await test.signedIn(LONG_NAME);
    const paths = [
      "/review?unit=ku_pending",
      "/review/ageing",
      "/dashboard",
      "/units",
      "/units/ku_approved",
      "/units/ku_approved/edit",
      "/units/ku_approved/supersede?by=ku_pending",
      "/units/ku_approved/purge",
      "/settings/users/1",
      "/settings/account",
    ];
    // What is left out of the tools of the header is out of reach.
    const outermost =
      "Math.max(document.documentElement.scrollWidth, document.querySelector('.site-tools').getBoundingClientRect().right)";
    for (const width of [320, 710, 768, 900, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      for (const path of paths) {
        equal((await page.goto(path))?.status(), 200, path);
        const extent = await page.evaluate<number>(outermost);
        ok(extent <= width, `${path} takes ${extent} px of ${width}`);
      }
    }
  },
});
