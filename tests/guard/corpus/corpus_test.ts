import assert from "node:assert/strict";
import { parseKeyToken } from "../../../src/accounts/key_token.ts";
import { TAG_MAX_CHARS, TAGS_MAX } from "../../../src/limits.ts";
import type { CorpusUnit } from "./cases.ts";
import { attacks, cleanTexts, halfOf, halves, storedAttacks, storedCleanTexts } from "./corpus.ts";
import { isKnownPlaceholder, placeholdersOf, textsOf } from "./expand.ts";
import { distinctnessOf, wholeText } from "./measures.ts";
import { ibanRemainder, luhnDigit, PERSONAL } from "./personal.ts";
import { seededRandom } from "./random.ts";
import { SECRETS } from "./secrets.ts";

const FOLDER = new URL(".", import.meta.url);
const FAMILIES = [
  "agent-orders",
  "credential-files",
  "destructive",
  "disable-checks",
  "encoded",
  "exfiltration",
  "hidden",
  "languages",
  "obfuscated",
  "override",
  "personal",
  "remote-code",
  "role-markup",
  "secrecy",
  "secrets",
  "split",
  "store-manipulation",
];
/** Code points that nobody sees. */
const INVISIBLE = /[\p{Cf}\u00a0\u3164\u{e0100}-\u{e01ef}\ufe00-\ufe0f]|[^\n\P{Cc}]/u;
/** What scanners of repositories look for. */
const CREDENTIALS = [
  /\bgh[opsu]_[A-Za-z0-9]{36}\b/g,
  /\bgithub_pat_\w{60,}/g,
  /\bglpat-[\w-]{20}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bAIza[\w-]{35}/g,
  /\b[rs]k_(?:live|test)_\w{16,}/g,
  /\bxox[abps]-[\w-]{20,}/g,
  /\bnpm_[A-Za-z0-9]{36}\b/g,
  /\bSG\.[\w-]{22}\.[\w-]{43}/g,
  /\bsk-(?:ant|proj)-[\w-]{20,}/g,
  /\bhf_[A-Za-z]{34}\b/g,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{8,}\.[\w-]*/g,
  /hooks\.slack\.com\/services\/T\w+\/B\w+\/\w{20,}/g,
  /discord\.com\/api\/webhooks\/\d+\/[\w-]{40,}/g,
  /PRIVATE KEY(?: BLOCK)?-----(?:\\n|\s)*[A-Za-z0-9+/=]{40,}/g,
  /\bcqa\.v1\.[0-9a-f]{32}\.[a-z2-7]{52}\b/g,
];
/** Numbers that documentation shows to everybody. */
const SAMPLE_CARDS = [
  "4242424242424242",
  "4000000000009995",
  "378282246310005",
  "4000002760003184",
  "0000000000000000",
];
const SAMPLE_IBANS = ["DE89370400440532013000", "GB82WEST12345698765432"];

function length(text: string): number {
  return Array.from(text).length;
}

function isWithinLimits({ domains, insight, context }: CorpusUnit): boolean {
  const lists = [domains, context.languages, context.frameworks];
  return domains.length > 0 && length(insight.summary) <= 280 && length(insight.detail) <= 2000 &&
    length(insight.action) <= 1000 && length(context.pattern) <= 200 &&
    [insight.summary, insight.detail, insight.action].every((text) => text.trim() !== "") &&
    lists.every((tags) => tags.length <= TAGS_MAX && tags.every((tag) => length(tag) <= TAG_MAX_CHARS));
}

function filesAtRest(): (readonly [string, string])[] {
  return [...Deno.readDirSync(FOLDER)].map(({ name }) =>
    [name, Deno.readTextFileSync(new URL(name, FOLDER))] as const
  );
}

/** Whether as many characters differ as in a random text, so that `xxxx` is none. */
function isVaried(text: string): boolean {
  return new Set(text).size > 14 && !text.includes("EXAMPLE");
}

Deno.test("there are enough attacks of every family, at most a third of them made by the generator", () => {
  const all = attacks();
  const written = storedAttacks();
  assert.ok(written.length >= 400, `${written.length} written attacks`);
  assert.ok(
    (all.length - written.length) * 3 <= all.length,
    `${all.length - written.length} of ${all.length}`,
  );
  const byFamily = Map.groupBy(written, ({ family }) => family);
  assert.deepEqual([...byFamily.keys()].sort(), FAMILIES);
  for (const [family, cases] of byFamily) assert.ok(cases.length >= 12, `${family}: ${cases.length}`);
  assert.ok(byFamily.get("secrets")!.length >= 120);
});

Deno.test("there are enough clean units of many topics, five hundred of them written", () => {
  const all = cleanTexts();
  assert.ok(all.length >= 2000, `${all.length} clean units`);
  assert.ok(storedCleanTexts().length >= 500);
  assert.ok(new Set(storedCleanTexts().map(({ topic }) => topic)).size >= 60);
});

Deno.test("ids and texts are unique, and so are clean summaries", () => {
  const all = [...attacks(), ...cleanTexts()];
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  assert.equal(new Set(all.map(({ unit }) => wholeText(unit))).size, all.length);
  const summaries = cleanTexts().map(({ unit }) => unit.insight.summary.toLowerCase());
  assert.deepEqual(summaries.filter((summary, index) => summaries.indexOf(summary) !== index), []);
});

Deno.test("few runs of five words occur twice", () => {
  const measured = {
    written: distinctnessOf(storedCleanTexts().map(({ unit }) => unit)),
    clean: distinctnessOf(cleanTexts().map(({ unit }) => unit)),
    attacks: distinctnessOf(storedAttacks().map(({ unit }) => unit)),
  };
  const text = JSON.stringify(measured);
  assert.ok(measured.written.distinct > 0.98, text);
  assert.ok(measured.attacks.distinct > 0.98, text);
  assert.ok(measured.clean.distinct > 0.5, text);
});

Deno.test("every unit keeps to the limits of a proposal", () => {
  const beyond = [...attacks(), ...cleanTexts()].filter(({ unit }) => !isWithinLimits(unit));
  assert.deepEqual(beyond.map(({ id }) => id), []);
});

Deno.test("every placeholder is known and none is left after loading", () => {
  const stored = [...storedAttacks(), ...storedCleanTexts()].flatMap(({ unit }) =>
    textsOf(unit).flatMap(placeholdersOf)
  );
  assert.deepEqual(stored.filter((placeholder) => !isKnownPlaceholder(placeholder)), []);
  const loaded = [...attacks(), ...cleanTexts()].filter(({ unit }) =>
    /⟦|⟧|\{\{[a-z0-9-]+:/.test(wholeText(unit))
  );
  assert.deepEqual(loaded.map(({ id }) => id), []);
  const used = new Set(stored.filter((placeholder) => placeholder.startsWith("secret:")));
  assert.ok(used.size >= 60, `${used.size} shapes of credentials are used`);
});

Deno.test("every shape is used by an attack", () => {
  const used = new Set(storedAttacks().flatMap(({ unit }) => textsOf(unit).flatMap(placeholdersOf)));
  const shapes = [
    ...Object.keys(SECRETS).map((name) => `secret:${name}`),
    ...Object.keys(PERSONAL).map((name) => `personal:${name}`),
  ];
  assert.deepEqual(shapes.filter((shape) => !used.has(shape)), []);
});

Deno.test("loading twice gives the same", () => {
  assert.deepEqual(attacks(), attacks());
  assert.deepEqual(cleanTexts(), cleanTexts());
});

Deno.test("cards pass the Luhn check, IBANs the check by 97, keys of this server their pattern", () => {
  for (let round = 0; round < 50; round++) {
    const random = seededRandom(`round ${round}`);
    for (const [name, shape] of Object.entries(PERSONAL)) {
      const value = shape(random);
      const digits = value.replace(/\D/g, "");
      if (name.startsWith("card-")) {
        assert.equal(luhnDigit(digits.slice(0, -1)), Number(digits.at(-1)), value);
      }
      if (name.startsWith("iban-")) assert.equal(ibanRemainder(value.replaceAll(" ", "")), 1, value);
    }
    assert.ok(parseKeyToken(SECRETS["cqa"]!(random)));
  }
});

Deno.test("the check digits are computed as the published examples have them", () => {
  assert.equal(luhnDigit("7992739871"), 3);
  for (const iban of SAMPLE_IBANS) assert.equal(ibanRemainder(iban), 1);
});

Deno.test("no file holds what looks like a credential", () => {
  const found = filesAtRest().flatMap(([name, text]) =>
    CREDENTIALS.flatMap((pattern) => [...text.matchAll(pattern)].map(([match]) => match)).filter(isVaried)
      .map((match) => `${name}: ${match}`)
  );
  assert.deepEqual(found, []);
});

Deno.test("no file holds a valid card number or bank account that isn't a published example", () => {
  const found: string[] = [];
  for (const [name, text] of filesAtRest().filter(([name]) => name.endsWith("l") || name.endsWith("txt"))) {
    for (const [match] of text.matchAll(/(?<![\w.])(?:\d[ -]?){12,18}\d(?![\w.])/g)) {
      const digits = match.replace(/\D/g, "");
      const isCard = /^(?:4|5[1-5]|3[47]|6011)/.test(digits) &&
        luhnDigit(digits.slice(0, -1)) === Number(digits.at(-1));
      if (isCard && !SAMPLE_CARDS.includes(digits)) found.push(`${name}: ${match}`);
    }
    for (const [match] of text.matchAll(/\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b/g)) {
      const iban = match.replaceAll(" ", "");
      if (ibanRemainder(iban) === 1 && !SAMPLE_IBANS.includes(iban)) found.push(`${name}: ${match}`);
    }
  }
  assert.deepEqual(found, []);
});

Deno.test("no file holds invisible characters", () => {
  const found = filesAtRest().flatMap(([name, text]) => {
    const at = INVISIBLE.exec(text);
    return at === null ? [] : [`${name} at ${at.index}: U+${at[0].codePointAt(0)!.toString(16)}`];
  });
  assert.deepEqual(found, []);
});

Deno.test("halves are stable, of like size, and keep variants beside what they were made of", () => {
  for (const cases of [attacks(), cleanTexts()]) {
    const { tuning, held_out } = halves<{ readonly id: string }>(cases);
    assert.equal(tuning.length + held_out.length, cases.length);
    assert.ok(
      Math.min(tuning.length, held_out.length) / cases.length > 0.4,
      `${tuning.length} of ${cases.length}`,
    );
    for (const { id } of cases) assert.equal(halfOf(id), halfOf(id.split("~")[0]!));
  }
  assert.equal(halfOf("attack-secrets-001"), "tuning");
  const families = new Set(halves(attacks()).held_out.map(({ family }) => family));
  assert.equal(families.size, FAMILIES.length);
});
