import { deepEqual, equal, match } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { addUser, approve, makeKey } from "../fixtures/accounts.ts";
import { type TemporaryDirectory, temporaryDirectory } from "../fixtures/directory.ts";
import { ignoredBecause } from "../fixtures/ignoring.ts";
import { call } from "../fixtures/json_client.ts";
import { type ServerProcess, startServer } from "../fixtures/server_process.ts";
import { pythonEnvironment } from "./python_environment.ts";

const SCRIPT = fileURLToPath(new URL("./drive_sdk.py", import.meta.url));
const environment = await pythonEnvironment("cq_sdk_requirements.txt");
const ignore = ignoredBecause("reason" in environment ? `the Python SDK, ${environment.reason}` : undefined);

interface Unit {
  readonly id: string;
  readonly domains: string[];
  readonly insight: Record<string, string>;
  readonly context: Record<string, unknown>;
  readonly evidence: { readonly confidence: number; readonly confirmations: number };
  readonly tier: string;
  readonly created_by: string;
  readonly flags: { readonly reason: string }[];
}

interface Drive {
  readonly server: ServerProcess;
  readonly directory: TemporaryDirectory;
  readonly key: string;
}

/** Runs a command of the script as a user whose files are all in a directory of the test's own. */
async function drive<T>({ server, directory, key }: Drive, ...args: string[]): Promise<T> {
  if ("reason" in environment) throw new Error(environment.reason);
  const { success, stdout, stderr } = await new Deno.Command(environment.python, {
    args: [SCRIPT, ...args],
    clearEnv: true,
    env: {
      CQ_ADDR: server.url,
      CQ_API_KEY: key,
      CQ_LOCAL_DB_PATH: directory.file("local.db"),
      XDG_CACHE_HOME: directory.file("cache"),
      XDG_DATA_HOME: directory.file("data"),
    },
  }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`${args.join(" ")} failed:\n${decoder.decode(stderr)}\n${server.output()}`);
  return JSON.parse(decoder.decode(stdout));
}

Deno.test("the Python SDK proposes, finds, confirms and flags a unit and counts it", { ignore }, async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await using server = await startServer({ databasePath });
  const token = addUser(databasePath, "ada");
  const client = { server, directory, key: await makeKey(server.url, token) };

  const { unit } = await drive<{ unit: Unit }>(client, "propose");
  match(unit.id, /^ku_[0-9a-f]{32}$/);
  deepEqual([unit.tier, unit.created_by, unit.domains], ["private", "ada", ["unicode", "python"]]);
  const { body: item } = await call<{ knowledge_unit: Unit }>(server.url, `GET /review/${unit.id}`, {
    bearer: token,
  });
  deepEqual(item.knowledge_unit.insight, unit.insight);
  deepEqual(item.knowledge_unit.insight, {
    summary: "Use the É-acute carefully 🎉",
    detail: "Line one\nline two",
    action: "Normalise before comparing.",
  });
  deepEqual(item.knowledge_unit.context, unit.context);

  await approve(server.url, token, unit.id);
  // Nobody's own confirmation counts: somebody else uses the unit.
  const outcome = await drive<{
    query: { source: string; warnings: string[]; units: Unit[] };
    confirmed: Unit;
    flagged: Unit;
    status: unknown;
  }>({ ...client, key: await makeKey(server.url, addUser(databasePath, "bob")) }, "use", unit.id);
  const { query: { units, ...query }, confirmed, flagged } = outcome;
  deepEqual(query, { source: "remote", warnings: [] });
  deepEqual(units.map(({ id }) => id), [unit.id]);
  deepEqual([confirmed.evidence.confidence, confirmed.evidence.confirmations], [0.6, 2]);
  equal(flagged.evidence.confidence, 0.6 - 0.15);
  deepEqual(flagged.flags.map(({ reason }) => reason), ["stale"]);
  deepEqual(outcome.status, {
    tiers: { local: 0, private: 1 },
    domains: { python: 1, unicode: 1 },
    warnings: [],
  });
});

Deno.test("the Python SDK keeps what a wrong key could not propose, and sends it with the right one", {
  ignore,
}, async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await using server = await startServer({ databasePath });
  const token = addUser(databasePath, "ada");
  const key = await makeKey(server.url, token);
  const wrong = key.slice(0, -1) + (key.endsWith("a") ? "b" : "a");

  deepEqual(await drive(client(wrong), "refused"), {
    confirm: { status: 401, detail: '{"detail":"Invalid API key"}' },
    propose: { tier: "local", cause: 401 },
  });
  deepEqual(await drive(client(key), "drain"), { pushed: 1, warnings: [] });
  const { body } = await call<{ items: { knowledge_unit: Unit }[] }>(server.url, "GET /review/queue", {
    bearer: token,
  });
  deepEqual(body.items.map(({ knowledge_unit }) => knowledge_unit.domains), [["kept"]]);

  function client(as: string): Drive {
    return { server, directory, key: as };
  }
});
