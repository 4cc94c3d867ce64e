import { deepEqual, equal } from "node:assert/strict";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { addUser, makeKey, propose } from "../fixtures/accounts.ts";
import { cq } from "../fixtures/command_line.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { ignoredBecause } from "../fixtures/ignoring.ts";
import { startServer, stopServer } from "../fixtures/server_process.ts";
import { ROOT } from "../fixtures/source_tree.ts";
import { within } from "../fixtures/waiting.ts";
import { pythonEnvironment } from "./python_environment.ts";

const environment = await pythonEnvironment("litestream_requirements.txt");
const ignore = ignoredBecause("reason" in environment ? `Litestream, ${environment.reason}` : undefined);
/** Enough to make a server and SQLite move the log into the file, were they let. */
const PROPOSALS = 400;

/** Litestream with the sample configuration. */
function litestream(args: readonly string[], env: Readonly<Record<string, string>>): Deno.ChildProcess {
  if ("reason" in environment) throw new Error(environment.reason);
  return new Deno.Command(`${dirname(environment.python)}/litestream`, {
    args: [...args],
    env,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

async function proposeMany(url: string, key: string): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < PROPOSALS; n += 20) {
    ids.push(...await Promise.all(Array.from({ length: 20 }, () => propose(url, key))));
  }
  return ids;
}

Deno.test({
  name: "what a server wrote beside Litestream comes back from its replica, across a restart of the server",
  ignore,
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    const databasePath = directory.file("cq.db");
    const env = { CQ_CHECKPOINTS: "external", CQ_RATE_WRITES: "0" };
    const config = ["-config", `${ROOT}/packaging/litestream.yml`];
    const settings = {
      CQ_DB_PATH: databasePath,
      LITESTREAM_REPLICA_URL: `file://${directory.file("replica")}`,
    };

    await using server = await startServer({ databasePath, env });
    const replication = litestream(["replicate", ...config], settings);
    const key = await makeKey(server.url, addUser(databasePath, "ada"));
    const ids = await proposeMany(server.url, key);
    equal((await stopServer(server)).code, 0);
    await using again = await startServer({ databasePath, env });
    ids.push(...await proposeMany(again.url, key));
    equal((await stopServer(again)).code, 0);
    // Ending, it ships what it has not shipped yet.
    replication.kill("SIGTERM");
    equal((await within(replication.status, "Litestream to end")).code, 0);

    const restored = directory.file("restored.db");
    const restoring = litestream(["restore", ...config, "-o", restored, databasePath], settings);
    equal((await within(restoring.status, "the replica to be restored")).code, 0);
    equal((await cq(["check"], { databasePath: restored })).code, 0);
    using database = new DatabaseSync(restored, { readOnly: true });
    const there = new Set(database.prepare("SELECT id FROM knowledge_units").all().map(({ id }) => id));
    deepEqual(ids.filter((id) => !there.has(id)), []);
  },
});
