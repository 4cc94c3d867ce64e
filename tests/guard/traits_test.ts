import assert from "node:assert/strict";
import fc from "fast-check";
import { type Traits, traitsOf } from "../../src/guard/traits.ts";

/** What a text holds where its traits say so: looked for without them. */
const LOOKED_FOR: readonly (readonly [string, RegExp, (traits: Traits) => boolean])[] = [
  [
    "characters that are not ordinary",
    /[\u200b\u202e\ufe0f\u0430\ud835\ud800]/,
    (traits) => !traits.isOrdinary,
  ],
  ["letters beyond ASCII", /[éßа中]/, (traits) => traits.hasOtherLetters],
  // deno-lint-ignore no-control-regex -- control characters are what is looked for
  ["control characters", /[\x00\x07\x1b\x7f]/, (traits) => traits.hasControl],
  ["twelve blanks", /[ \t\r\n\u00a0]{12}/, ({ blanks }) => blanks >= 12],
  ["eight digits of a number", /(?:\d[ .()/+-]{0,3}){8}/, ({ digits }) => digits >= 8],
  ["an IPv4 address", /\d\.\d{1,3}\.\d{1,3}\.\d/, ({ dottedNumbers }) => dottedNumbers >= 3],
  ["groups of an IPv6 address", /:[0-9a-f]{0,4}:/i, (traits) => traits.hasCloseColons],
  [
    "a list of bytes",
    /(?<!\w)(?:0x)?[0-9a-fA-F]{2,8}(?:[ ,:]{1,2}(?:0x)?[0-9a-fA-F]{2,8}(?!\w)){8}/,
    ({ hexadecimal }) => hexadecimal >= 22,
  ],
  [
    "groups of base64",
    /(?<!\S)(?:(?:[A-Za-z0-9+/]{4} ){3}|(?:[A-Za-z0-9+/]{8} ){2})/,
    ({ grouped }) => grouped >= 12,
  ],
];

const PARTS = fc.constantFrom(
  ...[
    "word",
    "word ",
    "wordword ",
    "a",
    "0x",
    "4f",
    "ff",
    "12",
    "7",
    "1.2",
    ".",
    ",",
    ":",
    "::",
    " ",
    "    ",
    "-",
    "+",
    "(",
    ")",
    "/",
    "\n",
    "\t",
  ],
  ...[
    "\u00a0",
    "…",
    "é",
    "ß",
    "а",
    "中",
    "\u200b",
    "\u202e",
    "\ud800",
    "\u{1d400}",
    "\ufe0f",
    "\x00",
    "\x1b",
    "\x7f",
    "=",
  ],
);

Deno.test("what a text's traits rule out is not in the text", () => {
  fc.assert(
    fc.property(fc.array(PARTS, { maxLength: 80 }), (parts) => {
      const text = parts.join(""), traits = traitsOf(text);
      for (const [name, pattern, mayBeThere] of LOOKED_FOR) {
        assert.ok(mayBeThere(traits) || !pattern.test(text), `${name} in ${JSON.stringify(text)}`);
      }
      const words = [...text.matchAll(/[\w+/-]{16,}/g)].map(({ index, 0: word }) => ({
        start: index,
        end: index + word.length,
      }));
      assert.deepEqual(traits.longWords, words);
    }),
    { numRuns: 3_000, examples: [[["7", "1.2", "7", "-", "1.2", "1.2"]]] },
  );
});

Deno.test("the traits of plain prose rule everything out", () => {
  const traits = traitsOf(
    "On Postgres 16 the planner is “wrong” – run ANALYZE, see https://docs.example.org/guide.\n",
  );
  for (const [name, , mayBeThere] of LOOKED_FOR) assert.ok(!mayBeThere(traits), name);
});
