import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { BINARIES, fileName, WORKERS } from "../../packaging/compile.ts";
import { fileDigest, temporaryDirectory } from "../fixtures/directory.ts";
import { ignoredBecause } from "../fixtures/ignoring.ts";
import { startServer } from "../fixtures/server_process.ts";
import { readSource, ROOT } from "../fixtures/source_tree.ts";
import { type Ended, runDeno } from "./run_deno.ts";
import { statusOfLogin, statusOfMessage } from "./user.ts";

/** The one system that binaries can be packed for without the runtime of binaries. */
const HERE = Deno.build.target;

/**
 * Runs the script that compiles, with the command line's own runtime in place of the one that binaries have, which is downloaded
 * and cannot be here. The results are no working binaries; what is packed into them is the same.
 */
async function compile(args: readonly string[], output: string): Promise<Ended> {
  return await runDeno(["run", "-A", "--no-check", "packaging/compile.ts", `--output=${output}`, ...args], {
    cwd: ROOT,
    env: { DENORT_BIN: Deno.execPath() },
  });
}

async function payloadOf(path: string): Promise<Buffer> {
  const runtime = await Deno.stat(Deno.execPath());
  return Buffer.from(await Deno.readFile(path)).subarray(runtime.size);
}

Deno.test("both binaries embed every migration, and the workers with their packages; checksums are beside them", async () => {
  await using directory = await temporaryDirectory();
  const { success, output } = await compile([], directory.path);
  assert.ok(success, output);

  // The list of each binary shows a folder that is embedded as a whole as "folder/*".
  const lists = output.split(/^Embedded Files$/m).slice(1);
  assert.equal(lists.length, BINARIES.length, output);
  for (const [index, binary] of BINARIES.entries()) {
    for (const packed of [/migrations\/\*|0001_baseline/, /accounts\/\*|password_worker/, /bcryptjs\//]) {
      assert.match(lists[index]!, packed);
    }
    if (binary.entry === "main.ts") assert.match(lists[index]!, /@modelcontextprotocol/);
    const payload = await payloadOf(directory.file(fileName(binary, HERE)));
    for (const { revision, sql } of MIGRATIONS) {
      for (const text of Object.values(sql)) {
        assert.ok(payload.includes(text), `migration ${revision} is not embedded`);
      }
    }
    for (const worker of WORKERS) assert.ok(payload.includes(await readSource(worker)), worker);
  }

  const sums = (await Deno.readTextFile(directory.file("SHA256SUMS"))).trimEnd().split("\n");
  const names = BINARIES.map((binary) => fileName(binary, HERE)).sort();
  const expected = names.map(async (name) => `${await fileDigest(directory.file(name))}  ${name}`);
  assert.deepEqual(sums, await Promise.all(expected));
});

Deno.test("a system that no binary can be compiled for is refused, with those that are", async () => {
  await using directory = await temporaryDirectory();
  const { success, output } = await compile(["--target=sparc-sun-solaris"], directory.path);
  assert.ok(!success);
  assert.match(output, /^error: sparc-sun-solaris: use all, or some of .*aarch64-apple-darwin[^\n]*\n$/);
});

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
    const bundles = [["main.ts", "main.js"], [WORKERS[0]!, "password_worker.ts"]] as const;
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
