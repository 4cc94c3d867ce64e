import { deepEqual, equal, ok } from "node:assert/strict";
import type { Database } from "../../src/database/database.ts";
import { openDatabase } from "../../src/database/open.ts";
import { sql } from "../../src/database/sql.ts";
import { isoOffset, systemClock } from "../../src/wire/time.ts";
import { approve, loginToken, makeKey, propose } from "../fixtures/accounts.ts";
import { PASSWORD_HASH } from "../fixtures/app.ts";
import { startBalancer } from "../fixtures/balancer.ts";
import { startEmbeddedPostgres } from "../fixtures/embedded_postgres.ts";
import { call } from "../fixtures/json_client.ts";
import { postgresDatabase, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { freePort, type ServerProcess, startServer } from "../fixtures/server_process.ts";
import { delay, until } from "../fixtures/waiting.ts";
import { parseDatabaseUrl } from "../../src/database/url.ts";
import { type LoadReport, mixedLoad } from "./replica_load.ts";

const REPLICAS = 4;
const CLIENTS = 32;
const LOAD_MS = 60_000;
const UNITS = 10;
/** What docs/scaling.md promises of units: nothing is remembered, so an acknowledged write is in the next read. */
const UNIT_STALENESS_MS = 0;
const RESTARTS = 10;

/** Adds a user straight to the database. */
async function addUser(database: Database, username: string): Promise<void> {
  await database.transaction((transaction) =>
    transaction.run(sql`INSERT INTO users (username, password_hash, created_at)
      VALUES (${username}, ${PASSWORD_HASH}, ${isoOffset(systemClock().now())})`)
  );
}

function startReplica(url: string, port = freePort()): Promise<ServerProcess> {
  // Strict: every confirmation and flag counts, whoever sends it.
  return startServer({
    databasePath: "",
    port,
    env: { CQ_DATABASE_URL: url, CQ_LOG_LEVEL: "error", CQ_COMPAT: "strict" },
  });
}

interface Pair extends AsyncDisposable {
  readonly one: string;
  readonly other: string;
  readonly database: Database;
  /** A login token and an API key of the one user, ada. */
  readonly token: string;
  readonly key: string;
}

/** Two replicas on a database of their own. */
async function twoReplicas(): Promise<Pair> {
  const target = await postgresDatabase();
  const replicas = await Promise.all([startReplica(target.url), startReplica(target.url)]);
  const [one, other] = replicas.map((replica) => replica.url) as [string, string];
  const database = openDatabase(target.location, { poolSize: 1 });
  await addUser(database, "ada");
  const token = loginToken("ada");
  return {
    one,
    other,
    database,
    token,
    key: await makeKey(one, token),
    async [Symbol.asyncDispose](): Promise<void> {
      await database.close();
      await Promise.all(replicas.map((replica) => replica[Symbol.asyncDispose]()));
      await target[Symbol.asyncDispose]();
    },
  };
}

async function sharedUnits(url: string): Promise<string[]> {
  const token = loginToken("ada");
  const key = await makeKey(url, token);
  const ids: string[] = [];
  for (let unit = 0; unit < UNITS; unit++) {
    const id = await propose(url, key, "shared");
    await approve(url, token, id);
    ids.push(id);
  }
  return ids;
}

/** Looks for every acknowledged write. */
async function checkAcknowledged(database: Database, report: LoadReport): Promise<void> {
  const rows = await database.all<{ id: string; status: string; data: string }>(
    sql`SELECT id, status, data FROM knowledge_units`,
  );
  const stored = new Map(rows.map((row) => [row.id, row]));
  deepEqual([...report.proposed].filter((id) => !stored.has(id)), [], "proposals");
  for (const [id, verdicts] of report.decisions) {
    deepEqual(verdicts, [stored.get(id)?.status], `decision on ${id}`);
  }
  for (const [id, least] of report.confirmations) {
    const found = JSON.parse(stored.get(id)!.data).evidence.confirmations - 1;
    ok(found >= least, `${id}: ${found} confirmations stored, ${least} acknowledged`);
  }
  for (const [id, least] of report.flags) {
    const found = JSON.parse(stored.get(id)!.data).flags.length;
    ok(found >= least, `${id}: ${found} flags stored, ${least} acknowledged`);
  }
  const events = await database.all<{ unit_id: string; kind: string; total: number }>(sql`
    SELECT unit_id, kind, COUNT(*) AS total FROM knowledge_events GROUP BY unit_id, kind`);
  for (const { unit_id, kind, total } of events) {
    const { evidence, flags } = JSON.parse(stored.get(unit_id)!.data);
    const expected = {
      proposed: 1,
      approved: 1,
      rejected: 1,
      confirmed: evidence.confirmations - 1,
      flagged: flags.length,
    };
    equal(total, expected[kind as keyof typeof expected], `${kind} events of ${unit_id}`);
  }
}

Deno.test({
  name:
    `${REPLICAS} replicas lose nothing and serve nothing stale while one after another is killed and started again`,
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using target = await postgresDatabase();
    const replicas = await Promise.all(Array.from({ length: REPLICAS }, () => startReplica(target.url)));
    const down = new Set<number>();
    await using balancer = startBalancer(() => replicas.filter((_, index) => !down.has(index)));
    const database = openDatabase(target.location, { poolSize: 2 });
    try {
      await addUser(database, "ada");
      const units = await sharedUnits(balancer.url);
      const end = performance.now() + LOAD_MS;
      const isOver = (): boolean => performance.now() > end;
      const load = mixedLoad({
        url: balancer.url,
        clients: CLIENTS,
        reviewer: "ada",
        units,
        bound_ms: UNIT_STALENESS_MS,
        isOver,
      });
      let kills = 0;
      for (let index = 0; !isOver(); index = (index + 1) % REPLICAS, kills++) {
        await delay(1_000);
        const { url } = replicas[index]!;
        replicas[index]!.kill("SIGKILL");
        await replicas[index]!.status;
        down.add(index);
        replicas[index] = await startReplica(target.url, Number(new URL(url).port));
        down.delete(index);
      }
      const report = await load;
      deepEqual(report.odd, []);
      deepEqual(report.stale, []);
      await checkAcknowledged(database, report);
      ok(kills >= REPLICAS && report.successes > 1_000, `${kills} kills, ${report.successes} successes`);
    } finally {
      await database.close();
      await Promise.all(replicas.map((replica) => replica[Symbol.asyncDispose]()));
    }
  },
});

Deno.test({
  name: "across replicas a unit gets one decision, no flag or confirmation is lost, and the key cap holds",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using pair = await twoReplicas();
    const { one, other, database, token, key } = pair;
    const at = (index: number): string => index % 2 === 0 ? one : other;

    const ids = await Promise.all(
      Array.from({ length: 40 }, (_, index) => propose(at(index), key, "shared")),
    );
    const decisions = await Promise.all(ids.map((id) =>
      Promise.all([
        call(one, `POST /review/${id}/approve`, { bearer: token }),
        call(other, `POST /review/${id}/reject`, { bearer: token }),
      ])
    ));
    for (const answers of decisions) deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);

    const id = await propose(one, key, "shared");
    await approve(one, token, id);
    const flags = Array.from(
      { length: 20 },
      (_, index) =>
        call(at(index), `POST /knowledge/${id}/flags`, { bearer: key, json: { reason: "stale" } }),
    );
    const confirmations = Array.from(
      { length: 50 },
      (_, index) => call(at(index), `POST /knowledge/${id}/confirmations`, { bearer: key }),
    );
    const answers = await Promise.all([...flags, ...confirmations]);
    deepEqual(answers.map(({ status }) => status), new Array(70).fill(201));
    const [unit] = await database.all<{ data: string }>(
      sql`SELECT data FROM knowledge_units WHERE id = ${id}`,
    );
    const { evidence, flags: stored } = JSON.parse(unit!.data);
    deepEqual([evidence.confirmations, stored.length], [51, 20]);

    await addUser(database, "eve");
    const eve = loginToken("eve");
    const keys = await Promise.all(
      Array.from(
        { length: 40 },
        (_, index) =>
          call(at(index), "POST /users/me/api-keys", { bearer: eve, json: { name: "n", ttl: "1d" } }),
      ),
    );
    equal(keys.filter(({ status }) => status === 201).length, 20);
    equal(keys.filter(({ status }) => status === 409).length, 20);
  },
});

Deno.test({
  name:
    "a key revoked and a user disabled on one replica are refused by the other within the documented second",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using pair = await twoReplicas();
    const { one, other, database, token, key } = pair;
    const id = await propose(other, key, "shared");
    const keyId = key.split(".")[2]!;
    equal((await call(one, `POST /users/me/api-keys/${keyId}/revoke`, { bearer: token })).status, 200);
    const confirmWith = async (url: string): Promise<number> =>
      (await call(url, `POST /knowledge/${id}/confirmations`, { bearer: key })).status;
    equal(await confirmWith(one), 401, "at once where it was revoked");
    await delay(1_000);
    equal(await confirmWith(other), 401, "after a second elsewhere");

    equal((await call(other, "GET /review/queue", { bearer: token })).status, 200);
    await database.transaction((transaction) =>
      transaction.run(
        sql`INSERT INTO account_states (user_id, disabled_at) SELECT id, created_at FROM users`,
      )
    );
    await delay(1_000);
    equal((await call(other, "GET /review/queue", { bearer: token })).status, 401);
  },
});

Deno.test({
  name:
    `a server outlives ${RESTARTS} restarts of Postgres under load: it answers 503, recovers by itself and loses nothing`,
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using postgres = await startEmbeddedPostgres();
    await using server = await startReplica(postgres.url);
    const database = openDatabase(parseDatabaseUrl(postgres.url, "url"), { poolSize: 1 });
    try {
      await addUser(database, "ada");
      const units = await sharedUnits(server.url);
      let restarts = 0;
      const load = mixedLoad({
        url: server.url,
        clients: 8,
        reviewer: "ada",
        units,
        bound_ms: UNIT_STALENESS_MS,
        isOver: () => restarts === RESTARTS,
      });
      const ready = async (): Promise<boolean> => {
        const response = await fetch(`${server.url}/readyz`);
        await response.body?.cancel();
        return response.ok;
      };
      while (restarts < RESTARTS) {
        await delay(300);
        await postgres.restart();
        await until(ready, "the server is ready again");
        restarts++;
      }
      const report = await load;
      deepEqual(report.odd, []);
      deepEqual(report.stale, []);
      ok(
        report.refusals > 0 && report.successes > 100,
        `${report.refusals} refusals, ${report.successes} successes`,
      );
      await until(
        () => database.all(sql`SELECT 1`).then(() => true, () => false),
        "the test's own connection is back",
      );
      await checkAcknowledged(database, report);
    } finally {
      await database.close();
    }
  },
});
