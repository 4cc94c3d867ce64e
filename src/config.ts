import { type DatabaseLocation, resolveDatabase } from "./database/url.ts";
import { type Environment, plainUrl, secretOf } from "./environment.ts";
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
import { SLOW_MS, SLOW_MS_MAX } from "./telemetry/limits.ts";
import { type Level, LOG_LEVELS } from "./telemetry/log.ts";
import { parseNetwork } from "./wire/address.ts";
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
  };
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

const SECRET_MIN_CHARS = 32;

/** The process's environment. */
function processEnvironment(): Environment {
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
    },
    host: valueOf(environment, "CQ_HOST"),
    port: integerOf(environment, "CQ_PORT", { min: 0, max: 65_535 }),
    publicUrl: publicUrlOf(environment),
    logLevel: oneOf(environment, "CQ_LOG_LEVEL", LOG_LEVELS),
    slow_ms: integerOf(environment, "CQ_SLOW_MS", { min: 0, max: SLOW_MS_MAX }),
    metrics: metricsConfig(environment),
    isTraced: ["true", "1"].includes(valueOf(environment, "OTEL_DENO")),
    isStrict: oneOf(environment, "CQ_COMPAT", ["default", "strict"]) === "strict",
    guardPolicy: guardPolicy(environment),
    readNeedsKey: oneOf(environment, "CQ_READ_AUTH", ["open", "key"]) === "key",
    confirmWithin_days: confirmWithin(environment),
    allowsSelfReview: oneOf(environment, "CQ_SELF_REVIEW", ["allow", "deny"]) === "allow",
    trustedProxies: trustedProxiesOf(environment),
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

/** Days after which a unit that nobody confirms counts less: what a search on the command line needs. */
export function confirmWithin(environment: Environment = processEnvironment()): number {
  return integerOf(environment, "CQ_CONFIRM_WITHIN_DAYS", { min: 1, max: CONFIRM_WITHIN_DAYS_MAX });
}

/** What becomes of what the guard finds, as it was written: what an import needs. */
export function guardPolicy(environment: Environment = processEnvironment()): string {
  return valueOf(environment, "CQ_GUARD_POLICY");
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

function requiredSecret(environment: Environment, name: string): string {
  const value = secretOf(environment, name);
  if (value !== undefined && value !== "") return value;
  const problem = value === "" ? "is empty" : "is not set";
  throw misconfigured(`${name} ${problem}; set it, or ${name}_FILE, to a long random text`);
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

function publicUrlOf(environment: Environment): string | undefined {
  const text = valueOf(environment, "CQ_PUBLIC_URL");
  if (text === "") return undefined;
  const url = plainUrl("CQ_PUBLIC_URL", text, "https://cq.example.com");
  if (url.pathname !== "/") {
    throw misconfigured(
      `CQ_PUBLIC_URL has the path ${url.pathname}, but the pages work only at the root of an address; give the server a host ` +
        "name or a port of its own, such as https://cq.example.com",
    );
  }
  return url.origin;
}

function trustedProxiesOf(environment: Environment): string[] {
  const text = valueOf(environment, "CQ_TRUSTED_PROXIES").trim();
  if (text.toLowerCase() === "none") return [];
  const proxies = text.split(/[\s,]+/).filter((entry) => entry !== "");
  const wrong = proxies.find((entry) => parseNetwork(entry) === undefined);
  if (wrong === undefined) return proxies;
  throw misconfigured(
    `CQ_TRUSTED_PROXIES: ${JSON.stringify(wrong)} is no IP address or range such as 10.0.0.0/8; ` +
      "correct it, or set none",
  );
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

function secretWarnings(environment: Environment): string[] {
  const metricsToken = secretOf(environment, "CQ_METRICS_TOKEN") ? ["CQ_METRICS_TOKEN"] : [];
  return ["CQ_JWT_SECRET", "CQ_API_KEY_PEPPER", ...metricsToken]
    .filter((name) => (secretOf(environment, name) ?? "").length < SECRET_MIN_CHARS)
    .map((name) =>
      `${name} is shorter than ${SECRET_MIN_CHARS} characters; a longer random text is harder to guess`
    );
}

function unknownVariables(environment: Environment): string[] {
  const known = VARIABLES.flatMap(({ name, secret }) => secret === true ? [name, `${name}_FILE`] : [name]);
  return Object.keys(environment).filter((name) => name.startsWith("CQ_") && !known.includes(name)).sort()
    .map((name) => `${name} is not a setting of this server; the nearest one is ${nearest(name, known)}`);
}
