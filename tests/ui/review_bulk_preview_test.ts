import { deepEqual, equal } from "node:assert/strict";
import { browserTest, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { pendingUnits, press, storedStates } from "../fixtures/review_page.ts";

Deno.test({
  name:
    "the preview of many units begins with the first, and Enter approves nothing before Tab has led to the button",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const ids = await pendingUnits(test.app, Array.from({ length: 25 }, (_, index) => `Unit ${index}`));
    const page = await test.signedIn("ada", { viewport: { width: 1280, height: 800 } });
    const dialog = page.getByRole("dialog");
    await press(page, "Shift+X");
    for (const [key, verb] of [["R", "Reject"], ["S", "Snooze"], ["A", "Approve"]] as const) {
      await press(page, `Shift+${key}`);
      await dialog.getByRole("heading", { name: `${verb} 25 units?` }).waitFor();
      const seen = await page.evaluate<[string, number, number]>(`[
        document.activeElement.id,
        document.querySelector("dialog").scrollTop,
        document.querySelector("dialog").scrollHeight - document.querySelector("dialog").clientHeight,
      ]`);
      deepEqual([seen[0], seen[1], seen[2] > 0], ["bulk-title", 0, true], verb);
      if (key !== "A") await press(page, "Escape");
    }
    await press(page, "Enter");
    equal(await dialog.getByRole("heading").innerText(), "Approve 25 units?");
    deepEqual(await storedStates(test.app, ids), ids.map(() => "pending -"));
    await press(page, "Tab", "Enter");
    await dialog.getByRole("heading", { name: "25 units approved" }).waitFor();
    deepEqual(await storedStates(test.app, ids), ids.map(() => "approved ada"));
  },
});
