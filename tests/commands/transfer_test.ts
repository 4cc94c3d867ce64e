import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { cq } from "../fixtures/command_line.ts";
import { type TemporaryDirectory, temporaryDirectory } from "../fixtures/directory.ts";
import { smallDisk, WITHOUT_MOUNTS } from "../fixtures/small_disk.ts";
import { ROOT } from "../fixtures/source_tree.ts";

/** A migrated copy of the original's database with 40 units. */
async function adopted(directory: TemporaryDirectory): Promise<string> {
  const databasePath = directory.file("cq.db");
  await Deno.copyFile(`${ROOT}/tests/contract/databases/upstream-0001-small.db`, databasePath);
  assert.equal((await cq(["migrate"], { databasePath })).code, 0);
  return databasePath;
}

async function fresh(directory: TemporaryDirectory): Promise<string> {
  const databasePath = directory.file("fresh.db");
  assert.equal((await cq(["migrate"], { databasePath })).code, 0);
  return databasePath;
}

function rows(databasePath: string, query: string): Record<string, unknown>[] {
  using database = new DatabaseSync(databasePath, { readOnly: true });
  return database.prepare(query).all();
}

const UNITS = "SELECT * FROM knowledge_units ORDER BY id";
const DOMAINS = "SELECT * FROM knowledge_unit_domains ORDER BY unit_id, domain";

Deno.test("what is exported and imported elsewhere is equal to the last byte of every row", async () => {
  await using directory = await temporaryDirectory();
  const [from, to] = [await adopted(directory), await fresh(directory)];
  const file = directory.file("units.jsonl");
  const exported = await cq(["export", file], { databasePath: from });
  assert.deepEqual([exported.code, exported.stdout], [0, `40 units written to ${file}.\n`]);
  const imported = await cq(["import", file, "--json"], { databasePath: to });
  assert.deepEqual(JSON.parse(imported.stdout), { added: 40, known: 0, refused: 0 });
  assert.deepEqual(rows(to, UNITS), rows(from, UNITS));
  assert.deepEqual(rows(to, DOMAINS), rows(from, DOMAINS));
  assert.deepEqual(rows(to, "SELECT DISTINCT kind, actor FROM knowledge_events").map((row) => ({ ...row })), [
    { kind: "imported", actor: "import" },
  ]);
});

Deno.test("an import that is repeated adds nothing, whatever was reviewed meanwhile", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = await adopted(directory);
  const { stdout } = await cq(["export"], { databasePath });
  using database = new DatabaseSync(databasePath);
  database.exec("UPDATE knowledge_units SET status = 'rejected'");
  const imported = await cq(["import", "-", "--json"], { databasePath, stdin: stdout });
  assert.deepEqual(JSON.parse(imported.stdout), { added: 0, known: 40, refused: 0 });
  assert.equal(
    database.prepare("SELECT COUNT(*) AS n FROM knowledge_units WHERE status = 'rejected'").get()!["n"],
    40,
  );
});

Deno.test("an export to standard output cannot be resumed", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = await fresh(directory);
  for (const to of [[], ["-"]]) {
    const { code, stdout, stderr } = await cq(["export", "--resume", ...to], { databasePath });
    assert.deepEqual([code, stdout, stderr], [4, "", "error: --resume goes on with a file; name it\n"]);
  }
});

Deno.test("an interrupted export is resumed to the same file as an uninterrupted one", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = await adopted(directory);
  const { stdout: whole } = await cq(["export"], { databasePath });
  for (const length of [0, 10, whole.indexOf("\n") + 1, Math.floor(whole.length / 2), whole.length]) {
    const file = directory.file(`partial-${length}.jsonl`);
    await Deno.writeTextFile(file, whole.slice(0, length));
    assert.equal((await cq(["export", file, "--resume"], { databasePath })).code, 0);
    assert.equal(await Deno.readTextFile(file), whole, `cut at ${length}`);
  }
});

Deno.test("only an export is resumed: any other file stays as it is, and the command says so in one line", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = await adopted(directory);
  const { stdout: whole } = await cq(["export"], { databasePath });
  const others = [
    "only copy",
    "\n",
    "notes\nline two\n",
    '{"a":1}\n{"b":2}\n',
    '{"id":"1","name":"somebody else\'s"}',
    '{"unit":{"id":7},"status":"pending"}\n',
    `${JSON.stringify(UNIT)}\n`,
    `${whole}notes`,
    `${whole}\xff\xfe\n`,
  ];
  for (const [index, text] of others.entries()) {
    const file = directory.file(`other-${index}`);
    const bytes = Uint8Array.from(text, (char) => char.codePointAt(0)!);
    await Deno.writeFile(file, bytes);
    const { code, stderr } = await cq(["export", file, "--resume"], { databasePath });
    assert.deepEqual([code, stderr], [
      4,
      `error: ${file} is no export of this server, and was left as it is; name another file\n`,
    ], text);
    assert.deepEqual(await Deno.readFile(file), bytes);
  }
});

Deno.test("an export is resumed that broke off at, or in, a unit that cannot be read", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = await adopted(directory);
  using database = new DatabaseSync(databasePath);
  database.exec("INSERT INTO knowledge_units (id, data) VALUES ('a\"b', 'not json'), ('zz', 'not json')");
  const { stdout: whole } = await cq(["export"], { databasePath });
  for (const length of [9, 15, 30, whole.indexOf("\n") + 1, whole.length - 1, whole.length]) {
    const file = directory.file(`partial-${length}.jsonl`);
    await Deno.writeTextFile(file, whole.slice(0, length));
    assert.equal((await cq(["export", file, "--resume"], { databasePath })).code, 0);
    assert.equal(await Deno.readTextFile(file), whole, `cut at ${length}`);
  }
});

Deno.test("an export does not overwrite a file", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = await adopted(directory);
  const file = directory.file("precious.txt");
  await Deno.writeTextFile(file, "precious");
  assert.equal((await cq(["export", file], { databasePath })).code, 4);
  assert.equal(await Deno.readTextFile(file), "precious");
});

Deno.test("an export to - goes to standard output, as one to nowhere does, and makes no file", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = await adopted(directory);
  const shell = `cd ${directory.path} && "$@"`;
  const { code, stdout } = await cq(["export", "-"], { databasePath, shell });
  assert.equal(code, 0);
  assert.equal(stdout, (await cq(["export"], { databasePath })).stdout);
  await assert.rejects(Deno.stat(directory.file("-")), Deno.errors.NotFound);
});

Deno.test("a file that cannot be read or written is told in one line that says which of both", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = await fresh(directory);
  const told = async (...args: string[]): Promise<string> => {
    const { code, stderr } = await cq(args, { databasePath });
    assert.equal(code, 4, stderr);
    return stderr.replaceAll(directory.path, "{dir}");
  };
  assert.match(
    await told("import", directory.path),
    /^error: the file cannot be read: Is a directory[^\n]*\n$/,
  );
  assert.match(await told("import", directory.file("missing")), /^error: the file cannot be read: [^\n]*\n$/);
  const unwritable = /^error: \{dir\}\/missing\/x cannot be written to: No such file[^\n]*\n$/;
  assert.match(await told("export", directory.file("missing/x")), unwritable);
});

Deno.test({
  name: "an export to a full disk ends in one line that names the file",
  ignore: WITHOUT_MOUNTS,
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    await using disk = await smallDisk({ mebibytes: 1 });
    const databasePath = await adopted(directory);
    await Deno.writeFile(`${disk.path}/filling`, new Uint8Array(1_048_576 - 8_192));
    const { code, stderr } = await cq(["export", `${disk.path}/units.jsonl`], { databasePath });
    assert.equal(code, 4);
    assert.match(stderr, /^error: [^\n]*\/units\.jsonl cannot be written to: No space left[^\n]*\n$/);
  },
});

const UNIT = {
  id: "ku_00000000000000000000000000000001",
  domains: ["A"],
  insight: { summary: "s", detail: "d", action: "a" },
  extensions: { "n:big": 1 },
};

Deno.test("a bad line is named and nothing of its batch is stored; with --skip-invalid the others are", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = await fresh(directory);
  const stdin = [
    JSON.stringify(UNIT).replace('"n:big":1', '"n:big":123456789012345678901234567890'),
    "{no json",
    "",
    JSON.stringify({ unit: UNIT, status: "published" }),
    JSON.stringify({ ...UNIT, id: "ku_00000000000000000000000000000002", tier: "team" }),
  ].join("\n");
  const strict = await cq(["import", "-"], { databasePath, stdin });
  assert.equal(strict.code, 4);
  assert.equal(strict.stderr, "error: line 2: it is not JSON\n");
  assert.equal(rows(databasePath, UNITS).length, 0);

  const lenient = await cq(["import", "-", "--skip-invalid"], { databasePath, stdin });
  assert.equal(lenient.code, 4);
  assert.match(
    lenient.stderr,
    /^line 2: it is not JSON\nline 4: status is none of .*\nline 5: tier is none of /,
  );
  assert.match(lenient.stdout, /^1 unit added, 0 were there, 3 lines refused\.\n$/);
  const [stored] = rows(databasePath, UNITS);
  assert.equal(stored!["status"], "pending");
  assert.match(String(stored!["data"]), /123456789012345678901234567890/);
  assert.deepEqual(rows(databasePath, DOMAINS).map((row) => row["domain"]), ["a"]);
});

Deno.test("a line that is not UTF-8 is refused, wherever the bytes are cut on the way; a mark at the start is none of it", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = await fresh(directory);
  const long = { ...UNIT, insight: { ...UNIT.insight, detail: "€".repeat(3000) } };
  const latin1 = [...JSON.stringify({ ...UNIT, id: "ku_latin1", domains: ["caf\xe9"] })].map((char) =>
    char.charCodeAt(0)
  );
  const file = directory.file("units.jsonl");
  const text = new TextEncoder().encode(`\ufeff${JSON.stringify(long)}\n`);
  const last = new TextEncoder().encode(`\n${JSON.stringify({ ...UNIT, id: "ku_last", domains: ["café"] })}`);
  await Deno.writeFile(file, new Uint8Array([...text, ...latin1, ...last]));
  const strict = await cq(["import", file], { databasePath });
  assert.deepEqual([strict.code, strict.stderr], [4, "error: line 2: it is not UTF-8\n"]);
  assert.equal(rows(databasePath, UNITS).length, 0);

  const lenient = await cq(["import", file, "--skip-invalid"], { databasePath });
  assert.match(lenient.stderr, /^line 2: it is not UTF-8\n/);
  assert.match(lenient.stdout, /^2 units added, 0 were there, 1 line refused\.\n$/);
  assert.deepEqual(rows(databasePath, UNITS).map((row) => JSON.parse(String(row["data"]))), [
    long,
    { ...UNIT, id: "ku_last", domains: ["café"] },
  ]);
});

Deno.test("a unit that would have no address, or a time that is none, is refused", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = await fresh(directory);
  const bad = [
    { ...UNIT, id: "" },
    { ...UNIT, id: "ku_a/../b" },
    { unit: UNIT, created_at: "garbage" },
    { unit: UNIT, status: "approved", reviewed_by: "ada", reviewed_at: "yesterday" },
  ];
  const stdin = bad.map((line) => JSON.stringify(line)).join("\n");
  const { code, stderr } = await cq(["import", "-", "--skip-invalid"], { databasePath, stdin });
  assert.equal(code, 4);
  assert.deepEqual(stderr.split("\n").slice(0, bad.length), [
    "line 1: id is empty or holds a slash",
    "line 2: id is empty or holds a slash",
    "line 3: created_at is no time",
    "line 4: reviewed_at is no time",
  ]);
  assert.equal(rows(databasePath, UNITS).length, 0);
});

Deno.test("a unit that cannot be read is exported as it is, and not imported", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = await fresh(directory);
  using database = new DatabaseSync(databasePath);
  database.exec("INSERT INTO knowledge_units (id, data) VALUES ('ku_x', 'not json')");
  const exported = await cq(["export"], { databasePath });
  assert.equal(JSON.parse(exported.stdout).unit_text, "not json");
  assert.match(exported.stderr, /1 unit cannot be read/);
  const imported = await cq(["import", "-"], { databasePath, stdin: exported.stdout });
  assert.match(imported.stderr, /line 1: it was exported as unreadable/);
});
