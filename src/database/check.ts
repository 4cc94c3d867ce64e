import { CqError } from "../errors.ts";
import type { Database } from "./database.ts";
import { DatabaseFault } from "./fault.ts";
import { type Sql, sql } from "./sql.ts";

/** Something wrong with what is stored. */
export interface Problem {
  readonly kind: "integrity" | "foreign_key" | "unreadable_unit";
  readonly message: string;
}

/** Asks the engine whether the file is whole and every reference leads somewhere. */
export async function checkDatabase(database: Database): Promise<Problem[]> {
  // Postgres checks both by itself, with tools of its own.
  if (database.dialect === "postgres") return [];
  return [
    ...await checkIntegrity(database),
    ...await checkReferences(database).catch((error) => [damage("the references", error)]),
  ];
}

async function checkIntegrity(database: Database): Promise<Problem[]> {
  const messages = (query: Sql): Promise<Problem[]> =>
    database.all<{ message: string }>(query).then((rows) =>
      rows.filter(({ message }) => message !== "ok")
        .map(({ message }) => ({ kind: "integrity", message: `integrity: ${message}` }))
    );
  try {
    return await messages(sql`SELECT integrity_check AS message FROM pragma_integrity_check`);
  } catch (error) {
    // It tells what it found, which may be nothing, before it meets what it cannot pass.
    const first = await messages(sql`SELECT integrity_check AS message FROM pragma_integrity_check LIMIT 1`)
      .catch(() => []);
    return [...first, damage("all of the file", error)];
  }
}

async function checkReferences(database: Database): Promise<Problem[]> {
  const references = await database.all<{ table: string; parent: string; total: number }>(sql`
    SELECT "table", parent, COUNT(*) AS total FROM pragma_foreign_key_check GROUP BY "table", parent`);
  return references.map(({ table, parent, total }) => ({
    kind: "foreign_key",
    message: `${total} rows of ${table} refer to rows of ${parent} that do not exist`,
  }));
}

/** That damage to the file keeps `what` from being looked at, as a problem. Any other error is thrown. */
export function damage(what: string, error: unknown): Problem {
  for (let fault = error; fault instanceof CqError; fault = fault.cause) {
    if (!(fault instanceof DatabaseFault && fault.kind === "damaged")) continue;
    const reason = (fault.cause as Error).message;
    return { kind: "integrity", message: `integrity: ${what} cannot be read: ${reason}` };
  }
  throw error;
}
