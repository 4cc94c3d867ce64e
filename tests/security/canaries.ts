import { inspectText } from "../../src/guard/guard.ts";

/** What the canaries look like. */
export const SHAPES = ["key", "github", "password", "jwt"] as const;
export type Shape = typeof SHAPES[number];

/** Where a canary was sent. */
export interface Place {
  /** Number of the request: whatever is sent back is sent to the same caller only if it is in the answer to this one. */
  readonly request: number;
  readonly route: string;
  /** The kind of place and its name: `form note`. */
  readonly where: string;
  readonly shape: Shape;
}

/** Secrets that were given to nobody, each other than the rest and told apart wherever a part of one turns up. */
export interface Canaries {
  make(place: Place): string;
  /** Where those that a text holds a part of were sent. */
  seenIn(text: string): Place[];
  readonly count: number;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
const MIXED = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789";
const MARK_CHARS = 8;
const NUMBER_CHARS = 4;
const NUMBERS = 32 ** NUMBER_CHARS;

/** The guard takes a real credential for an example once in some thousands: how often is for its own tests to say. */
function isRecognised(canary: string, shape: Shape): boolean {
  return inspectText(inProse(canary, shape), { field: "canary", policy: new Map() })
    .some(({ rule, severity }) => rule.startsWith("secret.") && severity === "block");
}

function randomOf(letters: string, length: number): string {
  return [...crypto.getRandomValues(new Uint32Array(length))].map((value) => letters[value % letters.length])
    .join("");
}

function base64url(value: unknown): string {
  return new TextEncoder().encode(JSON.stringify(value))
    .toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Spells small numbers as letters that look as random as the rest, and reads them again. */
interface Numbering {
  spell(number: number): string;
  read(text: string): number;
}

function createNumbering(): Numbering {
  // An odd factor permutes the numbers below a power of two.
  const [offset, half] = crypto.getRandomValues(new Uint32Array(2)) as unknown as [number, number];
  const factor = (half % (NUMBERS / 2)) * 2 + 1;
  const known = new Map<string, number>();
  return {
    spell(number): string {
      const value = Number((BigInt(number) * BigInt(factor) + BigInt(offset)) % BigInt(NUMBERS));
      const text = Array.from({ length: NUMBER_CHARS }, (_, at) => LETTERS[(value >> (5 * at)) & 31]).join(
        "",
      );
      known.set(text, number);
      return text;
    },
    read: (text) => known.get(text) ?? -1,
  };
}

/** New canaries. They are made of random letters at run time, so none stands in a file. */
export function createCanaries(): Canaries {
  // One at the beginning and one at the end of each: half of a canary tells as much as a whole one.
  const marks = [0, 1].map(() => ({
    mark: randomOf(LETTERS, MARK_CHARS),
    numbering: createNumbering(),
  }));
  const claims = base64url({ sub: randomOf(LETTERS, 12), iat: 1, jti: randomOf(MIXED, 24) });
  const places: Place[] = [];
  const body = (length: number, letters = MIXED): string => {
    const [start, end] = marks.map(({ mark, numbering }) => mark + numbering.spell(places.length));
    return `${start}${randomOf(letters, length - 2 * (MARK_CHARS + NUMBER_CHARS))}${end}`;
  };
  const makers: Readonly<Record<Shape, () => string>> = {
    key: () => `cqa.v1.${crypto.randomUUID().replaceAll("-", "")}.${body(52, LETTERS)}`,
    github: () => `ghp_${body(36)}`,
    // Of several kinds of characters, as those that managers of passwords make.
    password: () => `${randomOf(MIXED.slice(0, 24), 2)}${randomOf("0123456789", 2)}-${body(31)}`,
    jwt: () => `${base64url({ alg: "HS256", typ: "JWT" })}.${claims}.${body(43)}`,
  };
  return {
    make(place): string {
      for (;;) {
        const canary = makers[place.shape]();
        // The number is in it: another try needs another one.
        places.push(place);
        if (isRecognised(canary, place.shape)) return canary;
      }
    },
    seenIn(text): Place[] {
      const lower = text.toLowerCase();
      const found = new Set<Place>();
      for (const { mark, numbering } of marks) {
        for (let at = lower.indexOf(mark); at !== -1; at = lower.indexOf(mark, at + 1)) {
          const number = numbering.read(lower.slice(at + MARK_CHARS, at + MARK_CHARS + NUMBER_CHARS));
          found.add(places[number] ?? UNKNOWN);
        }
      }
      if (found.size === 0 && text.includes(claims.slice(8, -8))) found.add(UNKNOWN);
      return [...found];
    },
    get count(): number {
      return places.length;
    },
  };
}

const UNKNOWN: Place = { request: -1, route: "?", where: "a part of some canary", shape: "password" };

/** A canary as somebody writes it into a text: a bare password is a word like any other. */
export function inProse(canary: string, shape: Shape): string {
  return shape === "password" ? `password="${canary}"` : canary;
}
