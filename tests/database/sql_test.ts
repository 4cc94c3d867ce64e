import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { compile, join, list, perDialect, type Sql, sql } from "../../src/database/sql.ts";

/** A query as SQLite takes it; Postgres must get the same text with its own placeholders, and the same values. */
function shown(query: Sql): [text: string, values: readonly unknown[]] {
  const { text, values } = compile(query, "sqlite");
  let number = 0;
  deepEqual(compile(query, "postgres"), { text: text.replaceAll("?", () => `$${++number}`), values });
  return [text, values];
}

Deno.test("interpolated values become placeholders, whatever they hold", () => {
  deepEqual(shown(sql`SELECT ${"'; DROP TABLE x; --"}, ${null}, ${7}`), [
    "SELECT ?, ?, ?",
    ["'; DROP TABLE x; --", null, 7],
  ]);
  deepEqual(shown(sql`SELECT 1`), ["SELECT 1", []]);
});

Deno.test("interpolated fragments are spliced in with their values in order", () => {
  const inner = sql`b = ${2} AND ${sql`c = ${3}`}`;
  deepEqual(shown(sql`a = ${1} AND ${inner} AND d = ${4}`), [
    "a = ? AND b = ? AND c = ? AND d = ?",
    [1, 2, 3, 4],
  ]);
  deepEqual(shown(sql`${inner}`), shown(inner));
  deepEqual(shown(sql`a${sql``}b`), ["ab", []]);
});

Deno.test("bytes are a value, not a fragment", () => {
  const bytes = new Uint8Array([1]);
  deepEqual(shown(sql`x = ${bytes}`), ["x = ?", [bytes]]);
});

Deno.test("fragments are joined with a separator between them", () => {
  deepEqual(shown(join([sql`a = ${1}`, sql`b`, sql`c = ${3}`], " AND ")), ["a = ? AND b AND c = ?", [1, 3]]);
  deepEqual(shown(join([sql`a`], " AND ")), ["a", []]);
  deepEqual(shown(join([], " AND ")), ["", []]);
});

Deno.test("a list has one placeholder for each value", () => {
  deepEqual(shown(sql`x IN (${list(["a", "b", "c"])})`), ["x IN (?, ?, ?)", ["a", "b", "c"]]);
  deepEqual(shown(list([1])), ["?", [1]]);
});

Deno.test("a query can be compiled for one engine and then for the other, as often as one likes", () => {
  const query = sql`a = ${1} AND b IN (${list(["x", "y"])})`;
  for (let time = 0; time < 2; time++) {
    deepEqual(compile(query, "sqlite"), { text: "a = ? AND b IN (?, ?)", values: [1, "x", "y"] });
    deepEqual(compile(query, "postgres"), { text: "a = $1 AND b IN ($2, $3)", values: [1, "x", "y"] });
  }
});

Deno.test("where the engines differ, each gets its own words and only the values in them", () => {
  const inner = perDialect({ sqlite: sql`s(${"s"})`, postgres: sql`p(${"p"}, ${sql`q(${"q"})`})` });
  const query = sql`${1} ${perDialect({ sqlite: sql`[${inner}]`, postgres: sql`<${inner}>` })} ${2}`;
  deepEqual(compile(query, "sqlite"), { text: "? [s(?)] ?", values: [1, "s", 2] });
  deepEqual(compile(query, "postgres"), { text: "$1 <p($2, q($3))> $4", values: [1, "p", "q", 2] });
});

Deno.test("a text that looks like a placeholder is left alone", () => {
  const text = "SELECT '$1', '?', ";
  deepEqual(compile({ pieces: [{ text }, { value: 1 }] }, "postgres"), { text: `${text}$1`, values: [1] });
});

Deno.test("any nesting of fragments has as many placeholders as values, in order", () => {
  const tree = fc.letrec<{ node: Sql }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.integer().map((value) => sql`v = ${value}`),
      fc.array(tie("node"), { maxLength: 3 }).map((parts) => join(parts, ", ")),
      fc.tuple(tie("node"), fc.integer(), tie("node")).map(([a, value, b]) => sql`(${a} ${value} ${b})`),
    ),
  })).node;
  fc.assert(fc.property(tree, (query) => {
    const [text, values] = shown(query);
    equal(text.split("?").length, values.length + 1);
  }));
});
