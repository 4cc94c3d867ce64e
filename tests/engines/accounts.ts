import { deepEqual, equal } from "node:assert/strict";
import * as keys from "../../src/accounts/api_keys.ts";
import * as users from "../../src/accounts/users.ts";
import type { Database } from "../../src/database/database.ts";
import { sql } from "../../src/database/sql.ts";
import { addUser, BY_BYTES, ids, type Register, SHUFFLED, TIME } from "./scenario.ts";

async function userId(database: Database, username: string): Promise<number> {
  await addUser(database, username);
  return (await users.findUser(database, username))!.id;
}

function addKey(database: Database, user_id: number, fields: Partial<keys.ApiKeyRow> = {}): Promise<boolean> {
  const key = {
    id: "k",
    user_id,
    name: "n",
    labels: "[]",
    key_prefix: "abcdefgh",
    key_hash: `hash of ${fields.id ?? "k"}`,
    ttl: "1d",
    expires_at: "2999-01-01T00:00:00+00:00",
    created_at: TIME,
    last_used_at: null,
    revoked_at: null,
    scopes: null,
    ...fields,
  };
  return database.transaction((transaction) => keys.insertKey(transaction, key));
}

/** The stores of users and keys. */
export function accountTests(test: Register): void {
  test("a user's name is free once, and found exactly", async (database) => {
    equal(await addUser(database, "ada"), true);
    equal(await addUser(database, "ada"), false);
    equal((await users.findUser(database, "ada"))?.disabled_at, null);
    equal(await users.findUser(database, "Ada"), undefined);
    equal(await users.findUser(database, "ada "), undefined);
  });

  test("users are listed in the order of the bytes of their names", async (database) => {
    for (const name of SHUFFLED) await addUser(database, name);
    deepEqual((await users.listUsers(database)).map(({ username }) => username), BY_BYTES);
  });

  test("an account's state is written over", async (database) => {
    const id = await userId(database, "ada");
    for (const disabledAt of [TIME, null]) {
      const state = { disabledAt, tokensValidFrom: TIME };
      await database.transaction((transaction) => users.setAccountState(transaction, id, state));
      const user = await users.findUser(database, "ada");
      deepEqual([user?.disabled_at, user?.tokens_valid_from], [disabledAt, TIME]);
    }
  });

  test("a key is found with its owner; without one it is not", async (database) => {
    const id = await userId(database, "ada");
    await addKey(database, id);
    const key = await keys.findOwnedKey(database, "k");
    deepEqual([key?.username, key?.user_id, key?.key_hash], ["ada", id, "hash of k"]);
    await database.transaction((transaction) => users.deleteUser(transaction, id));
    equal(await keys.findOwnedKey(database, "k"), undefined);
    deepEqual(await database.all(sql`SELECT id FROM api_keys`), []);
  });

  test("the id of a key is taken once, and a key is found by its owner only", async (database) => {
    const id = await userId(database, "ada");
    const other = await userId(database, "bob");
    equal(await addKey(database, id, { name: "first" }), true);
    equal(await addKey(database, id, { name: "second", key_hash: "another" }), false);
    equal(await addKey(database, other, { key_hash: "a third" }), false);
    equal((await keys.findKey(database, { userId: id, id: "k" }))?.name, "first");
    equal(await keys.findKey(database, { userId: other, id: "k" }), undefined);
    equal(await keys.findKey(database, { userId: id, id: "K" }), undefined);
  });

  test("keys are listed newest first, and counted while they are active", async (database) => {
    const id = await userId(database, "ada");
    const other = await userId(database, "bob");
    await addKey(database, id, { id: "1", created_at: "2026-01-01" });
    await addKey(database, id, { id: "2", created_at: "2026-01-02", revoked_at: TIME });
    await addKey(database, id, { id: "3", created_at: "2026-01-02", expires_at: TIME });
    await addKey(database, other, { id: "4" });
    deepEqual(ids(await keys.listKeys(database, id)), ["3", "2", "1"]);
    for (const name of SHUFFLED) await addKey(database, other, { id: name, created_at: "2026-01-01" });
    deepEqual(ids(await keys.listKeys(database, other)), ["4", ...BY_BYTES.toReversed()]);
    equal(await keys.countActiveKeys(database, id, TIME), 1);
    equal(await keys.countActiveKeys(database, id, "2026-03-01T10:20:30+00:00"), 2);
  });

  test("a key is revoked by its owner, and the first time counts", async (database) => {
    const id = await userId(database, "ada");
    await addKey(database, id);
    const revoke = (user: number, now: string): Promise<boolean> =>
      database.transaction((transaction) => keys.revokeKey(transaction, { userId: user, id: "k", now }));
    equal(await revoke(id + 1, "1"), false);
    equal(await revoke(id, "2"), true);
    equal(await revoke(id, "3"), true);
    equal((await keys.findOwnedKey(database, "k"))?.revoked_at, "2");
  });

  test("the last use of a key is written", async (database) => {
    await addKey(database, await userId(database, "ada"));
    await database.transaction((transaction) => keys.touchKey(transaction, "k", TIME));
    equal((await keys.findOwnedKey(database, "k"))?.last_used_at, TIME);
  });
}
