import { z } from "@hono/zod-openapi";
import { INTEGER_DIGITS_MAX } from "../limits.ts";
import { trimSpace } from "./text.ts";
import { alternatives, fault } from "./validation.ts";

// A query parameter reaches its schema as the list of all its occurrences, or undefined where there is none. For single
// values the last occurrence counts.
const occurrences = z.array(z.string()).optional();

const INTEGER = /^[+-]?\d+(?:_\d+)*(?:\.0+)?$/;
const FLOAT = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const NOT_FINITE = /^[+-]?(?:inf|infinity|nan)$/i;

interface IntegerRange {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Larger values count as `max` instead of being refused. */
  readonly cap?: boolean;
  readonly description: string;
}

/** An integer parameter in the original's grammar: `5`, `+5`, ` 5 `, `05`, `5.0`, `1_0`. */
export function integerParameter(range: IntegerRange): z.ZodType<number> {
  return occurrences.transform((values, context) => {
    if (values === undefined) return range.default;
    const raw = trimSpace(values.at(-1)!);
    if (raw.length > INTEGER_DIGITS_MAX) {
      context.addIssue(
        fault("int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size"),
      );
      return z.NEVER;
    }
    if (!INTEGER.test(raw)) {
      context.addIssue(
        fault("int_parsing", "Input should be a valid integer, unable to parse string as an integer"),
      );
      return z.NEVER;
    }
    const value = Number(raw.replaceAll("_", ""));
    if (value < range.min) {
      context.addIssue(belowMinimum(range.min));
      return z.NEVER;
    }
    if (value > range.max && range.cap !== true) {
      context.addIssue(fault("less_than_equal", `Input should be less than or equal to ${range.max}`));
      return z.NEVER;
    }
    // Adding zero turns -0 into 0.
    return Math.min(value, range.max) + 0;
  }).openapi({
    type: "integer",
    minimum: range.min,
    ...(range.cap === true ? {} : { maximum: range.max }),
    default: range.default,
    description: range.description,
  });
}

function belowMinimum(min: number): ReturnType<typeof fault> {
  // The recorded spelling for the query's limit, whose least value is 1.
  if (min === 1) return fault("greater_than", "Input should be greater than 0");
  return fault("greater_than_equal", `Input should be greater than or equal to ${min}`);
}

/** A finite number in the original's grammar, or undefined where the parameter is absent. */
export function numberParameter(description: string): z.ZodType<number | undefined> {
  return occurrences.transform((values, context) => {
    if (values === undefined) return undefined;
    const raw = trimSpace(values.at(-1)!);
    if (NOT_FINITE.test(raw)) {
      context.addIssue(fault("finite_number", "Input should be a finite number"));
      return z.NEVER;
    }
    if (!FLOAT.test(raw)) {
      context.addIssue(
        fault("float_parsing", "Input should be a valid number, unable to parse string as a number"),
      );
      return z.NEVER;
    }
    return Number(raw.replaceAll("_", ""));
  }).openapi({ type: "number", description });
}

/** One of some words, or undefined where the parameter is absent. */
export function choiceParameter<const C extends readonly string[]>(
  choices: C,
  description: string,
): z.ZodType<C[number] | undefined> {
  return occurrences.transform((values, context) => {
    const value = values?.at(-1);
    if (value === undefined || choices.includes(value)) return value;
    context.addIssue(fault("enum", `Input should be ${alternatives(choices)}`));
    return z.NEVER;
  }).openapi({ type: "string", enum: [...choices], description });
}

/** A text parameter; `""` where it is absent. */
export function textParameter(description: string): z.ZodType<string> {
  return occurrences.transform((values) => values?.at(-1) ?? "").openapi({ type: "string", description });
}

/** A repeatable text parameter; an empty list where it is absent. */
export function listParameter(description: string): z.ZodType<string[]> {
  return occurrences.transform((values) => values ?? [])
    .openapi({ type: "array", items: { type: "string" }, description });
}

/** A repeatable text parameter that must be there at least once. */
export function requiredListParameter(description: string): z.ZodType<string[]> {
  return z.array(z.string()).openapi({ type: "array", items: { type: "string" }, description });
}
