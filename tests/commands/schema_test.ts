import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { cq } from "../fixtures/command_line.ts";
import { fileDigest, temporaryDirectory } from "../fixtures/directory.ts";
import { ROOT } from "../fixtures/source_tree.ts";

const REVISIONS = MIGRATIONS.map(({ revision }) => revision);
const HEAD = REVISIONS.at(-1)!;
const SAMPLES = `${ROOT}/tests/contract/databases`;

Deno.test("migrate makes a new database, and the second time does nothing", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  const first = await cq(["migrate", "--json"], { databasePath });
  assert.equal(first.code, 0);
  assert.deepEqual(JSON.parse(first.stdout).applied, REVISIONS);
  const second = await cq(["migrate"], { databasePath });
  assert.equal(second.stdout, `Already at revision ${HEAD}.\n`);
});

Deno.test("migrate --dry-run says what would be applied and leaves every byte", async () => {
  await using directory = await temporaryDirectory();
  for (const sample of ["upstream-0001-small.db", "pre-alembic.db"]) {
    const databasePath = directory.file(sample);
    await Deno.copyFile(`${SAMPLES}/${sample}`, databasePath);
    const before = await fileDigest(databasePath);
    const { code, stdout } = await cq(["migrate", "--dry-run", "--json"], { databasePath });
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(stdout).applied, REVISIONS.slice(1));
    assert.equal(await fileDigest(databasePath), before, sample);
  }
});

Deno.test("migrate --dry-run on nothing makes no file", async () => {
  await using directory = await temporaryDirectory();
  const { code, stdout } = await cq(["migrate", "--dry-run"], { databasePath: directory.file("cq.db") });
  assert.equal(code, 0);
  assert.match(stdout, /^Would apply 0001/);
  assert.deepEqual([...Deno.readDirSync(directory.path)], []);
});

Deno.test("migrate --dry-run and status leave an empty file empty", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await Deno.writeFile(databasePath, new Uint8Array());
  assert.equal((await cq(["migrate", "--dry-run"], { databasePath })).code, 0);
  const { code, stdout } = await cq(["status", "--json"], { databasePath });
  assert.equal(code, 1);
  assert.deepEqual(JSON.parse(stdout).pending, REVISIONS);
  assert.equal((await Deno.stat(databasePath)).size, 0);
  assert.deepEqual([...Deno.readDirSync(directory.path)].map(({ name }) => name), ["cq.db"]);
});

Deno.test("a database that Deno keeps the process from is refused in one line that names the permission", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = "/proc/cq.db";
  for (
    const args of [["migrate"], ["migrate", "--dry-run"], ["status"], ["backup", directory.file("copy.db")]]
  ) {
    const { code, stderr } = await cq(args, { databasePath });
    assert.equal(code, 3);
    assert.match(
      stderr,
      /^error: [^\n]*permission of Deno's: Requires all access to "\/proc\/cq\.db"[^\n]*\n$/,
    );
  }
});

Deno.test("migrate names the copy it made of an adopted database, which holds the state before", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await Deno.copyFile(`${SAMPLES}/upstream-0001-small.db`, databasePath);
  const { backup } = JSON.parse((await cq(["migrate", "--json"], { databasePath })).stdout);
  using copy = new DatabaseSync(backup, { readOnly: true });
  assert.equal(copy.prepare("SELECT COUNT(*) AS n FROM knowledge_units").get()!["n"], 40);
  assert.equal(
    copy.prepare("SELECT COUNT(*) AS n FROM sqlite_master WHERE name = 'schema_history'").get()!["n"],
    0,
  );
});

Deno.test("status tells a current, a pending and a refused database apart by its exit code", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  const missing = await cq(["status"], { databasePath });
  assert.equal(missing.code, 3);
  assert.match(missing.stderr, /^error: there is no database at sqlite:\/\/\/.*migrate command\n$/);

  await Deno.copyFile(`${SAMPLES}/upstream-0001-small.db`, databasePath);
  const pending = await cq(["status", "--json"], { databasePath });
  assert.equal(pending.code, 1);
  assert.deepEqual(JSON.parse(pending.stdout).pending, REVISIONS.slice(1));
  assert.equal(JSON.parse(pending.stdout).units, 40);

  await cq(["migrate"], { databasePath });
  const current = await cq(["status"], { databasePath });
  assert.equal(current.code, 0);
  assert.match(current.stdout, new RegExp(`^revision: ${HEAD}$`, "m"));

  const refused = await cq(["status"], { databasePath: `${SAMPLES}/unknown-revision.db` });
  assert.equal(refused.code, 3);
  assert.match(refused.stderr, new RegExp(`9999_future.*${HEAD}`));
});

Deno.test("db-url hides the password unless it is asked for", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("a b%20?.db");
  assert.equal((await cq(["db-url"], { databasePath })).stdout, `sqlite:///${databasePath}\n`);
  const refused = await cq(["db-url"], { databasePath, env: { CQ_DATABASE_URL: "oracle://u:s3cret@h/db" } });
  assert.equal(refused.code, 3);
  assert.ok(!refused.stderr.includes("s3cret"));
  assert.match(refused.stderr, /supported: sqlite/);
});

Deno.test("stamp records a revision, after which migrate applies what follows", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await Deno.copyFile(`${SAMPLES}/pre-alembic.db`, databasePath);
  assert.equal((await cq(["stamp", "0001"], { databasePath })).code, 0);
  const { adopted, applied } = JSON.parse((await cq(["migrate", "--json"], { databasePath })).stdout);
  assert.equal(adopted, false);
  assert.deepEqual(applied, REVISIONS.slice(1));
  assert.equal((await cq(["stamp", "9999"], { databasePath })).code, 3);
  const partial = await cq(["stamp", "0001"], { databasePath: `${SAMPLES}/partial.db` });
  assert.match(partial.stderr, /cannot stamp: these are missing: table knowledge_units/);
});

Deno.test("wrong arguments end with 2 and a hint, help with 0", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  const wrong = await cq(["migarte"], { databasePath });
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /Did you mean migrate/);
  for (const args of [["stamp"], ["user", "add"], ["status", "--no-such"]]) {
    const { code, stderr } = await cq(args, { databasePath });
    assert.equal(code, 2);
    assert.match(stderr, /^error: [^\n]+\n\(--help shows how it is used\)\n$/, args.join(" "));
  }
  assert.equal((await cq(["--help"], { databasePath })).code, 0);
});
