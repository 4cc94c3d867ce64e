import { type Sql, sql } from "./sql.ts";

// What the engines spell differently, each difference once.

/** A number inside a JSON text column: NULL where the text is no JSON or the value no number, `absent` where it is missing. */
export function jsonNumber(column: Sql, path: string, absent: number): Sql {
  const at = `$.${path}`;
  return sql`CASE WHEN json_valid(${column}) THEN
    CASE COALESCE(json_type(${column}, ${at}), 'null')
      WHEN 'null' THEN ${absent}
      WHEN 'real' THEN json_extract(${column}, ${at})
      WHEN 'integer' THEN json_extract(${column}, ${at})
    END END`;
}

/** The UTC day of a text column that holds a time with any offset; NULL where it is no time. */
export function utcDay(column: Sql): Sql {
  return sql`date(${column})`;
}
