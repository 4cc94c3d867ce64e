import { cpuUsage } from "node:process";
import { APP_VERSION } from "../version.ts";
import {
  BUILD_INFO,
  HEAP_SIZE,
  HEAP_USED,
  PROCESS_CPU,
  PROCESS_MEMORY,
  PROCESS_START,
} from "./instruments.ts";
import type { Reading } from "./metrics.ts";

/** What the runtime says of this process, as far as it needs no permission. @param engine of the database. */
export function processReadings(engine: string): Reading[] {
  const { user, system } = cpuUsage();
  PROCESS_CPU.of().value = (user + system) / 1_000_000;
  const { rss, heapTotal, heapUsed } = Deno.memoryUsage();
  return [
    { gauge: BUILD_INFO, value: 1, values: [APP_VERSION, Deno.version.deno, engine] },
    { gauge: HEAP_USED, value: heapUsed },
    { gauge: HEAP_SIZE, value: heapTotal },
    { gauge: PROCESS_START, value: performance.timeOrigin / 1000 },
    { gauge: PROCESS_MEMORY, value: rss },
  ];
}
