import { temporaryDirectory } from "../fixtures/directory.ts";
import { type ServerHere, startServerHere } from "../fixtures/server_here.ts";
import {
  type ServerProcess,
  spawnServer,
  startServer,
  stopServer,
  untilHealthy,
} from "../fixtures/server_process.ts";
import { delay, within } from "../fixtures/waiting.ts";
import type { RecordedCase, Setup } from "./case_file.ts";
import type { CaseDatabase, CaseEngine } from "./engine.ts";
import { SQLITE } from "./engine_sqlite.ts";
import type { JsonValue } from "./exact_json.ts";
import { runStep, type Stage } from "./steps.ts";
import { expand, type Scope } from "./templates.ts";

// What the cases were recorded with; the keys of the sample databases are hashed with this pepper.
const RECORDED_JWT_SECRET = "replay-jwt-secret-0123456789-abcdefghij";
export const RECORDED_PEPPER = "replay-pepper-0123456789";

type Spawn = () => ServerProcess;
type Start = () => Promise<CaseServer>;

/** A server that runs a case. */
interface CaseServer extends ServerHere {
  /** Ends it as an operator would. */
  stop(): PromiseLike<unknown>;
  /** Everything it printed so far. */
  output(): string;
}

interface CaseOptions {
  readonly engine?: CaseEngine;
  /** Where the server runs: in a process of its own, which is the real thing, or in this one, which costs a fraction. */
  readonly place?: "process" | "here";
  /** What the server is told to be compatible with; cases may tell otherwise. */
  readonly compatibility?: "strict" | "default";
}

/** Runs a case on an engine, in a directory of its own; returns everything that went otherwise than recorded. */
export async function runCase(
  recorded: RecordedCase,
  { engine = SQLITE, place = "process", compatibility = "strict" }: CaseOptions = {},
): Promise<string[]> {
  if (JSON.stringify(recorded).includes("${date")) await untilWellWithinDay();
  const scope = scopeOf(recorded.setup);
  // Tokens are made when they are used.
  const { tokens: _, ...untimed } = recorded.setup;
  const setup = expand(untimed as unknown as JsonValue, scope) as unknown as Setup;
  await using directory = await temporaryDirectory();
  await using database = await engine.prepare({ directory: directory.path, setup, pepper: scope.pepper });
  const env = {
    ...database.env,
    CQ_COMPAT: compatibility,
    ...environmentOf(setup, { "{dir}": directory.path, "{db}": database.place }),
  };
  const options = { databasePath: database.place, env };
  if (recorded.start !== undefined) {
    return await refusalProblems(() => spawnServer(options), database, recorded.start.db_unchanged === true);
  }
  const start = place === "here" ? () => startHere(options) : () => startProcess(options);
  return await runSteps(recorded, { scope, start, rows: (query) => database.rows(query) });
}

function scopeOf({ env = {}, tokens = {} }: Setup): Scope {
  return {
    now_ms: Date.now(),
    jwtSecret: env["CQ_JWT_SECRET"] || RECORDED_JWT_SECRET,
    pepper: env["CQ_API_KEY_PEPPER"] || RECORDED_PEPPER,
    tokens,
    captured: new Map(),
  };
}

function environmentOf(
  { env = {} }: Setup,
  places: Readonly<Record<string, string>>,
): Record<string, string | undefined> {
  const given = Object.entries(env).map(([name, value]) =>
    [name, value?.replaceAll(/\{\w+\}/g, (place) => places[place] ?? place)] as const
  );
  return {
    CQ_JWT_SECRET: RECORDED_JWT_SECRET,
    CQ_API_KEY_PEPPER: RECORDED_PEPPER,
    ...Object.fromEntries(given),
  };
}

async function startProcess(options: Parameters<typeof startServer>[0]): Promise<CaseServer> {
  const server = await startServer(options);
  return { ...server, stop: () => stopServer(server) };
}

async function startHere(options: Parameters<typeof startServerHere>[0]): Promise<CaseServer> {
  const server = await startServerHere(options);
  return { ...server, stop: () => server[Symbol.asyncDispose](), output: () => "(it ran in this process)" };
}

async function refusalProblems(start: Spawn, database: CaseDatabase, mustKeep: boolean): Promise<string[]> {
  const before = await database.fingerprint();
  await using server = start();
  const isAnswering = await untilHealthy(server).then(() => true, () => false);
  if (isAnswering) return ["start: expected a refusal, but the server answers"];
  const { code } = await within(server.status, "the refused server to end");
  return [
    ...(code === 0 ? ["start: expected a refusal, but the exit status is 0"] : []),
    ...(mustKeep && await database.fingerprint() !== before ? ["start: the database was changed"] : []),
  ];
}

async function runSteps(
  { steps }: RecordedCase,
  { scope, start, rows }: Pick<Stage, "scope" | "rows"> & { start: Start },
): Promise<string[]> {
  let server = await start();
  const stage: Stage = {
    scope,
    rows,
    url: () => server.url,
    async restart(): Promise<void> {
      await server.stop();
      server = await start();
    },
  };
  try {
    if (expectsEqualTokens(steps)) await untilNextSecond();
    const problems: string[] = [];
    for (const step of steps) {
      for (const problem of await runStep(step, stage)) problems.push(`${step.name}: ${problem}`);
    }
    return problems.length === 0 ? [] : [...problems, `the server printed:\n${server.output()}`];
  } finally {
    await server[Symbol.asyncDispose]();
  }
}

/** A case about calendar days must not run across midnight UTC, nor right after it. */
async function untilWellWithinDay(): Promise<void> {
  const margin_s = 60;
  const elapsed_s = Date.now() / 1000 % 86_400;
  if (elapsed_s < margin_s) await delay((margin_s - elapsed_s) * 1000);
  if (elapsed_s > 86_400 - margin_s) await delay((86_400 - elapsed_s + margin_s) * 1000);
}

/** Whether a case takes for granted that logins one after the other give the same token: they do within one second. */
function expectsEqualTokens(steps: RecordedCase["steps"]): boolean {
  return JSON.stringify(steps).includes('"token":"${');
}

async function untilNextSecond(): Promise<void> {
  await delay(1000 - Date.now() % 1000);
}
