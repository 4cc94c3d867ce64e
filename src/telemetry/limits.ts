/** Bounds of what is told of a running server; all others stand in `src/limits.ts`. */

/** Series of one metric: far above what routes, tools and rules make. More are counted under `other`. */
export const SERIES_MAX = 2_000;
/** Milliseconds between two looks at how late the event loop is. */
export const EVENT_LOOP_LOOK_MS = 250;
/** Milliseconds for which gauges of the database are told again: whoever asks more often costs nothing more. */
export const GAUGES_KEEP_MS = 1_000;

/** Milliseconds from which a request or a use of the database is told as slow, unless configured, and the most that can be. */
export const SLOW_MS = 500;
export const SLOW_MS_MAX = 600_000;
/** Lines about slow ones in a minute, and characters of a statement in one. */
export const SLOW_LINES_A_MINUTE = 60;
export const STATEMENT_MAX_CHARS = 200;

/** Milliseconds for which readiness is told again without asking the database. */
export const READINESS_KEEP_MS = 1_000;
/** Milliseconds after a failed write for which the database counts as taking none: the next write tells whether it does. */
export const WRITE_DOUBT_MS = 15_000;

/** Characters of log lines that wait to be written, and as many may be on their way: one more line is dropped. */
export const LOG_QUEUE_MAX_CHARS = 1_048_576;
/** Milliseconds for which lines are gathered before they are written together. */
export const LOG_GATHER_MS = 10;
/** Milliseconds that a process which ends waits for its last lines to be written: nobody may read them. */
export const LOG_END_MS = 500;
