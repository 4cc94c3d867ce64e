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

/** What the index of words keeps of a unit: words of letters and digits, separated by spaces. */
export function indexedWords(words: string): Sql {
  return perDialect({
    sqlite: sql`${words}`,
    postgres: sql`array_to_tsvector(string_to_array(${words}, ' '))`,
  });
}

/** Whether an entry of the index of words has all words of one of the lists. */
export function hasWords(alternatives: readonly (readonly string[])[]): Sql {
  const expression = (and: string, or: string): string =>
    alternatives.map((words) => `(${words.join(and)})`).join(or);
  return perDialect({
    sqlite: sql`knowledge_text_words MATCH ${expression(" AND ", " OR ")}`,
    postgres: sql`words @@ CAST(${expression(" & ", " | ")} AS tsquery)`,
  });
}

/** The order of the index of words from its end. On Postgres, an index in that order must not be taken for the words' own. */
export function lastWordsFirst(): Sql {
  return perDialect({ sqlite: sql`rowid DESC`, postgres: sql`rowid + 0 DESC` });
}

/** How many units of a scope more, or less, have a term. */
export interface TermCount {
  readonly scope: string;
  readonly term: number;
  readonly by: number;
}

/** Counts as rows of `scope`, `term` and `units`. As one value, so that the text of a query does not depend on how many there are. */
export function termCounts(counts: readonly TermCount[]): Sql {
  const rows = JSON.stringify(counts.map(({ scope, term, by }) => [scope, term, by]));
  return perDialect({
    sqlite: sql`(
      SELECT json_extract(value, '$[0]') AS scope, json_extract(value, '$[1]') AS term,
        json_extract(value, '$[2]') AS units
      FROM json_each(${rows}))`,
    postgres: sql`(
      SELECT value ->> 0 AS scope, CAST(value ->> 1 AS integer) AS term, CAST(value ->> 2 AS integer) AS units
      FROM jsonb_array_elements(CAST(CAST(${rows} AS text) AS jsonb)) AS counted (value)) AS counts`,
  });
}
