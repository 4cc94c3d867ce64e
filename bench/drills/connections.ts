/**
 * What connections cost that do nothing: ten thousand of each kind are opened to a server on a new database, and requests are
 * answered beside them. The limit of open files must allow it, as after `ulimit -n 20000`.
 *
 *     deno run -A bench/drills/connections.ts [--count 10000]
 */
import { parseArgs } from "node:util";
import { Connection } from "../connection.ts";
import { openFiles, untilIdle, usageOf } from "../processes.ts";
import { startServer } from "../server.ts";
import { percentile } from "../statistics.ts";

const HEAD = "GET /api/v1/health HTTP/1.1\r\nhost: 127.0.0.1\r\n";
const LOGIN = "POST /api/v1/auth/login HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n";
const AT_ONCE = 100;
const PROBES = 500;
const REST_MAX_MS = 60_000;

/** What each connection sends before it falls silent. */
const KINDS: readonly (readonly [name: string, text: string, isAnswered: boolean])[] = [
  ["nothing sent", "", false],
  ["kept alive after an answer", `${HEAD}\r\n`, true],
  ["half of the headers", HEAD, false],
  ["headers, a byte of a small body", `${LOGIN}content-length: 100\r\n\r\n{`, false],
  ["headers, 15 kB of a large body", `${LOGIN}content-length: 200000\r\n\r\n${" ".repeat(15_000)}`, false],
];

const { values } = parseArgs({ options: { count: { type: "string", default: "10000" } } });
const count = Number(values.count);

for (const [name, text, isAnswered] of KINDS) {
  const directory = await Deno.makeTempDir({ prefix: "cq-drill-" });
  try {
    await using server = await startServer(`${directory}/cq.db`, "drill-pepper-0123456789-0123456789");
    await untilIdle(server.pid, REST_MAX_MS);
    const before = { resident_MiB: usageOf(server.pid).resident_MiB, files: openFiles(server.pid) };
    const connections = await open(server.port, { text, isAnswered });
    const files = openFiles(server.pid) - before.files;
    const probes = await probe(server.port);
    const grown_MiB = usageOf(server.pid).resident_MiB - before.resident_MiB;
    for (const connection of connections) connection.close();
    await untilIdle(server.pid, REST_MAX_MS);
    say(
      `${name}: ${files} open, ${grown_MiB.toFixed(0)} MiB more (${
        (grown_MiB * 1024 / count).toFixed(1)
      } KiB each), ` +
        `requests beside them p50 ${percentile(probes, 0.5).toFixed(1)} ms, p99 ${
          percentile(probes, 0.99).toFixed(1)
        } ms; ` +
        `${openFiles(server.pid) - before.files} open once they ended`,
    );
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function open(
  port: number,
  { text, isAnswered }: { text: string; isAnswered: boolean },
): Promise<Deno.TcpConn[]> {
  const connections: Deno.TcpConn[] = [];
  const bytes = new TextEncoder().encode(text);
  const buffer = new Uint8Array(4096);
  while (connections.length < count) {
    const opened = Array.from({ length: Math.min(AT_ONCE, count - connections.length) }, async () => {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port });
      if (bytes.length > 0) await connection.write(bytes);
      if (isAnswered) await connection.read(buffer);
      return connection;
    });
    connections.push(...await Promise.all(opened));
  }
  return connections;
}

async function probe(port: number): Promise<number[]> {
  using connection = await Connection.open(port);
  const request = new TextEncoder().encode(
    "GET /api/v1/knowledge?domains=a HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n",
  );
  const took_ms: number[] = [];
  for (let asked = 0; asked < PROBES; asked++) {
    const sentAt = performance.now();
    if (await connection.exchange(request) !== 200) throw new Error("a request was not answered");
    took_ms.push(performance.now() - sentAt);
  }
  return took_ms;
}

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
