import { deepEqual, equal, match } from "node:assert/strict";
import { z } from "@hono/zod-openapi";
import { limitedText, sizedText, text, validate } from "../../src/wire/validation.ts";
import { spelled, thrown } from "../fixtures/faults.ts";

const schema = z.object({
  name: sizedText(2, 3).optional(),
  summary: limitedText("summary", 3).optional(),
  tags: z.array(text).min(1).max(2).optional(),
  inner: z.object({ text }).optional(),
  map: z.record(z.string(), z.unknown()).nullable().optional(),
  reason: z.enum(["stale", "incorrect"]).optional(),
  id: z.string().regex(/^ku_/).optional(),
});

function faults(value: unknown): string[] {
  return spelled(thrown(() => validate(schema, value, "body")).fields);
}

const TABLE: readonly [unknown, string][] = [
  [undefined, "missing at body"],
  ["text", "model_attributes_type at body"],
  [7, "model_attributes_type at body"],
  [[], "model_attributes_type at body"],
  [{ inner: {} }, "missing at body.inner.text"],
  [{ inner: null }, "model_attributes_type at body.inner"],
  [{ inner: "x" }, "model_attributes_type at body.inner"],
  [{ inner: { text: null } }, "string_type at body.inner.text"],
  [{ inner: { text: 7 } }, "string_type at body.inner.text"],
  [{ inner: { text: "\ud800" } }, "string_unicode at body.inner.text"],
  [{ tags: null }, "list_type at body.tags"],
  [{ tags: "a" }, "list_type at body.tags"],
  [{ tags: { 0: "a" } }, "list_type at body.tags"],
  [{ tags: "" }, "list_type at body.tags"],
  [{ tags: "abc" }, "list_type at body.tags"],
  [{ tags: { length: 0 } }, "list_type at body.tags"],
  [{ tags: { length: 3 } }, "list_type at body.tags"],
  [{ tags: ["a", 7] }, "string_type at body.tags.1"],
  [{ tags: ["a", "\udc00"] }, "string_unicode at body.tags.1"],
  [{ tags: [] }, "too_short at body.tags"],
  [{ tags: ["a", "b", "c"] }, "too_long at body.tags"],
  [{ map: [] }, "dict_type at body.map"],
  [{ map: "x" }, "dict_type at body.map"],
  [{ reason: "STALE" }, "enum at body.reason"],
  [{ reason: null }, "enum at body.reason"],
  [{ id: "ku-" }, "string_pattern_mismatch at body.id"],
  [{ name: "a" }, "string_too_short at body.name"],
  [{ name: "😀😀😀😀" }, "string_too_long at body.name"],
  [{ summary: "😀😀😀😀" }, "value_error at body.summary"],
];

Deno.test("each kind of fault has the contract's type and leads to its place", () => {
  for (const [value, expected] of TABLE) deepEqual(faults(value), [expected], JSON.stringify(value));
});

Deno.test("all faults of a request are told together, in the order of the fields", () => {
  const value = { map: 1, reason: "x", inner: {}, tags: [1, 2], summary: "long", name: "" };
  deepEqual(faults(value), [
    "string_too_short at body.name",
    "value_error at body.summary",
    "string_type at body.tags.0",
    "string_type at body.tags.1",
    "missing at body.inner.text",
    "dict_type at body.map",
    "enum at body.reason",
  ]);
});

Deno.test("limits count code points: three emoji fit where three characters do", () => {
  deepEqual(validate(schema, { name: "😀😀😀", summary: "😀😀😀" }, "body"), {
    name: "😀😀😀",
    summary: "😀😀😀",
  });
});

Deno.test("unknown fields are dropped", () => {
  deepEqual(validate(schema, { inner: { text: "x", more: 1 }, zz: 1 }, "body"), { inner: { text: "x" } });
});

Deno.test("a fault tells the limit and the size, and never repeats the input", () => {
  const canary = "canary-".repeat(9);
  for (
    const value of [canary, [canary], { tags: [canary, canary, canary], summary: canary, reason: canary }]
  ) {
    const { fields = [] } = thrown(() => validate(schema, value, "body"));
    equal(JSON.stringify(fields).includes("canary"), false);
    for (const field of fields) deepEqual(Object.keys(field), ["type", "loc", "msg"]);
  }
  const [tooLong] = thrown(() => validate(schema, { summary: canary }, "body")).fields!;
  match(tooLong!.msg, /summary must be at most 3 characters, got 63/);
  const [tooMany] = thrown(() => validate(schema, { tags: ["a", "b", "c"] }, "body")).fields!;
  match(tooMany!.msg, /at most 2 items.*not 3/);
  const [unknown] = thrown(() => validate(schema, { reason: "x" }, "body")).fields!;
  match(unknown!.msg, /'stale' or 'incorrect'/);
});

Deno.test("faults of a query are told as such", () => {
  const query = z.object({ domains: z.array(z.string()) });
  deepEqual(spelled(thrown(() => validate(query, {}, "query")).fields), ["missing at query.domains"]);
});
