import assert from "node:assert/strict";
import fc from "fast-check";
import { QUESTION_MAX_CHARS } from "../../src/limits.ts";
import { termOf } from "../../src/search/impacts.ts";
import { PHRASES } from "../../src/search/lexicon/phrases.ts";
import { namesIn } from "../../src/search/phrases.ts";
import { type Concept, conceptsOf } from "../../src/search/question.ts";
import { STOP_WORDS } from "../../src/search/stop_words.ts";
import { causesOf } from "../../src/search/symptoms.ts";
import { relatedTokens } from "../../src/search/thesaurus.ts";
import { stemOf } from "../../src/search/tokens.ts";
import { filesIn } from "../fixtures/source_tree.ts";

const RELATIONS_MAX = 25;
const LINE =
  /^[a-z0-9][a-z0-9.+#:_-]*(?: [a-z0-9][a-z0-9.+#:_-]*)*(?: > [a-z0-9][a-z0-9.+#:_-]*(?: [a-z0-9][a-z0-9.+#:_-]*)*)?$/;

interface Line {
  readonly area: string;
  readonly text: string;
  readonly asked: readonly string[];
  readonly found: readonly string[];
}

/** Every line of words that stand for each other, in whatever area. */
async function allLines(): Promise<Line[]> {
  const paths = (await filesIn("src/search/lexicon", ".ts")).filter((path) =>
    !/(?:phrases|tags)\.ts$/.test(path)
  );
  const lines = await Promise.all(paths.map(async (path) => {
    const [text] = Object.values(await import(`../../${path}`)) as string[];
    return text!.trim().split("\n").map((line) => {
      const [asked = [], found = []] = line.split(" > ").map((side) => side.split(" "));
      return { area: path, text: line, asked, found };
    });
  }));
  return lines.flat();
}

function stemsOf(words: readonly string[]): string {
  return words.map(stemOf).sort().join(" ");
}

/** What each word of a question counts for where a unit has `word`, the most of them. */
function weightOf(question: string, word: string): number {
  const weights = conceptsOf({ q: question, tags: [] }).map(({ variants }) =>
    variants.get(termOf(stemOf(word))) ?? 0
  );
  return Math.max(0, ...weights);
}

Deno.test("every line of the lexicon has several lower-case words, each once and none that says nothing", async () => {
  const lines = await allLines();
  assert.ok(lines.length > 1_000);
  const malformed = lines.filter(({ text, asked, found }) => {
    const words = [...asked, ...found];
    return !LINE.test(text) || text.length > 130 || words.length < 2 || words.some((word) =>
      STOP_WORDS.has(word)
    ) ||
      new Set(words.map(stemOf)).size < words.length;
  });
  assert.deepEqual(malformed.map(({ area, text }) => `${area}: ${text}`), []);
});

Deno.test("no line of the lexicon stands there twice", async () => {
  const isSymptom = (area: string): boolean => area.includes("symptoms");
  const keys = (await allLines()).map(({ area, asked, found }) =>
    `${isSymptom(area) ? "seen" : "word"}: ${stemsOf(asked)} > ${stemsOf(found)}`
  );
  assert.deepEqual(keys.filter((key, index) => keys.indexOf(key) !== index), []);
});

Deno.test("no word is related to itself, or to so many that it means nothing", async () => {
  const tokens = new Set((await allLines()).flatMap(({ asked }) => asked.map(stemOf)));
  const overrun = [...tokens].flatMap((token) => {
    const related = [...relatedTokens(token)];
    return related.length > RELATIONS_MAX || related.includes(token)
      ? [`${token}: ${related.join(" ")}`]
      : [];
  });
  assert.deepEqual(overrun, []);
});

Deno.test("a word stands for its neighbours on a line, and what is seen for what is behind it, not the other way", () => {
  assert.ok(weightOf("sluggish", "slow") > 0);
  assert.ok(weightOf("slow", "sluggish") > 0);
  assert.ok(weightOf("hammered", "ratelimit") > 0);
  assert.equal(weightOf("ratelimit", "hammered"), 0);
});

Deno.test("another form of a word counts for more than a related word, and less than the word itself", () => {
  const form = weightOf("the message was sent", "send");
  assert.ok(form > weightOf("slow", "sluggish"));
  assert.ok(form < weightOf("the message was sent", "sent"));
});

Deno.test("every phrase is found in the text of a question, by each of its names", () => {
  for (const line of PHRASES.trim().split("\n")) {
    const [name, phrases] = line.split(": ") as [string, string];
    assert.match(name, /^[a-z0-9+-]+$/);
    assert.ok(!STOP_WORDS.has(name), name);
    for (const phrase of phrases.split(", ")) {
      const words = phrase.split(" ");
      assert.ok(words.length > 1, phrase);
      assert.ok(namesIn(["why", ...words, "here"]).includes(name), phrase);
    }
  }
});

Deno.test("phrases are found in any form, with hyphens too, and not across other words", () => {
  assert.deepEqual(namesIn(["users", "logged", "in"]), ["login"]);
  assert.deepEqual(namesIn(["an", "out-of-memory", "kill"]), ["oom"]);
  assert.deepEqual(namesIn(["out", "of", "the", "memory"]), []);
  assert.equal(weightOf("requests time out", "timeout"), 1);
});

Deno.test("a symptom leads to what may be behind it when several of its words are told, not by one", () => {
  assert.ok(causesOf(["regex", "freez"]).includes("backtrack"));
  assert.deepEqual(causesOf(["regex"]), []);
  assert.ok(weightOf("a regex that freezes", "backtracking") > 0);
});

Deno.test("every symptom can be told in several words", async () => {
  const symptoms = (await allLines()).filter(({ area }) => area.includes("symptoms"));
  assert.ok(symptoms.length > 0);
  assert.deepEqual(symptoms.filter(({ asked, found }) => asked.length < 2 || found.length < 1), []);
});

Deno.test("of the causes those come first of which most is told", () => {
  const [first] = causesOf(["git", "diff", "file", "upload", "whole"]);
  assert.equal(first, "crlf");
});

Deno.test("a stem keeps the initials of its word, by which a lexicon looks for it", () => {
  fc.assert(fc.property(
    fc.stringMatching(/^[a-z]{3,8}(?:s|ed|ing|ies|ly|ational|iveness)?$/),
    (word) => assert.equal(stemOf(word).slice(0, 2), word.slice(0, 2)),
  ));
});

Deno.test("however much stands in the tags of a question, it is read no longer than a question", () => {
  const asked = (...tags: string[]): Concept[] => conceptsOf({ q: "rust", tags });
  const half = "the ".repeat(QUESTION_MAX_CHARS / 8);
  assert.deepEqual(asked(half, "kubernetes"), asked("kubernetes"));
  assert.deepEqual(asked(half, half, "kubernetes"), asked());
});
