import type { Database } from "../database/database.ts";
import { reasonAt } from "../database/obstacle.ts";
import { databaseExists, openDatabase, type OpenOptions } from "../database/open.ts";
import { isLockContention } from "../database/sqlite_errors.ts";
import { type DatabaseLocation, redactUrl } from "../database/url.ts";
import { CqError, refused } from "../errors.ts";
import { MIGRATION_LOCK_WAIT_MS, WRITE_LOCK_RETRY_MS } from "../limits.ts";
import { APP_VERSION } from "../version.ts";
import { type Clock, fileTime } from "../wire/time.ts";
import type { Migration } from "./plan.ts";
import { migrate, type Outcome, planFor } from "./runner.ts";

interface StartOptions extends OpenOptions {
  readonly migrations: readonly Migration[];
  readonly clock: Clock;
  /** `auto` brings the schema up to date, `check` refuses another one, `off` does not look. */
  readonly mode?: "auto" | "check" | "off";
}

/**
 * Opens a database at the newest revision. Unless told otherwise it is brought there; data that is there is copied to a file beside
 * it first, where it is a file.
 *
 * @throws {CqError} that names the database and why it is not used.
 */
export async function openMigrated(
  location: DatabaseLocation,
  { migrations, clock, mode = "auto", ...options }: StartOptions,
): Promise<{ database: Database; outcome: Outcome | undefined }> {
  if (mode === "check") await checkUntouched(location, migrations);
  const database = openDatabase(location, options);
  let copy: string | undefined;
  try {
    if (mode === "off") return { database, outcome: undefined };
    const pathFor = backupPathFor(location, clock);
    const backupPath = pathFor && ((revision: string) => copy = pathFor(revision));
    const outcome = await onceUnlocked(() =>
      migrate(database, migrations, { clock, appVersion: APP_VERSION, backupPath })
    );
    return { database, outcome };
  } catch (error) {
    // A supervisor that starts it again and again would fill the disk with copies.
    if (copy !== undefined && await isPending(database, migrations)) await Deno.remove(copy).catch(() => {});
    await database.close();
    throw atDatabase(location, error);
  }
}

/** Whether a database is as it was before a migration, for all that can be told. */
function isPending(database: Database, migrations: readonly Migration[]): Promise<boolean> {
  return planFor(database, migrations).then(({ kind }) => kind === "apply", () => false);
}

// Where several processes start at once on a file, SQLite refuses some of their locks without waiting for them.
async function onceUnlocked<T>(work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + MIGRATION_LOCK_WAIT_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isLockContention(error) || performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, WRITE_LOCK_RETRY_MS));
    }
  }
}

async function checkUntouched(location: DatabaseLocation, migrations: readonly Migration[]): Promise<void> {
  const database = openDatabase(location, { untouched: true, poolSize: 1 });
  try {
    if (!await databaseExists(location)) throw refused("there is no database; run the migrate command first");
    await requireCurrent(database, migrations);
  } catch (error) {
    throw atDatabase(location, error);
  } finally {
    await database.close();
  }
}

/**
 * Makes sure that a database is at the newest revision, without changing it.
 *
 * @throws {CqError} `refused` where it is not.
 */
export async function requireCurrent(database: Database, migrations: readonly Migration[]): Promise<void> {
  const decision = await planFor(database, migrations);
  if (decision.kind === "refuse") throw refused(decision.message);
  if (decision.kind === "apply") {
    throw refused(`the schema is at revision ${decision.from ?? "none"}; run the migrate command first`);
  }
}

/** An error with the name of the database it is about. */
export function atDatabase(location: DatabaseLocation, error: unknown): unknown {
  if (!(error instanceof CqError)) return error;
  const reason = reasonOf(location, error);
  return refused(
    `${redactUrl(location.url)}: ${error.message}${reason === undefined ? "" : ` (${reason})`}`,
    error,
  );
}

function reasonOf(location: DatabaseLocation, { code, cause }: CqError): string | undefined {
  // A refusal says all there is to say; what the engine answered belongs to the other errors.
  if (code === "refused" || !(cause instanceof Error)) return undefined;
  return location.engine === "sqlite" ? reasonAt(location.path, cause) : cause.message;
}

function backupPathFor(location: DatabaseLocation, clock: Clock): ((revision: string) => string) | undefined {
  if (location.engine !== "sqlite" || location.path === ":memory:") return undefined;
  const time = fileTime(clock.now());
  return (revision) => `${location.path}.${time}.before-${revision}.bak`;
}
