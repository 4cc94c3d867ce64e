// Logs to the disk of the working directory, which is full for a while: run by log_test.ts.
import { flushLog, logger, startLog } from "../../src/telemetry/log.ts";

const FILLING = "filling";
const log = logger("test");
// Longer than what the runtime would hold back and complete later.
const text = "long ".repeat(1_000);

async function tell(when: string): Promise<void> {
  log.info("told", { when, text });
  await flushLog();
}

function fill(): void {
  using file = Deno.openSync(FILLING, { write: true, create: true });
  try {
    for (;;) file.writeSync(new Uint8Array(4_096));
  } catch {
    // It is full.
  }
}

await startLog("info");
await tell("before");
fill();
await tell("during");
Deno.removeSync(FILLING);
await tell("after");
