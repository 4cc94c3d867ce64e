import { MIGRATIONS } from "../../migrations/mod.ts";
import { databaseConfig } from "../config.ts";
import type { Database } from "../database/database.ts";
import { openDatabase } from "../database/open.ts";
import { type DatabaseLocation, redactUrl } from "../database/url.ts";
import { refused } from "../errors.ts";
import type { Plan } from "../migrate/plan.ts";
import { planFor } from "../migrate/runner.ts";
import { atDatabase } from "../migrate/startup.ts";

/** Whether a database is there at all; looking must not create it. */
export async function exists(location: DatabaseLocation): Promise<boolean> {
  if (location.path === ":memory:") return true;
  return await Deno.stat(location.path).then(() => true, (error) => {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  });
}

interface Requirement {
  /** What the schema must be: at the newest revision, one this version knows, or anything. */
  readonly schema?: "current" | "known" | "any";
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
  if (!await exists(location)) {
    throw refused(`there is no database at ${redactUrl(location.url)}; make one with the migrate command`);
  }
  const database = openDatabase(location);
  try {
    const decision = schema === "any" ? undefined : await knownPlan(database, location);
    if (schema === "current" && decision?.kind === "apply") {
      throw refused(`${redactUrl(location.url)}: the schema is not current; run the migrate command first`);
    }
    return await work(database, location);
  } finally {
    await database.close();
  }
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
  try {
    const decision = await planFor(database, MIGRATIONS);
    if (decision.kind === "refuse") throw refused(decision.message);
    return decision;
  } catch (error) {
    throw atDatabase(location, error);
  }
}
