import { BACKUPS_KEPT_MAX } from "./operations_limits.ts";
import type { CheckpointsBy } from "./database/sqlite.ts";
import { type DatabaseLocation, resolveDatabase, type SqliteLocation } from "./database/url.ts";
import { misconfigured } from "./errors.ts";
import {
  CONFIRM_WITHIN_DAYS,
  CONFIRM_WITHIN_DAYS_MAX,
  DATABASE_ANSWER_MS,
  EMBEDDING_DIMENSION_MAX,
  POOL_SIZE,
  POOL_SIZE_MAX,
  RATE_MAX,
  RATE_READS_DEFAULT,
  RATE_WRITES_DEFAULT,
  STATEMENT_TIMEOUT_MS,
} from "./limits.ts";
import { requiredSecret, secretOf, secretWarnings } from "./secrets.ts";
import { backupInterval, plainUrl, publicUrlOf, trustedProxiesOf } from "./setting_values.ts";
import { type Level, LOG_LEVELS } from "./telemetry/log.ts";
import { nearest } from "./wire/text.ts";

/** A variable of the environment, as the documentation lists it. */
export interface Variable {
  readonly name: string;
  /** Undefined where there is none. */
  readonly fallback?: string;
  readonly description: string;
  /** Whether `NAME_FILE` may name a file with the value instead. */
  readonly secret?: true;
}

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
    description: "Whether reviewers may decide on their own proposals: `allow` or `deny`.",
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

/** The environment, read once and checked. */
export interface Config {
  readonly jwtSecret: string;
  readonly apiKeyPepper: string;
  readonly database: DatabaseLocation;
  /** How it is opened, and what is done about its schema. */
  readonly opening: {
    readonly mode: MigrateMode;
    readonly poolSize: number;
    readonly statementTimeout_ms: number;
    readonly checkpoints: CheckpointsBy;
  };
  /** Backups that the server makes by itself; undefined where it makes none. */
  readonly backups: BackupConfig | undefined;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | undefined;
  readonly logLevel: Level;
  /** Whether to behave as the original where this server differs on purpose. */
  readonly isStrict: boolean;
  /** What becomes of what the guard finds, as it was written. */
  readonly guardPolicy: string;
  /** Whether queries and statistics need an API key. */
  readonly readNeedsKey: boolean;
  /** Days after which a unit that nobody confirmed is stale. */
  readonly confirmWithin_days: number;
  /** Whether reviewers may decide on what they proposed. */
  readonly allowsSelfReview: boolean;
  /** Addresses and ranges, each of which `parseNetwork` reads. */
  readonly trustedProxies: readonly string[];
  /** Requests a minute of one caller; 0 is any number. */
  readonly rates: { readonly reads: number; readonly writes: number };
  /** Undefined where there is no semantic search. */
  readonly embedding: EmbeddingConfig | undefined;
  /** What the operator should know, in sentences without secrets. */
  readonly warnings: readonly string[];
}

/** What a server backs up by itself, and how often. */
export interface BackupConfig {
  /** Path of the SQLite file. */
  readonly source: string;
  readonly folder: string;
  readonly every_s: number;
  /** How many are kept. */
  readonly keep: number;
}

/** Who makes vectors of texts. */
export interface EmbeddingConfig {
  /** Without a slash at its end. */
  readonly url: string;
  readonly dimension: number;
}

const MIGRATE_MODES = ["auto", "check", "off"] as const;
export type MigrateMode = typeof MIGRATE_MODES[number];

export type Environment = Readonly<Record<string, string | undefined>>;

/** The process's environment. */
export function processEnvironment(): Environment {
  return Deno.env.toObject();
}

/**
 * Reads and checks everything a server needs.
 *
 * @throws {CqError} `misconfigured` with one line: the variable, what is wrong with its value, what to do.
 */
export function loadConfig(environment: Environment = processEnvironment()): Config {
  const database = databaseConfig(environment);
  const config: Config = {
    jwtSecret: requiredSecret(environment, "CQ_JWT_SECRET"),
    apiKeyPepper: apiKeyPepper(environment),
    database,
    opening: {
      mode: oneOf(environment, "CQ_MIGRATE", MIGRATE_MODES),
      poolSize: integerOf(environment, "CQ_DATABASE_POOL_SIZE", { min: 1, max: POOL_SIZE_MAX }),
      statementTimeout_ms: integerOf(environment, "CQ_DATABASE_STATEMENT_TIMEOUT_MS", {
        min: 1,
        max: DATABASE_ANSWER_MS,
      }),
      checkpoints: checkpointsBy(environment) ?? "worker",
    },
    backups: backupConfig(environment, database),
    host: valueOf(environment, "CQ_HOST"),
    port: portOf(environment),
    publicUrl: publicUrlOf(valueOf(environment, "CQ_PUBLIC_URL")),
    logLevel: oneOf(environment, "CQ_LOG_LEVEL", LOG_LEVELS),
    isStrict: oneOf(environment, "CQ_COMPAT", ["default", "strict"]) === "strict",
    guardPolicy: guardPolicy(environment),
    readNeedsKey: oneOf(environment, "CQ_READ_AUTH", ["open", "key"]) === "key",
    confirmWithin_days: confirmWithin(environment),
    allowsSelfReview: oneOf(environment, "CQ_SELF_REVIEW", ["allow", "deny"]) === "allow",
    trustedProxies: trustedProxiesOf(valueOf(environment, "CQ_TRUSTED_PROXIES")),
    rates: {
      reads: integerOf(environment, "CQ_RATE_READS", { min: 0, max: RATE_MAX }),
      writes: integerOf(environment, "CQ_RATE_WRITES", { min: 0, max: RATE_MAX }),
    },
    embedding: embeddingConfig(environment),
    warnings: [
      ...secretWarnings(environment),
      ...database.ignoredParameters.map((name) =>
        `The parameter ${name} of CQ_DATABASE_URL has no meaning here and is ignored`
      ),
      ...backupWarnings(environment, database),
      ...unknownVariables(environment),
    ],
  };
  return Object.freeze(config);
}

/** Where the database is: what the command line needs of the environment. */
export function databaseConfig(environment: Environment = processEnvironment()): DatabaseLocation {
  return resolveDatabase({
    CQ_DATABASE_URL: secretOf(environment, "CQ_DATABASE_URL"),
    CQ_DB_PATH: environment["CQ_DB_PATH"],
  });
}

/** Who makes checkpoints, where another program does: what opening the database on the command line needs. */
export function checkpointsBy(environment: Environment = processEnvironment()): "external" | undefined {
  return oneOf(environment, "CQ_CHECKPOINTS", ["server", "external"]) === "external" ? "external" : undefined;
}

/** Days after which a unit that nobody confirms counts less: what a search on the command line needs. */
export function confirmWithin(environment: Environment = processEnvironment()): number {
  return integerOf(environment, "CQ_CONFIRM_WITHIN_DAYS", { min: 1, max: CONFIRM_WITHIN_DAYS_MAX });
}

/** What becomes of what the guard finds, as it was written: what an import needs. */
export function guardPolicy(environment: Environment = processEnvironment()): string {
  return valueOf(environment, "CQ_GUARD_POLICY");
}

/** The port to listen on: what a development server tells its first client. */
export function portOf(environment: Environment = processEnvironment()): number {
  return integerOf(environment, "CQ_PORT", { min: 0, max: 65_535 });
}

/** The embedding service: what making vectors on the command line needs. Undefined where none is configured. */
export function embeddingConfig(
  environment: Environment = processEnvironment(),
): EmbeddingConfig | undefined {
  const dimension = integerOf(environment, "SEMSEARCH_EMBEDDING_DIM", {
    min: 1,
    max: EMBEDDING_DIMENSION_MAX,
  });
  const text = valueOf(environment, "TOKEN_EMBEDDING_URL");
  if (text === "") return undefined;
  return {
    url: plainUrl("TOKEN_EMBEDDING_URL", text, "http://embedding:8080").href.replace(/\/+$/, ""),
    dimension,
  };
}

/** The pepper of API keys: what making a key on the command line needs. */
export function apiKeyPepper(environment: Environment = processEnvironment()): string {
  return requiredSecret(environment, "CQ_API_KEY_PEPPER");
}

function valueOf(environment: Environment, name: string): string {
  const fallback = VARIABLES.find((variable) => variable.name === name)?.fallback ?? "";
  const value = environment[name];
  return value === undefined || value === "" ? fallback : value;
}

function integerOf(
  environment: Environment,
  name: string,
  { min, max }: { min: number; max: number },
): number {
  const text = valueOf(environment, name).trim();
  const value = /^\+?\d+$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  throw misconfigured(
    `${name}: ${JSON.stringify(text)} is not an integer from ${min} to ${max}; correct it or unset it`,
  );
}

function oneOf<T extends string>(environment: Environment, name: string, choices: readonly T[]): T {
  const text = valueOf(environment, name).toLowerCase();
  const choice = choices.find((candidate) => candidate === text);
  if (choice !== undefined) return choice;
  throw misconfigured(`${name}: ${JSON.stringify(text)} is unknown; use one of ${choices.join(", ")}`);
}

function backupConfig(environment: Environment, database: DatabaseLocation): BackupConfig | undefined {
  const every_s = backupInterval(valueOf(environment, "CQ_BACKUP_EVERY"));
  const keep = integerOf(environment, "CQ_BACKUP_KEEP", { min: 1, max: BACKUPS_KEPT_MAX });
  const folder = valueOf(environment, "CQ_BACKUP_DIR");
  if (folder === "" || !isFile(database)) return undefined;
  return { source: database.path, folder, every_s, keep };
}

function backupWarnings(environment: Environment, database: DatabaseLocation): string[] {
  if (valueOf(environment, "CQ_BACKUP_DIR") === "" || isFile(database)) return [];
  return [
    "CQ_BACKUP_DIR has no effect: only a SQLite file is backed up by the server; see backup.md for Postgres",
  ];
}

function isFile(database: DatabaseLocation): database is SqliteLocation {
  return database.engine === "sqlite" && database.path !== ":memory:";
}

function unknownVariables(environment: Environment): string[] {
  const known = VARIABLES.flatMap(({ name, secret }) => secret === true ? [name, `${name}_FILE`] : [name]);
  return Object.keys(environment).filter((name) => name.startsWith("CQ_") && !known.includes(name)).sort()
    .map((name) => `${name} is not a setting of this server; the nearest one is ${nearest(name, known)}`);
}
