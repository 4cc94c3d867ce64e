import { deepEqual, equal } from "node:assert/strict";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { openDatabase } from "../../src/database/open.ts";
import { sql } from "../../src/database/sql.ts";
import { postgresDatabase, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { spawnServer, stopServer, untilHealthy } from "../fixtures/server_process.ts";
import { appliedBy } from "./applied.ts";

const REPLICAS = 8;
const DATABASES = 20;
const REVISIONS = MIGRATIONS.map(({ revision }) => revision);

Deno.test({
  name:
    `of ${REPLICAS} replicas that start at once on an empty Postgres database, one makes the schema and all serve`,
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    for (let round = 0; round < DATABASES; round++) {
      await using target = await postgresDatabase();
      const env = { CQ_DATABASE_URL: target.url, CQ_DATABASE_POOL_SIZE: "2" };
      const servers = Array.from({ length: REPLICAS }, () => spawnServer({ databasePath: "", env }));
      try {
        await Promise.all(servers.map(untilHealthy));
        const statuses = await Promise.all(servers.map(stopServer));
        deepEqual(statuses.map(({ code }) => code), new Array(REPLICAS).fill(0));
        const outcomes = servers.map(appliedBy).filter((revisions) => revisions.length > 0);
        deepEqual(outcomes, [REVISIONS], `round ${round}`);
      } finally {
        await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
      }
      const database = openDatabase(target.location, { poolSize: 1 });
      const rows = await database.all(sql`SELECT revision FROM schema_history ORDER BY revision`);
      deepEqual(rows.map((row) => row["revision"]), REVISIONS);
      const versions = await database.all(sql`SELECT version_num FROM alembic_version`);
      equal(versions.length, 1);
      await database.close();
    }
  },
});
