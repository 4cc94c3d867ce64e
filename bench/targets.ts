import type { Content } from "./content.ts";
import { copyDatabase, databaseFile } from "./database_file.ts";
import type { Target } from "./measure.ts";
import { untilIdle, usageOf } from "./processes.ts";
import { type Rounds, type Row, rowOf, type TargetName } from "./rows.ts";
import type { Scenario } from "./scenarios.ts";
import { type RunningServer, type Start, startBareServer, startOther, startServer } from "./server.ts";
import { type Subject, subjectIn } from "./subject.ts";

/** A server that is running already, or the command that starts one. */
export type Other = { readonly port: number; readonly pid?: number } | { readonly command: string };

interface Setting {
  readonly rounds: number;
  /** Where databases are kept; undefined where they are made anew. */
  readonly cache: string | undefined;
  readonly other: Other | undefined;
  readonly progress: (text: string) => void;
}

/** The servers that are measured, each on a copy of one database; disposing of it ends them and removes the copies. */
export interface Targets extends AsyncDisposable {
  readonly targets: readonly Target[];
  readonly subject: Subject;
  /** How they started. */
  readonly rows: readonly Row[];
}

const REST_MAX_MS = 30_000;
const ASKED_AT_ONCE = 32;

/** Starts them. */
export async function startTargets(content: Content, setting: Setting): Promise<Targets> {
  await using resources = new AsyncDisposableStack();
  const { cache, other, progress } = setting;
  if (cache !== undefined) await Deno.mkdir(cache, { recursive: true });
  const directory = await Deno.makeTempDir({
    prefix: "cq-bench-",
    ...(cache === undefined ? {} : { dir: cache }),
  });
  resources.defer(() => Deno.remove(directory, { recursive: true }));
  const original = await databaseFile(cache ?? directory, content, progress);
  const copy = async (name: TargetName): Promise<{ database: string; pepper: string }> => {
    const database = `${directory}/${name}.db`;
    await copyDatabase(original, database);
    return { database, pepper: content.pepper };
  };
  const targets: Target[] = [];
  const starts: Partial<Record<TargetName, Start[]>> = {};
  const add = async (name: "ours" | "other", start: () => Promise<Started>): Promise<void> => {
    const { server, found } = await startRepeatedly(
      start,
      setting.rounds,
      (text) => progress(`${name}, ${text}`),
    );
    resources.use(server);
    starts[name] = found;
    targets.push({ name, port: server.port, pid: server.pid });
  };
  const ours = await copy("ours");
  const subject = await subjectIn(ours.database, content);
  await add("ours", () => startServer(ours.database, ours.pepper));
  if (other !== undefined && "command" in other) {
    const theirs = await copy("other");
    await add("other", () => startOther(other.command, theirs));
  } else if (other !== undefined) {
    targets.push({ name: "other", ...other });
  }
  const running = resources.move();
  return {
    targets,
    subject,
    rows: startRows(starts),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

type Started = RunningServer & { readonly start: Start };

/** Starts a server on a database of the original, and then again and again on what became of it; the last one goes on running. */
async function startRepeatedly(
  start: () => Promise<Started>,
  rounds: number,
  progress: (text: string) => void,
): Promise<{ server: RunningServer; found: Start[] }> {
  const found: Start[] = [];
  for (;;) {
    progress(`start ${found.length + 1} of ${rounds + 1}`);
    const server = await start();
    found.push(server.start);
    if (found.length > rounds) return { server, found };
    await untilIdle(server.pid, REST_MAX_MS);
    await server[Symbol.asyncDispose]();
  }
}

function startRows(starts: Readonly<Partial<Record<TargetName, readonly Start[]>>>): Row[] {
  const rounds = (from: number, to: number, field: keyof Start): Rounds =>
    Object.fromEntries(
      Object.entries(starts).map(([target, list]) => [
        target,
        list.slice(from, to).map((start) => start[field]),
      ]),
    );
  const metrics = [
    ["first healthy answer, ms", "healthy_ms"],
    ["first statistics, ms", "statistics_ms"],
    ["longest health check between the two, ms", "longestCheck_ms"],
  ] as const;
  const rows = (name: string, from: number, to: number): Row[] =>
    metrics.map(([metric, field]) => rowOf({ name, metric, better: "less" }, rounds(from, to, field)));
  return [...rows("start on the original's database", 0, 1), ...rows("start", 1, Infinity)];
}

/** The bare handler with what our server answers to the scenarios it can be compared by; undefined where there is none. */
export async function startBare(
  { port }: Target,
  scenarios: readonly Scenario[],
): Promise<RunningServer | undefined> {
  const paths = [...new Set(scenarios.flatMap(({ paths = [] }) => paths))];
  if (paths.length === 0) return undefined;
  const bodies: Record<string, string> = {};
  const ask = async (): Promise<void> => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
      bodies[path] = await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
    }
  };
  await Promise.all(Array.from({ length: ASKED_AT_ONCE }, ask));
  return await startBareServer(bodies);
}

/** What the targets whose processes are known hold in memory, once they are at rest. */
export async function memoryRows(when: string, targets: readonly Target[]): Promise<Row[]> {
  const resident: Record<string, number[]> = {}, peak: Record<string, number[]> = {};
  for (const { name, pid } of targets) {
    if (pid === undefined) continue;
    await untilIdle(pid, REST_MAX_MS);
    const usage = usageOf(pid);
    resident[name] = [usage.resident_MiB];
    peak[name] = [usage.peak_MiB];
  }
  return [
    rowOf({ name: `memory ${when}`, metric: "resident, MiB", better: "less" }, resident),
    rowOf({ name: `memory ${when}`, metric: "greatest so far, MiB", better: "less" }, peak),
  ];
}
