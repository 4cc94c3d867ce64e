import type { Passwords } from "../accounts/passwords.ts";
import type { BackupStatus } from "../backup/schedule.ts";
import type { ObservedDatabase } from "../database/observed.ts";
import { databaseSize } from "../database/schema.ts";
import { STATUSES, TIERS } from "../knowledge/unit.ts";
import { FIGURE_MAX } from "../limits.ts";
import { newestRevision } from "../migrate/ledger.ts";
import type { Migration } from "../migrate/plan.ts";
import type { LiveProjection } from "../projection/live.ts";
import type { SemanticSearch } from "../search/semantic_search.ts";
import type { TextIndex } from "../search/text_index.ts";
import { countMissingVectors } from "../search/vector_counts.ts";
import * as instruments from "../telemetry/instruments.ts";
import { GAUGES_KEEP_MS } from "../telemetry/limits.ts";
import type { Gauge, Reading } from "../telemetry/metrics.ts";
import { processReadings } from "../telemetry/process_readings.ts";
import type { Clock } from "../wire/time.ts";
import type { RequestWatch } from "./request_watch.ts";

interface GaugeParts {
  readonly clock: Clock;
  readonly database: ObservedDatabase;
  readonly migrations: readonly Migration[];
  readonly live: LiveProjection;
  readonly index: TextIndex;
  readonly semantic: SemanticSearch | undefined;
  readonly passwords: Passwords;
  readonly watch: RequestWatch;
  readonly isDraining: () => boolean;
  /** Undefined where the server makes no backups. */
  readonly backups: BackupStatus | undefined;
}

/** Reads every gauge. The database is asked once a second at the most, whoever wants to know. */
export function createGauges(parts: GaugeParts): () => Promise<Reading[]> {
  let stored: { readonly readings: Promise<Reading[]>; readonly at_us: number } | undefined;
  return async () => {
    const now_us = parts.clock.now();
    if (stored === undefined || Math.abs(now_us - stored.at_us) >= GAUGES_KEEP_MS * 1000) {
      stored = { readings: storedReadings(parts), at_us: now_us };
    }
    const readings = await stored.readings;
    return [...memoryReadings(parts), ...readings, ...processReadings(parts.database.dialect)];
  };
}

function memoryReadings(
  { database, live, semantic, passwords, watch, isDraining, migrations, backups }: GaugeParts,
): Reading[] {
  const { waiting, connections, log_bytes } = database.activity();
  const checks = passwords.activity();
  return [
    reading(instruments.HTTP_IN_FLIGHT, watch.inFlight),
    reading(instruments.HTTP_DRAINING, Number(isDraining())),
    reading(instruments.DATABASE_WAITING, waiting),
    ...optional(instruments.DATABASE_CONNECTIONS, connections?.inUse),
    ...optional(instruments.DATABASE_CONNECTIONS_MAX, connections?.max),
    ...optional(instruments.DATABASE_LOG_SIZE, log_bytes),
    reading(instruments.SCHEMA_REVISION_KNOWN, Number(migrations.at(-1)!.revision)),
    reading(instruments.PROJECTION_LOADED, Number(live.isReady)),
    ...optional(instruments.EMBEDDING_SUSPENDED, semantic && Number(semantic.isSuspended)),
    reading(instruments.PASSWORDS_WAITING, checks.waiting),
    reading(instruments.PASSWORDS_RUNNING, checks.running),
    ...(backups === undefined ? [] : backupReadings(backups)),
  ];
}

function backupReadings({ lastSuccess, lastFailure }: BackupStatus): Reading[] {
  return [
    reading(instruments.BACKUP_SUCCEEDED, (lastSuccess?.at_ms ?? 0) / 1000),
    reading(instruments.BACKUP_FAILED, (lastFailure?.at_ms ?? 0) / 1000),
  ];
}

/** Other programs may store units of any status and tier: these are counted together. */
function unitReadings({ projection }: LiveProjection): Reading[] {
  const { census } = projection;
  const by = (gauge: Gauge, known: readonly string[], counts: ReadonlyMap<number, number>): Reading[] => {
    const totals = new Map([...known, "other"].map((name) => [name, 0]));
    for (const [name, count] of projection.named(counts)) {
      const told = totals.has(name) ? name : "other";
      totals.set(told, totals.get(told)! + count);
    }
    return [...totals].map(([name, count]) => ({ gauge, value: count, values: [name] }));
  };
  return [
    ...by(instruments.UNITS, STATUSES, census.statuses),
    ...by(instruments.UNITS_APPROVED, TIERS, census.tiers),
  ];
}

async function storedReadings({ database, live, index, semantic }: GaugeParts): Promise<Reading[]> {
  try {
    // What any program has changed is counted, though nobody has asked for it yet.
    if (live.isReady) await live.fresh();
    const [bytes, revision, newest, missing] = await Promise.all([
      databaseSize(database),
      newestRevision(database),
      live.isReady ? live.seq : live.newest(),
      semantic === undefined ? undefined : countMissingVectors(database, FIGURE_MAX),
    ]);
    return [
      reading(instruments.DATABASE_UP, 1),
      ...(live.isReady ? unitReadings(live) : []),
      reading(instruments.DATABASE_SIZE, bytes),
      ...optional(instruments.SCHEMA_REVISION, revision === undefined ? undefined : Number(revision)),
      reading(instruments.TEXT_INDEX_BACKLOG, Math.max(0, newest - index.seq)),
      ...optional(instruments.VECTORS_MISSING, missing),
    ];
  } catch {
    return [reading(instruments.DATABASE_UP, 0)];
  }
}

function reading(gauge: Gauge, value: number): Reading {
  return { gauge, value };
}

function optional(gauge: Gauge, value: number | undefined): Reading[] {
  return value === undefined ? [] : [{ gauge, value }];
}
