import { strictEqual as equal } from "node:assert";
import { testApp } from "../fixtures/app.ts";
Deno.test("a confirmed unit is served with its new confidence", async () => {
  await using app = await testApp();
  await app.signIn("ada");
  const key = await app.apiKey("ada");
  const id = await app.unit({ key, domains: ["x"] });
  const response = await app.request("POST", `/api/v1/knowledge/${id}/confirmations`, { bearer: key });
  equal(response.status, 201);
  equal((await response.json()).evidence.confidence, 0.6);
});
