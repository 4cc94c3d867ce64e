import { deepEqual, equal } from "node:assert/strict";
import { testApp } from "../fixtures/app.ts";

Deno.test("confidence bounds of any size are answered, also beyond what an integer column holds", async () => {
  await using app = await testApp();
  const bearer = await app.signIn("ada");
  const id = await app.unit({ key: await app.apiKey("ada") });
  for (
    const [query, found] of [
      ["confidence_min=-1e300", [id]],
      ["confidence_min=1e300", []],
      ["confidence_max=-1e19", []],
      ["confidence_max=9223372036854775808", [id]],
      ["confidence_min=-9007199254740993", [id]],
    ] as const
  ) {
    const response = await app.request("GET", `/api/v1/review/units?${query}`, { bearer });
    equal(response.status, 200, query);
    const items: { knowledge_unit: { id: string } }[] = await response.json();
    deepEqual(items.map(({ knowledge_unit }) => knowledge_unit.id), found, query);
  }
});
