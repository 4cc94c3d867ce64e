import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import type { Database } from "../../src/database/database.ts";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { openDatabase } from "../../src/database/open.ts";
import { sql } from "../../src/database/sql.ts";
import { migrate } from "../../src/migrate/runner.ts";
import { newestChange } from "../../src/projection/changes.ts";
import { systemClock } from "../../src/wire/time.ts";
import { administer, openedPostgres, type OpenPostgres, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { until } from "../fixtures/waiting.ts";
import { checkedChanges, foreign } from "./derived.ts";
import { addUnit } from "./scenario.ts";

function onPostgres(name: string, body: (test: OpenPostgres) => Promise<void>): void {
  Deno.test({
    name: `postgres: ${name}`,
    ignore: WITHOUT_POSTGRES,
    async fn(): Promise<void> {
      await using test = await openedPostgres({ migrated: true, poolSize: 4 });
      await addUnit(test.database, { id: "a", domains: ["d1", "d2"] });
      await addUnit(test.database, { id: "b", domains: ["d1"] });
      await addUnit(test.database, { id: "c", domains: [] });
      await addUnit(test.database, { id: "p", domains: ["d1"], status: "pending" });
      await body(test);
    },
  });
}

async function send(database: Database, ...statements: readonly string[]): Promise<void> {
  await database.transaction(async (transaction) => {
    for (const statement of statements) await transaction.run(foreign(statement));
  });
}

/** The units that have a higher number than any had before `work`, and everything else is as it can be derived. */
async function changedBy(database: Database, work: () => Promise<void>): Promise<string[]> {
  const highest = await newestChange(database);
  await work();
  return [...(await checkedChanges(database)).values()]
    .filter(({ seq }) => seq > highest).map(({ unit_id }) => unit_id).sort();
}

onPostgres("what empties a table at once is noted", async ({ database }) => {
  deepEqual(await changedBy(database, () => send(database, "TRUNCATE knowledge_unit_domains")), ["a", "b"]);
  await addUnit(database, { id: "d", domains: ["d1"] });
  const all = ["a", "b", "c", "d", "p"];
  deepEqual(await changedBy(database, () => send(database, "TRUNCATE knowledge_units CASCADE")), all);
  await addUnit(database, { id: "a", domains: ["d1"] });
  const both = "TRUNCATE knowledge_unit_domains, knowledge_units CASCADE";
  deepEqual(await changedBy(database, () => send(database, both)), all);
});

onPostgres(
  "statements that write what they find, and those that tell constraints to hurry, are noted",
  async ({ database }) => {
    const writes: readonly (readonly [string[], changed: string[]])[] = [
      [
        ["UPDATE knowledge_units AS u SET tier = d.domain FROM knowledge_unit_domains AS d WHERE d.unit_id = u.id"],
        [
          "a",
          "b",
          "p",
        ],
      ],
      [
        ["WITH gone AS (DELETE FROM knowledge_units WHERE id = 'c' RETURNING data) INSERT INTO knowledge_units SELECT 'n', data FROM gone"],
        [
          "c",
          "n",
        ],
      ],
      [[
        "SET CONSTRAINTS ALL IMMEDIATE",
        "UPDATE knowledge_units SET tier = 'x' WHERE id = 'a'",
        "INSERT INTO knowledge_unit_domains VALUES ('a', 'd3')",
        "INSERT INTO knowledge_unit_domains SELECT 'a', 'many ' || n FROM generate_series(1, 99) AS n",
        "INSERT INTO knowledge_unit_domains VALUES ('a', 'the last')",
        "UPDATE knowledge_units SET tier = 'y' WHERE id = 'b'",
      ], ["a", "b"]],
      [[
        "SET CONSTRAINTS ALL IMMEDIATE",
        "DELETE FROM knowledge_units WHERE id = 'b'",
        "INSERT INTO knowledge_units (id, data, status) VALUES ('b', '{}', 'approved')",
        "INSERT INTO knowledge_unit_domains VALUES ('b', 'd1')",
      ], ["b"]],
    ];
    for (const [statements, changed] of writes) {
      deepEqual(
        await changedBy(database, () => send(database, ...statements)),
        changed,
        statements.join("; "),
      );
    }
  },
);

onPostgres(
  "a change of domain rows that meets an approval is seen by one of the two",
  async ({ database }) => {
    const isWaiting = async (): Promise<boolean> => {
      const sessions = await database.all(sql`
      SELECT pid FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = current_database()`);
      return sessions.length > 0;
    };
    let approval: Promise<void> | undefined;
    await database.transaction(async (transaction) => {
      await transaction.run(foreign("SET CONSTRAINTS ALL IMMEDIATE"));
      await transaction.run(foreign("INSERT INTO knowledge_unit_domains VALUES ('p', 'd9')"));
      let isOver = false;
      approval = send(database, "UPDATE knowledge_units SET status = 'approved' WHERE id = 'p'")
        .finally(() => isOver = true);
      await until(
        async () => isOver || await isWaiting(),
        "the approval is through or waits for this transaction",
      );
    });
    await approval;
    const { facts } = (await checkedChanges(database)).get("p")!;
    deepEqual(JSON.parse(facts!)[5].toSorted(), ["d1", "d9"]);
  },
);

onPostgres(
  "a program with its own search path and time zone, and no right to our tables, can write as ever",
  async ({ database, location }) => {
    const role = `cq_test_${crypto.randomUUID().replaceAll("-", "")}`;
    await administer(`CREATE ROLE ${role} LOGIN`);
    try {
      await send(
        database,
        `GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON knowledge_units, knowledge_unit_domains TO ${role}`,
      );
      const parameters = { ...location.parameters, search_path: "pg_catalog", TimeZone: "Asia/Tokyo" };
      const program = openDatabase({ ...location, username: role, parameters }, { poolSize: 1 });
      try {
        await rejects(program.all(sql`SELECT * FROM public.knowledge_changes`), /cannot|denied|error/i);
        const insertion = "INSERT INTO public.knowledge_units (id, data, status, created_at) VALUES";
        const changed = await changedBy(database, () =>
          send(
            program,
            `${insertion} ('new', '{}', 'approved', '2026-03-01 03:00:00')`,
            "INSERT INTO public.knowledge_unit_domains VALUES ('new', 'd1')",
            "UPDATE public.knowledge_units SET tier = 'public' WHERE id = 'a'",
            "DELETE FROM public.knowledge_unit_domains WHERE unit_id = 'b'",
          ));
        deepEqual(changed, ["a", "b", "new"]);
        // A time without a zone is in UTC, wherever who wrote it is.
        const { facts } = (await checkedChanges(database)).get("new")!;
        equal(JSON.parse(facts!)[3], "2026-03-01");
        await send(program, "TRUNCATE public.knowledge_unit_domains");
        await send(program, "DELETE FROM public.knowledge_units");
        ok((await checkedChanges(database)).size > 0);
      } finally {
        await program.close();
      }
    } finally {
      await send(database, `REVOKE ALL ON knowledge_units, knowledge_unit_domains FROM ${role}`);
      await administer(`DROP ROLE ${role}`);
    }
  },
);

onPostgres("two stores in one database note each its own changes", async ({ database, location }) => {
  await send(database, "CREATE SCHEMA tenant");
  const tenant = openDatabase(
    { ...location, parameters: { ...location.parameters, search_path: "tenant" } },
    {
      poolSize: 1,
    },
  );
  try {
    await migrate(tenant, MIGRATIONS, { clock: systemClock(), appVersion: "test" });
    const before = await checkedChanges(database);
    // Another program names the schema, and its own search path is of the other store.
    await send(
      database,
      "INSERT INTO tenant.knowledge_units (id, data, status) VALUES ('t', '{}', 'approved')",
    );
    await send(database, "INSERT INTO tenant.knowledge_unit_domains VALUES ('t', 'd1')");
    deepEqual([...(await checkedChanges(tenant)).keys()], ["t"]);
    deepEqual(await checkedChanges(database), before);
  } finally {
    await tenant.close();
  }
});
