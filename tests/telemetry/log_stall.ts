// Logs while nobody reads, and once more when it is told that somebody does: run by log_test.ts.
import { setTimeout as delay } from "node:timers/promises";
import { LOG_DROPPED } from "../../src/telemetry/instruments.ts";
import { flushLog, logger, startLog } from "../../src/telemetry/log.ts";

const log = logger("test");
const text = "long ".repeat(200);
let line = 0;

function tell(lines: number): void {
  for (let count = 0; count < lines; count++) log.info("told", { line: line++, text });
}

await startLog("info");
tell(500);
// So that these are on their way, and stuck there, before the next ones come.
await delay(100);
tell(3_000);
await Deno.stderr.write(new TextEncoder().encode("all told"));
await Deno.stdin.read(new Uint8Array(1));
await flushLog();
log.info("counted", { line: line++, dropped: LOG_DROPPED.of("queue_full").value });
await flushLog();
