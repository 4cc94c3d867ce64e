/** The engines a query can be for. */
export type Dialect = "sqlite" | "postgres";

/** What a column holds and a placeholder takes. Whole numbers are bound as integers. */
export type SqlValue = string | number | bigint | null | Uint8Array;

type Piece =
  | { readonly text: string }
  | { readonly value: SqlValue }
  | { readonly choice: Readonly<Record<Dialect, Sql>> };

/** A query or a piece of one: text, values apart from it, and places where the engines differ. */
export interface Sql {
  readonly pieces: readonly Piece[];
}

type Part = SqlValue | Sql;

function isFragment(part: Part): part is Sql {
  return typeof part === "object" && part !== null && "pieces" in part;
}

/**
 * A query or a piece of one. Interpolated values become placeholders, interpolated fragments are spliced in.
 *
 * @example
 * ```ts
 * const status = "approved";
 * const filter = sql`WHERE status = ${status}`;
 * const query = sql`SELECT id FROM knowledge_units ${filter} LIMIT ${5}`;
 * ```
 */
export function sql(strings: TemplateStringsArray, ...parts: Part[]): Sql {
  const pieces: Piece[] = [{ text: strings[0]! }];
  parts.forEach((part, index) => {
    if (isFragment(part)) pieces.push(...part.pieces);
    else pieces.push({ value: part });
    pieces.push({ text: strings[index + 1]! });
  });
  return { pieces };
}

/** One meaning in the words of each engine. Only `dialect.ts` and `schema.ts` have use for it. */
export function perDialect(choice: Readonly<Record<Dialect, Sql>>): Sql {
  return { pieces: [{ choice }] };
}

/** Fragments one after the other, `separator` between them. */
export function join(fragments: readonly Sql[], separator: string): Sql {
  return {
    pieces: fragments.flatMap(({ pieces }, index) => index === 0 ? pieces : [{ text: separator }, ...pieces]),
  };
}

/** A list of values for `IN (…)`. Must not be empty. */
export function list(values: readonly SqlValue[]): Sql {
  return join(values.map((value) => ({ pieces: [{ value }] })), ", ");
}

/** The text and the values of a query as an engine takes them: placeholders are `?` for SQLite, `$1`, … for Postgres. */
export function compile(query: Sql, dialect: Dialect): { text: string; values: SqlValue[] } {
  const values: SqlValue[] = [];
  let text = "";
  const append = ({ pieces }: Sql): void => {
    for (const piece of pieces) {
      if ("text" in piece) text += piece.text;
      else if ("choice" in piece) append(piece.choice[dialect]);
      else {
        values.push(piece.value);
        text += dialect === "sqlite" ? "?" : `$${values.length}`;
      }
    }
  };
  append(query);
  return { text, values };
}
