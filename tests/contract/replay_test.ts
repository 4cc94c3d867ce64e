import { equal, match } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { ignoredBecause, isFile } from "../fixtures/ignoring.ts";
import { serverCommand } from "../fixtures/server_process.ts";

// The recorder's own replayer, where it lies beside the checkout: a second opinion on the same cases.
const replayer = fileURLToPath(new URL("../../../shared/contract/replay.py", import.meta.url));

const ignore = ignoredBecause(
  isFile(replayer)
    ? undefined
    : "the recorder's replayer is not beside the checkout (../shared/contract/replay.py)",
);

// "login" takes for granted that some of its logins fall into one second; our own runner waits for the start of one.
const FILTER = "^(?!login$)";

Deno.test("the recorder's replayer passes every case it can be sure of", { ignore }, async () => {
  // It hides every variable of ours from the server, so the command itself must set the switch.
  const command = ["env", "CQ_COMPAT=strict", ...serverCommand()].map((word) => `'${word}'`).join(" ");
  const { code, stdout, stderr } = await new Deno.Command("python3", {
    args: [replayer, "--server-cmd", command, "--filter", FILTER, "-j", "2"],
    stdin: "null",
  }).output();
  const printed = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  match(printed, /^[1-9]\d* passed, 0 failed$/m);
  equal(code, 0, printed);
});
