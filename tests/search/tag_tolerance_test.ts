import { deepEqual, equal } from "node:assert/strict";
import { tagKey } from "../../src/search/tag_aliases.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { answered, faultsIn } from "../fixtures/faults.ts";
import { addRow } from "../fixtures/rows.ts";

async function storeOf(
  units: Readonly<Record<string, readonly string[]>>,
  isStrict = false,
): Promise<TestApp> {
  const app = await testApp({ settings: { isStrict } });
  for (const [id, domains] of Object.entries(units)) {
    await addRow(app.database, id, { data: { domains }, domains });
  }
  // Answered once all units are loaded: before that, answers have what exactly matches.
  await answered(await app.request("GET", "/api/v1/knowledge/stats"), 200);
  return app;
}

async function asked(app: TestApp, query: string): Promise<{ ids: string[]; widened: string | null }> {
  const response = await app.request("GET", `/api/v1/knowledge?${query}`);
  const widened = response.headers.get("cq-widened");
  const { data } = await answered(response, 200);
  return { ids: data.map(({ id }: { id: string }) => id), widened };
}

Deno.test("tags of the same meaning have one key, others have their own", () => {
  const same = [
    ["postgres", "PostgreSQL", "pg", "postgres15"],
    ["k8s", "kubernetes", "Kube"],
    ["js", "javascript"],
    ["node.js", "node-js", "node_js", "nodejs", "node"],
    ["queue", "queues"],
    ["race condition", "race-conditions"],
  ];
  for (const tags of same) equal(new Set(tags.map(tagKey)).size, 1, tags.join());
  const different = [
    "level1",
    "level2",
    "java",
    "javascript",
    "c",
    "c++",
    "c#",
    "go",
    "google",
    "ios",
    "io",
    "redis",
  ];
  equal(new Set(different.map(tagKey)).size, different.length);
});

Deno.test("an answer that is not full is filled up by tags of the same meaning, after all exact ones, and says so", async () => {
  await using app = await storeOf({
    ku_exact: ["postgres", "x", "y", "z"],
    ku_near1: ["postgresql"],
    ku_near2: ["pg"],
    ku_other: ["mysql"],
  });
  const widened = "postgres=pg,postgresql";
  deepEqual(await asked(app, "domains=postgres"), { ids: ["ku_exact", "ku_near2", "ku_near1"], widened });
  deepEqual(await asked(app, "domains=postgres&limit=2"), { ids: ["ku_exact", "ku_near2"], widened });
  deepEqual(await asked(app, "domains=postgres&limit=1"), { ids: ["ku_exact"], widened: null });
  deepEqual(await asked(app, "domains=mysql"), { ids: ["ku_other"], widened: null });
});

Deno.test("who asks for exact tags gets exact tags, and so does everybody under strict compatibility who does not ask", async () => {
  const units = { ku_exact: ["k8s"], ku_near: ["kubernetes"] };
  await using app = await storeOf(units);
  deepEqual(await asked(app, "domains=k8s&tags=exact"), { ids: ["ku_exact"], widened: null });
  deepEqual((await asked(app, "domains=k8s&tags=tolerant")).ids, ["ku_exact", "ku_near"]);
  await using strict = await storeOf(units, true);
  deepEqual(await asked(strict, "domains=k8s"), { ids: ["ku_exact"], widened: null });
  deepEqual((await asked(strict, "domains=k8s&tags=tolerant")).ids, ["ku_exact", "ku_near"]);
  const response = await app.request("GET", "/api/v1/knowledge?domains=k8s&tags=loose");
  deepEqual(await faultsIn(response), ["enum at query.tags"]);
});

Deno.test("a tag is near as long as a unit has it", async () => {
  await using app = await storeOf({ ku_near: ["kubernetes"] });
  equal((await asked(app, "domains=k8s")).widened, "k8s=kubernetes");
  const key = await app.apiKey(await signedIn(app));
  await app.database.transaction(async (transaction) => {
    await transaction.script("DELETE FROM knowledge_unit_domains; DELETE FROM knowledge_units;");
  });
  deepEqual(await asked(app, "domains=k8s"), { ids: [], widened: null });
  const id = await app.unit({ key, domains: ["kube"] });
  deepEqual(await asked(app, "domains=k8s"), { ids: [id], widened: "k8s=kube" });
});

Deno.test("names that do not fit a header are percent-encoded in it", async () => {
  await using app = await storeOf({ ku_1: ["データ ベース"] });
  const { ids, widened } = await asked(app, `domains=${encodeURIComponent("データ-ベース")}`);
  deepEqual(ids, ["ku_1"]);
  equal(decodeURIComponent(widened!), "データ-ベース=データ ベース");
});

async function signedIn(app: TestApp): Promise<string> {
  await app.signIn("ann");
  return "ann";
}
