import { deepEqual, equal, match, ok } from "node:assert/strict";
import { loginToken, makeKey } from "../fixtures/accounts.ts";
import { cq } from "../fixtures/command_line.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { call } from "../fixtures/json_client.ts";
import { postgresDatabase, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { startServer } from "../fixtures/server_process.ts";

/** Long enough to fill pages of its own, which are free afterwards. */
const LEAK = "quartzvexplum ".repeat(550);
const WORD = /quartzvexplum/;

/** The files in a directory that hold the leak, log and all. */
async function filesWithLeak(directory: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of Deno.readDir(directory)) {
    const bytes = await Deno.readFile(`${directory}/${name}`);
    if (WORD.test(new TextDecoder("latin1").decode(bytes))) found.push(name);
  }
  return found.sort();
}

Deno.test("after a purge beside a running server and a check, no byte of the text is in any file of the database", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await using server = await startServer({ databasePath });
  await cq(["user", "add", "ada"], { databasePath, stdin: ["plum", "quartz", "vex", "19"].join("-") });
  const bearer = loginToken("ada");
  const key = await makeKey(server.url, bearer);
  const propose = async (text: string): Promise<string> => {
    const insight = { summary: "About a customer", detail: text.trim(), action: "Call again." };
    const json = { domains: ["testing"], insight };
    const { status, body } = await call<{ id: string }>(server.url, "POST /knowledge", { bearer: key, json });
    equal(status, 201, JSON.stringify(body));
    return body.id;
  };
  const id = await propose(LEAK);
  const kept = await propose("Nothing to hide.");
  // Each rewrites the row, so that older copies of it are left behind.
  equal((await call(server.url, `POST /review/${id}/approve`, { bearer })).status, 200);
  for (let flags = 0; flags < 3; flags++) {
    const json = { reason: "stale", detail: `quartzvexplum ${flags}` };
    equal((await call(server.url, `POST /knowledge/${id}/flags`, { bearer: key, json })).status, 201);
  }
  ok((await filesWithLeak(directory.path)).length > 0);
  const purged = await cq(["purge", id, "--reason", "names a customer"], { databasePath });
  equal(purged.code, 0, purged.stderr);
  match(purged.stdout, /^Purged ku_.*3 events\..*\nWhat was removed was overwritten/);
  const checked = await cq(["check"], { databasePath });
  deepEqual([checked.code, checked.stdout.trim()], [0, "1 unit checked, 0 problems found."]);
  deepEqual(await filesWithLeak(directory.path), []);
  const { body } = await call<{ data: { id: string }[] }>(server.url, "GET /knowledge?domains=testing", {});
  deepEqual(body.data, []);
  equal((await call(server.url, `GET /review/${kept}`, { bearer })).status, 200);
  const verified = await cq(["audit", "verify"], { databasePath });
  match(verified.stdout, /3 entries had their details purged\.\n\d+ entries, 0 problems\./);
  equal(verified.code, 0);
  deepEqual(await filesWithLeak(directory.path), []);
});

Deno.test("a purge says what it needs, and what it cannot do", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await cq(["migrate"], { databasePath });
  const cases: readonly [string[], RegExp][] = [
    [["purge"], /id of a unit, or --remains/],
    [["purge", "ku_1", "--remains"], /id of a unit, or --remains/],
    [["purge", "ku_1"], /--reason/],
    [["purge", "ku_1", "--reason", "r"], /not found/],
  ];
  for (const [args, told] of cases) {
    const { code, stderr } = await cq(args, { databasePath });
    equal(code, 4, args.join(" "));
    match(stderr, told);
  }
  equal((await cq(["purge", "--remains"], { databasePath })).code, 0);
});

Deno.test({
  name: "on Postgres the operator is told how files are rid of removed rows",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using target = await postgresDatabase();
    const env = { CQ_DATABASE_URL: target.url };
    equal((await cq(["migrate"], { env })).code, 0);
    const { code, stdout } = await cq(["purge", "--remains"], { env });
    equal(code, 0);
    match(stdout, /VACUUM FULL knowledge_units/);
  },
});
