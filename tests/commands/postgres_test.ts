import { deepEqual, equal, match, ok } from "node:assert/strict";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { openDatabase } from "../../src/database/open.ts";
import { sql } from "../../src/database/sql.ts";
import { checkedChanges } from "../engines/derived.ts";
import { addUnit } from "../engines/scenario.ts";
import { PEPPER } from "../fixtures/app.ts";
import { type CommandResult, cq } from "../fixtures/command_line.ts";
import { type TemporaryDirectory, temporaryDirectory } from "../fixtures/directory.ts";
import { ignoredBecause } from "../fixtures/ignoring.ts";
import { call } from "../fixtures/json_client.ts";
import { postgresDatabase, type PostgresTestDatabase, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { proposal } from "../fixtures/accounts.ts";
import { startServer } from "../fixtures/server_process.ts";
import { ROOT } from "../fixtures/source_tree.ts";

const REVISIONS = MIGRATIONS.map(({ revision }) => revision);

interface Setting {
  readonly target: PostgresTestDatabase;
  readonly directory: TemporaryDirectory;
  run(args: readonly string[], stdin?: string): Promise<CommandResult>;
  /** Runs a command that must succeed; returns what it printed. */
  done(args: readonly string[], stdin?: string): Promise<string>;
}

function onPostgres(name: string, body: (setting: Setting) => Promise<void>): void {
  Deno.test({
    name: `on Postgres ${name}`,
    ignore: WITHOUT_POSTGRES,
    async fn(): Promise<void> {
      await using target = await postgresDatabase();
      await using directory = await temporaryDirectory();
      const env = { CQ_DATABASE_URL: target.url, CQ_API_KEY_PEPPER: PEPPER };
      const run = (args: readonly string[], stdin?: string): Promise<CommandResult> =>
        cq(args, stdin === undefined ? { env } : { env, stdin });
      const done = async (args: readonly string[], stdin?: string): Promise<string> => {
        const { code, stdout, stderr } = await run(args, stdin);
        equal(code, 0, stderr);
        return stdout;
      };
      await body({ target, directory, run, done });
    },
  });
}

onPostgres("the schema is rehearsed, made, told and stamped by command", async ({ target, run, done }) => {
  const none = await run(["status", "--json"]);
  deepEqual([none.code, JSON.parse(none.stdout).revision], [1, null]);
  match(await done(["migrate", "--dry-run"]), /^Would apply 0001, .* at revision \d+ then\.$/m);
  match(
    (await run(["user", "list"])).stderr,
    /the schema is at revision none; run the migrate command first/,
  );
  deepEqual(JSON.parse(await done(["migrate", "--json"])).applied, REVISIONS);
  match(await done(["migrate"]), /^Already at revision/);
  const { database, version: _, ...status } = JSON.parse(await done(["status", "--json"]));
  deepEqual(status, { revision: REVISIONS.at(-1), pending: [], units: 0 });
  equal(database, target.location.url);
  equal(await done(["db-url"]), `${target.location.url}\n`);
  const early = await run(["stamp", "0001"]);
  equal(early.code, 3);
  match(early.stderr, /cannot stamp 0001: later revisions made these tables, .*\bschema_history\b/);
  equal(await done(["stamp", REVISIONS.at(-1)!]), `Stamped ${REVISIONS.at(-1)}.\n`);
});

onPostgres(
  "users and keys made by command work on a running server, and those taken away do not",
  async (test) => {
    const { target, run, done } = test;
    await done(["migrate"]);
    await using server = await startServer({ databasePath: "", env: { CQ_DATABASE_URL: target.url } });
    for (const name of ["alice", "root"]) await done(["user", "add", name], "my first password\n");
    equal((await run(["user", "add", "alice"], "another password\n")).code, 4);
    const { token, id } = JSON.parse(await done(["key", "create", "alice", "--name", "laptop", "--json"]));
    const propose = async (): Promise<number> =>
      (await call(server.url, "POST /knowledge", { bearer: token, json: proposal() })).status;
    const login = async (password: string): Promise<number> => {
      const json = { username: "alice", password };
      return (await call(server.url, "POST /auth/login", { json })).status;
    };
    deepEqual([await propose(), await login("my first password")], [201, 200]);
    match(await done(["key", "list", "alice"]), new RegExp(`^${id}\\s+laptop\\s.*active`, "m"));

    await done(["user", "role", "root", "admin"]);
    await done(["user", "passwd", "alice"], "second password\n");
    deepEqual([await login("my first password"), await login("second password")], [401, 200]);
    await done(["user", "disable", "alice"]);
    match(await done(["user", "list"]), /^alice\s.*disabled since/m);
    equal(await login("second password"), 401);
    await done(["user", "enable", "alice"]);
    equal(await login("second password"), 200);
    equal(await done(["key", "revoke", "alice", id]), `Key ${id} revoked.\n`);
    await done(["user", "delete", "alice"]);
    const left = JSON.parse(await done(["user", "list", "--json"])) as { username: string }[];
    deepEqual(left.map(({ username }) => username), ["root"]);
    equal((await run(["key", "list", "alice"])).code, 4);
  },
);

onPostgres(
  "units are imported, checked and exported again to the last byte",
  async ({ target, directory, run, done }) => {
    const sqlite = { databasePath: directory.file("cq.db") };
    await Deno.copyFile(`${ROOT}/tests/contract/databases/upstream-0001-small.db`, sqlite.databasePath);
    equal((await cq(["migrate"], sqlite)).code, 0);
    equal((await cq(["export", directory.file("units.jsonl")], sqlite)).code, 0);
    await done(["migrate"]);
    const counts = await done(["import", directory.file("units.jsonl"), "--json"]);
    deepEqual(JSON.parse(counts), { added: 40, known: 0, refused: 0 });
    equal(await done(["export"]), await Deno.readTextFile(directory.file("units.jsonl")));
    match(await done(["import", directory.file("units.jsonl")]), /^0 units added, 40 were there/);
    equal(await done(["check"]), "40 units checked, 0 problems found.\n");

    const database = openDatabase(target.location, { poolSize: 1 });
    await database.transaction((transaction) =>
      transaction.run(sql`INSERT INTO knowledge_units (id, data) VALUES ('ku_bad', 'no JSON')`)
    );
    await database.close();
    const { code, stdout } = await run(["check"]);
    equal(code, 1);
    match(stdout, /^unit ku_bad cannot be read: /m);

    const nul =
      '{"unit":{"id":"ku_nul","domains":["a\\u0000b"],"insight":{"summary":"s","detail":"d","action":"a"}}}';
    const refused = await run(["import", "-"], `${nul}\n`);
    equal(refused.code, 4);
    match(refused.stderr, /^error: line 1: .*NUL/);
  },
);

/** The commands that `backup` names: how to make a copy and how to bring it back. */
async function advice(url: string, file: string): Promise<[dump: string, restore: string]> {
  const { code, stderr } = await cq(["backup", file], { env: { CQ_DATABASE_URL: url } });
  equal(code, 4);
  const found = /^error: .*: (pg_dump .*) \(to restore it: (pg_restore .*)\)\n$/.exec(stderr);
  ok(found !== null, stderr);
  return [found[1]!, found[2]!];
}

Deno.test("backup of a Postgres database names the exact command, without the password", async () => {
  deepEqual(await advice("postgresql+psycopg://ada:hunter2@db:6432/cq", "/backups/cq.dump"), [
    "pg_dump --format=custom --file='/backups/cq.dump' 'postgresql://ada@db:6432/cq'",
    "pg_restore --clean --if-exists --dbname='postgresql://ada@db:6432/cq' '/backups/cq.dump'",
  ]);
  const url =
    "postgresql://db/cq?sslmode=require&password=hunter2&schema=tenant&prepare=false&user=ada&lock_timeout=9" +
    "&connection_limit=5&sslrootcert=ca.pem&sslpassword=hunter2";
  deepEqual(await advice(url, "it's.dump"), [
    `pg_dump --format=custom --schema='tenant' --file='it'\\''s.dump' 'postgresql://db/cq?sslmode=require&user=ada&sslrootcert=ca.pem'`,
    `pg_restore --clean --if-exists --dbname='postgresql://db/cq?sslmode=require&user=ada&sslrootcert=ca.pem' 'it'\\''s.dump'`,
  ]);
});

/** Runs a line of a shell; returns how it ended and what it complained about. */
async function shell(line: string): Promise<[code: number, errors: string]> {
  const { code, stderr } = await new Deno.Command("sh", { args: ["-c", line], stdin: "null" }).output();
  return [code, new TextDecoder().decode(stderr)];
}

/** Whether Postgres's own tools are here and at least as new as the server, which they demand. */
async function lacksTools(): Promise<boolean> {
  if (WITHOUT_POSTGRES) return true;
  await using target = await postgresDatabase();
  const [code, errors] = await shell(`pg_dump --schema-only '${target.location.url}'`);
  return ignoredBecause(code === 0 ? undefined : `pg_dump cannot be used here: ${errors.trim()}`);
}

const WITHOUT_TOOLS = await lacksTools();

Deno.test({
  name: "the commands that backup names bring everything back",
  ignore: WITHOUT_TOOLS,
  async fn(): Promise<void> {
    await using target = await postgresDatabase();
    await using directory = await temporaryDirectory();
    const env = { CQ_DATABASE_URL: target.url };
    equal((await cq(["migrate"], { env })).code, 0);
    for (const name of ["root", "alice"]) {
      equal((await cq(["user", "add", name], { env, stdin: "a long password\n" })).code, 0);
    }
    const database = openDatabase(target.location, { poolSize: 1 });
    await addUnit(database, { id: "kept", domains: ["a"] });
    const changes = await checkedChanges(database);
    const [dump, restore] = await advice(target.url, directory.file("cq.dump"));
    deepEqual(await shell(dump), [0, ""]);
    equal((await cq(["user", "delete", "alice"], { env })).code, 0);
    await addUnit(database, { id: "lost", domains: ["a"] });
    await database.close();
    deepEqual(await shell(restore), [0, ""]);
    match((await cq(["user", "list"], { env })).stdout, /^alice /m);
    const added = await cq(["user", "add", "bob"], { env, stdin: "a long password\n" });
    equal(added.code, 0, added.stderr);
    const restored = openDatabase(target.location, { poolSize: 1 });
    deepEqual(await checkedChanges(restored), changes);
    await addUnit(restored, { id: "new", domains: ["a"] });
    const after = await checkedChanges(restored);
    ok(after.get("new")!.seq > after.get("kept")!.seq);
    await restored.close();
  },
});
