import { deepEqual, equal, match } from "node:assert/strict";
import { browserTest, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { pendingUnits, press, settled, storedStates } from "../fixtures/review_page.ts";

Deno.test({
  name:
    "an edit that is not saved outlives an undo that is pressed, and what is done to several units meanwhile",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const ids = await pendingUnits(test.app, ["First", "Second", "Third"]);
    const page = await test.signedIn("ada");
    await press(page, "a", "e");
    await page.getByLabel("Detail").fill("My correction");
    await page.locator(".desk-title").click();

    await page.locator("[data-undo]").click();
    match(await page.locator("#toasts").innerText(), /changes that are not saved/);
    equal(await page.locator("[data-undo]").count(), 1, "it can still be undone");
    await settled(page);
    equal(await page.getByLabel("Detail").inputValue(), "My correction");
    deepEqual(await storedStates(test.app, ids), ["approved ada", "pending -", "pending -"]);

    await page.getByRole("checkbox", { name: "Select Third" }).check();
    await page.locator(".desk-title").click();
    await press(page, "Shift+A");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Approve 1 unit" }).click();
    await dialog.getByRole("link", { name: "Back to the queue" }).click();
    await page.locator("#left-count", { hasText: "1 left" }).waitFor();
    await settled(page);
    equal(await page.getByLabel("Detail").inputValue(), "My correction");
    equal(
      await page.locator("#unit-list [aria-current]").innerText().then((text) => text.split("\n")[0]),
      "Second",
    );

    for (const told of ["at first", "again"]) {
      const asked = page.waitForEvent("dialog");
      const pressed = page.getByRole("button", { name: "Sign out" }).press("Enter", { noWaitAfter: true });
      await (await asked).dismiss();
      await pressed;
      equal(await page.getByLabel("Detail").inputValue(), "My correction", `who stays has the text, ${told}`);
    }

    await page.getByRole("button", { name: "Save and approve" }).click();
    await page.getByRole("heading", { name: "All done" }).waitFor();
    deepEqual(await storedStates(test.app, ids), ids.map(() => "approved ada"));
    equal(await page.getByLabel("Detail").count(), 0);
  },
});
