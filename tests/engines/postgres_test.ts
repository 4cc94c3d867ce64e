import { deepEqual, ok } from "node:assert/strict";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { sql } from "../../src/database/sql.ts";
import { migrate } from "../../src/migrate/runner.ts";
import * as reviews from "../../src/review/store.ts";
import { systemClock } from "../../src/wire/time.ts";
import { administer, openedPostgres, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { addUnit, confidence, run } from "./scenario.ts";
import { storeSuite } from "./store_suite.ts";

/** What is asked here is what statements do, not how long a busy machine takes for the largest. */
const PATIENT = { migrated: true, poolSize: 4, patient: true };

storeSuite({
  name: "postgres",
  isAbsent: WITHOUT_POSTGRES,
  open: () => openedPostgres(PATIENT),
});

storeSuite({
  name: "postgres in English",
  isAbsent: WITHOUT_POSTGRES,
  open: () =>
    openedPostgres({
      ...PATIENT,
      creation: "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'",
    }),
});

Deno.test({
  name: "postgres: what is derived of all units is right when plans are parallel ones, in a migration too",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using test = await openedPostgres({ poolSize: 1 });
    const name = test.location.database;
    await administer(...["parallel_setup_cost", "parallel_tuple_cost", "min_parallel_table_scan_size"]
      .map((setting) => `ALTER DATABASE ${name} SET ${setting} = 0`));
    const { database } = test;
    const options = { clock: systemClock(), appVersion: "test" };
    const before = MIGRATIONS.findIndex(({ name }) => name === "changes");
    await migrate(database, MIGRATIONS.slice(0, before), options);
    // A session has the settings of the moment it began.
    await database.all(sql`SELECT pg_terminate_backend(pg_backend_pid())`).catch(() => {});
    await addUnit(database, { id: "u", data: confidence(0.9), created_at: "2026-03-01T23:30:00-01:00" });
    await run(database, sql`UPDATE knowledge_units SET reviewed_at = created_at`);
    await run(
      database,
      sql`
      INSERT INTO knowledge_units (id, data, status, created_at, reviewed_at)
      SELECT 'u' || n, data, status, created_at, reviewed_at FROM knowledge_units, generate_series(1, 999) AS n`,
    );
    const plan = await database.all(
      sql`EXPLAIN SELECT COUNT(*) FROM knowledge_units WHERE data LIKE ${"%9%"}`,
    );
    ok(/Workers Planned/.test(JSON.stringify(plan)), JSON.stringify(plan));
    await migrate(database, MIGRATIONS, options);

    const derived = await database.all(sql`
      SELECT confidence, facts::json ->> 3 AS created, facts::json ->> 4 AS reviewed, COUNT(*) AS total
      FROM knowledge_facts WHERE facts LIKE ${"%2026%"} GROUP BY 1, 2, 3`);
    deepEqual(derived.map((row) => ({ ...row })), [
      { confidence: 0.9, created: "2026-03-02", reviewed: "2026-03-02", total: 1000 },
    ]);
    deepEqual(
      await database.all(sql`SELECT unit_id, facts FROM knowledge_changes ORDER BY unit_id`),
      await database.all(sql`SELECT unit_id, facts FROM knowledge_facts ORDER BY unit_id`),
    );
    deepEqual((await reviews.filteredUnits(database, { confidenceMin: 0.95 }, 9)).length, 0);
  },
});

Deno.test({
  name: "postgres: events cannot be emptied away either",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using test = await openedPostgres({ migrated: true, poolSize: 1 });
    for (
      const change of [
        "UPDATE knowledge_events SET actor = 'eve'",
        "DELETE FROM knowledge_events",
        "TRUNCATE knowledge_events",
      ]
    ) {
      const refusal = await run(test.database, { pieces: [{ text: change }] }).catch((error) =>
        String(error)
      );
      ok(/knowledge_events is append-only/.test(String(refusal)), `${change}: ${refusal}`);
    }
  },
});
