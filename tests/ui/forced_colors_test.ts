import { deepEqual, equal } from "node:assert/strict";
import { browserTest, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { pendingUnits } from "../fixtures/review_page.ts";
import { addRow } from "../fixtures/rows.ts";

/** What is chosen, and how it is outlined. */
const OUTLINES = `[...document.querySelectorAll("[aria-current], [aria-pressed=true], [data-current]")]
  .map((element) => getComputedStyle(element).outlineStyle)`;

Deno.test({
  name: "where the system chooses the colours, what is chosen is told apart without any: by its outline",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    await pendingUnits(test.app, ["First"]);
    const flags = [{ reason: "stale", timestamp: "2026-01-01T00:00:00Z" }];
    await addRow(test.app.database, "ku_1", { data: { flags } });
    const page = await test.signedIn("ada", { forcedColors: "active" });
    // Page of the header, look, tab, and the unit that is open or marked.
    for (
      const [path, chosen] of [["/review", 4], ["/review/ageing", 4], ["/dashboard", 2]] as const
    ) {
      await page.goto(path);
      const outlines = await page.evaluate<string[]>(OUTLINES);
      equal(outlines.length, chosen, path);
      deepEqual(new Set(outlines), new Set(["solid"]), path);
    }
  },
});
