import { deepEqual, equal, match } from "node:assert/strict";
import { apiKeyPepper, type Config, databaseConfig, loadConfig } from "../src/config.ts";
import { type Environment, VARIABLES } from "../src/variables.ts";
import { temporaryDirectory } from "./fixtures/directory.ts";
import { thrown } from "./fixtures/faults.ts";

const CANARY = "canary-0123456789-0123456789-0123456789";
const SECRETS = { CQ_JWT_SECRET: `jwt-${CANARY}`, CQ_API_KEY_PEPPER: `pepper-${CANARY}` };

function load(environment: Environment = {}): Config {
  return loadConfig({ ...SECRETS, ...environment });
}

/** The message of a refused start: one line without any secret. */
function refusal(environment: Environment): string {
  const { code, message } = thrown(() => load(environment));
  equal(code, "misconfigured");
  equal(/canary|\n/.test(message), false, message);
  return message;
}

Deno.test("only the two secrets are needed, everything else has a default", () => {
  deepEqual({ ...load() }, {
    jwtSecret: SECRETS.CQ_JWT_SECRET,
    apiKeyPepper: SECRETS.CQ_API_KEY_PEPPER,
    database: { engine: "sqlite", path: "/data/cq.db", url: "sqlite:////data/cq.db", ignoredParameters: [] },
    opening: { mode: "auto", poolSize: 10, statementTimeout_ms: 4000, checkpoints: "worker" },
    backups: undefined,
    host: "0.0.0.0",
    port: 3000,
    publicUrl: undefined,
    logLevel: "info",
    isStrict: false,
    readNeedsKey: false,
    guardPolicy: "",
    allowsSelfReview: true,
    confirmWithin_days: 365,
    trustedProxies: [],
    rates: { reads: 0, writes: 6000 },
    slow_ms: 500,
    metrics: { access: "off" },
    isTraced: false,
    embedding: undefined,
    warnings: [],
  });
});

Deno.test("every variable is read", () => {
  const config = load({
    CQ_DATABASE_URL: "sqlite:////srv/a.db",
    CQ_DB_PATH: "/srv/b.db",
    CQ_DATABASE_POOL_SIZE: "3",
    CQ_DATABASE_STATEMENT_TIMEOUT_MS: "250",
    CQ_MIGRATE: "Check",
    CQ_CHECKPOINTS: "External",
    CQ_BACKUP_DIR: "/backups",
    CQ_BACKUP_EVERY: "12H",
    CQ_BACKUP_KEEP: "3",
    CQ_HOST: "127.0.0.1",
    CQ_PORT: "8080",
    CQ_PUBLIC_URL: "https://cq.example.com:8443/",
    CQ_LOG_LEVEL: "Warning",
    CQ_SLOW_MS: "250",
    CQ_COMPAT: "strict",
    CQ_READ_AUTH: "key",
    CQ_SELF_REVIEW: "deny",
    CQ_TRUSTED_PROXIES: "10.0.0.0/8, ::1 192.0.2.7",
    CQ_RATE_READS: "100",
    CQ_RATE_WRITES: "0",
    TOKEN_EMBEDDING_URL: "http://embedding:8080/models/small/",
    SEMSEARCH_EMBEDDING_DIM: "384",
  });
  deepEqual(config.embedding, { url: "http://embedding:8080/models/small", dimension: 384 });
  deepEqual(config.trustedProxies, ["10.0.0.0/8", "::1", "192.0.2.7"]);
  deepEqual(config.rates, { reads: 100, writes: 0 });
  equal(config.slow_ms, 250);
  deepEqual([config.isStrict, config.readNeedsKey, config.allowsSelfReview], [true, true, false]);
  deepEqual(
    [config.database.url, config.host, config.port, config.publicUrl, config.logLevel],
    ["sqlite:////srv/a.db", "127.0.0.1", 8080, "https://cq.example.com:8443", "warning"],
  );
  deepEqual(
    config.opening,
    { mode: "check", poolSize: 3, statementTimeout_ms: 250, checkpoints: "external" },
  );
  deepEqual(config.backups, { source: "/srv/a.db", folder: "/backups", every_s: 43_200, keep: 3 });
  equal(load({ CQ_DB_PATH: "/srv/b.db" }).database.url, "sqlite:////srv/b.db");
});

Deno.test("metrics are shown to nobody, to who has the token where there is one, or to everybody", async () => {
  await using directory = await temporaryDirectory();
  await Deno.writeTextFile(directory.file("token"), `${CANARY}\n`);
  const byToken = { access: "token", token: CANARY };
  const cases: readonly [Environment, unknown][] = [
    [{ CQ_METRICS: "off" }, { access: "off" }],
    [{ CQ_METRICS: "open" }, { access: "open" }],
    [{ CQ_METRICS_TOKEN: CANARY }, byToken],
    [{ CQ_METRICS_TOKEN_FILE: directory.file("token"), CQ_METRICS: "Token" }, byToken],
    [{ CQ_METRICS_TOKEN: CANARY, CQ_METRICS: "off" }, { access: "off" }],
  ];
  for (const [environment, expected] of cases) deepEqual(load(environment).metrics, expected);
  match(load({ CQ_METRICS_TOKEN: "short" }).warnings[0]!, /^CQ_METRICS_TOKEN is shorter than 32/);
  match(refusal({ CQ_METRICS: "token" }), /^CQ_METRICS is token, but CQ_METRICS_TOKEN is not set; set it$/);
});

Deno.test("traces are exported where the runtime is told so", () => {
  deepEqual(["true", "1", "false"].map((value) => load({ OTEL_DENO: value }).isTraced), [true, true, false]);
});

Deno.test("what a start does about the schema is one of three", () => {
  for (const mode of ["auto", "check", "off"]) equal(load({ CQ_MIGRATE: mode }).opening.mode, mode);
});

Deno.test("a statement may run no longer than its request waits, and a pool has a size", () => {
  const opening = { CQ_DATABASE_POOL_SIZE: "1", CQ_DATABASE_STATEMENT_TIMEOUT_MS: "4500" };
  const { poolSize, statementTimeout_ms } = load(opening).opening;
  deepEqual([poolSize, statementTimeout_ms], [1, 4500]);
});

Deno.test("a server backs up only a file; elsewhere it says that it does not", () => {
  for (const url of ["postgresql://db/cq", "sqlite:///:memory:"]) {
    const { backups, warnings } = load({ CQ_DATABASE_URL: url, CQ_BACKUP_DIR: "/backups" });
    equal(backups, undefined);
    match(warnings.join(), /CQ_BACKUP_DIR has no effect/);
  }
});

Deno.test("the time between two backups is a duration that is not zero, up to a year", () => {
  for (const text of ["0d", "366d", "1", "1w", "-1d", "1.5h"]) {
    match(refusal({ CQ_BACKUP_EVERY: text }), /^CQ_BACKUP_EVERY: ".*" is not a duration such as 12h/);
  }
  match(refusal({ CQ_BACKUP_KEEP: "0" }), /^CQ_BACKUP_KEEP: "0" is not an integer from 1/);
  match(refusal({ CQ_CHECKPOINTS: "litestream" }), /^CQ_CHECKPOINTS: .* use one of server, external$/);
});

Deno.test("an empty variable counts as unset", () => {
  const empty = Object.fromEntries(
    VARIABLES.filter(({ name }) => !(name in SECRETS) && name !== "CQ_DB_PATH").map(({ name }) => [name, ""]),
  );
  deepEqual(load(empty), load());
});

Deno.test("the listed fallbacks are those in effect", () => {
  const fallbacks = Object.fromEntries(
    VARIABLES.filter(({ fallback }) => fallback !== undefined).map(({ name, fallback }) => [name, fallback]),
  );
  deepEqual(load(fallbacks), load());
});

Deno.test("ports are integers from 0 to 65535, as the original reads them", () => {
  for (const [text, port] of [["0", 0], ["65535", 65535], [" 80 ", 80], ["+80", 80], ["080", 80]] as const) {
    equal(load({ CQ_PORT: text }).port, port);
  }
});

const BAD_VALUES: readonly [name: string, value: string, expected: RegExp][] = [
  ["CQ_PORT", "http", /^CQ_PORT: "http" is not an integer from 0 to 65535; correct it or unset it$/],
  ["CQ_PORT", "65536", /^CQ_PORT: "65536" is not/],
  ["CQ_PORT", "-1", /^CQ_PORT: "-1" is not/],
  ["CQ_PORT", "80.5", /^CQ_PORT: "80.5" is not/],
  ["CQ_PORT", "8\n0", /^CQ_PORT: "8\\n0" is not/],
  ["CQ_TRUSTED_PROXIES", "proxy", /^CQ_TRUSTED_PROXIES: "proxy" is no IP address or range such as 10/],
  ["CQ_TRUSTED_PROXIES", "10.0.0.0/33", /^CQ_TRUSTED_PROXIES: "10.0.0.0\/33" is no IP address or range/],
  ["CQ_TRUSTED_PROXIES", "10.0.0.1,none", /^CQ_TRUSTED_PROXIES: "none" is no IP address or range/],
  ["CQ_RATE_READS", "-1", /^CQ_RATE_READS: "-1" is not an integer from 0 to 6000000;/],
  ["CQ_RATE_WRITES", "6000001", /^CQ_RATE_WRITES: "6000001" is not an integer from 0 to 6000000;/],
  ["CQ_METRICS", "loud", /^CQ_METRICS: "loud" is unknown; use one of off, open, token$/],
  ["CQ_SLOW_MS", "-1", /^CQ_SLOW_MS: "-1" is not an integer from 0 to 600000;/],
  ["CQ_LOG_LEVEL", "loud", /^CQ_LOG_LEVEL: "loud" is unknown; use one of debug, info, warning, error$/],
  ["CQ_MIGRATE", "never", /^CQ_MIGRATE: "never" is unknown; use one of auto, check, off$/],
  ["CQ_DATABASE_POOL_SIZE", "0", /^CQ_DATABASE_POOL_SIZE: "0" is not an integer from 1 to 1000; correct it/],
  ["CQ_DATABASE_POOL_SIZE", "1001", /^CQ_DATABASE_POOL_SIZE: "1001" is not/],
  ["CQ_DATABASE_STATEMENT_TIMEOUT_MS", "0", /^CQ_DATABASE_STATEMENT_TIMEOUT_MS: "0" is not .* 1 to 4500;/],
  ["CQ_DATABASE_STATEMENT_TIMEOUT_MS", "4501", /^CQ_DATABASE_STATEMENT_TIMEOUT_MS: "4501" is not/],
  [
    "CQ_DATABASE_URL",
    `postgresql+asyncpg://ada:${CANARY}@db/cq`,
    /'postgresql\+asyncpg' in CQ_DATABASE_URL; supp/,
  ],
  ["CQ_DATABASE_URL", `postgresql://ada:${CANARY}@db/cq?sslmode=x`, /^CQ_DATABASE_URL: sslmode=x is unknown/],
  ["CQ_PUBLIC_URL", "cq.example.com", /^CQ_PUBLIC_URL is not an http\(s\) address.*such as https:/],
  ["CQ_PUBLIC_URL", "ftp://cq.example.com", /^CQ_PUBLIC_URL is not/],
  ["CQ_PUBLIC_URL", `https://ada:${CANARY}@cq.example.com`, /^CQ_PUBLIC_URL is not/],
  ["CQ_PUBLIC_URL", `https://cq.example.com?token=${CANARY}`, /^CQ_PUBLIC_URL is not/],
  ["CQ_PUBLIC_URL", "https://cq.example.com#x", /^CQ_PUBLIC_URL is not/],
  [
    "CQ_PUBLIC_URL",
    "https://example.com/cq/",
    /^CQ_PUBLIC_URL has the path \/cq\/, .* a host name or a port of its own/,
  ],
  [
    "CQ_DATABASE_URL",
    `mysql://ada:${CANARY}@db/cq`,
    /Unsupported database URL scheme: 'mysql' in CQ_DATABASE_URL; supp/,
  ],
  ["CQ_DATABASE_URL", CANARY, /^Invalid CQ_DATABASE_URL .*supported: sqlite/],
  ["CQ_DB_PATH", "", /^CQ_DB_PATH is empty; set it/],
  ["SEMSEARCH_EMBEDDING_DIM", "many", /^SEMSEARCH_EMBEDDING_DIM: "many" is not an integer from 1 to/],
  ["SEMSEARCH_EMBEDDING_DIM", "0", /^SEMSEARCH_EMBEDDING_DIM: "0" is not an integer from 1 to/],
  [
    "TOKEN_EMBEDDING_URL",
    "embedding:8080",
    /^TOKEN_EMBEDDING_URL is not an http\(s\) address .*such as http:/,
  ],
  ["TOKEN_EMBEDDING_URL", `http://:${CANARY}@e`, /^TOKEN_EMBEDDING_URL is not/],
  ["TOKEN_EMBEDDING_URL", `http://e?key=${CANARY}`, /^TOKEN_EMBEDDING_URL is not/],
  ["CQ_JWT_SECRET", "", /^CQ_JWT_SECRET is empty; set it, or CQ_JWT_SECRET_FILE, to a long random text$/],
  ["CQ_API_KEY_PEPPER", "", /^CQ_API_KEY_PEPPER is empty; set it/],
];

for (const [name, value, expected] of BAD_VALUES) {
  Deno.test(`the start is refused in one line with the remedy, when ${name} is ${JSON.stringify(value)}`, () => {
    match(refusal({ [name]: value }), expected);
  });
}

Deno.test("a missing secret is named, and the other one is not told", () => {
  for (const name of Object.keys(SECRETS)) {
    match(
      refusal({ [name]: undefined }),
      new RegExp(`^${name} is not set; set it, or ${name}_FILE, to a long`),
    );
  }
});

Deno.test("secrets come from a file, whose last line break does not count", async () => {
  await using directory = await temporaryDirectory();
  for (
    const [ending, secret] of [["", "s"], ["\n", "s"], ["\r\n", "s"], ["\n\n", "s\n"], [" ", "s "]] as const
  ) {
    await Deno.writeTextFile(directory.file("secret"), `s${ending}`);
    const file = directory.file("secret");
    equal(loadConfig({ CQ_JWT_SECRET_FILE: file, CQ_API_KEY_PEPPER: "p" }).jwtSecret, secret);
    equal(apiKeyPepper({ CQ_API_KEY_PEPPER_FILE: file }), secret);
  }
  await Deno.writeTextFile(directory.file("url"), "sqlite:////srv/a.db\n");
  equal(databaseConfig({ CQ_DATABASE_URL_FILE: directory.file("url") }).url, "sqlite:////srv/a.db");
});

Deno.test("a secret given twice is refused, and so is a file that cannot be read or is empty", async () => {
  await using directory = await temporaryDirectory();
  await Deno.writeTextFile(directory.file("empty"), "\n");
  for (const name of ["CQ_JWT_SECRET", "CQ_API_KEY_PEPPER", "CQ_DATABASE_URL"]) {
    const twice = { CQ_DATABASE_URL: "sqlite:///x", [`${name}_FILE`]: directory.file("empty") };
    match(refusal(twice), new RegExp(`^${name} and ${name}_FILE are both set; keep one of them`));
    const missing = { [name]: undefined, [`${name}_FILE`]: directory.file("missing") };
    match(
      refusal(missing),
      new RegExp(`^${name}_FILE: .*/missing cannot be read \\(.*\\); correct the path`),
    );
  }
  match(
    refusal({ CQ_JWT_SECRET: undefined, CQ_JWT_SECRET_FILE: directory.file("empty") }),
    /^CQ_JWT_SECRET is empty/,
  );
});

Deno.test("short secrets are a warning each, not a refusal", () => {
  const { warnings } = load({ CQ_JWT_SECRET: "short-canary", CQ_API_KEY_PEPPER: "short-canary" });
  deepEqual(warnings.map((warning) => warning.split(" ")[0]), ["CQ_JWT_SECRET", "CQ_API_KEY_PEPPER"]);
  match(warnings[0]!, /shorter than 32 characters/);
  equal(warnings.join().includes("canary"), false);
});

Deno.test("an unknown variable is a warning that names the nearest known one and not its value", () => {
  const { warnings } = load({ CQ_PROT: "8080", CQ_JWT_SECRETS: CANARY, OTHER: "x", CQPORT: "1" });
  deepEqual(warnings, [
    "CQ_JWT_SECRETS is not a setting of this server; the nearest one is CQ_JWT_SECRET",
    "CQ_PROT is not a setting of this server; the nearest one is CQ_PORT",
  ]);
});

Deno.test("variables of clients are no misspelt settings", () => {
  const client = {
    CQ_ADDR: "http://127.0.0.1:3000",
    CQ_API_KEY: CANARY,
    CQ_LOCAL_DB_PATH: "/x",
    CQ_LOCAL_DATABASE_URL: "sqlite:////x",
  };
  deepEqual(load(client).warnings, []);
});

Deno.test("a variable that names a file for what is no secret is unknown", () => {
  match(load({ CQ_PORT_FILE: "/x" }).warnings[0]!, /^CQ_PORT_FILE is not a setting/);
});

Deno.test("what URL parameters of the original would do is said not to be done", () => {
  const { warnings } = load({ CQ_DATABASE_URL: "sqlite:///x?mode=ro" });
  match(warnings[0]!, /^The parameter mode of CQ_DATABASE_URL/);
  deepEqual(
    load({ CQ_DATABASE_URL: "postgresql://db/cq?sslmode=require&channel_binding=require" }).warnings,
    [
      "The parameter channel_binding of CQ_DATABASE_URL has no meaning here and is ignored",
    ],
  );
});

Deno.test("the configuration cannot be changed", () => {
  equal(Object.isFrozen(load()), true);
});
