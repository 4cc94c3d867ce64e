import { deepEqual, equal } from "node:assert/strict";
import { findingsIn } from "../../src/knowledge/findings.ts";
import { appOn, type TestApp } from "../fixtures/app.ts";
import { onEachEngine } from "../fixtures/engines.ts";
import { until } from "../fixtures/waiting.ts";

const DETAIL =
  "A socket that is shared by parent and child after a fork gives each of them a part of the answers.";

async function findings(app: TestApp, id: string): Promise<string[]> {
  return (await findingsIn(app.database, id)).map(({ rule, message }) => `${rule}: ${message}`);
}

onEachEngine(
  "a proposal that says the same as another unit gets a finding that names it, whatever became of that",
  async (engine) => {
    await using app = await appOn(engine.open());
    await app.signIn("ada");
    await app.signIn("bob");
    const [ada, bob] = [await app.apiKey("ada"), await app.apiKey("bob")];
    const insight = {
      summary: "Close pools before a fork",
      detail: DETAIL,
      action: "Open them in the child.",
    };
    const first = await app.unit({ key: ada, insight });
    const other = await app.unit({
      key: ada,
      insight: { summary: "Fonts are large", detail: "They are loaded whole.", action: "Use subsets." },
      approve: false,
    });
    const second = await app.unit({
      key: bob,
      insight: { ...insight, summary: "Close every pool before a fork" },
      approve: false,
    });
    await until(async () => (await findings(app, second)).length > 0, "the proposal is compared");
    deepEqual(await findings(app, second), [
      `quality.near-duplicate: This says the same as the approved unit ${first}`,
    ]);
    deepEqual(await findings(app, other), []);
  },
);

onEachEngine("where the policy says so, a near duplicate is held back", async (engine) => {
  await using app = await appOn(engine.open(), { settings: { guardPolicy: "quality.near-duplicate=hold" } });
  await app.signIn("ada");
  const key = await app.apiKey("ada");
  const insight = { summary: "Close pools", detail: DETAIL, action: "Open them in the child." };
  await app.unit({ key, insight });
  const second = await app.unit({ key, insight: { ...insight, summary: "Close all pools" }, approve: false });
  await until(async () => (await findings(app, second)).length > 0, "the proposal is compared");
  const [finding] = await findingsIn(app.database, second);
  equal(finding!.severity, "hold");
});
