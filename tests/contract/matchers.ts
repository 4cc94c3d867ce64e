import { KEY_TOKEN, keyHash, verifiedClaims } from "./credentials.ts";
import { doubleOf, integerOf, isNumber, isObject, type JsonObject, type JsonValue } from "./exact_json.ts";
import { capturedValue, type Scope, secondsOf } from "./templates.ts";

/** Numbers closer than this are equal. */
export const NUMBER_TOLERANCE = 1e-9;
/** How far from the expected moment a time may lie. */
const TIME_WINDOW_S = 90;
const LOGIN_LIFETIME_S = 86_400;

const MATCHER = /^<<([a-z_]+\d*)(?:[:~](.*))?>>$/s;
const ISO = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?`;
const SHAPES: Readonly<Record<string, RegExp>> = {
  str: /^.+$/s,
  ku_id: /^ku_[0-9a-f]{32}$/,
  hex32: /^[0-9a-f]{32}$/,
  hex64: /^[0-9a-f]{64}$/,
  key_prefix: /^[a-z2-7]{8}$/,
  iso_z: new RegExp(`^${ISO}Z$`),
  iso_offset: new RegExp(`^${ISO}\\+00:00$`),
};

/** `<<name>>`, `<<name:argument>>` or `<<name~argument>>`. */
export interface Matcher {
  readonly name: string;
  readonly argument: string | undefined;
}

interface Place {
  readonly scope: Scope;
  /** The object the value stands in. */
  readonly siblings: JsonObject | undefined;
}

/** The matcher a text stands for, if it is one. */
export function matcherOf(text: string): Matcher | undefined {
  const found = MATCHER.exec(text);
  return found === null ? undefined : { name: found[1]!, argument: found[2] };
}

/** Whether a value is what a matcher accepts. */
export function accepts({ name, argument }: Matcher, actual: JsonValue, place: Place): boolean {
  switch (name) {
    case "any":
      return true;
    case "int":
      return integerOf(actual) !== undefined;
    case "float":
      return isNumber(actual) && Math.abs(doubleOf(actual) - Number(argument)) <= NUMBER_TOLERANCE;
    case "re":
      return typeof actual === "string" && new RegExp(`^(?:${argument})$`, "s").test(actual);
    case "jwt":
      return typeof actual === "string" && isLoginToken(actual, argument, place.scope);
    case "api_key_token":
      return isTokenOf(actual, place.siblings);
    case "key_hash_of":
      return actual === keyHash(capturedSecret(argument!, place.scope), place.scope.pepper);
    case "prefix_of":
      return actual === capturedSecret(argument!, place.scope).slice(0, 8);
    default:
      return hasShape(name, argument, actual);
  }
}

function hasShape(name: string, argument: string | undefined, actual: JsonValue): boolean {
  const shape = SHAPES[name];
  if (shape === undefined) throw new Error(`unknown matcher ${name}`);
  if (typeof actual !== "string" || !shape.test(actual)) return false;
  if (argument === undefined) return true;
  const target_ms = Date.now() + secondsOf(argument) * 1000;
  return Math.abs(Date.parse(actual) - target_ms) <= TIME_WINDOW_S * 1000;
}

function isLoginToken(token: string, subject: string | undefined, { jwtSecret }: Scope): boolean {
  const { sub, iat, exp } = verifiedClaims(token, jwtSecret) ?? {};
  if (!Number.isInteger(iat) || !Number.isInteger(exp)) return false;
  const isNow = Math.abs(Number(iat) - Date.now() / 1000) <= TIME_WINDOW_S;
  return isNow && Number(exp) - Number(iat) === LOGIN_LIFETIME_S &&
    (subject === undefined || sub === subject);
}

function isTokenOf(actual: JsonValue, key: JsonObject | undefined): boolean {
  const [, id, secret] = KEY_TOKEN.exec(String(actual)) ?? [];
  if (id === undefined) return false;
  return !isObject(key) || (key["id"] === id && key["prefix"] === secret!.slice(0, 8));
}

function capturedSecret(name: string, scope: Scope): string {
  return KEY_TOKEN.exec(String(capturedValue(name, scope)))?.[2] ?? "";
}
