import assert from "node:assert/strict";
import { DRAIN_MS } from "../../src/connection_limits.ts";
import { IS_CI } from "../clients/python_environment.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { ignoredBecause } from "../fixtures/ignoring.ts";
import { startServer, stopServer } from "../fixtures/server_process.ts";
import { readSource, ROOT } from "../fixtures/source_tree.ts";
import { configOf } from "./environment.ts";
import { runProgram, type ToolResult } from "./tools.ts";

const UNIT = await readSource("packaging/systemd/cq.service");
const DROP_IN = await readSource("packaging/systemd/deno.conf");
/** In tenths, as `systemd-analyze security` takes it: 0 is confined, 100 is not. */
const EXPOSURE_MAX = 15;

async function systemd(program: string, args: readonly string[]): Promise<ToolResult> {
  return await runProgram(program, args, { cwd: ROOT });
}

const hasSystemd = await systemd("systemd-analyze", ["--version"]).then(
  ({ code }) => code === 0,
  () => false,
);
if (IS_CI && !hasSystemd) throw new Error("systemd-analyze is not here: install systemd");
const ignore = ignoredBecause(
  hasSystemd ? undefined : "there is no systemd-analyze, so units are not checked",
);

/** What systemd has to say about the unit, with programs that are here in place of those to be installed. */
async function verified(unit: string, dropIn?: string): Promise<string> {
  await using directory = await temporaryDirectory();
  const here = (text: string): string =>
    text.replaceAll(/\/usr\/local\/bin\/\S+/g, "/bin/true").replaceAll("/opt/cq", directory.path);
  await Deno.writeTextFile(directory.file("cq.service"), here(unit));
  if (dropIn !== undefined) {
    await Deno.mkdir(directory.file("cq.service.d"));
    await Deno.writeTextFile(directory.file("cq.service.d/deno.conf"), here(dropIn));
  }
  const { code, stdout, stderr } = await systemd("systemd-analyze", [
    "verify",
    "--man=no",
    directory.file("cq.service"),
  ]);
  return code === 0 ? stdout + stderr : `${stdout}${stderr}exit code ${code}`;
}

Deno.test({
  name: "systemd has nothing to say against the unit, with the sources or without; of a wrong line it has",
  ignore,
  async fn(): Promise<void> {
    assert.equal(await verified(UNIT), "");
    assert.equal(await verified(UNIT, DROP_IN), "");
    assert.match(await verified(UNIT.replace("ProtectHome=", "ProtectHomes=")), /Unknown key/);
    assert.match(await verified(UNIT, DROP_IN.replace("ExecStart=\n", "")), /more than one ExecStart/);
  },
});

Deno.test({
  name: "the unit is as confined as the documentation says it is, and systemd can make its user",
  ignore,
  async fn(): Promise<void> {
    const { code, stdout } = await systemd("systemd-analyze", [
      "security",
      "--offline=true",
      "--no-pager",
      `--threshold=${EXPOSURE_MAX}`,
      `${ROOT}/packaging/systemd/cq.service`,
    ]);
    assert.equal(code, 0, stdout);
    const made = await systemd("systemd-sysusers", ["--dry-run", `${ROOT}/packaging/systemd/sysusers.conf`]);
    assert.equal(made.code, 0, made.stderr);
  },
});

Deno.test("without compiling, the drop-in's command starts a server that ends when it is told to", async () => {
  const [, command] = /^ExecStart=(\S[^]*)/m.exec(DROP_IN.replaceAll(/\\\n\s*/g, "")) ?? [];
  const [program, ...args] = command!.trim().split(" ");
  assert.equal(program, "/usr/local/bin/deno");
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await using server = await startServer({ databasePath, cwd: ROOT, command: [Deno.execPath(), ...args] });
  assert.equal((await stopServer(server)).code, 0, server.output());
});

Deno.test("the unit's environment starts a server with its database where the unit may write", async () => {
  const lines = (await readSource("packaging/systemd/cq.env")).split("\n");
  const pairs = lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => line.split("="));
  const config = await configOf(Object.fromEntries(pairs));
  assert.equal(config.host, "127.0.0.1");
  const state = /^StateDirectory=(\S+)$/m.exec(UNIT)?.[1];
  assert.ok(config.database.engine === "sqlite");
  assert.equal(config.database.path, `/var/lib/${state}/cq.db`);
  assert.ok(Number(/^TimeoutStopSec=(\d+)$/m.exec(UNIT)?.[1]) * 1000 > DRAIN_MS);
});
