import { deepEqual, equal, match, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { SLOW_LINES_A_MINUTE } from "../../src/telemetry/limits.ts";
import { SlowLog } from "../../src/telemetry/slow_log.ts";
import { addUser, makeKey, propose } from "../fixtures/accounts.ts";
import { manualClock } from "../fixtures/clock.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { call } from "../fixtures/json_client.ts";
import { logRecords } from "../fixtures/log_records.ts";
import { startServer, stopServer } from "../fixtures/server_process.ts";
import { delay } from "../fixtures/waiting.ts";

const SLOW_MS = 100;
/** Ample for a proposal to be looked at, and then to wait for the lock for longer than `SLOW_MS`. */
const HELD_MS = 1_000;

/** What a server logs while a proposal waits for the lock of another process. */
async function linesOfSlowProposal(slow_ms: number): Promise<Record<string, unknown>[]> {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await using server = await startServer({ databasePath, env: { CQ_SLOW_MS: String(slow_ms) } });
  const bearer = await makeKey(server.url, addUser(databasePath, "ada"));
  // The first proposal makes the guard ready, which may take as long as all else.
  await propose(server.url, bearer);
  const other = new DatabaseSync(databasePath);
  other.exec("BEGIN IMMEDIATE");
  const json = { domains: ["canary"], insight: { summary: "canary", detail: "canary", action: "canary" } };
  const proposing = call(server.url, "POST /knowledge?canary=canary", { bearer, json });
  await delay(HELD_MS);
  other.close();
  equal((await proposing).status, 201);
  ok((await stopServer(server)).success);
  equal(server.output().includes("canary"), false);
  return server.output().trimEnd().split("\n").map((line) => JSON.parse(line));
}

Deno.test("a slow request and its slow transaction are a warning each, with the same id, route and statement", async () => {
  const slow = (await linesOfSlowProposal(SLOW_MS)).filter(({ logger }) => logger === "cq.slow");
  const request = slow.findLast(({ message, route }) =>
    message === "slow request" && route === "/api/v1/knowledge"
  )!;
  deepEqual([request["level"], request["method"], request["status"]], ["WARN", "POST", 201]);
  const own = slow.filter(({ message, requestId }) =>
    message === "slow transaction" && requestId === request["requestId"]
  );
  const proposal = own.find(({ slowest }) => /INSERT/.test(String(slowest)))!;
  match(String(proposal["slowest"]), /^INSERT INTO knowledge_\w+ \(.*\?/);
  for (const part of ["ms", "wait_ms", "commit_ms", "statements", "slowest_ms"]) {
    equal(typeof proposal[part], "number", part);
  }
});

Deno.test("with 0 nothing is slow", async () => {
  deepEqual((await linesOfSlowProposal(0)).filter(({ logger }) => logger === "cq.slow"), []);
});

Deno.test("of very many slow ones in a minute, the rest are counted", async () => {
  await using records = await logRecords("slow");
  const clock = manualClock();
  const log = new SlowLog(1, clock);
  for (let i = 0; i < SLOW_LINES_A_MINUTE + 5; i++) log.tell("slow request", { i });
  equal(records.length, SLOW_LINES_A_MINUTE);
  clock.advance(60);
  log.tell("slow request", {});
  log.tell("slow request", {});
  deepEqual(records.slice(-2).map(({ properties }) => properties["unloggedBefore"]), [5, undefined]);
});
