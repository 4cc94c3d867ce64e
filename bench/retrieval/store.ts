import { randomBytes } from "node:crypto";
import { MIGRATIONS } from "../../migrations/mod.ts";
import type { EmbeddingConfig } from "../../src/config.ts";
import type { Database } from "../../src/database/database.ts";
import { openSqlite } from "../../src/database/sqlite.ts";
import { type App } from "../../src/http/app.ts";
import { createServer } from "../../src/http/server.ts";
import { proposalSchema, proposedDomains } from "../../src/knowledge/proposal.ts";
import { INITIAL_CONFIDENCE } from "../../src/knowledge/scoring.ts";
import { insertUnits } from "../../src/knowledge/store.ts";
import { encodeUnit, type KnowledgeUnit } from "../../src/knowledge/unit.ts";
import { migrate } from "../../src/migrate/runner.ts";
import { countVectors } from "../../src/search/vector_counts.ts";
import { isoOffset, isoZ, systemClock } from "../../src/wire/time.ts";
import { proposalOf, type Unit } from "./units.ts";

/** A server whose store has these units, all approved and equally trusted. */
export interface RetrievalStore extends AsyncDisposable {
  readonly app: App;
}

/** @param embedding with which questions are answered by meaning too. */
export async function openRetrievalStore(
  units: readonly Unit[],
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
      slow_ms: 0,
      metrics: { access: "off" },
      isTraced: false,
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

async function fill(database: Database, units: readonly Unit[]): Promise<void> {
  const now = systemClock().now();
  const rows = units.map((written) => {
    const unit = storedUnit(written, isoZ(now));
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

/** As the server would store the unit's proposal, under the id that the questions know it by. */
function storedUnit(written: Unit, now: string): KnowledgeUnit {
  const { domains, insight, context, extensions } = proposalSchema.parse(proposalOf(written));
  return {
    id: written.id,
    version: 1,
    domains: proposedDomains(domains),
    insight,
    context,
    evidence: {
      confidence: INITIAL_CONFIDENCE,
      confirmations: 1,
      first_observed: now,
      last_confirmed: now,
    },
    tier: "private",
    created_by: "bench",
    superseded_by: null,
    extensions,
    flags: [],
  };
}
