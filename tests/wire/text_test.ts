import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import {
  cleanDomains,
  codePointLength,
  hasSpace,
  isolated,
  nearest,
  quoted,
  trimSpace,
} from "../../src/wire/text.ts";

// The contract's white space, written out a second time on purpose.
const SPACES = new Set<number>([
  ...[0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680],
  ...[0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a],
  ...[0x2028, 0x2029, 0x202f, 0x205f, 0x3000],
]);

Deno.test("exactly the contract's white space is trimmed, at both ends, of all UTF-16 units", () => {
  for (let code = 0; code <= 0xffff; code++) {
    const char = String.fromCharCode(code);
    const expected = SPACES.has(code) ? "a" : `${char}a${char}`;
    equal(trimSpace(`${char}a${char}`), expected, `U+${code.toString(16)}`);
    equal(hasSpace(`a${char}b`), SPACES.has(code), `U+${code.toString(16)}`);
  }
});

Deno.test("trimming differs from JavaScript's where the contract does: U+FEFF stays, U+001C and U+0085 go", () => {
  equal(trimSpace("\ufeffa\ufeff"), "\ufeffa\ufeff");
  equal("\ufeffa".trim(), "a");
  equal(trimSpace("\x1c a b \x85"), "a b");
  equal("\x1ca\x85".trim(), "\x1ca\x85");
});

Deno.test("trimming takes every run at the ends and nothing inside", () => {
  equal(trimSpace(" \t\u3000a \t b\u2028\n "), "a \t b");
  equal(trimSpace(" \t\n"), "");
  equal(trimSpace(""), "");
});

Deno.test("length counts code points: a surrogate pair is one, a lone surrogate is one", () => {
  equal(codePointLength("a😀b"), 3);
  equal(codePointLength("\ud83d"), 1);
  equal(codePointLength("\ude00\ud83d"), 2);
  equal(codePointLength("\ud83d\ud83d\ude00"), 2);
  fc.assert(fc.property(
    fc.array(fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code))),
    (units) => equal(codePointLength(units.join("")), [...units.join("")].length),
  ));
});

Deno.test("domains are trimmed, lower-cased and unique, in the given order", () => {
  deepEqual(cleanDomains([" B ", "a", "", "\u2003", "b", "A", "c"]), ["b", "a", "c"]);
});

Deno.test("lower-casing is Unicode's full mapping: İ becomes two code points, a final Σ becomes ς", () => {
  deepEqual(cleanDomains(["İ"]), ["i\u0307"]);
  deepEqual(cleanDomains(["ΟΔΟΣ", "Σ"]), ["οδος", "σ"]);
});

Deno.test("cleaning domains twice changes nothing more", () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: "binary" })), (domains) => {
    const once = cleanDomains(domains);
    deepEqual(cleanDomains(once), once);
  }));
});

// Each right side is what Python 3.11 prints for repr() of the left.
const REPR: readonly [string, string][] = [
  ["plain", "'plain'"],
  ["it's", `"it's"`],
  ['a"b', `'a"b'`],
  [`it's "x"`, `'it\\'s "x"'`],
  ["\\", "'\\\\'"],
  ["a\nb\r\t", "'a\\nb\\r\\t'"],
  ["\0\x1b\x7f\x85\xa0\xad", "'\\x00\\x1b\\x7f\\x85\\xa0\\xad'"],
  ["\u200b\ufeff\u2028\u3000", "'\\u200b\\ufeff\\u2028\\u3000'"],
  ["\u{e0001}\u{10ffff}", "'\\U000e0001\\U0010ffff'"],
  ["\ud800 \u0378 \ue000", "'\\ud800 \\u0378 \\ue000'"],
  ["é ü 😀", "'é ü 😀'"],
];

Deno.test("quoting is Python's repr, quotes and invisible characters included", () => {
  for (const [text, expected] of REPR) equal(quoted(text), expected);
});

Deno.test("the nearest candidate takes the fewest edits; the first of equals wins", () => {
  equal(nearest("CQ_PROT", ["CQ_HOST", "CQ_PORT", "CQ_DB_PATH"]), "CQ_PORT");
  equal(nearest("kitten", ["sitting", "mitten", "kit"]), "mitten");
  equal(nearest("", ["ab", "a"]), "a");
  equal(nearest("x", ["a", "b"]), "a");
});

Deno.test("what could turn a sentence around is isolated without its own controls, everything else left as it is", () => {
  for (const text of ["ada", "Zoë O'Neil", "田中", "😀", ""]) equal(isolated(text), text);
  equal(isolated("אבג"), "\u2068אבג\u2069");
  equal(isolated("\u2069\u202eada"), "\u2068ada\u2069");
  equal(isolated("a\u2067b\u200f"), "\u2068ab\u2069");
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const inner = isolated(text).replace(/^\u2068|\u2069$/gu, "");
    equal(/\p{Bidi_Control}/u.test(inner), false);
  }));
});
