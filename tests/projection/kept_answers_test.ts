import { equal } from "node:assert/strict";
import { type Sql, sql } from "../../src/database/sql.ts";
import { appOn, type TestApp } from "../fixtures/app.ts";
import { onEachEngine } from "../fixtures/engines.ts";
import { addRow, storedUnit } from "../fixtures/rows.ts";
import { seededRandom } from "../guard/corpus/random.ts";

const CHANGES = 150;
const UNITS = 25;
/** Some mean the same. */
const TAGS = ["k8s", "Kubernetes", "nodejs", "node-js", "go", "rust", "postgres", "pg"];
const QUERIES = [
  ...TAGS.map((tag) => `domains=${tag.toLowerCase()}&limit=3`),
  "domains=go&domains=rust&limit=5",
  "domains=k8s&domains=pg&languages=go&limit=5",
  "domains=k8s&tags=exact&limit=3",
  "q=where%20pools%20are%20closed&limit=5",
  "q=pools&domains=rust&limit=5",
  "limit=3",
];

async function answerTo(app: TestApp, query: string): Promise<string> {
  const response = await app.request("GET", `/api/v1/knowledge?${query}`);
  return `${response.headers.get("cq-widened")} ${await response.text()}`;
}

onEachEngine(
  "a kept answer is the one that would be computed, whatever was changed by whom",
  async (engine) => {
    const database = engine.open();
    await using app = await appOn(database);
    await answerTo(app, "domains=go");
    const random = seededRandom("kept answers");
    const idOf = (): string => `ku_${random.below(UNITS)}`;
    const tags = (): string[] => [...new Set([random.pick(TAGS), random.pick(TAGS)])];
    const detail = (): string =>
      random.pick(["Pools are closed late.", "Caches fill up.", "Locks are held."]);
    const unit = (domains: string[]): Record<string, unknown> => ({
      domains,
      insight: { summary: "s", detail: detail(), action: "a" },
      evidence: { confidence: random.below(100) / 100, confirmations: 1 },
    });
    const run = (query: Sql): Promise<unknown> =>
      database.transaction((transaction) => transaction.run(query));
    const changes: readonly ((id: string) => Promise<unknown>)[] = [
      async (id): Promise<unknown> => {
        await run(sql`DELETE FROM knowledge_units WHERE id = ${id}`);
        const domains = tags();
        return await addRow(database, id, {
          domains,
          data: unit(domains),
          status: random.pick(["approved", "approved", "pending"]),
        });
      },
      (id) => run(sql`DELETE FROM knowledge_units WHERE id = ${id}`),
      (id) =>
        run(
          sql`UPDATE knowledge_units SET status = ${random.pick(["approved", "rejected"])} WHERE id = ${id}`,
        ),
      (id) => {
        const data = JSON.stringify(storedUnit(id, unit(tags())));
        return run(sql`UPDATE knowledge_units SET data = ${data} WHERE id = ${id}`);
      },
      (id) =>
        run(sql`DELETE FROM knowledge_unit_domains WHERE unit_id = ${id} AND domain = ${random.pick(TAGS)}`),
    ];
    for (let change = 0; change < CHANGES; change++) {
      await random.pick(random.below(2) === 0 ? changes : changes.slice(0, 1))(idOf());
      for (const query of QUERIES) {
        // The same question in other words was never asked before.
        const computed = await answerTo(app, `${query}&never=${change}`);
        equal(await answerTo(app, query), computed, `change ${change}: ${query}`);
      }
    }
  },
);
