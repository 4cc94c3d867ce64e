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
const NUMBER_CHARS = 4;

function randomLetters(length: number): string {
  return [...crypto.getRandomValues(new Uint8Array(length))].map((byte) => LETTERS[byte % 32]).join("");
}

function base64url(value: unknown): string {
  return new TextEncoder().encode(JSON.stringify(value))
    .toBase64({ alphabet: "base64url", omitPadding: true });
}

/** New canaries. They are made of random letters at run time, so none stands in a file. */
export function createCanaries(): Canaries {
  const mark = randomLetters(12);
  const claims = base64url({ sub: mark, iat: 1, jti: randomLetters(24) });
  const places: Place[] = [];
  const numberOf = (index: number): string =>
    Array.from({ length: NUMBER_CHARS }, (_, at) => LETTERS[(index >> (5 * at)) & 31]).join("");
  const indexOf = (text: string): number =>
    [...text].reduce((sum, letter, at) => sum + LETTERS.indexOf(letter) * 32 ** at, 0);
  const body = (length: number): string => {
    const end = `${mark}${numberOf(places.length)}`;
    return `${end}${randomLetters(length - 2 * end.length)}${end}`;
  };
  const makers: Readonly<Record<Shape, () => string>> = {
    key: () => `cqa.v1.${crypto.randomUUID().replaceAll("-", "")}.${body(52)}`,
    github: () => `ghp_${body(36)}`,
    password: () => body(34),
    jwt: () => `${base64url({ alg: "HS256", typ: "JWT" })}.${claims}.${body(43)}`,
  };
  return {
    make(place): string {
      const canary = makers[place.shape]();
      places.push(place);
      return canary;
    },
    seenIn(text): Place[] {
      const lower = text.toLowerCase();
      const numbers = new Set<string>();
      for (let at = lower.indexOf(mark); at !== -1; at = lower.indexOf(mark, at + 1)) {
        numbers.add(lower.slice(at + mark.length, at + mark.length + NUMBER_CHARS));
      }
      const found = [...numbers].map((number) => places[indexOf(number)] ?? UNKNOWN);
      return text.includes(claims.slice(8, -8)) && found.length === 0 ? [UNKNOWN] : found;
    },
    get count(): number {
      return places.length;
    },
  };
}

const UNKNOWN: Place = { request: -1, route: "?", where: "a part of some canary", shape: "password" };

/** A canary as somebody writes it into a text: a bare password is a word like any other. */
export function inProse(canary: string, shape: Shape): string {
  return shape === "password" ? `password = "${canary}"` : canary;
}
