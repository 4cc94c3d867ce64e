import { MIGRATIONS } from "../../migrations/mod.ts";
import { checkpointsBy, databaseConfig } from "../config.ts";
import type { Database } from "../database/database.ts";
import { databaseExists, openDatabase } from "../database/open.ts";
import { type DatabaseLocation, redactUrl } from "../database/url.ts";
import { refused } from "../errors.ts";
import type { Plan } from "../migrate/plan.ts";
import { planFor } from "../migrate/runner.ts";
import { atDatabase, requireCurrent } from "../migrate/startup.ts";

interface Requirement {
  /** What the schema must be: at the newest revision, or anything. */
  readonly schema?: "current" | "any";
}

/**
 * Runs `work` on the configured database and closes it.
 *
 * @throws {CqError} that names the database, where it is missing, not as required, or cannot be opened.
 */
export async function withDatabase<T>(
  work: (database: Database, location: DatabaseLocation) => Promise<T>,
  { schema = "current" }: Requirement = {},
): Promise<T> {
  const location = databaseConfig();
  if (!await databaseExists(location)) {
    throw refused(`there is no database at ${redactUrl(location.url)}; make one with the migrate command`);
  }
  const database = openDatabase(location, { patient: true, ...commandCheckpoints() });
  try {
    if (schema === "current") await requireCurrent(database, MIGRATIONS).catch(naming(location));
    return await work(database, location);
  } finally {
    await database.close();
  }
}

/** Checkpoints are another program's where the server leaves them to it, and of the connection that writes otherwise. */
export function commandCheckpoints(): { checkpoints?: "external" } {
  const checkpoints = checkpointsBy();
  return checkpoints === undefined ? {} : { checkpoints };
}

/**
 * What a start would do with the database.
 *
 * @throws {CqError} that names the database, where a start would refuse it.
 */
export async function knownPlan(
  database: Database,
  location: DatabaseLocation,
): Promise<Exclude<Plan, { kind: "refuse" }>> {
  const decision = await planFor(database, MIGRATIONS).catch(naming(location));
  if (decision.kind === "refuse") throw atDatabase(location, refused(decision.message));
  return decision;
}

/**
 * Makes sure that a database holds tables of a cq server, at a revision that this version knows.
 *
 * @throws {CqError} `refused`, naming the database, where it does not.
 */
export async function requireTables(database: Database, location: DatabaseLocation): Promise<void> {
  const decision = await knownPlan(database, location);
  if (decision.kind !== "apply" || decision.from !== undefined) return;
  const message =
    "the database holds none of the tables of a cq server; name another one, or run the migrate command";
  throw atDatabase(location, refused(message));
}

function naming(location: DatabaseLocation): (error: unknown) => never {
  return (error) => {
    throw atDatabase(location, error);
  };
}
