import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { cq } from "../fixtures/command_line.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { writeMigratedFile } from "../fixtures/migrated.ts";
import { damageTable } from "../fixtures/raw_database.ts";
import { startServer } from "../fixtures/server_process.ts";

Deno.test("a backup of a running server holds what was written before, checks out, and overwrites nothing", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await using server = await startServer({ databasePath });
  // Written through another connection and not yet checkpointed: it lies in the -wal file only.
  using database = new DatabaseSync(databasePath);
  database.exec(
    "INSERT INTO users (username, password_hash, created_at) VALUES ('alice', 'x', '2026-01-01')",
  );
  const copyPath = directory.file("copy.db");
  assert.equal((await cq(["backup", copyPath], { databasePath })).code, 0);
  const names = (await Array.fromAsync(Deno.readDir(directory.path))).map(({ name }) => name);
  assert.deepEqual(names.filter((name) => name.startsWith("copy.db")), ["copy.db"]);
  using copy = new DatabaseSync(copyPath, { readOnly: true });
  assert.equal(copy.prepare("SELECT username FROM users").get()!["username"], "alice");
  assert.equal((await Deno.stat(copyPath)).mode! & 0o777, 0o600);

  const again = await cq(["backup", copyPath], { databasePath });
  assert.equal(again.code, 4);
  assert.match(again.stderr, /exists; a backup does not overwrite anything/);
  assert.equal((await fetch(`${server.url}/api/v1/health`).then((response) => response.json())).status, "ok");
});

Deno.test("check finds unreadable units and rows that point nowhere, and says which", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await cq(["migrate"], { databasePath });
  assert.equal((await cq(["check"], { databasePath })).code, 0);

  using database = new DatabaseSync(databasePath, { enableForeignKeyConstraints: false });
  database.exec("INSERT INTO knowledge_units (id, data) VALUES ('ku_bad', '{\"id\":\"ku_bad\"}')");
  database.exec(
    "INSERT INTO knowledge_unit_domains (unit_id, domain) VALUES ('ku_gone', 'a'), ('ku_gone', 'b')",
  );
  const { code, stdout } = await cq(["check", "--json"], { databasePath });
  assert.equal(code, 1);
  assert.deepEqual(JSON.parse(stdout), {
    units: 1,
    problems: [
      {
        kind: "foreign_key",
        message: "2 rows of knowledge_unit_domains refer to rows of knowledge_units that do not exist",
      },
      { kind: "unreadable_unit", message: "unit ku_bad cannot be read: insight is no object" },
    ],
  });
});

Deno.test("an id that another program stored does not play with the terminal of who checks", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await writeMigratedFile(databasePath);
  using database = new DatabaseSync(databasePath);
  database.prepare("INSERT INTO knowledge_units (id, data) VALUES (?, '{}')").run("ku_\u001b[2J\u202ebad");
  const { code, stdout } = await cq(["check"], { databasePath });
  assert.equal(code, 1);
  assert.match(stdout, /^unit ku_ \[2J bad cannot be read: /);
});

Deno.test("check tells of a damaged file what it can, wherever the damage is", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  // Without the first of them the schema cannot be told, without the second no unit, without the third no event.
  for (const table of ["schema_history", "knowledge_units", "knowledge_events"]) {
    await writeMigratedFile(databasePath);
    damageTable(databasePath, table);
    const { code, stdout, stderr } = await cq(["check"], { databasePath });
    assert.deepEqual([code, stderr], [1, ""], table);
    assert.match(stdout, /^integrity: \*\*\* in database main \*\*\*$/m);
    assert.match(stdout, /^integrity: .+ cannot be read: database disk image is malformed$/m);
    assert.match(stdout, /^0 units checked, \d problems? found\.$/m);
  }
});

Deno.test("on a damaged file every command ends in one line, and doctor says what to do", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await writeMigratedFile(databasePath);
  for (const table of ["users", "knowledge_units", "knowledge_changes"]) damageTable(databasePath, table);
  const commands = [["user", "list"], ["search", "flaky test"], ["export"]];
  for (const args of commands) {
    const { code, stderr } = await cq(args, { databasePath });
    assert.equal(code, 3, `${args}: ${stderr}`);
    assert.match(
      stderr,
      /^(?:Some texts are not indexed: .*\n)?error: The file of the database is damaged: it has to be restored from a backup\n$/,
    );
  }
  damageTable(databasePath, "schema_history");
  for (const args of [["status"], ["migrate"]]) {
    const { code, stderr } = await cq(args, { databasePath });
    assert.equal(code, 3);
    assert.match(
      stderr,
      /^error: sqlite:.*cq\.db: The file of the database is damaged: .* \(database disk image is malformed\)\n$/,
    );
  }
  const { code, stdout } = await cq(["doctor"], { databasePath });
  assert.equal(code, 1);
  assert.match(stdout, /^ok .*cq\.db may be read and written/m);
  assert.match(stdout, /^fail +the file is damaged: .*; restore a backup: cq restore; see backup\.md$/m);
});

Deno.test("check of a file without a cq server's tables says so in one line, and leaves the file as it is", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await Deno.writeTextFile(databasePath, "");
  const { code, stdout, stderr } = await cq(["check"], { databasePath });
  assert.deepEqual([code, stdout], [3, ""]);
  assert.match(
    stderr,
    /^error: .*cq\.db: the database holds none of the tables of a cq server; .*run the migrate command\n$/,
  );
  assert.equal((await Deno.stat(databasePath)).size, 0);
});

Deno.test("a directory where a file is meant is called one, by backup and by restore, and nothing is left", async () => {
  await using directory = await temporaryDirectory();
  const [databasePath, folder] = [directory.file("cq.db"), directory.file("folder")];
  await cq(["migrate"], { databasePath });
  await cq(["backup", directory.file("copy.db")], { databasePath });
  await Deno.mkdir(folder);
  const cases: readonly [args: string[], databasePath: string, message: RegExp][] = [
    [["backup", ""], databasePath, /^error: the backup needs a name: a file that does not exist yet\n$/],
    [["backup", folder], databasePath, /folder is a directory; name a new file in it\n$/],
    [
      ["backup", directory.file("b.db")],
      folder,
      /folder could not be copied to .*: it is a directory, not a file\n$/,
    ],
    [["restore", "--replace", directory.file("copy.db")], folder, /folder is a directory, not a file; .*\n$/],
  ];
  for (const [args, databasePath, message] of cases) {
    const { code, stderr } = await cq(args, { databasePath });
    assert.equal(code === 3 || code === 4, true, `${args}: ${code}`);
    assert.match(stderr, message);
  }
  const names = Array.from(Deno.readDirSync(directory.path), ({ name }) => name);
  assert.deepEqual(names.filter((name) => !name.startsWith("cq.db")).sort(), ["copy.db", "folder"]);
  assert.deepEqual([...Deno.readDirSync(folder)], []);
});
