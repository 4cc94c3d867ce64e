import { perDialect, type Sql, sql } from "./sql.ts";

// What the engines spell differently, each difference once.

/**
 * A number inside a JSON text column: NULL where the text is no JSON or the value no number, `absent` where it is missing.
 * Postgres gets a function with an exception handler from our second migration: it has no way to ask first.
 */
export function jsonNumber(column: Sql, path: readonly [string, string], absent: number): Sql {
  const at = `$.${path.join(".")}`;
  return perDialect({
    sqlite: sql`CASE WHEN json_valid(${column}) THEN
      CASE COALESCE(json_type(${column}, ${at}), 'null')
        WHEN 'null' THEN ${absent}
        WHEN 'real' THEN json_extract(${column}, ${at})
        WHEN 'integer' THEN json_extract(${column}, ${at})
      END END`,
    postgres: sql`cq_json_number(${column}, ${path[0]}, ${path[1]}, ${absent}::double precision)`,
  });
}

/** The UTC day of a text column that holds a time with any offset; NULL where it is no time. */
export function utcDay(column: Sql): Sql {
  return perDialect({ sqlite: sql`date(${column})`, postgres: sql`cq_utc_day(${column})` });
}

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
