import {
  configure,
  getJsonLinesFormatter,
  getLogger,
  type Logger,
  type LogLevel,
  type LogRecord,
} from "@logtape/logtape";
import { LOG_BUFFER_MAX_BYTES } from "../limits.ts";
import { currentRequestId } from "./request_context.ts";
import { traceIds } from "./tracing.ts";

export const LOG_LEVELS = ["debug", "info", "warning", "error"] as const satisfies readonly LogLevel[];
export type Level = typeof LOG_LEVELS[number];

/** The logger of one part of the server. Silent until {@link startLog}. */
export function logger(part: string): Logger {
  return getLogger(["cq", part]);
}

// The message is the template: names of properties instead of values, so that equal events read alike.
const format = getJsonLinesFormatter({ properties: "flatten", message: "template" });
const encoder = new TextEncoder();
const LINE_END = encoder.encode("\n");
let held: Uint8Array[] = [];
let heldBytes = 0;
let scheduled = false;
/** Whether a line failed. The runtime does not tell how much of it was written: the next one must not be taken for its end. */
let isInterrupted = false;

let lowest: Level | undefined;

/** Whether lines of a level are written: asking is cheaper than logging in vain. */
export function isLogged(level: Level): boolean {
  return lowest !== undefined && LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(lowest);
}

/** Starts writing JSON lines of `level` and above to standard output. */
export async function startLog(level: Level): Promise<void> {
  lowest = level;
  await configure({
    reset: true,
    sinks: { stdout: writeLine },
    loggers: [
      { category: "cq", lowestLevel: level, sinks: ["stdout"] },
      { category: ["logtape", "meta"], lowestLevel: "error", sinks: ["stdout"] },
    ],
  });
}

// Lines of one turn of the event loop are written together: a line a request would cost a system call each.
function writeLine(record: LogRecord): void {
  const requestId = currentRequestId();
  const properties = {
    ...(requestId === undefined ? {} : { requestId }),
    ...traceIds(),
    ...record.properties,
  };
  const bytes = encoder.encode(format({ ...record, properties }));
  held.push(bytes);
  heldBytes += bytes.length;
  if (heldBytes >= LOG_BUFFER_MAX_BYTES) return flushLog();
  if (!scheduled) {
    scheduled = true;
    setTimeout(flushLog, 0);
  }
}

/** Writes the lines held back; what cannot be written is dropped. Called before the process ends. */
export function flushLog(): void {
  scheduled = false;
  const lines = held;
  held = [];
  heldBytes = 0;
  for (const line of lines) {
    if (isInterrupted) writeAll(LINE_END);
    if (!isInterrupted) writeAll(line);
  }
}

function writeAll(bytes: Uint8Array): void {
  try {
    for (let written = 0; written < bytes.length;) written += Deno.stdout.writeSync(bytes.subarray(written));
    isInterrupted = false;
  } catch {
    // A closed pipe or a full disk must not stop the server: there is nowhere left to say so.
    isInterrupted = true;
  }
}
