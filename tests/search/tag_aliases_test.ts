import assert from "node:assert/strict";
import fc from "fast-check";
import { TAGS } from "../../src/search/lexicon/tags.ts";
import { aliasesOf, tagKey } from "../../src/search/tag_aliases.ts";

const LINES = TAGS.trim().split("\n").map((line) => line.split(" "));

const tag = fc.oneof(
  fc.constantFrom(...LINES.flat()),
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.stringMatching(/^[A-Za-z]{0,6}(?:ies|s|js|ss)?[0-9.]{0,3}(?:s|ies)?[0-9]?$/),
);

Deno.test("the tags of a line have one key, which no tag of another line has", () => {
  const keys = LINES.map((tags) => new Set(tags.map(tagKey)));
  for (const [index, tags] of LINES.entries()) assert.equal(keys[index]!.size, 1, tags.join(" "));
  assert.equal(new Set(keys.flatMap((each) => [...each])).size, LINES.length);
});

Deno.test("the key of a key is the key itself", () => {
  fc.assert(fc.property(tag, (text) => assert.equal(tagKey(tagKey(text)), tagKey(text))));
});

Deno.test("whoever is another name of a tag has that tag among its own", () => {
  for (const name of LINES.flat()) {
    for (const other of aliasesOf(name)) {
      assert.equal(tagKey(other), tagKey(name));
      assert.deepEqual(aliasesOf(other), aliasesOf(name));
    }
  }
});

Deno.test("case, separators, the plural and a version make no difference to a tag", () => {
  const same = [
    ["PostgreSQL 15", "pg"],
    ["Node.js", "node18"],
    ["C++17", "cpp"],
    ["tokens", "token"],
    ["API-Keys", "api_key"],
    ["dependencies", "dependency"],
  ] as const;
  for (const [one, other] of same) assert.equal(tagKey(one), tagKey(other), `${one}, ${other}`);
});

Deno.test("tags that only look alike or are only related keep keys of their own", () => {
  const different = [
    ["http", "https"],
    ["window", "windows"],
    ["auth", "auth0"],
    ["web", "web3"],
    ["ipv4", "ipv6"],
    ["level1", "level2"],
    ["sha1", "sha256"],
    ["mysql", "mariadb"],
    ["elasticsearch", "opensearch"],
    ["config", "environment"],
    ["pandas", "dataframe"],
    ["ml", "torch"],
    ["java", "javascript"],
    ["react", "react-native"],
  ] as const;
  for (const [one, other] of different) assert.notEqual(tagKey(one), tagKey(other), `${one}, ${other}`);
});

Deno.test("a plain word of a text stands for no technology of that name", () => {
  assert.deepEqual(aliasesOf("next"), []);
  assert.ok(!aliasesOf("nextjs").includes("next"));
  assert.equal(tagKey("next"), tagKey("Next.js"));
});
