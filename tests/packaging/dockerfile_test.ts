import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { JWT_SECRET, PEPPER } from "../fixtures/app.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { freePort, type ServerProcess, startServer, stopServer } from "../fixtures/server_process.ts";
import { readSource, ROOT } from "../fixtures/source_tree.ts";
import { runDeno } from "./run_deno.ts";
import { runTool, WITHOUT_TOOLS } from "./tools.ts";
import { statusOfLogin, statusOfMessage } from "./user.ts";

const DOCKERFILE = await readSource("Dockerfile");
/** What the build copies into the image. */
const IMAGE_SOURCE = ["deno.json", "deno.lock", "main.ts", "cli.ts", "migrations", "src"];

/** The words of an instruction in its JSON form, the last one of its kind. */
function words(instruction: RegExp): string[] {
  const text = DOCKERFILE.replaceAll(/\\\n\s*/g, " ");
  const found = [...text.matchAll(instruction)].at(-1)?.[1];
  assert.ok(found, `the Dockerfile has no ${instruction}`);
  return JSON.parse(found);
}

const COMMAND = words(/^CMD (\[.*\])$/gm);
const HEALTHCHECK = words(/^HEALTHCHECK .*CMD (\[.*\])$/gm);

/** The image's command line with the image's folders as they are called here. */
function commandHere(volume: string, secrets: string): string[] {
  const folders: Record<string, string> = { "/app": ROOT, "/data": volume, "/run/secrets": secrets };
  const [executable, ...args] = COMMAND.map((word) =>
    word.replaceAll(/(?<=[=,])\/[a-z/]+/g, (folder) => folders[folder] ?? assert.fail(`what is ${folder}?`))
  );
  assert.equal(executable, "deno");
  return [Deno.execPath(), ...args];
}

/** The server as the image starts it: a new database in the volume, both secrets from files. */
async function startAsImage(directory: { path: string }, port: number): Promise<ServerProcess> {
  const volume = join(directory.path, "data"), secrets = join(directory.path, "secrets");
  for (const path of [volume, secrets]) await Deno.mkdir(path);
  await Deno.writeTextFile(join(secrets, "jwt"), `${JWT_SECRET}\n`);
  await Deno.writeTextFile(join(secrets, "pepper"), `${PEPPER}\n`);
  return await startServer({
    databasePath: join(volume, "cq.db"),
    port,
    cwd: ROOT,
    command: commandHere(volume, secrets),
    env: {
      CQ_JWT_SECRET: undefined,
      CQ_API_KEY_PEPPER: undefined,
      CQ_JWT_SECRET_FILE: join(secrets, "jwt"),
      CQ_API_KEY_PEPPER_FILE: join(secrets, "pepper"),
    },
  });
}

Deno.test("the image's permissions suffice for a new database, secrets from files, a login and MCP", async () => {
  await using directory = await temporaryDirectory();
  await using server = await startAsImage(directory, freePort());
  assert.equal(await statusOfLogin(server, directory.file("data/cq.db")), 200);
  assert.equal(await statusOfMessage(server), 200);
  assert.equal((await stopServer(server)).code, 0, server.output());
});

Deno.test("the image's health check passes while the server answers, and fails when it is gone", async () => {
  await using directory = await temporaryDirectory();
  const port = freePort();
  await using server = await startAsImage(directory, port);
  const check = (): ReturnType<typeof runDeno> =>
    runDeno(HEALTHCHECK.slice(1), { cwd: ROOT, env: { CQ_PORT: String(port) } });

  const whileUp = await check();
  assert.ok(whileUp.success, whileUp.output);
  await stopServer(server);
  assert.ok(!(await check()).success);
});

Deno.test("the image carries what the server and the command line import, and no test tools", async () => {
  await using directory = await temporaryDirectory();
  for (const name of IMAGE_SOURCE) {
    await cp(join(ROOT, name), directory.file(name), { recursive: true });
    assert.match(DOCKERFILE, new RegExp(`^COPY .*\\b${name.replace(".", "\\.")}\\b`, "m"));
  }
  const steps = [
    [
      "run",
      "--no-config",
      "--allow-read",
      "--allow-write",
      `${ROOT}/packaging/prune_manifest.ts`,
      directory.path,
    ],
    ["install", "--frozen=false", "--cached-only"],
    ["run", "--frozen", "--cached-only", "--allow-env", "cli.ts", "--version"],
  ];
  for (const args of steps) {
    const ended = await runDeno(args, { cwd: directory.path });
    assert.ok(ended.success, `deno ${args.join(" ")}: ${ended.output}`);
  }

  const { imports } = JSON.parse(await Deno.readTextFile(directory.file("deno.json")));
  assert.ok("bcryptjs" in imports && "hono" in imports, "the server's packages are gone");
  assert.ok("@modelcontextprotocol/server" in imports && !("@modelcontextprotocol/client" in imports));
  assert.ok(!("fast-check" in imports), "a package of the tests has stayed");
});

Deno.test("the image has the runtime's version that continuous integration tests with", async () => {
  const tested = /deno@(\S+)/.exec(await readSource(".ci/run"))?.[1];
  assert.equal(/^ARG DENO_VERSION=(.*)$/m.exec(DOCKERFILE)?.[1], tested);
});

Deno.test({
  name: "the Dockerfile's linter finds nothing",
  ignore: WITHOUT_TOOLS,
  async fn(): Promise<void> {
    const { code, stdout } = await runTool("hadolint", ["--failure-threshold=style", "Dockerfile"], {
      cwd: ROOT,
    });
    assert.equal(stdout, "");
    assert.equal(code, 0);
  },
});

Deno.test("what the Dockerfile copies is all that gets into the build", async () => {
  const copied = [...DOCKERFILE.matchAll(/^COPY (?!--from)(?:--\S+ )*(.*) \S+$/gm)]
    .flatMap(([, sources]) => sources!.split(" "));
  const allowed = (await readSource(".dockerignore")).split("\n").filter((line) => line.startsWith("!"));
  assert.deepEqual(allowed.map((line) => line.slice(1)).sort(), copied.sort());
});
