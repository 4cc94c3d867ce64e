import { deepEqual, equal, match } from "node:assert/strict";
import { browserTest, checkAccessibleInBothLooks, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { openSummary, pendingUnits, press, settled, storedStates } from "../fixtures/review_page.ts";

const EMPTIED = "Agents are served this text: it must not be left empty";

Deno.test({
  name:
    "with JavaScript off, units are approved, rejected with a reason, edited, snoozed and undone through forms",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const { app } = test;
    const bearer = await app.signIn("ada");
    const ids = await pendingUnits(app, ["First", "Second", "Third", "Fourth"]);
    const page = await test.signedIn("ada", { javaScriptEnabled: false });
    equal(await openSummary(page), "First");
    equal(await page.locator("#left-count").innerText(), "4 left");

    await page.getByRole("button", { name: "Approve" }).click();
    equal(await openSummary(page), "Second");
    match(await page.locator("#toasts").innerText(), /Approved/);

    await page.getByRole("button", { name: "Reject" }).first().click();
    await page.getByLabel("Too specific").check();
    await page.getByLabel("Note").fill("Only on one machine");
    await page.locator("#reject-panel").getByRole("button", { name: "Reject" }).click();
    equal(await openSummary(page), "Third");
    await page.getByRole("button", { name: "Undo" }).click();
    equal(await openSummary(page), "Second");
    equal(await page.locator("#left-count").innerText(), "3 left");

    await page.goto(`/review?unit=${ids[2]}`);
    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByLabel("Summary").fill(" ");
    await page.getByRole("button", { name: "Save and approve" }).click();
    equal(await page.locator("#summary-fault").innerText(), EMPTIED);
    await page.getByLabel("Summary").fill("Third, corrected");
    await page.getByRole("textbox", { name: "Domains" }).fill("");
    await page.getByRole("button", { name: "Save and approve" }).click();
    equal(await page.getByRole("textbox", { name: "Domains" }).getAttribute("aria-invalid"), "true");
    equal(await page.getByLabel("Summary").inputValue(), "Third, corrected");
    await page.getByRole("textbox", { name: "Domains" }).fill("postgres\nbackups");
    await page.getByRole("button", { name: "Save and approve" }).click();
    equal(await openSummary(page), "Fourth");

    await page.getByRole("button", { name: "Snooze" }).click();
    await page.getByRole("button", { name: "1 day" }).click();
    equal(await openSummary(page), "Second");
    await page.getByRole("link", { name: "Snoozed (1)" }).click();
    equal(await openSummary(page), "Fourth");
    await page.getByRole("button", { name: "Bring back" }).click();
    equal(await page.getByRole("heading", { name: "Nothing is snoozed" }).isVisible(), true);

    await page.goto(`/review?unit=${ids[0]}`);
    await page.getByRole("button", { name: "Reopen" }).click();
    const item = async (id: string): Promise<string> => {
      const response = await app.request("GET", `/api/v1/review/${id}`, { bearer });
      const { knowledge_unit, status } = await response.json();
      return `${status} ${knowledge_unit.insight.summary} ${knowledge_unit.domains}`;
    };
    deepEqual(await Promise.all(ids.map(item)), [
      "pending First postgres,ci",
      "pending Second postgres,ci",
      "approved Third, corrected postgres,backups",
      "pending Fourth postgres,ci",
    ]);
  },
});

Deno.test({
  name:
    "a correction that leaves a text empty is refused at its field, and one that was empty before may stay",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const { app } = test;
    await app.signIn("proposer");
    const key = await app.apiKey("proposer");
    const id = await app.unit({
      key,
      approve: false,
      insight: { summary: "Given", detail: "", action: "Do" },
    });
    const page = await test.signedIn("ada");
    for (const [label, name] of [["Summary", "summary"], ["What to do", "action"]] as const) {
      await press(page, "e");
      const field = page.getByRole("textbox", { name: label, exact: true });
      await field.fill("");
      await press(page, "Control+Enter");
      equal(await page.locator(`#${name}-fault`).innerText(), EMPTIED);
      equal(await page.locator("[aria-invalid]").count(), 1);
      equal(await page.evaluate("document.activeElement.id"), name);
      await page.getByRole("link", { name: "Cancel" }).click();
      await settled(page);
    }
    deepEqual(await storedStates(app, [id]), ["pending -"]);
    await press(page, "e");
    await page.getByLabel("Summary").fill("Corrected");
    await press(page, "Control+Enter");
    deepEqual(await storedStates(app, [id]), ["approved ada"]);

    await page.goto(`/units/${id}/edit`);
    await page.getByLabel("What to do").fill("");
    await page.getByRole("button", { name: "Save and verify" }).click();
    equal(await page.locator("#action-fault").innerText(), EMPTIED);
    await page.getByLabel("What to do").fill("Do it");
    await page.getByRole("button", { name: "Save and verify" }).click();
    await page.waitForURL(`**/units/${id}`);
  },
});

Deno.test({
  name: "with JavaScript off, several units are selected, looked at, decided and taken back",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const ids = await pendingUnits(test.app, ["First", "Second", "Third"]);
    const page = await test.signedIn("ada", { javaScriptEnabled: false });
    equal(await page.locator("#bulk-form").isVisible(), false);
    await page.getByLabel("Select First").check();
    await page.getByLabel("Select Third").check();
    await page.locator("#bulk-form").getByRole("button", { name: "Reject" }).click();
    equal(await page.getByRole("heading", { level: 2 }).innerText(), "Reject 2 units?");
    await page.getByLabel("Unsafe").check();
    await page.getByRole("button", { name: "Reject 2 units" }).click();
    equal(await page.getByRole("heading", { level: 2 }).innerText(), "2 units rejected");
    deepEqual(await storedStates(test.app, ids), ["rejected ada", "pending -", "rejected ada"]);
    await page.getByRole("button", { name: "Take 2 units back" }).click();
    deepEqual(await storedStates(test.app, ids), ["pending -", "pending -", "pending -"]);
    await page.getByRole("link", { name: "Back to the queue" }).click();
    equal(await page.locator("#left-count").innerText(), "3 left");
    await page.goto("/review/bulk?verb=approve");
    equal(await page.getByRole("heading", { level: 2 }).innerText(), "Nothing is selected");
  },
});

Deno.test({
  name: "with JavaScript off, who was too late is told so and gets the text back",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const ids = await pendingUnits(test.app, ["First", "Second", "Third"]);
    const bearer = await test.app.signIn("bob");
    const page = await test.signedIn("ada", { javaScriptEnabled: false });
    const approve = async (id: string): Promise<void> => {
      await (await test.app.request("POST", `/api/v1/review/${id}/approve`, { bearer })).body?.cancel();
    };
    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByLabel("Summary").fill("Mine");
    await approve(ids[0]!);
    await page.getByRole("button", { name: "Save and approve" }).click();
    match(await page.locator("#unsaved h2").innerText(), /^bob approved this unit on .*“First”$/);
    equal(await page.getByLabel("Your summary").inputValue(), "Mine");
    equal(await openSummary(page), "Second");
    await page.getByRole("link", { name: "Dismiss" }).click();
    equal(await page.locator("#unsaved").count(), 0);
    await approve(ids[1]!);
    await page.getByRole("button", { name: "Approve" }).click();
    match(await page.locator("#toasts").innerText(), /^bob approved this unit on .*“Second”$/);
    equal(await openSummary(page), "Third");
  },
});

Deno.test({
  name: "search, filters and order are in the address, and stay there while units are decided",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    await pendingUnits(test.app, ["Alpha one", "Beta", "Alpha two"]);
    const page = await test.signedIn("ada");
    await press(page, "/");
    await page.keyboard.type("alpha");
    await page.getByLabel("Order").selectOption("newest");
    await page.getByText("Filters").click();
    await page.getByRole("textbox", { name: "Domain" }).fill("ci");
    await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL("**q=alpha**");
    const parameters = (): Record<string, string> => Object.fromEntries(new URL(page.url()).searchParams);
    await press(page, "a");
    equal(await openSummary(page), "Alpha one");
    const { q, sort, domain, unit } = parameters();
    deepEqual([q, sort, domain, unit?.startsWith("ku_")], ["alpha", "newest", "ci", true]);
    equal(await page.locator("#q").inputValue(), "alpha");
    await press(page, "a");
    await page.getByRole("heading", { name: "Nothing fits" }).waitFor();
    await page.getByRole("link", { name: "Show the whole queue" }).click();
    await page.locator("#unit-title", { hasText: "Beta" }).waitFor();
  },
});

Deno.test({
  name:
    "the review page is accessible in both looks: list, unit, panels, edit, help, bulk, messages, empty queue",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const page = await test.signedIn("ada");
    await checkAccessibleInBothLooks(page);
    await page.goto("/review?snoozed=1");
    await checkAccessibleInBothLooks(page);
    await page.goto("/review?q=x");
    await checkAccessibleInBothLooks(page);
    await pendingUnits(test.app, ["First", "Second"]);
    const key = await test.app.apiKey("ada");
    await test.app.unit({ key, approve: false, context: { languages: ["go"] }, extensions: { "a:b": 1 } });
    await page.goto("/review");
    await press(page, "x", "a");
    await checkAccessibleInBothLooks(page);
    for (const panel of ["r", "s", "?"]) {
      await press(page, panel);
      equal(await page.locator(":popover-open").count(), 1);
      await checkAccessibleInBothLooks(page);
      await press(page, "Escape");
    }
    await press(page, "e");
    await checkAccessibleInBothLooks(page);
    await page.getByRole("textbox", { name: "Domains" }).fill("");
    await press(page, "Control+Enter");
    equal(await page.locator("[aria-invalid]").count(), 1);
    await checkAccessibleInBothLooks(page);
    await page.getByRole("link", { name: "Cancel" }).click();
    await settled(page);
    await press(page, "x", "Shift+R");
    await page.locator("dialog[open]").waitFor();
    await checkAccessibleInBothLooks(page);
    await page.keyboard.press("Enter");
    await page.locator("dialog [data-outcome]").first().waitFor();
    await checkAccessibleInBothLooks(page);
    const [late] = await pendingUnits(test.app, ["Late"]);
    await page.goto(`/review?unit=${late}`);
    await press(page, "r");
    await page.getByLabel("Note").fill("Mine");
    const bearer = await test.app.signIn("bob");
    await (await test.app.request("POST", `/api/v1/review/${late}/approve`, { bearer })).body?.cancel();
    await press(page, "Control+Enter");
    equal(await page.locator("#unsaved").isVisible(), true);
    await checkAccessibleInBothLooks(page);
    // The same without the dialog, as it is with JavaScript off.
    const open = await page.locator("#unit-list [name=unit]").first().getAttribute("value");
    await page.goto(`/review/bulk?verb=reject&unit=${open}`);
    await checkAccessibleInBothLooks(page);
    await page.getByRole("button", { name: "Reject 1 unit" }).click();
    await page.locator("[data-outcome=done]").waitFor();
    await checkAccessibleInBothLooks(page);
  },
});
