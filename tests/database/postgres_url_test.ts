import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { parseDatabaseUrl, type PostgresLocation, redactUrl } from "../../src/database/url.ts";

/** Where a URL leads to; it must be a Postgres server. */
function postgresAt(url: string): PostgresLocation {
  const location = parseDatabaseUrl(url, "X");
  ok(location.engine === "postgres", url);
  return location;
}

const NOTHING = {
  engine: "postgres",
  host: undefined,
  port: undefined,
  database: undefined,
  username: undefined,
  password: undefined,
  ssl: "prefer",
  parameters: {},
  prepare: true,
  ignoredParameters: [],
};
const EVERYTHING = {
  ...NOTHING,
  host: "db.example.com",
  port: 6432,
  database: "cq",
  username: "ada",
  password: "secret",
};

Deno.test("every spelling of the scheme leads to the same place, whatever its case", () => {
  const url = "postgresql://ada:secret@db.example.com:6432/cq";
  for (const scheme of ["postgresql", "postgres", "postgresql+psycopg", "PostgreSQL", "POSTGRES"]) {
    const location = postgresAt(`${scheme}://ada:secret@db.example.com:6432/cq`);
    deepEqual(location, { ...EVERYTHING, url }, scheme);
  }
});

const PLACES: readonly [rest: string, expected: Partial<PostgresLocation>][] = [
  ["", {}],
  ["/", {}],
  ["/cq", { database: "cq" }],
  ["db", { host: "db" }],
  ["db/cq", { host: "db", database: "cq" }],
  ["db:6432", { host: "db", port: 6432 }],
  ["ada@db/cq", { username: "ada", host: "db", database: "cq" }],
  ["Ada:@db/cq", { username: "Ada", host: "db", database: "cq" }],
  ["under_score/cq", { host: "under_score", database: "cq" }],
  ["192.0.2.1:5433/cq", { host: "192.0.2.1", port: 5433, database: "cq" }],
  ["[2001:db8::1]:5433/cq", { host: "2001:db8::1", port: 5433, database: "cq" }],
  ["[::1]/cq", { host: "::1", database: "cq" }],
  ["%2Frun%2Fpostgresql/cq", { host: "/run/postgresql", database: "cq" }],
  ["ada:s@/cq?host=/run/postgresql", {
    username: "ada",
    password: "s",
    host: "/run/postgresql",
    database: "cq",
  }],
  ["ada@/cq", { username: "ada", database: "cq" }],
  ["ada@", { username: "ada" }],
  ["db/my%20db", { host: "db", database: "my db" }],
  ["db/caf%C3%A9", { host: "db", database: "café" }],
  ["a%40corp:p%3A%2F%3F%23%40%25@db/cq", {
    username: "a@corp",
    password: "p:/?#@%",
    host: "db",
    database: "cq",
  }],
  ["db/cq?sslmode=disable", { host: "db", database: "cq", ssl: false }],
  ["db/cq?sslmode=allow", { host: "db", database: "cq", ssl: "allow" }],
  ["db/cq?sslmode=require", { host: "db", database: "cq", ssl: "require" }],
  ["db/cq?sslmode=verify-ca", { host: "db", database: "cq", ssl: "verify-full" }],
  ["db/cq?sslmode=verify-full", { host: "db", database: "cq", ssl: "verify-full" }],
  ["db/cq?sslmode=", { host: "db", database: "cq", ssl: "prefer" }],
  ["db/cq?application_name=cq%201", {
    host: "db",
    database: "cq",
    parameters: { application_name: "cq 1" },
  }],
  ["db/cq?search_path=tenant,public&statement_timeout=100&lock_timeout=50", {
    host: "db",
    database: "cq",
    parameters: { search_path: "tenant,public", statement_timeout: "100", lock_timeout: "50" },
  }],
  ["db/cq?schema=tenant", { host: "db", database: "cq", parameters: { search_path: "tenant" } }],
  ["db/cq?prepare=false", { host: "db", database: "cq", prepare: false }],
  ["db/cq?prepare=true", { host: "db", database: "cq" }],
  ["db/cq?connect_timeout=3&options=-c&connect_timeout=4", {
    host: "db",
    database: "cq",
    ignoredParameters: ["connect_timeout", "options"],
  }],
  ["?host=h&port=77&user=u&password=p%26&dbname=d", {
    host: "h",
    port: 77,
    username: "u",
    password: "p&",
    database: "d",
  }],
  ["ada:secret@db:1/cq?host=h&port=77&user=u&password=p&dbname=d", {
    host: "h",
    port: 77,
    username: "u",
    password: "p",
    database: "d",
  }],
];

for (const [rest, expected] of PLACES) {
  Deno.test(`postgresql://${rest} leads where libpq says, and what it leaves out is left to the driver`, () => {
    const url = `postgresql://${rest}`;
    deepEqual(postgresAt(url), { ...NOTHING, url, ...expected });
  });
}

Deno.test("user, password and database come back as they were before percent-encoding, whatever they hold", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1 }).filter((value) =>
    value.isWellFormed() && !/^\.{1,2}$/.test(value)
  );
  fc.assert(fc.property(text, text, text, (username, password, database) => {
    const [user, pass, name] = [username, password, database].map(encodeURIComponent);
    const location = postgresAt(`postgresql://${user}:${pass}@db/${name}`);
    deepEqual([location.username, location.password, location.database], [username, password, database]);
  }));
});

Deno.test("a password in the parameters shows no more than one in its usual place", () => {
  const { url } = postgresAt("postgres://db/cq?user=ada&password=secret&sslmode=require");
  equal(redactUrl(url), "postgresql://db/cq?user=ada&password=***&sslmode=require");
});
