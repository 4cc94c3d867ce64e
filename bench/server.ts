import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
const START_MAX_MS = 30_000;
const POLL_MS = 2;

/** Our server in a process of its own. */
export interface RunningServer extends AsyncDisposable {
  readonly port: number;
  /** From the start of the process to the first healthy answer. */
  readonly startUp_ms: number;
}

/** Starts `main.ts` on a SQLite file, or on a Postgres URL, and waits until it is healthy. */
export async function startServer(database: string, pepper: string): Promise<RunningServer> {
  const port = freePort();
  const startedAt = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--frozen", "--allow-net", "--allow-env", "--allow-read", "--allow-write", MAIN],
    env: {
      CQ_HOST: "127.0.0.1",
      CQ_PORT: String(port),
      ...(database.startsWith("postgresql:") ? { CQ_DATABASE_URL: database } : { CQ_DB_PATH: database }),
      CQ_JWT_SECRET: "bench-jwt-secret-0123456789-0123456789",
      CQ_API_KEY_PEPPER: pepper,
      CQ_LOG_LEVEL: "error",
    },
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  let hasEnded = false;
  const end = child.status.then(() => hasEnded = true);
  const stop = async (): Promise<void> => {
    if (!hasEnded) child.kill("SIGTERM");
    await end;
  };
  if (!await becomesHealthy(port, () => hasEnded)) {
    await stop();
    throw new Error(`the server ended, or was not healthy within ${START_MAX_MS} ms`);
  }
  return { port, startUp_ms: performance.now() - startedAt, [Symbol.asyncDispose]: stop };
}

/** Whether the server at a port answers its health check in time. */
async function becomesHealthy(port: number, hasEnded: () => boolean): Promise<boolean> {
  const deadline = performance.now() + START_MAX_MS;
  while (performance.now() < deadline && !hasEnded()) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/health`);
      await answer.body?.cancel();
      if (answer.ok) return true;
    } catch {
      // It does not listen yet.
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return false;
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
