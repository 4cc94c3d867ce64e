import { deepEqual, equal, ok } from "node:assert/strict";
import { MIGRATIONS } from "../../migrations/mod.ts";
import type { Database } from "../../src/database/database.ts";
import { openDatabase } from "../../src/database/open.ts";
import { LOADING_CANDIDATES_MAX } from "../../src/limits.ts";
import { migrate } from "../../src/migrate/runner.ts";
import { changesAfter } from "../../src/projection/changes.ts";
import { systemClock } from "../../src/wire/time.ts";
import { addUnit } from "../engines/scenario.ts";
import { appOn, type TestApp } from "../fixtures/app.ts";
import { type EngineDatabase, onEachEngine, sqliteFile } from "../fixtures/engines.ts";
import { answered } from "../fixtures/faults.ts";
import { openedPostgres, type OpenPostgres, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { startPostgresProxy } from "../fixtures/postgres_proxy.ts";
import { contractAnswer, type OracleQuery } from "../fixtures/query_oracle.ts";
import { addRow, storedUnit } from "../fixtures/rows.ts";
import { until, within } from "../fixtures/waiting.ts";

/** Takes away what only the loading reads, and gives it back. Writes go on. */
const FAULTS = {
  // SQLite's triggers follow the table to its new name, Postgres' ones find the view under any.
  sqlite: ["ALTER TABLE knowledge_changes RENAME TO away", "ALTER TABLE away RENAME TO knowledge_changes"],
  postgres: ["ALTER VIEW knowledge_facts RENAME TO away", "ALTER VIEW away RENAME TO knowledge_facts"],
} as const;

function execute(database: Database, text: string): Promise<number> {
  return database.transaction((transaction) => transaction.run({ pieces: [{ text }] }));
}

interface Setting extends AsyncDisposable {
  /** A server that cannot load the store. */
  readonly app: TestApp;
  repair(): Promise<void>;
}

/** A store of 60 units in two domains, and more if `fill` adds some, with a server that cannot load it. */
async function unloadable(
  database: EngineDatabase,
  fill: (database: Database) => Promise<void> = () => Promise.resolve(),
): Promise<Setting> {
  const connection = database.open();
  await migrate(connection, MIGRATIONS, { clock: systemClock(), appVersion: "test" });
  for (let index = 0; index < 60; index++) {
    const domains = ["a", "b"].slice(index % 3 === 0 ? 1 : 0);
    const evidence = { confidence: index * 7 % 11 / 10 };
    const status = index % 5 === 0 ? "pending" : "approved";
    await addRow(connection, `ku_${index}`, { data: { domains, evidence }, domains, status });
  }
  await fill(connection);
  const [spoil, repair] = FAULTS[database.engine];
  await execute(connection, spoil);
  const app = await appOn(database.open());
  return {
    app,
    repair: async () => void await execute(connection, repair),
    async [Symbol.asyncDispose](): Promise<void> {
      await app[Symbol.asyncDispose]();
      await connection.close();
    },
  };
}

/** Checks that a query is answered with what the contract says. */
async function checkQuery(app: TestApp, query: OracleQuery): Promise<void> {
  const parameters = new URLSearchParams(query.domains.map((domain) => ["domains", domain]));
  parameters.set("limit", String(query.limit));
  const { data } = await answered(await app.request("GET", `/api/v1/knowledge?${parameters}`), 200);
  const expected = await contractAnswer(app.database, query);
  deepEqual(data.map(({ id }: { id: string }) => id), expected.map(({ id }) => id));
}

async function closed(server: AsyncDisposable): Promise<void> {
  await server[Symbol.asyncDispose]();
}

/** The status of a response that is under way; undefined as long as there is none. */
function statusOf(response: Promise<Response>): () => number | undefined {
  let status: number | undefined;
  response.then((there) => status = there.status);
  return () => status;
}

/** The answer to a request that is refused until the store is loaded. */
async function onceLoaded(request: () => Promise<Response>): ReturnType<typeof answered> {
  let response = await request();
  await until(async () => {
    if (response.status !== 503) return true;
    await response.body?.cancel();
    response = await request();
    return false;
  }, "the store is loaded");
  return await answered(response, 200);
}

onEachEngine(
  "while the store cannot be loaded queries and lists are answered, statistics wait, and loading is tried until it succeeds",
  async (database) => {
    await using test = await unloadable(database);
    const { app } = test;
    const bearer = await app.signIn("ada");
    const key = await app.apiKey("ada");
    const get = (path: string): Promise<Response> => app.request("GET", `/api/v1/${path}`, { bearer });
    const early = ["knowledge/stats", "review/stats"].map(get);
    const statuses = early.map(statusOf);

    const queries = [{ domains: ["a"], limit: 50 }, { domains: ["b", "a"], limit: 7 }, {
      domains: ["c"],
      limit: 5,
    }];
    for (const query of queries) await checkQuery(app, query);
    const id = await app.unit({ key, domains: ["a"] });
    await answered(await app.request("POST", `/api/v1/knowledge/${id}/confirmations`, { bearer: key }), 201);
    for (const query of queries) await checkQuery(app, query);
    equal((await answered(await get("review/queue"), 200)).total, 12);
    equal((await answered(await get("review/units?domain=a&status=pending"), 200)).length, 8);
    equal((await answered(await get("health"), 200)).status, "ok");
    for (const status of statuses) ok(status() !== 200, "counted what is not loaded");

    await test.repair();
    const [store, review] = await Promise.all(
      ["knowledge/stats", "review/stats"].map((path) => onceLoaded(() => get(path))),
    );
    deepEqual([store.total_count, review.counts], [61, { pending: 12, approved: 49, rejected: 0 }]);
    for (const response of await Promise.all(early)) await response.body?.cancel();
    for (const query of queries) await checkQuery(app, query);
  },
);

onEachEngine(
  "a query with more candidates than can be ranked from the database waits until the store is loaded, others do not",
  async (database) => {
    const hot = Array.from({ length: 64 }, (_, index) => `hot ${index}`);
    const units = Math.ceil((LOADING_CANDIDATES_MAX + 1) / hot.length);
    await using test = await unloadable(database, async (connection) => {
      for (let index = 0; index < units; index++) {
        const id = `hot_${index}`, status = index % 20 === 0 ? "approved" : "pending";
        await addUnit(connection, { id, data: JSON.stringify(storedUnit(id)), domains: hot, status });
      }
    });
    const ask = (): Promise<Response> =>
      test.app.request(
        "GET",
        `/api/v1/knowledge?limit=50&${hot.map((domain) => `domains=${domain}`).join("&")}`,
      );
    const early = ask(), status = statusOf(early);
    for (let count = 0; count < 5; count++) {
      await checkQuery(test.app, { domains: hot.slice(1), limit: 50 });
      await checkQuery(test.app, { domains: ["a", "b"], limit: 50 });
    }
    ok(status() !== 200, "ranked what is not loaded");
    await test.repair();
    await onceLoaded(ask);
    await checkQuery(test.app, { domains: hot, limit: 50 });
    await (await early).body?.cancel();
  },
);

onEachEngine(
  "a page of changes holds no more units than asked for, and all pages hold every unit once",
  async (database) => {
    await using test = await unloadable(database);
    const connection = database.open();
    await test.repair();
    const sizes: number[] = [], ids = new Set<string>();
    for (let page = await changesAfter(connection, 0, 25); page !== undefined;) {
      sizes.push(page.changes.length);
      for (const { id } of page.changes) ids.add(id);
      page = await changesAfter(connection, page.seq, 25);
    }
    deepEqual([sizes, ids.size], [[25, 25, 10], 60]);
    await connection.close();
  },
);

onEachEngine("a server that is closed while it loads, or cannot load, ends at once", async (database) => {
  await within(closed(await unloadable(database)), "the server that could not load to end");
  const connection = database.open();
  await execute(connection, FAULTS[database.engine][1]);
  await within(closed(await appOn(connection)), "the server that was loading to end");
});

Deno.test("who waits too long for a store that cannot be loaded is told so with a 503", async () => {
  await using database = await sqliteFile();
  await using test = await unloadable(database);
  const response = await test.app.request("GET", "/api/v1/knowledge/stats");
  equal(response.headers.get("retry-after"), "1");
  deepEqual(await answered(response, 503), { detail: "The store is still being loaded" });
});

function onPostgres(name: string, body: (test: OpenPostgres) => Promise<void>): void {
  Deno.test({
    name: `on Postgres ${name}`,
    ignore: WITHOUT_POSTGRES,
    async fn(): Promise<void> {
      await using test = await openedPostgres({ migrated: true, poolSize: 4 });
      await addRow(test.database, "ku_1", { domains: ["a"], data: { domains: ["a"] } });
      await body(test);
    },
  });
}

onPostgres(
  "queries are answered while another session has the table locked from which the store is loaded",
  async (test) => {
    let app: TestApp | undefined;
    try {
      await test.database.transaction(async (transaction) => {
        await transaction.run({ pieces: [{ text: "LOCK TABLE knowledge_changes" }] });
        app = await appOn(openDatabase(test.location, { poolSize: 4 }));
        await checkQuery(app, { domains: ["a"], limit: 5 });
      });
      const { total_count } = await onceLoaded(() => app!.request("GET", "/api/v1/knowledge/stats"));
      equal(total_count, 1);
    } finally {
      await app?.[Symbol.asyncDispose]();
    }
  },
);

onPostgres("a store that never ceases to change is loaded all the same", async (test) => {
  const { host: hostname = "127.0.0.1", port = 5432 } = test.location;
  await using proxy = startPostgresProxy({ hostname, port });
  let writes = 0;
  // Whenever the server looks, something has changed again.
  proxy.interpose(async () => {
    await execute(test.database, `UPDATE knowledge_units SET tier = 'tier ${writes++}'`);
  });
  const location = { ...test.location, host: "127.0.0.1", port: proxy.port };
  await using app = await appOn(openDatabase(location, { poolSize: 2 }));
  const { total_count } = await onceLoaded(() => app.request("GET", "/api/v1/knowledge/stats"));
  deepEqual([total_count, writes > 2], [1, true]);
});
