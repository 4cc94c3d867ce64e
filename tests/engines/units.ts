import { deepEqual, equal } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import * as units from "../../src/knowledge/store.ts";
import { addUnit, confidence, ids, type Register, run, TIME } from "./scenario.ts";

/** The store of units. */
export function unitTests(test: Register): void {
  test("a unit is stored once; one with a known id is left as it is", async (database) => {
    equal(await addUnit(database, { id: "u", data: "1", domains: ["a", "b"] }), true);
    equal(await addUnit(database, { id: "u", data: "2", domains: ["c"] }), false);
    deepEqual({ ...await units.findUnit(database, "u") }, {
      id: "u",
      data: "1",
      status: "approved",
      reviewed_by: null,
      reviewed_at: null,
      created_at: TIME,
      tier: "private",
    });
    deepEqual(await units.countDomains(database), { a: 1, b: 1 });
  });

  test("a unit is found by its exact id, and by its status where one is asked for", async (database) => {
    await addUnit(database, { id: "ku_a", status: "pending" });
    equal((await units.findUnit(database, "ku_a", "pending"))?.id, "ku_a");
    equal(await units.findUnit(database, "ku_a", "approved"), undefined);
    equal(await units.findUnit(database, "KU_A"), undefined);
    equal(await units.findUnit(database, "ku_%"), undefined);
  });

  test("an update replaces data, tier and domains", async (database) => {
    await addUnit(database, { id: "u", domains: ["a", "b"] });
    const change = { id: "u", data: "new", tier: "public", domains: ["b", "c"] };
    await database.transaction((transaction) => units.updateUnit(transaction, change));
    deepEqual(await units.countDomains(database), { b: 1, c: 1 });
    const row = await units.findUnit(database, "u");
    deepEqual([row?.data, row?.tier, row?.status], ["new", "public", "approved"]);
  });

  test("candidates are approved units with one of the domains, each once", async (database) => {
    await addUnit(database, { id: "both", domains: ["a", "b"] });
    await addUnit(database, { id: "one", domains: ["b"] });
    await addUnit(database, { id: "other", domains: ["c"] });
    await addUnit(database, { id: "pending", domains: ["a"], status: "pending" });
    deepEqual(ids(await units.findCandidates(database, ["a", "b", "'"])).sort(), ["both", "one"]);
    deepEqual(await units.findCandidates(database, ["A"]), []);
  });

  test("pages walk through all units in the order of their ids", async (database) => {
    for (const id of ["c", "a", "b"]) await addUnit(database, { id });
    deepEqual(ids(await units.pageOfUnits(database, "", 2)), ["a", "b"]);
    deepEqual(ids(await units.pageOfUnits(database, "b", 2)), ["c"]);
    deepEqual(await units.pageOfUnits(database, "c", 2), []);
  });

  test("removing a unit removes its domains", async (database) => {
    await addUnit(database, { id: "u", domains: ["a"] });
    await run(database, sql`DELETE FROM knowledge_units WHERE id = 'u'`);
    deepEqual(await database.all(sql`SELECT domain FROM knowledge_unit_domains`), []);
  });
}

/** What is counted over all units. */
export function statisticsTests(test: Register): void {
  test("units are counted whatever their status, tiers and domains of approved ones only", async (database) => {
    await addUnit(database, { id: "1", tier: "private", domains: ["z", "m"] });
    await addUnit(database, { id: "2", tier: "public", domains: ["m", "a"] });
    await addUnit(database, { id: "3", tier: "team", domains: ["p"], status: "pending" });
    equal(await units.countUnits(database), 3);
    deepEqual(await units.countTiers(database), { private: 1, public: 1 });
    deepEqual(Object.entries(await units.countDomains(database)), [["m", 2], ["a", 1], ["z", 1]]);
  });

  test("a confidence falls into the bucket it begins; the last one has both ends", async (database) => {
    const values = [0, 0.29, 0.3, 0.5, 0.69, 0.7, 1];
    for (const [id, value] of values.entries()) {
      await addUnit(database, { id: String(id), data: confidence(value) });
    }
    deepEqual(await units.countConfidence(database, [0.3, 0.5, 0.7]), [2, 1, 2, 2]);
  });

  test("a confidence that is absent counts as 0.5; one that is no number, or in no JSON, nowhere", async (database) => {
    const rows = [
      "{}",
      '{"evidence":{}}',
      confidence(null),
      confidence("0.9"),
      confidence(true),
      "no JSON",
      "[]",
    ];
    for (const [id, data] of rows.entries()) await addUnit(database, { id: String(id), data });
    deepEqual(await units.countConfidence(database, [0.5]), [0, 4]);
  });
}
