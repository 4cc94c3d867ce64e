import type { Database } from "../database/database.ts";
import { openDatabase } from "../database/open.ts";
import { type DatabaseLocation, redactUrl } from "../database/url.ts";
import { CqError, refused } from "../errors.ts";
import { APP_VERSION } from "../version.ts";
import { type Clock, isoZ } from "../wire/time.ts";
import type { Migration } from "./plan.ts";
import { migrate, type Outcome } from "./runner.ts";

interface StartOptions {
  readonly migrations: readonly Migration[];
  readonly clock: Clock;
}

/**
 * Opens a database and brings it to the newest revision; data that is there is copied to a file beside it first.
 *
 * @throws {CqError} that names the database and why it is not used.
 */
export async function openMigrated(
  location: DatabaseLocation,
  { migrations, clock }: StartOptions,
): Promise<{ database: Database; outcome: Outcome }> {
  const database = openDatabase(location);
  try {
    const backupPath = backupPathFor(location, clock);
    const outcome = await migrate(database, migrations, { clock, appVersion: APP_VERSION, backupPath });
    return { database, outcome };
  } catch (error) {
    await database.close();
    throw atDatabase(location, error);
  }
}

/** An error with the name of the database it is about. */
export function atDatabase(location: DatabaseLocation, error: unknown): unknown {
  if (!(error instanceof CqError)) return error;
  // A refusal says all there is to say; what the engine answered belongs to the other errors.
  const hasReason = error.code !== "refused" && error.cause instanceof Error;
  const reason = hasReason ? ` (${(error.cause as Error).message})` : "";
  return refused(`${redactUrl(location.url)}: ${error.message}${reason}`, error);
}

function backupPathFor(location: DatabaseLocation, clock: Clock): ((revision: string) => string) | undefined {
  if (location.path === ":memory:") return undefined;
  const time = isoZ(clock.now()).replace(/\.\d+/, "").replaceAll(/[-:]/g, "");
  return (revision) => `${location.path}.${time}.before-${revision}.bak`;
}
