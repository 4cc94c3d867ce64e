import { deepEqual, equal, match } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { cq } from "../fixtures/command_line.ts";
import { dump } from "../fixtures/database_file.ts";
import { fileDigest, temporaryDirectory } from "../fixtures/directory.ts";
import { openRaw } from "../fixtures/raw_database.ts";
import { startServer, stopServer } from "../fixtures/server_process.ts";
import { smallDisk, WITHOUT_MOUNTS } from "../fixtures/small_disk.ts";
import { namesIn } from "./scenario.ts";

const HEAD = MIGRATIONS.at(-1)!.revision;

async function makeDatabase(databasePath: string, username: string): Promise<void> {
  await cq(["migrate"], { databasePath });
  using database = openRaw(databasePath);
  database.prepare("INSERT INTO users (username, password_hash, created_at) VALUES (?, 'x', '2026-01-01')")
    .run(username);
}

function usersIn(path: string): unknown[] {
  using database = new DatabaseSync(path, { readOnly: true });
  return database.prepare("SELECT username FROM users").all().map((row) => row["username"]);
}

Deno.test("a backup is restored where there is no database, and the server starts on it", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await makeDatabase(databasePath, "alice");
  await cq(["backup", directory.file("copy.db")], { databasePath });
  const before = dump(databasePath);
  await Deno.remove(databasePath);

  const { code, stdout } = await cq(["restore", directory.file("copy.db")], { databasePath });
  equal(code, 0);
  equal(stdout, `Restored ${databasePath}, at revision ${HEAD}.\n`);
  deepEqual(namesIn(directory.path), ["copy.db", "cq.db"]);
  deepEqual(dump(databasePath), before);
  await using server = await startServer({ databasePath });
  equal((await stopServer(server)).code, 0);
});

Deno.test("a database that is there is replaced only on demand, and kept", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await makeDatabase(databasePath, "alice");
  await cq(["backup", directory.file("copy.db")], { databasePath });
  using database = new DatabaseSync(databasePath);
  database.exec("UPDATE users SET username = 'bob'");
  database.close();
  await Deno.chmod(databasePath, 0o640);

  const refused = await cq(["restore", directory.file("copy.db")], { databasePath });
  equal(refused.code, 4);
  match(
    refused.stderr,
    /cq\.db exists; --replace puts the backup in its place and keeps it under another name/,
  );
  deepEqual(usersIn(databasePath), ["bob"]);

  const replaced = await cq(["restore", "--replace", directory.file("copy.db")], { databasePath });
  equal(replaced.code, 0, replaced.stderr);
  const [kept] = namesIn(directory.path).filter((name) => /^cq\.db\.\d{8}T\d{6}Z\.replaced\.bak$/.test(name));
  match(replaced.stdout, new RegExp(`What was in its place is kept as ${directory.file(kept!)}\\.\n$`));
  deepEqual([usersIn(databasePath), usersIn(directory.file(kept!))], [["alice"], ["bob"]]);
  equal((await Deno.stat(databasePath)).mode! & 0o777, 0o640, "whoever could open it still can");
});

Deno.test("while a server has the database open, it is not replaced, even where nobody asks the server anything", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await using server = await startServer({ databasePath });
  await cq(["backup", directory.file("copy.db")], { databasePath });
  const { code, stderr } = await cq(["restore", "--replace", directory.file("copy.db")], { databasePath });
  equal(code, 4);
  match(stderr, /cq\.db is in use; stop the server, and whatever else has it open, and try again/);
  equal(namesIn(directory.path).some((name) => /restoring|replaced/.test(name)), false);
  const response = await fetch(`${server.url}/readyz`);
  deepEqual([response.status, await response.json()], [200, { status: "ready" }]);
});

Deno.test("logs that lie where the database was are not taken for the restored one's", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await makeDatabase(databasePath, "alice");
  await cq(["backup", directory.file("copy.db")], { databasePath });
  using database = new DatabaseSync(databasePath);
  database.exec("UPDATE users SET username = 'bob'");
  const log = await Deno.readFile(`${databasePath}-wal`);
  database.close();
  await Deno.remove(databasePath);
  await Deno.writeFile(`${databasePath}-wal`, log);

  const { stdout } = await cq(["restore", directory.file("copy.db")], { databasePath });
  match(stdout, /kept as .*\.replaced\.bak-wal\.\n$/);
  deepEqual(usersIn(databasePath), ["alice"]);
  const [kept] = namesIn(directory.path).filter((name) => name.endsWith(".replaced.bak-wal"));
  deepEqual(await Deno.readFile(directory.file(kept!)), log);
});

Deno.test("a backup of a newer version is refused with both revisions and the way back", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await makeDatabase(databasePath, "alice");
  await Deno.rename(databasePath, directory.file("newer.db"));
  using newer = openRaw(directory.file("newer.db"));
  newer.exec("INSERT INTO schema_history VALUES ('9999', 'later', 'x', '2030-01-01', 1, '9.0.0')");
  newer.close();
  const { code, stderr } = await cq(["restore", directory.file("newer.db")], { databasePath });
  equal(code, 3);
  equal(
    stderr,
    `error: ${
      directory.file("newer.db")
    }: the database is at revision 9999, which was written by a newer version of the ` +
      `server; this version knows revisions up to ${HEAD}. Start the version that wrote it, or restore a backup made before ` +
      "the upgrade\n",
  );
  deepEqual(namesIn(directory.path), ["newer.db"]);
});

Deno.test("for a Postgres database the exact command is told, without the password", async () => {
  const env = { CQ_DATABASE_URL: "postgresql+psycopg://ada:hunter2@db:6432/cq?search_path=kb" };
  const { code, stderr } = await cq(["restore", "/backups/cq.dump"], { env });
  equal(code, 4);
  equal(
    stderr,
    "error: a Postgres database is restored with its own tool, into the database as it is, while no server runs: " +
      "pg_restore --clean --if-exists --dbname='postgresql://ada@db:6432/cq' '/backups/cq.dump'\n",
  );
});

Deno.test("what is no backup of a cq server is refused, and nothing changes", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await makeDatabase(databasePath, "alice");
  const before = await fileDigest(databasePath);
  await Deno.writeTextFile(directory.file("text"), "hello".repeat(1_000));
  await Deno.writeTextFile(directory.file("empty"), "");
  using foreign = new DatabaseSync(directory.file("foreign"));
  foreign.exec("CREATE TABLE t (x)");
  const cases: readonly [file: string, message: RegExp][] = [
    ["text", /text could not be copied to .*: file is not a database/],
    ["empty", /empty holds none of the tables of a cq server/],
    ["foreign", /foreign holds none of the tables of a cq server/],
    ["absent", /absent cannot be read/],
    ["cq.db", /cq\.db is the database itself; name a backup/],
    [".", /is no file/],
  ];
  for (const [file, message] of cases) {
    const { code, stderr } = await cq(["restore", "--replace", directory.file(file)], { databasePath });
    equal(code === 3 || code === 4, true, `${file}: ${code}`);
    match(stderr, message);
  }
  equal(await fileDigest(databasePath), before);
  equal(namesIn(directory.path).some((name) => /restoring|replaced/.test(name)), false);
});

Deno.test("a database that is damaged beyond asking is not replaced; moved away by hand, it is", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await makeDatabase(databasePath, "alice");
  await cq(["backup", directory.file("copy.db")], { databasePath });
  await Deno.writeTextFile(databasePath, "nothing left".repeat(1_000));
  const { code, stderr } = await cq(["restore", "--replace", directory.file("copy.db")], { databasePath });
  equal(code, 3);
  match(
    stderr,
    /damaged, .* stop every server, move it and the files -wal and -shm beside it away, and restore again/,
  );
  await Deno.rename(databasePath, directory.file("broken"));
  equal((await cq(["restore", directory.file("copy.db")], { databasePath })).code, 0);
  deepEqual(usersIn(databasePath), ["alice"]);
});

Deno.test({
  name: "a backup on a disk that cannot be written is restored, also one that SQLite's own tools made",
  ignore: WITHOUT_MOUNTS,
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    await using disk = await smallDisk({ mebibytes: 8 });
    const databasePath = directory.file("cq.db");
    await makeDatabase(databasePath, "alice");
    // With write-ahead logging on, as a plain copy of a stopped server's file has it.
    await Deno.rename(databasePath, directory.file("wal.db"));
    await Deno.copyFile(directory.file("wal.db"), `${disk.path}/wal.db`);
    disk.remount("ro");
    const { code, stderr } = await cq(["restore", `${disk.path}/wal.db`], { databasePath });
    equal(code, 0, stderr);
    deepEqual(usersIn(databasePath), ["alice"]);
  },
});
