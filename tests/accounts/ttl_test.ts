import { equal } from "node:assert/strict";
import fc from "fast-check";
import { parseTtl } from "../../src/accounts/ttl.ts";
import { thrown } from "../fixtures/faults.ts";

const GOOD: readonly [given: string, text: string, seconds: number][] = [
  ["1s", "1s", 1],
  ["90m", "90m", 5400],
  ["12h", "12h", 43_200],
  [" 30D ", "30d", 2_592_000],
  ["\u300007d\x1c", "07d", 604_800],
  ["365d", "365d", 31_536_000],
  ["8760h", "8760h", 31_536_000],
  ["525600m", "525600m", 31_536_000],
  ["31536000s", "31536000s", 31_536_000],
];

Deno.test("a lifetime is digits and a unit, trimmed and lower-cased, up to 365 days", () => {
  for (const [given, text, seconds] of GOOD) {
    const ttl = parseTtl(given);
    equal(`${ttl.text} ${ttl.seconds}`, `${text} ${seconds}`);
  }
});

const MALFORMED = " is not a valid duration: expected <integer><s|m|h|d>, e.g. 30d, 12h";
const BAD: readonly [given: string, message: string][] = [
  [" \t", "ttl is required"],
  ["30", `'30'${MALFORMED}`],
  ["d", `'d'${MALFORMED}`],
  ["1.5d", `'1.5d'${MALFORMED}`],
  ["-1d", `'-1d'${MALFORMED}`],
  ["+1d", `'+1d'${MALFORMED}`],
  ["1 d", `'1 d'${MALFORMED}`],
  ["1w", `'1w'${MALFORMED}`],
  ["1d1h", `'1d1h'${MALFORMED}`],
  ["٣d", `'٣d'${MALFORMED}`],
  ["１d", `'１d'${MALFORMED}`],
  ["it's", `"it's"${MALFORMED}`],
  ["x\n", `'x\\n'${MALFORMED}`],
  ["0d", "'0d': ttl must be greater than zero"],
  [" 000S", "' 000S': ttl must be greater than zero"],
  ["366d", "'366d' exceeds the maximum of 365d"],
  ["31536001s", "'31536001s' exceeds the maximum of 365d"],
  ["99999999999999d", "'99999999999999d' exceeds the maximum of 365d"],
];

Deno.test("anything else is a 422 in the original's words", () => {
  for (const [given, message] of BAD) {
    const error = thrown(() => parseTtl(given));
    equal(`${error.status} ${error.message}`, `422 ${message}`);
  }
});

Deno.test("every lifetime within the bounds is read as it is spelled", () => {
  const unit = fc.constantFrom(["s", 1], ["m", 60], ["h", 3600], ["d", 86_400] as const);
  fc.assert(fc.property(unit, fc.integer({ min: 1, max: 31_536_000 }), ([letter, seconds], wanted_s) => {
    const amount = Math.max(1, Math.floor(wanted_s / Number(seconds)));
    equal(parseTtl(`${amount}${letter}`).seconds, amount * Number(seconds));
  }));
});
