/**
 * A server whose clock jumps by most of a year, forth and back, while it runs. Debian's libfaketime moves the clock of the one process.
 *
 *     deno run -A bench/drills/clock.ts [--library /usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1]
 */
import { parseArgs } from "node:util";
import { addUser, approve, propose } from "../../tests/fixtures/accounts.ts";
import { PASSWORD } from "../../tests/fixtures/app.ts";
import { call } from "../../tests/fixtures/json_client.ts";
import { type ServerProcess, startServer, stopServer } from "../../tests/fixtures/server_process.ts";

/** Within the life of a key. */
const JUMPS = ["+0", "+300d", "-300d", "+0"];

const { values } = parseArgs({
  options: { library: { type: "string", default: "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1" } },
});

const directory = await Deno.makeTempDir({ prefix: "cq-drill-" });
try {
  const clock = `${directory}/clock`;
  await Deno.writeTextFile(clock, JUMPS[0]!);
  await using server = await startServer({
    databasePath: `${directory}/cq.db`,
    env: {
      LD_PRELOAD: values.library,
      FAKETIME_TIMESTAMP_FILE: clock,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      CQ_LOG_LEVEL: "warning",
    },
  });
  const token = addUser(`${directory}/cq.db`, "ada");
  const json = { name: "drill", ttl: "365d" };
  const { body: made } = await call<{ token: string }>(server.url, "POST /users/me/api-keys", {
    bearer: token,
    json,
  });
  for (const jump of JUMPS) {
    await Deno.writeTextFile(clock, jump);
    say(`clock at ${jump}: ${await answers(server, made.token)}`);
  }
  const { code } = await stopServer(server);
  say(`end: ${code}; log: ${server.output() || "nothing"}`);
} finally {
  await Deno.remove(directory, { recursive: true });
}

/** Uses a server as it is told to be used: whatever is not answered as it should be is thrown. */
async function answers(server: ServerProcess, key: string): Promise<string> {
  const { url } = server;
  const login = await call<{ token: string }>(url, "POST /auth/login", {
    json: { username: "ada", password: PASSWORD },
  });
  const id = await propose(url, key, "clock");
  await approve(url, login.body.token, id);
  const { status, body } = await call<{ data: { id: string; evidence: { first_observed: string } }[] }>(
    url,
    "GET /knowledge?domains=clock&limit=50",
  );
  const served = body.data.find((unit) => unit.id === id);
  return `login ${login.status}, proposed and approved, query ${status}, served as of ${served?.evidence.first_observed}`;
}

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
