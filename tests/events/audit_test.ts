import { deepEqual, equal, match, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { createAdministration } from "../../src/accounts/administration.ts";
import { createPasswords } from "../../src/accounts/passwords.ts";
import { sql } from "../../src/database/sql.ts";
import { auditEntries, latestAudit, verifyAudit } from "../../src/events/audit.ts";
import { tamper } from "../fixtures/tampering.ts";
import { testApp } from "../fixtures/app.ts";
import { answered } from "../fixtures/faults.ts";

/** Something of everything that is written down: units, a key, users. */
async function history(): Promise<Awaited<ReturnType<typeof testApp>>> {
  const app = await testApp();
  const token = await app.signIn("ada");
  const key = await app.apiKey("ada");
  const id = await app.unit({ key });
  const other = await app.apiKey("ada");
  await answered(
    await app.request("POST", `/api/v1/knowledge/${id}/flags`, {
      bearer: other,
      json: { reason: "stale", detail: "ünïcode 🙈 detail" },
    }),
    201,
  );
  await answered(
    await app.request("POST", "/api/v1/users/me/api-keys", {
      bearer: token,
      json: { name: "laptop", ttl: "1d" },
    }),
    201,
  );
  const passwords = createPasswords();
  try {
    const users = createAdministration({ database: app.database, clock: app.clock, passwords, actor: "ada" });
    await users.add("böb", "a password of some length");
    await users.setRole("böb", "reviewer");
  } finally {
    passwords.close();
  }
  return app;
}

Deno.test("what is done to units, keys and accounts is one log in order, and it is whole", async () => {
  await using app = await history();
  const entries = await Array.fromAsync(auditEntries(app.database));
  deepEqual(entries.map(({ seq, kind, subject, actor }) => [seq, kind, subject.slice(0, 3), actor]), [
    [1, "proposed", "ku_", "ada"],
    [2, "approved", "ku_", "ada"],
    [3, "flagged", "ku_", "ada"],
    [4, "key_made", "ada", "ada"],
    [5, "user_added", "böb", "ada"],
    [6, "role_set", "böb", "ada"],
  ]);
  deepEqual(JSON.parse(entries[5]!.detail!), { role: "reviewer" });
  const report = await verifyAudit(app.database);
  deepEqual(report, {
    entries: 6,
    head: { seq: 6, hash: entries[5]!.hash },
    purged: 0,
    unproven: [],
    problems: [],
  });
  deepEqual((await latestAudit(app.database, { before: 6, limit: 2 })).map(({ seq }) => seq), [5, 4]);
});

const TAMPERINGS: readonly (readonly [statement: string, told: RegExp])[] = [
  ...["unit_id", "kind", "actor", "api_key_id", "occurred_at", "detail"].flatMap((column) =>
    [1, 2, 3].map((id) =>
      [
        `UPDATE knowledge_events SET ${column} = 'x' WHERE id = ${id}`,
        new RegExp(`entry ${id}: .* was changed`),
      ] as const
    )
  ),
  ...["subject", "kind", "actor", "api_key_id", "occurred_at", "detail"].map((column) =>
    [`UPDATE account_events SET ${column} = 'x' WHERE id = 2`, /entry 5: .* was changed/] as const
  ),
  ["UPDATE knowledge_events SET detail = NULL WHERE id = 3", /entry 3: .* was changed/],
  ["UPDATE knowledge_events SET id = 30 WHERE id = 3", /entry 3: event 3 of knowledge was removed/],
  ["DELETE FROM knowledge_events WHERE id = 1", /entry 1: event 1 of knowledge was removed/],
  ["DELETE FROM account_events WHERE id = 3", /entry 6: event 3 of account was removed/],
  ["DELETE FROM audit_chain WHERE seq = 2", /entry 2 is missing/],
  ["DELETE FROM audit_chain WHERE seq = 6", /1 events of account are in no entry/],
  ["UPDATE audit_chain SET hash = '00' WHERE seq = 4", /entry 4: .* was changed/],
  ["UPDATE audit_chain SET source = 'account', event_id = 9 WHERE seq = 1", /event 9 of account was removed/],
  [
    "INSERT INTO knowledge_events (unit_id, kind, actor, occurred_at) VALUES ('ku', 'approved', 'eve', '2026')",
    /1 events of knowledge are in no entry/,
  ],
];

for (const [statement, told] of TAMPERINGS) {
  Deno.test(`tampering is told: ${statement}`, async () => {
    await using app = await history();
    tamper(app.databasePath, statement);
    const { problems } = await verifyAudit(app.database);
    ok(problems.length > 0);
    match(problems.map(({ message }) => message).join("\n"), told);
  });
}

Deno.test("entries that were cut off at the end are missed by whoever noted the head, and by nobody else", async () => {
  await using app = await history();
  const { head } = await verifyAudit(app.database);
  tamper(app.databasePath, "DELETE FROM account_events WHERE id = 3; DELETE FROM audit_chain WHERE seq = 6");
  deepEqual((await verifyAudit(app.database)).problems, []);
  match((await verifyAudit(app.database, head)).problems[0]!.message, /entry 6 .* is not there any more/);
});

Deno.test("the log refuses to be changed by ordinary means", async () => {
  await using app = await history();
  for (const table of ["knowledge_events", "account_events", "audit_chain"]) {
    for (const statement of [`DELETE FROM ${table}`, `UPDATE ${table} SET rowid = rowid`]) {
      using file = new DatabaseSync(app.databasePath);
      let refusal = "";
      try {
        file.exec(statement);
      } catch (error) {
        refusal = (error as Error).message;
      }
      match(refusal, /is append-only/, statement);
    }
  }
  equal((await app.database.first<{ n: number }>(sql`SELECT COUNT(*) AS n FROM audit_chain`))!.n, 6);
});
