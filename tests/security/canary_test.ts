import { deepEqual, equal, ok } from "node:assert/strict";
import { WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { spillAtOnce, spillIntoApi } from "./api_spill.ts";
import { type Canaries, createCanaries } from "./canaries.ts";
import {
  breakStore,
  type CanaryServer,
  canaryServer,
  postgresStore,
  rowsOf,
  sqliteStore,
} from "./canary_server.ts";
import { spillIntoPages } from "./page_spill.ts";
import { createSender, type Echo, type Sender } from "./sender.ts";

/**
 * A form that is shown again holds what its sender typed, and a page its own address, so that forms on it lead back to it. No
 * page holds what was typed as a password or sent in a header.
 */
function isOwnInput({ isPage, isOwn, in: part, place: { where } }: Echo): boolean {
  const isTyped = /^(?:query|path)\b/.test(where) || (where.startsWith("form ") && where !== "form password");
  return isOwn && isTyped && (part === "body" ? isPage : part === "location");
}

function told(echoes: readonly Echo[]): string[] {
  return [
    ...new Set(
      echoes.map(({ answer, in: part, isOwn, place }) =>
        `${answer}: ${part} has ${place.where}${isOwn ? "" : ` of ${place.route}`}`
      ),
    ),
  ];
}

async function spillEverywhere(server: CanaryServer, canaries: Canaries): Promise<Sender> {
  const sender = createSender(server.process.url, canaries);
  const fields = await spillIntoPages(sender, server.visitor);
  const endpoints = await spillIntoApi(sender, server.process.url, server.caller);
  ok(fields >= 20 && endpoints >= 15, `${fields} fields, ${endpoints} endpoints`);
  return sender;
}

/** Everything that can be read without sending anything. */
async function readEverything(server: CanaryServer, canaries: Canaries): Promise<Sender> {
  const sender = createSender(server.process.url, canaries);
  const { visitor, caller, readerCookie: cookie } = server;
  const lists = [
    "/api/v1/review/queue",
    "/api/v1/review/units",
    "/api/v1/review/stats",
    "/api/v1/users/me/api-keys",
  ];
  for (const { method, path } of visitor.routes) {
    if (method !== "GET" || path.includes("{")) continue;
    await sender.send(`GET ${path}`, () => ({ path, headers: { cookie, accept: "text/html" } }));
  }
  for (const path of ["/metrics", "/healthz", "/readyz", "/api/v1/health"]) {
    const { status } = await sender.send(`GET ${path}`, () => ({ path, headers: {} }));
    ok(status === 200, `${path} answers ${status}`);
  }
  for (const path of lists) {
    await sender.send(`GET ${path}`, () => ({ path, headers: { authorization: `Bearer ${caller.login}` } }));
  }
  return sender;
}

async function endedCleanly(server: CanaryServer, canaries: Canaries): Promise<void> {
  const { secrets } = server;
  const printed = await server.stop();
  deepEqual(canaries.seenIn(printed).map(({ route, where }) => `${route}: ${where}`), [], "in the log");
  for (const secret of secrets) equal(printed.includes(secret), false, "a credential of ada's is in the log");
  ok(printed.split("\n").length > 1000, "every request is logged");
}

const STORES = { SQLite: sqliteStore, Postgres: postgresStore };

for (const [engine, openStore] of Object.entries(STORES)) {
  Deno.test({
    name:
      `on ${engine} no secret sent in any field, header, path or broken request is in a log, an answer or the database`,
    ignore: engine === "Postgres" && WITHOUT_POSTGRES,
    async fn(): Promise<void> {
      await using server = await canaryServer(await openStore());
      const canaries = createCanaries();
      const sender = await spillEverywhere(server, canaries);
      deepEqual(told(sender.echoes.filter((echo) => !isOwnInput(echo))), []);
      deepEqual(told((await readEverything(server, canaries)).echoes), []);
      const kept = await server.store.everything();
      deepEqual(canaries.seenIn(kept).map(({ route, where }) => `${route}: ${where}`), [], "in the database");
      for (const secret of server.secrets) {
        equal(kept.includes(secret), false, "a credential is in the database");
      }
      await breakStore(server.store);
      const failing = createSender(server.process.url, canaries);
      await spillAtOnce(failing, server.process.url, server.caller);
      deepEqual(told(failing.echoes), []);
      ok((failing.statuses.get(500) ?? 0) > 10, "requests fail inside the server");
      await endedCleanly(server, canaries);
    },
  });
}

Deno.test("under strict compatibility what is stored as the original does is still in no log and no error", async () => {
  await using server = await canaryServer(await sqliteStore(), {
    env: { CQ_COMPAT: "strict" },
    tooLarge: 1_100_000,
  });
  const canaries = createCanaries();
  const sender = await spillEverywhere(server, canaries);
  // Pages list what is stored, those that refuse a form too.
  const errors = sender.echoes.filter(({ status, isPage, isOwn }) => status >= 400 && (isOwn || !isPage));
  deepEqual(told(errors.filter((echo) => !isOwnInput(echo))), []);
  ok(canaries.seenIn(await server.store.everything()).length > 0, "the original stores them");
  await endedCleanly(server, canaries);
});

/** Tables whose rows belong to one unit, and the column that names it. */
const OF_UNITS: Readonly<Record<string, string>> = {
  knowledge_units: "id",
  knowledge_unit_domains: "unit_id",
  knowledge_events: "unit_id",
  knowledge_changes: "unit_id",
};

Deno.test("what the policy holds is in the held unit and in nothing else", async () => {
  await using server = await canaryServer(await sqliteStore(), { env: { CQ_GUARD_POLICY: "secret=hold" } });
  const canaries = createCanaries();
  const sender = createSender(server.process.url, canaries);
  await spillIntoApi(sender, server.process.url, server.caller);
  deepEqual(told(sender.echoes.filter(({ status }) => status >= 400)), []);
  const database = server.store.open();
  const rows = await rowsOf(database);
  await database.close();
  const held = new Set(
    rows.filter(({ table, row }) => table === "knowledge_findings" && row["severity"] === "hold")
      .map(({ row }) => row["unit_id"]),
  );
  ok(held.size >= 20, `${held.size} units are held`);
  const elsewhere = rows.filter(({ table, row }) => !held.has(row[OF_UNITS[table] ?? ""] ?? null));
  const found = elsewhere.flatMap(({ table, row }) =>
    canaries.seenIn(JSON.stringify(row)).map(({ route, where, shape }) =>
      `${table}: ${route} ${where}, ${shape}`
    )
  );
  deepEqual(found, []);
  await endedCleanly(server, canaries);
});
