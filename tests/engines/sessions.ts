import { deepEqual, equal } from "node:assert/strict";
import * as sessions from "../../src/accounts/session_store.ts";
import * as users from "../../src/accounts/users.ts";
import type { Database } from "../../src/database/database.ts";
import { sql } from "../../src/database/sql.ts";
import { addUser, type Register, TIME } from "./scenario.ts";

const PLACE = { address: "192.0.2.1", device: "Firefox on Linux" };

async function addSession(database: Database, tokenHash: string, now = TIME): Promise<boolean> {
  await addUser(database, "ada");
  const { id, password_hash } = (await users.findUser(database, "ada"))!;
  return await database.transaction((transaction) =>
    sessions.insertSession(transaction, { tokenHash, userId: id, passwordHash: password_hash, now, ...PLACE })
  );
}

async function hashes(database: Database): Promise<string[]> {
  const rows = await database.all<{ token_hash: string }>(sql`SELECT token_hash FROM sessions`);
  return rows.map((row) => row.token_hash).sort();
}

/** The store of sessions. */
export function sessionTests(test: Register): void {
  test("a session is found with its user and the user's state, and goes with the user", async (database) => {
    equal(await addSession(database, "h"), true);
    const { user_id, ...session } = (await sessions.findSession(database, "h"))!;
    deepEqual({ ...session }, {
      created_at: TIME,
      last_seen_at: TIME,
      username: "ada",
      disabled_at: null,
      tokens_valid_from: null,
      role: null,
    });
    equal(await sessions.findSession(database, "H"), undefined);
    await database.transaction((transaction) => users.deleteUser(transaction, user_id));
    deepEqual(await hashes(database), []);
  });

  test("no session begins with a password that was changed meanwhile", async (database) => {
    await addUser(database, "ada");
    const { id } = (await users.findUser(database, "ada"))!;
    const added = await database.transaction((transaction) =>
      sessions.insertSession(transaction, {
        tokenHash: "h",
        userId: id,
        passwordHash: "old",
        now: TIME,
        ...PLACE,
      })
    );
    equal(added, false);
    deepEqual(await hashes(database), []);
  });

  test("sessions that ended are removed, and no others", async (database) => {
    for (
      const [hash, now] of [["old", "2026-01-01"], ["idle", "2026-01-03"], ["live", "2026-01-04"]] as const
    ) {
      await addSession(database, hash, now);
    }
    await database.transaction(async (transaction) => {
      await sessions.touchSession(transaction, "old", "2026-01-04");
      await sessions.deleteEndedSessions(transaction, {
        createdBefore: "2026-01-02",
        seenBefore: "2026-01-03",
      });
    });
    deepEqual(await hashes(database), ["live"]);
    await database.transaction((transaction) => sessions.deleteSession(transaction, "live"));
    deepEqual(await hashes(database), []);
  });
}
