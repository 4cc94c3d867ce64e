// What `deno task test` runs: every check and every test, and as its last line how many passed, failed and were skipped.
// Arguments go to `deno test`: `deno task test --filter=migration tests/migrate`.
import { setPriority } from "node:os";
import { startEmbeddedPostgres, type TestPostgres } from "./fixtures/embedded_postgres.ts";

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** What to show once more at the end, where it is not lost among everything else: what failed, and why. */
  failures: string[];
}

const CHECKS = [["fmt", "--check"], ["lint"], ["check"]];
const TEST = ["test", "-A", "--frozen", "--no-check", "--sanitize-ops", "--sanitize-resources"];
/** What runs one test after the other, each line beside the other: processes that race or are killed, and what talks to servers. */
const LINES = [
  { paths: ["tests/processes"], niceness: 10 },
  { paths: ["tests/clients", "tests/packaging", "tests/security"], niceness: 10 },
  // The browser gives its pages little of the processors, and people's patience with a page ends where theirs does not.
  { paths: ["tests/ui"], niceness: 0 },
];

/** One more than there are processors: a test that waits for Postgres, for a process or for a file leaves its own unused. */
const PARALLEL = { env: { DENO_JOBS: String(navigator.hardwareConcurrency + 1) } };

const FAILURE_CHARACTERS = 2_000;
const POSTGRES_URL = "CQ_TEST_POSTGRES_URL";

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

interface RunOptions {
  readonly niceness?: number;
  readonly env?: Readonly<Record<string, string>>;
}

async function deno(args: readonly string[], { niceness = 0, env = {} }: RunOptions = {}): Promise<boolean> {
  say(`\n$ deno ${args.join(" ")}`);
  const process = new Deno.Command(Deno.execPath(), { args: [...args], env, stdin: "null" }).spawn();
  if (niceness > 0) setPriority(process.pid, niceness);
  return (await process.status).success;
}

/** Starts a Postgres for the tests, unless they are told of one; without any, those that need it are skipped. */
async function startPostgres(): Promise<TestPostgres | undefined> {
  if (Deno.env.get(POSTGRES_URL) !== undefined) return undefined;
  try {
    const postgres = await startEmbeddedPostgres();
    Deno.env.set(POSTGRES_URL, postgres.url);
    return postgres;
  } catch (error) {
    say(`No Postgres: every test that needs one is SKIPPED. ${(error as Error).message}`);
    return undefined;
  }
}

async function check(args: readonly string[]): Promise<Tally> {
  const success = await deno(args);
  const failures = success ? [] : [`deno ${args.join(" ")}`];
  return { passed: Number(success), failed: failures.length, skipped: 0, failures };
}

async function test(args: readonly string[], options: RunOptions = {}): Promise<Tally> {
  const report = await Deno.makeTempFile({ suffix: ".xml" });
  const success = await deno([...TEST, `--junit-path=${report}`, ...args], options);
  const tally = await count(report);
  await Deno.remove(report);
  // A module that cannot be loaded fails the run without a test case of its own.
  return success || tally.failed > 0
    ? tally
    : { ...tally, failed: 1, failures: [`deno test ${args.join(" ")}`] };
}

async function count(report: string): Promise<Tally> {
  const xml = await Deno.readTextFile(report);
  const occurrences = (pattern: RegExp): number => [...xml.matchAll(pattern)].length;
  const skipped = occurrences(/<skipped[\s/>]/g);
  const failures = [
    ...xml.matchAll(/<testcase ([^>]*)>\s*<(?:failure|error)[\s>](.*?)<\/(?:failure|error)>/gs),
  ]
    .map(([, testCase, why]) => `${testCase}\n${why}`.slice(0, FAILURE_CHARACTERS));
  const failed = occurrences(/<(?:failure|error)[\s>]/g);
  return { passed: occurrences(/<testcase[\s>]/g) - failed - skipped, failed, skipped, failures };
}

async function main(): Promise<boolean> {
  const tallies: Tally[] = [];
  await using _postgres = await startPostgres();
  if (Deno.args.length > 0) {
    tallies.push(await test(Deno.args));
  } else {
    for (const args of CHECKS) tallies.push(await check(args));
    tallies.push(
      await test(
        ["--parallel", `--ignore=${LINES.flatMap(({ paths }) => paths).join(",")}`, "tests"],
        PARALLEL,
      ),
    );
    tallies.push(...await Promise.all(LINES.map((line) => test(line.paths, line))));
  }
  for (const failure of tallies.flatMap((tally) => tally.failures)) say(`\nFAILED ${failure}`);
  const sum = (name: "passed" | "failed" | "skipped"): number =>
    tallies.reduce((total, tally) => total + tally[name], 0);
  say(`\n${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
  return sum("failed") === 0;
}

Deno.exit(await main() ? 0 : 1);
