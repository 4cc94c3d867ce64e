import { randomBytes } from "node:crypto";
import { MIGRATIONS } from "../../migrations/mod.ts";
import type { EmbeddingConfig } from "../../src/config.ts";
import type { Database } from "../../src/database/database.ts";
import { openSqlite } from "../../src/database/sqlite.ts";
import { type App } from "../../src/http/app.ts";
import { createServer } from "../../src/http/server.ts";
import { insertUnits } from "../../src/knowledge/store.ts";
import { encodeUnit, type KnowledgeUnit } from "../../src/knowledge/unit.ts";
import { migrate } from "../../src/migrate/runner.ts";
import { countVectors } from "../../src/search/vector_counts.ts";
import { isoOffset, isoZ, systemClock } from "../../src/wire/time.ts";

/** A unit of the benchmark, as it is written down. */
export interface WrittenUnit {
  readonly id: string;
  readonly domains: readonly string[];
  readonly summary: string;
  readonly detail: string;
  readonly action: string;
  readonly languages?: readonly string[];
  readonly frameworks?: readonly string[];
  readonly pattern?: string;
}

/** A server whose store has these units, all approved and equally trusted. */
export interface RetrievalStore extends AsyncDisposable {
  readonly app: App;
}

/** @param embedding with which questions are answered by meaning too. */
export async function openRetrievalStore(
  units: readonly WrittenUnit[],
  embedding?: EmbeddingConfig,
): Promise<RetrievalStore> {
  const directory = await Deno.makeTempDir();
  const database = openSqlite(`${directory}/cq.db`);
  await migrate(database, MIGRATIONS, { clock: systemClock(), appVersion: "bench" });
  await fill(database, units);
  const server = await createServer({
    config: {
      jwtSecret: randomBytes(32).toString("hex"),
      apiKeyPepper: randomBytes(32).toString("hex"),
      publicUrl: undefined,
      isStrict: false,
      readNeedsKey: false,
      allowsSelfReview: true,
      confirmWithin_days: 365,
      guardPolicy: "",
      trustedProxies: [],
      rates: { reads: 0, writes: 0 },
      embedding,
    },
    database,
    clock: systemClock(),
    migrations: MIGRATIONS,
  });
  // Answered once all units are loaded: requests that never wait for the network leave it no turn.
  await (await server.app(new Request("http://127.0.0.1/api/v1/knowledge/stats"))).body?.cancel();
  if (embedding !== undefined) await allVectors(database);
  return {
    app: server.app,
    async [Symbol.asyncDispose](): Promise<void> {
      await server.close();
      await database.close();
      await Deno.remove(directory, { recursive: true });
    },
  };
}

async function allVectors(database: Database): Promise<void> {
  while ((await countVectors(database)).missing > 0) await new Promise((resolve) => setTimeout(resolve, 100));
}

async function fill(database: Database, units: readonly WrittenUnit[]): Promise<void> {
  const now = systemClock().now();
  const rows = units.map((written) => {
    const unit = unitOf(written, isoZ(now));
    return {
      id: unit.id,
      data: encodeUnit(unit),
      status: "approved",
      reviewed_by: "bench",
      reviewed_at: isoOffset(now),
      created_at: isoOffset(now),
      tier: unit.tier,
      domains: unit.domains,
    };
  });
  await database.transaction((transaction) => insertUnits(transaction, rows));
}

function unitOf(
  { id, domains, summary, detail, action, languages = [], frameworks = [], pattern = "" }: WrittenUnit,
  now: string,
): KnowledgeUnit {
  return {
    id,
    version: 1,
    domains: domains.map((domain) => domain.trim().toLowerCase()),
    insight: { summary, detail, action },
    context: { languages, frameworks, pattern },
    evidence: { confidence: 0.5, confirmations: 1, first_observed: now, last_confirmed: now },
    tier: "private",
    created_by: "bench",
    superseded_by: null,
    extensions: null,
    flags: [],
  };
}
