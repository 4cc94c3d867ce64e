import { equal } from "node:assert/strict";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { connectTo } from "../fixtures/raw_http.ts";
import { startServer } from "../fixtures/server_process.ts";
import { until, within } from "../fixtures/waiting.ts";

const IDLE = 10_000;
const AT_ONCE = 100;
/** What a process has open besides. */
const SPARE = 500;
const LINUX = Deno.build.os === "linux";

function openFilesMax(): number {
  if (!LINUX) return 0;
  return Number(/^Max open files\s+(\d+)/m.exec(Deno.readTextFileSync("/proc/self/limits"))?.[1]);
}

Deno.test({
  name:
    `beside ${IDLE} connections that are kept alive and idle, requests are answered (needs as many open files)`,
  ignore: openFilesMax() < IDLE + SPARE,
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    await using server = await startServer({
      databasePath: directory.file("cq.db"),
      env: { CQ_LOG_LEVEL: "warning" },
    });
    const files = (): number => [...Deno.readDirSync(`/proc/${server.pid}/fd`)].length;
    const atRest = files();
    const request = new TextEncoder().encode(
      "GET /api/v1/knowledge?domains=a HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n",
    );
    const ask = async (connection: Deno.TcpConn): Promise<void> => {
      await connection.write(request);
      const buffer = new Uint8Array(4096);
      const read = await within(connection.read(buffer), "an answer");
      equal(new TextDecoder().decode(buffer.subarray(0, 15)), "HTTP/1.1 200 OK", String(read));
    };
    const idle: Deno.TcpConn[] = [];
    while (idle.length < IDLE) {
      const opened = await Promise.all(Array.from({ length: AT_ONCE }, () => connectTo(server.url)));
      await Promise.all(opened.map(ask));
      idle.push(...opened);
    }
    // Others are taken, and each of those there still is.
    using other = await connectTo(server.url);
    await ask(other);
    for (const index of [0, IDLE / 2, IDLE - 1]) await ask(idle[index]!);
    for (const connection of idle) connection.close();
    await until(() => files() <= atRest + 2, "the descriptors are free again");
    await ask(other);
    equal(server.output(), "");
  },
});
