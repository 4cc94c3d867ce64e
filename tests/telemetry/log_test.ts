import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type TemporaryDirectory, temporaryDirectory } from "../fixtures/directory.ts";
import { ignoredBecause } from "../fixtures/ignoring.ts";
import { serverCommand, type ServerProcess, startServer, stopServer } from "../fixtures/server_process.ts";
import { smallDisk, WITHOUT_MOUNTS } from "../fixtures/small_disk.ts";
import { ROOT } from "../fixtures/source_tree.ts";
import { within } from "../fixtures/waiting.ts";

const SERVED = { success: true, code: 0, signal: null };
const WITHOUT_FULL_DEVICE = Deno.build.os === "linux" ? undefined : "there is no /dev/full";
const WITHOUT_PIPES = Deno.build.os === "windows" ? "there is no mkfifo" : undefined;

function command(script: string, ...args: string[]): string[] {
  const path = `${ROOT}/tests/telemetry/${script}`;
  return [Deno.execPath(), "run", "--frozen", "--no-check", "-A", path, ...args];
}

interface Line {
  readonly message: string;
  readonly [property: string]: unknown;
}

function linesOf(text: string): Line[] {
  return text.trimEnd().split("\n").map((line) => JSON.parse(line));
}

/** Asks a server for something, as often as is told; each time must be answered. */
async function ask(url: string, { times }: { times: number }): Promise<void> {
  for (let count = 0; count < times; count++) {
    const answer = await within(fetch(`${url}/api/v1/knowledge/stats`), "an answer");
    await answer.body?.cancel();
    equal(answer.status, 200);
  }
}

Deno.test({
  name: "a server whose log takes no line starts, answers and ends in order",
  ignore: ignoredBecause(WITHOUT_FULL_DEVICE),
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    await using server = await startServer({
      databasePath: directory.file("cq.db"),
      command: ["sh", "-c", 'exec "$@" > /dev/full', "sh", ...serverCommand()],
      env: { CQ_METRICS: "open" },
    });
    await ask(server.url, { times: 20 });
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    ok(Number(/cq_log_lines_dropped_total\{reason="write_failed"\} (\d+)/.exec(metrics)![1]) > 0);
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
      args: ["-c", 'cd "$1"; shift; exec "$@" > log', "sh", disk.path, ...command("log_outage.ts")],
      stderr: "inherit",
    }).output();
    ok(success);
    const lines = (await Deno.readTextFile(`${disk.path}/log`)).split("\n");
    deepEqual(lines.map(toldBy).filter((when) => when !== undefined), ["before", "after"]);
    ok(lines.some((line) => line.includes('"during"')), "no line was cut by the end of the disk");
    const notice: Line = JSON.parse(lines.at(-3)!);
    deepEqual([notice.message, notice["lines"]], ["lines of the log were dropped", 1]);
  },
});

/** A pipe with a name, and a server that logs into it. */
async function serverIntoPipe(directory: TemporaryDirectory): Promise<[ServerProcess, Deno.FsFile]> {
  const pipe = directory.file("pipe");
  await new Deno.Command("mkfifo", { args: [pipe] }).output();
  // Each end waits for the other one to be opened.
  return await Promise.all([
    startServer({
      databasePath: directory.file("cq.db"),
      command: ["sh", "-c", 'exec "$0" "$@" > "$PIPE"', ...serverCommand()],
      env: { PIPE: pipe },
    }),
    Deno.open(pipe),
  ]);
}

Deno.test({
  name: "a log that nobody reads holds no server up, and when it is read again every line is there, in order",
  ignore: ignoredBecause(WITHOUT_PIPES),
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    const [server, pipe] = await serverIntoPipe(directory);
    await using _server = server;
    // Several times what a pipe holds.
    await ask(server.url, { times: 1_500 });
    const reading = new Response(pipe.readable).text();
    deepEqual(await stopServer(server), SERVED);
    const lines = linesOf(await reading);
    const ids = lines.filter(({ message }) => message === "request").map(({ requestId }) =>
      String(requestId)
    );
    ok(ids.length >= 1_500);
    const numbers = ids.map((id) => parseInt(id.split("-")[1]!, 36));
    deepEqual(numbers, numbers.toSorted((one, other) => one - other));
    equal(lines.at(-1)!.message, "stopped");
  },
});

Deno.test({
  name: "a server ends in order although nobody reads its log",
  ignore: ignoredBecause(WITHOUT_PIPES),
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    const [server, pipe] = await serverIntoPipe(directory);
    await using _server = server;
    using _pipe = pipe;
    await ask(server.url, { times: 1_000 });
    deepEqual(await stopServer(server), SERVED);
    equal(server.errors(), "");
  },
});

Deno.test("lines that find no room while nobody reads are dropped, and how many is told in their place", async () => {
  const [executable, ...args] = command("log_stall.ts");
  const child = new Deno.Command(executable!, { args, stdin: "piped", stdout: "piped", stderr: "piped" })
    .spawn();
  const errors = child.stderr.getReader();
  equal(new TextDecoder().decode((await errors.read()).value), "all told");
  const reading = new Response(child.stdout).text();
  await new Response("x").body!.pipeTo(child.stdin);
  const lines = linesOf(await reading);
  const at = lines.findIndex(({ message }) => message === "lines of the log were dropped");
  const dropped = lines[at]!["lines"] as number;
  ok(dropped > 0);
  const numbers = lines.toSpliced(at, 1).map(({ line }) => line);
  deepEqual(numbers, [...Array.from({ length: at }, (_, line) => line), 3_500]);
  equal(at + dropped, 3_500);
  equal(lines.at(-1)!["dropped"], dropped);
  equal((await child.status).code, 0);
  await errors.cancel();
});

async function crash(way: string): Promise<{ code: number; lines: unknown[]; stderr: string }> {
  const [executable, ...args] = command("log_crash.ts", way);
  const { code, stdout, stderr } = await new Deno.Command(executable!, { args }).output();
  const lines = linesOf(new TextDecoder().decode(stdout)).map(({ line }) => line);
  return { code, lines, stderr: new TextDecoder().decode(stderr) };
}

const ALL_LINES = Array.from({ length: 1_000 }, (_, line) => line);

for (const way of ["throw", "rejection", "twice", "end"]) {
  Deno.test(`an error that nobody catches ends a process as ever, after the lines that led to it: ${way}`, async () => {
    const { code, lines, stderr } = await crash(way);
    equal(code, 1);
    match(stderr, /Uncaught .*nobody catches this/);
    deepEqual(lines, ALL_LINES);
  });
}

Deno.test("the error that the driver of Postgres throws when a connection is lost ends no process that logs", async () => {
  const { code, lines, stderr } = await crash("driver");
  deepEqual([code, stderr], [0, ""]);
  deepEqual(lines, ALL_LINES);
});

/** What a line is about; undefined for one that is not whole. */
function toldBy(line: string): string | undefined {
  try {
    return JSON.parse(line).when;
  } catch {
    return undefined;
  }
}
