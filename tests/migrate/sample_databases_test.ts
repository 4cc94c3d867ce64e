import { deepEqual, equal, match } from "node:assert/strict";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { sampleDatabase } from "../contract/case_file.ts";
import { RECORDED_PEPPER } from "../contract/run_case.ts";
import { BASELINE_TABLES, dump, integrityProblems, shape } from "../fixtures/database_file.ts";
import { fileDigest, type TemporaryDirectory, temporaryDirectory } from "../fixtures/directory.ts";
import { call } from "../fixtures/json_client.ts";
import { type ServerProcess, spawnServer, startServer, stopServer } from "../fixtures/server_process.ts";
import { within } from "../fixtures/waiting.ts";
import { compareServed, signIn, type Username } from "./served_rows.ts";

// Each file of tests/contract/databases gets what the table in its README asks of a correct server.

const HEAD = MIGRATIONS.at(-1)!.revision;
const KEYS: Record<string, string> = JSON.parse(Deno.readTextFileSync(sampleDatabase("keys.json")));
const PROPOSAL = { domains: ["sample"], insight: { summary: "s", detail: "d", action: "a" } };

function start(databasePath: string): Promise<ServerProcess> {
  return startServer({ databasePath, env: { CQ_API_KEY_PEPPER: RECORDED_PEPPER, CQ_COMPAT: "strict" } });
}

/** A copy for a server to work on, and another one to compare with. */
async function copied(name: string): Promise<TemporaryDirectory & { path: string; original: string }> {
  const directory = await temporaryDirectory();
  await Deno.mkdir(directory.file("original"));
  const [path, original] = [directory.file("cq.db"), directory.file("original/cq.db")];
  for (const copy of [path, original]) await Deno.copyFile(sampleDatabase(name), copy);
  return { ...directory, path, original };
}

function filesBeside(path: string): string[] {
  const folder = path.slice(0, path.lastIndexOf("/"));
  return [...Deno.readDirSync(folder)].filter(({ isFile }) => isFile).map(({ name }) => name).sort();
}

const ADOPTED: [file: string, users: Username[], units: number, extraTables: string[]][] = [
  ["upstream-0001-small.db", ["alice", "bob", "carol"], 40, []],
  ["pre-alembic.db", ["alice", "bob"], 14, []],
  ["with-vectors.db", ["alice", "bob"], 7, ["knowledge_units_vec"]],
];

for (const [file, users, units, extraTables] of ADOPTED) {
  Deno.test(`${file}: everything is served as it is stored, and starting and reading change none of it`, async () => {
    await using sample = await copied(file);
    const tables = ["users", "api_keys", "knowledge_units", "knowledge_unit_domains", ...extraTables];
    const before = dump(sample.original, tables);
    equal(before["knowledge_units"]!.rows.length, units);
    await using server = await start(sample.path);
    await compareServed(server.url, sample.original, users);
    equal((await stopServer(server)).code, 0);

    deepEqual(dump(sample.path, tables), before);
    deepEqual(dump(sample.path, ["alembic_version"])["alembic_version"]!.rows.map((row) => ({ ...row })), [
      { version_num: "0001" },
    ]);
    // Table by table: the vectors' own check needs an extension.
    deepEqual(integrityProblems(sample.path, BASELINE_TABLES), []);
    const [backup] = filesBeside(sample.path).filter((name) => name.endsWith(".bak"));
    deepEqual(dump(sample.file(backup!)), dump(sample.original));
  });
}

Deno.test("pre-alembic.db: alembic_version is made as the original makes it", async () => {
  await using sample = await copied("pre-alembic.db");
  await using server = await start(sample.path);
  await stopServer(server);
  const original = shape(sampleCopy(sample, "upstream-0001-small.db"), ["alembic_version"]);
  deepEqual(shape(sample.path, ["alembic_version"]), original);
});

Deno.test("an empty or missing file becomes a database with the original's tables, column by column", async () => {
  await using sample = await copied("empty-file.db");
  equal(Deno.statSync(sample.path).size, 0);
  const original = shape(sampleCopy(sample, "upstream-0001-small.db"));
  for (const path of [sample.path, sample.file("new folder/cq.db")]) {
    await using server = await start(path);
    await stopServer(server);
    deepEqual(shape(path), original);
    const { alembic_version, knowledge_units } = dump(path);
    deepEqual(alembic_version!.rows.map((row) => row["version_num"]), ["0001"]);
    equal(knowledge_units!.rows.length, 0);
    equal(filesBeside(path).some((name) => name.endsWith(".bak")), false);
  }
});

/** A copy that may be opened: reading a file leaves others beside it. */
function sampleCopy(directory: TemporaryDirectory, name: string): string {
  const path = directory.file(`original/${name}`);
  Deno.copyFileSync(sampleDatabase(name), path);
  return path;
}

const KEY_STATES: [key: string, file: string, owner: Username, status: number][] = [
  ["alice-laptop", "upstream-0001-small.db", "alice", 201],
  ["bob-ci", "upstream-0001-small.db", "bob", 201],
  ["carol-agent", "upstream-0001-small.db", "carol", 201],
  ["alice-old", "upstream-0001-small.db", "alice", 401],
  ["bob-short", "upstream-0001-small.db", "bob", 401],
  ["pre-alembic", "pre-alembic.db", "alice", 201],
  ["with-vectors", "with-vectors.db", "alice", 201],
];

Deno.test("the keys of the sample databases work until they are revoked or expired, and writing changes no other row", async () => {
  for (const [file, users, , extraTables] of ADOPTED) {
    await using sample = await copied(file);
    await using server = await start(sample.path);
    const token = await signIn(server.url, users[0]!);
    for (const [key, , owner, expected] of KEY_STATES.filter(([, where]) => where === file)) {
      await useKey(server.url, { key: KEYS[key]!, owner, token, expected });
    }
    await stopServer(server);
    deepEqual(rowsAmong(sample.path, sample.original, "knowledge_units"), true);
    deepEqual(rowsAmong(sample.path, sample.original, "knowledge_unit_domains"), true);
    deepEqual(dump(sample.path, extraTables), dump(sample.original, extraTables));
    deepEqual(integrityProblems(sample.path, BASELINE_TABLES), []);
  }
});

/** Proposes, approves, confirms and flags a unit of the key's owner, or is refused. */
async function useKey(
  url: string,
  { key, owner, token, expected }: { key: string; owner: string; token: string; expected: number },
): Promise<void> {
  const proposed = await call<{ id: string; created_by: string }>(url, "POST /knowledge", {
    bearer: key,
    json: PROPOSAL,
  });
  equal(proposed.status, expected, owner);
  if (expected !== 201) return;
  equal(proposed.body.created_by, owner);
  const { id } = proposed.body;
  equal((await call(url, `POST /review/${id}/approve`, { bearer: token })).status, 200);
  equal((await call(url, `POST /knowledge/${id}/confirmations`, { bearer: key })).status, 201);
  const json = { reason: "stale" };
  equal((await call(url, `POST /knowledge/${id}/flags`, { bearer: key, json })).status, 201);
}

/** Whether every row of a table in `original` is in `path` unchanged. */
function rowsAmong(path: string, original: string, table: string): boolean {
  const present = new Set(dump(path, [table])[table]!.rows.map((row) => JSON.stringify(row)));
  const expected = dump(original, [table])[table]!.rows.map((row) => JSON.stringify(row));
  return expected.length > 0 && expected.every((row) => present.has(row));
}

const REFUSED: [file: string, reasons: RegExp[]][] = [
  ["unknown-revision.db", [/revision 9999_future\b/, new RegExp(`up to ${HEAD}\\b`), /newer version/]],
  ["corrupt.db", [/not a SQLite database/]],
  ["partial.db", [/table knowledge_units\b/, /table knowledge_unit_domains\b/, /table api_keys\b/]],
  ["interrupted.db", [/missing: table api_keys\./]],
];

for (const [file, reasons] of REFUSED) {
  Deno.test(`${file}: the start is refused with its reason, and the file keeps every byte`, async () => {
    await using sample = await copied(file);
    const digest = await fileDigest(sample.path);
    await using server = spawnServer({ databasePath: sample.path });
    equal((await within(server.status, "the refused start to end")).code, 3);
    equal(await fileDigest(sample.path), digest);
    // Reading a database in WAL mode leaves an empty log and its index beside it.
    const others = filesBeside(sample.path).filter((name) => !/^cq\.db(-shm)?$/.test(name));
    deepEqual(others.filter((name) => name !== "cq.db-wal" || Deno.statSync(sample.file(name)).size > 0), []);
    match(server.errors(), /^[^\n]+\n$/);
    for (const reason of [...reasons, new RegExp(RegExp.escape(sample.path))]) match(server.errors(), reason);
  });
}
