import { deepEqual, equal, match } from "node:assert/strict";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { manualClock } from "../fixtures/clock.ts";
import { answered, faultsIn, textIn } from "../fixtures/faults.ts";
import { addRow, dataOf } from "../fixtures/rows.ts";

interface Setting extends AsyncDisposable {
  readonly app: TestApp;
  readonly key: string;
  /** A login token of the key's owner. */
  readonly session: string;
  confirm(id: string): Promise<Response>;
  flag(id: string, json: unknown): Promise<Response>;
}

const OTHER = `ku_${"0".repeat(32)}`;

/** Every confirmation counts, as in the original: whose counts by default is tested in evidence_test.ts. */
async function setting(): Promise<Setting> {
  const app = await testApp({ clock: manualClock("2026-03-01T10:20:30.5Z"), settings: { isStrict: true } });
  const session = await app.signIn("ada");
  const key = await app.apiKey("ada");
  const path = (id: string): string => `/api/v1/knowledge/${id}`;
  return {
    app,
    key,
    session,
    confirm: (id) => app.request("POST", `${path(id)}/confirmations`, { bearer: key }),
    flag: (id, json) => app.request("POST", `${path(id)}/flags`, { bearer: key, json }),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

/** The flags of a unit as reviewers see them. */
async function reviewed({ app, session }: Setting, id: string): Promise<unknown> {
  const response = await app.request("GET", `/api/v1/review/${id}`, { bearer: session });
  return (await answered(response, 200)).knowledge_unit.flags;
}

Deno.test("a confirmation raises confidence and count and is dated; the body is not looked at", async () => {
  await using test = await setting();
  const id = await test.app.unit({ key: test.key });
  await addRow(test.app.database, OTHER, { data: { evidence: { confidence: 0.95, confirmations: 7 } } });
  const first = await answered(await test.confirm(id), 201);
  deepEqual(first.evidence, {
    confidence: 0.6,
    confirmations: 2,
    first_observed: "2026-03-01T10:20:30.500000Z",
    last_confirmed: "2026-03-01T10:20:30.500000Z",
  });
  equal("created_by" in first, false);
  equal((await (await test.confirm(OTHER)).text()).includes('"confidence":1.0,"confirmations":8'), true);
  const odd = await test.app.request("POST", `/api/v1/knowledge/${id}/confirmations`, {
    bearer: test.key,
    body: "{ not JSON",
    headers: { "content-type": "application/json" },
  });
  equal((await answered(odd, 201)).evidence.confirmations, 3);
});

Deno.test("a flag lowers confidence, keeps count and dates, and is listed", async () => {
  await using test = await setting();
  const id = await test.app.unit({ key: test.key });
  const unit = await answered(await test.flag(id, { reason: "stale" }), 201);
  deepEqual([unit.evidence.confidence, unit.evidence.confirmations], [0.35, 1]);
  const flag = {
    reason: "stale",
    timestamp: "2026-03-01T10:20:30.500000Z",
    detail: null,
    duplicate_of: null,
  };
  deepEqual(unit.flags, [flag]);
  match(
    await dataOf(test.app.database, id),
    /"flags":\[\{"reason":"stale","timestamp":"2026-03-01T10:20:30.500000Z"\}\]/,
  );
});

Deno.test("a flag's detail is stored for reviewers and null in every public answer", async () => {
  await using test = await setting();
  const id = await test.app.unit({ key: test.key, domains: ["x"] });
  const answers = [
    await answered(await test.flag(id, { reason: "incorrect", detail: "canary 😀" }), 201),
    await answered(await test.confirm(id), 201),
    (await answered(await test.app.request("GET", "/api/v1/knowledge?domains=x"), 200)).data[0],
  ];
  for (const { flags } of answers) deepEqual([flags.length, flags[0].detail], [1, null]);
  const [flag] = await reviewed(test, id) as [{ detail: string }];
  equal(flag.detail, "canary 😀");
});

Deno.test("a duplicate names its original, which everybody is shown", async () => {
  await using test = await setting();
  const [original, copy] = [await test.app.unit({ key: test.key }), await test.app.unit({ key: test.key })];
  const unit = await answered(await test.flag(copy, { reason: "duplicate", duplicate_of: original }), 201);
  deepEqual([unit.flags[0].reason, unit.flags[0].duplicate_of], ["duplicate", original]);
  equal((await reviewed(test, copy) as [{ duplicate_of: string }])[0].duplicate_of, original);
});

const REFUSED: readonly [Record<string, unknown>, string[]][] = [
  [{}, ["missing at body.reason"]],
  [{ reason: "Stale" }, ["enum at body.reason"]],
  [{ reason: null }, ["enum at body.reason"]],
  [{ reason: "duplicate" }, ["missing at body.duplicate_of"]],
  [{ reason: "duplicate", duplicate_of: null }, ["missing at body.duplicate_of"]],
  [{ reason: "duplicate", duplicate_of: "ku_1" }, ["string_pattern_mismatch at body.duplicate_of"]],
  [{ reason: "duplicate", duplicate_of: OTHER.toUpperCase() }, [
    "string_pattern_mismatch at body.duplicate_of",
  ]],
  [{ reason: "duplicate", duplicate_of: `${OTHER}\n` }, ["string_pattern_mismatch at body.duplicate_of"]],
  [{ reason: "duplicate", duplicate_of: 7 }, ["string_type at body.duplicate_of"]],
  [{ reason: "stale", detail: "😀".repeat(1001) }, ["string_too_long at body.detail"]],
  [{ reason: "stale", detail: 7 }, ["string_type at body.detail"]],
  [{ reason: "stale", detail: "\ud800" }, ["string_unicode at body.detail"]],
];

Deno.test("a flag of the wrong shape is a 422 that leads to the fault, before the unit is looked for", async () => {
  await using test = await setting();
  const id = await test.app.unit({ key: test.key });
  for (const [json, expected] of REFUSED) {
    deepEqual(await faultsIn(await test.flag(id, json)), expected, JSON.stringify(json).slice(0, 80));
    deepEqual(await faultsIn(await test.flag("ku_unknown", json)), expected);
  }
  deepEqual(await reviewed(test, id), []);
});

Deno.test("null is the same as absent, a detail of 1000 code points fits, a reference goes with any reason", async () => {
  await using test = await setting();
  const [id, other] = [await test.app.unit({ key: test.key }), await test.app.unit({ key: test.key })];
  const detail = "😀".repeat(1000);
  for (
    const json of [
      { reason: "stale", detail: null, duplicate_of: null },
      { reason: "incorrect", detail },
      { reason: "stale", detail: "", duplicate_of: other },
    ]
  ) {
    equal((await test.flag(id, json)).status, 201);
  }
  const flags = await reviewed(test, id) as { detail: string | null; duplicate_of: string | null }[];
  deepEqual(flags.map((flag) => [flag.detail, flag.duplicate_of]), [[null, null], [detail, null], [
    "",
    other,
  ]]);
});

Deno.test("a duplicate of itself or of an unknown unit is a 422 text and leaves no flag", async () => {
  await using test = await setting();
  const id = await test.app.unit({ key: test.key });
  match(
    await textIn(await test.flag(id, { reason: "duplicate", duplicate_of: id }), 422),
    /duplicate of itself/,
  );
  match(await textIn(await test.flag(id, { reason: "duplicate", duplicate_of: OTHER }), 422), /no unit ku_0/);
  deepEqual(await reviewed(test, id), []);
});

Deno.test("only approved units can be confirmed or flagged", async () => {
  await using test = await setting();
  const pending = await test.app.unit({ key: test.key, approve: false });
  await addRow(test.app.database, OTHER, { status: "rejected" });
  for (const id of [pending, OTHER, "ku_unknown", pending.toUpperCase()]) {
    equal(await textIn(await test.confirm(id), 404), "Knowledge unit not found");
    equal(await textIn(await test.flag(id, { reason: "stale" }), 404), "Knowledge unit not found");
  }
});

Deno.test("fields this server does not know survive a confirmation and a flag, and are not served", async () => {
  await using test = await setting();
  const data = '{"id":"ku_1","zz":12345678901234567890,"domains":["d"],' +
    '"insight":{"summary":"s","detail":"d","action":"a","more":1.0},"evidence":{"confidence":0.5,"by":[1e5]},' +
    '"extensions":{"a:b":{"n":1.0}},"flags":[{"reason":"stale","timestamp":"2026-01-01T00:00:00Z","who":"w"}]}';
  await addRow(test.app.database, "ku_1", { data });
  for (const response of [await test.confirm("ku_1"), await test.flag("ku_1", { reason: "stale" })]) {
    const text = await response.text();
    equal(response.status, 201, text);
    equal(/zz|more|"by"|who/.test(text), false, text);
    match(text, /"extensions":\{"a:b":\{"n":1.0\}\}/);
  }
  const stored = await dataOf(test.app.database, "ku_1");
  for (const kept of ['"zz":12345678901234567890', '"more":1.0', '"by":[1e5]', '"who":"w"', '{"n":1.0}']) {
    equal(stored.includes(kept), true, `${kept} in ${stored}`);
  }
});

Deno.test("50 confirmations at once count 50", async () => {
  await using test = await setting();
  const id = await test.app.unit({ key: test.key });
  const answers = await Promise.all(Array.from({ length: 50 }, () => test.confirm(id)));
  const counts = await Promise.all(
    answers.map(async (each) => (await answered(each, 201)).evidence.confirmations),
  );
  deepEqual(counts.sort((a, b) => a - b), Array.from({ length: 50 }, (_, index) => index + 2));
});

Deno.test("20 flags at once are 20 flags", async () => {
  await using test = await setting();
  const id = await test.app.unit({ key: test.key });
  const details = Array.from({ length: 20 }, (_, index) => `detail ${index}`);
  const answers = await Promise.all(details.map((detail) => test.flag(id, { reason: "stale", detail })));
  for (const response of answers) await answered(response, 201);
  const flags = await reviewed(test, id) as { detail: string }[];
  deepEqual(flags.map(({ detail }) => detail).sort(), details.sort());
});
