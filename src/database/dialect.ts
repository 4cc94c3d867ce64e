import { perDialect, type Sql, sql } from "./sql.ts";

// What the engines spell differently, each difference once.

/** Who proposed a unit, of the JSON text of one; NULL where it does not say. As `cq_units_proposer` is made of. */
export function proposerIn(column: Sql): Sql {
  return perDialect({
    sqlite: sql`CASE WHEN json_valid(${column}) THEN json_extract(${column}, '$.created_by') END`,
    postgres: sql`cq_proposer(${column}) COLLATE "C"`,
  });
}

/** Whether the JSON text of a unit has flags. As `cq_units_flagged` is made of. */
export function hasFlagsIn(column: Sql): Sql {
  return perDialect({
    sqlite: sql`CASE WHEN json_valid(${column}) THEN json_array_length(${column}, '$.flags') END > 0`,
    postgres: sql`cq_flag_count(${column}) > 0`,
  });
}

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
