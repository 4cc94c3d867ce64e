import { deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { Automaton } from "../../src/guard/automaton.ts";

/** Letters that make texts begin, end and repeat like others, so that states share ways and fall back often. */
const LETTERS = ["a", "b", "ab", "aab", "c"];
const TEXT = fc.array(fc.constantFrom(...LETTERS, "A", " "), { maxLength: 60 }).map((parts) =>
  parts.join("")
);
const LITERAL = fc.array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: 6 }).map((parts) =>
  parts.join("")
);

function hitsIn(automaton: Automaton, text: string): string[] {
  const { count, ids, ends } = automaton.scan(text);
  return Array.from({ length: count }, (_, at) => `${ids[at]} ${ends[at]}`).sort();
}

function expectedIn(literals: readonly string[], text: string): string[] {
  const found: string[] = [];
  for (const [id, literal] of literals.entries()) {
    for (let end = literal.length; end <= text.length; end++) {
      if (text.slice(end - literal.length, end).toLowerCase() === literal) found.push(`${id} ${end}`);
    }
  }
  return found.sort();
}

Deno.test("every occurrence of every text is found, overlapping ones and those inside of others too, and nothing else", () => {
  fc.assert(fc.property(fc.uniqueArray(LITERAL, { minLength: 1, maxLength: 12 }), TEXT, (literals, text) => {
    deepEqual(hitsIn(new Automaton(literals), text), expectedIn(literals, text));
  }));
});

Deno.test("no occurrence is missed whose characters are beyond ASCII", () => {
  const letter = fc.constantFrom("é", "я", "智", "a", "\u{1f600}");
  const word = fc.array(letter, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
  const text = fc.array(letter, { maxLength: 40 }).map((parts) => parts.join(""));
  fc.assert(fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 8 }), text, (literals, text) => {
    const hits = hitsIn(new Automaton(literals), text);
    ok(expectedIn(literals, text).every((hit) => hits.includes(hit)));
  }));
});

Deno.test("a scan finds nothing of the one before, however much that found", () => {
  const automaton = new Automaton(["a", "aa", "aaa"]);
  deepEqual(hitsIn(automaton, "a".repeat(10_000)).length, 29_997);
  deepEqual(hitsIn(automaton, "b"), []);
  deepEqual(hitsIn(automaton, "ba"), ["0 2"]);
});
