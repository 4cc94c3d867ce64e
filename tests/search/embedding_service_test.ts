import { deepEqual, equal } from "node:assert/strict";
import { EmbeddingService } from "../../src/search/embedding_service.ts";
import { normalised } from "../../src/search/vectors.ts";
import { embeddingOf, fakeEmbeddingService } from "../fixtures/embedding_service.ts";
import { rejected } from "../fixtures/faults.ts";

const TEXTS = ["A kitten", "A puppy", "Two herons"];
const EXPECTED = TEXTS.map((text) => normalised(Float64Array.from(embeddingOf(text)))!);

for (
  const [behaviour, first, later] of [["well", 1, 1], ["one result", 4, 3], ["at length", 1, 3]] as const
) {
  Deno.test(`texts for a service that answers "${behaviour}" are ${later} requests`, async () => {
    await using fake = fakeEmbeddingService();
    fake.behave(behaviour);
    const service = new EmbeddingService(fake.config);
    deepEqual(await service.embed(TEXTS, 10_000), EXPECTED);
    equal(fake.requests, first);
    deepEqual(await service.embed(TEXTS, 10_000), EXPECTED);
    equal(fake.requests, first + later);
  });
}

Deno.test("what goes wrong is told without the address, and so is a service that was closed", async () => {
  const nobody = new EmbeddingService({ url: "http://127.0.0.1:9/secret", dimension: 2 });
  const { code, message } = await rejected(nobody.embed(["a"], 10_000));
  deepEqual([code, message], ["unavailable", "The embedding service cannot be reached"]);
  await using fake = fakeEmbeddingService();
  fake.behave("never");
  const service = new EmbeddingService(fake.config);
  const late = await rejected(service.embed(["a"], 1));
  equal(late.message, "The embedding service took longer than 1 ms");
  const waiting = rejected(service.embed(["a"], 60_000));
  service.close();
  await waiting;
  equal(
    (await rejected(service.embed(["a"], 60_000))).message,
    "The embedding service is not asked any more",
  );
});
