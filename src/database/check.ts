import type { Database } from "./database.ts";
import { sql } from "./sql.ts";

/** Something wrong with what is stored. */
export interface Problem {
  readonly kind: "integrity" | "foreign_key" | "unreadable_unit";
  readonly message: string;
}

/** Asks the engine whether the file is whole and every reference leads somewhere. */
export async function checkDatabase(database: Database): Promise<Problem[]> {
  // Postgres checks both by itself, with tools of its own.
  if (database.dialect === "postgres") return [];
  const integrity = await database.all<{ message: string }>(
    sql`SELECT integrity_check AS message FROM pragma_integrity_check`,
  );
  const references = await database.all<{ table: string; parent: string; total: number }>(sql`
    SELECT "table", parent, COUNT(*) AS total FROM pragma_foreign_key_check GROUP BY "table", parent`);
  return [
    ...integrity.filter(({ message }) => message !== "ok")
      .map(({ message }): Problem => ({ kind: "integrity", message: `integrity: ${message}` })),
    ...references.map(({ table, parent, total }): Problem => ({
      kind: "foreign_key",
      message: `${total} rows of ${table} refer to rows of ${parent} that do not exist`,
    })),
  ];
}
