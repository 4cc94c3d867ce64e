import { deepEqual, equal, match } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { copySqliteFile } from "../../src/database/copy.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { rejected } from "../fixtures/faults.ts";
import { smallDisk, WITHOUT_MOUNTS } from "../fixtures/small_disk.ts";
import { namesIn, sampleFile } from "./scenario.ts";

Deno.test("a copy is one private file with everything that was committed, the log included", async () => {
  await using directory = await temporaryDirectory();
  using database = sampleFile(directory.file("a.db"), 100);
  await copySqliteFile(directory.file("a.db"), directory.file("b.db"));
  deepEqual(namesIn(directory.path), ["a.db", "a.db-shm", "a.db-wal", "b.db"]);
  equal((await Deno.stat(directory.file("b.db"))).mode! & 0o777, 0o600);
  using copy = new DatabaseSync(directory.file("b.db"), { readOnly: true });
  equal(copy.prepare("SELECT COUNT(*) AS n FROM t").get()!["n"], 100);
  equal(copy.prepare("PRAGMA journal_mode").get()!["journal_mode"], "delete");
  equal(database.isOpen, true);
});

Deno.test("the event loop goes on while a large file is copied", async () => {
  await using directory = await temporaryDirectory();
  using _database = sampleFile(directory.file("a.db"), 20_000);
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await copySqliteFile(directory.file("a.db"), directory.file("b.db"));
  clearInterval(timer);
  // On the event loop, the driver's copy takes all of it in one turn.
  equal(turns > 5, true, `${turns} turns`);
});

Deno.test("a copy that is broken off leaves nothing", async () => {
  await using directory = await temporaryDirectory();
  using _database = sampleFile(directory.file("a.db"), 20_000);
  const ending = new AbortController();
  const copying = copySqliteFile(directory.file("a.db"), directory.file("b.db"), { signal: ending.signal });
  setTimeout(() => ending.abort(), 30);
  equal((await copying.catch((error: Error) => error))?.name, "AbortError");
  deepEqual(namesIn(directory.path), ["a.db", "a.db-shm", "a.db-wal"]);
});

Deno.test("a file that is there is not written to", async () => {
  await using directory = await temporaryDirectory();
  using _database = sampleFile(directory.file("a.db"), 1);
  await Deno.writeTextFile(directory.file("b.db"), "mine");
  const { code, message } = await rejected(copySqliteFile(directory.file("a.db"), directory.file("b.db")));
  equal(code, "conflict");
  match(message, /b\.db exists: another copy is being made, or one was broken off; then remove the file$/);
  equal(await Deno.readTextFile(directory.file("b.db")), "mine");
});

Deno.test("of a damaged file, of a file that is no database, and of rows that point nowhere there is no copy", async () => {
  await using directory = await temporaryDirectory();
  const path = directory.file("a.db");
  sampleFile(path, 1_000).close();
  await Deno.writeTextFile(directory.file("text.db"), "no database at all\n".repeat(300));
  using file = await Deno.open(path, { write: true });
  await file.seek(4096 * 5, Deno.SeekMode.Start);
  await file.write(new Uint8Array(4096).fill(0xff));
  const damaged = await rejected(copySqliteFile(path, directory.file("b.db")));
  match(damaged.message, /a\.db could not be copied to .*: the copy is damaged: /);
  const foreign = await rejected(copySqliteFile(directory.file("text.db"), directory.file("b.db")));
  match(foreign.message, /text\.db could not be copied to .*: file is not a database$/);
  using database = new DatabaseSync(directory.file("c.db"), { enableForeignKeyConstraints: false });
  database.exec(
    "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p); INSERT INTO c VALUES (7)",
  );
  const dangling = await rejected(copySqliteFile(directory.file("c.db"), directory.file("b.db")));
  match(dangling.message, /: the copy is damaged: rows of c refer to rows of p that do not exist$/);
  deepEqual([damaged.code, foreign.code, dangling.code], ["refused", "refused", "refused"]);
  equal(namesIn(directory.path).some((name) => name.startsWith("b.db")), false);
});

Deno.test({
  name: "where the disk is full there is no copy and no rest of one",
  ignore: WITHOUT_MOUNTS,
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    await using disk = await smallDisk({ mebibytes: 1 });
    using _database = sampleFile(directory.file("a.db"), 2_000);
    const { code, message } = await rejected(copySqliteFile(directory.file("a.db"), `${disk.path}/b.db`));
    equal(code, "storage_full");
    match(message, /b\.db: database or disk is full$/);
    deepEqual(namesIn(disk.path), []);
  },
});
