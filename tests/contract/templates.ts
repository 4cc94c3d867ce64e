import { isObject, type JsonObject, type JsonValue } from "./exact_json.ts";
import { signedJwt, type TokenSpec } from "./credentials.ts";

/** What a running case knows. */
export interface Scope {
  /** The start of the case. */
  readonly now_ms: number;
  readonly jwtSecret: string;
  readonly pepper: string;
  /** JWTs of the set-up, made when first asked for. */
  readonly tokens: Readonly<Record<string, TokenSpec>>;
  /** What steps captured. */
  readonly captured: Map<string, JsonValue>;
}

/** A template names something no earlier step captured. */
export class MissingVariable extends Error {
  override readonly name = "MissingVariable";
}

const TEMPLATE = /\$\{([^{}]+)\}/g;
const WHOLE_TEMPLATE = /^\$\{([^{}]+)\}$/;
const DURATION = /^([+-]?)(\d+)([smhd]?)$/;
const UNIT_S: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** `-3d`, `+30m`, `0s` in seconds. */
export function secondsOf(duration: string): number {
  const [, sign, count, unit] = DURATION.exec(duration) ?? [];
  if (count === undefined) throw new Error(`bad duration ${duration}`);
  return (sign === "-" ? -1 : 1) * Number(count) * UNIT_S[unit!]!;
}

/** Replaces every `${…}` in a value, in keys as well. A text that is one template as a whole takes the value's type. */
export function expand(value: JsonValue, scope: Scope): JsonValue {
  if (typeof value === "string") {
    const whole = WHOLE_TEMPLATE.exec(value)?.[1];
    return whole === undefined ? expandText(value, scope) : valueOf(whole, scope);
  }
  if (Array.isArray(value)) return value.map((item) => expand(item, scope));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [expandText(key, scope), expand(item, scope)]),
  );
}

/** Replaces every `${…}` in a text. */
export function expandText(text: string, scope: Scope): string {
  return text.replace(TEMPLATE, (_, name: string) => String(valueOf(name, scope)));
}

/** Replaces every `${…}` in texts by name. */
export function expandTexts(
  texts: Readonly<Record<string, string>>,
  scope: Scope,
): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, expandText(text, scope)]));
}

/** A captured value. */
export function capturedValue(name: string, scope: Scope): JsonValue {
  const value = scope.captured.get(name);
  if (value === undefined) throw new MissingVariable(name);
  return value;
}

function valueOf(name: string, scope: Scope): JsonValue {
  if (scope.captured.has(name)) return capturedValue(name, scope);
  const [kind, argument] = splitOnce(name);
  switch (kind) {
    case "iso":
      return `${shifted(argument, scope)}.123456+00:00`;
    case "isoz":
      return `${shifted(argument, scope)}.123456Z`;
    case "date":
      return shifted(argument, scope).slice(0, 10);
    case "epoch":
      return Date.parse(`${shifted(argument, scope)}Z`) / 1000;
    case "rep": {
      const [text, count] = [argument.slice(0, argument.lastIndexOf(":")), argument.split(":").at(-1)];
      return text.repeat(Number(count));
    }
    case "jwt":
      return freshToken(argument, scope);
    case "tok":
      return presetToken(argument, scope);
    default:
      return capturedValue(name, scope);
  }
}

function splitOnce(name: string): [kind: string, argument: string] {
  const at = name.indexOf(":");
  return at === -1 ? [name, ""] : [name.slice(0, at), name.slice(at + 1)];
}

// Up to the second: the fraction that follows is always there, so that no template hits the form without one.
function shifted(duration: string, scope: Scope): string {
  return new Date(scope.now_ms + secondsOf(duration) * 1000).toISOString().slice(0, 19);
}

function freshToken(username: string, { now_ms, jwtSecret }: Scope): string {
  const iat = Math.floor(now_ms / 1000) - 5;
  return signedJwt({ claims: { sub: username, iat, exp: iat + 86_400 }, secret: jwtSecret });
}

function presetToken(name: string, scope: Scope): string {
  const spec = scope.tokens[name];
  if (spec === undefined) throw new MissingVariable(`tok:${name}`);
  return signedJwt({
    ...spec,
    claims: expand(spec.claims, scope) as JsonObject,
    secret: spec.secret ?? scope.jwtSecret,
  });
}
