import {
  CONFIRM_WITHIN_DAYS,
  POOL_SIZE,
  RATE_READS_DEFAULT,
  RATE_WRITES_DEFAULT,
  STATEMENT_TIMEOUT_MS,
} from "./limits.ts";
import { SLOW_MS } from "./telemetry/limits.ts";
import { LOG_LEVELS } from "./telemetry/log.ts";

/** Variables of a process by their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable of the environment, as the documentation lists it. */
export interface Variable {
  readonly name: string;
  /** Undefined where there is none. */
  readonly fallback?: string;
  readonly description: string;
  /** Whether `NAME_FILE` may name a file with the value instead. */
  readonly secret?: true;
}

/** What clients of the server read: not settings, and no misspelt ones, where a client and the server share a shell. */
export const CLIENT_VARIABLES: readonly string[] = [
  "CQ_ADDR",
  "CQ_API_KEY",
  "CQ_LOCAL_DATABASE_URL",
  "CQ_LOCAL_DB_PATH",
];

/** Every variable the server knows. */
export const VARIABLES: readonly Variable[] = [
  {
    name: "CQ_JWT_SECRET",
    secret: true,
    description: "Signs login tokens. Required; 32 random characters or more.",
  },
  {
    name: "CQ_API_KEY_PEPPER",
    secret: true,
    description: "Goes into the hash of every API key. Required; changing it voids all keys.",
  },
  { name: "CQ_DATABASE_URL", secret: true, description: "Where the database is. Wins over `CQ_DB_PATH`." },
  { name: "CQ_DB_PATH", fallback: "/data/cq.db", description: "Path of the SQLite file, taken literally." },
  {
    name: "CQ_DATABASE_POOL_SIZE",
    fallback: String(POOL_SIZE),
    description: "Connections one server holds to Postgres.",
  },
  {
    name: "CQ_DATABASE_STATEMENT_TIMEOUT_MS",
    fallback: String(STATEMENT_TIMEOUT_MS),
    description: "Milliseconds a statement may run on Postgres.",
  },
  {
    name: "CQ_MIGRATE",
    fallback: "auto",
    description:
      "What a start does about the schema: `auto` brings it up to date, `check` refuses to start on another one, " +
      "`off` does not look.",
  },
  {
    name: "CQ_CHECKPOINTS",
    fallback: "server",
    description:
      "Who brings the log of a SQLite file into the file: `server`, or `external`, another program such as Litestream. See backup.md.",
  },
  {
    name: "CQ_BACKUP_DIR",
    description:
      "Folder into which the server itself puts verified backups of its SQLite file. See backup.md.",
  },
  {
    name: "CQ_BACKUP_EVERY",
    fallback: "1d",
    description: "Time between two of these backups: an integer and s, m, h or d, up to 365d.",
  },
  {
    name: "CQ_BACKUP_KEEP",
    fallback: "7",
    description: "How many of these backups are kept, the newest ones.",
  },
  { name: "CQ_HOST", fallback: "0.0.0.0", description: "Address to listen on." },
  { name: "CQ_PORT", fallback: "3000", description: "Port to listen on." },
  {
    name: "CQ_PUBLIC_URL",
    description:
      "Address under which browsers and clients reach the server, without a path. Set, it is published for node discovery.",
  },
  {
    name: "CQ_COMPAT",
    fallback: "default",
    description:
      "`strict` behaves as the original wherever this server differs on purpose: see compatibility.md.",
  },
  {
    name: "CQ_GUARD_POLICY",
    description:
      "What becomes of what the guard finds, as `rule=action` or `family=action`, separated by commas: `block`, `hold`, `warn` or " +
      "`off`. See guard.md.",
  },
  {
    name: "CQ_READ_AUTH",
    fallback: "open",
    description:
      "Who may query and read statistics: `open` is everybody, `key` needs an API key that may read.",
  },
  {
    name: "CQ_CONFIRM_WITHIN_DAYS",
    fallback: String(CONFIRM_WITHIN_DAYS),
    description:
      "Days after which a unit that nobody confirmed or verified is stale: it ranks lower and is marked.",
  },
  {
    name: "CQ_SELF_REVIEW",
    fallback: "allow",
    description: "Whether reviewers may approve, correct and verify their own proposals: `allow` or `deny`.",
  },
  {
    name: "CQ_TRUSTED_PROXIES",
    fallback: "none",
    description:
      "Addresses and CIDR ranges of the reverse proxies whose `X-Forwarded-For` is believed, with commas between: see operations.md.",
  },
  {
    name: "CQ_RATE_READS",
    fallback: String(RATE_READS_DEFAULT),
    description: "Reads a minute of one API key, or of one address without a key. `0` is any number.",
  },
  {
    name: "CQ_RATE_WRITES",
    fallback: String(RATE_WRITES_DEFAULT),
    description: "Writes a minute of one API key, or of one signed-in user. `0` is any number.",
  },
  {
    name: "CQ_LOG_LEVEL",
    fallback: "info",
    description: `Least severity that is logged: ${LOG_LEVELS.join(", ")}.`,
  },
  {
    name: "CQ_SLOW_MS",
    fallback: String(SLOW_MS),
    description:
      "Milliseconds from which a request, a read or a transaction is logged as slow. `0` is never.",
  },
  {
    name: "CQ_METRICS",
    description:
      "Who is shown `/metrics`: `off` is nobody, `token` who sends `CQ_METRICS_TOKEN`, `open` everybody. Unless set, `token` where " +
      "there is one, else `off`.",
  },
  {
    name: "CQ_METRICS_TOKEN",
    secret: true,
    description: "The bearer token that `/metrics` asks for.",
  },
  {
    name: "OTEL_DENO",
    description:
      "`true` exports traces with the runtime's exporter, which `OTEL_*` variables set. See metrics.md.",
  },
  {
    name: "TOKEN_EMBEDDING_URL",
    description:
      "Address of an embedding service, whose `/predict` is called: questions find units by their meaning too. " +
      "See semantic-search.md.",
  },
  {
    name: "SEMSEARCH_EMBEDDING_DIM",
    fallback: "768",
    description: "Dimension of the vectors of that service.",
  },
];
