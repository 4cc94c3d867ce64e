import { deepEqual, equal, match } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { manualClock } from "../fixtures/clock.ts";
import { answered } from "../fixtures/faults.ts";
import { administer, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { type PostgresApp, postgresApp } from "../fixtures/postgres_app.ts";
import { until } from "../fixtures/waiting.ts";

const HEAD = MIGRATIONS.at(-1)!.revision;

const clock = manualClock();

/** What a server says of itself a second later than whatever it said before: it looks anew then. */
async function readiness(app: TestApp): Promise<Response> {
  clock.advance(1);
  return await app.request("GET", "/readyz");
}

/** Checks that a server says it is ready. */
async function ready(app: TestApp): Promise<void> {
  deepEqual(await answered(await readiness(app), 200), { status: "ready" });
}

/** Why a server says it is not ready; it must. */
async function unready(app: TestApp): Promise<string> {
  const response = await readiness(app);
  equal(response.headers.get("retry-after"), "1");
  return (await answered(response, 503)).detail;
}

function script(app: TestApp, text: string): Promise<void> {
  return app.database.transaction((transaction) => transaction.script(text));
}

function onPostgres(name: string, body: (app: PostgresApp) => Promise<void>): void {
  Deno.test({
    name,
    ignore: WITHOUT_POSTGRES,
    async fn(): Promise<void> {
      await using app = await postgresApp({ poolSize: 2 }, { clock });
      await body(app);
    },
  });
}

const ENGINES: readonly [engine: string, open: () => Promise<TestApp>, isAbsent: boolean][] = [
  ["SQLite", () => testApp({ clock }), false],
  ["Postgres", () => postgresApp({ poolSize: 2 }, { clock }), WITHOUT_POSTGRES],
];

for (const [engine, open, ignore] of ENGINES) {
  Deno.test({
    name: `on ${engine} a server is ready until it drains; requests are still answered then`,
    ignore,
    async fn(): Promise<void> {
      await using app = await open();
      await ready(app);
      await app.server.startDraining();
      equal(await unready(app), "Not ready: the server is about to end");
      equal((await app.request("GET", "/api/v1/knowledge?domains=a")).status, 200);
    },
  });

  Deno.test({
    name: `on ${engine} a server is not ready while the schema is not the one it knows`,
    ignore,
    async fn(): Promise<void> {
      await using app = await open();
      const [, ...others] = MIGRATIONS.map(({ revision }) => revision);
      const forget = `DELETE FROM schema_history WHERE revision = '${HEAD}'`;
      const changes: readonly [string, string][] = [
        [
          "UPDATE alembic_version SET version_num = '0002'",
          "UPDATE alembic_version SET version_num = '0001'",
        ],
        [
          `UPDATE schema_history SET revision = '9${others[0]}' WHERE revision = '${others[0]}'`,
          `UPDATE schema_history SET revision = '${others[0]}' WHERE revision = '9${others[0]}'`,
        ],
        ["ALTER TABLE users RENAME TO gone", "ALTER TABLE gone RENAME TO users"],
        ["DELETE FROM alembic_version", "INSERT INTO alembic_version VALUES ('0001')"],
      ];
      for (const [change, undo] of changes) {
        await script(app, change);
        equal(await unready(app), "Not ready: the schema is not at the newest revision", change);
        await script(app, undo);
        await ready(app);
      }
      await script(app, forget);
      equal(await unready(app), "Not ready: the schema is not at the newest revision");
    },
  });

  Deno.test({
    name: `on ${engine} a server stays ready, and says so, when a newer version adds to the schema`,
    ignore,
    async fn(): Promise<void> {
      await using app = await open();
      await ready(app);
      await script(app, "INSERT INTO schema_history VALUES ('9999', 'x', 'x', 'x', 1, 'x')");
      const { status, notes } = await answered(await readiness(app), 200);
      equal(status, "ready");
      match(notes.join(), /^the schema is newer than this version/);
      await script(app, "ALTER TABLE users RENAME TO gone");
      equal(await unready(app), "Not ready: the schema is not at the newest revision");
    },
  });

  Deno.test({
    name: `on ${engine} the database is asked once a second, however many ask whether a server is ready`,
    ignore,
    async fn(): Promise<void> {
      await using app = await open();
      await ready(app);
      await script(app, "ALTER TABLE users RENAME TO gone");
      equal((await answered(await app.request("GET", "/readyz"), 200)).status, "ready");
      match(await unready(app), /schema/);
      await script(app, "ALTER TABLE gone RENAME TO users");
      match((await answered(await app.request("GET", "/readyz"), 503)).detail, /schema/);
      await ready(app);
    },
  });
}

onPostgres("a server whose database is gone is not ready, and its health is a 503", async (app) => {
  await ready(app);
  await administer(`DROP DATABASE ${app.name} WITH (FORCE)`);
  equal(await unready(app), "Not ready: the database cannot be read");
  const health = await app.request("GET", "/api/v1/health");
  equal(health.headers.get("retry-after"), "1");
  match((await answered(health, 503)).detail, /^The database cannot be read$/);
});

onPostgres(
  "while Postgres takes no writes, reads go on, writes are a 503, and readiness says why",
  async (app) => {
    const token = await app.signIn("ada");
    const key = await app.apiKey("ada");
    const id = await app.unit({ key, domains: ["a"] });
    const proposal = { domains: ["a"], insight: { summary: "s", detail: "d", action: "a" } };
    const writes: readonly [path: string, options: { bearer: string; json?: unknown }][] = [
      ["knowledge", { bearer: key, json: proposal }],
      [`knowledge/${id}/confirmations`, { bearer: key }],
      [`knowledge/${id}/flags`, { bearer: key, json: { reason: "stale" } }],
      [`review/${id}/approve`, { bearer: token }],
      ["users/me/api-keys", { bearer: token, json: { name: "n", ttl: "1d" } }],
    ];
    // A session that was ended is noticed by the request that would have used it.
    const read = async (): Promise<boolean> => {
      const response = await app.request("GET", "/api/v1/knowledge?domains=a");
      return response.status === 200 && (await response.json()).data.length === 1;
    };

    await app.setReadOnly(true);
    await until(read, "reads are served again");
    equal(await unready(app), "Not ready: the database takes no writes");
    equal((await app.request("GET", "/api/v1/health")).status, 200);
    equal((await app.request("GET", "/api/v1/review/queue", { bearer: token })).status, 200);
    for (const [path, options] of writes) {
      const response = await app.request("POST", `/api/v1/${path}`, options);
      equal(response.headers.get("retry-after"), "1", path);
      equal((await answered(response, 503)).detail, "The database cannot be written to", path);
    }

    await app.setReadOnly(false);
    const isReady = async (): Promise<boolean> => {
      const response = await readiness(app);
      await response.body?.cancel();
      return response.ok;
    };
    await until(isReady, "the server is ready again");
    equal((await app.request("POST", "/api/v1/knowledge", writes[0]![1])).status, 201);
  },
);

Deno.test("a server whose disk is full is not ready until there is room, and reads go on", async () => {
  await using app = await testApp({ clock });
  const key = (await app.signIn("ada"), await app.apiKey("ada"));
  const propose = async (): Promise<number> => {
    const insight = { summary: "s", detail: clock.hex32().repeat(200), action: "a" };
    const response = await app.request("POST", "/api/v1/knowledge", {
      bearer: key,
      json: { domains: ["a"], insight },
    });
    await response.body?.cancel();
    return response.status;
  };
  await script(app, "PRAGMA max_page_count = 1");
  let status = 201;
  while (status === 201) status = await propose();
  equal(status, 507);
  equal(await unready(app), "Not ready: the database takes no writes");
  equal((await app.request("GET", "/api/v1/knowledge?domains=a")).status, 200);
  await script(app, "PRAGMA max_page_count = 100000");
  equal(await propose(), 201);
  await ready(app);
});

Deno.test("a server stays ready while another program holds the lock of its file: reads go on, and writes are a 503", async () => {
  await using app = await testApp({ clock });
  const key = (await app.signIn("ada"), await app.apiKey("ada"));
  const insight = { summary: "s", detail: "d", action: "a" };
  const proposal = { bearer: key, json: { domains: ["a"], insight } };
  using other = new DatabaseSync(app.databasePath);
  other.exec("BEGIN IMMEDIATE");
  const refused = await app.request("POST", "/api/v1/knowledge", proposal);
  equal(refused.headers.get("retry-after"), "1");
  equal((await answered(refused, 503)).detail, "The database is busy");
  await ready(app);
  equal((await app.request("GET", "/api/v1/knowledge?domains=a")).status, 200);
  other.exec("COMMIT");
  equal((await app.request("POST", "/api/v1/knowledge", proposal)).status, 201);
});
