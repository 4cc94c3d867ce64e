import { openSqlite } from "../../src/database/sqlite.ts";
import { migrate } from "../../src/migrate/runner.ts";
import { systemClock } from "../../src/wire/time.ts";
import { SLOW_MIGRATIONS } from "./slow_migrations.ts";

// A process to be killed: brings the database in its argument to the newest made-up revision.

/** Printed when everything is loaded and the run begins. */
export const BEGUN = "begun\n";

if (import.meta.main) {
  const database = openSqlite(Deno.args[0]!);
  await Deno.stdout.write(new TextEncoder().encode(BEGUN));
  await migrate(database, SLOW_MIGRATIONS, { clock: systemClock(), appVersion: "test" });
  await database.close();
}
