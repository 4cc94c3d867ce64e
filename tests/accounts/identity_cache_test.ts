import { deepEqual, equal, rejects } from "node:assert/strict";
import { createMemory, type Memory } from "../../src/accounts/identity_cache.ts";
import { openDatabase } from "../../src/database/open.ts";
import { sql } from "../../src/database/sql.ts";
import { IDENTITY_CACHE_MAX, IDENTITY_CACHE_MS } from "../../src/limits.ts";
import { appOn, type TestApp, testApp } from "../fixtures/app.ts";
import { openedPostgres, type OpenPostgres, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { delay } from "../fixtures/waiting.ts";

const LONG_MS = 3_600_000;

/** A memory of what is loaded from `stored`, and how often it was. */
function counting(keep_ms: number): {
  memory: Memory<string>;
  stored: Map<string, string>;
  recall: (key: string) => Promise<string | undefined>;
  loads: () => number;
} {
  const memory = createMemory<string>(keep_ms);
  const stored = new Map<string, string>();
  let loads = 0;
  const load = (key: string): Promise<string | undefined> => {
    loads++;
    return Promise.resolve(stored.get(key));
  };
  return { memory, stored, recall: (key) => memory.recall(key, () => load(key)), loads: () => loads };
}

Deno.test("an answer is remembered for a while, for its key only", async () => {
  const { stored, recall, loads } = counting(LONG_MS);
  stored.set("a", "1").set("b", "2");
  deepEqual([await recall("a"), await recall("b")], ["1", "2"]);
  stored.set("a", "changed");
  deepEqual([await recall("a"), await recall("b")], ["1", "2"]);
  equal(loads(), 2);
});

Deno.test("an answer that is too old is asked for again", async () => {
  const { stored, recall } = counting(1);
  stored.set("a", "1");
  equal(await recall("a"), "1");
  stored.set("a", "2");
  await delay(5);
  equal(await recall("a"), "2");
});

Deno.test("a memory of no time asks every time", async () => {
  const { stored, recall, loads } = counting(0);
  stored.set("a", "1");
  await Promise.all([recall("a"), recall("a"), recall("a")]);
  equal(loads(), 3);
});

Deno.test("those who ask at the same time share one answer", async () => {
  const { stored, recall, loads } = counting(LONG_MS);
  stored.set("a", "1");
  deepEqual(await Promise.all([recall("a"), recall("a"), recall("a")]), ["1", "1", "1"]);
  equal(loads(), 1);
});

Deno.test("that there is nothing is not remembered, and neither is a failure", async () => {
  const { memory, stored, recall } = counting(LONG_MS);
  equal(await recall("a"), undefined);
  stored.set("a", "1");
  equal(await recall("a"), "1");
  await rejects(memory.recall("b", () => Promise.reject(new Error("no"))), /no/);
  equal(await memory.recall("b", () => Promise.resolve("2")), "2");
});

Deno.test("what is forgotten is asked for again", async () => {
  const { memory, stored, recall } = counting(LONG_MS);
  stored.set("a", "1");
  await recall("a");
  stored.set("a", "2");
  memory.forget("a");
  equal(await recall("a"), "2");
  memory.forget("never known");
});

Deno.test("everything can be forgotten", async () => {
  const { memory, stored, recall, loads } = counting(LONG_MS);
  stored.set("a", "1").set("b", "2");
  for (const key of ["a", "b"]) await recall(key);
  memory.forgetAll();
  for (const key of ["a", "b"]) await recall(key);
  equal(loads(), 4);
});

Deno.test("an answer that is under way when its key is forgotten does not come back", async () => {
  const memory = createMemory<string>(LONG_MS);
  const before = Promise.withResolvers<string | undefined>();
  const first = memory.recall("a", () => before.promise);
  memory.forget("a");
  const second = memory.recall("a", () => Promise.resolve("new"));
  before.resolve("old");
  deepEqual([await first, await second], ["old", "new"]);
  equal(await memory.recall("a", () => Promise.resolve("newer")), "new");
});

Deno.test("an answer under way that turns out to be nothing does not drop the one that came after it", async () => {
  const memory = createMemory<string>(LONG_MS);
  const before = Promise.withResolvers<string | undefined>();
  const first = memory.recall("a", () => before.promise);
  memory.forget("a");
  await memory.recall("a", () => Promise.resolve("new"));
  before.resolve(undefined);
  equal(await first, undefined);
  equal(await memory.recall("a", () => Promise.resolve("newer")), "new");
});

Deno.test("no more than so many are remembered", async () => {
  const { stored, recall, loads } = counting(LONG_MS);
  for (let index = 0; index <= IDENTITY_CACHE_MAX; index++) stored.set(String(index), "x");
  for (const key of stored.keys()) await recall(key);
  const before = loads();
  await recall("0");
  equal(loads(), before + 1);
});

/** Asks for a confirmation of a unit that is not there: 404 shows that the key is good. */
async function tryKey(app: TestApp, key: string): Promise<number> {
  const response = await app.request("POST", "/api/v1/knowledge/ku_x/confirmations", { bearer: key });
  await response.body?.cancel();
  return response.status;
}

async function tryToken(app: TestApp, token: string): Promise<number> {
  const response = await app.request("GET", "/api/v1/review/queue", { bearer: token });
  await response.body?.cancel();
  return response.status;
}

interface Replicas extends AsyncDisposable {
  readonly one: TestApp;
  readonly other: TestApp;
  readonly token: string;
  readonly key: string;
}

/** Two servers on one Postgres, both of which have just seen a key and its owner. */
async function replicas(): Promise<Replicas> {
  const opened: OpenPostgres = await openedPostgres({ poolSize: 2 });
  const one = await appOn(opened.database);
  const other = await appOn(openDatabase(opened.location, { poolSize: 2 }));
  const token = await one.signIn("ada");
  const key = await one.apiKey("ada");
  for (const app of [one, other]) {
    deepEqual([await tryKey(app, key), await tryToken(app, token)], [404, 200]);
  }
  return {
    one,
    other,
    token,
    key,
    async [Symbol.asyncDispose](): Promise<void> {
      await other[Symbol.asyncDispose]();
      await one[Symbol.asyncDispose]();
      await opened[Symbol.asyncDispose]();
    },
  };
}

async function revoke(app: TestApp, key: string, token: string): Promise<number> {
  const id = key.split(".")[2];
  const response = await app.request("POST", `/api/v1/users/me/api-keys/${id}/revoke`, { bearer: token });
  await response.body?.cancel();
  return response.status;
}

Deno.test({
  name: "a revoked key is refused at once by the replica that revoked it, and by others within a second",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using test = await replicas();
    equal(await revoke(test.one, test.key, test.token), 200);
    equal(await tryKey(test.one, test.key), 401);
    await delay(IDENTITY_CACHE_MS);
    equal(await tryKey(test.other, test.key), 401);
  },
});

Deno.test({
  name: "a key in constant use is refused a second after another replica revoked it, like any other",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using test = await replicas();
    const { one, other, key, token } = test;
    const uses: { sent_ms: number; status: number }[] = [];
    let isOver = false;
    const users = Array.from({ length: 4 }, async () => {
      while (!isOver) {
        const sent_ms = performance.now();
        uses.push({ sent_ms, status: await tryKey(other, key) });
      }
    });
    await delay(IDENTITY_CACHE_MS / 2);
    equal(await revoke(one, key, token), 200);
    const revoked_ms = performance.now();
    await delay(1.5 * IDENTITY_CACHE_MS);
    isOver = true;
    await Promise.all(users);
    const later = uses.filter(({ sent_ms }) => sent_ms >= revoked_ms + IDENTITY_CACHE_MS);
    deepEqual([...new Set(later.map(({ status }) => status))], [401]);
    deepEqual(uses.some(({ status }) => status === 404), true, "it was good before");
  },
});

Deno.test({
  name: "a user who is disabled or removed elsewhere is refused within a second, by login token and by key",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using test = await replicas();
    const { one, other, key, token } = test;
    const statuses = async (): Promise<number[]> => [await tryKey(other, key), await tryToken(other, token)];
    const change = async (query: ReturnType<typeof sql>): Promise<void> => {
      await one.database.transaction((transaction) => transaction.run(query));
      await delay(IDENTITY_CACHE_MS);
    };
    await change(sql`INSERT INTO account_states (user_id, disabled_at) SELECT id, created_at FROM users`);
    deepEqual(await statuses(), [401, 401]);
    await change(sql`DELETE FROM account_states`);
    deepEqual(await statuses(), [404, 200]);
    await change(sql`DELETE FROM users`);
    deepEqual(await statuses(), [401, 401]);
  },
});

Deno.test("on SQLite nothing is remembered: another process's change is seen by the next request", async () => {
  await using app = await testApp();
  const token = await app.signIn("ada");
  const key = await app.apiKey("ada");
  deepEqual([await tryKey(app, key), await tryToken(app, token)], [404, 200]);
  await app.database.transaction((transaction) => transaction.run(sql`DELETE FROM users`));
  deepEqual([await tryKey(app, key), await tryToken(app, token)], [401, 401]);
});
