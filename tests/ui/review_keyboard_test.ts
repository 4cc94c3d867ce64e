import { deepEqual, equal, match } from "node:assert/strict";
import { findUnit } from "../../src/knowledge/store.ts";
import { browserTest, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import {
  happenedTo,
  openSummary,
  pendingUnits,
  press,
  pressAtOnce,
  settled,
  storedStates,
} from "../fixtures/review_page.ts";

const VERBS = ["approve", "reject", "edit", "snooze", "arrow"] as const;

Deno.test({
  name: "25 units are reviewed with the keyboard alone: approved, rejected, edited and snoozed",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const ids = await pendingUnits(test.app, Array.from({ length: 25 }, (_, index) => `Unit ${index}`));
    const page = await test.signedIn("ada");
    await settled(page);
    await page.evaluate("document.body.dataset.isFirst = 'yes'");
    for (const index of ids.keys()) {
      await settled(page);
      equal(await openSummary(page), `Unit ${index}`);
      equal(await page.locator("#left-count").innerText(), `${25 - index} left`);
      const verb = VERBS[index % VERBS.length]!;
      if (verb === "approve") await press(page, "a");
      if (verb === "reject") await press(page, "r", String(index % 7 + 1), "Enter");
      if (verb === "snooze") await press(page, "s", "2");
      if (verb === "arrow") await press(page, "ArrowRight", "Enter");
      if (verb === "edit") {
        await press(page, "e", "End");
        await page.keyboard.type(", corrected");
        await press(page, "Control+Enter");
      }
    }
    equal(await page.getByRole("heading", { name: "All done" }).isVisible(), true);
    equal(await page.locator("#left-count").innerText(), "0 left");
    equal(await page.evaluate("document.body.dataset.isFirst"), "yes", "the page was loaded once only");
    equal(new URL(page.url()).pathname, "/review");

    const expected = {
      approve: "approved ada",
      reject: "rejected ada",
      edit: "approved ada",
      snooze: "pending -",
      arrow: "approved ada",
    };
    deepEqual(
      await storedStates(test.app, ids),
      ids.map((_, index) => expected[VERBS[index % VERBS.length]!]),
    );
    const [rejection] = await happenedTo(test.app, ids[1]!);
    deepEqual(rejection?.detail, { reason: "wrong" });
    deepEqual((await happenedTo(test.app, ids[2]!)).map(({ kind, detail }) => [kind, detail]), [
      ["edited", { changes: { summary: { before: "Unit 2", after: "Unit 2, corrected" } } }],
      ["approved", null],
    ]);
    equal(
      JSON.parse((await findUnit(test.app.database, ids[2]!))!.data).insight.summary,
      "Unit 2, corrected",
    );
    deepEqual((await happenedTo(test.app, ids[3]!)).map(({ kind }) => kind), ["snoozed"]);

    await page.goto(`/review?unit=${ids[2]}`);
    equal(await page.locator(".timeline del").innerText(), "Unit 2");
    equal(await page.locator(".timeline ins").innerText(), "Unit 2, corrected");
  },
});

Deno.test({
  name: "a decision is undone with u while its message is shown, and from the unit's own page later",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const ids = await pendingUnits(test.app, ["First", "Second", "Third"]);
    const page = await test.signedIn("ada");
    await press(page, "a");
    equal(await openSummary(page), "Second");
    await press(page, "u");
    equal(await openSummary(page), "First");
    deepEqual(await storedStates(test.app, ids), ["pending -", "pending -", "pending -"]);

    await page.clock.install();
    await page.reload();
    await press(page, "a");
    await page.locator("[data-undo]").waitFor();
    await page.clock.runFor(11_000);
    await page.locator("[data-undo]").waitFor({ state: "detached" });
    await press(page, "u");
    match(await page.locator("#toasts").innerText(), /Nothing to undo/);
    equal(await openSummary(page), "Second");
    await page.goto(`/review?unit=${ids[0]}`);
    await press(page, "u");
    equal(await openSummary(page), "First");
    deepEqual(await storedStates(test.app, ids), ["pending -", "pending -", "pending -"]);
    deepEqual((await happenedTo(test.app, ids[0]!)).map(({ kind }) => kind), [
      "approved",
      "reopened",
      "approved",
      "reopened",
    ]);
  },
});

Deno.test({
  name:
    "a key that is held down counts once, and so does one pressed twice before the next unit could be seen",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const ids = await pendingUnits(test.app, ["1", "2", "3", "4", "5"]);
    const page = await test.signedIn("ada");
    const decided = async (): Promise<number> =>
      (await storedStates(test.app, ids)).filter((state) => state.startsWith("approved")).length;

    await settled(page);
    for (let repeat = 0; repeat < 5; repeat++) {
      await page.keyboard.down("a");
      await settled(page);
    }
    await page.keyboard.up("a");
    equal(await decided(), 1);

    await press(page, "ArrowRight");
    for (let repeat = 0; repeat < 5; repeat++) {
      await page.keyboard.down("Enter");
      await settled(page);
    }
    await page.keyboard.up("Enter");
    equal(await decided(), 2);

    await pressAtOnce(page, "a", "a", "ArrowRight", "a");
    await settled(page);
    equal(await decided(), 3);

    // The unit is there, but nobody can have looked at it: time stands still.
    await page.clock.install();
    await page.reload();
    await settled(page);
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.keyboard.press("a");
    await page.locator("#unit-title", { hasText: "5" }).waitFor();
    await page.locator("#left-count", { hasText: "1 left" }).waitFor();
    await page.keyboard.press("a");
    await page.clock.runFor(1_000);
    await settled(page);
    equal(await decided(), 4);
    equal(await openSummary(page), "5");
  },
});

Deno.test({
  name: "keys do nothing while somebody types, with a modifier, or while a panel is open; / ? and g lead on",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const ids = await pendingUnits(test.app, ["First", "Second", "Third"]);
    const page = await test.signedIn("ada");
    await press(page, "Control+a", "Alt+a", "Meta+a", "/");
    await page.keyboard.type("area");
    equal(await page.locator("#q").inputValue(), "area");
    await page.locator("#q").fill("");
    await page.locator(".desk-title").click();

    await press(page, "?");
    equal(await page.locator("#help-panel").isVisible(), true);
    await press(page, "a", "j", "Escape");
    equal(await page.locator("#help-panel").isVisible(), false);
    await press(page, "r", "a", "u", "Escape", "s", "a", "Escape");
    deepEqual(await storedStates(test.app, ids), ids.map(() => "pending -"));
    equal(await openSummary(page), "First");

    await press(page, "j");
    equal(await openSummary(page), "Second");
    equal(new URL(page.url()).searchParams.get("unit"), ids[1]);
    equal(await page.evaluate("document.activeElement.id"), "unit-title");
    await press(page, "ArrowDown", "j");
    equal(await openSummary(page), "Third");
    match(await page.getByRole("status").filter({ hasText: "last unit" }).innerText(), /last unit/);
    await press(page, "k", "ArrowUp");
    equal(await openSummary(page), "First");

    await press(page, "e");
    await page.keyboard.type("x");
    await press(page, "Escape");
    equal(await page.locator(".edit-form").isVisible(), true, "what was typed is not thrown away");
    await page.getByRole("link", { name: "Cancel" }).click();
    await settled(page);
    await press(page, "e", "Escape");
    equal(await page.locator(".edit-form").count(), 0);

    for (const [key, path] of [["d", "/dashboard"], ["u", "/units"], ["k", "/settings/api-keys"]] as const) {
      await press(page, "g");
      await page.keyboard.press(key);
      await page.waitForURL(`**${path}`);
      await page.goto("/review");
    }
    await press(page, "j", "g");
    await page.keyboard.press("r");
    await page.waitForURL(/\/review$/);
    deepEqual(await storedStates(test.app, ids), ids.map(() => "pending -"));
  },
});
