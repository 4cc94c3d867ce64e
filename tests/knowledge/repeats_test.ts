import { deepEqual, equal, notEqual } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import { appOn, type TestApp } from "../fixtures/app.ts";
import { onEachEngine } from "../fixtures/engines.ts";
import { answered } from "../fixtures/faults.ts";

const PROPOSAL = {
  domains: ["b", "a"],
  insight: { summary: "Sockets leak", detail: "They are never closed.", action: "Close them." },
  context: { languages: ["go"], frameworks: [], pattern: "" },
  extensions: { "x:n": 1.5 },
};

interface Proposer {
  readonly app: TestApp;
  readonly key: string;
  /** Proposes this and returns the unit's id. */
  propose(fields?: object, key?: string): Promise<string>;
  count(): Promise<number>;
  decide(id: string, decision: "approve" | "reject"): Promise<void>;
}

function proposing(name: string, body: (proposer: Proposer) => Promise<void>, isStrict = false): void {
  onEachEngine(name, async (engine) => {
    await using app = await appOn(engine.open(), { settings: { isStrict } });
    const bearer = await app.signIn("ada");
    const ownKey = await app.apiKey("ada");
    await body({
      app,
      key: ownKey,
      async propose(fields = {}, key = ownKey): Promise<string> {
        const json = { ...PROPOSAL, ...fields };
        return (await answered(await app.request("POST", "/api/v1/knowledge", { bearer: key, json }), 201))
          .id;
      },
      count: async () => (await app.database.all(sql`SELECT id FROM knowledge_units`)).length,
      async decide(id, decision): Promise<void> {
        await answered(
          await app.request("POST", `/api/v1/review/${id}/${decision}`, { bearer, json: {} }),
          200,
        );
      },
    });
  });
}

proposing(
  "the same proposal again is the unit it made, pending or approved, and leaves nothing else behind",
  async (test) => {
    const first = await test.propose();
    equal(await test.propose({ domains: ["A", "b", "a"] }), first);
    await test.decide(first, "approve");
    equal(await test.propose(), first);
    equal(await test.count(), 1);
    const events = await test.app.database.all<{ kind: string }>(
      sql`SELECT kind FROM knowledge_events ORDER BY id`,
    );
    deepEqual(events.map(({ kind }) => kind), ["proposed", "approved"]);
  },
);

proposing(
  "once a unit is rejected, the same proposal is a new one, and repeats are that one",
  async (test) => {
    const first = await test.propose();
    await test.decide(first, "reject");
    const second = await test.propose();
    notEqual(second, first);
    equal(await test.propose(), second);
    equal(await test.count(), 2);
  },
);

proposing("whatever differs makes a unit of its own, and so does another user", async (test) => {
  await test.propose();
  await test.propose({ domains: ["a"] });
  await test.propose({ insight: { ...PROPOSAL.insight, action: "Close all." } });
  await test.propose({ context: { ...PROPOSAL.context, languages: [] } });
  await test.propose({ extensions: null });
  await test.app.signIn("bob");
  await test.propose({}, await test.app.apiKey("bob"));
  equal(await test.count(), 6);
});

proposing("of many that come at the same time, one is stored and all are answered with it", async (test) => {
  const ids = await Promise.all(Array.from({ length: 20 }, () => test.propose()));
  equal(new Set(ids).size, 1);
  equal(await test.count(), 1);
});

proposing("under strict compatibility the same proposal again is another unit", async (test) => {
  notEqual(await test.propose(), await test.propose());
}, true);
