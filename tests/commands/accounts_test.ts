import assert from "node:assert/strict";
import { type CommandResult, cq } from "../fixtures/command_line.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { PEPPER } from "../fixtures/app.ts";
import { writeMigratedFile } from "../fixtures/migrated.ts";
import { openRaw } from "../fixtures/raw_database.ts";
import { type ServerProcess, startServer } from "../fixtures/server_process.ts";

interface Deployment extends AsyncDisposable {
  readonly server: ServerProcess;
  run(args: readonly string[], stdin?: string): Promise<CommandResult>;
  login(username: string, password: string): Promise<Response>;
}

/** A running server, with the command line working on its database meanwhile. */
async function deployment(): Promise<Deployment> {
  const directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  const server = await startServer({ databasePath });
  return {
    server,
    run: (args, stdin) =>
      cq(args, {
        databasePath,
        env: { CQ_API_KEY_PEPPER: PEPPER },
        ...(stdin === undefined ? {} : { stdin }),
      }),
    login: (username, password) =>
      fetch(`${server.url}/api/v1/auth/login`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ username, password }),
      }),
    async [Symbol.asyncDispose](): Promise<void> {
      await server[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}

async function statusOf(response: Promise<Response> | Response): Promise<number> {
  const settled = await response;
  await settled.body?.cancel();
  return settled.status;
}

function propose(server: ServerProcess, key: string): Promise<Response> {
  return fetch(`${server.url}/api/v1/knowledge`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ domains: ["a"], insight: { summary: "s", detail: "d", action: "a" } }),
  });
}

Deno.test("a user added on the command line signs in to the running server, until disabled or deleted", async () => {
  await using deployed = await deployment();
  const { run, login, server } = deployed;
  for (const name of ["root", "alice"]) {
    assert.equal((await run(["user", "add", name], "my first password\n")).code, 0);
  }
  const { token } = await (await login("alice", "my first password")).json();
  const me = (): Promise<number> =>
    statusOf(fetch(`${server.url}/api/v1/users/me`, { headers: { authorization: `Bearer ${token}` } }));
  assert.equal(await me(), 200);

  assert.equal((await run(["user", "disable", "alice"])).code, 0);
  assert.equal(await me(), 401);
  assert.equal(await statusOf(login("alice", "my first password")), 401);
  const listed = JSON.parse((await run(["user", "list", "--json"])).stdout);
  assert.match(listed[0].disabled_at, /^20/);

  assert.equal((await run(["user", "enable", "alice"])).code, 0);
  assert.equal(await statusOf(login("alice", "my first password")), 200);

  assert.equal((await run(["user", "delete", "alice"])).code, 0);
  assert.equal(await statusOf(login("alice", "my first password")), 401);
  assert.equal((await run(["user", "delete", "alice"])).code, 4);
});

Deno.test("a new password replaces the old one", async () => {
  await using deployed = await deployment();
  const { run, login } = deployed;
  await run(["user", "add", "bob"], "old password");
  assert.equal((await run(["user", "passwd", "bob"], "new password")).code, 0);
  assert.equal(await statusOf(login("bob", "old password")), 401);
  assert.equal(await statusOf(login("bob", "new password")), 200);
});

Deno.test("a key made on the command line works at once and is refused once revoked", async () => {
  await using deployed = await deployment();
  const { run, server } = deployed;
  await run(["user", "add", "alice"], "a long password");
  const created = await run([
    "key",
    "create",
    "alice",
    "--name",
    "laptop",
    "--ttl",
    "1d",
    "--label",
    "a",
    "b",
    "--json",
  ]);
  const { id, token, labels } = JSON.parse(created.stdout);
  assert.deepEqual(labels, ["a", "b"]);
  assert.equal(await statusOf(propose(server, token)), 201);
  assert.match((await run(["key", "list", "alice"])).stdout, new RegExp(`^${id} {2}laptop .*active`, "m"));
  assert.equal((await run(["key", "revoke", "alice", id])).code, 0);
  assert.equal(await statusOf(propose(server, token)), 401);
  assert.match((await run(["key", "list", "alice"])).stdout, /revoked/);
});

Deno.test("without --json the token is all that key create prints to standard output", async () => {
  await using deployed = await deployment();
  await deployed.run(["user", "add", "alice"], "a long password");
  const { stdout } = await deployed.run(["key", "create", "alice", "--name", "n"]);
  assert.match(stdout, /^cqa\.v1\.[0-9a-f]{32}\.[a-z2-7]{52}\n$/);
});

Deno.test("what is not acceptable is one line on standard error and changes nothing", async () => {
  await using deployed = await deployment();
  const { run } = deployed;
  await run(["user", "add", "alice"], "a long password");
  const cases: [args: string[], stdin: string | undefined, code: number, message: RegExp][] = [
    [["user", "add", "alice"], "another password", 4, /^error: There is a user alice already\n$/],
    [["user", "add", "eve"], "", 4, /^error: The password is empty\n$/],
    [["user", "add", "eve"], "elevenchars", 4, /^error: The password is shorter than 12 characters\n$/],
    [["user", "add", "eve"], "q1w2e3r4t5y6", 4, /^error: The password is a common one; choose one/],
    [["user", "passwd", "alice"], "alice in winter", 4, /^error: The password contains the user name;/],
    [["user", "add", "eve"], "x".repeat(73), 4, /^error: The password is longer than 72 bytes/],
    [["user", "add", " eve"], "a long password", 4, /^error: A user name is not empty/],
    [["user", "add", "alice"], "short", 4, /^error: There is a user alice already\n$/],
    [["user", "passwd", "nobody"], "short", 4, /^error: There is no user nobody\n$/],
    [["user", "passwd", "nobody"], "a long password", 4, /^error: There is no user nobody\n$/],
    [["key", "create", "nobody", "--name", "n"], undefined, 4, /^error: There is no user nobody\n$/],
    [
      ["key", "create", "alice", "--name", "n", "--ttl", "1y"],
      undefined,
      4,
      /^error: '1y' is not a valid duration/,
    ],
    [
      ["key", "create", "alice", "--name", ""],
      undefined,
      4,
      /^error: --name: String should have at least 1 character\n$/,
    ],
    [
      ["key", "create", "alice", "--name", "n".repeat(65), "--ttl", ""],
      undefined,
      4,
      /^error: --name: String should have at most 64 characters; --ttl: String should have at least 1 character\n$/,
    ],
    [["key", "revoke", "alice", "0".repeat(32)], undefined, 4, /^error: API key not found\n$/],
  ];
  for (const [args, stdin, code, message] of cases) {
    const result = await run(args, stdin);
    assert.equal(result.code, code, args.join(" "));
    assert.match(result.stderr, message);
    assert.equal(result.stdout, "");
  }
  assert.deepEqual(JSON.parse((await run(["user", "list", "--json"])).stdout).length, 1);
});

Deno.test("a name cannot play with the terminal, as JSON neither, which still tells it exactly", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await writeMigratedFile(databasePath);
  const run = (args: string[], stdin = ""): Promise<CommandResult> =>
    cq(args, { databasePath, env: { CQ_API_KEY_PEPPER: PEPPER }, stdin });
  await run(["user", "add", "alice"], "a long password");
  const name = "a\u001b]0;pwn\u0007\u009b31m\u202eb\u{e0041}";
  await run(["key", "create", "alice", "--name", "plain"]);
  using raw = openRaw(databasePath);
  raw.prepare("UPDATE api_keys SET name = ?").run(name);
  raw.prepare("UPDATE users SET username = ?").run("al\u200b\u202eice");
  const keys = await run(["key", "list", "al\u200b\u202eice"]);
  assert.match(keys.stdout, / {2}a \]0;pwn 31m b {3}\w{8} {2}active/);
  const users = await run(["user", "list"]);
  assert.match(users.stdout, /^al ice +admin/m);
  const json = await run(["key", "list", "al\u200b\u202eice", "--json"]);
  for (const { stdout } of [keys, users, json]) assert.doesNotMatch(stdout.replaceAll("\n", ""), /\p{C}/u);
  assert.equal(JSON.parse(json.stdout)[0].name, name);
});
