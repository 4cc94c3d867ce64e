import { CqError, misconfigured } from "../errors.ts";
import { quoted } from "../wire/text.ts";

/** A SQLite file, or a database in memory. */
export interface SqliteLocation {
  readonly engine: "sqlite";
  /** File path as the operating system takes it, or `:memory:`. */
  readonly path: string;
  /** As a URL. */
  readonly url: string;
  /** Parameters of the URL that have no meaning here and are ignored. */
  readonly ignoredParameters: readonly string[];
}

/** A database on a Postgres server. What is undefined is left to the driver, which knows the usual `PG…` variables. */
export interface PostgresLocation {
  readonly engine: "postgres";
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly database: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly ssl: SslMode;
  /** Settings of the session, such as `search_path`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether statements are prepared: not behind poolers that mix up sessions. */
  readonly prepare: boolean;
  readonly url: string;
  readonly ignoredParameters: readonly string[];
}

/** Where the database is. */
export type DatabaseLocation = SqliteLocation | PostgresLocation;

export type SslMode = false | "allow" | "prefer" | "require" | "verify-full";

/** The two variables a location can come from; empty or absent means unset. */
export interface DatabaseSettings {
  readonly CQ_DATABASE_URL?: string | undefined;
  readonly CQ_DB_PATH?: string | undefined;
}

const DEFAULT_PATH = "/data/cq.db";
const SUPPORTED = "supported: sqlite:///relative/path, sqlite:////absolute/path, sqlite:///:memory:, " +
  "postgresql://user:password@host:5432/database (also postgres:// and postgresql+psycopg://)";

/**
 * The one rule for where the database is: `CQ_DATABASE_URL` as it stands, else `CQ_DB_PATH` taken literally, else
 * `/data/cq.db`.
 *
 * @throws {CqError} `misconfigured` with the variable's name, what is wrong and what is supported; never with a password.
 */
export function resolveDatabase(settings: DatabaseSettings): DatabaseLocation {
  const { CQ_DATABASE_URL: url, CQ_DB_PATH: path } = settings;
  if (url !== undefined && url !== "") return parseDatabaseUrl(url, "CQ_DATABASE_URL");
  if (path === "") {
    throw misconfigured("CQ_DB_PATH is empty; set it to the path of the database file or leave it unset");
  }
  return sqliteLocation(path ?? DEFAULT_PATH);
}

/** A SQLite file by its path, taken literally. */
export function sqliteLocation(path: string, ignoredParameters: readonly string[] = []): SqliteLocation {
  return { engine: "sqlite", path, url: `sqlite:///${path}`, ignoredParameters };
}

const URL_SHAPE = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(.*)$/s;

/**
 * Takes a database URL apart. In SQLite URLs a percent sign is a percent sign, as with the original; in Postgres URLs the parts are
 * percent-decoded.
 *
 * @param name what to call the URL in an error, such as the variable it came from.
 */
export function parseDatabaseUrl(url: string, name: string): DatabaseLocation {
  const match = URL_SHAPE.exec(url);
  if (match === null) {
    throw misconfigured(`Invalid ${name} (could not parse as a database URL); ${SUPPORTED}`);
  }
  const scheme = match[1]!.toLowerCase();
  if (scheme === "sqlite" || scheme === "sqlite+pysqlite") return parseSqliteUrl(match[2]!, name);
  if (["postgresql", "postgres", "postgresql+psycopg"].includes(scheme)) {
    return parsePostgresUrl(match[2]!, name);
  }
  throw unsupportedScheme(scheme, name);
}

function parseSqliteUrl(rest: string, name: string): SqliteLocation {
  const [location, query] = splitOnce(rest, "?");
  if (location === "") return sqliteLocation(":memory:", parameterNames(query));
  if (!location.startsWith("/")) {
    throw misconfigured(`${name} names a host, which SQLite has none of: use three slashes; ${SUPPORTED}`);
  }
  const path = location.slice(1);
  if (path === "") throw misconfigured(`${name} has an empty path; ${SUPPORTED}`);
  return sqliteLocation(path, parameterNames(query));
}

const SSL_MODES: Readonly<Record<string, SslMode>> = {
  disable: false,
  allow: "allow",
  prefer: "prefer",
  require: "require",
  // The driver has no mode between checking nothing and checking everything.
  "verify-ca": "verify-full",
  "verify-full": "verify-full",
};
/** Parameters that are settings of the session. `schema` is what some tools call `search_path`. */
const SESSION_PARAMETERS: Readonly<Record<string, string>> = {
  application_name: "application_name",
  search_path: "search_path",
  schema: "search_path",
  statement_timeout: "statement_timeout",
  lock_timeout: "lock_timeout",
};

/** Stands for a host that is not named. */
const NO_HOST = "~";

function parsePostgresUrl(rest: string, name: string): PostgresLocation {
  // Postgres lets the host be left out after a user, as where the parameters name a socket; the URL standard does not.
  const url = URL.parse(`postgresql://${rest.replace(/^([^/?#]*@)(?=[/?#]|$)/, `$1${NO_HOST}`)}`);
  if (url === null) throw misconfigured(`Invalid ${name} (could not parse as a Postgres URL); ${SUPPORTED}`);
  const query = new Map(url.searchParams);
  const taken = (parameter: string): string | undefined => {
    const value = query.get(parameter);
    query.delete(parameter);
    return value === "" ? undefined : value;
  };
  const mode = taken("sslmode") ?? "prefer";
  const ssl = SSL_MODES[mode];
  if (ssl === undefined) {
    throw misconfigured(
      `${name}: sslmode=${mode} is unknown; use one of ${Object.keys(SSL_MODES).join(", ")}`,
    );
  }
  const parameters = Object.entries(SESSION_PARAMETERS).flatMap(([parameter, setting]) => {
    const value = taken(parameter);
    return value === undefined ? [] : [[setting, value] as const];
  });
  return {
    engine: "postgres",
    host: taken("host") ?? hostOf(url, name),
    port: portOf(taken("port") ?? url.port, name),
    database: taken("dbname") ?? decoded(url.pathname.slice(1), name),
    username: taken("user") ?? decoded(url.username, name),
    password: taken("password") ?? decoded(url.password, name),
    ssl,
    parameters: Object.fromEntries(parameters),
    prepare: taken("prepare") !== "false",
    url: `postgresql://${rest}`,
    ignoredParameters: [...query.keys()],
  };
}

function hostOf({ hostname }: URL, name: string): string | undefined {
  return hostname === NO_HOST ? undefined : decoded(hostname.replace(/^\[(.*)\]$/, "$1"), name);
}

function portOf(text: string, name: string): number | undefined {
  if (text === "") return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port >= 1 && port <= 65_535) return port;
  throw misconfigured(`${name} has a port that is no number from 1 to 65535`);
}

function decoded(text: string, name: string): string | undefined {
  try {
    return text === "" ? undefined : decodeURIComponent(text);
  } catch {
    throw misconfigured(`${name} has a % that starts no escape; write it as %25`);
  }
}

function unsupportedScheme(scheme: string, name: string): CqError {
  return misconfigured(`Unsupported database URL scheme: ${quoted(scheme)} in ${name}; ${SUPPORTED}`);
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function parameterNames(query: string): string[] {
  return [...new URLSearchParams(query).keys()];
}

/** A database URL that can be shown: the password in it replaced by `***`. */
export function redactUrl(url: string): string {
  // Whatever stands in a path is a file's name.
  if (/^sqlite[^:]*:\/\/\//i.test(url)) return url;
  // Up to the last @: a password may hold unescaped /, ? or @, and a user's name an @.
  return url
    .replace(/^([a-z][a-z0-9+.-]*:\/\/[^:/?]*):.*@/is, "$1:***@")
    .replace(/([?&](?:password|passwd|pwd|sslpassword)=)[^&#]*/gi, "$1***");
}
