import { badRequest, type CqError, invalidFields } from "../errors.ts";
import { INTEGER_DIGITS_MAX, JSON_DEPTH_MAX } from "../limits.ts";

/** A number kept in its own spelling: integers beyond 2^53, and `1.0`, which a double would print as `1`. */
export interface RawNumber {
  readonly rawJSON: string;
}

// The runtime has these since V8 11.4 (source text access); the library definitions do not describe them yet.
interface JsonWithSource {
  rawJSON(text: string): RawNumber;
  isRawJSON(value: unknown): value is RawNumber;
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
}
const json = JSON as unknown as JsonWithSource;

/** A double as the original spells it: whole values keep their `.0`. Only for values made for `JSON.stringify`. */
export function spelledDouble(value: number): number | RawNumber {
  return Number.isInteger(value) ? json.rawJSON(value.toFixed(1)) : value;
}

/** The number a value stands for, or undefined where it is none. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return json.isRawJSON(value) ? Number(value.rawJSON) : undefined;
}

/** A value of JSON as another thread can be sent it: numbers kept in their own spelling become objects that hold it. */
export function sendable(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, part) => json.isRawJSON(part) ? { rawJSON: part.rawJSON } : part),
  );
}

/** What a written text of JSON is made of besides its start, and what is said of it. */
interface JsonTextParts {
  readonly items?: readonly string[];
  readonly end?: string;
  /** Sent with it. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether another answer may be right soon, though nothing in the store changes. */
  readonly isPassing?: boolean;
  /** What this is about: another answer is right only once one of these changes. Left out, anything in the store may make it another. */
  readonly topics?: readonly string[];
}

/**
 * JSON that is written already: one text, or items between a start and an end. Items are put together when they are sent, so that
 * answers that are kept share the texts that they have in common.
 */
export class JsonText {
  readonly headers: Readonly<Record<string, string>>;
  readonly isPassing: boolean;
  readonly topics: readonly string[] | undefined;
  readonly #items: readonly string[];
  readonly #end: string;

  constructor(
    private readonly start: string,
    { items = [], end = "", headers = {}, isPassing = false, topics }: JsonTextParts = {},
  ) {
    this.#items = items;
    this.#end = end;
    this.headers = headers;
    this.isPassing = isPassing;
    this.topics = topics;
  }

  get text(): string {
    // Joining would copy the items once more: sums are put together where they are sent.
    let text = this.start;
    this.#items.forEach((item, index) => text += index === 0 ? item : "," + item);
    return text + this.#end;
  }

  /** Characters of the text, but for the commas between items. */
  get chars(): number {
    return this.#items.reduce((chars, item) => chars + item.length, this.start.length + this.#end.length);
  }
}

/** Whether a value is a JSON object (a number kept in its own spelling is none). */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !json.isRawJSON(value);
}

interface Inspection {
  depth: number;
  /** Where something is first nested too deeply, or an integer too long. */
  excessAt: number | undefined;
  /** Whether a number stands in it that a double may spell otherwise. */
  hasDelicateNumber: boolean;
}

const QUOTE = 34, BACKSLASH = 92, MINUS = 45, ZERO = 48, NINE = 57;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Integers up to this many characters are exact in a double. */
const SAFE_DIGITS = 15;

function inspect(text: string): Inspection {
  const found: Inspection = { depth: 0, excessAt: undefined, hasDelicateNumber: false };
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      i = endOfString(text, i);
    } else if (code === 91 || code === 123) {
      found.depth = Math.max(found.depth, ++depth);
      if (depth > JSON_DEPTH_MAX) found.excessAt ??= i;
    } else if (code === 93 || code === 125) {
      depth--;
    } else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      NUMBER.lastIndex = i;
      const token = NUMBER.exec(text)?.[0] ?? "-";
      const isInteger = /^-?\d+$/.test(token);
      if (isInteger && token.replace("-", "").length > INTEGER_DIGITS_MAX) found.excessAt ??= i;
      if (!isInteger || token.length > SAFE_DIGITS || token === "-0") found.hasDelicateNumber = true;
      i += token.length - 1;
    }
  }
  return found;
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

function keepSpelling(_key: string, value: unknown, context: { source?: string }): unknown {
  if (typeof value !== "number" || context.source === undefined) return value;
  if (/^-?\d+$/.test(context.source)) {
    return Number.isSafeInteger(value) && context.source !== "-0" ? value : json.rawJSON(context.source);
  }
  if (!Number.isFinite(value)) return null;
  return String(value) === context.source ? value : json.rawJSON(context.source);
}

/**
 * Parses JSON keeping every number exactly as it was spelled, so that writing it again changes nothing. A fraction that
 * overflows a double becomes null, as with the original.
 *
 * @throws SyntaxError for what is no JSON, RangeError for what is nested too deeply to be handled.
 */
export function parseExact(text: string): unknown {
  const { hasDelicateNumber, depth } = inspect(text);
  // Readers and writers recurse; without this bound a document from a foreign writer could exhaust the stack.
  if (depth > JSON_DEPTH_MAX) throw new RangeError(`is nested more than ${JSON_DEPTH_MAX} deep`);
  return hasDelicateNumber ? json.parse(text, keepSpelling) : JSON.parse(text);
}

/**
 * Parses a request body: strict JSON, bounded in depth and in the length of its integers. Below a field `extensions` numbers
 * keep their spelling; elsewhere they are plain numbers.
 *
 * @throws {CqError} 400 for what exceeds the bounds, 422 `json_invalid` for what is no JSON.
 */
export function parseBody(text: string): unknown {
  const { excessAt, hasDelicateNumber } = inspect(text);
  // What comes first decides, as for whoever reads from the start.
  if (excessAt !== undefined && isSoundUpTo(text, excessAt)) throw unreadableBody();
  try {
    const body: unknown = JSON.parse(text);
    if (!hasDelicateNumber || !isObject(body) || !isObject(body["extensions"])) return body;
    const exact = json.parse(text, keepSpelling) as typeof body;
    return { ...body, extensions: exact["extensions"] };
  } catch (error) {
    throw invalidFields([{
      type: "json_invalid",
      loc: ["body", syntaxErrorPosition(error, text)],
      msg: "JSON decode error",
    }]);
  }
}

/** Whether a text could still become JSON where it is cut off at a place. */
function isSoundUpTo(text: string, end: number): boolean {
  try {
    JSON.parse(text.slice(0, end));
    return true;
  } catch (error) {
    return (error as Error).message === "Unexpected end of JSON input";
  }
}

/** 400 for a body that is no text, or more than this server takes apart. */
export function unreadableBody(): CqError {
  return badRequest("There was an error parsing the body");
}

function syntaxErrorPosition(error: unknown, text: string): number {
  const position = /at position (\d+)/.exec(String(error))?.[1];
  return position === undefined ? text.length : Number(position);
}
