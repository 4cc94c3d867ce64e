import assert from "node:assert/strict";
import fc from "fast-check";
import { Lexicon } from "../../src/guard/anchors.ts";
import { longestOf } from "../../src/guard/longest.ts";

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
  ];
  for (const [pattern, longest] of lengths) assert.equal(longestOf(pattern.source), longest, pattern.source);
});

const PATTERNS = [/ignore.{0,40}rules/g, /(?:send|post).{1,90}(?:key|token)/g, /(?:a|b)-word[^.]{0,200}end/g];

Deno.test("where a pattern matches, its stretches hold the match", () => {
  const words = fc.constantFrom(
    "ignore",
    "rules",
    "send",
    "post",
    "key",
    "token",
    "a-word",
    "end",
    "filler ",
    "x ",
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 400 }), fc.nat(600), (parts, gap) => {
      const text = parts.map((part, i) => i % 7 === 0 ? part + " ".repeat(gap % 97) : part).join(" ");
      for (const pattern of PATTERNS) {
        const lexicon = new Lexicon();
        const stretches = lexicon.anchorsIn("").stretches(lexicon.needsOf(pattern));
        assert.deepEqual(stretches, []);
        const within = lexicon.anchorsIn(text).stretches(lexicon.needsOf(pattern));
        for (const { index, 0: match } of text.matchAll(pattern)) {
          assert.ok(within.some(({ start, end }) => start <= index && index + match.length <= end), match);
        }
      }
    }),
    { numRuns: 100 },
  );
});
