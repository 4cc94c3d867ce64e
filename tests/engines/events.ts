import { deepEqual, ok } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import { eventInsertion, unitEvents } from "../../src/events/events.ts";
import { type Register, run, TIME } from "./scenario.ts";

/** The log of events. */
export function eventTests(test: Register): void {
  test("events are read newest first, up to a limit, with what belongs to them", async (database) => {
    const by = { username: "ada" };
    await database.transaction((transaction) =>
      transaction.batch([
        eventInsertion({ unitId: "u", kind: "proposed", by: { ...by, apiKeyId: "k" }, at: TIME }),
        eventInsertion({ unitId: "other", kind: "approved", by, at: TIME }),
        eventInsertion({ unitId: "u", kind: "flagged", by, at: TIME, detail: { reason: "é" } }),
      ])
    );
    const events = (await unitEvents(database, "u", 9)).map(({ id: _, ...event }) => event);
    deepEqual(events, [
      { kind: "flagged", actor: "ada", api_key_id: null, occurred_at: TIME, detail: { reason: "é" } },
      { kind: "proposed", actor: "ada", api_key_id: "k", occurred_at: TIME, detail: null },
    ]);
    deepEqual((await unitEvents(database, "u", 1)).map(({ kind }) => kind), ["flagged"]);
  });

  test("events cannot be changed or removed", async (database) => {
    const event = { unitId: "u", kind: "proposed", by: { username: "ada" }, at: TIME } as const;
    await run(database, eventInsertion(event));
    for (const query of [sql`UPDATE knowledge_events SET actor = 'eve'`, sql`DELETE FROM knowledge_events`]) {
      const outcome = await run(database, query).catch((error) => String(error));
      ok(/append-only/.test(String(outcome)), String(outcome));
    }
    deepEqual((await unitEvents(database, "u", 9)).map(({ actor }) => actor), ["ada"]);
  });
}
