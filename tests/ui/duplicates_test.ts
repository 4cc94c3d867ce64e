import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import type { Page } from "playwright-core";
import { findUnit } from "../../src/knowledge/store.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { browserTest, checkAccessibleInBothLooks, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { cookieIn, sessionCookie, statusOf, visit } from "../fixtures/pages.ts";
import { WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { postgresApp } from "../fixtures/postgres_app.ts";
import { happenedTo, openSummary, press, storedStates } from "../fixtures/review_page.ts";

const DETAIL = "Without a time limit a lost connection is noticed only after many minutes, and the job hangs";

/** Units that say about the same: one approved, one rejected that differs more, two pending; and a pending one of its own. */
interface Store {
  readonly approved: string;
  readonly rejected: string;
  readonly first: string;
  readonly second: string;
  readonly other: string;
}

async function storeIn(app: TestApp): Promise<Store> {
  const bearer = await app.signIn("bob");
  const key = await app.apiKey("bob");
  const unit = (summary: string, detail: string, approve = false): Promise<string> =>
    app.unit({ key, approve, domains: ["ci"], insight: { summary, detail, action: "Set a time limit" } });
  const rejected = await unit("Jobs hang for long", `${DETAIL} for an hour or for even longer than that`);
  await statusOf(app.request("POST", `/api/v1/review/${rejected}/reject`, { bearer }));
  return {
    rejected,
    approved: await unit("Set a time limit", DETAIL, true),
    first: await unit("Give it a time limit", DETAIL),
    second: await unit("Give each a time limit", DETAIL),
    other: await unit("Read the log", "It names the step that failed"),
  };
}

/** What a page names as said already: summaries, status and likeness. */
async function named(page: Page): Promise<string[]> {
  const lines = await page.locator(".duplicates li").all();
  return await Promise.all(lines.map(async (line) => {
    const [name, badge, alike] = [line.locator("a"), line.locator(".badge"), line.locator("p > span").last()];
    return `${await name.innerText()}, ${await badge.innerText()}, ${await alike.innerText()}`;
  }));
}

Deno.test({
  name:
    "d rejects the open unit as a duplicate of the first unit that says about the same, and u takes it back",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const { approved, rejected, first, second, other } = await storeIn(test.app);
    const page = await test.signedIn("ada");
    equal(await openSummary(page), "Give it a time limit");
    await checkAccessibleInBothLooks(page);
    deepEqual(await named(page), [
      "Set a time limit, approved, 90% alike",
      "Give each a time limit, pending, 83% alike",
      "Jobs hang for long, rejected, 43% alike",
    ]);
    equal(await page.locator(".duplicates kbd").count(), 1);
    await press(page, "d", "d");
    equal(await openSummary(page), "Read the log");
    await page.getByText("Rejected as a duplicate.").waitFor();
    equal(await page.locator(".duplicates").count(), 0);
    await press(page, "d");
    deepEqual(await storedStates(test.app, [first, second, other]), [
      "rejected ada",
      "rejected ada",
      "pending -",
    ]);
    for (const id of [first, second]) {
      const [event] = await happenedTo(test.app, id);
      deepEqual(event?.detail, { reason: "duplicate", duplicate_of: approved });
    }
    await press(page, "u");
    equal(await openSummary(page), "Give each a time limit");
    deepEqual(await storedStates(test.app, [first, second]), ["rejected ada", "pending -"]);
    await press(page, "e");
    equal(await page.locator(".duplicates").count(), 0);

    await page.goto(`/units/${first}`);
    const event = page.locator(".timeline-item").first();
    match(await event.innerText(), /ada rejected it[^]*Reason: Duplicate/);
    equal(await event.locator(`a[href="/units/${approved}"]`).count(), 1);
    equal(await page.locator(".duplicates").count(), 0, "what is decided is asked no more");
    await page.goto(`/review?unit=${rejected}`);
    equal(await page.locator(".duplicates").count(), 0);
  },
});

Deno.test({
  name: "with JavaScript off, each unit that says about the same has a button, on the page of the unit too",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const { app } = test;
    const { rejected, approved, first, second } = await storeIn(app);
    const page = await test.signedIn("ada", { javaScriptEnabled: false });
    await page.getByRole("button", { name: "Duplicate of this Jobs hang for long" }).click();
    equal(await openSummary(page), "Give each a time limit");
    deepEqual((await happenedTo(app, first))[0]?.detail, { reason: "duplicate", duplicate_of: rejected });
    await page.getByRole("button", { name: "Undo" }).click();
    equal(await openSummary(page), "Give it a time limit");
    deepEqual(await storedStates(app, [first]), ["pending -"]);

    await page.goto(`/units/${second}`);
    deepEqual((await named(page)).map((text) => text.split(", ")[1]), ["approved", "pending", "rejected"]);
    await checkAccessibleInBothLooks(
      await test.signedIn("bob").then(async (other) => {
        await other.goto(`/units/${second}`);
        return other;
      }),
    );
    equal(await page.locator(".duplicates kbd").count(), 0, "a page without keys names none");
    await page.getByRole("button", { name: "Duplicate of this Set a time limit" }).click();
    await page.waitForURL(`**/units/${second}`);
    match(await page.getByRole("status").last().innerText(), /Rejected as a duplicate/);
    deepEqual((await happenedTo(app, second))[0]?.detail, { reason: "duplicate", duplicate_of: approved });
    await page.getByRole("button", { name: "Undo" }).click();
    deepEqual(await storedStates(app, [second]), ["pending -"]);
  },
});

/** The message that waits for the next page. */
function messageIn(response: Response): string {
  return decodeURIComponent(cookieIn(response, "__Host-cq_flash") ?? "");
}

Deno.test("a unit is no duplicate of itself, of one that is not there or of nothing; what is decided stays so", async () => {
  await using app = await testApp();
  const { first, approved, other } = await storeIn(app);
  const cookie = await sessionCookie(app, "ada");
  const reject = async (id: string, of: string): Promise<string> => {
    const response = await visit(app, `POST /review/${id}/duplicate`, { cookie, form: { of, next: other } });
    await response.body?.cancel();
    equal(response.status, 303);
    return `${messageIn(response)} ${response.headers.get("location")}`;
  };
  match(await reject(first, first), new RegExp(`duplicate of itself.*unit=${first}$`));
  for (const missing of ["", "ku_nobody", "ku_\0"]) {
    match(await reject(first, missing), new RegExp(`There is no such unit.*unit=${first}$`), missing);
  }
  deepEqual([await happenedTo(app, first), await storedStates(app, [first])], [[], ["pending -"]]);
  match(await reject(approved, first), new RegExp(`bob approved this unit.*unit=${other}$`));
  equal((await findUnit(app.database, approved))?.status, "approved");
  equal(
    await statusOf(visit(app, "POST /review/ku_nobody/duplicate", { cookie, form: { of: approved } })),
    404,
  );
});

Deno.test("a page names no unit as said already where the index of texts is out of order, and does all the rest", async () => {
  await using app = await testApp();
  const { first } = await storeIn(app);
  const cookie = await sessionCookie(app, "ada");
  const paths = [`/review?unit=${first}`, `/units/${first}`] as const;
  const pages = (): Promise<string[]> =>
    Promise.all(paths.map(async (path) => {
      const response = await visit(app, `GET ${path}`, { cookie });
      equal(response.status, 200, path);
      return await response.text();
    }));
  for (const page of await pages()) match(page, /Says about the same as/);
  await app.database.transaction((transaction) =>
    transaction.script("ALTER TABLE knowledge_text RENAME TO knowledge_text_lost")
  );
  for (const page of await pages()) {
    match(page, /Give it a time limit/);
    doesNotMatch(page, /Says about the same as/);
  }
  const form = { reason: "wrong" };
  equal(await statusOf(visit(app, `POST /review/${first}/reject`, { cookie, form })), 303);
});

Deno.test({
  name: "on Postgres too a unit is rejected as a duplicate of one that says about the same",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using app = await postgresApp();
    const { first, approved } = await storeIn(app);
    const cookie = await sessionCookie(app, "ada");
    const page = await (await visit(app, `GET /review?unit=${first}`, { cookie })).text();
    const offered = [...page.matchAll(/name="of" value="([^"]+)"/g)].map(([, id]) => id);
    deepEqual([offered.length, offered[0]], [3, approved]);
    const form = { of: approved, next: "" };
    for (const missing of ["ku_nobody", "ku_\0"]) {
      await statusOf(visit(app, `POST /review/${first}/duplicate`, { cookie, form: { of: missing } }));
    }
    equal(await statusOf(visit(app, `POST /review/${first}/duplicate`, { cookie, form })), 303);
    deepEqual((await happenedTo(app, first)).map(({ kind, detail }) => [kind, detail]), [
      ["rejected", { reason: "duplicate", duplicate_of: approved }],
    ]);
  },
});
