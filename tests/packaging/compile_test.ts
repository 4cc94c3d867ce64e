import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { ignoredBecause } from "../fixtures/ignoring.ts";
import { startServer } from "../fixtures/server_process.ts";
import { readSource, ROOT } from "../fixtures/source_tree.ts";
import { runDeno } from "./run_deno.ts";
import { statusOfLogin, statusOfMessage } from "./user.ts";

const WORKER = "src/accounts/password_worker.ts";
const BINARIES = ["cq-server", "cq"];

/** The arguments of the task `compile`, one list for each binary it makes. */
async function compileCommands(): Promise<string[][]> {
  const { tasks } = JSON.parse(await readSource("deno.json"));
  return String(tasks.compile).split("&&").map((command) => command.trim().split(/\s+/).slice(1));
}

/**
 * Packs a binary with the command line's own runtime in place of the one that binaries have, which is downloaded and cannot
 * be here. The result is no working binary; what is packed into it is the same.
 */
async function pack(args: readonly string[], directory: { file(name: string): string }): Promise<{
  readonly list: string;
  readonly payload: Buffer;
}> {
  const output = directory.file("packed");
  const elsewhere = args.map((word) => word.startsWith("dist/") ? output : word);
  const ended = await runDeno(["compile", "--no-check", ...elsewhere.slice(1)], {
    cwd: ROOT,
    env: { DENORT_BIN: Deno.execPath() },
  });
  assert.ok(ended.success, ended.output);
  const packed = Buffer.from(await Deno.readFile(output));
  return { list: ended.output, payload: packed.subarray((await Deno.stat(Deno.execPath())).size) };
}

for (const [index, name] of BINARIES.entries()) {
  Deno.test(`the binary ${name} embeds every migration, and the password worker with its package`, async () => {
    const args = (await compileCommands())[index]!;
    assert.ok(args.includes(`dist/${name}`), `the task "compile" does not make dist/${name}`);
    await using directory = await temporaryDirectory();
    const { list, payload } = await pack(args, directory);

    // The list shows a folder that is embedded as a whole as "folder/*".
    assert.match(list, /migrations\/\*|0001_baseline/);
    assert.match(list, /accounts\/\*|password_worker/);
    assert.match(list, /bcryptjs\//);
    if (name === "cq-server") assert.match(list, /@modelcontextprotocol/);
    for (const { revision, sql } of MIGRATIONS) {
      for (const text of Object.values(sql)) {
        assert.ok(payload.includes(text), `migration ${revision} is not embedded`);
      }
    }
    assert.ok(payload.includes(await readSource(WORKER)), "the password worker is not embedded");
  });
}

/** Why nothing can be bundled here, or undefined: the bundler is a program of its own, fetched when first used. */
async function noBundler(): Promise<string | undefined> {
  await using directory = await temporaryDirectory();
  await Deno.writeTextFile(directory.file("one.ts"), "Deno.exit(0);\n");
  const { success, output } = await runDeno(["bundle", "-o", "one.js", "one.ts"], { cwd: directory.path });
  return success ? undefined : `deno bundle does not work here: ${output.trim()}`;
}

Deno.test({
  name:
    "bundled into two files, the server runs in an empty directory without any cache, logs in a user and speaks MCP",
  ignore: ignoredBecause(await noBundler()),
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    const bundles = [["main.ts", "main.js"], [WORKER, "password_worker.ts"]] as const;
    for (const [source, target] of bundles) {
      const args = ["bundle", "--platform", "deno", "-o", directory.file(target), source];
      const ended = await runDeno(args, { cwd: ROOT });
      assert.ok(ended.success, ended.output);
    }
    const permissions = [
      "--allow-net",
      "--allow-env",
      `--allow-read=${directory.path}`,
      `--allow-write=${directory.path}`,
    ];
    const databasePath = directory.file("cq.db");
    await using server = await startServer({
      databasePath,
      cwd: directory.path,
      command: [
        Deno.execPath(),
        "run",
        "--no-config",
        "--no-prompt",
        "--cached-only",
        ...permissions,
        "main.js",
      ],
      env: { DENO_DIR: directory.file("empty-cache") },
    });
    assert.equal(await statusOfLogin(server, databasePath), 200);
    assert.equal(await statusOfMessage(server), 200);
  },
});
