/** What a column holds and a placeholder takes. Whole numbers are bound as integers. */
export type SqlValue = string | number | bigint | null | Uint8Array;

/** SQL text with its values apart: `texts` has one more item than `values`, and each gap is a placeholder. */
export interface Sql {
  readonly texts: readonly string[];
  readonly values: readonly SqlValue[];
}

type Part = SqlValue | Sql;

function isFragment(part: Part): part is Sql {
  return typeof part === "object" && part !== null && "texts" in part;
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
  const texts = [strings[0]!];
  const values: SqlValue[] = [];
  parts.forEach((part, index) => {
    const following = strings[index + 1]!;
    if (isFragment(part)) {
      texts[texts.length - 1] += part.texts[0]!;
      texts.push(...part.texts.slice(1));
      values.push(...part.values);
      texts[texts.length - 1] += following;
    } else {
      values.push(part);
      texts.push(following);
    }
  });
  return { texts, values };
}

/** Fragments one after the other, `separator` between them. */
export function join(fragments: readonly Sql[], separator: string): Sql {
  return fragments.reduce<Sql>(
    (all, next, index) => index === 0 ? next : sql`${all}${raw(separator)}${next}`,
    sql``,
  );
}

/** A list of values for `IN (…)`. Must not be empty. */
export function list(values: readonly SqlValue[]): Sql {
  return { texts: ["", ...values.slice(1).map(() => ", "), ""], values };
}

function raw(text: string): Sql {
  return { texts: [text], values: [] };
}
