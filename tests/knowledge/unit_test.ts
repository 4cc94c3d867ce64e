import { deepEqual, equal, throws } from "node:assert/strict";
import fc from "fast-check";
import {
  decodeUnit,
  encodeUnit,
  FLAG_REASONS,
  isExtensionKey,
  type KnowledgeUnit,
  parseDocument,
  publicUnit,
  rewriteUnit,
  TIERS,
  UnreadableUnit,
  wireUnit,
} from "../../src/knowledge/unit.ts";
import { type Fields, storedUnit } from "../fixtures/rows.ts";

function decoded(fields: Fields, createdAt: string | null = null): KnowledgeUnit {
  return decodeUnit(JSON.stringify(storedUnit("ku_1", fields)), createdAt);
}

const time = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) =>
  `${new Date(seconds * 1000).toISOString().slice(0, 19)}.000001Z`
);
const text = fc.string({ unit: "grapheme" });
const unit: fc.Arbitrary<KnowledgeUnit> = fc.record({
  id: text,
  version: fc.nat(),
  domains: fc.array(text),
  insight: fc.record({ summary: text, detail: text, action: text }),
  context: fc.record({ languages: fc.array(text), frameworks: fc.array(text), pattern: text }),
  evidence: fc.record({
    confidence: fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0),
    confirmations: fc.integer(),
    first_observed: time,
    last_confirmed: time,
  }),
  tier: fc.constantFrom(...TIERS),
  created_by: text,
  superseded_by: fc.option(text),
  extensions: fc.constantFrom(null, {}, { "a:b": [1, null, { c: "x" }] }),
  flags: fc.array(fc.record({
    reason: fc.constantFrom(...FLAG_REASONS),
    timestamp: time,
    detail: fc.option(text),
    duplicate_of: text,
  })),
}, { noNullPrototype: true });

Deno.test("a unit comes back as it was stored", () => {
  fc.assert(fc.property(unit, (stored) => deepEqual(decodeUnit(encodeUnit(stored), null), stored)));
});

Deno.test("a unit is stored compactly in the contract's order, null fields left out", () => {
  const stored = storedUnit("ku_1", {
    superseded_by: null,
    extensions: null,
    flags: [{ reason: "stale", timestamp: "2026-01-01T00:00:00Z", detail: null, duplicate_of: null }],
  });
  equal(
    encodeUnit(decodeUnit(JSON.stringify(stored), null)),
    '{"id":"ku_1","version":1,"domains":["stored"],"insight":{"summary":"s","detail":"d","action":"a"},' +
      '"context":{"languages":[],"frameworks":[],"pattern":""},"evidence":{"confidence":0.5,"confirmations":1,' +
      '"first_observed":"2026-01-01T00:00:00Z","last_confirmed":"2026-01-01T00:00:00Z"},"tier":"private",' +
      '"created_by":"somebody","flags":[{"reason":"stale","timestamp":"2026-01-01T00:00:00Z"}]}',
  );
});

Deno.test("a served unit has every field in the contract's order, null where there is no value", () => {
  const served = JSON.stringify(
    wireUnit(decoded({ evidence: { confidence: 1 } }, "2026-01-01T00:00:00+00:00")),
  );
  equal(
    served,
    '{"id":"ku_1","version":1,"domains":["stored"],"insight":{"summary":"s","detail":"d","action":"a"},' +
      '"context":{"languages":[],"frameworks":[],"pattern":""},"evidence":{"confidence":1.0,"confirmations":1,' +
      '"first_observed":"2026-01-01T00:00:00Z","last_confirmed":"2026-01-01T00:00:00Z"},"tier":"private",' +
      '"created_by":"somebody","superseded_by":null,"extensions":null,"flags":[]}',
  );
});

Deno.test("agents are shown neither the proposer nor the details of flags", () => {
  const flag = { reason: "stale", timestamp: "2026-01-01T00:00:00Z", detail: "secret", duplicate_of: "ku_2" };
  const shown = publicUnit(decoded({ flags: [flag] }));
  equal("created_by" in shown, false);
  deepEqual(shown.flags, [{ ...flag, detail: null }]);
});

Deno.test("fields that older versions left out have their defaults", () => {
  const bare = JSON.stringify({ id: "ku_1", domains: [], insight: { summary: "", detail: "", action: "" } });
  deepEqual(decodeUnit(bare, "2026-03-01T10:20:30.5+00:00"), {
    id: "ku_1",
    version: 1,
    domains: [],
    insight: { summary: "", detail: "", action: "" },
    context: { languages: [], frameworks: [], pattern: "" },
    evidence: {
      confidence: 0.5,
      confirmations: 1,
      first_observed: "2026-03-01T10:20:30.500000Z",
      last_confirmed: "2026-03-01T10:20:30.500000Z",
    },
    tier: "local",
    created_by: "",
    superseded_by: null,
    extensions: null,
    flags: [],
  });
});

Deno.test("a missing time takes the other's value, then the row's, then a fixed one", () => {
  const times = (evidence: Fields, createdAt: string | null): string => {
    const { first_observed, last_confirmed } = decoded({ evidence }, createdAt).evidence;
    return `${first_observed} ${last_confirmed}`;
  };
  const [a, b, c] = ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00+02:00", "2026-01-03T00:00:00Z"];
  equal(times({ first_observed: a, last_confirmed: b }, c), `${a} ${b}`);
  equal(times({ first_observed: a }, c), `${a} ${a}`);
  equal(times({ last_confirmed: b }, c), `${b} ${b}`);
  equal(times({}, "2026-01-03T00:00:00+00:00"), `${c} ${c}`);
  equal(times({ first_observed: "2999-99-99" }, "nonsense"), "1970-01-01T00:00:00Z 1970-01-01T00:00:00Z");
  equal(times({}, null), "1970-01-01T00:00:00Z 1970-01-01T00:00:00Z");
});

Deno.test("a flag without a readable time takes the row's", () => {
  const { flags } = decoded({ flags: [{ reason: "stale" }] }, "2026-01-03T00:00:00+00:00");
  equal(flags[0]?.timestamp, "2026-01-03T00:00:00Z");
});

Deno.test("limits of proposals are not applied to what is stored", () => {
  const long = "x".repeat(9000);
  const many = Array.from({ length: 99 }, (_, index) => `d${index}`);
  const extensions = Object.fromEntries(many.map((name) => [`ns:${name}`, long]));
  const read = decoded({
    domains: [...many, long, ""],
    insight: { summary: long, detail: long, action: long },
    context: { languages: many, frameworks: [long], pattern: long },
    extensions,
    evidence: { confirmations: -3 },
  });
  deepEqual([read.domains.length, Object.keys(read.extensions!).length, read.evidence.confirmations], [
    101,
    99,
    -3,
  ]);
});

/** Rows that no client could read, each with what is wrong with it. */
const UNREADABLE: readonly [string, string | Fields][] = [
  ["is not JSON", "no JSON"],
  ["is not JSON", ""],
  ["is not JSON", '{"id":"ku_1"'],
  ["the unit is no object", "[]"],
  ["the unit is no object", "null"],
  ["the unit is no object", "7.0"],
  ["insight is no object", { insight: "text" }],
  ["insight is no object", { insight: undefined }],
  ["insight.summary is no text", { insight: { detail: "d", action: "a" } }],
  ["domains is no list", { domains: "stored" }],
  ["an item of domains is no text", { domains: [1] }],
  ["context is no object", { context: [] }],
  ["an item of context.languages is no text", { context: { languages: [null] } }],
  ["evidence.confidence is no number from 0 to 1", { evidence: { confidence: "high" } }],
  ["evidence.confidence is no number from 0 to 1", { evidence: { confidence: 1.5 } }],
  ["evidence.confidence is no number from 0 to 1", { evidence: { confidence: -0.1 } }],
  ["evidence.confirmations is no integer", { evidence: { confirmations: 1.5 } }],
  ["version is no integer", { version: "1" }],
  ["tier is none of local, private, public", { tier: "team" }],
  ["created_by is no text", { created_by: {} }],
  ["superseded_by is no text", { superseded_by: 7 }],
  ["extensions is no object", { extensions: [] }],
  ["an extension's key is not namespace:name", { extensions: { nocolon: 1 } }],
  ["flags is no list", { flags: {} }],
  ["a flag is no object", { flags: ["stale"] }],
  ["a flag's reason is none of stale, incorrect, duplicate", { flags: [{ reason: "spam" }] }],
  ["a flag of reason duplicate has no duplicate_of", { flags: [{ reason: "duplicate" }] }],
];

Deno.test("a row that no client could read says what is wrong with it", () => {
  for (const [message, row] of UNREADABLE) {
    const data = typeof row === "string" ? row : JSON.stringify(storedUnit("ku_1", row));
    throws(() => decodeUnit(data, null), (error) => {
      equal(error instanceof UnreadableUnit && error.message, message, data);
      return true;
    });
  }
});

const EXTENSION_KEYS: readonly [string, boolean][] = [
  ["a:b", true],
  ["0-_:B😀:c", true],
  ["acme-1:x", true],
  ["a:", false],
  [":b", false],
  ["ab", false],
  ["A:b", false],
  ["-a:b", false],
  ["_a:b", false],
  ["é:b", false],
  ["a:b c", false],
  ["a:b\n", false],
  ["a:\u3000", false],
  ["a:\x1c", false],
  ["a:\ufeff", true],
  ["", false],
];

Deno.test("an extension's key is a namespace, a colon and a name without white space", () => {
  for (const [key, expected] of EXTENSION_KEYS) equal(isExtensionKey(key), expected, JSON.stringify(key));
});

Deno.test("rewriting keeps what this server does not know, at every level, in its own spelling", () => {
  const data = '{"zz":12345678901234567890,"id":"ku_1","domains":["d"],' +
    '"insight":{"summary":"s","detail":"d","action":"a","more":1.0},"context":{"x":{"y":[1e5]}},' +
    '"evidence":{"confidence":0.5,"by":"y"},"flags":[{"reason":"stale","timestamp":"t","who":7}],' +
    '"extensions":{"a:b":1.0}}';
  const document = parseDocument(data);
  const read = decodeUnit(data, "2026-01-01T00:00:00+00:00");
  const newFlag = {
    reason: "incorrect",
    timestamp: "2026-02-02T00:00:00Z",
    detail: null,
    duplicate_of: null,
  } as const;
  const amended = {
    ...read,
    evidence: { ...read.evidence, confidence: 0.35 },
    flags: [...read.flags, newFlag],
  };
  const rewritten = rewriteUnit(document, amended, newFlag);
  equal(
    rewritten,
    '{"id":"ku_1","version":1,"domains":["d"],"insight":{"summary":"s","detail":"d","action":"a","more":1.0},' +
      '"context":{"languages":[],"frameworks":[],"pattern":"","x":{"y":[1e5]}},' +
      '"evidence":{"confidence":0.35,"confirmations":1,"first_observed":"2026-01-01T00:00:00Z",' +
      '"last_confirmed":"2026-01-01T00:00:00Z","by":"y"},"tier":"local","created_by":"",' +
      '"extensions":{"a:b":1.0},"flags":[{"reason":"stale","timestamp":"t","who":7},' +
      '{"reason":"incorrect","timestamp":"2026-02-02T00:00:00Z"}],"zz":12345678901234567890}',
  );
  equal(JSON.stringify(wireUnit(decodeUnit(rewritten, null))).includes("zz"), false);
});
