import { deepEqual, ok } from "node:assert/strict";
import type { CDPSession, Page } from "playwright-core";
import { units, usernameOf } from "../../bench/content.ts";
import { sql } from "../../src/database/sql.ts";
import { ACTIVE_KEYS_MAX, SIMILAR_UNITS_MAX } from "../../src/limits.ts";
import { NAVIGATION } from "../../src/ui/nav.ts";
import type { TestApp } from "../fixtures/app.ts";
import { browserTest, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { sessionCookie } from "../fixtures/pages.ts";
import { addRow } from "../fixtures/rows.ts";
import { filesIn, ROOT } from "../fixtures/source_tree.ts";

const UNITS = 400, USERS = 60;
const KB = 1000;
/** Bytes over the network, headers and all: of everything, of scripts, and of what a browser that was here before still needs. */
const FIRST_MAX = 60 * KB, SCRIPTS_MAX = 20 * KB, NEXT_MAX = 10 * KB;

/** Bytes of a picture: everybody who clones the repository gets all of them, in every version. */
const PICTURE_MAX = 150 * KB;

interface Transfer {
  readonly total: number;
  readonly scripts: number;
  /** Of the total, what was fetched for the unit after this one. */
  readonly ahead: number;
}

/** Units as a team has them, and as many keys as a user may have. */
async function fill(app: TestApp): Promise<string> {
  for (const { unit, status } of units({ seed: 1, units: UNITS })) {
    const isPending = status === "pending";
    const created_at = unit.evidence.first_observed.replace("Z", "+00:00");
    await addRow(app.database, unit.id, {
      data: { ...unit },
      status,
      created_at,
      domains: unit.domains,
      reviewed_by: isPending ? null : usernameOf(0),
      reviewed_at: isPending ? null : created_at,
    });
  }
  await addCopies(app);
  for (let count = 0; count < USERS; count++) await app.signIn(usernameOf(count));
  const bearer = await app.signIn("ada");
  for (let count = 0; count < ACTIVE_KEYS_MAX; count++) {
    const json = { name: `build server ${count}`, ttl: "90d", labels: ["ci", `runner-${count}`] };
    await (await app.request("POST", "/api/v1/users/me/api-keys", { bearer, json })).body?.cancel();
  }
  return units({ seed: 1, units: 1 }).next().value!.unit.id;
}

/** Rejected units that say the same as the two with which a review begins: as many as a page names. */
async function addCopies(app: TestApp): Promise<void> {
  const begun = await app.database.all<{ data: string }>(sql`
    SELECT data FROM knowledge_units WHERE status = 'pending' ORDER BY created_at LIMIT 2`);
  for (const [index, { data }] of begun.entries()) {
    for (let copy = 0; copy < SIMILAR_UNITS_MAX; copy++) {
      const id = `ku_copy_${index}_${copy}`;
      const fields = { ...JSON.parse(data), id };
      await addRow(app.database, id, { data: fields, status: "rejected", domains: fields.domains });
    }
  }
}

/** Opens a path and waits until nothing more is fetched. */
async function transferOf(page: Page, path: string): Promise<Transfer> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const types = new Map<string, string>();
  const sizes = new Map<string, number>();
  const ahead = new Set<string>();
  session.on("Network.requestWillBeSent", ({ requestId, request: { headers } }) => {
    if (Object.entries(headers).some(([name, value]) => /purpose$/i.test(name) && value === "prefetch")) {
      ahead.add(requestId);
    }
  });
  session.on("Network.responseReceived", ({ requestId, type }) => types.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    sizes.set(requestId, encodedDataLength);
  });
  await session.send("Network.enable");
  const response = await page.goto(path, { waitUntil: "networkidle" });
  await session.detach();
  ok((response?.status() ?? 0) === 200, `${path} answers ${response?.status()}`);
  const sum = (isCounted: (id: string) => boolean): number =>
    [...sizes].filter(([id]) => isCounted(id)).reduce((total, [, size]) => total + size, 0);
  return {
    total: sum(() => true),
    scripts: sum((id) => types.get(id) === "Script"),
    ahead: sum((id) => ahead.has(id)),
  };
}

Deno.test("every picture in the documentation is small", async () => {
  const pictures = await filesIn("docs", ".png");
  ok(pictures.length > 0);
  for (const path of pictures) ok((await Deno.stat(`${ROOT}/${path}`)).size <= PICTURE_MAX, path);
});

Deno.test({
  name: "every page takes at most 60 kB with everything, 20 kB of it scripts, and 10 kB the next time",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const unitId = await fill(test.app);
    const [name, value] = (await sessionCookie(test.app, "ada")).split("=") as [string, string];
    const paths = [
      ...NAVIGATION.map(({ path }) => path),
      `/units/${unitId}`,
      "/dashboard/domains",
      "/review/decisions",
      "/review/ageing",
      "/review/ageing?show=stale",
      "/settings/users/1",
      "/login",
    ];
    const tooLarge: string[] = [];
    for (const path of paths) {
      // A browser of its own for each page: nothing of the others is in its cache.
      const page = await test.open();
      const cookie = { name, value, domain: "127.0.0.1", path: "/", secure: true, httpOnly: true };
      if (path !== "/login") await page.context().addCookies([cookie]);
      const first = await transferOf(page, path);
      const next = await transferOf(page, path);
      const told = `${path}: ${first.total} bytes, scripts ${first.scripts}, next time ${next.total}, ` +
        `of which ${next.ahead} for the unit after it`;
      if (Deno.env.has("CQ_TEST_SHOW_SIZES")) Deno.stderr.writeSync(new TextEncoder().encode(`${told}\n`));
      ok(first.total > next.total && next.total > 500, `${told}: this was not measured`);
      if (first.total > FIRST_MAX || first.scripts > SCRIPTS_MAX || next.total > NEXT_MAX) {
        tooLarge.push(told);
      }
    }
    deepEqual(tooLarge, []);
  },
});
