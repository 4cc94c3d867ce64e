import { deepEqual, equal, ok } from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { openDatabase } from "../../src/database/open.ts";
import { createTransfer } from "../../src/knowledge/transfer.ts";
import { IDENTITY_CACHE_MS, IMPORT_BATCH, INDEX_DELAY_MS } from "../../src/limits.ts";
import { appOn, type TestApp } from "../fixtures/app.ts";
import { postgresDatabase, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { type PostgresProxy, startPostgresProxy } from "../fixtures/postgres_proxy.ts";
import { storedUnit } from "../fixtures/rows.ts";
import { delay } from "../fixtures/waiting.ts";

/** Runs at most, of which the least counts: what the server does beside the requests may fall into one. */
const RUNS = 25;
const EXPECTED: RoundTrips = {
  proposal: 1,
  decision: 1,
  confirmation: 2,
  flag: 2,
  changedQuery: 3,
  query: 1,
  sameQuery: 1,
};
let proposals = 0;

/** The same one twice would be one unit. */
function nextProposal(): object {
  return { domains: ["a", "b"], insight: { summary: "s", detail: "d", action: `a${proposals++}` } };
}

interface Setting extends AsyncDisposable {
  readonly app: TestApp;
  readonly proxy: PostgresProxy;
  readonly token: string;
  readonly key: string;
}

type Kind = "proposal" | "decision" | "confirmation" | "flag" | "changedQuery" | "query" | "sameQuery";
type RoundTrips = Record<Kind, number>;

async function setting(): Promise<Setting> {
  const target = await postgresDatabase();
  const { host: hostname = "127.0.0.1", port = 5432 } = target.location;
  const proxy = startPostgresProxy({ hostname, port });
  // One connection: statements that are not sent together cannot hide behind one another.
  const database = openDatabase({ ...target.location, host: "127.0.0.1", port: proxy.port }, { poolSize: 1 });
  const app = await appOn(database);
  return {
    app,
    proxy,
    token: await app.signIn("ada"),
    key: await app.apiKey("ada"),
    async [Symbol.asyncDispose](): Promise<void> {
      await app[Symbol.asyncDispose]();
      await proxy[Symbol.asyncDispose]();
      await target[Symbol.asyncDispose]();
    },
  };
}

/** Counts the round trips of one request of each kind. */
async function roundTrips({ app, proxy, token, key }: Setting): Promise<RoundTrips> {
  const counted = async (
    method: string,
    path: string,
    options: { bearer?: string; json?: unknown },
  ): Promise<{ id: string; count: number }> => {
    proxy.takeRoundTrips();
    const response = await app.request(method, `/api/v1/${path}`, options);
    const body = await response.json();
    ok(response.ok, JSON.stringify(body));
    return { id: body.id, count: proxy.takeRoundTrips() };
  };
  const proposal = await counted("POST", "knowledge", { bearer: key, json: nextProposal() });
  const { id } = proposal;
  const decision = await counted("POST", `review/${id}/approve`, { bearer: token });
  const confirmation = await counted("POST", `knowledge/${id}/confirmations`, { bearer: key });
  const flag = await counted("POST", `knowledge/${id}/flags`, { bearer: key, json: { reason: "stale" } });
  // The first one has to hear of what changed and to fetch it.
  const changedQuery = await counted("GET", "knowledge?domains=a&limit=50", {});
  const query = await counted("GET", "knowledge?domains=a&domains=b&languages=go", {});
  const sameQuery = await counted("GET", "knowledge?domains=a&domains=b&languages=go", {});
  return {
    proposal: proposal.count,
    decision: decision.count,
    confirmation: confirmation.count,
    flag: flag.count,
    changedQuery: changedQuery.count,
    query: query.count,
    sameQuery: sameQuery.count,
  };
}

function leastOf(one: RoundTrips, other: RoundTrips): RoundTrips {
  const kinds = Object.keys(one) as Kind[];
  return Object.fromEntries(
    kinds.map((kind) => [kind, Math.min(one[kind], other[kind])]),
  ) as RoundTrips;
}

/** The first time, statements are prepared and the key's use is written. */
async function warmUp(test: Setting): Promise<void> {
  await roundTrips(test);
  // What was noted of the key was asked for before this, and there is one connection.
  await test.app.database.transaction(() => Promise.resolve());
}

/** Waits until the server has indexed what changed, which it does beside the requests. */
async function settled({ proxy }: Setting): Promise<void> {
  do {
    proxy.takeRoundTrips();
    await delay(2 * INDEX_DELAY_MS);
  } while (proxy.takeRoundTrips() > 0);
}

Deno.test({
  name: "a query, a proposal and a decision take one round trip to Postgres, a confirmation and a flag two",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using test = await setting();
    await warmUp(test);
    let least = await roundTrips(test);
    for (let run = 1; run < RUNS && !isDeepStrictEqual(least, EXPECTED); run++) {
      least = leastOf(least, await roundTrips(test));
    }
    deepEqual(least, EXPECTED);
  },
});

Deno.test({
  name: "an import takes four round trips, however many units it brings at once",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using test = await setting();
    const { database, clock } = test.app;
    const lines = Array.from({ length: IMPORT_BATCH }, (_, index) => {
      const { id, ...unit } = storedUnit(`ku_${index}`);
      return { number: index + 1, text: JSON.stringify({ id, ...unit, domains: [`d${index}`] }) };
    });
    await settled(test);
    const counts = await createTransfer({ database, clock }).importLines(lines);
    deepEqual(counts, { added: IMPORT_BATCH, known: 0 });
    equal(test.proxy.takeRoundTrips(), 4, "what was purged, units, domains, events");
  },
});

Deno.test({
  name: "a caller who is not remembered costs one round trip more, and a query has none",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using test = await setting();
    await warmUp(test);
    await settled(test);
    await delay(IDENTITY_CACHE_MS);
    const { proposal, decision, query } = await roundTrips(test);
    deepEqual({ proposal, decision, query }, { proposal: 2, decision: 2, query: 1 });
    const id = await test.app.unit({ key: test.key });
    await settled(test);
    await delay(IDENTITY_CACHE_MS);
    const path = `/api/v1/knowledge/${id}/confirmations`;
    const response = await test.app.request("POST", path, { bearer: test.key });
    equal(response.status, 201, await response.text());
    equal(test.proxy.takeRoundTrips(), 3);
  },
});
