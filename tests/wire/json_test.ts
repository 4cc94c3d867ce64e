import { deepEqual, equal, throws } from "node:assert/strict";
import fc from "fast-check";
import type { CqError } from "../../src/errors.ts";
import { isObject, numberOf, parseBody, parseExact, spelledDouble } from "../../src/wire/json.ts";
import { thrown } from "../fixtures/faults.ts";

const integerText = fc.tuple(
  fc.constantFrom("", "-"),
  fc.oneof(fc.constant("0"), fc.bigInt({ min: 1n, max: 10n ** 60n }).map(String)),
).map((parts) => parts.join(""));
const digitText = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 30 });
// Exponents stay small: a fraction that overflows a double becomes null, which has a test of its own.
const fractionText = fc.tuple(
  integerText,
  fc.oneof(fc.constant(""), digitText.map((text) => `.${text}`)),
  fc.oneof(
    fc.constant(""),
    fc.tuple(fc.constantFrom("e", "E"), fc.constantFrom("", "+", "-"), fc.integer({ min: 0, max: 200 }))
      .map((parts) => parts.join("")),
  ),
).map((parts) => parts.join(""));

// A key that looks like an index would be moved to the front by the runtime.
const keyText = fc.string().map((key) => JSON.stringify(`k${key}`));
const compactJson = fc.letrec<{ value: string; list: string; object: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    integerText,
    fractionText,
    fc.string().map((text) => JSON.stringify(text)),
    fc.constantFrom("true", "false", "null"),
    tie("list"),
    tie("object"),
  ),
  list: fc.array(tie("value"), { maxLength: 4 }).map((items) => `[${items.join(",")}]`),
  object: fc.uniqueArray(fc.tuple(keyText, tie("value")), { maxLength: 4, selector: ([key]) => key })
    .map((entries) => `{${entries.map(([key, value]) => `${key}:${value}`).join(",")}}`),
})).value;

Deno.test("writing what was parsed gives the same text, every number in its own spelling", () => {
  fc.assert(
    fc.property(compactJson, (text) => equal(JSON.stringify(parseExact(text)), text)),
    { numRuns: 500 },
  );
});

Deno.test("what is parsed means what JSON.parse says", () => {
  fc.assert(fc.property(fc.json(), (text) => {
    deepEqual(JSON.parse(JSON.stringify(parseExact(text))), JSON.parse(text));
  }));
});

Deno.test("integers beyond 2^53, 1.0 and -0 keep their spelling; a fraction that overflows becomes null", () => {
  const text = "[12345678901234567890123,-9007199254740993,1.0,-0,1e5,0.10,1E+2]";
  equal(JSON.stringify(parseExact(text)), text);
  for (const alone of ["9007199254740993", "-9007199254740993", "12345678901234567", "1.0", "-0", "1e5"]) {
    equal(JSON.stringify(parseExact(alone)), alone);
  }
  equal(JSON.stringify(parseExact("[1e400,-1e400,1.5e999]")), "[null,null,null]");
});

Deno.test("a stored document nested 500 deep is read, one deeper is a RangeError whatever it holds", () => {
  const deepest = `${"[".repeat(500)}1.0${"]".repeat(500)}`;
  equal(JSON.stringify(parseExact(deepest)), deepest);
  for (const depth of [501, 100_000]) {
    for (const leaf of ["1.0", ""]) {
      throws(() => parseExact(`${"[".repeat(depth)}${leaf}${"]".repeat(depth)}`), RangeError);
    }
  }
});

Deno.test("a number inside a text is text", () => {
  const text = String.raw`{"a":"1.0 \" 2.0 \\","b\\":1.0,"c":"\\\""}`;
  equal(JSON.stringify(parseExact(text)), text);
});

Deno.test("numbers of extensions keep their spelling, others are plain numbers", () => {
  const body = parseBody('{"n":1.0,"extensions":{"a:b":[1.0,12345678901234567890,1e400]}}');
  equal(JSON.stringify(body), '{"n":1,"extensions":{"a:b":[1.0,12345678901234567890,null]}}');
});

Deno.test("the last of equal keys counts, at every level", () => {
  deepEqual(parseBody('{"a":1,"a":{"b":1,"b":2}}'), { a: { b: 2 } });
  const body = parseBody('{"extensions":{"a:b":1.0},"extensions":{"a:b":2.0,"a:b":3.0}}');
  equal(JSON.stringify(body), '{"extensions":{"a:b":3.0}}');
});

function nested(depth: number): string {
  return "[".repeat(depth) + "]".repeat(depth);
}

function statusOf(text: string): number {
  try {
    parseBody(text);
    return 200;
  } catch (error) {
    return (error as CqError).status;
  }
}

Deno.test("a body nested 500 deep is read, one deeper is a 400 whatever is wrong behind it", () => {
  equal(statusOf(nested(500)), 200);
  equal(statusOf(nested(501)), 400);
  equal(statusOf(`${nested(501)}]`), 400);
  equal(statusOf('{"a":'.repeat(501) + "1" + "}".repeat(501)), 400);
  equal(statusOf(nested(100_000)), 400);
});

Deno.test("an integer of 4300 digits is read, a longer one is a 400", () => {
  equal(statusOf("9".repeat(4300)), 200);
  equal(statusOf(`-${"9".repeat(4300)}`), 200);
  equal(statusOf("9".repeat(4301)), 400);
  equal(statusOf(`{"extensions":{"a:b":${"9".repeat(4301)}}}`), 400);
});

Deno.test("what is no JSON before it is nested too deep or has a long integer is a 422", () => {
  const long = "9".repeat(4301);
  for (const text of [`{x ${long}`, `{"a":"\\q","b":${long}}`, `{"a":1,${long}:2}`, `{x ${nested(501)}`]) {
    equal(statusOf(text), 422, text);
  }
  equal(statusOf(`{"a":${long} x`), 400);
});

Deno.test("brackets and digits inside texts do not count", () => {
  equal(statusOf(JSON.stringify("[".repeat(600))), 200);
  equal(statusOf(JSON.stringify(`\\"${"[".repeat(600)}`)), 200);
  equal(statusOf(JSON.stringify("9".repeat(5000))), 200);
});

const NO_JSON = [
  "NaN",
  "[Infinity]",
  '{"extensions":{"a:b":-Infinity}}',
  "{",
  '"open',
  '{"a":1,}',
  "[1,]",
  "{'a':1}",
  "01",
  "1.",
  ".5",
  "+1",
  "-",
  "1 2",
  '"\n"',
  "\ufeff{}",
];

Deno.test("what is no JSON is one json_invalid at its position in the body", () => {
  for (const text of NO_JSON) {
    const { status, fields = [] } = thrown(() => parseBody(text));
    deepEqual([status, fields.length, fields[0]?.type], [422, 1, "json_invalid"], text);
    const [source, position] = fields[0]!.loc;
    deepEqual([source, typeof position], ["body", "number"], text);
  }
});

Deno.test("a syntax error repeats nothing of the body", () => {
  const { fields } = thrown(() => parseBody('{"password":"hunter2-canary" x'));
  equal(JSON.stringify(fields).includes("canary"), false);
});

Deno.test("a whole double is spelled with its .0", () => {
  equal(
    JSON.stringify([1, 0, 0.6, 0.5499999999999999].map(spelledDouble)),
    "[1.0,0.0,0.6,0.5499999999999999]",
  );
});

Deno.test("a number in its own spelling is a number and no object", () => {
  const [big] = parseExact("[12345678901234567890.0]") as [unknown];
  equal(numberOf(big), 12345678901234567890);
  equal(isObject(big), false);
  deepEqual([numberOf("1"), numberOf(null), numberOf({}), numberOf(7)], [undefined, undefined, undefined, 7]);
  deepEqual([{}, [], null, "x", 1].map(isObject), [true, false, false, false, false]);
});
