import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createAuditLog } from "../../src/events/audit_log.ts";
import { eventInsertion } from "../../src/events/events.ts";
import { AUDIT_CHECK_MAX, AUDIT_LIST_PAGE, AUDIT_SCAN_MAX } from "../../src/limits.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { browserTest, checkAccessibleInBothLooks, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { sessionCookie, statusOf, visit } from "../fixtures/pages.ts";
import { tamper } from "../fixtures/tampering.ts";

const PATH = "/settings/audit";

async function addEvents(app: TestApp, count: number, username = "bob"): Promise<void> {
  const events = Array.from({ length: count }, (_, index) => ({
    unitId: `ku_${index}`,
    kind: "confirmed" as const,
    by: { username, apiKeyId: "k".repeat(32) },
    at: "2026-01-02T03:04:05+00:00",
  }));
  await app.database.transaction(async (transaction) => {
    for (let from = 0; from < count; from += 500) {
      await transaction.run(eventInsertion(...events.slice(from, from + 500)));
    }
  });
}

async function text(app: TestApp, cookie: string, search = ""): Promise<string> {
  const response = await visit(app, `GET ${PATH}${search}`, { cookie });
  equal(response.status, 200);
  return await response.text();
}

function seqs(page: string): number[] {
  return [...page.matchAll(/data-seq="(\d+)"/g)].map((found) => Number(found[1]));
}

function nextOf(page: string): string | undefined {
  return /rel="next" href="\/settings\/audit([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&");
}

async function headOf(app: TestApp): Promise<string> {
  const head = await createAuditLog(app.database).head();
  return `${head!.seq}:${head!.hash}`;
}

Deno.test("the log is listed newest first and to its end, each entry with who, by which key, what and when", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  await addEvents(app, AUDIT_LIST_PAGE + 10);
  const first = await text(app, cookie);
  const second = await text(app, cookie, nextOf(first)!);
  deepEqual(
    [...seqs(first), ...seqs(second)],
    Array.from({ length: AUDIT_LIST_PAGE + 10 }, (_, index) => AUDIT_LIST_PAGE + 10 - index),
  );
  equal(nextOf(second), undefined);
  match(first, /bob<\/a>.*confirmed.*\/units\/ku_59.*2026-01-02 03:04:05 UTC.*by key <code>k{32}</s);
});

Deno.test("entries are found by actor, kind and subject, in a number of looks that is told", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  await addEvents(app, 2, "eve");
  await addEvents(app, AUDIT_SCAN_MAX);
  const first = await text(app, cookie, "?actor=eve");
  deepEqual(seqs(first), []);
  match(first, /Nothing found so far/);
  deepEqual(seqs(await text(app, cookie, nextOf(first)!)), [2, 1]);
  deepEqual(seqs(await text(app, cookie, "?subject=ku_1999")), [AUDIT_SCAN_MAX + 2]);
  deepEqual(seqs(await text(app, cookie, "?kind=rejected")), []);
  equal(seqs(await text(app, cookie, "?kind=confirmed&actor=bob")).length, AUDIT_LIST_PAGE);
  equal(seqs(await text(app, cookie, "?kind=no_kind&before=x")).length, AUDIT_LIST_PAGE);
  match(await text(app, cookie, "?actor=%00"), /Nothing fits/);
});

Deno.test("details are told in words, those of decisions and of accounts alike", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const key = await app.apiKey("ada");
  const id = await app.unit({ key, approve: false });
  const form = { reason: "too_specific", note: "only <here>" };
  equal(await statusOf(visit(app, `POST /review/${id}/reject`, { cookie, form })), 303);
  const user = { username: "bob", role: "reader", password: "", again: "" };
  equal(await statusOf(visit(app, "POST /settings/users", { cookie, form: user })), 201);
  const page = (await text(app, cookie)).replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
  match(page, /ada added the user bob role: reader No\. 3/);
  match(page, /ada rejected ku_\w+ reason: Too specific note: only &lt;here&gt; No\. 2/);
});

Deno.test("a check tells of a changed entry, and against a noted head of a log that was cut off", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  await addEvents(app, 5);
  const check = async (known = ""): Promise<[number, string]> => {
    const response = await visit(app, `POST ${PATH}/check`, { cookie, form: { known } });
    return [response.status, await response.text()];
  };
  const head = await headOf(app);
  ok((await text(app, cookie)).includes(head));
  match((await check(head))[1], /All 5 entries are as they were written/);
  deepEqual((await check("5:xyz"))[0], 422);
  match((await check(`5:${"0".repeat(64)}`))[1], /entry 5 with the hash that was written down is not there/);
  tamper(app.databasePath, "UPDATE knowledge_events SET actor = 'eve' WHERE id = 2");
  const [status, told] = await check();
  equal(status, 200);
  match(told, /tampered with.*entry 2: event 2 of knowledge, or its link, was changed/s);
});

Deno.test("a log that is too long for a page is checked on the command line, and the page says so", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const link = `INSERT INTO audit_chain (seq, source, event_id, hash) VALUES (${
    AUDIT_CHECK_MAX + 1
  }, 'account', 1, 'x')`;
  tamper(app.databasePath, link);
  const response = await visit(app, `POST ${PATH}/check`, { cookie, form: { known: "" } });
  match(await response.text(), /more than 100000 entries .*cq audit verify/s);
  match(await text(app, cookie), /100001: event 1 of account is not there any more/);
});

Deno.test("the export is every entry as a line of JSON, oldest first; it is left off where nobody reads on", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  await addEvents(app, 2_345);
  const response = await visit(app, `GET ${PATH}/export`, { cookie });
  equal(response.headers.get("content-type"), "application/jsonl");
  match(response.headers.get("content-disposition")!, /attachment/);
  const lines = (await response.text()).trimEnd().split("\n").map((line) => JSON.parse(line));
  deepEqual(lines.map(({ seq }) => seq), Array.from({ length: 2_345 }, (_, index) => index + 1));
  deepEqual([lines[0].subject, lines[0].actor, lines[0].kind], ["ku_0", "bob", "confirmed"]);
  const left = await visit(app, `GET ${PATH}/export`, { cookie });
  const reader = left.body!.getReader();
  ok(!(await reader.read()).done);
  await reader.cancel();
});

Deno.test({
  name: "with JavaScript off the log is filtered and checked; the page is accessible and fits a phone",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    await addEvents(test.app, AUDIT_LIST_PAGE + 1);
    await addEvents(test.app, 1, "eve");
    const plain = await test.signedIn("ada", { javaScriptEnabled: false });
    await plain.goto(PATH);
    await plain.getByText("Check and export").click();
    equal(await plain.getByLabel("Head of the log").inputValue(), await headOf(test.app));
    await plain.getByRole("button", { name: "Check the log" }).click();
    await plain.getByText(`All ${AUDIT_LIST_PAGE + 2} entries are as they were written`).waitFor();
    await plain.getByLabel("Who").fill("eve");
    await plain.getByRole("button", { name: "Filter" }).click();
    equal(await plain.locator("#audit > li").count(), 1);
    const page = await test.signedIn("ada", { viewport: { width: 375, height: 700 } });
    await page.goto(PATH);
    await page.getByText("Check and export").click();
    await checkAccessibleInBothLooks(page);
    ok(await page.evaluate<boolean>("document.documentElement.scrollWidth <= innerWidth"));
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download" }).click();
    equal((await download).suggestedFilename(), "cq-audit.jsonl");
  },
});
