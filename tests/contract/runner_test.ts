import { deepEqual, equal, match, notDeepEqual } from "node:assert/strict";
import { type Expectation, loadCases, type RecordedCase, type Step } from "./case_file.ts";
import { differences } from "./comparison.ts";
import { keyHash, signedJwt } from "./credentials.ts";
import { type JsonValue, parseJson } from "./exact_json.ts";
import { compareResponse } from "./response.ts";
import { runCase } from "./run_case.ts";
import type { Scope } from "./templates.ts";

// A runner that cannot fail proves nothing: for each thing it compares, a right value passes and wrong ones are reported.

const SECRET = "a".repeat(52);
const ID = "0".repeat(32);
const KEY = `cqa.v1.${ID}.${SECRET}`;
const now_ms = Date.now();
const now_s = Math.floor(now_ms / 1000);
const scope: Scope = {
  now_ms,
  jwtSecret: "s",
  pepper: "p",
  tokens: { odd: { claims: { sub: "${name}" }, alg: "none" } },
  captured: new Map<string, JsonValue>([["key", KEY], ["name", "ada"]]),
};

function reported(expected: JsonValue, actual: JsonValue): string[] {
  return differences(expected, actual, { scope, path: "$" });
}

function isoAt(seconds: number, zone: string): string {
  return new Date(now_ms + seconds * 1000).toISOString().slice(0, 19) + ".000000" + zone;
}

function login(claims: Record<string, number | string>, secret = "s"): string {
  return signedJwt({ claims: { sub: "ada", iat: now_s, exp: now_s + 86_400, ...claims }, secret });
}

const MATCHERS: [expected: JsonValue, right: JsonValue, wrong: JsonValue[]][] = [
  ["<<str>>", "x", ["", 1, null]],
  ["<<int>>", 7, [parseJson("7.0"), 7.5, "7", null]],
  ["<<float:0.3>>", 0.3, [0.30001, "0.3", null]],
  ["<<re:a+b>>", "aab", ["xaab", "aabx", 1]],
  ["<<ku_id>>", `ku_${ID}`, [ID, `ku_${ID}0`, `ku_${ID}`.toUpperCase()]],
  ["<<hex32>>", ID, [`${ID}0`, "g".repeat(32)]],
  ["<<hex64>>", ID + ID, [ID, `${ID}${ID}\n`]],
  ["<<key_prefix>>", "abcd2345", ["abcd2341", "abcd234"]],
  ["<<iso_z>>", "2026-01-01T00:00:00Z", ["2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00.123Z", 1]],
  ["<<iso_offset>>", "2026-01-01T00:00:00.123456+00:00", ["2026-01-01T00:00:00Z", "2026-01-01"]],
  ["<<iso_z~0s>>", isoAt(0, "Z"), [isoAt(-200, "Z"), isoAt(200, "Z"), "2026-13-41T00:00:00Z"]],
  ["<<iso_offset~+30d>>", isoAt(30 * 86_400, "+00:00"), [isoAt(0, "+00:00"), isoAt(30 * 86_400, "Z")]],
  ["<<jwt>>", login({}), [
    login({}, "other"),
    login({ exp: now_s + 60 }),
    login({ iat: 0, exp: 86_400 }),
    "a.b",
  ]],
  ["<<jwt:ada>>", login({}), [login({ sub: "grace" })]],
  ["<<key_hash_of:key>>", keyHash(SECRET, "p"), [keyHash(SECRET, "q"), KEY]],
  ["<<prefix_of:key>>", "a".repeat(8), ["a".repeat(9), "b".repeat(8)]],
];

for (const [expected, right, wrong] of MATCHERS) {
  Deno.test(`${expected} accepts what it stands for and reports anything else`, () => {
    deepEqual(reported(expected, right), []);
    for (const value of wrong) equal(reported(expected, value).length, 1, JSON.stringify(value));
  });
}

Deno.test("<<api_key_token>> must fit the id and the prefix beside it", () => {
  const expected = { id: "<<hex32>>", prefix: "<<str>>", token: "<<api_key_token>>" };
  const actual = { id: ID, prefix: "aaaaaaaa", token: KEY };
  deepEqual(reported(expected, actual), []);
  equal(reported(expected, { ...actual, id: "1".repeat(32) }).length, 1);
  equal(reported(expected, { ...actual, prefix: "bbbbbbbb" }).length, 1);
  equal(reported(expected, { ...actual, token: `${KEY}a` }).length, 1);
});

Deno.test("a matcher nobody knows is an error, not a match", () => {
  match(String(errorOf(() => reported("<<nonsense>>", "x"))), /unknown matcher nonsense/);
});

const VALUES: [expected: JsonValue, right: JsonValue, wrong: JsonValue[]][] = [
  ["x", "x", ["y", null, 1]],
  [null, null, ["", 0, false, {}]],
  [true, true, [false, 1, "true"]],
  [1, parseJson("1.0"), [1.00000001, "1", true]],
  [parseJson("9007199254740993"), parseJson("9007199254740993"), [parseJson("9007199254740992")]],
  [[1, 2], [1, 2], [[2, 1], [1], [1, 2, 3], { 0: 1 }]],
  [{ a: 1 }, { a: 1 }, [{}, { a: 1, b: 2 }, { a: 2 }, [], null]],
  [{ a: null }, { a: null }, [{}]],
  [{ "<<json>>": { a: 1 } }, '{"a": 1}', ['{"a": 2}', "{", { a: 1 }]],
  [{ "<<unordered>>": [1, 2, 2] }, [2, 1, 2], [[1, 1, 2], [1, 2], null]],
  ["${name}", "ada", ["${name}"]],
  ["<${rep:x:3}>", "<xxx>", ["<xx>"]],
  [{ "${name}": "${date:-1d}" }, { ada: isoAt(-86_400, "").slice(0, 10) }, [{
    ada: isoAt(0, "").slice(0, 10),
  }]],
  ["${epoch:-1m}", now_s - 60, [String(now_s - 60), now_s]],
  ["${iso:+1h}", `${isoAt(3600, "").slice(0, 19)}.123456+00:00`, [isoAt(3600, "+00:00")]],
  ["${isoz:-1s}", `${isoAt(-1, "").slice(0, 19)}.123456Z`, [isoAt(-1, "Z")]],
  ["${jwt:ada}", login({ iat: now_s - 5, exp: now_s - 5 + 86_400 }), [login({})]],
  ["${tok:odd}", "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJhZGEifQ.", [""]],
];

for (const [expected, right, wrong] of VALUES) {
  Deno.test(`${JSON.stringify(expected)} equals what it should and nothing else`, () => {
    deepEqual(reported(expected, right), []);
    for (const value of wrong) notDeepEqual(reported(expected, value), [], JSON.stringify(value));
  });
}

const JSON_TYPE = { "content-type": "application/json" };

function verdict(
  expect: Expectation,
  { status = 200, body = "{}", headers = JSON_TYPE }: {
    status?: number;
    body?: string;
    headers?: Record<string, string>;
  },
): string[] {
  const response = {
    status,
    body: new TextEncoder().encode(body),
    headers: new Map(Object.entries(headers)),
  };
  return compareResponse(response, expect, scope).problems;
}

Deno.test("a response is reported for its status, its headers, its body and the order of its keys", () => {
  const ok = { status: 200, headers: { "content-type": "application/json" } };
  deepEqual(verdict(ok, { headers: { "content-type": "application/json; charset=utf-8" } }), []);
  equal(verdict(ok, { status: 201 }).length, 1);
  equal(verdict(ok, { headers: {} }).length, 1);
  equal(verdict(ok, { headers: { "content-type": "text/html" } }).length, 1);
  const allow = { status: 200, headers: { allow: "GET, POST" } };
  deepEqual(verdict(allow, { headers: { allow: "POST, GET, PUT" } }), []);
  equal(verdict(allow, { headers: { allow: "GET" } }).length, 1);
  equal(
    verdict({ status: 200, absent_headers: ["Set-Cookie"] }, { headers: { "set-cookie": "a=b" } }).length,
    1,
  );
  equal(verdict({ status: 200, empty: true }, { body: "x" }).length, 1);
  equal(verdict({ status: 200, json: {} }, { body: "" }).length, 1);
  equal(verdict({ status: 200, json: { a: 1 } }, { body: '{"a":2}' }).length, 1);
  const ordered = { status: 200, json: { c: { a: 1, b: 2 } }, key_order: ["$.c"] };
  deepEqual(verdict(ordered, { body: '{"c":{"a":1,"b":2}}' }), []);
  equal(verdict(ordered, { body: '{"c":{"b":2,"a":1}}' }).length, 1);
});

Deno.test("of a 422 with a list, place and type of every fault count, in any order", () => {
  const faults = [{ loc: ["body", "a"], type: "missing" }, { loc: ["body", "b", 0], type: "string_type" }];
  const expect = { status: 422, json: { detail: faults } };
  const answered = (detail: unknown): string[] =>
    verdict(expect, { status: 422, body: JSON.stringify({ detail }) });
  deepEqual(answered([{ ...faults[1], msg: "anything" }, faults[0]]), []);
  equal(answered([faults[0]]).length, 1);
  equal(answered([...faults, faults[0]]).length, 1);
  equal(answered([faults[0], { ...faults[1], type: "missing" }]).length, 2);
  equal(answered([faults[0], { ...faults[1], loc: ["body", "b", 1] }]).length, 2);
  equal(answered("a sentence").length, 1);
});

Deno.test("a whole case is reported where the server does otherwise than recorded", async () => {
  const health = { method: "GET", path: "/api/v1/health" };
  const capture = { kept: "$.status", lost: "$.nothing" };
  const steps: Step[] = [
    { name: "wrong body", request: health, expect: { status: 200, json: { status: "ill" } }, capture },
    { name: "right body", request: health, expect: { status: 200, json: { status: "${kept}" } } },
    { name: "wrong rows", sql: "SELECT 1 AS a, 2 AS a", expect_rows: [[1, 3]] },
    { name: "restart", restart: true },
    { name: "right rows", sql: "SELECT version_num FROM alembic_version", expect_rows: [["0001"]] },
    { name: "not captured", request: health, expect: { status: 200, json: { status: "${lost}" } } },
  ];
  const problems = await runCase(made({ setup: { database: "none" }, steps }));
  deepEqual(problems.slice(0, -1).map((problem) => problem.split(":")[0]), [
    "wrong body",
    "wrong body",
    "wrong rows",
    "not captured",
  ]);
  match(problems.at(-1)!, /^the server printed:\n[^]*"listening"/);
});

Deno.test("a start that should be refused and is not is reported", async () => {
  const refused = { expect: "refused" } as const;
  const problems = await runCase(made({ setup: { database: "none" }, start: refused }));
  deepEqual(problems, ["start: expected a refusal, but the server answers"]);
});

Deno.test("every recorded case is run", () => {
  const cases = loadCases();
  equal(cases.length, 74);
  equal(cases.reduce((steps, { steps: { length } }) => steps + length, 0), 779);
});

function made(parts: Partial<RecordedCase>): RecordedCase {
  return { id: "made", title: "made for this test", setup: {}, steps: [], ...parts };
}

function errorOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
