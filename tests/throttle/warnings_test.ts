import { deepEqual } from "node:assert/strict";
import { createThrottleLog } from "../../src/throttle/warnings.ts";
import { manualClock } from "../fixtures/clock.ts";
import { logRecords } from "../fixtures/log_records.ts";

Deno.test("each kind of throttling is one line a minute, which counts those left out before", async () => {
  await using records = await logRecords("throttle");
  const clock = manualClock();
  const note = createThrottleLog(clock);
  for (let second = 0; second < 61; second++) {
    note("writes", `key ${second}`);
    note("reads", "address 192.0.2.1");
    clock.advance(1);
  }
  deepEqual(
    records.map((
      { level, properties },
    ) => [level, properties["kind"], properties["who"], properties["unloggedBefore"]]),
    [
      ["warning", "writes", "key 0", 0],
      ["warning", "reads", "address 192.0.2.1", 0],
      ["warning", "writes", "key 60", 59],
      ["warning", "reads", "address 192.0.2.1", 59],
    ],
  );
});
