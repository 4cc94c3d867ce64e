import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import type { Database } from "../../src/database/database.ts";
import { sql } from "../../src/database/sql.ts";
import { newestChange } from "../../src/projection/changes.ts";
import { type ChangeRow, checkedChanges, foreign } from "./derived.ts";
import { addUnit, type Register, run, TIME } from "./scenario.ts";

/** A unit's JSON. */
function json(domains: string, confidence: number): string {
  return `{"domains":[${domains}],"context":{"languages":["go"]},"evidence":{"confidence":${confidence}}}`;
}

function manyRows(id: string): string {
  const rows = Array.from({ length: 100 }, (_, index) => `('${id}', 'many ${index}')`);
  return `INSERT INTO knowledge_unit_domains VALUES ${rows.join()}`;
}

/** Two approved units, a pending one, one that cannot be read and has no domain rows, and one with very many. */
const SETTING = [
  "DELETE FROM knowledge_units",
  `INSERT INTO knowledge_units (id, data, status, created_at) VALUES
    ('a', '${json('"d1","d2"', 0.9)}', 'approved', '${TIME}'), ('b', '${
    json('"d1"', 0.4)
  }', 'approved', NULL),
    ('p', '${
    json('"d3"', 0.5)
  }', 'pending', '${TIME}'), ('n', 'no JSON', 'approved', ''), ('v', '{}', 'approved', '')`,
  manyRows("v"),
  "INSERT INTO knowledge_unit_domains VALUES ('a', 'd1'), ('a', 'd2'), ('b', 'd1'), ('p', 'd3')",
];

const NEW = "INSERT INTO knowledge_units (id, data, status) VALUES ('new', '{}', 'approved')";

/** Writes of one transaction, and the units they change. */
const WRITES: readonly (readonly [name: string, changed: string, ...statements: string[]])[] = [
  ["a unit is inserted", "new", NEW],
  [
    "a pending unit is inserted",
    "new",
    "INSERT INTO knowledge_units (id, data) VALUES ('new', '{}')",
  ],
  [
    "a unit and its domain rows are inserted",
    "new",
    NEW,
    "INSERT INTO knowledge_unit_domains VALUES ('new', 'd1')",
  ],
  [
    "several units are inserted by a query",
    "xa xb",
    `INSERT INTO knowledge_units (id, data, status)
      SELECT 'x' || id, data, status FROM knowledge_units WHERE id IN ('a', 'b')`,
  ],
  ["a unit is approved", "p", "UPDATE knowledge_units SET status = 'approved' WHERE id = 'p'"],
  ["a unit gets an unknown status", "a", "UPDATE knowledge_units SET status = 'archived' WHERE id = 'a'"],
  [
    "what a unit says changes",
    "a",
    `UPDATE knowledge_units SET data = '${json('"d9"', 0.1)}' WHERE id = 'a'`,
  ],
  ["a unit becomes readable", "n", `UPDATE knowledge_units SET data = '${json("", 1)}' WHERE id = 'n'`],
  ["a unit becomes unreadable", "a", "UPDATE knowledge_units SET data = 'no JSON' WHERE id = 'a'"],
  ["a unit's tier changes", "a", "UPDATE knowledge_units SET tier = 'public' WHERE id = 'a'"],
  [
    "a unit's times change",
    "a",
    "UPDATE knowledge_units SET created_at = '2020-01-01', reviewed_at = '2021-01-01' WHERE id = 'a'",
  ],
  ["a unit is written as it was", "a", "UPDATE knowledge_units SET tier = tier WHERE id = 'a'"],
  ["every unit changes", "a b p n v", "UPDATE knowledge_units SET tier = 'public'"],
  ["a unit gets another id", "n m", "UPDATE knowledge_units SET id = 'm' WHERE id = 'n'"],
  [
    "a unit gets another id and its own again",
    "n m",
    "UPDATE knowledge_units SET id = 'm' WHERE id = 'n'",
    "UPDATE knowledge_units SET id = 'n' WHERE id = 'm'",
  ],
  ["a unit is deleted", "n", "DELETE FROM knowledge_units WHERE id = 'n'"],
  ["a unit is deleted with its domain rows", "a", "DELETE FROM knowledge_units WHERE id = 'a'"],
  [
    "a unit is deleted and inserted again",
    "n",
    "DELETE FROM knowledge_units WHERE id = 'n'",
    "INSERT INTO knowledge_units (id, data) VALUES ('n', '{}')",
  ],
  ["every unit is deleted", "a b p n v", "DELETE FROM knowledge_units"],
  [
    "a unit is inserted over one that is there",
    "a",
    `INSERT INTO knowledge_units (id, data, status) VALUES ('a', '{}', 'pending')
      ON CONFLICT (id) DO UPDATE SET data = excluded.data, status = excluded.status`,
  ],
  [
    "a unit that is there is not inserted",
    "",
    "INSERT INTO knowledge_units (id, data) VALUES ('a', '{}') ON CONFLICT DO NOTHING",
  ],
  ["a domain row is inserted", "a", "INSERT INTO knowledge_unit_domains VALUES ('a', 'd7')"],
  [
    "a domain row that is there is not inserted",
    "",
    "INSERT INTO knowledge_unit_domains VALUES ('a', 'd1') ON CONFLICT DO NOTHING",
  ],
  ["a domain row changes", "a", "UPDATE knowledge_unit_domains SET domain = 'd8' WHERE domain = 'd2'"],
  [
    "a domain row changes its unit",
    "a b",
    "UPDATE knowledge_unit_domains SET unit_id = 'b' WHERE domain = 'd2'",
  ],
  [
    "a domain row is given to a pending unit",
    "a",
    "UPDATE knowledge_unit_domains SET unit_id = 'p' WHERE domain = 'd2'",
  ],
  ["a domain row is deleted", "b", "DELETE FROM knowledge_unit_domains WHERE unit_id = 'b'"],
  ["every domain row is deleted", "a b v", "DELETE FROM knowledge_unit_domains"],
  [
    "domain rows are replaced, as a confirmation does it",
    "a",
    `UPDATE knowledge_units SET data = '${json('"d1","d4"', 1)}' WHERE id = 'a'`,
    "DELETE FROM knowledge_unit_domains WHERE unit_id = 'a'",
    "INSERT INTO knowledge_unit_domains VALUES ('a', 'd1'), ('a', 'd4')",
  ],
  [
    "a unit is approved after its domain rows changed",
    "p",
    "DELETE FROM knowledge_unit_domains WHERE unit_id = 'p'",
    "INSERT INTO knowledge_unit_domains VALUES ('p', 'd5'), ('p', 'd6')",
    "UPDATE knowledge_units SET status = 'approved' WHERE id = 'p'",
  ],
  ["a unit gets very many domain rows", "a", manyRows("a")],
  [
    "a unit with very many domain rows gets one more",
    "v",
    "INSERT INTO knowledge_unit_domains VALUES ('v', 'd1')",
  ],
  ["a unit loses very many domain rows", "v", "DELETE FROM knowledge_unit_domains WHERE unit_id = 'v'"],
  [
    "many things happen",
    "new a b p n",
    NEW,
    "INSERT INTO knowledge_unit_domains VALUES ('new', 'd1'), ('new', 'd2')",
    "UPDATE knowledge_units SET status = 'approved' WHERE id = 'p'",
    "DELETE FROM knowledge_units WHERE id IN ('a', 'n')",
    "UPDATE knowledge_unit_domains SET domain = 'd9' WHERE unit_id IN ('b', 'new') AND domain = 'd1'",
  ],
];

async function send(database: Database, statements: readonly string[]): Promise<void> {
  await database.transaction((transaction) => transaction.batch(statements.map(foreign)));
}

/** Checks that the numbers of exactly these units grew beyond every number there was. */
function checkNumbers(
  { before, after, changed }: {
    before: ReadonlyMap<string, ChangeRow>;
    after: ReadonlyMap<string, ChangeRow>;
    changed: readonly string[];
  },
): void {
  const highest = Math.max(...[...before.values()].map(({ seq }) => seq));
  const higher = [...after.values()].filter(({ seq }) => seq > highest).map(({ unit_id }) => unit_id);
  // That a pending unit's domain rows change need not be noted, and may be.
  deepEqual(new Set(higher).difference(new Set(["p"])), new Set(changed).difference(new Set(["p"])));
  ok(!changed.includes("p") || higher.includes("p"), "p");
  for (const [id, { seq }] of before) ok(higher.includes(id) || after.get(id)!.seq === seq, id);
}

/** The table of changes. */
export function changeTests(test: Register): void {
  test("whatever is written, each unit that it changes has one row that says what it is now, with a new highest number", async (database) => {
    for (const [name, changed, ...statements] of WRITES) {
      for (const transactions of [[statements], statements.map((statement) => [statement])]) {
        await send(database, SETTING);
        const before = await checkedChanges(database);
        for (const transaction of transactions) await send(database, transaction);
        const after = await checkedChanges(database);
        try {
          checkNumbers({ before, after, changed: changed.split(" ").filter((id) => id !== "") });
        } catch (error) {
          throw new Error(`${name}, in ${transactions.length} transactions`, { cause: error });
        }
      }
    }
  });

  test("what is rolled back leaves no change, and no number that a reader could have seen", async (database) => {
    await send(database, SETTING);
    const before = await checkedChanges(database);
    for (const [, , ...statements] of WRITES) {
      await rejects(send(database, [...statements, "INSERT INTO users (id) VALUES (NULL)"]));
    }
    deepEqual(await checkedChanges(database), before);
    const update = (id: string): string => `UPDATE knowledge_units SET tier = 'public' WHERE id = '${id}'`;
    await send(database, [update("a"), "SAVEPOINT s", update("b"), NEW, "ROLLBACK TO s", "RELEASE s"]);
    checkNumbers({ before, after: await checkedChanges(database), changed: ["a"] });
  });

  test("the table of changes does not grow with the number of changes, and no number is given twice", async (database) => {
    await send(database, SETTING);
    const rows = (await checkedChanges(database)).size;
    let last = await newestChange(database);
    const next = async (): Promise<void> => {
      const now = await newestChange(database);
      ok(now > last, `${now} after ${last}`);
      last = now;
    };
    for (let count = 0; count < 100; count++) {
      await run(database, sql`UPDATE knowledge_units SET tier = ${`tier ${count}`} WHERE id = 'a'`);
      await next();
      await run(database, sql`DELETE FROM knowledge_units WHERE id = 'n'`);
      await next();
      await addUnit(database, { id: "n" });
      await next();
    }
    equal((await checkedChanges(database)).size, rows);
    const removal = run(database, sql`DELETE FROM knowledge_changes WHERE seq = ${last}`);
    // There the next number is told from the rows.
    if (database.dialect === "sqlite") await rejects(removal, /keeps a row for every unit/);
    else await removal;
    await run(database, sql`UPDATE knowledge_units SET tier = 'public' WHERE id = 'a'`);
    await next();
  });
}
