import { deepEqual, equal } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { sql } from "../../src/database/sql.ts";
import { openedPostgres, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { until, within } from "../fixtures/waiting.ts";
import { originalDatabase, run, schemaOf } from "../migrate/scenario.ts";
import { SLOW_MIGRATIONS } from "./slow_migrations.ts";

const SCRIPT = fileURLToPath(new URL("./migrate_slowly.ts", import.meta.url));

/** How the statement begins that runs a migration's script. */
const SCRIPT_RUN = "DO 'BEGIN EXECUTE%";
/** Sessions that run a script, and wait for a lock or are there at all. */
const WAITING = sql`
  SELECT COUNT(*) AS total FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE ${SCRIPT_RUN}`;
const PRESENT = sql`
  SELECT COUNT(*) AS total FROM pg_stat_activity
  WHERE datname = current_database() AND query LIKE ${SCRIPT_RUN}`;

Deno.test({
  name:
    "a migration of Postgres that is killed in the middle leaves the old schema, and the next run does all of it",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using test = await openedPostgres({ poolSize: 2 });
    const { database } = test;
    const total = async (query: typeof WAITING): Promise<number> =>
      (await database.first<{ total: number }>(query))!.total;
    await originalDatabase(database);
    const before = [await schemaOf(database), await database.all(sql`SELECT * FROM knowledge_units`)];

    // The second migration rewrites a unit that another session holds.
    const [held, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const holding = database.transaction(async (transaction) => {
      await transaction.all(sql`SELECT id FROM knowledge_units FOR UPDATE`);
      held.resolve();
      await release.promise;
    }, { lockWait_ms: 60_000 });
    await held.promise;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--frozen", "--no-check", "-A", SCRIPT, test.url],
      stdin: "null",
      stdout: "null",
      stderr: "inherit",
    }).spawn();
    await until(async () => await total(WAITING) > 0, "the migration waits for the unit");
    child.kill("SIGKILL");
    equal((await within(child.status, "the killed run to end")).signal, "SIGKILL");
    release.resolve();
    await holding;
    await until(async () => await total(PRESENT) === 0, "the server has noticed");

    deepEqual([await schemaOf(database), await database.all(sql`SELECT * FROM knowledge_units`)], before);
    deepEqual((await run(database, SLOW_MIGRATIONS)).applied, ["0002", "0003"]);
    const [unit] = await database.all<{ tier: string; data: string }>(
      sql`SELECT tier, data FROM knowledge_units`,
    );
    deepEqual([unit!.tier, JSON.parse(unit!.data)], ["public", { made_up: 1 }]);
  },
});
