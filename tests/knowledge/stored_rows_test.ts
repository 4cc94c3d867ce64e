import { deepEqual, equal, match } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { answered, textIn } from "../fixtures/faults.ts";
import { sessionCookie, visit } from "../fixtures/pages.ts";
import { addRow, type Fields, storedUnit } from "../fixtures/rows.ts";

const GOOD = "ku_good";
const BAD = "ku_poison";

/** Rows that no client could be shown. */
const POISON: Readonly<Record<string, string | Fields>> = {
  "no JSON": "text",
  "no text at all": "",
  "cut JSON": '{"id":"ku_poison","domains":["stored"]',
  "a list": "[]",
  "a number": "1.0",
  "null": "null",
  "no insight": { insight: null },
  "a text that is a number": { insight: { summary: 1, detail: "d", action: "a" } },
  "domains that are a text": { domains: "stored" },
  "a tier of an older version": { tier: "team" },
  "an extension key without a colon": { extensions: { nocolon: 1 } },
  "a duplicate without a reference": { flags: [{ reason: "duplicate", timestamp: "2026-01-01T00:00:00Z" }] },
  "a flag of an unknown reason": { flags: [{ reason: "spam" }] },
  "a confidence that is a text": { evidence: { confidence: "0.9" } },
  "a confidence above 1": { evidence: { confidence: 7 } },
  "an enormous confidence": `{"evidence":{"confidence":1e999},"domains":["stored"]}`,
  "nesting that no reader survives": JSON.stringify(storedUnit(BAD, { extensions: { "a:b": "DEEP" } }))
    .replace('"DEEP"', "[".repeat(20_000) + "]".repeat(20_000)),
  "deep nesting where nothing is looked at": JSON.stringify(storedUnit(BAD, { zz: "DEEP" }))
    .replace('"DEEP"', "[".repeat(20_000) + "]".repeat(20_000)),
};

/** Ids of the units in an answer, whatever its envelope. */
async function shown(app: TestApp, path: string, bearer: string): Promise<string[]> {
  const body = await answered(await app.request("GET", path, { bearer }), 200);
  const items = body.data ?? body.items ?? body.recent_activity ?? body;
  return items.map((item: Record<string, Fields>) =>
    item["unit_id"] ?? item["id"] ?? item["knowledge_unit"]!["id"]
  );
}

for (const [name, data] of Object.entries(POISON)) {
  Deno.test(`an unreadable row is left out of every list, and the rest is answered, when it is ${name}`, async () => {
    await using app = await testApp();
    const bearer = await app.signIn("ada");
    for (const status of ["approved", "pending"]) {
      await addRow(app.database, `${GOOD}-${status}`, { status });
      await addRow(app.database, `${BAD}-${status}`, {
        status,
        data: typeof data === "string" ? data : { ...data, id: BAD },
      });
    }
    deepEqual(await shown(app, "/api/v1/knowledge?domains=stored&limit=50", bearer), [`${GOOD}-approved`]);
    deepEqual(await shown(app, "/api/v1/review/queue", bearer), [`${GOOD}-pending`]);
    const both = [`${GOOD}-pending`, `${GOOD}-approved`];
    deepEqual(await shown(app, "/api/v1/review/units", bearer), both);
    deepEqual(await shown(app, "/api/v1/review/stats", bearer), both);
    for (const filter of ["domain=stored", "confidence_min=0", "confidence_max=1"]) {
      deepEqual(await shown(app, `/api/v1/review/units?${filter}`, bearer), both, filter);
    }
    equal((await answered(await app.request("GET", "/api/v1/knowledge/stats"), 200)).total_count, 4);

    const byId = await app.request("GET", `/api/v1/review/${BAD}-approved`, { bearer });
    equal(byId.headers.get("content-type"), "application/json");
    match(await textIn(byId, 500), /^The stored unit cannot be read: /);
    const confirm = `/api/v1/knowledge/${BAD}-approved/confirmations`;
    match(
      await textIn(await app.request("POST", confirm, { bearer: await app.apiKey("ada") }), 500),
      /cannot be read/,
    );
  });
}

Deno.test("a row of bytes instead of a text is left out for agents, and listed and shown as unreadable", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const bearer = await app.signIn("ada");
  await addRow(app.database, GOOD);
  const data = JSON.stringify(storedUnit(BAD, { insight: { summary: "Größe", detail: "d", action: "a" } }));
  await app.database.transaction((transaction) =>
    transaction.run(sql`
      INSERT INTO knowledge_units (id, data, status, created_at)
      VALUES (${BAD}, CAST(${data} AS BLOB), 'approved', '2026-01-01T00:00:00+00:00')`)
  );
  deepEqual(await shown(app, "/api/v1/knowledge?domains=stored&limit=50", bearer), [GOOD]);
  deepEqual(await shown(app, "/api/v1/review/units", bearer), [GOOD]);
  const page = async (path: `/${string}`): Promise<string> => {
    const response = await visit(app, `GET ${path}`, { cookie });
    equal(response.status, 200, path);
    return await response.text();
  };
  for (const query of ["", "?q=gr%C3%B6", "?q=ku_poison"]) {
    match(await page(`/units${query}`), /\/units\/ku_poison"/);
  }
  equal((await page("/units?q=elsewhere")).includes("/units/ku_poison"), false);
  match(await page(`/units/${BAD}`), /cannot be read.*Größe/s);
  for (const path of ["/review", "/review/ageing", "/dashboard"] as const) await page(path);
});

Deno.test("an unreadable row can still be decided on", async () => {
  await using app = await testApp();
  const bearer = await app.signIn("ada");
  await addRow(app.database, BAD, { status: "pending", data: "text" });
  equal((await app.request("POST", `/api/v1/review/${BAD}/reject`, { bearer })).status, 200);
});

Deno.test("a row longer than any proposal may be is served whole", async () => {
  await using app = await testApp();
  const long = "x".repeat(9000);
  const insight = { summary: long, detail: long, action: long };
  const domains = ["stored", ...Array.from({ length: 40 }, (_, index) => `d${index}`)];
  await addRow(app.database, GOOD, { data: { insight, domains } });
  const [unit] = (await answered(await app.request("GET", "/api/v1/knowledge?domains=stored"), 200)).data;
  deepEqual([unit.insight, unit.domains], [insight, domains]);
});

Deno.test("a row without times reports the one of its column, the same at every reading", async () => {
  await using app = await testApp();
  await addRow(app.database, "ku_1", { data: { evidence: {} }, created_at: "2025-05-05T05:05:05.5+00:00" });
  await addRow(app.database, "ku_2", { data: { evidence: {} }, created_at: null });
  for (let reading = 0; reading < 2; reading++) {
    const { data } = await answered(await app.request("GET", "/api/v1/knowledge?domains=stored"), 200);
    deepEqual(
      data.map((
        { evidence }: { evidence: Fields },
      ) => [evidence["first_observed"], evidence["last_confirmed"]]),
      [
        ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"],
        ["2025-05-05T05:05:05.500000Z", "2025-05-05T05:05:05.500000Z"],
      ],
    );
  }
});

Deno.test("times keep their own offset and have six digits or none", async () => {
  await using app = await testApp();
  const evidence = { first_observed: "2026-01-01T10:00:00.5+02:00", last_confirmed: "2026-01-01 10:00:00" };
  await addRow(app.database, GOOD, { data: { evidence } });
  const [unit] = (await answered(await app.request("GET", "/api/v1/knowledge?domains=stored"), 200)).data;
  deepEqual([unit.evidence.first_observed, unit.evidence.last_confirmed], [
    "2026-01-01T10:00:00.500000+02:00",
    "2026-01-01T10:00:00Z",
  ]);
});
