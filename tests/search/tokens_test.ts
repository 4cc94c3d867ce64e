import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { TOKEN_MAX_CHARS } from "../../src/limits.ts";
import { tokensOf } from "../../src/search/tokens.ts";

function tokens(text: string): string[] {
  return tokensOf(text).sort();
}

Deno.test("names of code are found whole and by their parts", () => {
  const examples: Readonly<Record<string, readonly string[]>> = {
    "ECONNRESET": ["econnreset"],
    "node:fs": ["fs", "node", "node:fs", "nodef"],
    "--no-verify": ["no-verify", "noverifi", "verifi"],
    "useEffect": ["effect", "useeffect"],
    "max_pool_size": ["max", "max_pool_size", "maxpools", "pool", "size"],
    "HTTPServer": ["http", "httpserver", "server"],
    "@scope/package-name": ["name", "packag", "scope", "scope/package-name", "scopepackagenam"],
    "python3": ["python", "python3"],
    "C++ and C#": ["c#", "c++"],
  };
  for (const [text, expected] of Object.entries(examples)) {
    deepEqual(tokens(text), [...expected].sort(), text);
  }
});

Deno.test("a version is found whole and by its first two numbers", () => {
  deepEqual(tokens("v3.11.2"), ["3.11", "3.11.2"]);
  deepEqual(tokens("1.21"), ["1.21"]);
});

Deno.test("forms of an English word are one token, and what says nothing is none", () => {
  const [first] = tokens("connection");
  for (const form of ["connections", "Connected", "connecting"]) deepEqual(tokens(form), [first], form);
  deepEqual(tokens("what should I do with it when they were the"), []);
});

Deno.test("scripts without spaces are found by pairs of their letters", () => {
  deepEqual(tokens("接続拒否"), ["拒否", "接続", "続拒"].sort());
});

Deno.test("any text has tokens of bounded length, and the same ones in every normal form and case of its letters", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
    for (const token of tokensOf(text)) ok(token !== "" && token.length <= TOKEN_MAX_CHARS, token);
  }));
  deepEqual(tokens("cafe\u0301"), tokens("caf\u00e9"));
  equal(tokens("TIMEOUT")[0], tokens("timeout")[0]);
});

Deno.test("a long run of signs inside a name is read to its end", () => {
  // As many as would take minutes, were they looked at again from each of them.
  for (const sign of [".", "’", "…"]) equal(tokensOf(`a${sign.repeat(400_000)}b`).at(-1), "b");
});
