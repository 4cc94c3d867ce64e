import { openDatabase } from "../../src/database/open.ts";
import { parseDatabaseUrl } from "../../src/database/url.ts";
import { migrate } from "../../src/migrate/runner.ts";
import { systemClock } from "../../src/wire/time.ts";
import { SLOW_MIGRATIONS } from "./slow_migrations.ts";

// A process to be killed: brings the database whose URL is its argument to the newest made-up revision.

/** Printed when everything is loaded and the run begins. */
export const BEGUN = "begun\n";

if (import.meta.main) {
  const database = openDatabase(parseDatabaseUrl(Deno.args[0]!, "the argument"));
  await Deno.stdout.write(new TextEncoder().encode(BEGUN));
  await migrate(database, SLOW_MIGRATIONS, { clock: systemClock(), appVersion: "test" });
  await database.close();
}
