import { deepEqual, equal, match } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { manualClock } from "../fixtures/clock.ts";
import { answered, faultsIn, textIn } from "../fixtures/faults.ts";
import { dataOf } from "../fixtures/rows.ts";

const PATH = "/api/v1/knowledge";
const INSIGHT = { summary: "s", detail: "d", action: "a" };
const GOOD = { domains: ["d"], insight: INSIGHT };

interface Proposer extends AsyncDisposable {
  readonly app: TestApp;
  propose(fields: Record<string, unknown>): Promise<Response>;
  /** Sends a body as it is. */
  send(body: string): Promise<Response>;
  stored(): Promise<number>;
}

async function proposer(): Promise<Proposer> {
  const app = await testApp({ clock: manualClock("2026-03-01T10:20:30.000000Z") });
  await app.signIn("ada");
  const bearer = await app.apiKey("ada");
  return {
    app,
    propose: (fields) => app.request("POST", PATH, { bearer, json: { ...GOOD, ...fields } }),
    send: (body) =>
      app.request("POST", PATH, { bearer, body, headers: { "content-type": "application/json" } }),
    stored: async () => (await app.database.all(sql`SELECT id FROM knowledge_units`)).length,
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

Deno.test("a proposal is answered in full and stored as pending, in the contract's spelling", async () => {
  await using test = await proposer();
  const response = await test.propose({
    domains: [" B ", "a", "b", ""],
    created_by: "eve",
    tier: "public",
    id: "x",
    flags: [1],
  });
  equal(response.headers.get("content-type"), "application/json");
  const text = await response.text();
  const id = JSON.parse(text).id;
  match(id, /^ku_[0-9a-f]{32}$/);
  const evidence = '"evidence":{"confidence":0.5,"confirmations":1,"first_observed":"2026-03-01T10:20:30Z",' +
    '"last_confirmed":"2026-03-01T10:20:30Z"}';
  const start =
    `{"id":"${id}","version":1,"domains":["b","a"],"insight":{"summary":"s","detail":"d","action":"a"},` +
    `"context":{"languages":[],"frameworks":[],"pattern":""},${evidence},"tier":"private","created_by":"ada",`;
  equal(text, `${start}"superseded_by":null,"extensions":null,"flags":[]}`);
  equal(response.status, 201);
  equal(await dataOf(test.app.database, id), `${start}"flags":[]}`);
  const row = await test.app.database.first(
    sql`SELECT status, reviewed_by, reviewed_at, created_at, tier FROM knowledge_units`,
  );
  deepEqual(Object.values(row!), ["pending", null, null, "2026-03-01T10:20:30+00:00", "private"]);
});

Deno.test("texts, context and extensions are kept unchanged, numbers in their own spelling", async () => {
  await using test = await proposer();
  const middle = '"insight":{"summary":"\\u0000 <b> 😀 \\u2028","detail":" d ","action":""},' +
    '"context":{"languages":["Go"," Go ","Go"],"frameworks":[],"pattern":" P "}';
  const extensions = '"extensions":{"a:b":12345678901234567890123,"a:c":[1.0,-0,1e5,null,1e400,{"z":0.10}]}';
  const response = await test.send(`{"domains":["d"],${middle},${extensions}}`);
  equal(response.status, 201);
  const text = await response.text();
  const kept = extensions.replace("1e400", "null");
  equal(text.includes(`${middle.replace("\\u2028", "\u2028")},"evidence"`), true, text);
  equal(text.includes(kept), true, text);
  equal((await dataOf(test.app.database, JSON.parse(text).id)).includes(kept), true);
});

const MANY = Array.from({ length: 17 }, (_, index) => `d${index}`);
const FAULTS: readonly [Record<string, unknown>, string[]][] = [
  [{ domains: undefined }, ["missing at body.domains"]],
  [{ domains: null }, ["list_type at body.domains"]],
  [{ domains: "d" }, ["list_type at body.domains"]],
  [{ domains: [] }, ["too_short at body.domains"]],
  [{ domains: ["d", 1] }, ["string_type at body.domains.1"]],
  [{ insight: undefined }, ["missing at body.insight"]],
  [{ insight: null }, ["model_attributes_type at body.insight"]],
  [{ insight: { summary: 1, detail: null } }, [
    "string_type at body.insight.summary",
    "string_type at body.insight.detail",
    "missing at body.insight.action",
  ]],
  [{ context: null }, ["model_attributes_type at body.context"]],
  [{ context: { languages: null } }, ["list_type at body.context.languages"]],
  [{ extensions: [] }, ["dict_type at body.extensions"]],
  [{ created_by: null }, ["string_type at body.created_by"]],
  [{ insight: { ...INSIGHT, summary: "x".repeat(501) } }, ["value_error at body.insight.summary"]],
  [{ insight: { ...INSIGHT, detail: "x".repeat(8001) } }, ["value_error at body.insight.detail"]],
  [{ insight: { ...INSIGHT, action: "x".repeat(2001) } }, ["value_error at body.insight.action"]],
  [{ context: { pattern: "x".repeat(201) } }, ["value_error at body.context.pattern"]],
  [{ context: { languages: MANY } }, ["too_long at body.context.languages"]],
  [{ context: { frameworks: ["x".repeat(65)] } }, ["value_error at body.context.frameworks.0"]],
  [{ extensions: Object.fromEntries([...MANY, 1, 2, 3, 4].map((key) => [`ns:${key}`, 1])) }, [
    "too_long at body.extensions",
  ]],
];

Deno.test("a proposal of the wrong shape or size is a 422 that leads to each fault, and nothing is stored", async () => {
  await using test = await proposer();
  for (const [fields, expected] of FAULTS) {
    deepEqual(await faultsIn(await test.propose(fields)), expected, JSON.stringify(fields).slice(0, 99));
  }
  equal(await test.stored(), 0);
});

Deno.test("what is exactly at the limits is accepted, counted in code points", async () => {
  await using test = await proposer();
  const smile = (count: number): string => "😀".repeat(count);
  const response = await test.propose({
    domains: [...MANY.slice(2), smile(64)],
    insight: { summary: smile(500), detail: smile(8000), action: smile(2000) },
    context: { languages: MANY.slice(1), frameworks: [smile(64)], pattern: smile(200) },
    extensions: Object.fromEntries([...MANY, 1, 2, 3].map((key) => [`ns:${key}`, 1])),
  });
  const unit = await answered(response, 201);
  deepEqual([unit.domains.length, Object.keys(unit.extensions).length], [16, 20]);
});

const LONE = "\\ud800";
const SURROGATES: readonly [string, string][] = [
  [`{"domains":["${LONE}"],"insight":{"summary":"s","detail":"d","action":"a"}}`, "body.domains.0"],
  ...["summary", "detail", "action"].map((name): [string, string] => [
    JSON.stringify({ ...GOOD, insight: { ...INSIGHT, [name]: "LONE" } }).replace("LONE", `a${LONE}`),
    `body.insight.${name}`,
  ]),
  ...([[{ languages: ["LONE"] }, "languages.0"], [{ frameworks: ["LONE"] }, "frameworks.0"], [{
    pattern: "LONE",
  }, "pattern"]] as const)
    .map(([context, place]): [string, string] => [
      JSON.stringify({ ...GOOD, context }).replace("LONE", LONE),
      `body.context.${place}`,
    ]),
  [JSON.stringify({ ...GOOD, created_by: "LONE" }).replace("LONE", "\\udc00x"), "body.created_by"],
  ...[{ "a:b": "LONE" }, { "a:b": [{ x: "LONE" }] }, { "a:b": [{ LONE: 1 }] }, { "a:LONE": 1 }]
    .map((extensions): [string, string] => [
      JSON.stringify({ ...GOOD, extensions }).replace("LONE", LONE),
      "body.extensions",
    ]),
];

Deno.test("a lone surrogate is a string_unicode wherever it stands, and nothing is stored", async () => {
  await using test = await proposer();
  for (const [body, place] of SURROGATES) {
    deepEqual(await faultsIn(await test.send(body)), [`string_unicode at ${place}`], body);
  }
  equal(await test.stored(), 0);
});

Deno.test("fields this server does not know are ignored, whatever they hold", async () => {
  await using test = await proposer();
  const response = await test.send(JSON.stringify({ ...GOOD, zz: "LONE" }).replace("LONE", LONE));
  equal("zz" in await answered(response, 201), false);
});

function nested(depth: number): string {
  return `{"domains":["d"],"insight":{"summary":"s","detail":"d","action":"a"},"extensions":{"a:b":${
    "[".repeat(depth)
  }${"]".repeat(depth)}}}`;
}

Deno.test("extensions nested 64 deep are accepted and read back, one deeper is refused and not stored", async () => {
  await using test = await proposer();
  equal((await test.send(nested(63))).status, 201);
  for (const depth of [64, 200, 400]) {
    deepEqual(await faultsIn(await test.send(nested(depth))), ["value_error at body.extensions"]);
  }
  equal((await test.send(nested(1000))).status, 400);
  equal(await test.stored(), 1);
  const bearer = await test.app.signIn("ada");
  const queue = await answered(await test.app.request("GET", "/api/v1/review/queue", { bearer }), 200);
  equal(queue.items.length, 1);
});

const TEXTS: readonly [Record<string, unknown>, RegExp][] = [
  [{ domains: [" ", "\u3000"] }, /^At least one non-empty domain is required$/],
  [{ domains: MANY }, /^domains: at most 16 .*17$/],
  [{ domains: ["x".repeat(65)] }, /^domains: .*at most 64 characters, got 65$/],
  [{ domains: ["a\0b"] }, /^domains: .*NUL/],
  [{ extensions: { x: 1 } }, /^extensions: key 1 is not of the form namespace:name/],
  [{ extensions: { "a:b\n": 1 } }, /^extensions: key 1 is not/],
  [{ extensions: { "a:b": 1, [`x${"😀".repeat(99)}`]: 1 } }, /^extensions: key 2 is not/],
  [{ extensions: JSON.parse('{"__proto__":1}') }, /^extensions: key 1 is not/],
];

Deno.test("bad domains and extension keys are told in one short sentence for people", async () => {
  await using test = await proposer();
  for (const [fields, expected] of TEXTS) {
    const text = await textIn(await test.propose(fields), 422);
    match(text, expected);
    equal(text.length < 250 && !text.includes("\n") && text.isWellFormed(), true, text);
  }
  equal(await test.stored(), 0);
});

Deno.test("the limit on domains counts those that are left after cleaning", async () => {
  await using test = await proposer();
  const unit = await answered(await test.propose({ domains: [...MANY.slice(1), "D1", "", " d2 "] }), 201);
  equal(unit.domains.length, 16);
});
