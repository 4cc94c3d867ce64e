import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { z } from "@hono/zod-openapi";
import { CqError } from "../../src/errors.ts";
import fc from "fast-check";
import {
  createQueryReader,
  integerParameter,
  listParameter,
  numberParameter,
  requiredListParameter,
  textParameter,
} from "../../src/wire/parameters.ts";

/** What a parameter makes of its occurrences; the type of the fault where it refuses them. */
function read(schema: z.ZodType, occurrences: string[] | undefined): unknown {
  try {
    const search = new URLSearchParams((occurrences ?? []).map((value) => ["p", value])).toString();
    return createQueryReader(z.object({ p: schema }))(search).p;
  } catch (error) {
    ok(error instanceof CqError && error.fields?.length === 1);
    deepEqual([error.status, error.fields[0]!.loc], [422, ["query", "p"]]);
    return error.fields[0]!.type;
  }
}

const integer = integerParameter({ default: 5, min: -100, max: 100, description: "" });
const DIGITS_4300 = `${"0".repeat(4299)}7`;

const INTEGERS: readonly [string, number][] = [
  ["7", 7],
  ["01", 1],
  ["+2", 2],
  ["-3", -3],
  [" 3 ", 3],
  ["\u3000\t4\x85", 4],
  ["2.0", 2],
  ["2.000", 2],
  ["1_0", 10],
  ["0_1_0", 10],
  [DIGITS_4300, 7],
  [`+${DIGITS_4300}`, 7],
  [`${DIGITS_4300}.0`, 7],
  [`7.${"0".repeat(4301)}`, 7],
  [`${"0_".repeat(4299)}7`, 7],
];

Deno.test("integers are read in the contract's grammar", () => {
  for (const [text, value] of INTEGERS) equal(read(integer, [text]), value, JSON.stringify(text));
});

const NO_INTEGERS = [
  ...["", " ", "1.5", "5.", ".5", "1e1", "0x10", "true", "null", "1,0", "1_", "_1", "1__0", "1 0", "+-1"],
  ...["x".repeat(4301), `0.${"1".repeat(4301)}`, "\x1c1", "1\x1f"],
  ...["--1", "+ 1", "1.0_0", "1.0.0", "٣", "１", "\ufeff1", "abc", "Infinity", "NaN"],
];

Deno.test("whatever else is an int_parsing", () => {
  for (const text of NO_INTEGERS) equal(read(integer, [text]), "int_parsing", JSON.stringify(text));
});

Deno.test("more than 4300 digits are an int_parsing_size", () => {
  equal(read(integer, [`0${DIGITS_4300}`]), "int_parsing_size");
  equal(read(integer, [`-0_${DIGITS_4300}.0`]), "int_parsing_size");
});

Deno.test("the last occurrence counts; without any the default does", () => {
  equal(read(integer, ["x", "2", "3"]), 3);
  equal(read(integer, ["3", "x"]), "int_parsing");
  equal(read(integer, undefined), 5);
});

Deno.test("integers out of range are refused by the side they are on, both ends included", () => {
  equal(read(integer, ["-100"]), -100);
  equal(read(integer, ["-101"]), "greater_than_equal");
  equal(read(integer, ["100"]), 100);
  equal(read(integer, ["101"]), "less_than_equal");
  equal(read(integer, ["9223372036854775808"]), "less_than_equal");
});

Deno.test("a range from 1 is told as greater than 0, and capped where it says so", () => {
  const limit = integerParameter({ default: 5, min: 1, max: 50, cap: true, description: "" });
  equal(read(limit, ["0"]), "greater_than");
  equal(read(limit, ["51"]), 50);
  equal(read(limit, ["99999999999999999999"]), 50);
});

Deno.test("minus zero is zero", () => {
  ok(Object.is(read(integer, ["-0"]), 0));
});

const NUMBERS: readonly [string, number][] = [
  ["0", 0],
  ["0.5", 0.5],
  [".5", 0.5],
  ["5.", 5],
  ["1e-1", 0.1],
  ["1E2", 100],
  ["+.5e+1", 5],
  ["-0.25", -0.25],
  [" 1 ", 1],
  ["1_0.0_5", 10.05],
  ["1e1_0", 1e10],
];

Deno.test("numbers are read in the contract's grammar", () => {
  const number = numberParameter("");
  for (const [text, value] of NUMBERS) equal(read(number, [text]), value, text);
  equal(read(number, undefined), undefined);
  equal(read(number, ["x", "0.5"]), 0.5);
});

const NO_NUMBERS = [
  "",
  "\x1e1.5",
  " ",
  ".",
  "e1",
  "1e",
  "0x1p3",
  "0x10",
  "1,5",
  "1__0",
  "_1",
  "1_.0",
  "1._0",
  "x",
  "--1",
];

Deno.test("whatever else is a float_parsing", () => {
  for (const text of NO_NUMBERS) {
    equal(read(numberParameter(""), [text]), "float_parsing", JSON.stringify(text));
  }
});

Deno.test("nan and the infinities are refused in any case and with any sign", () => {
  for (const text of ["nan", "NaN", "-nan", "inf", "-Inf", "+INFINITY", "infinity", " nan "]) {
    equal(read(numberParameter(""), [text]), "finite_number", text);
  }
});

Deno.test("text is the last occurrence as it is, lists are all of them in order", () => {
  equal(read(textParameter(""), ["a", " B "]), " B ");
  equal(read(textParameter(""), undefined), "");
  deepEqual(read(listParameter(""), ["b", " A ", "b"]), ["b", " A ", "b"]);
  deepEqual(read(listParameter(""), undefined), []);
  deepEqual(read(requiredListParameter(""), [""]), [""]);
  equal(read(requiredListParameter(""), undefined), "missing");
});

Deno.test("a query is taken apart as URLSearchParams does, whatever it holds", () => {
  const schema = z.object({ p: listParameter(""), "p q": listParameter(""), "": listParameter("") });
  const read = createQueryReader(schema);
  const piece = fc.constantFrom(
    "&",
    "=",
    "+",
    "%",
    "%20",
    "%zz",
    "%e2%82%ac",
    "%ff",
    "p",
    "p q",
    "p+q",
    "é",
    "\ud800",
  );
  fc.assert(fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
    const search = pieces.join("");
    const parameters = new URLSearchParams(search);
    const expected = Object.keys(schema.shape).map((name) => [name, parameters.getAll(name)]);
    deepEqual(read(search), Object.fromEntries(expected));
  }));
});

Deno.test("every fault of a query is told, in the order of the parameters", () => {
  const read = createQueryReader(
    z.object({ tags: requiredListParameter(""), size: integer, share: numberParameter("") }),
  );
  const told = (search: string): unknown => {
    try {
      return read(search);
    } catch (error) {
      return (error as CqError).fields;
    }
  };
  deepEqual(told("share=nan&size=x"), [
    { type: "missing", loc: ["query", "tags"], msg: "Field required" },
    {
      type: "int_parsing",
      loc: ["query", "size"],
      msg: "Input should be a valid integer, unable to parse string as an integer",
    },
    { type: "finite_number", loc: ["query", "share"], msg: "Input should be a finite number" },
  ]);
});

Deno.test("a query with a field that is no parameter cannot be declared", () => {
  throws(() => createQueryReader(z.object({ p: z.string() })), /no parameter/);
});
