import { Counter, Gauge, Histogram, type Metric } from "./metrics.ts";

// Every metric of the server; docs/metrics.md is made of this file. Labels have values of ours only: a text that a client sent could be
// a secret, and each would be a series of its own.

const REQUEST_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const DATABASE_SECONDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 5];
const DELAY_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

export const HTTP_REQUESTS = new Counter({
  name: "cq_http_requests_total",
  help: "Requests that were answered. The route is a pattern, `-` where there is none.",
  labels: ["method", "route", "status"],
});
export const HTTP_DURATION = new Histogram({
  name: "cq_http_request_duration_seconds",
  help: "Time from a request to its response, without the time to send it.",
  labels: ["method", "route"],
  bounds: REQUEST_SECONDS,
});
export const HTTP_IN_FLIGHT = new Gauge({
  name: "cq_http_requests_in_flight",
  help: "Requests that are being answered, the one for the metrics among them.",
});
export const HTTP_DRAINING = new Gauge({
  name: "cq_http_draining",
  help: "1 while the server finishes what is under way before it ends, else 0.",
});
export const THROTTLED = new Counter({
  name: "cq_throttled_total",
  help: "Requests that were refused because their caller asks too often, by what was throttled.",
  labels: ["kind"],
  known: ["login_address", "login_account", "reads", "writes"],
});
export const MCP_CALLS = new Counter({
  name: "cq_mcp_tool_calls_total",
  help: "Calls of MCP tools, by how they ended.",
  labels: ["tool", "outcome"],
});

export const DATABASE_UP = new Gauge({
  name: "cq_database_up",
  help: "1 if the database could be read for this scrape, else 0.",
});
export const DATABASE_READ_DURATION = new Histogram({
  name: "cq_database_read_duration_seconds",
  help: "Time of single reads outside of transactions. On SQLite, each holds the event loop for that long.",
  bounds: DATABASE_SECONDS,
});
export const DATABASE_TRANSACTIONS = new Counter({
  name: "cq_database_transactions_total",
  help:
    "Transactions: `committed`, `undone` because of what they found, or `failed` because of the database.",
  labels: ["outcome"],
  known: ["committed", "undone", "failed"],
});
export const DATABASE_WAIT = new Histogram({
  name: "cq_database_transaction_wait_seconds",
  help: "Time that transactions waited for their turn, for the lock of the writer or for a connection.",
  bounds: DATABASE_SECONDS,
});
export const DATABASE_COMMIT = new Histogram({
  name: "cq_database_commit_seconds",
  help:
    "Time from the end of a transaction's work until it was known to be kept. On SQLite, those that wait together share a commit.",
  bounds: DATABASE_SECONDS,
});
export const DATABASE_FAULTS = new Counter({
  name: "cq_database_faults_total",
  help: "Uses of the database that were refused or failed because of the database itself, by reason.",
  labels: ["reason"],
});
export const DATABASE_WAITING = new Gauge({
  name: "cq_database_waiting",
  help: "Transactions, on Postgres also reads, that wait for their turn.",
});
export const DATABASE_CONNECTIONS = new Gauge({
  name: "cq_database_connections_in_use",
  help: "Connections to Postgres in use.",
});
export const DATABASE_CONNECTIONS_MAX = new Gauge({
  name: "cq_database_connections_max",
  help: "Connections to Postgres that this server may hold.",
});
export const DATABASE_SIZE = new Gauge({ name: "cq_database_size_bytes", help: "Size of the database." });
export const DATABASE_LOG_SIZE = new Gauge({
  name: "cq_database_log_size_bytes",
  help: "Size of SQLite's write-ahead log.",
});
export const SCHEMA_REVISION = new Gauge({
  name: "cq_schema_revision",
  help: "Newest schema revision in the database.",
});
export const SCHEMA_REVISION_KNOWN = new Gauge({
  name: "cq_schema_revision_known",
  help: "Newest schema revision that this version knows.",
});

export const UNITS = new Gauge({
  name: "cq_units",
  help: "Units in the store, by status.",
  labels: ["status"],
});
export const UNITS_APPROVED = new Gauge({
  name: "cq_units_approved",
  help: "Approved units, by tier.",
  labels: ["tier"],
});
export const PROPOSALS = new Counter({
  name: "cq_proposals_total",
  help: "Proposals that were accepted: `stored`, or `repeated` where the unit was there already.",
  labels: ["outcome"],
  known: ["stored", "repeated"],
});
export const CONFIRMATIONS = new Counter({
  name: "cq_confirmations_total",
  help: "Confirmations that were accepted.",
});
export const FLAGS = new Counter({ name: "cq_flags_total", help: "Flags that were accepted." });
export const DECISIONS = new Counter({
  name: "cq_decisions_total",
  help: "Decisions on pending units.",
  labels: ["verdict"],
  known: ["approved", "rejected"],
});
export const GUARD_FINDINGS = new Counter({
  name: "cq_guard_findings_total",
  help: "What the guard found in texts before they were stored, by rule and by what became of the text.",
  labels: ["rule", "action"],
});
export const GUARD_FAILURES = new Counter({
  name: "cq_guard_failures_total",
  help: "Texts that the guard failed to look at and that were not stored.",
});

export const PROJECTION_LOADED = new Gauge({
  name: "cq_projection_loaded",
  help: "1 once all units are in memory, else 0.",
});
export const PROJECTION_CHANGES = new Counter({
  name: "cq_projection_changes_total",
  help: "Changed units that were read into memory.",
});
export const PROJECTION_CATCH_UP = new Histogram({
  name: "cq_projection_catch_up_seconds",
  help: "Time to read a page of changes that an answer had to know of.",
  bounds: DATABASE_SECONDS,
});
export const CACHE_LOOKUPS = new Counter({
  name: "cq_cache_lookups_total",
  help:
    "Looks into memory before an answer was made: for whole `answers`, for all `units` of one, for the vector of a `question`.",
  labels: ["cache", "result"],
});
export const TEXT_INDEX_BACKLOG = new Gauge({
  name: "cq_text_index_backlog_changes",
  help:
    "Changes that this process has not seen in the text index yet. It catches up beside requests, and before it answers a question.",
});
export const VECTORS_MISSING = new Gauge({
  name: "cq_vectors_missing",
  help: "Units that wait for their vector, counted up to 10,000. Only with semantic search.",
});
export const EMBEDDING_DURATION = new Histogram({
  name: "cq_embedding_request_duration_seconds",
  help: "Time of requests to the embedding service, by how they ended.",
  labels: ["outcome"],
  bounds: REQUEST_SECONDS,
});
export const EMBEDDING_SUSPENDED = new Gauge({
  name: "cq_embedding_suspended",
  help:
    "1 while questions are not sent to the embedding service because it failed, else 0. Only with semantic search.",
});

export const PASSWORDS_WAITING = new Gauge({
  name: "cq_password_checks_waiting",
  help: "Passwords that wait to be checked or hashed.",
});
export const PASSWORDS_RUNNING = new Gauge({
  name: "cq_password_checks_running",
  help: "Passwords that are being checked or hashed.",
});
export const PASSWORDS_REFUSED = new Counter({
  name: "cq_password_checks_refused_total",
  help: "Logins that were answered 503 because too many passwords wait.",
});

export const BACKUP_SUCCEEDED = new Gauge({
  name: "cq_backup_last_success_timestamp_seconds",
  help:
    "When the newest scheduled backup was made, since 1970; 0 where there is none. Only with `CQ_BACKUP_DIR`.",
});
export const BACKUP_FAILED = new Gauge({
  name: "cq_backup_last_failure_timestamp_seconds",
  help:
    "When a scheduled backup last failed, since 1970; 0 where none did since the start. Only with `CQ_BACKUP_DIR`.",
});

export const BUILD_INFO = new Gauge({
  name: "cq_build_info",
  help: "1, with the version of the server, of the runtime and the engine of the database.",
  labels: ["version", "deno", "engine"],
});
export const LOG_DROPPED = new Counter({
  name: "cq_log_lines_dropped_total",
  help: "Lines of the log that were dropped: `queue_full` where nobody reads fast enough, or `write_failed`.",
  labels: ["reason"],
  known: ["queue_full", "write_failed"],
});
export const EVENT_LOOP_DELAY = new Histogram({
  name: "cq_event_loop_delay_seconds",
  help: "How late the event loop was, looked at four times a second.",
  bounds: DELAY_SECONDS,
});
export const HEAP_USED = new Gauge({ name: "cq_heap_used_bytes", help: "Size of the objects in V8's heap." });
export const HEAP_SIZE = new Gauge({ name: "cq_heap_size_bytes", help: "Size of V8's heap." });
export const PROCESS_START = new Gauge({
  name: "process_start_time_seconds",
  help: "When the process started, since 1970.",
});
export const PROCESS_CPU = new Counter({
  name: "process_cpu_seconds_total",
  help: "Time of processors that the process has used, in all its threads.",
});
export const PROCESS_MEMORY = new Gauge({
  name: "process_resident_memory_bytes",
  help: "Resident memory of the process.",
});

/** What is counted as it happens, in the order it is shown. */
export const COUNTED: readonly (Counter | Histogram)[] = [
  HTTP_REQUESTS,
  HTTP_DURATION,
  THROTTLED,
  MCP_CALLS,
  DATABASE_READ_DURATION,
  DATABASE_TRANSACTIONS,
  DATABASE_WAIT,
  DATABASE_COMMIT,
  DATABASE_FAULTS,
  PROPOSALS,
  CONFIRMATIONS,
  FLAGS,
  DECISIONS,
  GUARD_FINDINGS,
  GUARD_FAILURES,
  PROJECTION_CHANGES,
  PROJECTION_CATCH_UP,
  CACHE_LOOKUPS,
  EMBEDDING_DURATION,
  PASSWORDS_REFUSED,
  LOG_DROPPED,
  EVENT_LOOP_DELAY,
  PROCESS_CPU,
];

/** Every metric. */
export const METRICS: readonly Metric[] = [
  ...COUNTED,
  HTTP_IN_FLIGHT,
  HTTP_DRAINING,
  DATABASE_UP,
  DATABASE_WAITING,
  DATABASE_CONNECTIONS,
  DATABASE_CONNECTIONS_MAX,
  DATABASE_SIZE,
  DATABASE_LOG_SIZE,
  SCHEMA_REVISION,
  SCHEMA_REVISION_KNOWN,
  UNITS,
  UNITS_APPROVED,
  PROJECTION_LOADED,
  TEXT_INDEX_BACKLOG,
  VECTORS_MISSING,
  EMBEDDING_SUSPENDED,
  PASSWORDS_WAITING,
  PASSWORDS_RUNNING,
  BACKUP_SUCCEEDED,
  BACKUP_FAILED,
  BUILD_INFO,
  HEAP_USED,
  HEAP_SIZE,
  PROCESS_START,
  PROCESS_MEMORY,
];
