import { deepEqual, equal, ok } from "node:assert/strict";
import { addUser, approve, makeKey, propose } from "../fixtures/accounts.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { ignoredBecause } from "../fixtures/ignoring.ts";
import { call } from "../fixtures/json_client.ts";
import { type ServerProcess, startServer } from "../fixtures/server_process.ts";
import { IS_CI, pythonEnvironment } from "./python_environment.ts";

const isWanted = IS_CI || Deno.env.get("CQ_TEST_SCHEMATHESIS") === "1";
const environment = isWanted
  ? await pythonEnvironment("schemathesis_requirements.txt")
  : { reason: "set CQ_TEST_SCHEMATHESIS=1 to run it" };
const ignore = ignoredBecause("reason" in environment ? `schemathesis, ${environment.reason}` : undefined);

const EXAMPLES_PER_OPERATION = 120;
const CASES_AT_LEAST = 5_000;
/** The same cases every time: a fault found here is found again. */
const SEED = 20_260_101;

interface Report {
  readonly complete: boolean;
  readonly test_cases: {
    readonly generated: number;
    readonly with_failures: number;
    readonly errored: number;
  };
  readonly operations: { readonly total: number; readonly tested: number };
  readonly failures: unknown[];
  readonly errors: unknown[];
}

interface Run {
  /** Requests made up. */
  readonly generated: number;
  /** Operations of the document, as `POST /path/{name}`. */
  readonly operations: Set<string>;
  /** Those that answered at least one request with success. */
  readonly succeeded: Set<string>;
}

/** What is there for the generated requests to find. */
interface Known {
  readonly approved: string[];
  readonly pending: string[];
  readonly keys: string[];
}

async function seed(url: string, token: string, key: string): Promise<Known> {
  const approved = await Promise.all(["a", "b", "c"].map((domain) => propose(url, key, domain)));
  for (const id of approved) await approve(url, token, id);
  const pending = await Promise.all(Array.from({ length: 200 }, () => propose(url, key)));
  const { body } = await call<{ data: { id: string }[] }>(url, "GET /users/me/api-keys", { bearer: token });
  return { approved, pending, keys: body.data.map(({ id }) => id) };
}

// Most requests name something that exists: random ids alone would only ever meet 404.
function configuration({ approved, pending, keys }: Known): string {
  const values = (ids: readonly string[]): string => `values = ${JSON.stringify(ids)}`;
  const from = (dictionary: string): string => `{ dictionary = "${dictionary}", probability = 0.8 }`;
  return `
    [dictionaries.approved]
    ${values(approved)}
    [dictionaries.units]
    ${values([...approved, ...pending])}
    [dictionaries.keys]
    ${values(keys)}
    [parameters]
    "path.unit_id" = ${from("units")}
    "path.key_id" = ${from("keys")}
    [[operations]]
    include-path-regex = "/(confirmations|flags)$"
    [operations.parameters]
    "path.unit_id" = ${from("approved")}
  `;
}

async function runSchemathesis(bearer: "key" | "token"): Promise<Run> {
  if ("reason" in environment) throw new Error(environment.reason);
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await using server = await startServer({ databasePath });
  const token = addUser(databasePath, "ada");
  const key = await makeKey(server.url, token);
  await Deno.writeTextFile(directory.file("config.toml"), configuration(await seed(server.url, token, key)));
  const { stdout, stderr } = await new Deno.Command(environment.python, {
    // deno-fmt-ignore
    args: [
      "-m", "schemathesis.cli", "--config-file", directory.file("config.toml"),
      "run", `${server.url}/openapi.json`,
      "--header", `Authorization: Bearer ${bearer === "key" ? key : token}`,
      // All its checks but two that the wire rules out: that whatever fits the document is accepted (the grammar of extension
      // keys, or that a duplicate names its original, is told in words), and that nothing else is (the last one of repeated
      // parameters counts, whatever the others are).
      "--checks", "all", "--exclude-checks", "positive_data_acceptance,negative_data_rejection",
      "--max-examples", String(EXAMPLES_PER_OPERATION), "--seed", String(SEED), "--warnings", "off",
      "--report", "json", "--report-json-path", directory.file("report.json"),
    ],
    cwd: directory.path,
    env: { NO_COLOR: "1" },
  }).output();
  equal(server.errors(), "");
  const printed = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  const report: Report = JSON.parse(await Deno.readTextFile(directory.file("report.json")));
  deepEqual([report.failures, report.errors], [[], []], printed);
  equal(report.complete, true, printed);
  equal(report.test_cases.with_failures + report.test_cases.errored, 0, printed);
  const operations = await operationsOf(server.url);
  equal(report.operations.tested, operations.size);
  return { generated: report.test_cases.generated, operations, succeeded: succeededOf(server) };
}

async function operationsOf(url: string): Promise<Set<string>> {
  const response = await fetch(`${url}/openapi.json`);
  const { paths }: { paths: Record<string, Record<string, unknown>> } = await response.json();
  return new Set(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)
    ),
  );
}

function succeededOf(server: ServerProcess): Set<string> {
  const lines = server.output().trim().split("\n").map((line) => JSON.parse(line));
  const successes = lines.filter(({ message, status }) => message === "request" && status < 300);
  return new Set(successes.map(({ method, route }) => `${method} ${route}`));
}

Deno.test(
  `no fault in ${CASES_AT_LEAST} generated requests, with an API key and with a login`,
  { ignore },
  async () => {
    const withKey = await runSchemathesis("key");
    const withToken = await runSchemathesis("token");
    const generated = withKey.generated + withToken.generated;
    ok(generated >= CASES_AT_LEAST, `${generated} cases`);
    // Everything was reached beyond its authentication, but for what asks for a password: nobody guesses one.
    const missed = withKey.operations.difference(withKey.succeeded.union(withToken.succeeded));
    deepEqual([...missed], ["POST /api/v1/auth/login", "POST /api/v1/users/me/password"]);
  },
);
