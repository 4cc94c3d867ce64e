import { deepEqual, equal } from "node:assert/strict";
import { browserTest, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { pendingUnits } from "../fixtures/review_page.ts";

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
