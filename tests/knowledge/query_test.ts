import { deepEqual, equal } from "node:assert/strict";
import type { Database } from "../../src/database/database.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { answered, faultsIn } from "../fixtures/faults.ts";
import { addRow, type Fields } from "../fixtures/rows.ts";

function unit(database: Database, id: string, domains: string[], fields: Fields = {}): Promise<void> {
  return addRow(database, id, { data: { domains, ...fields }, domains });
}

async function found(app: TestApp, query: string): Promise<string[]> {
  const { data } = await answered(await app.request("GET", `/api/v1/knowledge?${query}`), 200);
  return data.map(({ id }: { id: string }) => id);
}

Deno.test("approved units with one of the domains come in the order of their scores, without their proposers", async () => {
  await using app = await testApp();
  await unit(app.database, "ku_1", ["a", "b"]);
  await unit(app.database, "ku_2", ["a"], { evidence: { confidence: 0.4 } });
  await unit(app.database, "ku_3", ["a", "b"], {
    context: { languages: ["go"] },
    evidence: { confidence: 0.5 },
  });
  await unit(app.database, "ku_4", ["c"]);
  await addRow(app.database, "ku_5", { status: "pending", domains: ["a"] });
  deepEqual(await found(app, "domains=a&domains=%20B%20&languages=go"), ["ku_3", "ku_1", "ku_2"]);
  deepEqual(await found(app, "domains=a"), ["ku_2", "ku_3", "ku_1"]);
  deepEqual(await found(app, "domains=c&languages=go"), ["ku_4"]);
  const { data } = await answered(await app.request("GET", "/api/v1/knowledge?domains=c"), 200);
  equal("created_by" in data[0], false);
});

Deno.test("a unit's domains are those of its text, not those of the domain table", async () => {
  await using app = await testApp();
  await addRow(app.database, "ku_1", { data: { domains: ["a"] }, domains: ["a"] });
  await addRow(app.database, "ku_2", { data: { domains: ["a", "b", "c"] }, domains: ["a"] });
  await addRow(app.database, "ku_3", { data: { domains: ["zz"] }, domains: ["a"] });
  deepEqual(await found(app, "domains=a"), ["ku_1", "ku_2", "ku_3"]);
});

Deno.test("without domains a query is a 422, with blank ones it finds nothing", async () => {
  await using app = await testApp();
  await unit(app.database, "ku_1", ["a"]);
  deepEqual(await faultsIn(await app.request("GET", "/api/v1/knowledge")), ["missing at query.domains"]);
  deepEqual(await faultsIn(await app.request("GET", "/api/v1/knowledge?Domains=a&domains[]=a")), [
    "missing at query.domains",
  ]);
  deepEqual(await found(app, "domains"), []);
  deepEqual(await found(app, "domains=&domains=%E3%80%80"), []);
});

Deno.test("all faults of a query are told", async () => {
  await using app = await testApp();
  deepEqual(await faultsIn(await app.request("GET", "/api/v1/knowledge?limit=x")), [
    "missing at query.domains",
    "int_parsing at query.limit",
  ]);
  for (const limit of ["0", "-1"]) {
    const response = await app.request("GET", `/api/v1/knowledge?domains=a&limit=${limit}`);
    deepEqual(await faultsIn(response), ["greater_than at query.limit"]);
  }
});

Deno.test("an answer has 5 units unless told otherwise, and never more than 50", async () => {
  await using app = await testApp();
  const ids = Array.from({ length: 60 }, (_, index) => `ku_${String(index).padStart(2, "0")}`);
  for (const id of ids) await unit(app.database, id, ["a"]);
  const newest = ids.reverse();
  deepEqual(await found(app, "domains=a"), newest.slice(0, 5));
  deepEqual(await found(app, "domains=a&limit=2"), newest.slice(0, 2));
  for (const limit of ["50", "51", "100000", "99999999999999999999999"]) {
    deepEqual(await found(app, `domains=a&limit=${limit}`), newest.slice(0, 50), limit);
  }
});

Deno.test("domains, languages and frameworks beyond the 64th of a query are ignored", async () => {
  await using app = await testApp();
  await unit(app.database, "ku_a", ["a"]);
  await unit(app.database, "ku_z", ["z"]);
  const noise = (name: string, count: number): string =>
    Array.from({ length: count }, (_, index) => `${name}=n${index}`).join("&");
  deepEqual(await found(app, `${noise("domains", 63)}&domains=a&domains=z`), ["ku_a"]);
  await unit(app.database, "ku_l", ["a"], { context: { languages: ["go"] } });
  await unit(app.database, "ku_m", ["a"]);
  deepEqual(await found(app, `domains=a&${noise("languages", 63)}&languages=go`), ["ku_l", "ku_m", "ku_a"]);
  deepEqual(await found(app, `domains=a&${noise("languages", 64)}&languages=go`), ["ku_m", "ku_l", "ku_a"]);
});

Deno.test("quotes and wildcards in a domain are letters like any other", async () => {
  await using app = await testApp();
  await unit(app.database, "ku_1", ["o'brien;--"]);
  await unit(app.database, "ku_2", ["a_c"]);
  deepEqual(await found(app, `domains=${encodeURIComponent("O'Brien;--")}`), ["ku_1"]);
  deepEqual(await found(app, "domains=%25&domains=abc&domains=a%25"), []);
});

Deno.test("a useless Authorization header is ignored", async () => {
  await using app = await testApp();
  await unit(app.database, "ku_1", ["a"]);
  for (const authorization of ["Bearer nonsense", "x", ""]) {
    const response = await app.request("GET", "/api/v1/knowledge?domains=a", { headers: { authorization } });
    equal((await answered(response, 200)).data.length, 1);
  }
});
