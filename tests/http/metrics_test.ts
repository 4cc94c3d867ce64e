import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createDesk } from "../../src/review/desk.ts";
import { editMark } from "../../src/review/edits.ts";
import { METRICS } from "../../src/telemetry/instruments.ts";
import { type TestApp, testApp, type TestAppOptions } from "../fixtures/app.ts";
import { manualClock } from "../fixtures/clock.ts";
import { testDatabase } from "../fixtures/database.ts";
import { answered, textIn } from "../fixtures/faults.ts";
import { fakeEmbeddingService } from "../fixtures/embedding_service.ts";
import { type ExposedMetric, parseExposition, valueOf } from "../fixtures/exposition.ts";
import { sessionCookie, statusOf, visit } from "../fixtures/pages.ts";
import { WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { postgresApp } from "../fixtures/postgres_app.ts";
import { until } from "../fixtures/waiting.ts";

const clock = manualClock();
const OPEN: TestAppOptions = { clock, settings: { metrics: { access: "open" } } };
const TOKEN = "metrics-token-0123456789-0123456789";

type Metrics = ReadonlyMap<string, ExposedMetric>;

/** The metrics of a second later than the last ones: what the database has is looked up anew then. */
async function scraped(app: TestApp): Promise<Metrics> {
  clock.advance(1);
  const response = await app.request("GET", "/metrics");
  equal(response.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  equal(response.headers.get("cache-control"), "no-store");
  return parseExposition(await textOf(response));
}

async function textOf(response: Response): Promise<string> {
  equal(response.status, 200);
  return await response.text();
}

type Series = readonly [name: string, labels?: Readonly<Record<string, string>>];

/** By how much each series rises while something is done. */
async function risen(app: TestApp, work: () => Promise<void>, series: readonly Series[]): Promise<number[]> {
  const before = await scraped(app);
  await work();
  const after = await scraped(app);
  return series.map(([name, labels]) => valueOf(after, name, labels) - valueOf(before, name, labels));
}

async function send(app: TestApp, ...request: Parameters<TestApp["request"]>): Promise<number> {
  const response = await app.request(...request);
  await response.body?.cancel();
  return response.status;
}

Deno.test("unless it is configured there are no metrics, as on any path that does not exist", async () => {
  await using app = await testApp();
  equal(await textIn(await app.request("GET", "/metrics"), 404), "Not Found");
});

Deno.test("metrics are shown to whoever sends the token, and nothing to anybody else", async () => {
  await using app = await testApp({ settings: { metrics: { access: "token", token: TOKEN } } });
  const key = (await app.signIn("ada"), await app.apiKey("ada"));
  for (const bearer of [undefined, "", TOKEN.slice(1), `${TOKEN}x`, TOKEN.toUpperCase(), key]) {
    const response = await app.request("GET", "/metrics", bearer === undefined ? {} : { bearer });
    equal(response.headers.get("www-authenticate"), "Bearer");
    match(await textIn(response, 401), /^Metrics need the bearer token/);
  }
  equal(await send(app, "GET", "/metrics", { headers: { authorization: `Basic ${TOKEN}` } }), 401);
  parseExposition(await textOf(await app.request("GET", "/metrics", { bearer: TOKEN })));
});

Deno.test("requests are counted and timed by route and method, whatever their paths", async () => {
  await using app = await testApp(OPEN);
  const route = "/api/v1/review/{unit_id}";
  const work = async (): Promise<void> => {
    for (const id of ["ku_secret", "ku_other"]) equal(await send(app, "GET", `/api/v1/review/${id}`), 401);
    equal(await send(app, "GET", "/nobody/knows?secret=secret"), 404);
    equal(await send(app, "SECRET", "/api/v1/health"), 405);
  };
  const counts = await risen(app, work, [
    ["cq_http_requests_total", { method: "GET", route, status: "401" }],
    ["cq_http_request_duration_seconds_count", { method: "GET", route }],
    ["cq_http_requests_total", { method: "GET", route: "-", status: "404" }],
    ["cq_http_requests_total", { method: "-", route: "/api/v1/health", status: "405" }],
    ["cq_http_requests_total", { method: "GET", route: "/metrics", status: "200" }],
  ]);
  deepEqual(counts, [2, 2, 1, 1, 1]);
  const text = await textOf(await app.request("GET", "/metrics"));
  equal(/secret|SECRET/.test(text), false);
  equal(valueOf(parseExposition(text), "cq_http_requests_in_flight"), 1);
});

Deno.test("what agents and reviewers do is counted once it is done", async () => {
  await using app = await testApp(OPEN);
  const bearer = await app.signIn("ada");
  const key = await app.apiKey("ada");
  const json = { domains: ["a"], insight: { summary: "s", detail: "d", action: "a" } };
  const work = async (): Promise<void> => {
    const id = await app.unit({ key, domains: ["a"] });
    await app.unit({ key, approve: false });
    for (const _ of ["stored", "repeated"]) {
      equal(
        await send(app, "POST", "/api/v1/knowledge", { bearer: key, json: { ...json, domains: ["b"] } }),
        201,
      );
    }
    for (const vote of ["confirmations", "flags"]) {
      equal(
        await send(app, "POST", `/api/v1/knowledge/${id}/${vote}`, {
          bearer: key,
          json: { reason: "stale" },
        }),
        201,
      );
    }
    equal(await send(app, "POST", `/api/v1/knowledge/ku_none/confirmations`, { bearer: key }), 404);
    equal(await send(app, "POST", `/api/v1/review/${id}/reject`, { bearer }), 409);
  };
  const counts = await risen(app, work, [
    ["cq_proposals_total", { outcome: "stored" }],
    ["cq_proposals_total", { outcome: "repeated" }],
    ["cq_confirmations_total"],
    ["cq_flags_total"],
    ["cq_decisions_total", { verdict: "approved" }],
    ["cq_decisions_total", { verdict: "rejected" }],
    ["cq_units", { status: "approved" }],
    ["cq_units", { status: "pending" }],
    ["cq_units_approved", { tier: "private" }],
  ]);
  deepEqual(counts, [3, 1, 1, 1, 1, 0, 1, 2, 1]);
});

Deno.test("a unit that is corrected and approved is one decision", async () => {
  await using app = await testApp(OPEN);
  const cookie = await sessionCookie(app, "ada");
  const id = await app.unit({ key: await app.apiKey("ada"), approve: false });
  const { unit } = await createDesk({ database: app.database, clock: app.clock }).dossier(id);
  const mark = editMark(unit);
  const form = { summary: "better", detail: "d", action: "a", domains: "testing", mark };
  const work = async (): Promise<void> => {
    equal(await statusOf(visit(app, `POST /review/${id}/edit`, { cookie, form })), 303);
  };
  deepEqual(await risen(app, work, [["cq_decisions_total", { verdict: "approved" }]]), [1]);
});

Deno.test("findings of the guard are counted by rule and by what became of the text", async () => {
  await using app = await testApp(OPEN);
  const key = (await app.signIn("ada"), await app.apiKey("ada"));
  const json = {
    domains: ["a"],
    insight: {
      summary: "s",
      detail: "Set AKIAIOSFODNN7REALKEY and call",
      action: "mail ada.lovelace@corp-mail.com",
    },
  };
  const work = async (): Promise<void> => {
    equal(await send(app, "POST", "/api/v1/knowledge", { bearer: key, json }), 422);
  };
  const [blocked, warned] = await risen(app, work, [
    ["cq_guard_findings_total", { action: "block" }],
    ["cq_guard_findings_total", { rule: "personal.email", action: "warn" }],
  ]);
  ok(blocked! >= 1);
  equal(warned, 1);
});

Deno.test("what is throttled is counted by its kind, and each use of a tool by how it ended", async () => {
  await using app = await testApp({
    clock,
    settings: { metrics: { access: "open" }, rates: { reads: 1, writes: 1 } },
  });
  const tool = (name: string): Promise<number> =>
    send(app, "POST", "/mcp", {
      json: {
        jsonrpc: "2.0",
        id: 1,
        method: "tools/call",
        params: { name, arguments: { domains: ["a"] } },
      },
      headers: { "mcp-protocol-version": "2025-06-18", "content-type": "application/json" },
    });
  const work = async (): Promise<void> => {
    for (const name of ["query", "query", "propose"]) equal(await tool(name), 200);
  };
  const counts = await risen(app, work, [
    ["cq_throttled_total", { kind: "reads" }],
    ["cq_mcp_tool_calls_total", { tool: "query", outcome: "answered" }],
    ["cq_mcp_tool_calls_total", { tool: "query", outcome: "refused" }],
    ["cq_mcp_tool_calls_total", { tool: "propose", outcome: "refused" }],
  ]);
  deepEqual(counts, [1, 1, 1, 1]);
});

Deno.test("answers from memory are told from those that were made", async () => {
  await using app = await testApp(OPEN);
  const key = (await app.signIn("ada"), await app.apiKey("ada"));
  const query = (domain: string): Promise<number> => send(app, "GET", `/api/v1/knowledge?domains=${domain}`);
  const work = async (): Promise<void> => {
    await app.unit({ key, domains: ["a"] });
    for (const domain of ["a", "a", "a&limit=7"]) equal(await query(domain), 200);
  };
  const [changes, ...lookups] = await risen(app, work, [
    ["cq_projection_changes_total"],
    ["cq_cache_lookups_total", { cache: "answers", result: "hit" }],
    ["cq_cache_lookups_total", { cache: "answers", result: "miss" }],
    ["cq_cache_lookups_total", { cache: "units", result: "hit" }],
    ["cq_cache_lookups_total", { cache: "units", result: "miss" }],
  ]);
  deepEqual(lookups, [1, 2, 1, 1]);
  ok(changes! >= 1);
});

Deno.test("a database that cannot be read is told as such, beside everything else", async () => {
  await using app = await testApp(OPEN);
  await app.database.transaction((transaction) =>
    transaction.script("ALTER TABLE schema_history RENAME TO gone")
  );
  const metrics = await scraped(app);
  equal(valueOf(metrics, "cq_database_up"), 0);
  ok(metrics.has("cq_http_requests_total") && metrics.has("process_resident_memory_bytes"));
});

async function useEverything(app: TestApp): Promise<void> {
  const key = (await app.signIn("ada"), await app.apiKey("ada"));
  await app.unit({
    key,
    domains: ["a"],
    insight: { summary: "cat", detail: "mail ada@corp-mail.com", action: "x" },
  });
  equal(await send(app, "GET", "/api/v1/knowledge?q=feline"), 200);
  const login = { username: "ada", password: "wrong" };
  for (let i = 0; i < 7; i++) await send(app, "POST", "/api/v1/auth/login", { json: login });
  const status = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "status", arguments: {} } };
  equal(await send(app, "POST", "/mcp", { json: status }), 200);
  await app.database.close();
  const json = { domains: ["a"], insight: { summary: "s", detail: "d", action: "late" } };
  equal(await send(app, "POST", "/api/v1/knowledge", { bearer: key, json }), 503);
}

Deno.test({
  name: "every metric is shown by a server that has everything to do, on one engine or the other",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using embedding = fakeEmbeddingService();
    const options = {
      clock,
      settings: { metrics: { access: "open" } as const, embedding: embedding.config },
    };
    await using copied = await testDatabase({ migrated: true });
    const backups = { source: copied.path, folder: copied.file("backups"), every_s: 86_400, keep: 1 };
    await using onFile = await testApp({ ...options, settings: { ...options.settings, backups } });
    await using onPostgres = await postgresApp({ poolSize: 2 }, options);
    await until(() => onFile.server.backups?.lastSuccess !== undefined, "a backup");
    ok(valueOf(await scraped(onFile), "cq_backup_last_success_timestamp_seconds")! > 0);
    const shown = new Set<string>();
    for (const app of [onFile, onPostgres]) {
      for (const name of (await scraped(app)).keys()) shown.add(name);
      await useEverything(app);
      for (const name of (await scraped(app)).keys()) shown.add(name);
    }
    deepEqual(METRICS.map(({ name }) => name).filter((name) => !shown.has(name)), []);
    deepEqual([...shown].filter((name) => !METRICS.some((metric) => metric.name === name)), []);
  },
});

Deno.test("liveness asks no database, readiness and health do", async () => {
  await using app = await testApp();
  await app.database.transaction((transaction) => transaction.script("ALTER TABLE users RENAME TO gone"));
  deepEqual(await answered(await app.request("GET", "/healthz"), 200), { status: "ok" });
  for (const path of ["/readyz", "/api/v1/health"]) equal(await send(app, "GET", path), 503);
});
