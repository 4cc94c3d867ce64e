import { CqError, misconfigured } from "../errors.ts";
import { quoted } from "../wire/text.ts";

/** Where the database is. */
export interface DatabaseLocation {
  readonly engine: "sqlite";
  /** File path as the operating system takes it, or `:memory:`. */
  readonly path: string;
  /** As a URL. */
  readonly url: string;
  /** Parameters of the URL that have no meaning here and are ignored. */
  readonly ignoredParameters: readonly string[];
}

/** The two variables a location can come from; empty or absent means unset. */
export interface DatabaseSettings {
  readonly CQ_DATABASE_URL?: string | undefined;
  readonly CQ_DB_PATH?: string | undefined;
}

const DEFAULT_PATH = "/data/cq.db";
const SUPPORTED = "supported: sqlite:///relative/path, sqlite:////absolute/path, sqlite:///:memory:";

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

function sqliteLocation(path: string, ignoredParameters: readonly string[] = []): DatabaseLocation {
  return { engine: "sqlite", path, url: `sqlite:///${path}`, ignoredParameters };
}

const URL_SHAPE = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(.*)$/s;

/**
 * Takes a database URL apart. In SQLite URLs a percent sign is a percent sign, as with the original.
 *
 * @param name what to call the URL in an error, such as the variable it came from.
 */
export function parseDatabaseUrl(url: string, name: string): DatabaseLocation {
  const match = URL_SHAPE.exec(url);
  if (match === null) {
    throw misconfigured(`Invalid ${name} (could not parse as a database URL); ${SUPPORTED}`);
  }
  const scheme = match[1]!.toLowerCase();
  if (scheme !== "sqlite" && scheme !== "sqlite+pysqlite") throw unsupportedScheme(scheme, name);
  const [location, query] = splitOnce(match[2]!, "?");
  if (location === "") return sqliteLocation(":memory:", parameterNames(query));
  if (!location.startsWith("/")) {
    throw misconfigured(`${name} names a host, which SQLite has none of: use three slashes; ${SUPPORTED}`);
  }
  const path = location.slice(1);
  if (path === "") throw misconfigured(`${name} has an empty path; ${SUPPORTED}`);
  return sqliteLocation(path, parameterNames(query));
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
