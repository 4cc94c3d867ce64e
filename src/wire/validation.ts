import { z } from "@hono/zod-openapi";
import type { FieldError } from "../errors.ts";
import { invalidFields } from "../errors.ts";
import { codePointLength } from "./text.ts";

type Issue = z.core.$ZodIssue;
type Source = "body" | "query";

// A type, not an interface: only types fit the open-ended issues of the schema library.
type Fault = {
  code: "custom";
  message: string;
  params: { type: string };
  path: (string | number)[];
  input: undefined;
};

/** A fault found by a rule of our own, in the original's spelling. For `addIssue` in refinements and transforms. */
export function fault(type: string, message: string, path: (string | number)[] = []): Fault {
  return { code: "custom", message, params: { type }, path, input: undefined };
}

/** Text without lone surrogates: they cannot be stored, sent or shown. */
export const text = z.string().superRefine((value, context) => {
  if (!value.isWellFormed()) {
    context.addIssue(
      fault("string_unicode", "Input should be a valid string, unable to parse raw data as a unicode string"),
    );
  }
});

/** Text of at most `max` code points; a longer one is a `value_error`, as the published schema's limits are told. */
export function limitedText(name: string, max: number): z.ZodType<string, string> {
  return text.superRefine((value, context) => {
    const length = codePointLength(value);
    if (length <= max) return;
    context.addIssue(
      fault("value_error", `Value error, ${name} must be at most ${max} characters, got ${length}`),
    );
  }).openapi({ maxLength: max });
}

/** Text between `min` and `max` code points, told as `string_too_short` and `string_too_long`. */
export function sizedText(min: number, max: number): z.ZodType<string, string> {
  return text.superRefine((value, context) => {
    const length = codePointLength(value);
    const [bound, kind, most] = length < min ? [min, "short", "least"] : [max, "long", "most"];
    if (length >= min && length <= max) return;
    const unit = bound === 1 ? "character" : "characters";
    context.addIssue(fault(`string_too_${kind}`, `String should have at ${most} ${bound} ${unit}`));
  }).openapi({ minLength: min, maxLength: max });
}

/**
 * Checks `value` against `schema` and returns what the schema makes of it.
 *
 * @throws {CqError} 422 with every fault found. The input itself is never repeated: it may hold a password.
 */
export function validate<S extends z.ZodType>(schema: S, value: unknown, source: Source): z.output<S> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const issues = result.error.issues.filter((issue) => !isSizeOfOther(issue));
  throw invalidFields(issues.map((issue) => fieldError(issue, source)));
}

/** Whether an issue is about the size of what is no list: the schema library measures whatever has a `length`. */
function isSizeOfOther(issue: Issue): boolean {
  const isSize = issue.code === "too_small" || issue.code === "too_big";
  return isSize && typeof issue.input !== "number" && !Array.isArray(issue.input);
}

function fieldError(issue: Issue, source: Source): FieldError {
  const loc = [source, ...issue.path.map((part) => typeof part === "symbol" ? String(part) : part)];
  const [type, msg] = spelled(issue);
  return { type, loc, msg };
}

const TYPE_FAULTS: Readonly<Record<string, [type: string, msg: string]>> = {
  string: ["string_type", "Input should be a valid string"],
  array: ["list_type", "Input should be a valid list"],
  record: ["dict_type", "Input should be a valid dictionary"],
  object: ["model_attributes_type", "Input should be a valid dictionary or object to extract fields from"],
};

function spelled(issue: Issue): [type: string, msg: string] {
  if (issue.code === "custom") return [String(issue.params?.["type"] ?? "value_error"), issue.message];
  if (issue.input === undefined) return ["missing", "Field required"];
  switch (issue.code) {
    case "invalid_type":
      return TYPE_FAULTS[issue.expected] ?? ["value_error", issue.message];
    case "invalid_value":
      return ["enum", `Input should be ${alternatives(issue.values.map(String))}`];
    case "too_small":
      return [
        "too_short",
        `List should have at least ${issue.minimum} item after validation, not ${sizeOf(issue)}`,
      ];
    case "too_big":
      return [
        "too_long",
        `List should have at most ${issue.maximum} items after validation, not ${sizeOf(issue)}`,
      ];
    case "invalid_format":
      return ["string_pattern_mismatch", issue.message];
    default:
      return ["value_error", issue.message];
  }
}

function sizeOf(issue: Issue): number {
  return Array.isArray(issue.input) ? issue.input.length : 0;
}

/** Values as an error names those that there are. */
export function alternatives(values: readonly string[]): string {
  const names = values.map((value) => `'${value}'`);
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
