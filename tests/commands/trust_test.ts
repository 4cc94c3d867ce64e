import { deepEqual, equal, match } from "node:assert/strict";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { createSignIns } from "../../src/accounts/sign_ins.ts";
import { openSqlite } from "../../src/database/sqlite.ts";
import { migrate } from "../../src/migrate/runner.ts";
import { systemClock } from "../../src/wire/time.ts";
import { PEPPER } from "../fixtures/app.ts";
import { type CommandResult, cq } from "../fixtures/command_line.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { tamper } from "../fixtures/tampering.ts";

/** Made of parts: nobody's real password. */
const LONG_WORD = ["plum", "quartz", "vex", "19"].join("-");

interface Store extends AsyncDisposable {
  readonly databasePath: string;
  run(args: readonly string[], stdin?: string): Promise<CommandResult>;
}

/** A database at the newest revision, and the command line on it. */
async function store(): Promise<Store> {
  const directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  const database = openSqlite(databasePath);
  await migrate(database, MIGRATIONS, { clock: systemClock(), appVersion: "test" });
  await database.close();
  return {
    databasePath,
    run: (args, stdin) =>
      cq(args, {
        databasePath,
        env: { CQ_API_KEY_PEPPER: PEPPER },
        ...(stdin === undefined ? {} : { stdin }),
      }),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

interface ListedUser {
  readonly username: string;
  readonly role: string;
  readonly active_keys: number;
}

async function users({ run }: Store): Promise<[string, string, number][]> {
  const listed: ListedUser[] = JSON.parse((await run(["user", "list", "--json"])).stdout);
  return listed.map(({ username, role, active_keys }) => [username, role, active_keys]);
}

Deno.test("the first user is an admin, others are contributors or what they are added as, and roles are changed", async () => {
  await using on = await store();
  match((await on.run(["user", "add", "ada"], LONG_WORD)).stdout, /ada added as admin/);
  match((await on.run(["user", "add", "bob"], LONG_WORD)).stdout, /bob added as contributor/);
  match((await on.run(["user", "add", "eve", "--role", "reader"], LONG_WORD)).stdout, /eve added as reader/);
  equal((await on.run(["user", "add", "joe", "--role", "wizard"], LONG_WORD)).code, 2);
  match((await on.run(["user", "role", "eve", "reviewer"])).stdout, /eve is reviewer now/);
  match((await on.run(["user", "role", "nobody", "reader"])).stderr, /There is no user nobody/);
  deepEqual(await users(on), [["ada", "admin", 0], ["bob", "contributor", 0], ["eve", "reviewer", 0]]);
  match((await on.run(["user", "list"])).stdout, /^eve +reviewer /m);
});

Deno.test("the last admin stays one, enabled and there, until there is another", async () => {
  await using on = await store();
  await on.run(["user", "add", "ada"], LONG_WORD);
  await on.run(["user", "add", "bob"], LONG_WORD);
  for (const args of [["role", "ada", "reviewer"], ["disable", "ada"], ["delete", "ada"]]) {
    const { code, stderr } = await on.run(["user", ...args]);
    deepEqual([code, stderr], [4, "error: ada is the last admin; make another user an admin first\n"]);
  }
  equal((await on.run(["user", "role", "bob", "admin"])).code, 0);
  equal((await on.run(["user", "delete", "ada"])).code, 0);
  deepEqual(await users(on), [["bob", "admin", 0]]);
});

Deno.test("a key is made with scopes, listed with them, and with none that do not exist", async () => {
  await using on = await store();
  await on.run(["user", "add", "ada"], LONG_WORD);
  const make = (...scopes: string[]): Promise<CommandResult> =>
    on.run(["key", "create", "ada", "--name", "n", "--json", "--scope", ...scopes]);
  deepEqual(JSON.parse((await make("read", "confirm")).stdout).scopes, ["read", "confirm"]);
  equal((await make("review")).code, 2);
  match((await on.run(["key", "list", "ada"])).stdout, / read,confirm /);
  deepEqual(await users(on), [["ada", "admin", 1]]);
});

Deno.test("the log of what was done is exported, its head noted, and checked against that", async () => {
  await using on = await store();
  equal((await on.run(["audit", "head"])).stdout, "0:\n");
  await on.run(["user", "add", "ada"], LONG_WORD);
  await on.run(["user", "add", "bob"], LONG_WORD);
  const lines = (await on.run(["audit", "export"])).stdout.trimEnd().split("\n").map((line) =>
    JSON.parse(line)
  );
  deepEqual(lines.map(({ seq, kind, subject, actor }) => [seq, kind, subject, actor]), [
    [1, "user_added", "ada", "(command line)"],
    [2, "user_added", "bob", "(command line)"],
  ]);
  const head = (await on.run(["audit", "head"])).stdout.trim();
  equal(head, `2:${lines[1].hash}`);
  const whole = await on.run(["audit", "verify", "--head", head]);
  deepEqual([whole.code, whole.stdout], [0, "2 entries, 0 problems.\n"]);
  for (const wrong of ["2:x", ""]) {
    const { code, stderr } = await on.run(["audit", "verify", "--head", wrong]);
    const reason =
      `error: "${wrong}" is no head of the log: expected a number and a hash, such as 12:0f3a…\n`;
    deepEqual([code, stderr], [4, reason]);
  }

  tamper(on.databasePath, "DELETE FROM account_events WHERE id = 2; DELETE FROM audit_chain WHERE seq = 2");
  equal((await on.run(["audit", "verify"])).code, 0);
  equal((await on.run(["audit", "verify", "--head", head])).code, 1);
  tamper(on.databasePath, "UPDATE account_events SET actor = 'eve'");
  const report = await on.run(["audit", "verify", "--json"]);
  deepEqual([report.code, JSON.parse(report.stdout).problems[0].seq], [1, 1]);
});

Deno.test("sign-ins are printed newest first, of one user or of all, and go on before a row", async () => {
  await using on = await store();
  for (const name of ["alice", "bob"]) equal((await on.run(["user", "add", name], LONG_WORD)).code, 0);
  const database = openSqlite(on.databasePath);
  const clock = systemClock();
  const signIns = createSignIns({ database, clock });
  signIns.note({ username: "alice", outcome: "signed_in", way: "page", address: "192.0.2.1" });
  signIns.note({
    username: "a password, mistyped",
    outcome: "wrong_password",
    way: "api",
    address: "192.0.2.2",
  });
  signIns.note({ username: "bob", outcome: "throttled", way: "api", address: "192.0.2.2" });
  await signIns.settle();
  await database.close();
  const all = (await on.run(["audit", "sign-ins"])).stdout;
  match(all, /bob +throttled +api +1 .*\n.*- +wrong_password .*\n.*alice +signed_in +page .*192\.0\.2\.1/);
  equal(all.includes("mistyped"), false);
  const listed = async (...options: string[]): Promise<string[]> => {
    const rows = JSON.parse((await on.run(["audit", "sign-ins", "--json", ...options])).stdout);
    return rows.map(({ username }: { username: string }) => username);
  };
  deepEqual(await listed("--user", "alice"), ["alice"]);
  deepEqual(await listed("--before", "3"), ["", "alice"]);
  equal((await on.run(["audit", "sign-ins", "--before", "x"])).code, 4);
});
