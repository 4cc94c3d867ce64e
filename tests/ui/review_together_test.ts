import { deepEqual, equal, match } from "node:assert/strict";
import { testApp } from "../fixtures/app.ts";
import { browserTest, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { sessionCookie, statusOf, visit } from "../fixtures/pages.ts";
import {
  happenedTo,
  openSummary,
  pendingUnits,
  press,
  settled,
  storedStates,
} from "../fixtures/review_page.ts";
import { until } from "../fixtures/waiting.ts";

Deno.test("a correction of the queue does not replace another one that its author did not see, unless told so", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const [id] = await pendingUnits(app, ["First"]);
  const markIn = (page: string): string => /name="mark" value="([0-9a-f]+)"/.exec(page)![1]!;
  const page = await (await visit(app, `GET /review?unit=${id}&edit=1`, { cookie })).text();
  const fields = { detail: "d", action: "a", domains: "ci", next: "ku_next", mark: markIn(page) };
  const save = async (form: Record<string, string>): Promise<[number, string]> => {
    const response = await visit(app, `POST /review/${id}/edit`, { cookie, form: { ...fields, ...form } });
    return [response.status, await response.text()];
  };
  equal((await save({ summary: "theirs" }))[0], 303);
  equal(await statusOf(visit(app, `POST /units/${id}/reopen`, { cookie, form: {} })), 303);
  const [faulty, refused] = await save({ summary: "mine", domains: "" });
  deepEqual(
    [faulty, markIn(refused)],
    [422, fields.mark],
    "what was not seen is not seen by an error either",
  );
  const [late, told] = await save({ summary: "mine" });
  equal(late, 409);
  match(told, /Somebody else changed this unit meanwhile.*saved again, it replaces.*mine/s);
  deepEqual(await storedStates(app, [id!]), ["pending -"]);
  equal((await save({ summary: "mine", mark: markIn(told) }))[0], 303);
  deepEqual((await happenedTo(app, id!)).map(({ kind }) => kind), [
    "edited",
    "approved",
    "reopened",
    "edited",
    "approved",
  ]);
});

Deno.test({
  name: "who is too late is told who decided what and when, goes on, and keeps what they typed",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const ids = await pendingUnits(test.app, ["First", "Second", "Third", "Fourth"]);
    const ada = await test.signedIn("ada");
    const bob = await test.signedIn("bob");

    await press(ada, "r", "4");
    await ada.getByLabel("Note").fill("names a customer");
    await press(bob, "a");
    await press(ada, "Control+Enter");
    match(
      await ada.locator("#unsaved h2").innerText(),
      /^bob approved this unit on \d{4}-\d\d-\d\d at \d\d:\d\d UTC: “First”$/,
    );
    equal(await ada.getByLabel("Your note").inputValue(), "names a customer");
    equal(await openSummary(ada), "Second");

    await press(ada, "e");
    await press(bob, "r", "Enter");
    await ada.getByLabel("Detail").fill("My correction");
    await press(ada, "Control+Enter");
    match(await ada.locator("#unsaved h2").innerText(), /^bob rejected this unit on .*“Second”$/);
    equal(await ada.getByLabel("Your detail").inputValue(), "My correction");
    equal(await openSummary(ada), "Third");
    equal(new URL(ada.url()).searchParams.get("unit"), ids[2]);

    await press(bob, "a");
    await ada.locator(".desk-title").click();
    await press(ada, "a");
    match(await ada.locator("#toasts").innerText(), /^bob approved this unit on .*“Third”$/);
    equal(await openSummary(ada), "Fourth");
    equal(
      await ada.getByLabel("Your detail").inputValue(),
      "My correction",
      "it stays until it is dismissed",
    );
    await ada.getByRole("link", { name: "Dismiss" }).click();
    equal(await ada.locator("#unsaved").count(), 0);
    equal(await ada.evaluate("document.activeElement.id"), "unit-title");
    deepEqual(await storedStates(test.app, ids), [
      "approved bob",
      "rejected bob",
      "approved bob",
      "pending -",
    ]);
  },
});

Deno.test({
  name: "list and unit show who else is on what, until they leave",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const [first, second] = await pendingUnits(test.app, ["First", "Second"]);
    const ada = await test.signedIn("ada");
    await ada.clock.install();
    await ada.reload();
    await settled(ada);
    const bob = await test.signedIn("bob");
    await settled(bob);
    equal(await bob.locator("#others").innerText(), "ada has this unit open too.");
    equal(await bob.locator(`li[data-unit="${first}"] [data-others]`).innerText(), "open: ada");

    const seen = (id: string, text: string): Promise<void> =>
      until(async () => {
        await ada.clock.fastForward(20_000);
        return await ada.locator(`li[data-unit="${id}"] [data-others]`).textContent() === text;
      }, `ada sees "${text}"`);
    await seen(first!, "open: bob");
    equal(await ada.locator("#others").innerText(), "bob has this unit open too.");
    await press(bob, "j");
    await seen(second!, "open: bob");
    await seen(first!, "");
    equal(await ada.locator("#others").textContent(), "");
    await bob.goto("/login");
    await seen(second!, "");

    await bob.goto("/review");
    await press(bob, "a");
    await until(async () => {
      await ada.clock.fastForward(20_000);
      return /^bob approved this unit on/.test(await ada.locator("#others").innerText());
    }, "ada is told of the decision");
  },
});

Deno.test({
  name:
    "several units are decided after a preview; one that somebody else took is told apart, the rest taken back",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const ids = await pendingUnits(test.app, ["First", "Second", "Third", "Fourth"]);
    const ada = await test.signedIn("ada");
    await press(ada, "x", "j", " ", "j", "x");
    equal(await ada.locator("#bulk-count").innerText(), "3 selected");
    equal(await openSummary(ada), "Third");
    await press(ada, "Shift+R");
    const dialog = ada.getByRole("dialog");
    equal(await dialog.getByRole("heading").innerText(), "Reject 3 units?");
    deepEqual(await dialog.locator("li strong").allInnerTexts(), ["First", "Second", "Third"]);
    deepEqual(await storedStates(test.app, ids), ids.map(() => "pending -"));

    const bearer = await test.app.signIn("bob");
    await (await test.app.request("POST", `/api/v1/review/${ids[1]}/approve`, { bearer })).body?.cancel();
    await ada.keyboard.press("6");
    await ada.keyboard.press("Enter");
    await dialog.getByRole("heading", { name: "2 of 3 units rejected" }).waitFor();
    const outcomes = await Promise.all(
      [0, 1, 2].map((index) => dialog.locator("li").nth(index).getAttribute("data-outcome")),
    );
    deepEqual(outcomes, ["done", "refused", "done"]);
    match(await dialog.locator("li").nth(1).innerText(), /Second\s+not done bob approved this unit on/);
    deepEqual(await storedStates(test.app, ids), [
      "rejected ada",
      "approved bob",
      "rejected ada",
      "pending -",
    ]);
    deepEqual((await happenedTo(test.app, ids[0]!))[0]?.detail, { reason: "stale" });

    await dialog.getByRole("button", { name: "Take 2 units back" }).click();
    await dialog.getByRole("heading", { name: "2 units pending again" }).waitFor();
    await ada.keyboard.press("Escape");
    await ada.locator("#left-count", { hasText: "3 left" }).waitFor();
    await settled(ada);
    deepEqual(await ada.locator("#unit-list .unit-line-summary").allInnerTexts(), [
      "First",
      "Third",
      "Fourth",
    ]);

    await press(ada, "Shift+X");
    const before = await ada.locator("#bulk-count").innerText();
    if (before !== "3 selected") await press(ada, "Shift+X");
    equal(await ada.locator("#bulk-count").innerText(), "3 selected");
    await press(ada, "Shift+A");
    await dialog.getByRole("heading", { name: "Approve 3 units?" }).waitFor();
    await ada.keyboard.press("Tab");
    await ada.keyboard.press("Enter");
    await dialog.getByRole("heading", { name: "3 units approved" }).waitFor();
    await dialog.getByRole("link", { name: "Back to the queue" }).click();
    await ada.getByRole("heading", { name: "All done" }).waitFor();
    deepEqual(await storedStates(test.app, ids), [
      "approved ada",
      "approved bob",
      "approved ada",
      "approved ada",
    ]);
  },
});

Deno.test({
  name: "a server that does not answer costs nobody their place or their text",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const ids = await pendingUnits(test.app, ["First", "Second"]);
    const page = await test.signedIn("ada");
    await settled(page);
    await page.context().setOffline(true);
    await press(page, "r", "7");
    await page.getByLabel("Note").fill("Wait for it");
    await press(page, "Control+Enter");
    match(await page.locator("#toasts").innerText(), /did not answer/);
    equal(await openSummary(page), "First");
    equal(await page.locator("#reject-panel").isVisible(), true);
    equal(await page.getByLabel("Note").inputValue(), "Wait for it");
    await page.context().setOffline(false);
    await press(page, "Control+Enter");
    equal(await openSummary(page), "Second");
    deepEqual(await storedStates(test.app, ids), ["rejected ada", "pending -"]);
    deepEqual((await happenedTo(test.app, ids[0]!))[0]?.detail, { reason: "other", note: "Wait for it" });

    await page.context().clearCookies();
    await press(page, "a");
    match(await page.locator("#toasts").innerText(), /session has ended/);
    equal(await openSummary(page), "Second");
  },
});
