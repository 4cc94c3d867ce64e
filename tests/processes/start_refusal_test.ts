import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { ignoredBecause } from "../fixtures/ignoring.ts";
import { serverCommand, spawnServer } from "../fixtures/server_process.ts";
import { within } from "../fixtures/waiting.ts";

const JWT_SECRET = "jwt-secret-that-nobody-may-read-0123456789";
const PEPPER = "pepper-that-nobody-may-read-0123456789";
const DATABASE_PASSWORD = "database-password-that-nobody-may-read";

interface Refusal {
  readonly env?: Record<string, string | undefined>;
  readonly port?: number;
  readonly database?: string;
}

/** Starts a server that must refuse; returns the one line it gives as its reason. */
async function reasonFor({ env = {}, port, database = "cq.db" }: Refusal): Promise<string> {
  await using directory = await temporaryDirectory();
  await Deno.mkdir(directory.file("folder"));
  await Deno.writeTextFile(
    directory.file("text.db"),
    "no database, but a text of more than sixteen bytes\n".repeat(100),
  );
  await using server = spawnServer({
    databasePath: directory.file(database),
    env: { CQ_JWT_SECRET: JWT_SECRET, CQ_API_KEY_PEPPER: PEPPER, ...env },
    ...(port === undefined ? {} : { port }),
  });
  equal((await within(server.status, "the start to be refused")).code, 3);
  match(server.errors(), /^cq: cannot start: [^\n]+\n$/);
  for (const secret of [JWT_SECRET, PEPPER, DATABASE_PASSWORD]) {
    doesNotMatch(server.output(), new RegExp(secret));
  }
  doesNotMatch(server.output(), /"message":"listening"/);
  return server.errors().replaceAll(directory.path, "{dir}");
}

const REFUSALS: [title: string, refusal: Refusal, reason: RegExp][] = [
  ["CQ_JWT_SECRET is missing", { env: { CQ_JWT_SECRET: undefined } }, /: CQ_JWT_SECRET is not set;/],
  ["CQ_JWT_SECRET is empty", { env: { CQ_JWT_SECRET: "" } }, /: CQ_JWT_SECRET is empty;/],
  [
    "CQ_API_KEY_PEPPER is missing",
    { env: { CQ_API_KEY_PEPPER: undefined } },
    /: CQ_API_KEY_PEPPER is not set;/,
  ],
  ["CQ_API_KEY_PEPPER is empty", { env: { CQ_API_KEY_PEPPER: "" } }, /: CQ_API_KEY_PEPPER is empty;/],
  ["the file of a secret is missing", {
    env: { CQ_JWT_SECRET: undefined, CQ_JWT_SECRET_FILE: "/nowhere/secret" },
  }, /CQ_JWT_SECRET_FILE: \/nowhere\/secret cannot be read/],
  ["the port is no number", { env: { CQ_PORT: "http" } }, /: CQ_PORT: "http" is not an integer/],
  [
    "the port is out of range",
    { env: { CQ_PORT: "70000" } },
    /: CQ_PORT: "70000" is not an integer from 0 to 65535/,
  ],
  [
    "the address is none of this machine",
    { env: { CQ_HOST: "203.0.113.1" } },
    /: CQ_HOST, CQ_PORT: cannot listen on 203\.0\.113\.1:\d+ \(/,
  ],
  ["the database path is a folder", { database: "folder" }, /\{dir\}\/folder: .*it is a directory/],
  [
    "Deno keeps the process from the database",
    { env: { CQ_DB_PATH: "/proc/cq.db" } },
    /\/proc\/cq\.db: the process lacks a permission of Deno's: Requires all access to "\/proc\/cq\.db"/,
  ],
  ["the database path leads through a file", { database: "text.db/cq.db" }, /\{dir\}\/text\.db\/cq\.db: /],
  ["the database path is empty", { env: { CQ_DB_PATH: "" } }, /: CQ_DB_PATH is empty/],
  [
    "the database is no database",
    { database: "text.db" },
    /\{dir\}\/text\.db: the file is not a SQLite database/,
  ],
  ["the database URL is no URL", { env: { CQ_DATABASE_URL: "no url" } }, /Invalid CQ_DATABASE_URL/],
  ["the database URL is of another kind", {
    env: { CQ_DATABASE_URL: `mysql://cq:${DATABASE_PASSWORD}@127.0.0.1/cq` },
  }, /Unsupported database URL scheme: 'mysql' in CQ_DATABASE_URL/],
];

for (const [title, refusal, reason] of REFUSALS) {
  Deno.test(`the start is refused in one line that says why when ${title}`, async () => {
    match(await reasonFor(refusal), reason);
  });
}

Deno.test("a start that is refused for a variable has not touched the database", async () => {
  await using directory = await temporaryDirectory();
  await using server = spawnServer({
    databasePath: directory.file("cq.db"),
    env: { CQ_JWT_SECRET: JWT_SECRET, CQ_API_KEY_PEPPER: PEPPER, CQ_GUARD_POLICY: "no-such-rule=hold" },
  });
  equal((await within(server.status, "the start to be refused")).code, 3);
  match(server.errors(), /^cq: cannot start: CQ_GUARD_POLICY: [^\n]+\n$/);
  deepEqual([...Deno.readDirSync(directory.path)], []);
});

Deno.test("the start is refused in one line that says why when the port is in use", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  match(
    await reasonFor({ port }),
    new RegExp(`: CQ_HOST, CQ_PORT: cannot listen on 127\\.0\\.0\\.1:${port} \\(Address already in use`),
  );
});

Deno.test({
  name: "a refusal that cannot be told is told by the exit code",
  ignore: ignoredBecause(Deno.build.os === "linux" ? undefined : "there is no /dev/full"),
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    await using server = spawnServer({
      databasePath: directory.path,
      command: ["sh", "-c", 'exec "$@" > /dev/full 2> /dev/full', "sh", ...serverCommand()],
    });
    equal((await within(server.status, "the start to be refused")).code, 3);
  },
});
