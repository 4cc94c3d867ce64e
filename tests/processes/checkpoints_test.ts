import { deepEqual, equal, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { addUser, makeKey, propose } from "../fixtures/accounts.ts";
import { cq } from "../fixtures/command_line.ts";
import { integrityProblems } from "../fixtures/database_file.ts";
import { fileDigest, temporaryDirectory } from "../fixtures/directory.ts";
import { startServer, stopServer } from "../fixtures/server_process.ts";

/** Far more transactions than a server makes a checkpoint after, and more pages than SQLite does. */
const PROPOSALS = 400;
const EXTERNAL = { CQ_CHECKPOINTS: "external" };

/** The two numbers that are new whenever a log begins at its start again. */
async function saltsOf(databasePath: string): Promise<string> {
  using file = await Deno.open(`${databasePath}-wal`);
  const header = new Uint8Array(32);
  await file.read(header);
  return header.slice(16, 24).toHex();
}

async function writeMuch(url: string, key: string): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < PROPOSALS; n += 20) {
    ids.push(...await Promise.all(Array.from({ length: 20 }, () => propose(url, key))));
  }
  return ids;
}

/** Bytes that are in the log only. An empty one may stay where a worker was too slow to close the file. */
async function logSize(databasePath: string): Promise<number> {
  try {
    return (await Deno.stat(`${databasePath}-wal`)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}

function unitsIn(database: DatabaseSync): Set<unknown> {
  return new Set(database.prepare("SELECT id FROM knowledge_units").all().map(({ id }) => id));
}

Deno.test("with external checkpoints neither the server nor a command moves the log into the file, and a foreign reader of both misses nothing", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await using server = await startServer({ databasePath, env: { ...EXTERNAL, CQ_RATE_WRITES: "0" } });
  const token = addUser(databasePath, "ada");
  const key = await makeKey(server.url, token);
  const first = await propose(server.url, key);
  // As the program does that ships the log: it holds on to the state up to which it has seen it.
  using reader = new DatabaseSync(databasePath, { readOnly: true });
  reader.exec("BEGIN");
  ok(unitsIn(reader).has(first));
  const [file, salts] = [await fileDigest(databasePath), await saltsOf(databasePath)];

  const ids = await writeMuch(server.url, key);
  const stdin = "a long password\n";
  equal((await cq(["user", "add", "bob"], { databasePath, env: EXTERNAL, stdin })).code, 0);
  equal(await fileDigest(databasePath), file, "the file is as it was");
  equal(await saltsOf(databasePath), salts, "the log has never begun again");
  deepEqual(unitsIn(reader), new Set([first]), "what it holds on to is still there");
  reader.exec("COMMIT");
  const seen = unitsIn(reader);
  deepEqual(ids.filter((id) => !seen.has(id)), []);
  reader.close();

  equal((await stopServer(server)).code, 0);
  equal(await fileDigest(databasePath), file, "the end of the server left the log to others");
  equal(await saltsOf(databasePath), salts);

  await using again = await startServer({ databasePath, env: EXTERNAL });
  equal(await saltsOf(databasePath), salts, "a start left it, too");
  equal((await stopServer(again)).code, 0);
  deepEqual(integrityProblems(databasePath), []);
});

Deno.test("unless told otherwise, a server moves its log into the file while it runs and when it ends", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await using server = await startServer({ databasePath, env: { CQ_RATE_WRITES: "0" } });
  const token = addUser(databasePath, "ada");
  const key = await makeKey(server.url, token);
  const file = await fileDigest(databasePath);
  await writeMuch(server.url, key);
  ok(await fileDigest(databasePath) !== file);
  equal((await stopServer(server)).code, 0);
  equal(await logSize(databasePath), 0);
});
