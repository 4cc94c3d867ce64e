import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import {
  type DatabaseSettings,
  parseDatabaseUrl,
  redactUrl,
  resolveDatabase,
  type SqliteLocation,
} from "../../src/database/url.ts";
import { thrown } from "../fixtures/faults.ts";

/** Where a URL leads to; it must be a SQLite file. */
function sqliteAt(url: string): SqliteLocation {
  const location = parseDatabaseUrl(url, "X");
  ok(location.engine === "sqlite", url);
  return location;
}

function pathFrom(settings: DatabaseSettings): string {
  const location = resolveDatabase(settings);
  ok(location.engine === "sqlite");
  return location.path;
}

const PATHS: readonly [url: string, path: string][] = [
  ["sqlite:///cq.db", "cq.db"],
  ["sqlite:///data/cq.db", "data/cq.db"],
  ["sqlite:////data/cq.db", "/data/cq.db"],
  ["sqlite+pysqlite:////data/cq.db", "/data/cq.db"],
  ["SQLite:////data/cq.db", "/data/cq.db"],
  ["sqlite:///:memory:", ":memory:"],
  ["sqlite://", ":memory:"],
  ["sqlite:////data/with a space.db", "/data/with a space.db"],
  // A percent sign is a percent sign: the original decodes nothing here.
  ["sqlite:////data/100%25 #1.db", "/data/100%25 #1.db"],
  ["sqlite:////data/a:b@c.db", "/data/a:b@c.db"],
];

Deno.test("a SQLite URL names a path, taken as it stands", () => {
  for (const [url, path] of PATHS) {
    const location = sqliteAt(url);
    deepEqual([location.path, location.ignoredParameters], [path, []], url);
  }
});

Deno.test("parameters of a URL are ignored, and their names told", () => {
  const location = sqliteAt("sqlite:////data/cq.db?mode=ro&timeout=5&mode=rw?x");
  deepEqual([location.path, location.ignoredParameters], ["/data/cq.db", ["mode", "timeout", "mode"]]);
  deepEqual(parseDatabaseUrl("sqlite:////data/cq.db?", "X").ignoredParameters, []);
});

Deno.test("CQ_DATABASE_URL wins over CQ_DB_PATH; empty counts as unset", () => {
  equal(pathFrom({ CQ_DATABASE_URL: "sqlite:////a.db", CQ_DB_PATH: "/b.db" }), "/a.db");
  equal(pathFrom({ CQ_DATABASE_URL: "", CQ_DB_PATH: "/b.db" }), "/b.db");
  equal(pathFrom({}), "/data/cq.db");
  equal(resolveDatabase({ CQ_DATABASE_URL: "postgresql://db/cq", CQ_DB_PATH: "/b.db" }).engine, "postgres");
});

Deno.test("CQ_DB_PATH is taken literally: ?, %, #, spaces and a scheme are part of the name", () => {
  for (const path of ["/data/a?b=c.db", "/data/%20.db", "/data/a#b c.db", "relative.db", "sqlite:///x.db"]) {
    deepEqual(resolveDatabase({ CQ_DB_PATH: path }), {
      engine: "sqlite",
      path,
      url: `sqlite:///${path}`,
      ignoredParameters: [],
    });
  }
});

const REFUSED: readonly [string, RegExp][] = [
  [
    "mysql://u:hunter2@h/db",
    /Unsupported database URL scheme: 'mysql' in CQ_DATABASE_URL; supported: sqlite:/,
  ],
  [
    "postgresql+psycopg2://u:hunter2@h/db",
    /Unsupported database URL scheme: 'postgresql\+psycopg2' .*supported: .*postgresql:\/\/.*postgresql\+psycopg:/,
  ],
  ["postgres+asyncpg://u:hunter2@h/db", /Unsupported database URL scheme: 'postgres\+asyncpg'/],
  ["postgresqls://u:hunter2@h/db", /Unsupported database URL scheme: 'postgresqls'/],
  ["postgresql://u:hunter2@h:port/db", /could not parse as a Postgres URL/],
  ["postgresql://u:hunter2@h:99999/db", /could not parse as a Postgres URL/],
  ["postgresql://u:hunter2@h:0/db", /has a port that is no number from 1 to 65535/],
  ["postgresql://u:hunter2@h/db?port=70000", /has a port that is no number from 1 to 65535/],
  ["postgresql://u:hunter2%@h/db", /has a % that starts no escape; write it as %25/],
  [
    "postgresql://u:hunter2@h/db?sslmode=maybe",
    /sslmode=maybe is unknown; use one of disable, allow, prefer/,
  ],
  ["postgresql:db", /^Invalid CQ_DATABASE_URL/],
  ["sqlite+aiosqlite:///x", /Unsupported database URL scheme: 'sqlite\+aiosqlite'/],
  ["file:///x.db", /Unsupported database URL scheme: 'file'/],
  ["not a url hunter2", /^Invalid CQ_DATABASE_URL \(could not parse as a database URL\); supported: sqlite:/],
  ["/data/cq.db", /^Invalid CQ_DATABASE_URL/],
  ["sqlite:/data/cq.db", /^Invalid CQ_DATABASE_URL/],
  ["://x", /^Invalid CQ_DATABASE_URL/],
  ["sqlite://data/cq.db", /names a host.*three slashes/],
  ["sqlite://u:hunter2@host/cq.db", /names a host/],
  ["sqlite:///", /empty path/],
  ["sqlite:///?mode=ro", /empty path/],
];

Deno.test("any other URL is refused in one line that names the variable and what is supported, not the value", () => {
  for (const [url, expected] of REFUSED) {
    const { code, message } = thrown(() => resolveDatabase({ CQ_DATABASE_URL: url }));
    equal(code, "misconfigured");
    match(message, expected);
    match(message, /CQ_DATABASE_URL/);
    equal(/hunter2|\n/.test(message), false, message);
  }
});

Deno.test("an empty CQ_DB_PATH is refused", () => {
  match(thrown(() => resolveDatabase({ CQ_DB_PATH: "" })).message, /^CQ_DB_PATH is empty; set it/);
});

const REDACTED: readonly [string, string][] = [
  ["postgresql://ada:secret@db:5432/cq", "postgresql://ada:***@db:5432/cq"],
  ["postgresql+psycopg://ada:s@e:c/r?e#t@db/cq", "postgresql+psycopg://ada:***@db/cq"],
  ["postgresql://:secret@db/cq", "postgresql://:***@db/cq"],
  ["postgresql://ada@corp:secret@db/cq", "postgresql://ada@corp:***@db/cq"],
  ["postgresql://ada:se\ncret@db/cq", "postgresql://ada:***@db/cq"],
  ["postgresql://db/cq?user=ada&password=secret&x=1", "postgresql://db/cq?user=ada&password=***&x=1"],
  ["postgresql://db/cq?PASSWORD=secret", "postgresql://db/cq?PASSWORD=***"],
  ["sqlite+pysqlcipher://:secret@/data/cq.db", "sqlite+pysqlcipher://:***@/data/cq.db"],
  ["postgresql://ada@db/cq", "postgresql://ada@db/cq"],
  ["postgresql://db:5432/cq", "postgresql://db:5432/cq"],
  ["sqlite:////data/a:b@c.db", "sqlite:////data/a:b@c.db"],
  ["sqlite:////data/cq.db?password=x", "sqlite:////data/cq.db?password=x"],
  ["sqlite:///:memory:", "sqlite:///:memory:"],
];

Deno.test("a URL is shown with its password replaced and everything else as it is", () => {
  for (const [url, shown] of REDACTED) equal(redactUrl(url), shown);
});

Deno.test("no password shows, whatever characters it and the user's name have", () => {
  // A run of q's marks the password: nothing else in the URL has one.
  const noQ = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("q", "Q"));
  const name = fc.string({ unit: fc.constantFrom(..."adu.@%-_1") });
  fc.assert(fc.property(
    fc.constantFrom("postgresql", "postgresql+psycopg", "mysql", "Postgres"),
    name,
    fc.tuple(noQ, noQ).map(([before, after]) => `${before}qqqq${after}`),
    fc.constantFrom("db/cq", "db:5432/cq?sslmode=require", "[::1]:5432/cq"),
    (scheme, user, password, rest) => {
      const shown = redactUrl(`${scheme}://${user}:${password}@${rest}`);
      equal(shown, `${scheme}://${user}:***@${rest}`);
    },
  ));
});
