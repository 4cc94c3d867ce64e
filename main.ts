import { MIGRATIONS } from "./migrations/mod.ts";
import { loadConfig } from "./src/config.ts";
import { DRAIN_MS } from "./src/connection_limits.ts";
import { CqError } from "./src/errors.ts";
import { listen } from "./src/http/listener.ts";
import { createServer } from "./src/http/server.ts";
import { GuardThread } from "./src/knowledge/guard_thread.ts";
import { configuredPolicy } from "./src/knowledge/screening.ts";
import { openMigrated } from "./src/migrate/startup.ts";
import { flushLog, logger, startLog } from "./src/telemetry/log.ts";
import { endsByError } from "./src/telemetry/uncaught.ts";
import { systemClock } from "./src/wire/time.ts";

const REFUSED_TO_START = 3;
const log = logger("server");

async function main(): Promise<void> {
  const config = loadConfig();
  // Reading the environment does not know the guard's rules; a start that is refused must not have changed the database.
  configuredPolicy(config.guardPolicy);
  await startLog(config.logLevel);
  for (const warning of config.warnings) log.warn(warning);

  const opening = { ...config.opening, migrations: MIGRATIONS, clock: systemClock() };
  const { database, outcome } = await openMigrated(config.database, opening);
  log.info(outcome === undefined ? "schema was not looked at" : "schema is up to date", { ...outcome });

  const guard = new GuardThread();
  const server = await createServer({ config, database, guard, ...opening });
  const listener = listen(config, server.app);
  const outOfTime = Promise.withResolvers<void>();
  const drain = (): void => {
    log.info("draining");
    setTimeout(outOfTime.resolve, DRAIN_MS);
    server.startDraining().then(() => listener.shutdown());
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) Deno.addSignalListener(signal, drain);

  // The listener is not aborted: after a shutdown, the runtime meets that with an error nobody can catch.
  await Promise.race([listener.finished, outOfTime.promise]);
  await server.close();
  guard.close();
  await database.close();
  log.info("stopped");
}

try {
  await main();
  await flushLog();
  if (!endsByError()) Deno.exit(0);
} catch (error) {
  await flushLog();
  const reason = error instanceof CqError ? error.message : (error as Error).stack;
  try {
    Deno.stderr.writeSync(new TextEncoder().encode(`cq: cannot start: ${reason}\n`));
  } finally {
    // Also where it cannot be said: whoever started it goes by the code.
    Deno.exit(REFUSED_TO_START);
  }
}
