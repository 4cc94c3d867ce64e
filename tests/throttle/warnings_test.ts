import { deepEqual } from "node:assert/strict";
import { configure, type LogRecord, reset } from "@logtape/logtape";
import { createThrottleLog } from "../../src/throttle/warnings.ts";
import { manualClock } from "../fixtures/clock.ts";

Deno.test("each kind of throttling is one line a minute, which counts those left out before", async () => {
  const records: LogRecord[] = [];
  await configure({
    reset: true,
    sinks: { memory: (record) => records.push(record) },
    loggers: [
      { category: ["cq", "throttle"], lowestLevel: "debug", sinks: ["memory"] },
      { category: ["logtape", "meta"], lowestLevel: "error", sinks: [] },
    ],
  });
  try {
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
  } finally {
    await reset();
  }
});
