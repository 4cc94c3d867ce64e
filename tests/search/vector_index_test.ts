import { deepEqual, equal, ok } from "node:assert/strict";
import { MIGRATIONS } from "../../migrations/mod.ts";
import type { Database } from "../../src/database/database.ts";
import { sql } from "../../src/database/sql.ts";
import { VECTOR_CLAIM_S } from "../../src/limits.ts";
import { migrate } from "../../src/migrate/runner.ts";
import { EmbeddingService } from "../../src/search/embedding_service.ts";
import { VectorFilling } from "../../src/search/vector_filling.ts";
import { VectorIndex } from "../../src/search/vector_index.ts";
import { VectorUpkeep } from "../../src/search/vector_upkeep.ts";
import { normalised } from "../../src/search/vectors.ts";
import { type ManualClock, manualClock } from "../fixtures/clock.ts";
import {
  DIMENSION,
  embeddingOf,
  type FakeEmbeddingService,
  fakeEmbeddingService,
} from "../fixtures/embedding_service.ts";
import { onEachEngine } from "../fixtures/engines.ts";
import { addRow } from "../fixtures/rows.ts";
import { until } from "../fixtures/waiting.ts";

interface Setting {
  readonly database: Database;
  readonly service: FakeEmbeddingService;
  readonly clock: ManualClock;
  filling(): VectorFilling;
  /** Marks what is missing. */
  mark(): Promise<void>;
}

/** A test on both engines with these units, whose summaries are given, and no server. */
function withUnits(
  name: string,
  summaries: Record<string, string>,
  body: (setting: Setting) => Promise<void>,
): void {
  onEachEngine(name, async (engine) => {
    await using service = fakeEmbeddingService();
    const clock = manualClock();
    const database = engine.open();
    try {
      await migrate(database, MIGRATIONS, { clock, appVersion: "test" });
      for (const [id, summary] of Object.entries(summaries)) {
        await addRow(database, id, { data: { insight: { summary, detail: "", action: "" } } });
      }
      const filling = (): VectorFilling =>
        new VectorFilling({ database, service: new EmbeddingService(service.config), clock });
      const mark = async (): Promise<void> => {
        const upkeep = new VectorUpkeep(database, DIMENSION);
        while ((await upkeep.readOn()).length > 0);
      };
      await mark();
      await body({ database, service, clock, filling, mark });
    } finally {
      await database.close();
    }
  });
}

function vector(text: string): Float32Array {
  return normalised(Float64Array.from(embeddingOf(text)))!;
}

async function nearest(index: VectorIndex, text: string, among: readonly string[] = []): Promise<string[]> {
  const found = await index.nearest(vector(text), { newest: 0, limit: 10, among });
  return found.toSorted((a, b) => b.similarity - a.similarity).map(({ id }) => id);
}

const ANIMALS = { ku_cat: "cat", ku_both: "cat dog", ku_dog: "dog" };

withUnits(
  "vectors that do not fit into memory rank what is found otherwise",
  ANIMALS,
  async ({ database, filling }) => {
    await filling().next();
    const small = new VectorIndex(database, { dimension: DIMENSION, memoryMax_bytes: 2 * DIMENSION * 4 });
    deepEqual(await nearest(small, "feline"), []);
    deepEqual(await nearest(small, "feline", ["ku_dog", "ku_cat", "ku_none"]), ["ku_cat", "ku_dog"]);
    const large = new VectorIndex(database, { dimension: DIMENSION, memoryMax_bytes: 3 * DIMENSION * 4 });
    deepEqual(await nearest(large, "feline"), ["ku_cat", "ku_both", "ku_dog"]);
  },
);

withUnits("every process sees the vectors that another one makes", ANIMALS, async ({ database, filling }) => {
  const [one, other] = [0, 1].map(() => new VectorIndex(database, { dimension: DIMENSION }));
  for (const index of [one!, other!]) deepEqual(await nearest(index, "feline"), []);
  await filling().next();
  for (const index of [one!, other!]) {
    deepEqual(await nearest(index, "feline"), ["ku_cat", "ku_both", "ku_dog"]);
  }
});

withUnits(
  "one process at a time makes vectors; a dead one is waited for, a command is not",
  ANIMALS,
  async (test) => {
    const [first, second, command] = [test.filling(), test.filling(), test.filling()];
    equal((await first.next())!.made, 3);
    await addRow(test.database, "ku_1", { data: { insight: { summary: "heron", detail: "", action: "" } } });
    await test.mark();
    equal(await second.next(), undefined);
    test.clock.advance(VECTOR_CLAIM_S);
    equal(await second.next(), undefined);
    test.clock.advance(1);
    equal((await second.next())!.made, 1);
    await addRow(test.database, "ku_2", { data: { insight: { summary: "trout", detail: "", action: "" } } });
    await test.mark();
    equal(await first.next(), undefined);
    equal((await command.next({ inAnyCase: true }))!.made, 1);
    await addRow(test.database, "ku_3", { data: { insight: { summary: "puppy", detail: "", action: "" } } });
    await test.mark();
    await command.release();
    test.clock.advance(1);
    equal((await first.next())!.made, 1);
  },
);

withUnits(
  "a text that changes while its vector is made gets that of the new one",
  { ku_1: "cat" },
  async (test) => {
    const { database, service, filling, mark } = test;
    service.behave("never");
    const making = filling().next();
    await until(() => service.requests > 0, "the service was given the old text");
    const data = JSON.stringify({ insight: { summary: "dog" } });
    await database.transaction((transaction) =>
      transaction.run(sql`UPDATE knowledge_units SET data = ${data} WHERE id = 'ku_1'`)
    );
    await mark();
    service.behave("well");
    service.release();
    equal((await making)!.made, 0);
    const index = new VectorIndex(database, { dimension: DIMENSION });
    deepEqual(await nearest(index, "canine"), []);
    equal((await filling().next({ inAnyCase: true }))!.made, 1);
    const [found] = await index.nearest(vector("dog"), { newest: 0, limit: 1, among: [] });
    ok(found!.similarity > 0.99);
  },
);

withUnits(
  "another dimension has all vectors made anew once there is a service that makes them; until then none is lost",
  ANIMALS,
  async ({ database, filling, service, clock }) => {
    const old = filling();
    equal((await old.next())!.made, 3);
    const index = new VectorIndex(database, { dimension: 1 });
    const inOne = async (): Promise<string[]> => {
      const asked = { newest: 0, limit: 10, among: Object.keys(ANIMALS) };
      return (await index.nearest(new Float32Array([1]), asked)).map(({ id }) => id).toSorted();
    };
    const anew = new VectorFilling({
      database,
      service: new EmbeddingService({ ...service.config, dimension: 1 }),
      clock,
    });
    deepEqual([(await anew.next())!.isDown, await inOne()], [true, []]);
    deepEqual(await nearest(new VectorIndex(database, { dimension: DIMENSION }), "feline"), [
      "ku_cat",
      "ku_both",
      "ku_dog",
    ]);

    service.behave("wrong dimension");
    deepEqual(await anew.next({ inAnyCase: true }), { tried: 3, made: 3, isDown: false, reason: undefined });
    deepEqual(await inOne(), Object.keys(ANIMALS).toSorted());
    deepEqual(await nearest(new VectorIndex(database, { dimension: DIMENSION }), "feline"), []);
  },
);

withUnits(
  "of two that make vectors of different dimensions only the one that began last goes on, and misses none",
  ANIMALS,
  async ({ database, filling, service, clock, mark }) => {
    const other = new VectorFilling({
      database,
      service: new EmbeddingService({ ...service.config, dimension: 1 }),
      clock,
    });
    const first = filling();
    await first.begin();
    service.behave("never");
    const late = first.next();
    await until(() => service.requests > 0, "the first has asked for vectors");
    service.behave("wrong dimension");
    equal(await other.begin(), undefined);
    service.behave("well");
    service.release();
    equal((await late)!.made, 0);
    equal(await first.next(), undefined);
    await addRow(database, "ku_owl", { data: { insight: { summary: "owl", detail: "", action: "" } } });
    await mark();
    equal(await first.next(), undefined);
    service.behave("wrong dimension");
    equal((await other.next({ inAnyCase: true }))!.made, 4);
  },
);

withUnits(
  "a stored vector that is cut is left out and spoils no other",
  ANIMALS,
  async ({ database, filling }) => {
    await filling().next();
    const cut = new Uint8Array(4);
    await database.transaction((transaction) =>
      transaction.run(sql`UPDATE knowledge_vectors SET embedding = ${cut} WHERE unit_id = 'ku_both'`)
    );
    const index = new VectorIndex(database, { dimension: DIMENSION });
    deepEqual(await nearest(index, "feline"), ["ku_cat", "ku_dog"]);
  },
);
