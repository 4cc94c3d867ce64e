// Texts about credentials by authors who had not seen the guard: one a line, with placeholders for what is drawn.
import { type Random, seededRandom } from "../corpus/random.ts";

const SMALL = "abcdefghijklmnopqrstuvwxyz", CAPITALS = SMALL.toUpperCase(), DIGITS = "0123456789";
const HEX = `${DIGITS}abcdef`;
const SIGNS = "!#$%^&*_+=-?";
const WORDS = [
  "Winter",
  "Dragon",
  "Hunter",
  "Postgres",
  "Monday",
  "Coffee",
  "Falcon",
  "Rocket",
  "Tiger",
  "Banana",
  "London",
];
/** Characters that placeholders with a length are drawn from: `{{hex:40}}`. */
const ALPHABETS: Readonly<Record<string, string>> = {
  hex: HEX,
  HEX: HEX.toUpperCase(),
  alnum: SMALL + CAPITALS + DIGITS,
  lower: SMALL + DIGITS,
  upper: CAPITALS + DIGITS,
  digits: DIGITS,
  b64: `${SMALL}${CAPITALS}${DIGITS}+/`,
  b64url: `${SMALL}${CAPITALS}${DIGITS}-_`,
};
/** Length of what is drawn where none is given. */
const USUAL_LENGTH = 32;

/** A line of an author, which carries a credential or only speaks of some. */
export interface CredentialText {
  readonly author: string;
  readonly line: string;
  readonly hasCredential: boolean;
}

/** All lines of all authors. */
export function credentialTexts(): CredentialText[] {
  const folders = [...Deno.readDirSync(new URL(".", import.meta.url))].filter(({ isDirectory }) =>
    isDirectory
  );
  return folders.map(({ name }) => name).sort().flatMap((author) =>
    (["attacks", "clean"] as const).flatMap((kind) =>
      Deno.readTextFileSync(new URL(`${author}/${kind}.txt`, import.meta.url)).split("\n")
        .filter((line) => line !== "")
        .map((line) => ({
          author,
          // What kind of a credential it is stands before the text.
          line: kind === "attacks" ? line.slice(line.indexOf("\t") + 1) : line,
          hasCredential: kind === "attacks",
        }))
    )
  );
}

/** A line with something drawn in the place of each placeholder; the same seed draws the same. */
export function drawnText(line: string, seed: string): string {
  const random = seededRandom(`${seed} ${line}`);
  return line.replace(
    /\{\{(\w+)(?::(\d+))?\}\}/g,
    (placeholder, kind: string, length?: string) =>
      drawn(random, kind, length === undefined ? USUAL_LENGTH : Number(length)) ?? placeholder,
  );
}

function drawn(random: Random, kind: string, length: number): string | undefined {
  const alphabet = ALPHABETS[kind];
  if (kind === "b64" && length % 4 === 0) return `${random.chars(alphabet!, length - 1)}=`;
  if (alphabet !== undefined) return random.chars(alphabet, length);
  switch (kind) {
    case "uuid":
      return [8, 4, 4, 4, 12].map((chars) => random.chars(HEX, chars)).join("-");
    case "password":
      return password(random);
    case "words":
      return random.pick(WORDS) + random.chars(DIGITS, 2 + random.below(3)) + random.pick([..."!#?*"]);
    case "jwt":
      return [`{"alg":"HS256"}`, `{"sub":"${random.chars(DIGITS, 6)}","exp":17${random.chars(DIGITS, 8)}}`]
        .map((part) => btoa(part).replaceAll("=", "")).concat(random.chars(ALPHABETS["b64url"]!, 43)).join(
          ".",
        );
    case "pem":
      return [64, 64, 44].map((chars) => random.chars(ALPHABETS["b64"]!, chars)).join("\\n");
    case "basic":
      return btoa(`${random.pick(WORDS).toLowerCase()}:${password(random)}`);
    default:
      return undefined;
  }
}

/** Fourteen characters of all kinds, a sign among the first eleven. */
function password(random: Random): string {
  const chars = [
    ...random.chars(SMALL, 3) + random.chars(CAPITALS, 3) + random.chars(DIGITS, 3) + random.chars(SIGNS, 2),
  ];
  const mixed = chars.map((char) => ({ char, place: random.below(1_000_000) })).sort((a, b) =>
    a.place - b.place
  );
  return mixed.map(({ char }) => char).join("") + random.chars(ALPHABETS["alnum"]!, 3);
}
