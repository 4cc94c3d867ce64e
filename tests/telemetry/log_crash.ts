// Logs, and ends with an error that nobody catches: run by log_test.ts.
import { logger, startLog } from "../../src/telemetry/log.ts";

const log = logger("test");

await startLog("info");
setTimeout(() => {
  for (let line = 0; line < 1_000; line++) log.info("told", { line });
  if (Deno.args[0] === "rejection") Promise.reject(new Error("nobody catches this"));
  else throw new Error("nobody catches this");
}, 0);
setInterval(() => {}, 1_000);
