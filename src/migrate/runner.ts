import { createHash } from "node:crypto";
import type { Database, Transaction } from "../database/database.ts";
import { brokenReference, existingTables, lockSchema } from "../database/schema.ts";
import { CqError, refused } from "../errors.ts";
import { MIGRATION_LOCK_WAIT_MS } from "../limits.ts";
import { type Clock, isoOffset } from "../wire/time.ts";
import { type Application, forgetFrom, readState, recordApplied, stampBaseline } from "./ledger.ts";
import { baselineDifferences, type CheckedMigration, type Migration, type Plan, plan } from "./plan.ts";

/** What a run did: nothing, or which revisions it applied and where the state before lies. */
export interface Outcome {
  readonly from: string | undefined;
  readonly adopted: boolean;
  readonly applied: readonly string[];
  readonly revision: string;
  readonly backup: string | undefined;
}

interface RunOptions {
  readonly clock: Clock;
  readonly appVersion: string;
  /** Where to copy a database that holds data before it is changed; undefined makes no copy. */
  readonly backupPath?: ((revision: string) => string) | undefined;
  /** Run everything, then roll it back. */
  readonly dryRun?: boolean;
}

/** The migrations with their checksums: SHA-256 over the text with LF line ends, the same on every checkout. */
export function withChecksums(
  migrations: readonly Migration[],
  dialect: Database["dialect"],
): CheckedMigration[] {
  return migrations.map((migration) => {
    const text = migration.sql[dialect].replaceAll("\r\n", "\n");
    return { ...migration, checksum: createHash("sha256").update(text).digest("hex") };
  });
}

/** What a start would do, without doing it. */
export async function planFor(database: Database, migrations: readonly Migration[]): Promise<Plan> {
  return plan(withChecksums(migrations, database.dialect), await readState(database));
}

class RollBack extends Error {}

/**
 * What a server that runs makes of the schema: `current`, `newer` where a later version has added to all that this one knows, or
 * `other`. What a later version adds leaves everything right that this one does: decision 0014.
 */
export async function schemaStanding(
  database: Database,
  migrations: readonly Migration[],
): Promise<"current" | "newer" | "other"> {
  const checked = withChecksums(migrations, database.dialect);
  const state = await readState(database);
  const history = state.history?.slice(0, checked.length);
  if (plan(checked, { ...state, history }).kind !== "up_to_date") return "other";
  return history!.length < state.history!.length ? "newer" : "current";
}

/**
 * Brings a database to the newest revision in one transaction: lock, read again, plan again, apply, record, verify. A crash at
 * any point leaves the old schema whole; a refusal leaves the database as it was found.
 *
 * @throws {CqError} `refused` with what was found, what was expected and what to do.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  options: RunOptions,
): Promise<Outcome> {
  const checked = withChecksums(migrations, database.dialect);
  const before = accepted(plan(checked, await readState(database)));
  if (before.kind === "up_to_date") return nothingDone(before.revision);
  let outcome: Outcome | undefined;
  try {
    await database.transaction(async (transaction) => {
      await lockSchema(database.dialect, transaction, MIGRATION_LOCK_WAIT_MS);
      // Another process may have migrated while this one waited for the lock.
      const now = accepted(plan(checked, await readState(transaction)));
      outcome = now.kind === "up_to_date"
        ? nothingDone(now.revision)
        : await apply(now, { database, transaction, checked, options });
      if (options.dryRun === true) throw new RollBack();
    }, { lockWait_ms: MIGRATION_LOCK_WAIT_MS });
  } catch (error) {
    if (!(error instanceof RollBack)) throw error;
  }
  return outcome!;
}

function accepted(decision: Plan): Exclude<Plan, { kind: "refuse" }> {
  if (decision.kind === "refuse") throw refused(decision.message);
  return decision;
}

function nothingDone(revision: string): Outcome {
  return { from: revision, adopted: false, applied: [], revision, backup: undefined };
}

interface Run {
  readonly database: Database;
  readonly transaction: Transaction;
  readonly checked: readonly CheckedMigration[];
  readonly options: RunOptions;
}

async function apply(decision: Extract<Plan, { kind: "apply" }>, run: Run): Promise<Outcome> {
  const { transaction, options, checked } = run;
  const baseline = checked[0]!;
  const holdsData = decision.from !== undefined;
  const backup = holdsData && options.dryRun !== true
    ? options.backupPath?.(decision.migrations[0]!.revision)
    : undefined;
  // The lock is held, and other connections still see the state before.
  if (backup !== undefined) await run.database.backup(backup);

  const applications: Application[] = [];
  if (decision.stamp || decision.from === baseline.revision) applications.push(record(baseline, 0, options));
  if (decision.stamp) await stampBaseline(transaction, baseline.revision);
  for (const migration of decision.migrations) {
    const started = performance.now();
    await runScript(transaction, migration, run.database.dialect);
    if (migration === baseline) await stampBaseline(transaction, baseline.revision);
    applications.push(record(migration, Math.round(performance.now() - started), options));
  }
  await recordApplied(transaction, applications);
  await verify(transaction);
  return {
    from: decision.from,
    adopted: decision.stamp,
    applied: decision.migrations.map((migration) => migration.revision),
    revision: checked.at(-1)!.revision,
    backup,
  };
}

function record(migration: CheckedMigration, duration_ms: number, options: RunOptions): Application {
  return {
    migration,
    duration_ms,
    appliedAt: isoOffset(options.clock.now()),
    appVersion: options.appVersion,
  };
}

async function runScript(
  transaction: Transaction,
  migration: Migration,
  dialect: Database["dialect"],
): Promise<void> {
  const text = migration.sql[dialect];
  try {
    await transaction.script(text);
  } catch (error) {
    if (error instanceof CqError) throw error;
    // The driver's message repeats the whole script.
    const reason = (error as Error).message.replace(` in ${text}`, "");
    throw refused(
      `migration ${migration.revision} (${migration.name}) failed, nothing was changed: ${reason}`,
      error,
    );
  }
}

async function verify(transaction: Transaction): Promise<void> {
  const table = await brokenReference(transaction);
  if (table === undefined) return;
  throw refused(
    `table ${table} has rows that point nowhere (foreign key check), nothing was changed; repair them and start again`,
  );
}

/**
 * Records that a database is at `revision` without running anything: for one whose tables are known to be there.
 *
 * @throws {CqError} `refused` where the revision is unknown, the baseline's tables are not complete, or later ones are there.
 */
export async function stamp(
  database: Database,
  migrations: readonly Migration[],
  revision: string,
  options: { clock: Clock; appVersion: string },
): Promise<void> {
  const checked = withChecksums(migrations, database.dialect);
  const index = checked.findIndex((migration) => migration.revision === revision);
  if (index === -1) {
    const known = checked.map((migration) => migration.revision).join(", ");
    throw refused(`unknown revision ${revision}; this version knows ${known}`);
  }
  const found = await readState(database);
  const missing = baselineDifferences(found.tables);
  if (missing.length > 0) throw refused(`cannot stamp: these are missing: ${missing.join(", ")}`);
  const later = await existingTables(database, tablesBeyond(checked, index, database.dialect));
  if (later.size > 0) {
    throw refused(
      `cannot stamp ${revision}: later revisions made these tables, which are there: ${
        [...later].sort().join(", ")
      }; ` +
        "stamp the revision that has them",
    );
  }
  if (index > 0 && found.history === undefined) {
    throw refused(
      `cannot stamp ${revision}: the table schema_history does not exist; stamp 0001, then migrate`,
    );
  }
  await database.transaction(async (transaction) => {
    await lockSchema(database.dialect, transaction, MIGRATION_LOCK_WAIT_MS);
    await stampBaseline(transaction, checked[0]!.revision);
    // The original's revision knows no history.
    if (found.history === undefined) return;
    await forgetFrom(transaction, checked[0]!.revision);
    await recordApplied(
      transaction,
      checked.slice(0, index + 1).map((migration) => record(migration, 0, options)),
    );
  });
}

/** Tables that only migrations after the one at `index` make. */
function tablesBeyond(
  migrations: readonly Migration[],
  index: number,
  dialect: Database["dialect"],
): string[] {
  const made = (some: readonly Migration[]): Set<string> =>
    new Set(
      some.flatMap(({ sql }) =>
        [...sql[dialect].matchAll(/^CREATE TABLE (?:IF NOT EXISTS )?(\w+)/gm)].map(([, name]) => name!)
      ),
    );
  return [...made(migrations.slice(index + 1)).difference(made(migrations.slice(0, index + 1)))];
}
