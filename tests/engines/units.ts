import { deepEqual, equal } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import * as units from "../../src/knowledge/store.ts";
import { addUnit, BY_BYTES, ids, type Register, run, SHUFFLED, TIME } from "./scenario.ts";

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
    deepEqual((await units.unitDomains(database, "u")).sort(), ["a", "b"]);
  });

  test("of several units those that are new are stored and told, each once", async (database) => {
    await addUnit(database, { id: "b", data: "old" });
    const row = {
      status: "pending",
      reviewed_by: null,
      reviewed_at: null,
      created_at: TIME,
      tier: "private",
    };
    const several = ["a", "b", "c", "a"].map((id, index) => ({
      ...row,
      id,
      data: String(index),
      domains: [`d${index}`],
    }));
    const insert = (): Promise<units.NewUnit[]> =>
      database.transaction((transaction) => units.insertUnits(transaction, several));
    deepEqual((await insert()).map(({ id, data }) => `${id}${data}`), ["a0", "c2"]);
    deepEqual(await insert(), []);
    const stored = await units.pageOfUnits(database, "", 9);
    deepEqual(stored.map(({ id, data }) => `${id}${data}`), ["a0", "bold", "c2"]);
    deepEqual([await units.unitDomains(database, "a"), await units.unitDomains(database, "b")], [["d0"], [
      "d",
    ]]);
  });

  test("a unit is found by its exact id; to be changed, only while it is approved", async (database) => {
    await addUnit(database, { id: "ku_a", status: "pending" });
    await addUnit(database, { id: "ku_b", status: "approved" });
    equal((await units.findUnit(database, "ku_a"))?.id, "ku_a");
    const hold = (id: string): Promise<units.UnitRow | undefined> =>
      database.transaction((transaction) => units.holdApprovedUnit(transaction, id));
    equal(await hold("ku_a"), undefined);
    equal((await hold("ku_b"))?.id, "ku_b");
    for (const id of ["KU_A", "KU_B", "ku_%"]) {
      equal(await units.findUnit(database, id), undefined);
      equal(await hold(id), undefined);
    }
  });

  test("a replacement replaces data, tier and domains, of that unit alone", async (database) => {
    await addUnit(database, { id: "u", domains: ["a", "b"] });
    await addUnit(database, { id: "v", data: "old", domains: ["a"] });
    const replace = (domains: string[], data: string): Promise<number[]> =>
      database.transaction(async (transaction) => {
        const stored = await units.unitDomains(transaction, "u");
        const unit = { id: "u", data, tier: "public", domains };
        return await transaction.batch(units.unitReplacement(unit, stored));
      });
    const domainsOf = async (id: string): Promise<string[]> => (await units.unitDomains(database, id)).sort();
    for (const domains of [["b", "c"], ["c", "b"], ["b"], [], ["a", "d"]]) {
      await replace(domains, `now ${domains}`);
      deepEqual(await domainsOf("u"), [...domains].sort());
      const row = await units.findUnit(database, "u");
      deepEqual([row?.data, row?.tier, row?.status], [`now ${domains}`, "public", "approved"]);
    }
    deepEqual([(await units.findUnit(database, "v"))?.data, await domainsOf("v")], ["old", ["a"]]);
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
    for (const id of SHUFFLED) await addUnit(database, { id });
    const half = BY_BYTES.length / 2;
    const [first, second] = [BY_BYTES.slice(0, half), BY_BYTES.slice(half)];
    deepEqual(ids(await units.pageOfUnits(database, "", half)), first);
    deepEqual(ids(await units.pageOfUnits(database, first.at(-1)!, half)), second);
    deepEqual(await units.pageOfUnits(database, second.at(-1)!, half), []);
  });

  test("a unit may have more domains than a statement takes", async (database) => {
    const domains = Array.from({ length: 40_000 }, (_, index) => `d${index}`);
    equal(await addUnit(database, { id: "u", domains }), true);
    equal((await units.unitDomains(database, "u")).length, domains.length);
  });

  test("units are counted whatever their status", async (database) => {
    equal(await units.countUnits(database), 0);
    for (const status of ["pending", "approved", "archived"]) await addUnit(database, { id: status, status });
    equal(await units.countUnits(database), 3);
  });

  test("that there are more candidates than a number is told for any number", async (database) => {
    for (const id of ["1", "2", "3"]) await addUnit(database, { id, domains: ["a", `${id} only`] });
    const isMore = (domains: string[], most: number): Promise<boolean> =>
      units.hasMoreCandidates(database, domains, most);
    deepEqual([await isMore(["a"], 2), await isMore(["a"], 3), await isMore(["A"], 0)], [true, false, false]);
    deepEqual([await isMore(["a", "1 only"], 3), await isMore(["a", "1 only"], 4)], [true, false]);
  });

  test("removing a unit removes its domains", async (database) => {
    await addUnit(database, { id: "u", domains: ["a"] });
    await run(database, sql`DELETE FROM knowledge_units WHERE id = 'u'`);
    deepEqual(await database.all(sql`SELECT domain FROM knowledge_unit_domains`), []);
  });
}
