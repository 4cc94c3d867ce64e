import { deepEqual } from "node:assert/strict";
import { ignoredBecause } from "../fixtures/ignoring.ts";
import { WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { loadCases, type RecordedCase } from "./case_file.ts";
import { POSTGRES } from "./engine_postgres.ts";
import { runCase } from "./run_case.ts";

function isIgnored(recorded: RecordedCase): boolean {
  const reason = POSTGRES.inapplicable(recorded);
  return ignoredBecause(reason === undefined ? undefined : `${recorded.id} on Postgres: ${reason}`);
}

/** What SQLite says of its own schema says nothing of Postgres. */
function withoutCatalogue(recorded: RecordedCase): RecordedCase {
  return {
    ...recorded,
    steps: recorded.steps.filter((step) => !("sql" in step && step.sql.includes("sqlite_master"))),
  };
}

for (const recorded of loadCases()) {
  Deno.test({
    name: `on Postgres, ${recorded.id}: ${recorded.title}`,
    ignore: WITHOUT_POSTGRES || isIgnored(recorded),
    fn: async () =>
      deepEqual(await runCase(withoutCatalogue(recorded), { engine: POSTGRES, place: "here" }), []),
  });
}
