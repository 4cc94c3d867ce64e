import { deepEqual, equal, match } from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest, checkAccessibleInBothLooks, WITHOUT_BROWSER } from "../fixtures/browser.ts";

function heading(page: Page): Promise<string> {
  return page.getByRole("heading", { level: 2 }).innerText();
}

Deno.test({
  name:
    "with JavaScript off, units are approved, rejected with a reason, edited, snoozed and undone through forms",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const { app } = test;
    const bearer = await app.signIn("ada");
    const key = await app.apiKey("ada");
    const ids: string[] = [];
    for (const summary of ["First", "Second", "Third", "Fourth"]) {
      const insight = { summary, detail: `Detail of ${summary}`, action: `Do ${summary}` };
      ids.push(await app.unit({ key, approve: false, insight, domains: ["postgres", "ci"] }));
    }
    const page = await test.signedIn("ada", { javaScriptEnabled: false });
    equal(await heading(page), "First");
    equal(await page.getByText("4 pending").isVisible(), true);

    await page.getByRole("button", { name: "Approve" }).click();
    equal(await heading(page), "Second");
    match(await page.getByRole("status").innerText(), /Approved/);

    await page.getByRole("button", { name: "Reject" }).first().click();
    await page.getByLabel("Too specific").check();
    await page.getByLabel("Note").fill("Only on one machine");
    await page.locator("#reject-panel").getByRole("button", { name: "Reject" }).click();
    equal(await heading(page), "Third");
    await page.getByRole("button", { name: "Undo" }).click();
    equal(await page.getByText("3 pending").isVisible(), true);

    await page.goto(`/review?unit=${ids[2]}`);
    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByLabel("Summary").fill("Third, corrected");
    await page.getByRole("textbox", { name: "Domains" }).fill("");
    await page.getByRole("button", { name: "Save and approve" }).click();
    equal(await page.getByRole("textbox", { name: "Domains" }).getAttribute("aria-invalid"), "true");
    equal(await page.getByLabel("Summary").inputValue(), "Third, corrected");
    await page.getByRole("textbox", { name: "Domains" }).fill("postgres\nbackups");
    await page.getByRole("button", { name: "Save and approve" }).click();
    equal(await heading(page), "Fourth");

    await page.getByRole("button", { name: "Snooze" }).click();
    await page.getByRole("button", { name: "1 day" }).click();
    equal(await heading(page), "Second");
    await page.goto("/review?snoozed=1");
    equal(await heading(page), "Fourth");
    await page.getByRole("button", { name: "Bring back" }).click();

    const item = async (id: string): Promise<string> => {
      const response = await app.request("GET", `/api/v1/review/${id}`, { bearer });
      const { knowledge_unit, status } = await response.json();
      return `${status} ${knowledge_unit.insight.summary} ${knowledge_unit.domains}`;
    };
    deepEqual(await Promise.all(ids.map(item)), [
      "approved First postgres,ci",
      "pending Second postgres,ci",
      "approved Third, corrected postgres,backups",
      "pending Fourth postgres,ci",
    ]);
  },
});

Deno.test({
  name:
    "the review page is accessible in both looks: a unit, its panels, the form to edit it, the empty queue",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const page = await test.signedIn("ada");
    await checkAccessibleInBothLooks(page);
    const key = await test.app.apiKey("ada");
    await test.app.unit({ key, approve: false });
    await test.app.unit({ key, approve: false, context: { languages: ["go"] }, extensions: { "a:b": 1 } });
    await page.goto("/review");
    await checkAccessibleInBothLooks(page);
    await page.getByRole("button", { name: "Reject" }).first().click();
    await checkAccessibleInBothLooks(page);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Edit" }).click();
    await checkAccessibleInBothLooks(page);
  },
});
