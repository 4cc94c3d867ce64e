import {
  doubleOf,
  integerOf,
  isNumber,
  isObject,
  type JsonNumber,
  type JsonObject,
  type JsonValue,
  parseJson,
  shown,
} from "./exact_json.ts";
import { accepts, matcherOf, NUMBER_TOLERANCE } from "./matchers.ts";
import { expand, expandText, type Scope } from "./templates.ts";

interface Place {
  readonly scope: Scope;
  /** Where in the body, for the report. */
  readonly path: string;
  readonly siblings?: JsonObject;
}

/** What is different between a value and what a case expects, a line for each difference. */
export function differences(expected: JsonValue, actual: JsonValue, place: Place): string[] {
  if (typeof expected === "string") {
    const matcher = matcherOf(expected);
    if (matcher !== undefined) {
      const { scope, siblings } = place;
      return accepts(matcher, actual, { scope, siblings }) ? [] : [mismatch(expected, actual, place)];
    }
    const wanted = expand(expected, place.scope);
    if (typeof wanted !== "string") return differences(wanted, actual, place);
    return wanted === actual ? [] : [mismatch(wanted, actual, place)];
  }
  if (Array.isArray(expected)) return listDifferences(expected, actual, place);
  if (isObject(expected)) return objectDifferences(expected, actual, place);
  const isEqual = isNumber(expected)
    ? isNumber(actual) && equalNumbers(expected, actual)
    : expected === actual;
  return isEqual ? [] : [mismatch(expected, actual, place)];
}

function mismatch(expected: JsonValue, actual: JsonValue, { path }: Place): string {
  return `${path}: expected ${shown(expected)}, got ${shown(actual)}`;
}

function equalNumbers(a: JsonNumber, b: JsonNumber): boolean {
  const [x, y] = [integerOf(a), integerOf(b)];
  if (x !== undefined && y !== undefined) return x === y;
  return Math.abs(doubleOf(a) - doubleOf(b)) <= NUMBER_TOLERANCE;
}

function listDifferences(expected: JsonValue[], actual: JsonValue, place: Place): string[] {
  if (!Array.isArray(actual)) return [mismatch(expected, actual, place)];
  if (actual.length !== expected.length) {
    return [`${place.path}: expected ${expected.length} items, got ${actual.length}: ${shown(actual, 400)}`];
  }
  return expected.flatMap((item, index) =>
    differences(item, actual[index]!, { scope: place.scope, path: `${place.path}[${index}]` })
  );
}

function objectDifferences(expected: JsonObject, actual: JsonValue, place: Place): string[] {
  const [first, ...others] = Object.keys(expected);
  if (others.length === 0 && first === "<<json>>") return textDifferences(expected[first]!, actual, place);
  if (others.length === 0 && first === "<<unordered>>") {
    return unorderedDifferences(expected[first] as JsonValue[], actual, place);
  }
  if (!isObject(actual)) return [mismatch(expected, actual, place)];
  const { scope, path } = place;
  const wanted = Object.entries(expected).map(([key, value]) => [expandText(key, scope), value] as const);
  const names = new Set(wanted.map(([key]) => key));
  return [
    ...Object.keys(actual).filter((key) => !names.has(key))
      .map((key) => `${path}.${key}: unexpected, got ${shown(actual[key])}`),
    ...wanted.flatMap(([key, value]) =>
      Object.hasOwn(actual, key)
        ? differences(value, actual[key]!, { scope, path: `${path}.${key}`, siblings: actual })
        : [`${path}.${key}: missing, expected ${shown(value)}`]
    ),
  ];
}

function textDifferences(expected: JsonValue, actual: JsonValue, place: Place): string[] {
  try {
    if (typeof actual !== "string") throw new SyntaxError("no text");
    return differences(expected, parseJson(actual), { scope: place.scope, path: `${place.path}(json)` });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [`${place.path}: expected JSON text, got ${shown(actual)}`];
  }
}

function unorderedDifferences(expected: JsonValue[], actual: JsonValue, place: Place): string[] {
  if (!Array.isArray(actual) || actual.length !== expected.length) return [mismatch(expected, actual, place)];
  const { missing } = paired(expected, actual, place);
  return missing.map((item) => `${place.path}: no item equal to ${shown(item)}`);
}

/** Finds a partner for each expected item; each actual one is used once. */
function paired(
  expected: JsonValue[],
  actual: JsonValue[],
  place: Place,
): { missing: JsonValue[]; surplus: JsonValue[] } {
  const surplus = [...actual];
  const missing = expected.filter((item) => {
    const at = surplus.findIndex((candidate) => differences(item, candidate, place).length === 0);
    if (at === -1) return true;
    surplus.splice(at, 1);
    return false;
  });
  return { missing, surplus };
}

/** Compares the list of a 422: of each fault its place and its type count, in any order. */
export function faultDifferences(expected: JsonValue[], actual: JsonValue, scope: Scope): string[] {
  const place = { scope, path: "$.detail" };
  if (!Array.isArray(actual) || !actual.every(isObject)) return [mismatch(expected, actual, place)];
  const { missing, surplus } = paired(expected.map(essence), actual.map(essence), place);
  return [
    ...missing.map((fault) => `$.detail: no fault ${shown(fault)}`),
    ...surplus.map((fault) => `$.detail: unexpected fault ${shown(fault)}`),
  ];
}

function essence(fault: JsonValue): JsonObject {
  const { loc = null, type = null } = isObject(fault) ? fault : {};
  return { loc, type };
}

/** The value at `$.a.b[0].c`; undefined where there is none. */
export function valueAt(path: string, body: JsonValue | undefined): JsonValue | undefined {
  const steps = [...path.matchAll(/\.([A-Za-z_][\w-]*)|\[(\d+)\]/g)];
  return steps.reduce<JsonValue | undefined>((value, [, name, index]) => {
    if (name !== undefined) return isObject(value) ? value[name] : undefined;
    return Array.isArray(value) ? value[Number(index)] : undefined;
  }, body);
}
