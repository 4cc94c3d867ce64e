import { fileURLToPath } from "node:url";
import configuration from "../deno.json" with { type: "json" };
import { RATE_MAX } from "../src/limits.ts";
import { family } from "./processes.ts";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
const BARE_SERVER = fileURLToPath(new URL("bare_server.ts", import.meta.url));
/** Adopting a million units of the original takes a minute or two. */
const START_MAX_MS = 900_000;
const POLL_MS = 2;
const END_MAX_MS = 30_000;

/** What login tokens are signed with: a server that is compared must know it. */
export const JWT_SECRET = "bench-jwt-secret-0123456789-0123456789";

const HEALTH = "/api/v1/health";
/** What a server can only answer when it has read every unit, or keeps counts of them. */
const STATISTICS = "/api/v1/knowledge/stats";

/** A server in a process of its own. */
export interface RunningServer extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
}

/** How a server started, in milliseconds from the start of its process. */
export interface Start {
  /** To the first healthy answer. */
  readonly healthy_ms: number;
  /** To the first statistics: our server gives none before all units are loaded. */
  readonly statistics_ms: number;
  /** The longest that one health check took between the two. */
  readonly longestCheck_ms: number;
}

/** Starts `main.ts` on a SQLite file, or on a Postgres URL, and waits until it can answer everything. */
export function startServer(database: string, pepper: string): Promise<RunningServer & { start: Start }> {
  return startUp({
    program: "env",
    args: startCommand(),
    database,
    pepper,
    port: freePort(),
  });
}

/** The command of the task `start`, variables before it included: what is measured is the server as it is run. */
function startCommand(): string[] {
  const places: Readonly<Record<string, string>> = { "deno": Deno.execPath(), "main.ts": MAIN };
  return configuration.tasks.start.split(" ").map((word) => places[word] ?? word);
}

/** Starts another server on a SQLite file by a command line in which `{database}` and `{port}` are replaced. */
export function startOther(
  command: string,
  { database, pepper }: { database: string; pepper: string },
): Promise<RunningServer & { start: Start }> {
  const port = freePort();
  const line = command.replaceAll("{database}", database).replaceAll("{port}", String(port));
  return startUp({ program: "sh", args: ["-c", line], database, pepper, port });
}

/** Starts a server that does nothing but return these bodies, each at its path. */
export async function startBareServer(bodies: Readonly<Record<string, string>>): Promise<RunningServer> {
  const port = freePort();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--frozen", "--allow-net=127.0.0.1", BARE_SERVER, String(port)],
    stdin: "piped",
    stderr: "inherit",
  }).spawn();
  const server = supervised(child, port);
  try {
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(JSON.stringify(bodies)));
    await writer.close();
    await untilAnswered(server, Object.keys(bodies)[0]!);
    return server;
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
}

async function startUp(
  { program, args, database, pepper, port }: {
    program: string;
    args: readonly string[];
    database: string;
    pepper: string;
    port: number;
  },
): Promise<RunningServer & { start: Start }> {
  const startedAt = performance.now();
  const child = new Deno.Command(program, {
    args: [...args],
    env: {
      CQ_HOST: "127.0.0.1",
      CQ_PORT: String(port),
      ...(database.startsWith("postgresql:") ? { CQ_DATABASE_URL: database } : { CQ_DB_PATH: database }),
      CQ_JWT_SECRET: JWT_SECRET,
      CQ_API_KEY_PEPPER: pepper,
      CQ_LOG_LEVEL: "error",
      // A load comes from one machine and few keys: it is to be counted like any other, but not refused.
      CQ_RATE_WRITES: String(RATE_MAX),
      CQ_TRUSTED_PROXIES: "127.0.0.1",
    },
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  const server = supervised(child, port);
  try {
    await untilAnswered(server, HEALTH);
    const healthy_ms = performance.now() - startedAt;
    const { longestCheck_ms } = await checkedUntilAnswered(server, STATISTICS);
    const start = { healthy_ms, statistics_ms: performance.now() - startedAt, longestCheck_ms };
    return { ...server, start };
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
}

interface SupervisedServer extends RunningServer {
  readonly hasEnded: () => boolean;
}

function supervised(child: Deno.ChildProcess, port: number): SupervisedServer {
  let hasEnded = false;
  const end = child.status.then(() => hasEnded = true);
  return {
    port,
    pid: child.pid,
    hasEnded: () => hasEnded,
    async [Symbol.asyncDispose](): Promise<void> {
      // A shell or a launcher may stand between us and the server.
      const members = family(child.pid);
      for (const { pid } of members) signal(pid, "SIGTERM");
      const timer = setTimeout(() => members.forEach(({ pid }) => signal(pid, "SIGKILL")), END_MAX_MS);
      await end;
      clearTimeout(timer);
    },
  };
}

function signal(pid: number, name: Deno.Signal): void {
  try {
    Deno.kill(pid, name);
  } catch {
    // It has ended already.
  }
}

/** Waits for the first answer with status 200. */
async function untilAnswered({ port, hasEnded }: SupervisedServer, path: string): Promise<void> {
  const deadline = performance.now() + START_MAX_MS;
  while (performance.now() < deadline && !hasEnded()) {
    if (await answers(port, path)) return;
    await pause();
  }
  throw new Error(`the server ended, or did not answer ${path} within ${START_MAX_MS} ms`);
}

/** Waits for an answer, and sees meanwhile how long the server takes to say that it is healthy. */
async function checkedUntilAnswered(
  server: SupervisedServer,
  path: string,
): Promise<{ longestCheck_ms: number }> {
  let isAnswered = false;
  const answered = untilAnswered(server, path).finally(() => isAnswered = true);
  let longestCheck_ms = 0;
  while (!isAnswered) {
    const askedAt = performance.now();
    await answers(server.port, HEALTH);
    longestCheck_ms = Math.max(longestCheck_ms, performance.now() - askedAt);
    await pause();
  }
  await answered;
  return { longestCheck_ms };
}

async function answers(port: number, path: string): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, POLL_MS));
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
