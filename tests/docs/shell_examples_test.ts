import { deepEqual, equal, ok } from "node:assert/strict";
import { dirname } from "node:path";
import { IS_CI, pythonEnvironment } from "../clients/python_environment.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { ignoredBecause } from "../fixtures/ignoring.ts";
import { freePort } from "../fixtures/server_process.ts";
import { filesIn, readSource, ROOT } from "../fixtures/source_tree.ts";
import { within } from "../fixtures/waiting.ts";
import { isAsExpected, sessionOf, type ShellExample, shellExamples, terminalsOf } from "./shell_examples.ts";

/** Pages whose examples run, and why some of them do not. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  "README.md": ["it runs this test"],
  "docs/quick-start.md": [],
};
const PROGRAMS = ["bash", "curl", "grep", "npx", "openssl", "python3", "sed"];
const WRITTEN_ADDRESS = "http://127.0.0.1:3000";
/** What is made in a checkout, and not part of it. */
const MADE = /^(?:coverage|data|dist)\//;
const EXAMPLES_MS = 180_000;

const environment = await pythonEnvironment("cq_sdk_requirements.txt");
const missing = (await Promise.all(PROGRAMS.map(async (name) => await isInstalled(name) ? [] : [name])))
  .flat();
if (IS_CI) deepEqual(missing, []);
const ignore = ignoredBecause(
  "reason" in environment
    ? `shell examples, ${environment.reason}`
    : missing.length > 0
    ? `shell examples: ${missing} not installed`
    : undefined,
);

async function isInstalled(program: string): Promise<boolean> {
  return await output("sh", ["-c", `command -v ${program}`]).then(() => true, () => false);
}

async function output(command: string, args: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, { args: [...args] }).output();
  if (!success) throw new Error(`${command} failed: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout).trim();
}

/**
 * A copy of the checkout, as after a clone. Always in the same place: the runtime keeps what it compiled by its path, and would keep that
 * of each new place for ever.
 */
async function copyOfCheckout(): Promise<string> {
  const copy = `${ROOT}/.cache/checkout`;
  await Deno.remove(copy, { recursive: true }).catch(() => {});
  for (const path of await filesIn(".", "")) {
    if (MADE.test(path)) continue;
    await Deno.mkdir(dirname(`${copy}/${path}`), { recursive: true });
    await Deno.copyFile(`${ROOT}/${path}`, `${copy}/${path}`);
  }
  return copy;
}

async function settings(port: number, home: string): Promise<Record<string, string>> {
  if ("reason" in environment) throw new Error(environment.reason);
  const { denoDir } = JSON.parse(await output(Deno.execPath(), ["info", "--json"]));
  // Whatever is set for tests or for another server is not there in a terminal of somebody new.
  const inherited = Object.entries(Deno.env.toObject()).filter(([name]) => !name.startsWith("CQ_"));
  return {
    ...Object.fromEntries(inherited),
    CQ_PORT: String(port),
    DENO_DIR: denoDir,
    // What the client remembers of addresses stays here.
    XDG_CACHE_HOME: `${home}/cache`,
    XDG_DATA_HOME: `${home}/data`,
    // Finds the client that other tests have installed, so that `pip install` has nothing to fetch.
    PYTHONPATH: await output(environment.python, [
      "-c",
      "import sysconfig; print(sysconfig.get_path('purelib'))",
    ]),
  };
}

for (const [page, reasons] of Object.entries(PAGES)) {
  Deno.test(
    `the shell examples of ${page} run as they stand, and print what it says`,
    { ignore },
    async () => {
      const examples = shellExamples(await readSource(page));
      deepEqual(examples.flatMap(({ reason }) => reason ?? []), reasons);
      await using directory = await temporaryDirectory();
      await Deno.mkdir(`${ROOT}/.cache`, { recursive: true });
      // Another test run in the same checkout waits for this one.
      using lock = await Deno.open(`${ROOT}/.cache/checkout.lock`, { create: true, write: true });
      await lock.lock(true);
      const port = freePort();
      const here = `http://127.0.0.1:${port}`;
      const options = { address: { written: WRITTEN_ADDRESS, here }, outputs: directory.path };
      const files = await Promise.all(
        terminalsOf(examples, options).map(async (script, index) => {
          const file = directory.file(`terminal-${index}.sh`);
          await Deno.writeTextFile(file, script);
          return file;
        }),
      );
      const process = new Deno.Command("bash", {
        args: ["-c", sessionOf(files, { address: here })],
        cwd: await copyOfCheckout(),
        env: await settings(port, directory.path),
        clearEnv: true,
        stdin: "null",
      }).spawn();
      const { success } = await within(process.status, `the examples of ${page}`, EXAMPLES_MS);
      ok(success, `${page} line ${await told(examples, directory.path)}`);
      for (const { line, expected } of examples) {
        if (expected === undefined) continue;
        const printed = await Deno.readTextFile(directory.file(`${line}.out`));
        ok(isAsExpected(printed, expected), `${page} line ${line} printed ${printed}`);
      }
    },
  );
}

/** What the examples printed, from the one that failed upwards. */
async function told(examples: readonly ShellExample[], outputs: string): Promise<string> {
  const texts = await Promise.all(
    examples.toReversed().map(async ({ line }) => {
      const parts = await Promise.all(
        ["out", "err"].map((name) => Deno.readTextFile(`${outputs}/${line}.${name}`).catch(() => "")),
      );
      return `${line}: ${parts.join("").trim()}`;
    }),
  );
  return texts.filter((text) => !text.endsWith(": ")).join("\n");
}

Deno.test("every shell block of a page that runs its examples is one of them", async () => {
  for (const page of Object.keys(PAGES)) {
    const text = await readSource(page);
    equal(
      shellExamples(text).length,
      [...text.matchAll(/^[ >]*```(?:sh|bash|shell|console)/gm)].length,
      page,
    );
  }
});

Deno.test("an example is read with its line, its mark and what it prints", () => {
  const page =
    "# A\n\n<!-- not run: no engine -->\n\n```sh\ndocker run\n```\n\n<!-- in the background -->\n\n" +
    "```sh\nserve\n```\n\nText.\n\n```sh\nask\n```\n\n```text\nid …\n```\n";
  deepEqual(shellExamples(page), [
    { line: 6, code: "docker run", mode: "not run", reason: "no engine", expected: undefined },
    { line: 12, code: "serve", mode: "background", reason: undefined, expected: undefined },
    { line: 18, code: "ask", mode: "run", reason: undefined, expected: "id …" },
  ]);
  equal(isAsExpected("id 7.\n", "id …."), true);
  equal(isAsExpected("no id 7.\n", "id …."), false);
});
