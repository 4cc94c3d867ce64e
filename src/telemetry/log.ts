import {
  configure,
  getJsonLinesFormatter,
  getLogger,
  type Logger,
  type LogLevel,
  type LogRecord,
} from "@logtape/logtape";
import { LOG_END_MS } from "./limits.ts";
import { LineQueue } from "./line_queue.ts";
import { currentRequestId } from "./request_context.ts";
import { traceIds } from "./tracing.ts";
import { beforeEnd } from "./uncaught.ts";

export const LOG_LEVELS = ["debug", "info", "warning", "error"] as const satisfies readonly LogLevel[];
export type Level = typeof LOG_LEVELS[number];

/** The logger of one part of the server. Silent until {@link startLog}. */
export function logger(part: string): Logger {
  return getLogger(["cq", part]);
}

// The message is the template: names of properties instead of values, so that equal events read alike.
const format = getJsonLinesFormatter({ properties: "flatten", message: "template" });
const queue = new LineQueue((bytes) => Deno.stdout.write(bytes), droppedLine);

let lowest: Level | undefined;

/** Whether lines of a level are written: asking is cheaper than logging in vain. */
export function isLogged(level: Level): boolean {
  return lowest !== undefined && LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(lowest);
}

/** Starts writing JSON lines of `level` and above to standard output. */
export async function startLog(level: Level): Promise<void> {
  lowest = level;
  beforeEnd(flushLog);
  await configure({
    reset: true,
    sinks: { stdout: writeLine },
    loggers: [
      { category: "cq", lowestLevel: level, sinks: ["stdout"] },
      { category: ["logtape", "meta"], lowestLevel: "error", sinks: ["stdout"] },
    ],
  });
}

function writeLine(record: LogRecord): void {
  const requestId = currentRequestId();
  const properties = {
    ...(requestId === undefined ? {} : { requestId }),
    ...traceIds(),
    ...record.properties,
  };
  queue.push(format({ ...record, properties }));
}

/** Told at every level: without it, a log with gaps reads like one without. */
function droppedLine(lines: number): string {
  const message = "lines of the log were dropped";
  return format({
    category: ["cq", "log"],
    level: "error",
    message: [message],
    rawMessage: message,
    timestamp: Date.now(),
    properties: { lines },
  });
}

/** Writes the lines that wait; gives up where nobody reads them. Called before the process ends. */
export async function flushLog(): Promise<void> {
  const { promise: outOfTime, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, LOG_END_MS);
  await Promise.race([queue.settle(), outOfTime]);
  clearTimeout(timer);
}
