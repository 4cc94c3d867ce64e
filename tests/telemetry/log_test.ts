import { deepEqual, equal, ok } from "node:assert/strict";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { ignoredBecause } from "../fixtures/ignoring.ts";
import { serverCommand, startServer, stopServer } from "../fixtures/server_process.ts";
import { smallDisk, WITHOUT_MOUNTS } from "../fixtures/small_disk.ts";
import { ROOT } from "../fixtures/source_tree.ts";

const SERVED = { success: true, code: 0, signal: null };
const WITHOUT_FULL_DEVICE = Deno.build.os === "linux" ? undefined : "there is no /dev/full";
const OUTAGE = [
  Deno.execPath(),
  "run",
  "--frozen",
  "--no-check",
  "-A",
  `${ROOT}/tests/telemetry/log_outage.ts`,
];

Deno.test({
  name: "a server whose log takes no line starts, answers and ends in order",
  ignore: ignoredBecause(WITHOUT_FULL_DEVICE),
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    await using server = await startServer({
      databasePath: directory.file("cq.db"),
      command: ["sh", "-c", 'exec "$@" > /dev/full', "sh", ...serverCommand()],
    });
    for (let count = 0; count < 20; count++) {
      const answer = await fetch(`${server.url}/api/v1/knowledge/stats`);
      await answer.body?.cancel();
      equal(answer.status, 200);
    }
    deepEqual(await stopServer(server), SERVED);
    equal(server.errors(), "");
  },
});

Deno.test({
  name: "when the disk of the log is full lines are dropped, and once there is room they are whole again",
  ignore: ignoredBecause(WITHOUT_MOUNTS ? "no disk can be mounted, so no log fills one" : undefined),
  async fn(): Promise<void> {
    await using disk = await smallDisk({ mebibytes: 1 });
    const { success } = await new Deno.Command("sh", {
      args: ["-c", 'cd "$1"; shift; exec "$@" > log', "sh", disk.path, ...OUTAGE],
      stderr: "inherit",
    }).output();
    ok(success);
    const lines = (await Deno.readTextFile(`${disk.path}/log`)).split("\n");
    deepEqual(lines.map(toldBy).filter((when) => when !== undefined), ["before", "after"]);
    ok(lines.some((line) => line.includes('"during"')), "no line was cut by the end of the disk");
  },
});

/** What a line is about; undefined for one that is not whole. */
function toldBy(line: string): string | undefined {
  try {
    return JSON.parse(line).when;
  } catch {
    return undefined;
  }
}
