import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import * as users from "../../src/accounts/users.ts";
import { type Sql, sql } from "../../src/database/sql.ts";
import * as units from "../../src/knowledge/store.ts";
import { addUnit, addUser, type Register, run } from "./scenario.ts";

/** What the seam promises whatever the engine. */
export function transactionTests(test: Register): void {
  test("what a transaction throws undoes it, and only it", async (database) => {
    const failing = database.transaction(async (transaction) => {
      await transaction.run(
        sql`INSERT INTO users (username, password_hash, created_at) VALUES ('a', 'x', 'x')`,
      );
      equal((await transaction.all(sql`SELECT id FROM users`)).length, 1);
      throw new Error("no");
    });
    const outcomes = await Promise.allSettled([addUser(database, "b"), failing, addUser(database, "c")]);
    deepEqual(outcomes.map(({ status }) => status), ["fulfilled", "rejected", "fulfilled"]);
    deepEqual((await users.listUsers(database)).map(({ username }) => username), ["b", "c"]);
  });

  test("a statement that fails spoils its own transaction only", async (database) => {
    await addUser(database, "a");
    const twice = sql`INSERT INTO users (username, password_hash, created_at) VALUES ('a', 'x', 'x')`;
    const outcomes = await Promise.allSettled([run(database, twice), addUser(database, "b")]);
    deepEqual(outcomes.map(({ status }) => status), ["rejected", "fulfilled"]);
  });

  test("reads see committed writes and no others", async (database) => {
    await database.transaction(async (transaction) => {
      await transaction.run(
        sql`INSERT INTO users (username, password_hash, created_at) VALUES ('a', 'x', 'x')`,
      );
      equal(await users.findUser(database, "a"), undefined);
    });
    ok(await users.findUser(database, "a"));
  });

  test("read, change and write in one transaction loses nothing, however many come together", async (database) => {
    await addUnit(database, { id: "u", data: "0" });
    await Promise.all(Array.from({ length: 50 }, () =>
      database.transaction(async (transaction) => {
        const row = (await units.holdApprovedUnit(transaction, "u"))!;
        const unit = { ...row, data: String(Number(row.data) + 1), domains: ["d"] };
        await transaction.batch(units.unitReplacement(unit, ["d"]));
      })));
    equal((await units.findUnit(database, "u"))!.data, "50");
  });

  test("run tells how many rows were changed", async (database) => {
    for (const id of ["a", "b"]) await addUnit(database, { id });
    equal(await run(database, sql`UPDATE knowledge_units SET tier = 'public'`), 2);
    equal(await run(database, sql`UPDATE knowledge_units SET tier = 'public' WHERE id = ${"z"}`), 0);
  });

  test("a batch runs in order, tells what each statement changed, and is undone as one", async (database) => {
    const insertion = sql`INSERT INTO users (username, password_hash, created_at) VALUES ('a', 'x', 'x')`;
    const update = sql`UPDATE users SET password_hash = 'y'`;
    const batch = (...queries: Sql[]): Promise<number[]> =>
      database.transaction((transaction) => transaction.batch(queries));
    deepEqual(await batch(update, insertion, update), [0, 1, 1]);
    deepEqual(await batch(), []);
    await rejects(batch(sql`DELETE FROM users`, insertion, insertion));
    deepEqual((await users.listUsers(database)).map(({ password_hash }) => password_hash), ["y"]);
  });

  test("text comes back as it was stored", async (database) => {
    const data = '{"a":"é 😀 \u2028 \'; DROP TABLE users; --\\u0000 \x1f"}';
    await addUnit(database, { id: "u", data });
    equal((await units.findUnit(database, "u"))!.data, data);
  });
}
