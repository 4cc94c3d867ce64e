import { deepEqual, equal } from "node:assert/strict";
import type { Database } from "../../src/database/database.ts";
import { type ListRequest, listUnits, type UnitList } from "../../src/review/lists.ts";
import { LIST_SCAN_MAX } from "../../src/limits.ts";
import { addRow, type Fields, storedUnit } from "../fixtures/rows.ts";
import { sql } from "../../src/database/sql.ts";
import { BY_BYTES, type Register, SHUFFLED } from "./scenario.ts";

const NOW = "2026-03-01T00:00:00+00:00";

function list(database: Database, request: Partial<ListRequest>): Promise<UnitList> {
  return listUnits(database, { request: { sort: "oldest", limit: 9, ...request }, now: NOW });
}

async function ids(database: Database, request: Partial<ListRequest>): Promise<string> {
  return (await list(database, request)).units.map(({ row }) => row.id).join();
}

/** Every page of a list, each as its ids. */
async function pages(database: Database, request: Partial<ListRequest>): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await list(database, { ...request, after });
    found.push(page.units.map(({ row }) => row.id).join());
    after = page.next;
  } while (after !== undefined);
  return found;
}

/** Many pending units at once, older than any other. */
async function addMany(database: Database, count: number, fields: Fields = {}): Promise<void> {
  const numbers = Array.from({ length: count }, (_, index) => String(index).padStart(5, "0"));
  await database.transaction(async (transaction) => {
    for (const number of numbers) {
      const data = JSON.stringify(storedUnit(`many_${number}`, fields));
      await transaction.run(sql`
        INSERT INTO knowledge_units (id, data, status, created_at)
        VALUES (${`many_${number}`}, ${data}, 'pending', '2025-01-01T00:00:00+00:00')`);
    }
  });
}

/** Lists with filters, order and pages. */
export function listPageTests(test: Register): void {
  test("a list is walked page by page in both directions; units without a time are the oldest", async (database) => {
    for (const id of SHUFFLED) await addRow(database, id, { status: "pending" });
    await addRow(database, "0 newer", { status: "pending", created_at: "2026-02-01" });
    for (const id of ["y", "x"]) await addRow(database, id, { status: "pending", created_at: null });
    await addRow(database, "approved");
    const all = ["x", "y", ...BY_BYTES, "0 newer"];
    for (const limit of [1, 2, 5, 13, 99]) {
      const walked = await pages(database, { status: "pending", limit });
      deepEqual(walked.join().split(","), all);
      equal(walked.length, Math.ceil(all.length / limit));
      const back = await pages(database, { status: "pending", limit, sort: "newest" });
      deepEqual(back.join().split(","), all.toReversed());
    }
    equal((await ids(database, { limit: 99 })).split(",").length, all.length + 1);
    equal(await ids(database, { status: "pending", limit: 1, after: "no place" }), "x");
  });

  test("filters narrow a list: status, domain, proposer, flags, and all together", async (database) => {
    const flags = [{ reason: "stale", timestamp: "2026-01-01T00:00:00Z" }];
    await addRow(database, "1", { data: { created_by: "ada" }, domains: ["a", "b"], status: "pending" });
    await addRow(database, "2", { data: { created_by: "ada", flags }, domains: ["b"] });
    await addRow(database, "3", { data: { created_by: "bob", flags }, domains: ["b"], status: "rejected" });
    await addRow(database, "4", { data: "no JSON", domains: ["b"] });
    equal(await ids(database, {}), "1,2,3");
    equal(await ids(database, { status: "approved" }), "2");
    equal(await ids(database, { domain: " B " }), "1,2,3");
    equal(await ids(database, { domain: "a" }), "1");
    equal(await ids(database, { domain: "nothing" }), "");
    equal(await ids(database, { proposer: "ada" }), "1,2");
    equal(await ids(database, { proposer: "Ada" }), "");
    equal(await ids(database, { proposer: "ada", status: "pending" }), "1");
    equal(await ids(database, { isFlagged: true }), "2,3");
    equal(await ids(database, { isFlagged: true, status: "rejected", domain: "b", proposer: "bob" }), "3");
    deepEqual(await pages(database, { isFlagged: true, limit: 1, sort: "newest" }), ["3", "2"]);
  });

  test("a text is looked for in the words of a unit, whatever their case", async (database) => {
    const insight = (summary: string, detail = "d", action = "a"): Fields => ({
      insight: { summary, detail, action },
    });
    await addRow(database, "1", { data: insight("Straße nach ÖSTERREICH") });
    await addRow(database, "2", { data: insight("s", 'say "hi"\nthere') });
    await addRow(database, "3", { data: insight("s", "d", "100% sure") });
    await addRow(database, "4", { data: { domains: ["Kubernetes"] } });
    for (
      const [text, found] of [
        ["österreich", "1"],
        ['"HI"\nthere', "2"],
        ["0% s", "3"],
        ["kuber", "4"],
        ["%", "3"],
        ["_", ""],
        [" ", "1,2,3,4"],
      ]
    ) {
      equal(await ids(database, { text }), found, `${text}`);
    }
    deepEqual(await pages(database, { text: "s", limit: 2 }), ["1,2", "3,4"]);
  });

  test("by domain, units come in the order of their first domain, then of their age", async (database) => {
    await addRow(database, "1", { status: "pending", domains: ["c", "b"] });
    await addRow(database, "2", { status: "pending", domains: ["b"] });
    await addRow(database, "3", { status: "pending", domains: ["a", "z"], created_at: "2026-02-01" });
    await addRow(database, "4", { status: "pending", domains: [] });
    deepEqual(await pages(database, { status: "pending", sort: "domain", limit: 3 }), ["4,3,1", "2"]);
  });

  test("a request looks at so many units and no more: the list says so and goes on from there", async (database) => {
    await addMany(database, LIST_SCAN_MAX);
    await addRow(database, "rare", { status: "pending", domains: ["rare"], data: { created_by: "rare" } });
    await addRow(database, "word", {
      status: "pending",
      data: { insight: { summary: "needle", detail: "", action: "" } },
    });
    // These are found at once, by an index of their own.
    equal(await ids(database, { status: "pending", domain: "rare" }), "rare");
    equal(await ids(database, { status: "pending", proposer: "rare" }), "rare");
    const first = await list(database, { status: "pending", text: "needle" });
    deepEqual([first.units.length, first.isCutShort], [0, true]);
    const second = await list(database, { status: "pending", text: "needle", after: first.next });
    deepEqual([second.units.map(({ row }) => row.id), second.isCutShort, second.next], [
      ["word"],
      false,
      undefined,
    ]);
  });
}
