import assert from "node:assert/strict";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { ROOT } from "../fixtures/source_tree.ts";
import { type Ended, runDeno } from "./run_deno.ts";

const PERMISSIONS = "--frozen --no-check --allow-net --allow-env --allow-read --allow-write";

/** Runs the script on programs that are shell scripts with one command each. */
async function smokeTest({ server, commandLine }: { server: string; commandLine: string }): Promise<Ended> {
  await using directory = await temporaryDirectory();
  const programs = Object.entries({ "cq-server": server, cq: commandLine });
  for (const [name, command] of programs) {
    await Deno.writeTextFile(directory.file(name), `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
  }
  const args = ["run", "-A", "--no-check", "packaging/smoke_test.ts"];
  return await runDeno([...args, ...programs.map(([name]) => directory.file(name))], { cwd: ROOT });
}

const commandLine = `${Deno.execPath()} run ${PERMISSIONS} ${ROOT}/cli.ts`;

Deno.test("the smoke test of binaries passes on a server and a command line that work", async () => {
  const server = `${Deno.execPath()} run ${PERMISSIONS} ${ROOT}/main.ts`;
  const { success, output } = await smokeTest({ server, commandLine });
  assert.ok(success, output);
  assert.match(output, /^ok {2}a backup is made/m);
  assert.match(output, /^ok {2}started again, it serves what was approved\n$/m);
});

Deno.test("the smoke test fails on a server without its workers, and shows what that printed", async () => {
  const workers = `${ROOT}/src/accounts/password_worker.ts`;
  const server = `${Deno.execPath()} run ${PERMISSIONS} --deny-read=${workers} ${ROOT}/main.ts`;
  const { success, output } = await smokeTest({ server, commandLine });
  assert.ok(!success, output);
  assert.match(output, /\/api\/v1\/auth\/login: 5\d\d/);
  assert.match(output, /The server printed:/);
});
