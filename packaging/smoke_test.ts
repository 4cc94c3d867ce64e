/**
 * Tries a compiled server and command line out, in a folder of their own that is removed afterwards. To be run on each system
 * that binaries were compiled for, where this file and the runtime are all it needs; ends with 1 and what the server printed
 * where anything is not as it should be.
 *
 *     deno run -A packaging/smoke_test.ts dist/cq-server-… dist/cq-…
 */
import assert from "node:assert/strict";
import { join } from "node:path";

const START_ATTEMPTS = 300;
const BETWEEN_ATTEMPTS_MS = 100;
const USERNAME = "smoke";
const PASSWORD = crypto.randomUUID();
const PROPOSAL = {
  domains: ["smoke-test"],
  insight: { summary: "It starts", detail: "A compiled server was started", action: "Ship it" },
};

interface Server {
  readonly url: string;
  readonly process: Deno.ChildProcess;
  readonly printed: Promise<string>;
}

interface Subject {
  /** Paths of the two binaries. */
  readonly server: string;
  readonly commandLine: string;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

function say(what: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`ok  ${what}\n`));
}

/** A port that nobody listens on. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

function start({ server, environment }: Subject): Server {
  const process = new Deno.Command(server, {
    env: environment,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const printed = Promise.all([process.stdout.text(), process.stderr.text()]).then((texts) => texts.join(""));
  return { url: `http://127.0.0.1:${environment["CQ_PORT"]}`, process, printed };
}

async function untilReady({ url, process }: Server): Promise<void> {
  let hasEnded = false;
  process.status.then(() => hasEnded = true);
  for (let attempt = 0; attempt < START_ATTEMPTS && !hasEnded; attempt++) {
    const response = await fetch(`${url}/readyz`).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_ATTEMPTS_MS));
  }
  throw new Error(hasEnded ? "the server has ended" : "the server does not become ready");
}

/** On Windows there is no signal to ask with: the process is ended as by a loss of power. */
async function stop({ process }: Server): Promise<void> {
  process.kill("SIGTERM");
  const { code } = await process.status;
  if (Deno.build.os !== "windows") assert.equal(code, 0, "the server did not end with 0");
}

async function run(
  { commandLine, environment }: Subject,
  args: readonly string[],
  { stdin = "", env = {} }: { stdin?: string; env?: Record<string, string> } = {},
): Promise<string> {
  const process = new Deno.Command(commandLine, {
    args: [...args],
    env: { ...environment, ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(stdin));
  await writer.close();
  const { code, stdout, stderr } = await process.output();
  const decoder = new TextDecoder();
  assert.equal(code, 0, `cq ${args.join(" ")}: ${decoder.decode(stderr)}`);
  return decoder.decode(stdout);
}

async function ask(
  { url }: Server,
  path: string,
  { bearer, json }: { bearer?: string; json?: unknown } = {},
): Promise<string> {
  const response = await fetch(`${url}${path}`, {
    method: json === undefined ? "GET" : "POST",
    headers: {
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(json === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  assert.ok(response.ok, `${path}: ${response.status} ${text}`);
  return text;
}

/** From a new user to a unit that is served. */
async function useIt(subject: Subject, server: Server): Promise<void> {
  await run(subject, ["user", "add", USERNAME], { stdin: PASSWORD });
  say("the command line adds a user");
  const login = { username: USERNAME, password: PASSWORD };
  const { token } = JSON.parse(await ask(server, "/api/v1/auth/login", { json: login }));
  say("the user logs in: the password worker runs");

  const wanted = { name: "smoke", ttl: "1d" };
  const key = JSON.parse(await ask(server, "/api/v1/users/me/api-keys", { bearer: token, json: wanted }));
  const unit = JSON.parse(
    await ask(server, "/api/v1/knowledge", { bearer: key.token, json: PROPOSAL }),
  );
  await ask(server, `/api/v1/review/${unit.id}/approve`, { bearer: token, json: {} });
  await checkServed(server);
  say("a unit is proposed, approved and served");

  const [, stylesheet] = /<link[^>]+href="([^"]+\.css[^"]*)"/.exec(await ask(server, "/login")) ?? [];
  assert.ok(stylesheet, "the sign-in page has no stylesheet");
  await ask(server, stylesheet);
  await ask(server, "/mcp", { json: { jsonrpc: "2.0", id: 1, method: "ping" } });
  say("pages and MCP answer");
}

async function checkServed(server: Server): Promise<void> {
  const { data } = JSON.parse(await ask(server, `/api/v1/knowledge?domains=${PROPOSAL.domains[0]}`));
  assert.deepEqual(data.map((unit: typeof PROPOSAL) => unit.insight), [PROPOSAL.insight]);
}

async function backUp(subject: Subject): Promise<void> {
  const copy = join(subject.folder, "copy.db");
  await run(subject, ["backup", copy]);
  await run(subject, ["check"], { env: { CQ_DB_PATH: copy } });
  say("a backup is made while the server runs, and is whole");
}

async function withServer(subject: Subject, use: (server: Server) => Promise<void>): Promise<void> {
  const server = start(subject);
  try {
    await untilReady(server);
    await use(server);
    await stop(server);
  } catch (error) {
    if (await Promise.race([server.process.status, undefined]) === undefined) server.process.kill("SIGKILL");
    throw new Error(`${(error as Error).message}\nThe server printed:\n${await server.printed}`);
  }
}

async function main(server: string, commandLine: string): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "cq-smoke-" });
  const secret = (): string => crypto.randomUUID() + crypto.randomUUID();
  const environment = {
    CQ_DB_PATH: join(folder, "cq.db"),
    CQ_HOST: "127.0.0.1",
    CQ_PORT: String(freePort()),
    CQ_JWT_SECRET: secret(),
    CQ_API_KEY_PEPPER: secret(),
  };
  const subject = { server, commandLine, folder, environment };
  try {
    say(`the command line is version ${(await run(subject, ["--version"])).trim()}`);
    await withServer(subject, async (first) => {
      say("the server starts on a new database");
      await useIt(subject, first);
      await backUp(subject);
    });
    say("the server ends when it is told to");
    await withServer(subject, checkServed);
    say("started again, it serves what was approved");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const [server, commandLine] = Deno.args;
if (server === undefined || commandLine === undefined) {
  throw new Error("give the paths of two binaries: the server and the command line");
}
await main(server, commandLine);
