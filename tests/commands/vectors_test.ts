import { deepEqual, equal, match } from "node:assert/strict";
import { openSqlite } from "../../src/database/sqlite.ts";
import { openDatabase } from "../../src/database/open.ts";
import type { Database } from "../../src/database/database.ts";
import { EMBEDDING_BATCH } from "../../src/limits.ts";
import { type CommandResult, cq } from "../fixtures/command_line.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { DIMENSION, type FakeEmbeddingService, fakeEmbeddingService } from "../fixtures/embedding_service.ts";
import { postgresDatabase, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { addRow } from "../fixtures/rows.ts";
import { startServer, stopServer } from "../fixtures/server_process.ts";
import { until } from "../fixtures/waiting.ts";

const UNITS = 2 * EMBEDDING_BATCH + 1;

interface Setting {
  readonly service: FakeEmbeddingService;
  /** Of the store and the service. */
  readonly env: Readonly<Record<string, string>>;
  vectors(...args: string[]): Promise<CommandResult>;
}

/** A test on a store with {@link UNITS} approved units and one that is not, and no server. */
async function withUnits(
  place: { env: Record<string, string>; open: () => Database },
  body: (setting: Setting) => Promise<void>,
): Promise<void> {
  await using service = fakeEmbeddingService();
  equal((await cq(["migrate"], { env: place.env })).code, 0);
  const database = place.open();
  for (let n = 0; n < UNITS; n++) {
    await addRow(database, `ku_${n}`, {
      data: { insight: { summary: `Kitten ${"x".repeat(n)}`, detail: "d", action: "a" } },
    });
  }
  await addRow(database, "ku_pending", { status: "pending" });
  await database.close();
  const env = {
    ...place.env,
    TOKEN_EMBEDDING_URL: service.config.url,
    SEMSEARCH_EMBEDDING_DIM: String(DIMENSION),
  };
  await body({ service, env, vectors: (...args) => cq(["vectors", ...args], { env }) });
}

function onEach(name: string, body: (setting: Setting) => Promise<void>): void {
  Deno.test(`on SQLite ${name}`, async () => {
    await using directory = await temporaryDirectory();
    const path = directory.file("cq.db");
    await withUnits({ env: { CQ_DB_PATH: path }, open: () => openSqlite(path) }, body);
  });
  Deno.test({
    name: `on Postgres ${name}`,
    ignore: WITHOUT_POSTGRES,
    async fn(): Promise<void> {
      await using database = await postgresDatabase();
      const open = (): Database => openDatabase(database.location, { poolSize: 1 });
      await withUnits({ env: { CQ_DATABASE_URL: database.url }, open }, body);
    },
  });
}

onEach(
  "a store that was filled before there was a service gets its vectors, once",
  async ({ service, vectors }) => {
    const before = await vectors("status", "--json");
    deepEqual([before.code, JSON.parse(before.stdout)], [1, { units: UNITS, missing: UNITS, dimension: 0 }]);
    const filled = await vectors("fill");
    deepEqual([filled.code, filled.stderr], [0, ""]);
    equal(
      filled.stdout,
      `${UNITS} vectors made. ${UNITS} of ${UNITS} approved units have a vector of ${DIMENSION} dimensions, 0 have none.\n`,
    );
    equal(service.texts.length, UNITS);
    const repeated = await vectors("fill", "--json");
    deepEqual(
      [repeated.code, JSON.parse(repeated.stdout)],
      [0, { units: UNITS, missing: 0, dimension: DIMENSION, made: 0 }],
    );
    equal(service.texts.length, UNITS);
    equal((await vectors("status")).code, 0);

    const again = await vectors("fill", "--again");
    // One more asks whether the service is there.
    deepEqual([again.code, service.texts.length], [0, 2 * UNITS + 1]);
  },
);

onEach("vectors are not given up for a service that makes none", async ({ service, env, vectors }) => {
  equal((await vectors("fill")).code, 0);
  const wrong = await cq(["vectors", "fill"], { env: { ...env, SEMSEARCH_EMBEDDING_DIM: "768" } });
  deepEqual([wrong.code, wrong.stdout], [3, ""]);
  match(wrong.stderr, /SEMSEARCH_EMBEDDING_DIM says 768\n$/);
  service.behave("500");
  const down = await vectors("fill", "--again");
  deepEqual([down.code, down.stderr], [3, "error: The embedding service answered 500\n"]);
  equal((await vectors("status")).code, 0);
});

onEach(
  "texts that the service refuses are left, and tried again when it is run again",
  async ({ service, vectors }) => {
    service.refuse("xxxxxxxxxx");
    const some = await vectors("fill");
    equal(some.code, 1);
    match(some.stderr, /^The texts of some units are refused. The embedding service answered 500\n$/);
    match(some.stdout, new RegExp(`^10 vectors made. 10 of ${UNITS} approved units have`));
    service.refuse("nothing that is there");
    const rest = await vectors("fill");
    match(rest.stdout, new RegExp(`^${UNITS - 10} vectors made. ${UNITS} of ${UNITS} approved`));
    equal(rest.code, 0);
  },
);

onEach("a service that is down ends it at once, with the reason", async ({ service, vectors }) => {
  service.behave("500");
  const { code, stdout, stderr } = await vectors("fill");
  equal(code, 3);
  equal(stderr, "error: The embedding service answered 500\n");
  match(stdout, new RegExp(`^0 vectors made. 0 of ${UNITS} approved units have`));
  equal(service.requests, 2);
});

Deno.test("a server makes what is missing by itself, and ends in time while the service hangs", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await withUnits(
    { env: { CQ_DB_PATH: databasePath }, open: () => openSqlite(databasePath) },
    async (test) => {
      const { service, env, vectors } = test;
      service.behave("never");
      await using hanging = await startServer({ databasePath, env });
      await until(() => service.requests > 0, "the server asked for vectors");
      equal((await stopServer(hanging)).code, 0);
      service.behave("well");
      await using server = await startServer({ databasePath, env });
      await until(async () => (await vectors("status")).code === 0, "all vectors are there");
      const response = await fetch(`${server.url}/api/v1/knowledge?q=feline&limit=1`);
      const { data } = await response.json();
      equal(data[0].id, "ku_0");
      equal((await stopServer(server)).code, 0);
    },
  );
});

Deno.test("without an address of a service nothing can be made, and the dimension is checked", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  equal((await cq(["migrate"], { databasePath })).code, 0);
  const { code, stderr } = await cq(["vectors", "fill"], { databasePath });
  equal(code, 3);
  match(stderr, /^error: TOKEN_EMBEDDING_URL is not set; set it/);
  const status = await cq(["vectors", "status"], { databasePath });
  deepEqual([status.code, status.stdout], [0, "0 of 0 approved units have a vector, 0 have none.\n"]);
});
