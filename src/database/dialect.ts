import { perDialect, type Sql, sql } from "./sql.ts";

// What the engines spell differently, each difference once.

/** A text column that is compared and sorted by its bytes, whatever the collation of the database. */
export function bytewise(column: Sql): Sql {
  return perDialect({ sqlite: column, postgres: sql`${column} COLLATE "C"` });
}

/** Holds the rows a transaction read until it ends. SQLite's write lock holds everything. */
export function forUpdate(): Sql {
  return perDialect({ sqlite: sql``, postgres: sql`FOR UPDATE` });
}

/** The texts of a column over all rows, separated by commas; NULL where there is no row. */
export function joinedTexts(column: Sql): Sql {
  return perDialect({ sqlite: sql`group_concat(${column}, ',')`, postgres: sql`string_agg(${column}, ',')` });
}
