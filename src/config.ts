import { BACKUPS_KEPT_MAX } from "./operations_limits.ts";
import type { CheckpointsBy } from "./database/sqlite.ts";
import { type DatabaseLocation, resolveDatabase, type SqliteLocation } from "./database/url.ts";
import { misconfigured } from "./errors.ts";
import {
  CONFIRM_WITHIN_DAYS_MAX,
  DATABASE_ANSWER_MS,
  EMBEDDING_DIMENSION_MAX,
  POOL_SIZE_MAX,
  RATE_MAX,
} from "./limits.ts";
import { requiredSecret, secretOf, secretWarnings } from "./secrets.ts";
import { backupInterval, plainUrl, publicUrlOf, trustedProxiesOf } from "./setting_values.ts";
import { SLOW_MS_MAX } from "./telemetry/limits.ts";
import { type Level, LOG_LEVELS } from "./telemetry/log.ts";
import { CLIENT_VARIABLES, type Environment, VARIABLES } from "./variables.ts";
import { nearest } from "./wire/text.ts";

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
  /** From how many milliseconds on something is told as slow; 0 is never. */
  readonly slow_ms: number;
  readonly metrics: MetricsConfig;
  /** Whether the runtime exports traces. */
  readonly isTraced: boolean;
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

/** Who is shown metrics. */
export type MetricsConfig =
  | { readonly access: "off" }
  | { readonly access: "open" }
  | { readonly access: "token"; readonly token: string };

const MIGRATE_MODES = ["auto", "check", "off"] as const;
export type MigrateMode = typeof MIGRATE_MODES[number];

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
    slow_ms: integerOf(environment, "CQ_SLOW_MS", { min: 0, max: SLOW_MS_MAX }),
    metrics: metricsConfig(environment),
    isTraced: ["true", "1"].includes(valueOf(environment, "OTEL_DENO")),
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

function metricsConfig(environment: Environment): MetricsConfig {
  const token = secretOf(environment, "CQ_METRICS_TOKEN") ?? "";
  const isUnset = valueOf(environment, "CQ_METRICS") === "";
  const access = isUnset
    ? (token === "" ? "off" : "token")
    : oneOf(environment, "CQ_METRICS", ["off", "open", "token"]);
  if (access !== "token") return { access };
  if (token === "") throw misconfigured("CQ_METRICS is token, but CQ_METRICS_TOKEN is not set; set it");
  return { access, token };
}

function unknownVariables(environment: Environment): string[] {
  const known = VARIABLES.flatMap(({ name, secret }) => secret === true ? [name, `${name}_FILE`] : [name]);
  return Object.keys(environment)
    .filter((name) => name.startsWith("CQ_") && !known.includes(name) && !CLIENT_VARIABLES.includes(name))
    .sort()
    .map((name) => `${name} is not a setting of this server; the nearest one is ${nearest(name, known)}`);
}
