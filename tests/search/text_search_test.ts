import { deepEqual, equal, notEqual } from "node:assert/strict";
import type { EngineDatabase } from "../fixtures/engines.ts";
import { onEachEngine } from "../fixtures/engines.ts";
import { appOn, type TestApp, testApp } from "../fixtures/app.ts";
import { answered } from "../fixtures/faults.ts";
import { sql } from "../../src/database/sql.ts";
import { WORD_RULES } from "../../src/search/indexing.ts";
import { indexState, setIndexState } from "../../src/search/text_store.ts";
import { insertUnits, type NewUnit } from "../../src/knowledge/store.ts";
import { INDEX_PAGE, INDEX_PAGES_AT_ONCE } from "../../src/limits.ts";
import { addRow, type Fields, storedUnit } from "../fixtures/rows.ts";
import { until } from "../fixtures/waiting.ts";

interface Given extends Fields {
  readonly domains?: string[];
  readonly status?: string;
}

async function add(app: TestApp, id: string, { status, ...data }: Given): Promise<void> {
  const domains = data.domains ?? ["misc"];
  await addRow(app.database, id, {
    ...(status === undefined ? {} : { status }),
    data: { ...data, domains },
    domains,
  });
}

function insight(summary: string, detail = "Measured on a Tuesday.", action = "Look at it."): Fields {
  return { insight: { summary, detail, action } };
}

function approvedRow(id: string, data: Fields): NewUnit {
  return {
    id,
    data: JSON.stringify({ ...storedUnit(id), ...data }),
    status: "approved",
    reviewed_by: null,
    reviewed_at: null,
    created_at: null,
    tier: "private",
    domains: ["misc"],
  };
}

async function found(app: TestApp, query: Record<string, string>): Promise<string[]> {
  const response = await app.request("GET", `/api/v1/knowledge?${new URLSearchParams(query)}`);
  const { data } = await answered(response, 200);
  return data.map(({ id }: { id: string }) => id);
}

/** A test on both engines, with a server whose store has nothing yet. */
function searching(name: string, body: (app: TestApp, database: EngineDatabase) => Promise<void>): void {
  onEachEngine(name, async (engine) => {
    await using app = await appOn(engine.open());
    await body(app, engine);
  });
}

searching(
  "units are found by words of summary, detail, action, pattern and tags, without any domain",
  async (app) => {
    await add(app, "ku_summary", insight("Sockets are torn down by the balancer"));
    await add(app, "ku_detail", insight("One", "The zookeeper quorum was lost."));
    await add(app, "ku_action", insight("Two", "Three.", "Raise the hypervisor's balloon."));
    await add(app, "ku_pattern", { ...insight("Four"), context: { pattern: "circuit-breaker" } });
    await add(app, "ku_tags", { ...insight("Five"), domains: ["webgpu"], context: { languages: ["zig"] } });
    deepEqual(await found(app, { q: "balancer socket" }), ["ku_summary"]);
    deepEqual(await found(app, { q: "lost quorum in zookeeper?" }), ["ku_detail"]);
    deepEqual(await found(app, { q: "ballooning hypervisors" }), ["ku_action"]);
    deepEqual(await found(app, { q: "circuit breaker" }), ["ku_pattern"]);
    deepEqual(await found(app, { q: "zig" }), ["ku_tags"]);
    deepEqual(await found(app, { q: "nothing of that kind" }), []);
  },
);

searching("what changes is found as it is now, whoever wrote it", async (app, engine) => {
  await add(app, "ku_1", insight("Glaciers melt"));
  deepEqual(await found(app, { q: "glacier" }), ["ku_1"]);
  await using program = engine.foreignProgram();
  await program.write(
    `UPDATE knowledge_units SET data = '${
      JSON.stringify({ id: "ku_1", domains: ["misc"], ...insight("Volcanoes erupt") })
    }' WHERE id = 'ku_1'`,
  );
  deepEqual(await found(app, { q: "glacier" }), []);
  deepEqual(await found(app, { q: "volcano" }), ["ku_1"]);
  await program.write("UPDATE knowledge_units SET status = 'rejected' WHERE id = 'ku_1'");
  deepEqual(await found(app, { q: "volcano" }), []);
  await program.write("UPDATE knowledge_units SET status = 'approved' WHERE id = 'ku_1'");
  deepEqual(await found(app, { q: "volcano" }), ["ku_1"]);
  await program.write(
    "DELETE FROM knowledge_unit_domains WHERE unit_id = 'ku_1'",
    "DELETE FROM knowledge_units WHERE id = 'ku_1'",
  );
  deepEqual(await found(app, { q: "volcano" }), []);
});

searching("what nobody approved neither is found nor crowds out what is", async (app) => {
  for (let n = 0; n < 30; n++) {
    await add(app, `ku_p${n}`, { ...insight("Quokka quokka quokka"), status: "pending" });
  }
  await add(app, "ku_good", insight("A quokka bites"));
  deepEqual(await found(app, { q: "quokka", limit: "5" }), ["ku_good"]);
});

searching("the better answer comes first; doubts and confidence decide between equal ones", async (app) => {
  await add(app, "ku_both", insight("Kerning breaks ligatures"));
  await add(app, "ku_one", insight("Kerning is odd"));
  await add(app, "ku_low", { ...insight("Ligatures are odd"), evidence: { confidence: 0.4 } });
  await add(app, "ku_high", { ...insight("Ligatures are odd"), evidence: { confidence: 0.9 } });
  deepEqual(await found(app, { q: "kerning ligatures" }), ["ku_both", "ku_one", "ku_high", "ku_low"]);
  equal((await found(app, { q: "ligatures" }))[0], "ku_high");
});

searching("a question that tells what is seen finds the unit that tells why", async (app) => {
  await add(app, "ku_dst", insight("Daylight saving repeats an hour", "Local schedules run a second time."));
  await add(app, "ku_oom", insight("Killed by the kernel", "SIGKILL came from the OOM killer."));
  await add(app, "ku_regex", insight("Nested quantifiers backtrack", "Exponential on some strings."));
  equal((await found(app, { q: "why is the report made too late since autumn" }))[0], "ku_dst");
  equal((await found(app, { q: "it ran out of memory" }))[0], "ku_oom");
  equal((await found(app, { q: "regex freezes with certain input" }))[0], "ku_regex");
});

onEachEngine(
  "after a large import what is indexed answers and says so, until all of it is",
  async (engine) => {
    await using app = await appOn(engine.open());
    // Far more than a question waits for, since they are indexed beside it too.
    const units = 4 * INDEX_PAGE * INDEX_PAGES_AT_ONCE;
    const rows = Array.from({ length: units }, (_, n) => {
      const id = `ku_${String(n + 1).padStart(4, "0")}`;
      return approvedRow(id, insight(n + 1 === units ? "A narwhal" : "Something else"));
    });
    await app.database.transaction(async (transaction) => {
      await insertUnits(transaction, rows);
    });
    const ask = async (): Promise<{ isPartial: boolean; count: number }> => {
      const response = await app.request("GET", "/api/v1/knowledge?q=narwhal");
      const isPartial = response.headers.get("cq-partial") !== null;
      return { isPartial, count: (await answered(response, 200)).data.length };
    };
    deepEqual(await ask(), { isPartial: true, count: 0 });
    await until(async () => !(await ask()).isPartial, "all of it is indexed");
    deepEqual(await ask(), { isPartial: false, count: 1 });
  },
);

Deno.test("where the index cannot be written, what is indexed answers, and says that there may be more", async () => {
  await using app = await testApp();
  await add(app, "ku_old", insight("A narwhal dives"));
  deepEqual(await found(app, { q: "narwhal" }), ["ku_old"]);
  const words = Array.from({ length: 6_000 }, (_, n) => `word${n}x`).join(" ");
  await app.database.transaction(async (transaction) => {
    await insertUnits(transaction, [approvedRow("ku_new", insight("A narwhal surfaces", words))]);
    // Takes whatever is free inside of the file, before anybody can index the unit.
    await transaction.script("CREATE TABLE filler AS SELECT randomblob(2000000) AS bytes");
    const pages = await transaction.first<{ page_count: number }>(sql`PRAGMA page_count`);
    await transaction.all({ pieces: [{ text: `PRAGMA max_page_count = ${pages!.page_count}` }] });
  });
  const response = await app.request("GET", "/api/v1/knowledge?q=narwhal");
  notEqual(response.headers.get("cq-partial"), null);
  const { data } = await answered(response, 200);
  deepEqual(data.map(({ id }: { id: string }) => id), ["ku_old"]);
});

searching("an index that a newer version made by rules of its own is left to it, and read", async (app) => {
  await add(app, "ku_1", insight("A narwhal dives"));
  deepEqual(await found(app, { q: "narwhal" }), ["ku_1"]);
  const newer = { indexed_seq: 0, word_rules: WORD_RULES + 1 };
  await app.database.transaction((transaction) => setIndexState(transaction, newer));
  await add(app, "ku_2", insight("A narwhal surfaces"));
  const response = await app.request("GET", "/api/v1/knowledge?q=narwhal");
  equal(response.headers.get("cq-partial"), null);
  const { data } = await answered(response, 200);
  deepEqual(data.map(({ id }: { id: string }) => id), ["ku_1"]);
  deepEqual(await indexState(app.database), newer);
});
