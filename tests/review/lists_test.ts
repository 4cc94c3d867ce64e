import { deepEqual, equal } from "node:assert/strict";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { answered, faultsIn } from "../fixtures/faults.ts";
import { addRow } from "../fixtures/rows.ts";

interface Reviewer extends AsyncDisposable {
  readonly app: TestApp;
  get(path: string): Promise<Response>;
  /** Ids of the units in an answer of the queue or of the list. */
  ids(path: string): Promise<string>;
}

async function reviewer(): Promise<Reviewer> {
  const app = await testApp();
  const bearer = await app.signIn("ada");
  const get = (path: string): Promise<Response> => app.request("GET", `/api/v1/review/${path}`, { bearer });
  return {
    app,
    get,
    async ids(path): Promise<string> {
      const body = await answered(await get(path), 200);
      return (body.items ?? body).map((item: { knowledge_unit: { id: string } }) => item.knowledge_unit.id)
        .join();
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

/** Three pending units, two of them made at the same time, and two decided ones. */
async function fill({ app: { database } }: Reviewer): Promise<void> {
  const at = (day: number): string => `2026-01-0${day}T00:00:00+00:00`;
  await addRow(database, "c", {
    status: "pending",
    created_at: at(1),
    data: { evidence: { confidence: 0 } },
  });
  await addRow(database, "b", {
    status: "pending",
    created_at: at(2),
    data: { evidence: { confidence: 0.3 } },
  });
  await addRow(database, "a", { status: "pending", created_at: at(2), domains: ["x"] });
  await addRow(database, "d", {
    created_at: at(3),
    data: { evidence: { confidence: 1 } },
    domains: ["x", "y"],
  });
  await addRow(database, "e", { status: "rejected", created_at: at(4) });
}

const RANGES: readonly [query: string, fault: string][] = [
  ["queue?limit=-1", "greater_than_equal at query.limit"],
  ["queue?limit=1001", "less_than_equal at query.limit"],
  ["queue?limit=9223372036854775808", "less_than_equal at query.limit"],
  ["queue?limit=x", "int_parsing at query.limit"],
  ["queue?limit=", "int_parsing at query.limit"],
  ["queue?offset=-1", "greater_than_equal at query.offset"],
  ["queue?offset=9223372036854775808", "less_than_equal at query.offset"],
  ["queue?offset=1.5", "int_parsing at query.offset"],
  ["units?limit=-1", "greater_than_equal at query.limit"],
  ["units?limit=1001", "less_than_equal at query.limit"],
  ["units?limit=9223372036854775808", "less_than_equal at query.limit"],
  ["units?confidence_min=nan", "finite_number at query.confidence_min"],
  ["units?confidence_min=-inf", "finite_number at query.confidence_min"],
  ["units?confidence_max=Infinity", "finite_number at query.confidence_max"],
  ["units?confidence_max=", "float_parsing at query.confidence_max"],
];

Deno.test("numbers out of range are a 422 at the parameter", async () => {
  await using test = await reviewer();
  for (const [query, fault] of RANGES) deepEqual(await faultsIn(await test.get(query)), [fault], query);
  deepEqual(await faultsIn(await test.get("queue?limit=x&offset=-1")), [
    "int_parsing at query.limit",
    "greater_than_equal at query.offset",
  ]);
});

Deno.test("a limit of 0 gives nothing in every combination", async () => {
  await using test = await reviewer();
  await fill(test);
  const filters = ["", "confidence_min=0", "confidence_max=1", "domain=stored", "status=pending"];
  const combinations = [...filters, filters.join("&")];
  for (const filter of combinations) equal(await test.ids(`units?limit=0&${filter}`), "", filter);
  const queue = await answered(await test.get("queue?limit=0"), 200);
  deepEqual(queue, { items: [], total: 3, offset: 0, limit: 0 });
});

Deno.test("the queue has the pending units, oldest first, and tells how many there are and what was asked", async () => {
  await using test = await reviewer();
  await fill(test);
  equal(await test.ids("queue"), "c,a,b");
  equal(await test.ids("queue?limit=2"), "c,a");
  equal(await test.ids("queue?limit=2&offset=2"), "b");
  equal(await test.ids("queue?limit=1000&offset=3"), "");
  const { total, offset, limit } = await answered(await test.get("queue?limit=+02&offset=1_0"), 200);
  deepEqual([total, offset, limit], [3, 10, 2]);
  const defaults = await (await test.get("queue")).text();
  equal(defaults.endsWith('],"total":3,"offset":0,"limit":20}'), true, defaults);
  equal(await test.ids("queue?offset=9007199254740991"), "");
});

Deno.test("units are listed newest first, those of one time by their ids", async () => {
  await using test = await reviewer();
  await fill(test);
  equal(await test.ids("units"), "e,d,b,a,c");
  equal(await test.ids("units?limit=3"), "e,d,b");
});

const FILTERS: readonly [query: string, ids: string][] = [
  ["domain=x", "d,a"],
  ["domain=%20X%20", "d,a"],
  ["domain=", "e,d,b,a,c"],
  ["domain=%20", "e,d,b,a,c"],
  ["domain=nothing", ""],
  ["domain=x&domain=y", "d"],
  ["status=pending", "b,a,c"],
  ["status=Pending", ""],
  ["status=%20pending", ""],
  ["status=", "e,d,b,a,c"],
  ["status=%20", "e,d,b,a,c"],
  ["status=unknown", ""],
  ["confidence_min=0.5", "e,d,a"],
  ["confidence_min=0.3", "e,d,b,a"],
  ["confidence_max=0.5", "b,c"],
  ["confidence_max=0.3", "c"],
  ["confidence_max=0", ""],
  // From 1 on the upper end is included.
  ["confidence_max=1", "e,d,b,a,c"],
  ["confidence_max=2", "e,d,b,a,c"],
  ["confidence_min=1", "d"],
  ["confidence_min=1.1", ""],
  ["confidence_min=1e300", ""],
  ["confidence_min=-1e300", "e,d,b,a,c"],
  ["confidence_max=-1e300", ""],
  ["confidence_min=1e999", ""],
  ["confidence_min=0.6&confidence_max=0.4", ""],
  ["confidence_min=.3&confidence_max=5e-1&domain=stored&status=pending", "b"],
];

Deno.test("units are filtered by domain, status and confidence", async () => {
  await using test = await reviewer();
  await fill(test);
  for (const [query, ids] of FILTERS) equal(await test.ids(`units?${query}`), ids, query);
});
