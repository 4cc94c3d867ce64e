// Logs, and then does what is named: run by log_test.ts.
import { openDatabase } from "../../src/database/open.ts";
import { parseDatabaseUrl } from "../../src/database/url.ts";
import { flushLog, logger, startLog } from "../../src/telemetry/log.ts";
import { endsByError } from "../../src/telemetry/uncaught.ts";

const log = logger("test");

/** What the driver of Postgres does in a later turn when its connection is lost. */
function nextWrite(socket: { write(): void } | null): void {
  socket!.write();
}

function reject(message: string): void {
  Promise.reject(new Error(message));
}

const WAYS: Readonly<Record<string, () => void>> = {
  throw(): void {
    throw new Error("nobody catches this");
  },
  rejection(): void {
    reject("nobody catches this");
  },
  twice(): void {
    reject("nobody catches this");
    setTimeout(() => reject("nor this"), 1);
  },
  end(): void {
    // Called when the error has begun to end the process, as a server may be that has just closed everything.
    addEventListener("unhandledrejection", () => {
      if (!endsByError()) Deno.exit(0);
    });
    reject("nobody catches this");
  },
  driver(): void {
    setTimeout(() => flushLog().then(() => Deno.exit(0)), 100);
    nextWrite(null);
  },
};

await startLog("info");
openDatabase(parseDatabaseUrl("postgresql://127.0.0.1:1/none", "URL"));
setTimeout(() => {
  for (let line = 0; line < 1_000; line++) log.info("told", { line });
  WAYS[Deno.args[0]!]!();
}, 0);
await new Promise((resolve) => setTimeout(resolve, 60_000));
