// JSON with its numbers as they were spelled: the wire tells 1 from 1.0 in places, and stores integers that no double holds.

interface RawJson {
  readonly rawJSON: string;
}
// In the runtime since V8 11.4; the library definitions do not have them yet.
const json = JSON as unknown as {
  rawJSON(text: string): RawJson;
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
};

/** A number that a double would not give back as it was spelled: `1.0`, `9007199254740993`. */
export class SpelledNumber {
  constructor(readonly text: string) {}

  toJSON(): RawJson {
    return json.rawJSON(this.text);
  }
}

export type JsonNumber = number | SpelledNumber;
export type JsonValue = null | boolean | string | JsonNumber | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

export function parseJson(text: string): JsonValue {
  return json.parse(text, (_key, value, { source }) => {
    if (typeof value !== "number" || source === undefined) return value;
    return String(value) === source ? value : new SpelledNumber(source);
  }) as JsonValue;
}

export function isNumber(value: JsonValue | undefined): value is JsonNumber {
  return typeof value === "number" || value instanceof SpelledNumber;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) &&
    !(value instanceof SpelledNumber);
}

/** The integer that a number is spelled as; undefined for `1.0` and for fractions. */
export function integerOf(value: JsonValue | undefined): bigint | undefined {
  if (!isNumber(value)) return undefined;
  const text = value instanceof SpelledNumber ? value.text : String(value);
  return /^-?\d+$/.test(text) ? BigInt(text) : undefined;
}

export function doubleOf(value: JsonNumber): number {
  return value instanceof SpelledNumber ? Number(value.text) : value;
}

/** A value as one line of a report. */
export function shown(value: JsonValue | undefined, most = 160): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters)`;
}
