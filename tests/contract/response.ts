import type { RawResponse } from "../fixtures/raw_http.ts";
import type { Expectation } from "./case_file.ts";
import { differences, faultDifferences, valueAt } from "./comparison.ts";
import { isObject, type JsonValue, parseJson } from "./exact_json.ts";
import type { Scope } from "./templates.ts";

/** A response compared with what was recorded. */
export interface Verdict {
  readonly problems: string[];
  /** The parsed body; undefined where it is no JSON. */
  readonly body: JsonValue | undefined;
}

/** Compares a response with its expectation. */
export function compareResponse(response: RawResponse, expect: Expectation, scope: Scope): Verdict {
  const text = new TextDecoder().decode(response.body);
  const body = parsed(text);
  if (response.status !== expect.status) {
    const problem = `status: expected ${expect.status}, got ${response.status}; body: ${text.slice(0, 300)}`;
    return { problems: [problem], body };
  }
  const problems = [
    ...headerProblems(response, expect, scope),
    ...(expect.empty === true && text !== "" ? [`body: expected none, got ${text.slice(0, 100)}`] : []),
    ...(expect.json === undefined ? [] : bodyProblems(body, text, expect, scope)),
  ];
  return { problems, body };
}

function parsed(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function headerProblems({ headers }: RawResponse, expect: Expectation, scope: Scope): string[] {
  const wanted = Object.entries(expect.headers ?? {}).flatMap(([name, value]) => {
    const got = headers.get(name.toLowerCase());
    if (got === undefined) return [`header ${name}: missing, expected ${value}`];
    if (isSameHeader(name.toLowerCase(), value, got)) return [];
    return differences(value, got, { scope, path: `header ${name}` });
  });
  const unwanted = (expect.absent_headers ?? []).filter((name) => headers.has(name.toLowerCase()))
    .map((name) => `header ${name}: must not be sent`);
  return [...wanted, ...unwanted];
}

function isSameHeader(name: string, expected: string, actual: string): boolean {
  if (name === "content-type") return mediaType(expected) === mediaType(actual);
  // A server may name more methods than the original did.
  return name === "allow" && methods(expected).isSubsetOf(methods(actual));
}

function mediaType(value: string): string {
  return value.split(";")[0]!.trim().toLowerCase();
}

function methods(value: string): Set<string> {
  return new Set(value.split(",").map((method) => method.trim().toUpperCase()));
}

function bodyProblems(
  body: JsonValue | undefined,
  text: string,
  { json, status, key_order = [] }: Expectation,
  scope: Scope,
): string[] {
  if (body === undefined) return [`body: expected JSON, got ${text.slice(0, 200)}`];
  const faults = isObject(json) ? json["detail"] : undefined;
  if (status === 422 && Array.isArray(faults)) {
    return faultDifferences(faults, isObject(body) ? body["detail"] ?? null : null, scope);
  }
  const unordered = key_order.filter((path) => keysAt(path, json) !== keysAt(path, body))
    .map((path) => `${path}: keys in the order ${keysAt(path, body)}, expected ${keysAt(path, json)}`);
  return [...differences(json!, body, { scope, path: "$" }), ...unordered];
}

function keysAt(path: string, body: JsonValue | undefined): string {
  return Object.keys(valueAt(path, body) ?? {}).join();
}
