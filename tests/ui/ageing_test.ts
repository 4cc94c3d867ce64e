import { deepEqual, equal, match, ok } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import { unitEvents } from "../../src/events/events.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { browserTest, checkAccessibleInBothLooks, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { answered } from "../fixtures/faults.ts";
import { sessionCookie, statusOf, visit } from "../fixtures/pages.ts";
import { addRow } from "../fixtures/rows.ts";

const PATH = "/review/ageing";
const FRESH = "2999-01-01T00:00:00Z";

/** Approved units with a flag each. */
async function dispute(app: TestApp, ...summaries: string[]): Promise<void> {
  for (const [index, summary] of summaries.entries()) {
    await addRow(app.database, `ku_${index}`, {
      data: {
        insight: { summary, detail: "d", action: "a" },
        evidence: { confidence: 0.5, confirmations: 3, first_observed: FRESH, last_confirmed: FRESH },
        flags: [{ reason: "incorrect", timestamp: "2026-01-01T00:00:00Z", detail: `not ${summary}` }],
      },
    });
  }
}

async function kindsOf(app: TestApp, id: string): Promise<string[]> {
  return (await unitEvents(app.database, id, 9)).map(({ kind }) => kind);
}

Deno.test("units in doubt are told of where they are: in the queue, in the list and on their pages", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  await dispute(app, "first", "second");
  await addRow(app.database, "ku_old");
  await addRow(app.database, "ku_pending", { status: "pending" });
  const text = async (path: `/${string}`): Promise<string> =>
    await (await visit(app, `GET ${path}`, { cookie })).text();
  match(await text(PATH), /Disputed \(2\).*Stale \(0\).*first.*3 confirmations.*Incorrect.*not first/s);
  match(await text("/units/ku_0"), /Disputed:<\/strong> 1 flag that nobody answered/);
  ok(!(await text("/units/ku_old")).includes('aria-label="Doubts"'));
  match(await text("/review"), /Ageing \(2\)/);
  match(await text(`${PATH}?show=stale`), /Nothing is stale/);
  const form = { back: PATH, flags: "1" };
  equal(await statusOf(visit(app, "POST /units/ku_0/verify", { cookie, form })), 303);
  deepEqual(await kindsOf(app, "ku_0"), ["verified"]);
  match(await text(PATH), /Disputed \(1\)/);
});

Deno.test("a form of the list leads back to the list, and nowhere else", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  await dispute(app, "first");
  const leadsTo = async (back: string): Promise<string | null> => {
    const response = await visit(app, "POST /units/ku_0/verify", { cookie, form: { back } });
    return response.headers.get("location");
  };
  equal(await leadsTo(`${PATH}?show=stale`), `${PATH}?show=stale`);
  for (const back of ["", "//evil.example", "https://evil.example"]) {
    equal(await leadsTo(back), "/units/ku_0");
  }
});

function markIn(page: string): string {
  return /name="mark" value="([0-9a-f]+)"/.exec(page)![1]!;
}

Deno.test("flags that came after a page was opened are not answered from it, and the page says so", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  await dispute(app, "first");
  const text = async (path: `/${string}`): Promise<string> =>
    await (await visit(app, `GET ${path}`, { cookie })).text();
  const edit = await text("/units/ku_0/edit");
  match(edit, /Flagged once.*not first/s);
  for (const page of [edit, await text("/units/ku_0"), await text(PATH)]) {
    match(page, /name="flags" value="1"/);
  }
  const flagged = await app.request("POST", "/api/v1/knowledge/ku_0/flags", {
    bearer: await app.apiKey("ada"),
    json: { reason: "stale" },
  });
  await answered(flagged, 201);
  const fields = { summary: "first", detail: "d", action: "a", domains: "stored" };
  const forms = {
    verify: { form: { flags: "1" }, said: /Verified\. 1 flag was not on the page/ },
    edit: { form: { ...fields, flags: "1", mark: markIn(edit) }, said: /Saved\. 1 flag was not on the page/ },
  };
  for (const [verb, { form, said }] of Object.entries(forms)) {
    const response = await visit(app, `POST /units/ku_0/${verb}`, { cookie, form });
    await response.body?.cancel();
    match(decodeURIComponent(response.headers.getSetCookie().join()), said);
    match(await text("/units/ku_0"), /Disputed:<\/strong> 1 flag that nobody answered/);
  }
  // What does not tell how many it showed answers none.
  equal(await statusOf(visit(app, "POST /units/ku_0/verify", { cookie, form: { flags: "all" } })), 303);
  match(await text(PATH), /Disputed \(1\)/);
  const form = { flags: "2" };
  const settled = await visit(app, "POST /units/ku_0/verify", { cookie, form });
  await settled.body?.cancel();
  match(decodeURIComponent(settled.headers.getSetCookie().join()), /in no doubt any longer/);
  match(await text(PATH), /Disputed \(0\)/);
});

Deno.test("an edit that is refused comes back as it was typed: for its texts, and for being late", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  await dispute(app, "first");
  const page = await (await visit(app, "GET /units/ku_0/edit", { cookie })).text();
  const mark = markIn(page);
  const fields = { detail: "d", action: "a", domains: "stored", languages: "", frameworks: "", pattern: "" };
  const save = async (form: Record<string, string>): Promise<[number, string]> => {
    const response = await visit(app, "POST /units/ku_0/edit", { cookie, form: { ...fields, ...form } });
    return [response.status, await response.text()];
  };
  const [status, refused] = await save({ mark, summary: "typed", domains: "" });
  equal(status, 422);
  match(refused, /typed/);
  equal(markIn(refused), mark);
  equal((await save({ mark, summary: "theirs" }))[0], 303);
  const [late, told] = await save({ mark, summary: "mine" });
  equal(late, 409);
  match(told, /Somebody else changed this unit meanwhile.*mine/s);
  const fresh = markIn(told);
  equal((await save({ mark: fresh, summary: "mine" }))[0], 303);
  deepEqual(await kindsOf(app, "ku_0"), ["verified", "edited", "verified", "edited"]);
  for (const [id, status] of [["ku_p", "pending"], ["ku_r", "rejected"]] as const) {
    await addRow(app.database, id, { status });
    const response = await visit(app, `GET /units/${id}/edit`, { cookie });
    deepEqual([response.status, response.headers.get("location")?.split("?")[0]], [
      303,
      status === "pending" ? "/review" : "/units/ku_r",
    ]);
  }
});

Deno.test({
  name: "by keyboard alone units in doubt are verified, corrected and retired",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    await dispute(test.app, "first", "second", "third");
    const page = await test.signedIn("ada");
    const listed = (): Promise<void> => page.locator("#ageing[data-ready]").waitFor();
    await page.goto("/units/ku_0");
    await page.getByRole("button", { name: "Still right…" }).click();
    await checkAccessibleInBothLooks(page);
    await page.goto(PATH);
    await checkAccessibleInBothLooks(page);
    await listed();
    await page.keyboard.press("j");
    equal(await page.locator("[data-current] h2").innerText(), "second");
    await page.keyboard.press("v");
    await page.getByText("Verified.").waitFor();
    deepEqual(await page.locator("#ageing h2").allInnerTexts(), ["first", "third"]);
    await listed();
    await page.keyboard.press("e");
    await page.getByLabel("Summary").fill("first, corrected");
    await checkAccessibleInBothLooks(page);
    await page.getByRole("button", { name: "Save and verify" }).click();
    await page.getByText("Saved.").waitFor();
    deepEqual(await page.locator("#ageing h2").allInnerTexts(), ["third"]);
    await listed();
    await page.keyboard.press("r");
    await checkAccessibleInBothLooks(page);
    await page.getByRole("button", { name: "Retire", exact: true }).click();
    await page.getByText("Nothing is disputed").waitFor();
    deepEqual(
      await Promise.all(["ku_1", "ku_0", "ku_2"].map((id) => kindsOf(test.app, id))),
      [["verified"], ["verified", "edited"], ["retired"]],
    );
  },
});

Deno.test({
  name: "with JavaScript off on a phone a unit is verified with a note, in the list and on its page",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    await dispute(test.app, "first", "second");
    const phone = { javaScriptEnabled: false, viewport: { width: 375, height: 700 } };
    const page = await test.signedIn("ada", phone);
    await page.goto(PATH);
    await page.getByLabel("Note on this unit").first().fill("tried it");
    await page.getByRole("button", { name: "Still right first" }).click();
    equal(new URL(page.url()).pathname, PATH);
    await page.getByRole("link", { name: "second", exact: true }).click();
    await page.getByRole("button", { name: "Still right…" }).click();
    await page.getByLabel("What you checked").fill("tried this too");
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByText("tried this too").waitFor();
    const notes = await test.app.database.all<{ detail: string }>(sql`
      SELECT detail FROM knowledge_events WHERE kind = 'verified' ORDER BY id`);
    deepEqual(notes.map(({ detail }) => JSON.parse(detail).note), ["tried it", "tried this too"]);
    const wide = await test.signedIn("ada", { viewport: { width: 375, height: 700 } });
    await addLongUnit(test.app);
    await wide.goto(PATH);
    ok(await wide.evaluate<boolean>("document.documentElement.scrollWidth <= innerWidth"));
    await checkAccessibleInBothLooks(wide);
  },
});

async function addLongUnit(app: TestApp): Promise<void> {
  await addRow(app.database, "ku_long", {
    data: {
      insight: { summary: "x".repeat(400), detail: "d", action: "a" },
      flags: [{ reason: "stale", timestamp: "2026-01-01T00:00:00Z" }],
    },
  });
}
