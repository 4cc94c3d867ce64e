import { deepEqual, ok } from "node:assert/strict";
import type { Database } from "../../src/database/database.ts";
import { sql } from "../../src/database/sql.ts";
import { appOn, type TestApp } from "../fixtures/app.ts";
import { type EngineDatabase, onEachEngine } from "../fixtures/engines.ts";
import { answered } from "../fixtures/faults.ts";
import { contractAnswer } from "../fixtures/query_oracle.ts";
import { storedUnit } from "../fixtures/rows.ts";

const ROUNDS = 50;
const FOREIGN_WRITES = 200;
const UNREADABLE = "no JSON";

/** What somebody who reads one server sees of the store. */
interface View {
  /** Ids of the units in domain `d`, best first, each with its confidence. */
  readonly found: readonly string[];
  readonly domains: Record<string, number>;
  readonly statuses: Record<string, number>;
  readonly queue: readonly string[];
  readonly pending: number;
}

interface Answer {
  data: { id: string; evidence: { confidence: number } }[];
  items: { knowledge_unit: { id: string } }[];
  total: number;
  domain_counts: Record<string, number>;
  counts: Record<string, number>;
}

async function view(app: TestApp, bearer: string): Promise<View> {
  const get = async (path: string): Promise<Answer> =>
    await answered(await app.request("GET", `/api/v1/${path}`, { bearer }), 200);
  const [query, stats, review, queue] = await Promise.all([
    get("knowledge?domains=d&limit=50"),
    get("knowledge/stats"),
    get("review/stats"),
    get("review/queue?limit=1000"),
  ]);
  return {
    found: query.data.map(({ id, evidence }) => `${id} ${evidence.confidence}`),
    domains: stats.domain_counts,
    statuses: review.counts,
    queue: queue.items.map(({ knowledge_unit }) => knowledge_unit.id).sort(),
    pending: queue.total,
  };
}

/** What there is to see, row by row. */
async function truth(database: Database): Promise<View> {
  const units = await database.all<{ id: string; data: string; status: string }>(
    sql`SELECT id, data, status FROM knowledge_units ORDER BY id`,
  );
  const rows = await database.all<{ domain: string; status: string }>(sql`
    SELECT domain, status FROM knowledge_unit_domains JOIN knowledge_units ON id = unit_id`);
  const found = await contractAnswer(database, { domains: ["d"], limit: 50 });
  const withStatus = (status: string): typeof units => units.filter((unit) => unit.status === status);
  const names = rows.filter(({ status }) => status === "approved").map(({ domain }) => domain);
  const pending = withStatus("pending");
  return {
    found: found.map(({ id, evidence }) => `${id} ${evidence.confidence}`),
    domains: Object.fromEntries(
      [...Map.groupBy(names, (name) => name)].map(([name, { length }]) => [name, length]),
    ),
    statuses: {
      pending: pending.length,
      approved: withStatus("approved").length,
      rejected: withStatus("rejected").length,
    },
    queue: pending.filter(({ data }) => data !== UNREADABLE).map(({ id }) => id).sort(),
    pending: pending.length,
  };
}

interface Servers extends AsyncDisposable {
  readonly both: readonly [TestApp, TestApp];
  readonly token: string;
}

/** Two servers on one database that have both loaded it. */
async function twoServers(database: EngineDatabase): Promise<Servers> {
  const one = await appOn(database.open());
  const other = await appOn(database.open());
  const token = await one.signIn("ada");
  for (const app of [one, other]) await view(app, token);
  return {
    both: [one, other],
    token,
    async [Symbol.asyncDispose](): Promise<void> {
      await other[Symbol.asyncDispose]();
      await one[Symbol.asyncDispose]();
    },
  };
}

onEachEngine("what one server has written is in every next answer of the other one", async (database) => {
  await using servers = await twoServers(database);
  const { both: [one, other], token } = servers;
  const key = await one.apiKey("ada");
  for (let round = 0; round < ROUNDS; round++) {
    const [writer, reader] = round % 2 === 0 ? [one, other] : [other, one];
    const seen = async (step: string): Promise<void> =>
      deepEqual(await view(reader, token), await truth(one.database), `round ${round}, ${step}`);
    const send = async (path: string, options: { bearer: string; json?: unknown }): Promise<void> => {
      const response = await writer.request("POST", `/api/v1/${path}`, options);
      ok(response.ok, await response.text());
    };
    const insight = { summary: `Round ${round}`, detail: "d", action: "a" };
    const id = await writer.unit({ key, domains: ["d"], insight, approve: false });
    await seen("proposed");
    await send(`review/${id}/${round % 5 === 4 ? "reject" : "approve"}`, { bearer: token });
    await seen("decided");
    if (round % 5 === 4) continue;
    await send(`knowledge/${id}/confirmations`, { bearer: key });
    await seen("confirmed");
    await send(`knowledge/${id}/flags`, { bearer: key, json: { reason: "stale" } });
    await seen("flagged");
  }
});

/** The n-th write of a foreign program to ten units. */
function foreignWrite(step: number): string[] {
  const id = `u${step * 7 % 10}`;
  const data = (confidence: number, domains: string[]): string =>
    `'${JSON.stringify(storedUnit(id, { domains, evidence: { confidence } }))}'`;
  const kinds: string[][] = [
    [
      `INSERT INTO knowledge_units (id, data, status, created_at) VALUES
        ('${id}', ${data(step % 101 / 100, ["d"])}, 'approved', '2026-01-01') ON CONFLICT DO NOTHING`,
      `INSERT INTO knowledge_unit_domains VALUES ('${id}', 'd') ON CONFLICT DO NOTHING`,
    ],
    [`UPDATE knowledge_units SET data = ${data(step * 37 % 101 / 100, ["d", "e"])} WHERE id = '${id}'`],
    [`UPDATE knowledge_units SET status = 'pending' WHERE id = '${id}'`],
    [`DELETE FROM knowledge_unit_domains WHERE unit_id = '${id}'`],
    [`UPDATE knowledge_units SET status = 'approved'`],
    [
      `DELETE FROM knowledge_unit_domains WHERE unit_id = '${id}'`,
      `INSERT INTO knowledge_unit_domains SELECT id, 'd' FROM knowledge_units WHERE id = '${id}'`,
    ],
    [`UPDATE knowledge_units SET data = '${UNREADABLE}' WHERE id = '${id}'`],
    [
      `DELETE FROM knowledge_unit_domains WHERE unit_id = '${id}'`,
      `DELETE FROM knowledge_units WHERE id = '${id}'`,
    ],
  ];
  // The first kind most often, or soon there would be nothing left to change.
  return kinds[step % 3 === 0 ? 0 : step * 5 % kinds.length]!;
}

onEachEngine("what another program has written is in every next answer of every server", async (database) => {
  await using servers = await twoServers(database);
  await using program = database.foreignProgram();
  let shown = 0;
  for (let step = 0; step < FOREIGN_WRITES; step++) {
    await program.write(...foreignWrite(step));
    const expected = await truth(servers.both[0].database);
    for (const [index, app] of servers.both.entries()) {
      deepEqual(await view(app, servers.token), expected, `write ${step}, server ${index}`);
    }
    shown += expected.found.length;
  }
  ok(shown > FOREIGN_WRITES, `only ${shown} units were shown in all`);
});
