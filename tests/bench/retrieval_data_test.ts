import assert from "node:assert/strict";
import { halves, KINDS, type Question, QUESTIONS } from "../../bench/retrieval/questions.ts";
import { proposalOf, type Unit, UNITS } from "../../bench/retrieval/units.ts";
import { SHARED_WORDS_MAX, sharedRuns, shareOfWords } from "../../bench/retrieval/wording.ts";
import { proposalSchema, proposedDomains } from "../../src/knowledge/proposal.ts";
import { createScreening } from "../../src/knowledge/screening.ts";

const UNITS_MIN = 330, QUESTIONS_MIN = 240, QUESTIONS_OF_KIND_MIN = 35, HALF_OF_KIND_MIN = 15;
const RELEVANT_MAX = 4, DOMAINS_MAX = 5;
/** Kinds whose tags lead nowhere, so that only words or meaning can find the unit. */
const TAGS_FAIL: readonly string[] = ["wrong-tags", "missing-tags", "unhelpful-tags"];

const unitsById = new Map(UNITS.map((unit) => [unit.id, unit]));

function answersTo({ relevant }: Question): Unit[] {
  return relevant.map((id) => unitsById.get(id)!);
}

/** Whether looking its tags up as they are written can find a unit that answers the question. */
function isFoundByExactTags(question: Question): boolean {
  const domains = new Set(question.domains);
  return answersTo(question).some((unit) => unit.domains.some((domain) => domains.has(domain)));
}

function questionsByKind(questions: readonly Question[]): Partial<Record<Question["kind"], Question[]>> {
  return Object.groupBy(questions, ({ kind }) => kind);
}

Deno.test("the benchmark has enough units, and enough questions of each kind", () => {
  assert.ok(UNITS.length >= UNITS_MIN, `${UNITS.length} units`);
  assert.ok(QUESTIONS.length >= QUESTIONS_MIN, `${QUESTIONS.length} questions`);
  const byKind = questionsByKind(QUESTIONS);
  for (const kind of KINDS) assert.ok((byKind[kind]?.length ?? 0) >= QUESTIONS_OF_KIND_MIN, kind);
});

Deno.test("ids, summaries and questions occur once", () => {
  for (
    const values of [
      UNITS.map(({ id }) => id),
      UNITS.map(({ summary }) => summary),
      QUESTIONS.map(({ id }) => id),
      QUESTIONS.map(({ q }) => q),
    ]
  ) assert.deepEqual(values.filter((value, index) => values.indexOf(value) !== index), []);
});

Deno.test("a question names one to four units of the store, each once", () => {
  for (const { id, relevant } of QUESTIONS) {
    assert.ok(relevant.length >= 1 && relevant.length <= RELEVANT_MAX, id);
    assert.equal(new Set(relevant).size, relevant.length, id);
    for (const unit of relevant) assert.ok(unitsById.has(unit), `${id}: ${unit}`);
  }
});

Deno.test("a server would store each unit as it is", async () => {
  const screening = createScreening();
  for (const unit of UNITS) {
    const proposal = proposalSchema.parse(proposalOf(unit));
    assert.deepEqual(proposedDomains(proposal.domains), unit.domains, unit.id);
    assert.ok(unit.domains.length <= DOMAINS_MAX, unit.id);
    await assert.doesNotReject(screening.unit(proposal), unit.id);
  }
});

Deno.test("exact tags can find what is asked with fitting tags, and nothing else", () => {
  for (const question of QUESTIONS) {
    const { id, kind, domains } = question;
    assert.equal(isFoundByExactTags(question), !TAGS_FAIL.includes(kind), id);
    assert.equal(domains === undefined, kind === "missing-tags", id);
  }
});

Deno.test("no question takes its wording from a unit that answers it", () => {
  for (const question of QUESTIONS) {
    for (const unit of answersTo(question)) {
      const texts = [unit.summary, unit.detail, unit.action];
      assert.deepEqual(
        texts.flatMap((text) => sharedRuns(question.q, text)),
        [],
        `${question.id} ${unit.id}`,
      );
      const share = shareOfWords(question.q, texts.join(" "));
      assert.ok(share <= SHARED_WORDS_MAX, `${question.id} shares ${share} of its words with ${unit.id}`);
    }
  }
});

Deno.test("a shared run is three words in a row, whatever their case and punctuation", () => {
  assert.deepEqual(sharedRuns('It says "the Table, is locked" again', "When the table is LOCKED."), [
    "the table is",
    "table is locked",
  ]);
  assert.deepEqual(sharedRuns("the table was locked", "the table is locked"), []);
  assert.deepEqual(sharedRuns("a read-only file", "read only file"), ["read only file"]);
  assert.deepEqual(sharedRuns("Error: ERR_MODULE_NOT_FOUND", "Node reports ERR_MODULE_NOT_FOUND"), []);
});

Deno.test("the share of words leaves out stop words, code and names, and sees through endings", () => {
  assert.equal(shareOfWords("why does the worker hang", "workers crash"), 1 / 2);
  assert.equal(shareOfWords("locked rows", "a lock on one row"), 1);
  assert.equal(
    shareOfWords("Postgres says 40P01, ECONNRESET, node:fs, useEffect, --no-verify, Retry-After", "a"),
    0,
  );
  const code = "Postgres 40P01 ECONNRESET node:fs useEffect --no-verify Retry-After";
  assert.equal(shareOfWords(`${code} stalls`, code), 0);
});

Deno.test("each question is in one half, whatever the others are, and each half has every kind", () => {
  const { tuning, held_out } = halves(QUESTIONS);
  assert.equal(tuning.length + held_out.length, QUESTIONS.length);
  assert.deepEqual(new Set([...tuning, ...held_out]).size, QUESTIONS.length);
  assert.deepEqual(halves(tuning), { tuning, held_out: [] });
  assert.deepEqual(halves(held_out.toReversed()), { tuning: [], held_out: held_out.toReversed() });
  for (const half of [tuning, held_out]) {
    const byKind = questionsByKind(half);
    for (const kind of KINDS) assert.ok((byKind[kind]?.length ?? 0) >= HALF_OF_KIND_MIN, kind);
  }
});

Deno.test("the README counts units, questions, kinds and halves as they are", async () => {
  const readme = await Deno.readTextFile(new URL("../../bench/retrieval/README.md", import.meta.url));
  const { tuning, held_out } = halves(QUESTIONS);
  const byKind = questionsByKind(QUESTIONS);
  const askedFor = new Set(QUESTIONS.flatMap(({ relevant }) => relevant));
  for (
    const expected of [
      `${UNITS.length} units`,
      `${QUESTIONS.length} questions`,
      `(${tuning.length}\nquestions)`,
      `(${held_out.length})`,
      `${UNITS.length - askedFor.size} units are asked for by no question`,
    ]
  ) assert.ok(readme.includes(expected), expected);
  for (const kind of KINDS) {
    assert.match(readme, new RegExp(`\\| \`${kind}\` +\\| .* \\| ${byKind[kind]?.length} +\\|`), kind);
  }
});
