import { deepEqual, equal, match } from "node:assert/strict";
import type { Database } from "../../src/database/database.ts";
import { sql } from "../../src/database/sql.ts";
import { unitEvents } from "../../src/events/events.ts";
import { findUnit, unitDomains } from "../../src/knowledge/store.ts";
import { createDesk, type Desk } from "../../src/review/desk.ts";
import { editable, editMark, type MarkedEdit } from "../../src/review/edits.ts";
import { type ManualClock, manualClock } from "../fixtures/clock.ts";
import { rejected } from "../fixtures/faults.ts";
import { addRow } from "../fixtures/rows.ts";
import { type Register, run } from "./scenario.ts";

const ADA = { username: "ada" };
const BOB = { username: "bob" };

function deskOn(database: Database): { desk: Desk; clock: ManualClock } {
  const clock = manualClock("2026-03-01T10:00:00.000000Z");
  return { desk: createDesk({ database, clock }), clock };
}

async function happened(database: Database, id: string): Promise<[string, string, unknown][]> {
  const events = await unitEvents(database, id, 99);
  return events.toReversed().map(({ kind, actor, detail }) => [kind, actor, detail]);
}

async function stateOf(database: Database, id: string): Promise<(string | null | undefined)[]> {
  const row = await findUnit(database, id);
  return [row?.status, row?.reviewed_by, row?.reviewed_at];
}

/** What reviewers do at the desk. */
export function deskTests(test: Register): void {
  test("a decision keeps its reason and note; who comes later is told who decided what and when", async (database) => {
    const { desk } = deskOn(database);
    await addRow(database, "ku_1", { status: "pending" });
    await desk.decide("ku_1", "rejected", { caller: ADA, reason: "too_specific", note: " only here " });
    deepEqual(await happened(database, "ku_1"), [
      ["rejected", "ada", { reason: "too_specific", note: "only here" }],
    ]);
    const late = await rejected(desk.decide("ku_1", "approved", { caller: BOB }));
    deepEqual([late.status, late.message], [409, "ada rejected this unit on 2026-03-01 at 10:00 UTC"]);
    equal((await rejected(desk.decide("ku_2", "approved", { caller: BOB }))).status, 404);
    equal(
      (await rejected(desk.decide("ku_1", "approved", { caller: BOB, note: "x".repeat(1001) }))).status,
      422,
    );
  });

  test("an edit rewrites the unit and its domains, and keeps the difference", async (database) => {
    const { desk } = deskOn(database);
    const insight = { summary: "s", detail: "one\r\ntwo", action: "a", odd: 1 };
    await addRow(database, "ku_1", {
      status: "pending",
      data: { insight, strange: true },
      domains: ["stored"],
    });
    const { unit } = await desk.dossier("ku_1");
    const edit = { ...editable(unit), summary: "S", detail: "one\ntwo", domains: ["New ", "stored"] };
    const mark = editMark(unit);
    await desk.approveEdited("ku_1", { edit, mark }, ADA);
    deepEqual(await happened(database, "ku_1"), [
      ["edited", "ada", {
        changes: {
          summary: { before: "s", after: "S" },
          domains: { before: ["stored"], after: ["new", "stored"] },
        },
      }],
      ["approved", "ada", null],
    ]);
    const row = await findUnit(database, "ku_1");
    const stored = JSON.parse(row!.data);
    deepEqual(stored.insight, { ...insight, summary: "S" });
    deepEqual([stored.domains, stored.strange], [["new", "stored"], true]);
    deepEqual((await unitDomains(database, "ku_1")).sort(), ["new", "stored"]);
    equal((await rejected(desk.approveEdited("ku_1", { edit, mark }, BOB))).status, 409);
  });

  test("an edit obeys the rules of a proposal; one that changes nothing is a plain approval", async (database) => {
    const { desk } = deskOn(database);
    await addRow(database, "ku_1", { status: "pending" });
    const { unit } = await desk.dossier("ku_1");
    const [edit, mark] = [editable(unit), editMark(unit)];
    for (const bad of [{ summary: "x".repeat(501) }, { domains: [] }, { domains: [" "] }]) {
      equal(
        (await rejected(desk.approveEdited("ku_1", { edit: { ...edit, ...bad }, mark }, ADA))).status,
        422,
      );
    }
    deepEqual(await stateOf(database, "ku_1"), ["pending", null, null]);
    await desk.approveEdited("ku_1", { edit, mark }, ADA);
    deepEqual(await happened(database, "ku_1"), [["approved", "ada", null]]);
  });

  test("an edit of a unit that somebody corrected meanwhile is refused, although it is pending again", async (database) => {
    const { desk } = deskOn(database);
    await addRow(database, "ku_1", { status: "pending" });
    const { unit } = await desk.dossier("ku_1");
    const edited = (summary: string): MarkedEdit => ({
      edit: { ...editable(unit), summary },
      mark: editMark(unit),
    });
    const { reviewed_at } = await desk.approveEdited("ku_1", edited("theirs"), BOB);
    await desk.undo("ku_1", reviewed_at, BOB);
    const late = await rejected(desk.approveEdited("ku_1", edited("mine"), ADA));
    deepEqual([late.status, late.message], [409, "Somebody else changed this unit meanwhile"]);
    deepEqual(await stateOf(database, "ku_1"), ["pending", null, null]);
    equal((await desk.dossier("ku_1")).unit.insight.summary, "theirs");
  });

  test("a decision is undone by who took it within ten seconds, as one more event", async (database) => {
    const { desk, clock } = deskOn(database);
    await addRow(database, "ku_1", { status: "pending" });
    const { reviewed_at } = await desk.decide("ku_1", "approved", { caller: ADA });
    equal((await rejected(desk.undo("ku_1", reviewed_at, BOB))).status, 409);
    equal((await rejected(desk.undo("ku_1", "2026-01-01", ADA))).status, 409);
    clock.advance(10);
    await desk.undo("ku_1", reviewed_at, ADA);
    deepEqual(await stateOf(database, "ku_1"), ["pending", null, null]);
    deepEqual(await happened(database, "ku_1"), [
      ["approved", "ada", null],
      ["reopened", "ada", { was: "approved", decided_by: "ada", decided_at: reviewed_at }],
    ]);
    const second = await desk.decide("ku_1", "rejected", { caller: ADA });
    clock.advance(10.1);
    match((await rejected(desk.undo("ku_1", second.reviewed_at, ADA))).message, /10 seconds/);
    await desk.reopen("ku_1", BOB);
    deepEqual(await stateOf(database, "ku_1"), ["pending", null, null]);
    equal((await rejected(desk.reopen("ku_1", BOB))).status, 409);
  });

  test("an approved unit is retired, or superseded by one that exists; reopened it has no successor", async (database) => {
    const { desk } = deskOn(database);
    for (const id of ["ku_1", "ku_2", "ku_3"]) await addRow(database, id);
    await addRow(database, "ku_p", { status: "pending" });
    await desk.retire("ku_1", { caller: ADA, reason: "stale" });
    deepEqual((await stateOf(database, "ku_1")).slice(0, 2), ["rejected", "ada"]);
    deepEqual(await happened(database, "ku_1"), [["retired", "ada", { reason: "stale" }]]);
    for (const id of ["ku_1", "ku_p"]) {
      equal((await rejected(desk.retire(id, { caller: ADA }))).status, 409);
      equal((await rejected(desk.supersede(id, { id: "ku_3" }, { caller: ADA }))).status, 409);
    }
    for (const successor of ["ku_2", "ku_nobody"]) {
      equal((await rejected(desk.supersede("ku_2", { id: successor }, { caller: ADA }))).status, 422);
    }
    const seen = (seenStatus: string): Promise<void> =>
      desk.supersede("ku_2", { id: "ku_3", seenStatus }, { caller: ADA, note: "newer" });
    match((await rejected(seen("rejected"))).message, /is \w+ by now; look at it again$/);
    await seen((await desk.dossier("ku_3")).row.status);
    equal((await desk.dossier("ku_2")).unit.superseded_by, "ku_3");
    deepEqual((await stateOf(database, "ku_2")).slice(0, 2), ["rejected", "ada"]);
    deepEqual(await happened(database, "ku_2"), [
      ["superseded", "ada", { superseded_by: "ku_3", note: "newer" }],
    ]);
    deepEqual(await unitDomains(database, "ku_2"), ["stored"]);
    await desk.reopen("ku_2", BOB);
    equal((await desk.dossier("ku_2")).unit.superseded_by, null);
  });

  test("a snoozed unit is hidden from the queue until its time, and back at once when it is woken", async (database) => {
    const { desk, clock } = deskOn(database);
    for (const id of ["ku_1", "ku_2"]) await addRow(database, id, { status: "pending" });
    await addRow(database, "ku_a");
    const listed = async (snoozed: "only" | "hidden"): Promise<string> => {
      const { units } = await desk.list({ status: "pending", snoozed, sort: "oldest", limit: 9 });
      return units.map(({ row }) => row.id).join();
    };
    const inSeconds = (seconds: number): number => clock.now() + seconds * 1_000_000;
    await desk.snooze("ku_1", inSeconds(60), ADA);
    await desk.snooze("ku_1", inSeconds(120), BOB);
    deepEqual([await listed("hidden"), await listed("only")], ["ku_2", "ku_1"]);
    equal((await desk.dossier("ku_1")).snooze?.snoozed_by, "bob");
    clock.advance(120);
    deepEqual([await listed("hidden"), await listed("only")], ["ku_1,ku_2", ""]);
    await desk.snooze("ku_2", inSeconds(60), ADA);
    await desk.wake("ku_2", BOB);
    await desk.wake("ku_2", BOB);
    equal(await listed("hidden"), "ku_1,ku_2");
    deepEqual((await happened(database, "ku_2")).map(([kind]) => kind), ["snoozed", "woken"]);
    for (const seconds of [0, -1, 7_776_001, NaN]) {
      equal((await rejected(desk.snooze("ku_2", inSeconds(seconds), ADA))).status, 422, String(seconds));
    }
    equal((await rejected(desk.snooze("ku_a", inSeconds(60), ADA))).status, 409);
    equal((await rejected(desk.snooze("ku_x", inSeconds(60), ADA))).status, 404);
  });

  test("a snooze ends with the decision: reopened, the unit is in the queue", async (database) => {
    const { desk, clock } = deskOn(database);
    await addRow(database, "ku_1", { status: "pending" });
    await desk.snooze("ku_1", clock.now() + 60_000_000, ADA);
    await desk.decide("ku_1", "approved", { caller: BOB });
    await desk.reopen("ku_1", BOB);
    const { units } = await desk.list({ status: "pending", snoozed: "hidden", sort: "oldest", limit: 9 });
    equal(units.length, 1);
  });

  test("a claim tells who else has a unit open, for two minutes or until they go on; it blocks nobody", async (database) => {
    const { desk, clock } = deskOn(database);
    for (const id of ["ku_1", "ku_2"]) await addRow(database, id, { status: "pending" });
    deepEqual(await desk.claim("ku_1", ADA), []);
    deepEqual(await desk.claim("ku_1", BOB), ["ada"]);
    clock.advance(119);
    deepEqual(await desk.claim("ku_1", BOB), ["ada"]);
    clock.advance(1);
    deepEqual(await desk.claim("ku_1", ADA), ["bob"]);
    deepEqual((await desk.dossier("ku_1")).openedBy, ["ada", "bob"]);
    await desk.claim("ku_2", BOB);
    const { openedBy } = await desk.list({ status: "pending", sort: "oldest", limit: 9 });
    deepEqual([...openedBy], [["ku_1", ["ada"]], ["ku_2", ["bob"]]]);
    await desk.decide("ku_1", "approved", { caller: BOB });
    deepEqual(await desk.claim("ku_nobody", ADA), []);
  });

  test("of several decisions those that still stand are taken back, however long ago, by who took them", async (database) => {
    const { desk, clock } = deskOn(database);
    const ids = ["ku_1", "ku_2", "ku_3"];
    for (const id of ids) await addRow(database, id, { status: "pending" });
    const results = await desk.decideAll(ids, "approved", { caller: ADA });
    const taken = results.map(({ id, decidedAt }) => ({ id, decidedAt: decidedAt! }));
    clock.advance(3_600);
    await desk.reopen("ku_2", BOB);
    await desk.decide("ku_2", "rejected", { caller: BOB });
    deepEqual((await desk.takeBack(taken, BOB)).map(({ outcome }) => outcome), [
      "refused",
      "refused",
      "refused",
    ]);
    deepEqual(await desk.takeBack([...taken, { id: "ku_x", decidedAt: "" }], ADA), [
      { id: "ku_1", outcome: "done" },
      { id: "ku_2", outcome: "refused", reason: "bob rejected this unit on 2026-03-01 at 11:00 UTC" },
      { id: "ku_3", outcome: "done" },
      { id: "ku_x", outcome: "refused", reason: "Knowledge unit not found" },
    ]);
    deepEqual(await stateOf(database, "ku_1"), ["pending", null, null]);
    deepEqual((await happened(database, "ku_1")).map(([kind]) => kind), ["approved", "reopened"]);
  });

  test("whoever has a unit open sees what others do about it and its neighbours; a claim is given up", async (database) => {
    const { desk } = deskOn(database);
    for (const id of ["ku_1", "ku_2"]) await addRow(database, id, { status: "pending" });
    await desk.claim("ku_2", BOB);
    const seen = await desk.watch("ku_1", ["ku_1", "ku_2", "ku_\0"], ADA);
    deepEqual([seen.others, seen.decided, [...seen.openedBy]], [[], undefined, [["ku_2", ["bob"]]]]);
    deepEqual(await desk.claim("ku_1", BOB), ["ada"]);
    await desk.release("ku_1", ADA);
    deepEqual((await desk.dossier("ku_1")).openedBy, ["bob"]);
    await desk.decide("ku_1", "rejected", { caller: BOB });
    equal(
      (await desk.watch("ku_1", [], ADA)).decided,
      "bob rejected this unit on 2026-03-01 at 10:00 UTC",
    );
    equal((await rejected(desk.watch("ku_x", [], ADA))).status, 404);
  });

  test("several units are looked at in the order asked for; snoozed ones are counted while they wait", async (database) => {
    const { desk, clock } = deskOn(database);
    for (const id of ["ku_1", "ku_2", "ku_3"]) await addRow(database, id, { status: "pending" });
    await addRow(database, "ku_bad", { data: "no JSON" });
    await desk.claim("ku_1", BOB);
    const list = await desk.several(["ku_3", "ku_x", "ku_bad", "ku_1", "ku_3", "ku_\0"]);
    deepEqual(list.units.map(({ row }) => row.id), ["ku_3", "ku_1"]);
    deepEqual([...list.openedBy], [["ku_1", ["bob"]]]);
    for (const id of ["ku_1", "ku_2"]) await desk.snooze(id, clock.now() + 60_000_000, ADA);
    // Another program decides, and knows nothing of snoozes.
    await run(database, sql`UPDATE knowledge_units SET status = 'approved' WHERE id = 'ku_2'`);
    deepEqual([await desk.pendingCount(), await desk.snoozedCount()], [2, 1]);
    clock.advance(60);
    equal(await desk.snoozedCount(), 0);
  });

  test("of several units each is decided for itself", async (database) => {
    const { desk } = deskOn(database);
    for (const id of ["ku_1", "ku_2"]) await addRow(database, id, { status: "pending" });
    await addRow(database, "ku_3", { reviewed_by: "bob", reviewed_at: "2026-01-02T00:00:00+00:00" });
    const act = { caller: ADA, reason: "stale" } as const;
    deepEqual(await desk.decideAll(["ku_1", "ku_3", "ku_2", "ku_1", "ku_x"], "rejected", act), [
      { id: "ku_1", outcome: "done", decidedAt: "2026-03-01T10:00:00+00:00" },
      { id: "ku_3", outcome: "refused", reason: "bob approved this unit on 2026-01-02 at 00:00 UTC" },
      { id: "ku_2", outcome: "done", decidedAt: "2026-03-01T10:00:00+00:00" },
      { id: "ku_x", outcome: "refused", reason: "Knowledge unit not found" },
    ]);
    deepEqual(await happened(database, "ku_2"), [["rejected", "ada", { reason: "stale" }]]);
    const many = Array.from({ length: 101 }, (_, index) => `ku_${index}`);
    equal((await rejected(desk.decideAll(many, "approved", act))).status, 422);
  });
}
