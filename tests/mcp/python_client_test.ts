import { deepEqual, equal, match, ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { pythonEnvironment } from "../clients/python_environment.ts";
import { addUser, approve, makeKey, propose } from "../fixtures/accounts.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { ignoredBecause } from "../fixtures/ignoring.ts";
import { startServer } from "../fixtures/server_process.ts";

const SCRIPT = fileURLToPath(new URL("./drive_mcp.py", import.meta.url));
const environment = await pythonEnvironment("../mcp/mcp_requirements.txt");
const ignore = ignoredBecause(
  "reason" in environment ? `the Python client, ${environment.reason}` : undefined,
);

interface Outcome {
  readonly is_error?: boolean;
  readonly text?: string[];
  readonly structured?: Record<string, unknown> | null;
  readonly code?: number;
}
type Outcomes<Name extends string> = Readonly<Record<Name, Outcome>>;
type Used =
  | "query"
  | "confirm"
  | "flag"
  | "status"
  | "unknown"
  | "missing"
  | "not_found"
  | "reason"
  | "without_key";

async function drive<T>(env: Record<string, string>, ...args: string[]): Promise<T> {
  if ("reason" in environment) throw new Error(environment.reason);
  const { success, stdout, stderr } = await new Deno.Command(environment.python, {
    args: ["-W", "ignore", SCRIPT, ...args],
    clearEnv: true,
    env,
  }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`${args.join(" ")} failed:\n${decoder.decode(stderr)}`);
  return JSON.parse(decoder.decode(stdout));
}

/** The structure of a good result; its text must say the same. */
function structureOf({ is_error, text, structured }: Outcome): Record<string, unknown> {
  equal(is_error, false, JSON.stringify(text));
  deepEqual(JSON.parse(text![0]!), structured);
  return structured!;
}

Deno.test("the Python client lists and calls every tool, and is told of errors, in every revision", {
  ignore,
}, async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await using server = await startServer({ databasePath });
  const token = addUser(databasePath, "ada");
  const key = await makeKey(server.url, token);
  const pending = await propose(server.url, key);
  const env = { CQ_ADDR: server.url, CQ_API_KEY: key };
  // What somebody says of a unit of their own counts for nothing.
  const other = { ...env, CQ_API_KEY: await makeKey(server.url, addUser(databasePath, "bob")) };

  const revisions = await drive<string[]>(env, "revisions");
  ok(revisions.length >= 5);
  const newest = revisions.at(-1)!;
  for (const revision of [...revisions, "auto"]) {
    const { proposed, ...listed } = await drive<{ proposed: Outcome } & Record<string, unknown>>(
      env,
      "propose",
      revision,
    );
    deepEqual(listed, {
      revision: revision === "auto" ? newest : revision,
      tools: ["query", "propose", "confirm", "flag", "status"],
      prompts: ["when_to_query", "reflect"],
      empty_prompts: [],
    });
    const id = String(structureOf(proposed)["id"]);
    await approve(server.url, token, id);

    const used = await drive<Outcomes<Used>>(other, "use", revision, id, pending);
    const units = structureOf(used.query)["units"] as Record<string, unknown>[];
    ok(units.some((unit) => unit["id"] === id), revision);
    const detail = "Line one\nline two: Vec<T> & more";
    deepEqual((units[0]!["insight"] as Record<string, unknown>)["detail"], detail);
    ok(!/[<>&]/.test(used.query.text![0]!), "nothing in the text closes what is around it");
    deepEqual((structureOf(used.confirm)["evidence"] as Record<string, unknown>)["confirmations"], 2);
    equal((structureOf(used.flag)["flags"] as unknown[]).length, 1);
    equal((structureOf(used.status)["caller"] as Record<string, unknown>)["name"], "bob");

    const { unknown, missing, not_found, reason, without_key } = used;
    equal(unknown.code, -32602);
    match(missing.text![0]!, /^summary: Field required/);
    deepEqual(not_found, { is_error: true, text: ["Knowledge unit not found"], structured: null });
    match(reason.text![0]!, /^reason: /);
    match(without_key.text![0]!, /^An API key is needed to propose/);
  }
});
