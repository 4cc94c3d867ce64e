import * as users from "../../src/accounts/users.ts";
import type { Database } from "../../src/database/database.ts";
import type { Sql } from "../../src/database/sql.ts";
import * as units from "../../src/knowledge/store.ts";

/** Registers a test that gets a database of its own at the newest revision. */
export type Register = (name: string, body: (database: Database) => Promise<void>) => void;

export const TIME = "2026-03-01T10:20:30.123456+00:00";

/** Texts that a dictionary sorts otherwise than by their bytes. */
export const BY_BYTES = ["-b", "A-", "B", "Z", "_", "a", "b", "É", "é", "😀"];
export const SHUFFLED = ["é", "b", "Z", "-b", "😀", "a", "A-", "É", "_", "B"];

/** Runs one statement in a transaction and tells how many rows it changed. */
export function run(database: Database, query: Sql): Promise<number> {
  return database.transaction((transaction) => transaction.run(query));
}

type UnitFields = Partial<units.NewUnit> & { id: string };

/** Stores an approved unit, or whatever `fields` make of it; tells whether it is new. */
export async function addUnit(database: Database, fields: UnitFields): Promise<boolean> {
  const unit = {
    data: "{}",
    status: "approved",
    reviewed_by: null,
    reviewed_at: null,
    created_at: TIME,
    tier: "private",
    domains: ["d"],
    ...fields,
  };
  const added = await database.transaction((transaction) => units.insertUnits(transaction, [unit]));
  return added.length > 0;
}

/** Adds a user; tells whether the name was free. */
export function addUser(database: Database, username: string): Promise<boolean> {
  const user = { username, password_hash: "x", created_at: TIME };
  return database.transaction((transaction) => users.insertUser(transaction, user));
}

export function ids(rows: readonly { readonly id: string }[]): string[] {
  return rows.map((row) => row.id);
}

/** The JSON of a unit with this confidence. */
export function confidence(value: unknown): string {
  return JSON.stringify({ evidence: { confidence: value } });
}
