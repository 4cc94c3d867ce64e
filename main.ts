import { MIGRATIONS } from "./migrations/mod.ts";
import { loadConfig } from "./src/config.ts";
import { CqError } from "./src/errors.ts";
import { createServer } from "./src/http/server.ts";
import { DRAIN_MS } from "./src/limits.ts";
import { openMigrated } from "./src/migrate/startup.ts";
import { flushLog, logger, startLog } from "./src/telemetry/log.ts";
import { systemClock } from "./src/wire/time.ts";

const REFUSED_TO_START = 3;
const log = logger("server");

async function main(): Promise<void> {
  const config = loadConfig();
  await startLog(config.logLevel);
  for (const warning of config.warnings) log.warn(warning);

  const clock = systemClock();
  const { database, outcome } = await openMigrated(config.database, { migrations: MIGRATIONS, clock });
  log.info("schema is up to date", { ...outcome });

  const server = await createServer({ config, database, clock });
  const aborter = new AbortController();
  const listener = Deno.serve({
    hostname: config.host,
    port: config.port,
    signal: aborter.signal,
    onListen: (address) => log.info("listening", { ...address }),
  }, server.app);

  const drain = (): void => {
    log.info("draining");
    setTimeout(() => aborter.abort(), DRAIN_MS);
    listener.shutdown();
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) Deno.addSignalListener(signal, drain);

  await listener.finished;
  await server.close();
  await database.close();
  log.info("stopped");
}

try {
  await main();
  flushLog();
  Deno.exit(0);
} catch (error) {
  flushLog();
  const reason = error instanceof CqError ? error.message : (error as Error).stack;
  Deno.stderr.writeSync(new TextEncoder().encode(`cq: cannot start: ${reason}\n`));
  Deno.exit(REFUSED_TO_START);
}
