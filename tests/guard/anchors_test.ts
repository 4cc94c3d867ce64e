import assert from "node:assert/strict";
import fc from "fast-check";
import { Lexicon } from "../../src/guard/lexicon.ts";
import { longestOf, sequencesOf } from "../../src/guard/required.ts";
import { someMatch, sought } from "../../src/guard/sought.ts";

Deno.test("the longest match of a pattern is read off its source", () => {
  const lengths: readonly (readonly [RegExp, number])[] = [
    [/abc/, 3],
    [/a|bcd|ef/, 3],
    [/a{2,5}b?/, 6],
    [/(?:ab|c){3}/, 6],
    [/(?<=xyz)a(?=b)(?!c)\b$/, 1],
    [/[a-z\]]{1,4}\d\u{41}/u, 6],
    [/a+/, Infinity],
    [/(?:ab){2,}/, Infinity],
    [/a{0,3}?b/, 4],
    [/(a|b)\1/, Infinity],
  ];
  for (const [pattern, longest] of lengths) {
    assert.equal(longestOf(sequencesOf(pattern.source)), longest, pattern.source);
  }
});

Deno.test("the first text of a pattern's matches is read off its source, and what may stand before it", () => {
  const heads: readonly (readonly [RegExp, readonly string[]])[] = [
    [/abc.d/, ["abc 0-0"]],
    [/(?<![a-z])(?:ab|cde) fg/, ["ab 0-0", "cde 0-0"]],
    [/^\s{0,8}(?:x )?\[(?:ab|c{3})/, ["[ab 0-10", "[ccc 0-10"]],
    [/d(?:elete|rop) it/, ["delete 0-0", "drop 0-0"]],
    [/un(?:do|re(?:ad|set))\w/, ["undo 0-0", "unread 0-0", "unreset 0-0"]],
    [/un(?:do|\wread)/, ["un 0-0"]],
    [/un(?:do|read)?/, ["un 0-0"]],
    [/[a-z]{2}a?bc/, ["bc 2-3"]],
    [/(?:a|bcd)ef/, ["ef 1-3"]],
    [/(?:ab){2}\dcd/, ["ab 0-0"]],
    [/\d/, []],
  ];
  for (const [pattern, expected] of heads) {
    const found = sequencesOf(pattern.source).flatMap(({ head }) =>
      head.map(({ text, after: { least, most } }) => `${text} ${least}-${most}`)
    );
    assert.deepEqual(found, expected, pattern.source);
  }
});

Deno.test("a pattern without a certain text tells how long a word it needs", () => {
  const words: readonly (readonly [RegExp, number])[] = [
    [/[A-Za-z0-9+/_-]{32,120}={0,2}/, 32],
    [/[MNO][\w-]{23,27}\.[a-f0-9]{6}/, 23],
    [/[0-9a-f]{8}-[0-9a-f]{4}|[A-Z]{20}/, 8],
    [/[^a-z]{40}|[ -~]{40}|\S{40}/, 0],
  ];
  for (const [pattern, word] of words) {
    assert.equal(Math.min(...sequencesOf(pattern.source).map((one) => one.word)), word, pattern.source);
  }
});

const SEARCHED = [
  /ignore.{0,40}rules/g,
  /(?:send|post).{1,90}(?:key|token)/g,
  /(?:a|b)-word[^.]{0,200}end/g,
  /p(?:ost|ush) .{0,60}(?:a-word|t(?:oken|est)|e\w)/g,
];
const PLACED = [
  ...SEARCHED,
  /(?<![a-z])(?:send|po(?:st)?) (?:the )?\w{1,9} /g,
  /(?:x |^)?\w{0,3}end.{0,9}(?:key|rules)|token/gm,
];

/** Words and gaps of all lengths, in which the patterns match here and there. */
function texts(): fc.Arbitrary<string> {
  const words = fc.constantFrom(
    ...["ignore", "rules", "send", "post", "key", "token", "a-word", "end", "filler ", "x "],
  );
  return fc.tuple(fc.array(words, { maxLength: 400 }), fc.nat(600)).map(([parts, gap]) =>
    parts.map((part, i) => i % 7 === 0 ? part + " ".repeat(gap % 97) : part).join(" ")
  );
}

Deno.test("where a pattern matches, its stretches hold the match", () => {
  fc.assert(
    fc.property(texts(), (text) => {
      for (const pattern of SEARCHED) {
        const lexicon = new Lexicon();
        const needs = lexicon.needsOf(pattern);
        assert.deepEqual(lexicon.anchorsIn("").stretches(needs), []);
        const within = lexicon.anchorsIn(text).stretches(needs);
        for (const { index, 0: match } of text.matchAll(pattern)) {
          assert.ok(within.some(({ start, end }) => start <= index && index + match.length <= end), match);
        }
      }
    }),
    { numRuns: 100 },
  );
});

Deno.test("a pattern is tried only where the first text of a match tells that one can begin", () => {
  const lexicon = new Lexicon();
  const { needs } = sought(/\|\s?(?:sudo )?(?:nc|socat) \w{3,9}/g, lexicon);
  const text = `${"filler ".repeat(40)}nc only | nc host`;
  const before = [text.indexOf("nc"), text.lastIndexOf("nc")].flatMap((at) =>
    Array.from({ length: 7 }, (_, i) => at - 7 + i)
  );
  assert.deepEqual(lexicon.anchorsIn(text).places(needs), before);
});

Deno.test("where a pattern is tried, all its matches are seen", () => {
  fc.assert(
    fc.property(texts(), (text) => {
      const lexicon = new Lexicon();
      for (const pattern of PLACED.map((one) => sought(one, lexicon))) {
        const anchors = lexicon.anchorsIn(text), seen: string[] = [];
        assert.ok(pattern.needs.isPlaced, pattern.pattern.source);
        someMatch(text, pattern, {
          anchors,
          sees: ([match], at) => {
            seen.push(`${at} ${match}`);
            return false;
          },
        });
        const flags = pattern.pattern.flags.replace("y", "g");
        const all = [...text.matchAll(new RegExp(pattern.pattern.source, flags))];
        assert.deepEqual(seen, all.map((match) => `${match.index} ${match[0]}`));
      }
    }),
    { numRuns: 100 },
  );
});
