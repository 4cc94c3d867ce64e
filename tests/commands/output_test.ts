import { deepEqual, equal, match } from "node:assert/strict";
import { cq } from "../fixtures/command_line.ts";
import { type TemporaryDirectory, temporaryDirectory } from "../fixtures/directory.ts";
import { ignoredBecause } from "../fixtures/ignoring.ts";
import { ROOT } from "../fixtures/source_tree.ts";

const WITHOUT_FULL_DEVICE = Deno.build.os === "linux" ? undefined : "there is no /dev/full";
const UNWRITABLE = /^error: standard output cannot be written to: No space left[^\n]*\n$/;

/** A migrated copy of the original's database with 40 units. */
async function adopted(directory: TemporaryDirectory): Promise<string> {
  const databasePath = directory.file("cq.db");
  await Deno.copyFile(`${ROOT}/tests/contract/databases/upstream-0001-small.db`, databasePath);
  equal((await cq(["migrate"], { databasePath })).code, 0);
  return databasePath;
}

Deno.test("a command whose output nobody reads to its end stops without a word, and its exit code tells", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = await adopted(directory);
  // The reader has left before the command writes.
  const shell = '"$@" | true; exit ${PIPESTATUS[0]}';
  for (const args of [["export"], ["export", "-"], ["user", "list"], ["--help"]]) {
    deepEqual(await cq(args, { databasePath, shell }), { code: 141, stdout: "", stderr: "" }, args.join(" "));
  }
});

Deno.test({
  name: "a command whose output cannot be written says so in one line",
  ignore: ignoredBecause(WITHOUT_FULL_DEVICE),
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    const databasePath = await adopted(directory);
    for (const args of [["export"], ["user", "list"], ["status", "--json"], ["--help"]]) {
      const { code, stderr } = await cq(args, { databasePath, shell: '"$@" > /dev/full' });
      equal(code, 4, args.join(" "));
      match(stderr, UNWRITABLE);
    }
  },
});

Deno.test({
  name: "an error that cannot be told is told by the exit code",
  ignore: ignoredBecause(WITHOUT_FULL_DEVICE),
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    const databasePath = directory.file("missing.db");
    equal((await cq(["status"], { databasePath, shell: '"$@" 2> /dev/full' })).code, 3);
    equal((await cq(["no-such-command"], { databasePath, shell: '"$@" 2> /dev/full' })).code, 2);
  },
});

Deno.test("what the system refuses is told in one line without a stack", async () => {
  await using directory = await temporaryDirectory();
  await Deno.writeTextFile(directory.file(".cq"), "a file where a folder is meant");
  const { code, stderr } = await cq(["dev-setup"], { shell: `cd ${directory.path} && "$@"` });
  equal(code, 4, stderr);
  match(stderr, /^error: [^\n]*\n$/);
});
