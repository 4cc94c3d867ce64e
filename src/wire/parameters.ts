import { z } from "@hono/zod-openapi";
import { type FieldError, invalidFields } from "../errors.ts";
import { INTEGER_DIGITS_MAX } from "../limits.ts";
import { occurrencesIn } from "./query_string.ts";
import { trimSpace } from "./text.ts";
import { alternatives } from "./validation.ts";

const INTEGER = /^[+-]?\d+(?:_\d+)*(?:\.0+)?$/;
const FLOAT = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const NOT_FINITE = /^[+-]?(?:inf|infinity|nan)$/i;
// deno-lint-ignore no-control-regex -- control characters are what is looked for
const SEPARATORS = /[\x1c-\x1f]/;

/** A number as it is read: white space around it does not count, but for separators, which other texts are trimmed of too. */
function numeral(text: string): string {
  return SEPARATORS.test(text) ? text : trimSpace(text);
}

/** Why a parameter is not accepted, in the original's spelling. */
class Refusal {
  constructor(readonly type: string, readonly message: string) {}
}

/** The value that all occurrences of a parameter stand for; they are undefined where there is none. */
type Read<T> = (values: string[] | undefined) => T | Refusal;

const readers = new WeakMap<z.ZodType, Read<unknown>>();

/**
 * A parameter: its schema is what the documents say of it, and names the type of its values. They are read by hand, because every
 * query pays for it.
 */
function parameter<T>(
  read: Read<T>,
  documentation: Readonly<Record<string, unknown>>,
  schema: z.ZodType = z.unknown().optional(),
): z.ZodType<T> {
  const documented = schema.openapi(documentation) as z.ZodType<T>;
  readers.set(documented, read);
  return documented;
}

/**
 * Reads the query of URLs (without the question mark) by a schema whose fields are all parameters of this file.
 *
 * @param replaceable parameters that need not be there where another one, the value, says something.
 * @throws {CqError} 422 with every fault found.
 */
export function createQueryReader<Q extends z.ZodObject>(
  schema: Q,
  replaceable: Readonly<Record<string, string>> = {},
): (search: string) => z.output<Q> {
  const names = Object.keys(schema.shape);
  const reads = Object.values(schema.shape).map(readerOf);
  const replacements = Object.entries(replaceable).map(([name, other]) => ({
    at: names.indexOf(name),
    other: names.indexOf(other),
  }));
  return (search) => {
    const found = occurrencesIn(search, names);
    for (const { at, other } of replacements) {
      if (found[at] === undefined && trimSpace(found[other]?.at(-1) ?? "") !== "") found[at] = [];
    }
    const query: Record<string, unknown> = {};
    const faults: FieldError[] = [];
    names.forEach((name, index) => {
      const value = query[name] = reads[index]!(found[index]);
      if (value instanceof Refusal) {
        faults.push({ type: value.type, loc: ["query", name], msg: value.message });
      }
    });
    if (faults.length > 0) throw invalidFields(faults);
    return query as z.output<Q>;
  };
}

function readerOf(field: unknown): Read<unknown> {
  const read = readers.get(field as z.ZodType);
  if (read === undefined) throw new Error("a query has a field that is no parameter");
  return read;
}

interface IntegerRange {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Larger values count as `max` instead of being refused. */
  readonly cap?: boolean;
  readonly description: string;
}

/** An integer parameter in the original's grammar: `5`, `+5`, ` 5 `, `05`, `5.0`, `1_0`. For single values the last one counts. */
export function integerParameter(range: IntegerRange): z.ZodType<number> {
  return parameter(
    (values) => values === undefined ? range.default : readInteger(numeral(values.at(-1)!), range),
    {
      type: "integer",
      minimum: range.min,
      ...(range.cap === true ? {} : { maximum: range.max }),
      default: range.default,
      description: range.description,
    },
  );
}

function readInteger(raw: string, { min, max, cap }: IntegerRange): number | Refusal {
  if (!INTEGER.test(raw)) {
    return new Refusal(
      "int_parsing",
      "Input should be a valid integer, unable to parse string as an integer",
    );
  }
  const [digits] = /\d+/.exec(raw.replaceAll("_", ""))!;
  if (digits.length > INTEGER_DIGITS_MAX) {
    return new Refusal(
      "int_parsing_size",
      "Unable to parse input string as an integer, exceeded maximum size",
    );
  }
  const value = raw.startsWith("-") ? -Number(digits) : Number(digits);
  if (value < min) return belowMinimum(min);
  if (value > max && cap !== true) {
    return new Refusal("less_than_equal", `Input should be less than or equal to ${max}`);
  }
  // Adding zero turns -0 into 0.
  return Math.min(value, max) + 0;
}

function belowMinimum(min: number): Refusal {
  // The recorded spelling for the query's limit, whose least value is 1.
  if (min === 1) return new Refusal("greater_than", "Input should be greater than 0");
  return new Refusal("greater_than_equal", `Input should be greater than or equal to ${min}`);
}

/** A finite number in the original's grammar, or undefined where the parameter is absent. */
export function numberParameter(description: string): z.ZodType<number | undefined> {
  return parameter((values) => values === undefined ? undefined : readNumber(numeral(values.at(-1)!)), {
    type: "number",
    description,
  });
}

function readNumber(raw: string): number | Refusal {
  if (NOT_FINITE.test(raw)) return new Refusal("finite_number", "Input should be a finite number");
  if (!FLOAT.test(raw)) {
    return new Refusal(
      "float_parsing",
      "Input should be a valid number, unable to parse string as a number",
    );
  }
  return Number(raw.replaceAll("_", ""));
}

/** One of some words, or undefined where the parameter is absent. */
export function choiceParameter<const C extends readonly string[]>(
  choices: C,
  description: string,
): z.ZodType<C[number] | undefined> {
  const read = (values: string[] | undefined): C[number] | undefined | Refusal => {
    const value = values?.at(-1);
    if (value === undefined || choices.includes(value)) return value;
    return new Refusal("enum", `Input should be ${alternatives(choices)}`);
  };
  return parameter(read, { type: "string", enum: [...choices], description });
}

/** A text parameter; `""` where it is absent. */
export function textParameter(description: string): z.ZodType<string> {
  return parameter((values) => values?.at(-1) ?? "", { type: "string", description });
}

/** A repeatable text parameter; an empty list where it is absent. */
export function listParameter(description: string): z.ZodType<string[]> {
  return parameter((values) => values ?? [], { type: "array", items: { type: "string" }, description });
}

/** A repeatable text parameter that must be there at least once. */
export function requiredListParameter(description: string): z.ZodType<string[]> {
  const read = (values: string[] | undefined): string[] | Refusal =>
    values ?? new Refusal("missing", "Field required");
  return parameter(read, { type: "array", items: { type: "string" }, description }, z.array(z.string()));
}
