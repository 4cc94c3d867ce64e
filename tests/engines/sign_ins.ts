import { deepEqual, equal } from "node:assert/strict";
import {
  countSignIns,
  dropSignIns,
  listSignIns,
  type SignInCount,
} from "../../src/accounts/sign_in_store.ts";
import { createSignIns } from "../../src/accounts/sign_ins.ts";
import type { Database } from "../../src/database/database.ts";
import { manualClock } from "../fixtures/clock.ts";
import { addUser, type Register, TIME } from "./scenario.ts";

const COUNT: SignInCount = {
  hour: "2026-03-01T10",
  username: "ada",
  outcome: "wrong_password",
  way: "api",
  place: "",
  address: "192.0.2.1",
  first_at: TIME,
  last_at: TIME,
  total: 1,
};

function count(database: Database, ...counts: Partial<SignInCount>[]): Promise<number> {
  return database.transaction((transaction) =>
    countSignIns(transaction, counts.map((fields) => ({ ...COUNT, ...fields })))
  );
}

async function rows(database: Database, username?: string): Promise<unknown[]> {
  const listed = await listSignIns(database, { username, before: undefined, limit: 100 });
  return listed.map(({ username, outcome, address, total }) => [username, outcome, address, total]);
}

/** The store of sign-ins. */
export function signInTests(test: Register): void {
  test("attempts of one kind within an hour are one row, names that nobody has are counted as one", async (database) => {
    await addUser(database, "ada");
    equal(await count(database, {}, { username: "a password, mistyped" }, { username: "other" }), 3);
    equal(await count(database, { address: "192.0.2.2", total: 5 }, { username: "third" }), 0);
    equal(await count(database, { hour: "2026-03-01T11" }, { outcome: "signed_in", place: "192.0.2.1" }), 2);
    deepEqual(await rows(database), [
      ["ada", "signed_in", "192.0.2.1", 1],
      ["ada", "wrong_password", "192.0.2.1", 1],
      ["", "wrong_password", "192.0.2.1", 3],
      ["ada", "wrong_password", "192.0.2.2", 6],
    ]);
    deepEqual((await rows(database, "ada")).length, 3);
  });

  test("old hours and all but the newest rows go", async (database) => {
    await addUser(database, "ada");
    for (const hour of ["2026-01-01T10", "2026-03-01T08", "2026-03-01T09", "2026-03-01T10"]) {
      await count(database, { hour, address: hour });
    }
    const drop = (hour: string, keep: number): Promise<void> =>
      database.transaction((transaction) => dropSignIns(transaction, { hour, keep }));
    await drop("2026-03-01T08", 100);
    deepEqual((await rows(database)).length, 3);
    await drop("2026-03-01T08", 2);
    deepEqual(await rows(database), [
      ["ada", "wrong_password", "2026-03-01T10", 1],
      ["ada", "wrong_password", "2026-03-01T09", 1],
    ]);
  });

  test("a flood of attempts is a few rows, listed page by page", async (database) => {
    for (const name of ["ada", "bob"]) await addUser(database, name);
    const clock = manualClock("2026-03-01T10:20:30.123456Z");
    const signIns = createSignIns({ database, clock });
    for (let attempt = 0; attempt < 2000; attempt++) {
      const address = `192.0.2.${attempt % 250}`;
      signIns.note({ username: "ada", outcome: "throttled", way: "api", address });
      signIns.note({ username: `nobody ${attempt}\0`, outcome: "throttled", way: "api", address });
      signIns.note({ username: `somebody ${attempt}`, outcome: "throttled", way: "api", address });
      clock.advance(0.001);
    }
    signIns.note({ username: "bob", outcome: "signed_in", way: "page", address: "192.0.2.7" });
    await signIns.settle();
    const listed = async (request: { username?: string; before?: number }): Promise<unknown[]> => {
      const { rows, next } = await signIns.list({ ...request, limit: 2 });
      return [
        rows.map(({ username, outcome, total }) => `${username}: ${outcome} ${total}`),
        next !== undefined,
      ];
    };
    // Bob came after so many names that he was taken for one of nobody's.
    const first = await signIns.list({ limit: 2 });
    deepEqual(await listed({ username: "ada" }), [["ada: throttled 2000"], false]);
    deepEqual(await listed({ username: "\0" }), [[], false]);
    deepEqual(await listed({ before: first.next! }), [["ada: throttled 2000"], false]);
    deepEqual(first.rows.map(({ username, total }) => [username, total]), [["", 1], ["", 4000]]);
  });
}
