import { deepEqual, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { sql } from "../../src/database/sql.ts";
import { isoOffset } from "../../src/wire/time.ts";
import type { TestApp } from "../fixtures/app.ts";
import { browserTest, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { fillWithPayloads, type Victim } from "../fixtures/injection_store.ts";
import { sessionCookie, statusOf, visit } from "../fixtures/pages.ts";

const HOUR_US = 3_600_000_000;
const TURNING = /[\p{Bidi_Control}א-ת]/u;

/** Every second letter of `words` in the first line that has them: how far from the left each is drawn. */
function leftEdges(page: Page, words: string): Promise<number[]> {
  return page.evaluate<number[]>(`(() => {
    const words = ${JSON.stringify(words)};
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, start = node.data.indexOf(words);
      if (start === -1 || !node.parentElement.checkVisibility()) continue;
      const range = document.createRange();
      return [...words].keys().filter((index) => index % 2 === 0).map((index) => {
        range.setStart(node, start + index);
        range.setEnd(node, start + index + 1);
        return range.getBoundingClientRect().left;
      }).toArray();
    }
    return [];
  })()`);
}

/** Fails unless the words run from left to right. */
async function checkRunsOn(page: Page, words: string, told: string): Promise<void> {
  const edges = await leftEdges(page, words);
  ok(edges.length > 1, `${told} does not show “${words}”`);
  deepEqual(edges, edges.toSorted((left, right) => left - right), `${told}: “${words}”`);
}

/** What happens to a unit that waits: its proposer put it off and has it open. */
async function occupy({ database, clock }: TestApp, { pendingId, username }: Victim): Promise<void> {
  const until = isoOffset(clock.now() + HOUR_US);
  await database.transaction((transaction) =>
    transaction.batch([
      sql`INSERT INTO review_snoozes (unit_id, until, snoozed_by) VALUES (${pendingId}, ${until}, ${username})`,
      sql`INSERT INTO review_claims (unit_id, username, expires_at) VALUES (${pendingId}, ${username}, ${until})`,
    ])
  );
}

Deno.test({
  name:
    "names and texts that turn the direction of writing around turn nothing around that stands beside them",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const { app } = test;
    const victims = (await fillWithPayloads(app)).filter(({ text }) => TURNING.test(text));
    ok(victims.length >= 4);
    // Lines that do not break, so that what comes later is further right.
    const page = await test.signedIn("ada", { viewport: { width: 3_000, height: 900 } });
    for (const victim of victims) {
      const { pendingId, decidedId, text } = victim;
      const checkAll = async (path: string, lines: readonly string[]): Promise<void> => {
        await page.goto(path);
        for (const words of lines) await checkRunsOn(page, words, `${path} with ${JSON.stringify(text)}`);
      };
      await checkAll(`/review?unit=${decidedId}`, [" flagged it", " before.", " rejected this unit"]);
      await checkAll(`/units/${decidedId}`, [" flagged it", " before."]);
      await checkAll(`/review/bulk?verb=approve&unit=${decidedId}`, [" already: this one is left"]);
      await occupy(app, victim);
      await checkAll(`/review?snoozed=1&unit=${pendingId}`, [
        " snoozed this unit",
        " has this unit open too.",
      ]);
      await checkAll(`/units/${pendingId}`, [" snoozed this unit"]);
      const cookie = await sessionCookie(app, victim.username);
      await statusOf(visit(app, `POST /review/${pendingId}/reject`, { cookie, form: {} }));
      // The script has noticed by now, or the form tells: somebody else was faster.
      await page.goto("/review");
      await page.evaluate(`fetch("/review/${pendingId}/approve", {
        method: "POST", redirect: "manual", body: new URLSearchParams({ back: "/review", next: "" }) })`);
      await checkAll("/review", [" rejected this unit"]);
    }
  },
});
