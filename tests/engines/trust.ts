import { deepEqual, equal } from "node:assert/strict";
import * as keys from "../../src/accounts/api_keys.ts";
import { findUser, findUserById, keyUses } from "../../src/accounts/users.ts";
import { verifyAudit } from "../../src/events/audit.ts";
import { type AuditFilter, createAuditLog } from "../../src/events/audit_log.ts";
import { eventInsertion } from "../../src/events/events.ts";
import { findUnit } from "../../src/knowledge/store.ts";
import { decodeUnit } from "../../src/knowledge/unit.ts";
import { watchedEvents } from "../../src/review/anomaly_store.ts";
import { editable, editMark } from "../../src/review/edits.ts";
import { createUpkeep } from "../../src/review/upkeep.ts";
import { dayOf } from "../../src/wire/time.ts";
import { manualClock } from "../fixtures/clock.ts";
import { addRow } from "../fixtures/rows.ts";
import { addUser, type Register, run, TIME } from "./scenario.ts";

const ANY: AuditFilter = { actor: "", kind: "", subject: "" };
const FLAG = { reason: "stale", timestamp: "2026-01-01T00:00:00Z" };

function evidence(day: string): Record<string, unknown> {
  const time = `${day}T00:00:00Z`;
  return { confidence: 0.7, confirmations: 2, first_observed: time, last_confirmed: time };
}

/** What admins and reviewers are told of the state of a store. */
export function trustTests(test: Register): void {
  test("the audit log is listed page by page and found by each of its fields", async (database) => {
    const by = { username: "ada", apiKeyId: "k" };
    for (const unitId of ["a", "b", "c"]) {
      await run(database, eventInsertion({ unitId, kind: "confirmed", by, at: TIME }));
    }
    const audit = createAuditLog(database);
    const listed = async (filter: Partial<AuditFilter>, before?: number): Promise<unknown[]> => {
      const list = await audit.list({ filter: { ...ANY, ...filter }, before, limit: 2 });
      return [list.entries.map(({ seq }) => seq), list.next, list.isCutShort];
    };
    deepEqual(await listed({}), [[3, 2], 2, false]);
    deepEqual(await listed({}, 2), [[1], undefined, false]);
    deepEqual(await listed({ subject: "b", actor: "ada", kind: "confirmed" }), [[2], undefined, false]);
    deepEqual(await listed({ actor: "Ada" }), [[], undefined, false]);
    deepEqual(await listed({ actor: "\0" }), [[], undefined, false]);
    const { head } = await verifyAudit(database);
    deepEqual(await audit.head(), head);
    deepEqual((await audit.check(head))?.problems, []);
    deepEqual((await Array.fromAsync(audit.entries())).map(({ subject }) => subject), ["a", "b", "c"]);
  });

  test("the use of keys is told of each user that has some", async (database) => {
    for (const name of ["ada", "bob"]) await addUser(database, name);
    const { id } = (await findUser(database, "ada"))!;
    const states = [["1", null, null], ["2", TIME, "2026-01-01T00:00:00+00:00"], ["3", null, TIME]] as const;
    for (const [name, revoked_at, last_used_at] of states) {
      await database.transaction((transaction) =>
        keys.insertKey(transaction, {
          id: name,
          user_id: id,
          name: "n",
          labels: "[]",
          key_prefix: "abcdefgh",
          key_hash: name,
          ttl: "1d",
          expires_at: name === "3" ? TIME : "2999-01-01T00:00:00+00:00",
          created_at: TIME,
          last_used_at,
          revoked_at,
          scopes: null,
        })
      );
    }
    const uses = await keyUses(database, { now: TIME });
    deepEqual(
      uses.map(({ user_id, active_keys, last_key_use }) => [user_id, Number(active_keys), last_key_use]),
      [
        [id, 1, TIME],
      ],
    );
    deepEqual(await keyUses(database, { now: TIME, userId: id + 1 }), []);
    equal((await findUserById(database, id))?.username, "ada");
    equal(await findUserById(database, id + 99), undefined);
  });

  test("units in doubt are listed and counted, and a correction ends the doubt", async (database) => {
    const clock = manualClock("2026-03-01T10:00:00.000000Z");
    const doubts = { policy: { confirmWithin_days: 30 }, today: () => dayOf(clock.now()) };
    const upkeep = createUpkeep({ database, clock, doubts });
    for (const [id, flags] of [["b", 1], ["a", 1], ["c", 3]] as const) {
      await addRow(database, id, {
        data: { evidence: evidence("2026-02-28"), flags: Array(flags).fill(FLAG) },
      });
    }
    for (const day of ["2025-02-01", "2025-01-01"]) {
      await addRow(database, day, { data: { evidence: evidence(day) } });
    }
    const pages = async (kind: "disputed" | "stale"): Promise<string[]> => {
      const found: string[] = [];
      for (let after: string | undefined = ""; after !== undefined;) {
        const page = await upkeep.ageing({ kind, after, limit: 1 });
        found.push(...page.units.map(({ row }) => row.id));
        after = page.next;
      }
      return found;
    };
    deepEqual([await pages("disputed"), await pages("stale")], [["c", "a", "b"], [
      "2025-01-01",
      "2025-02-01",
    ]]);
    const unit = decodeUnit((await findUnit(database, "c"))!.data, null);
    const edit = { ...editable(unit), summary: "better", domains: ["new"] };
    await upkeep.correct("c", { edit, mark: editMark(unit), flagsSeen: 3, caller: { username: "ada" } });
    deepEqual([await pages("disputed"), (await upkeep.doubts(["c"])).size], [["a", "b"], 0]);
    deepEqual(await upkeep.counts(), {
      disputed: { count: 2, isMore: false },
      stale: { count: 2, isMore: false },
    });
    deepEqual(
      await upkeep.doubts(["2025-01-01", "c"]),
      new Map([["2025-01-01", { unansweredFlags: 0, staleSince: "2025-02-01" }]]),
    );
  });

  test("events are watched newest first with the proposers of their units, where these are known", async (database) => {
    await addRow(database, "a", { data: { created_by: "eve" } });
    await addRow(database, "broken", { data: "no JSON" });
    const event = { by: { username: "ada" }, at: TIME };
    const happened = [["a", "proposed"], ["a", "confirmed"], ["broken", "rejected"], [
      "gone",
      "approved",
    ]] as const;
    for (const [unitId, kind] of happened) await run(database, eventInsertion({ ...event, unitId, kind }));
    const watched = (await watchedEvents(database, 9)).map((
      { unit_id, kind, proposer },
    ) => [unit_id, kind, proposer]);
    deepEqual(watched, [
      ["gone", "approved", null],
      ["broken", "rejected", null],
      ["a", "confirmed", "eve"],
      ["a", "proposed", "ada"],
    ]);
    equal((await watchedEvents(database, 2)).length, 2);
  });
}
