import { ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { testDatabase } from "../fixtures/database.ts";
import { checkedChanges } from "./derived.ts";
import { addUnit } from "./scenario.ts";

const SETTINGS = ["foreign_keys = ON", "foreign_keys = OFF", "recursive_triggers = ON"];

/** Statements with a conflict clause, which also rules the statements of the triggers, and the units they change. */
const WRITES: readonly (readonly [statement: string, changed: readonly string[]])[] = [
  ["INSERT OR REPLACE INTO knowledge_units (id, data, status) VALUES ('a', '{}', 'approved')", ["a"]],
  ["REPLACE INTO knowledge_units (id, data, status) VALUES ('a', '{}', 'pending'), ('b', '{}', 'approved')", [
    "a",
    "b",
  ]],
  ["INSERT OR IGNORE INTO knowledge_units (id, data) VALUES ('a', '{}'), ('new', '{}')", ["new"]],
  ["UPDATE OR REPLACE knowledge_units SET id = 'b' WHERE id = 'c'", ["b", "c"]],
  ["UPDATE OR IGNORE knowledge_units SET id = 'b' WHERE id = 'c'", []],
  ["UPDATE OR FAIL knowledge_units SET tier = 'public' WHERE id IN ('a', 'c')", ["a", "c"]],
  ["REPLACE INTO knowledge_unit_domains VALUES ('a', 'd1'), ('a', 'd9')", ["a"]],
  ["UPDATE OR REPLACE knowledge_unit_domains SET domain = 'd1' WHERE unit_id = 'a'", ["a"]],
  ["UPDATE OR REPLACE knowledge_unit_domains SET unit_id = 'b' WHERE unit_id = 'a'", ["a", "b"]],
  ["DELETE FROM knowledge_units WHERE id = 'b'", ["b"]],
];

for (const setting of SETTINGS) {
  Deno.test(`sqlite: writes with conflict clauses by a program with ${setting} are noted like all others`, async () => {
    for (const [statement, changed] of WRITES) {
      await using test = await testDatabase({ migrated: true });
      await addUnit(test.database, { id: "a", domains: ["d1", "d2"] });
      await addUnit(test.database, { id: "b", domains: ["d1"] });
      await addUnit(test.database, { id: "c", domains: [] });
      const before = await checkedChanges(test.database);
      const highest = Math.max(...[...before.values()].map(({ seq }) => seq));
      using program = new DatabaseSync(test.path);
      program.exec(`PRAGMA ${setting}`);
      program.exec(statement);
      const after = await checkedChanges(test.database);
      for (const id of changed) ok(after.get(id)!.seq > highest, `${statement}: ${id}`);
    }
  });
}
