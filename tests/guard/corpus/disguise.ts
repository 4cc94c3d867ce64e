// Ways in which an order is hidden from a filter and still read by a model or by the program it is handed to.
import { Buffer } from "node:buffer";
import { type Random, seededRandom } from "./random.ts";

type Disguise = (text: string, random: Random) => string;

const LOOKALIKES: Readonly<Record<string, string>> = {
  a: "\u0430",
  c: "\u0441",
  e: "\u0435",
  i: "\u0456",
  o: "\u043e",
  p: "\u0440",
  s: "\u0455",
  x: "\u0445",
  y: "\u0443",
};
const LEET: Readonly<Record<string, string>> = { a: "4", e: "3", i: "1", o: "0", s: "5", t: "7" };
const INVISIBLE = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"];
const LETTER = /[a-z]/gi;

function shifted(text: string): string {
  return text.replace(LETTER, (letter) => {
    const base = letter <= "Z" ? 65 : 97;
    return String.fromCharCode(base + (letter.charCodeAt(0) - base + 13) % 26);
  });
}

function replaced(table: Readonly<Record<string, string>>, share: number): Disguise {
  return (text, random) =>
    text.replace(LETTER, (letter) => {
      const other = table[letter.toLowerCase()];
      return other === undefined || random.below(100) >= share ? letter : other;
    });
}

function escapes(text: string): string {
  return Array.from(text, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
}

/** Letters of Unicode's tag block: no font shows them, a tokenizer reads them. */
function tagged(text: string): string {
  return Array.from(text, (char) => {
    const code = char.codePointAt(0)!;
    return code < 0x7f ? String.fromCodePoint(0xe0000 + code) : "";
  }).join("");
}

/** Bytes as variation selectors behind a visible character. */
function selected(text: string): string {
  const selectors = Array.from(
    new TextEncoder().encode(text),
    (byte) => String.fromCodePoint(byte < 16 ? 0xfe00 + byte : 0xe0100 + byte - 16),
  );
  return `\u2705${selectors.join("")}`;
}

function wide(text: string): string {
  return text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
}

function bold(text: string): string {
  return text.replace(
    LETTER,
    (letter) =>
      String.fromCodePoint(
        letter <= "Z" ? 0x1d400 + letter.charCodeAt(0) - 65 : 0x1d41a + letter.charCodeAt(0) - 97,
      ),
  );
}

/** Every disguise by the name that stands in a placeholder and in a case's `obfuscation`. */
export const DISGUISES: Readonly<Record<string, Disguise>> = {
  "base64": (text) => Buffer.from(text).toString("base64"),
  "hex": (text) => Buffer.from(text).toString("hex"),
  "percent": (text) =>
    Array.from(text, (char) => `%${Buffer.from(char).toString("hex").toUpperCase()}`).join(""),
  "rot13": shifted,
  "unicode-escapes": escapes,
  "html-entities": (text) => Array.from(text, (char) => `&#${char.codePointAt(0)};`).join(""),
  "reversed": (text) => Array.from(text).reverse().join(""),
  "zero-width": (text, random) =>
    text.replace(/\w\B/g, (char) => random.below(2) === 0 ? char : char + random.pick(INVISIBLE)),
  "soft-hyphen": (text) => text.replace(/([a-z]{2})(?=[a-z]{2})/gi, "$1\u00ad"),
  "bidi": (text) => `\u202e${Array.from(text).reverse().join("")}\u202c`,
  "tags": tagged,
  "variation-selectors": selected,
  "homoglyph": replaced(LOOKALIKES, 60),
  "leet": replaced(LEET, 80),
  "spaced": (text) => text.split(" ").map((word) => Array.from(word).join(" ")).join("   "),
  "dotted": (text) => text.replace(/[a-z](?=[a-z])/gi, "$&."),
  "fullwidth": wide,
  "math-bold": bold,
  "html-comment": (text) => `<!-- ${text} -->`,
  "display-none": (text) => `<span style="display:none">${text}</span>`,
  "white-on-white": (text) => `<font color="#ffffff" size="1">${text}</font>`,
};

/** The text in a disguise, the same for the same seed. */
export function disguised(text: string, options: { readonly as: string; readonly seed: string }): string {
  const disguise = DISGUISES[options.as];
  if (disguise === undefined) throw new Error(`No such disguise: ${options.as}`);
  return disguise(text, seededRandom(options.seed));
}
