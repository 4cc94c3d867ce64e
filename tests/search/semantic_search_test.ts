import { deepEqual, equal } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import {
  BREAKER_FAILURES,
  BREAKER_OPEN_S,
  EMBEDDING_PUT_OFF_S,
  QUESTION_MAX_CHARS,
  VECTOR_HITS_MAX,
} from "../../src/limits.ts";
import { appOn, type TestApp } from "../fixtures/app.ts";
import { type ManualClock, manualClock } from "../fixtures/clock.ts";
import {
  type Behaviour,
  type FakeEmbeddingService,
  fakeEmbeddingService,
} from "../fixtures/embedding_service.ts";
import { type EngineDatabase, onEachEngine, sqliteFile } from "../fixtures/engines.ts";
import { answered } from "../fixtures/faults.ts";
import { addRow, type Fields, storedUnit } from "../fixtures/rows.ts";
import { until } from "../fixtures/waiting.ts";

interface Setting {
  readonly app: TestApp;
  readonly service: FakeEmbeddingService;
  readonly engine: EngineDatabase;
  readonly clock: ManualClock;
}

/** A test on both engines, with a server that has an embedding service and no units yet. */
function semantic(name: string, body: (setting: Setting) => Promise<void>): void {
  onEachEngine(name, (engine) => searching(engine, body));
}

async function searching(engine: EngineDatabase, body: (setting: Setting) => Promise<void>): Promise<void> {
  await using service = fakeEmbeddingService();
  const clock = manualClock();
  await using app = await appOn(engine.open(), { clock, settings: { embedding: service.config } });
  await body({ app, service, engine, clock });
}

function insight(summary: string, detail = "Seen.", action = "Look."): Fields {
  return { insight: { summary, detail, action } };
}

async function add({ app }: Setting, id: string, fields: Fields = {}, status = "approved"): Promise<void> {
  await addRow(app.database, id, { data: fields, status });
}

async function untilVectors({ app }: Setting, count: number): Promise<void> {
  const made = sql`SELECT COUNT(*) AS total FROM knowledge_vectors WHERE embedding IS NOT NULL`;
  await until(
    async () => (await app.database.first<{ total: number }>(made))!.total === count,
    `there are ${count} vectors`,
  );
}

async function found({ app }: Setting, q: string, query: Record<string, string> = {}): Promise<string[]> {
  const response = await app.request("GET", `/api/v1/knowledge?${new URLSearchParams({ q, ...query })}`);
  const { data } = await answered(response, 200);
  return data.map(({ id }: { id: string }) => id);
}

semantic("units are found by their meaning, the nearest first, whatever the limit", async (test) => {
  await add(test, "ku_a_near", insight("A kitten climbs"));
  await add(test, "ku_b_between", insight("A kitten meets a puppy"));
  await add(test, "ku_c_far", insight("A puppy barks"));
  await add(test, "ku_d_hidden", insight("Another kitten"), "pending");
  await untilVectors(test, 3);
  const nearest = ["ku_a_near", "ku_b_between", "ku_c_far"];
  deepEqual(await found(test, "feline"), nearest);
  deepEqual(await found(test, "canine"), nearest.toReversed());
  for (const limit of [1, 2]) {
    deepEqual(await found(test, "feline", { limit: `${limit}` }), nearest.slice(0, limit));
  }
});

semantic("what the text finds and what the meaning finds is ranked together", async (test) => {
  await add(test, "ku_both", insight("The feline sleeps"));
  await add(test, "ku_meaning", insight("A kitten naps"));
  await add(test, "ku_neither", insight("Salmon swim"));
  await untilVectors(test, 3);
  deepEqual(await found(test, "feline"), ["ku_both", "ku_meaning", "ku_neither"]);
});

semantic("of units whose text answers alike the nearer one comes first, whatever its id", async (test) => {
  const detail = (animal: string): Fields => insight("Xylophone", animal);
  await add(test, "ku_a", detail("kitten"));
  await add(test, "ku_z", detail("salmon"));
  await untilVectors(test, 2);
  deepEqual(await found(test, "feline xylophone"), ["ku_a", "ku_z"]);
  deepEqual(await found(test, "trout xylophone"), ["ku_z", "ku_a"]);
});

semantic("tags and trust count beside the meaning as they do beside the text", async (test) => {
  const evidence = (confidence: number): Fields => ({ evidence: { confidence } });
  await add(test, "ku_trusted", { ...insight("A kitten"), ...evidence(0.9) });
  await add(test, "ku_z_doubted", { ...insight("A kitten"), ...evidence(0.2) });
  await add(test, "ku_tagged", { ...insight("A kitten"), ...evidence(0.5), context: { languages: ["zig"] } });
  await untilVectors(test, 3);
  deepEqual(await found(test, "feline"), ["ku_trusted", "ku_tagged", "ku_z_doubted"]);
  deepEqual(
    await found(test, "feline", { domains: "stored", languages: "zig" }),
    ["ku_tagged", "ku_trusted", "ku_z_doubted"],
  );
});

semantic("a limit changes the length of an answer only, with tags too", async (test) => {
  // A tag that is no word, so that units are found by it alone: the more, the more are asked for.
  const tagged = (confidence: number): Fields => ({ domains: ["&"], evidence: { confidence } });
  const addTagged = async (id: string, data: Fields): Promise<void> =>
    await addRow(test.app.database, id, { data, domains: ["&"] });
  await addTagged("ku_trusted", { ...insight("A kitten", "puppy puppy puppy"), ...tagged(0.95) });
  await addTagged("ku_near", { ...insight("A kitten"), ...tagged(0.3) });
  for (let n = 0; n < 3; n++) await addTagged(`ku_less_${n}`, { ...insight("A kitten"), ...tagged(0.2) });
  for (let n = 0; n < 10; n++) {
    await addTagged(`ku_far_${n}`, { ...insight("A salmon"), ...tagged(0.4 + n / 25) });
  }
  // Not among the nearest, so that they are ranked only where they are found by the tag.
  for (let n = 0; n < VECTOR_HITS_MAX; n++) {
    await add(test, `ku_untagged_${n}`, insight("A kitten", "trout trout trout trout"));
  }
  await untilVectors(test, VECTOR_HITS_MAX + 15);
  const whole = await found(test, "feline", { domains: "&", limit: "50" });
  deepEqual([whole.length, whole[0]], [50, "ku_trusted"]);
  for (const limit of [1, 2, 5]) {
    deepEqual(await found(test, "feline", { domains: "&", limit: `${limit}` }), whole.slice(0, limit));
  }
});

semantic("a unit without a vector is ranked by its text and tags", async (test) => {
  test.service.refuse("Unspeakable");
  await add(test, "ku_without", insight("Unspeakable xylophone"));
  await add(test, "ku_with", insight("A puppy"));
  await untilVectors(test, 1);
  deepEqual(await found(test, "xylophone"), ["ku_without", "ku_with"]);
});

semantic(
  "what changes is found as it is now, whoever wrote it, and what is gone has no vector",
  async (test) => {
    await add(test, "ku_1", insight("A kitten"));
    await add(test, "ku_2", insight("A heron"));
    await untilVectors(test, 2);
    deepEqual(await found(test, "feline", { limit: "1" }), ["ku_1"]);
    await using program = test.engine.foreignProgram();
    const data = JSON.stringify(storedUnit("ku_1", insight("A salmon")));
    await program.write(`UPDATE knowledge_units SET data = '${data}' WHERE id = 'ku_1'`);
    // From now on there is no vector of the old text, and soon one of the new.
    deepEqual(await found(test, "feline", { limit: "1" }), ["ku_2"]);
    await until(
      async () => (await found(test, "trout", { limit: "1" }))[0] === "ku_1",
      "the new text has a vector",
    );

    const asked = test.service.texts.length;
    await program.write("UPDATE knowledge_units SET status = 'rejected' WHERE id = 'ku_1'");
    deepEqual(await found(test, "trout"), ["ku_2"]);
    await program.write("UPDATE knowledge_units SET status = 'approved' WHERE id = 'ku_1'");
    deepEqual(await found(test, "trout"), ["ku_1", "ku_2"]);
    equal(test.service.texts.length, asked, "it was not made anew");
    await program.write(
      "DELETE FROM knowledge_unit_domains WHERE unit_id = 'ku_1'",
      "DELETE FROM knowledge_units WHERE id = 'ku_1'",
    );
    deepEqual(await found(test, "trout"), ["ku_2"]);
    await untilVectors(test, 1);
  },
);

semantic("the vector of a unit is made once: confirmations, flags and tags change nothing", async (test) => {
  const { app, service } = test;
  await app.signIn("ada");
  await app.signIn("bob");
  const key = await app.apiKey("ada");
  const id = await app.unit({ key, insight: { summary: "One kitten", detail: "d", action: "a" } });
  await untilVectors(test, 1);
  const bearer = await app.apiKey("bob");
  await answered(await app.request("POST", `/api/v1/knowledge/${id}/confirmations`, { bearer }), 201);
  const json = { reason: "stale" };
  await answered(await app.request("POST", `/api/v1/knowledge/${id}/flags`, { bearer, json }), 201);
  // Once this one has a vector, the changes before it have been looked at.
  await app.unit({ key, insight: { summary: "Two puppies", detail: "d", action: "a" } });
  await untilVectors(test, 2);
  equal(service.texts.filter((text) => text === "One kitten d a").length, 1);
});

semantic("a question is embedded once, however often and by how many it is asked", async (test) => {
  await add(test, "ku_1", insight("A kitten"));
  await untilVectors(test, 1);
  await Promise.all([found(test, "feline"), found(test, "feline"), found(test, "feline", { limit: "2" })]);
  await found(test, "feline");
  equal(test.service.texts.filter((text) => text === "feline").length, 1);
});

semantic("queries without a question do not ask the service, and are answered as ever", async (test) => {
  await add(test, "ku_1", insight("A kitten"));
  await untilVectors(test, 1);
  const { requests } = test.service;
  const { data } = await answered(await test.app.request("GET", "/api/v1/knowledge?domains=stored"), 200);
  deepEqual(data.map(({ id }: { id: string }) => id), ["ku_1"]);
  equal(test.service.requests, requests);
});

const FAILURES: readonly Behaviour[] = [
  "never",
  "500",
  "redirect",
  "garbage",
  "no results",
  "no embeddings",
  "wrong dimension",
  "null vector",
  "huge",
];

for (const behaviour of FAILURES) {
  Deno.test(`a service that answers with "${behaviour}" lets text answer questions, without an error`, async () => {
    await using engine = await sqliteFile();
    await searching(engine, async (test) => {
      await add(test, "ku_feline", insight("The feline sleeps"));
      await add(test, "ku_kitten", insight("A kitten naps"));
      await untilVectors(test, 2);
      test.service.behave(behaviour);
      deepEqual(await found(test, "feline"), ["ku_feline"]);
      test.service.behave("well");
      deepEqual(await found(test, "feline"), ["ku_feline", "ku_kitten"]);
    });
  });
}

semantic("proposals, confirmations and approvals need no service", async (test) => {
  const { app, service } = test;
  service.behave("500");
  await app.signIn("ada");
  await app.signIn("bob");
  const id = await app.unit({ key: await app.apiKey("ada") });
  const bearer = await app.apiKey("bob");
  await answered(await app.request("POST", `/api/v1/knowledge/${id}/confirmations`, { bearer }), 201);
  await until(() => service.requests > 0, "the server has tried");
  service.behave("well");
  await untilVectors(test, 1);
});

semantic(
  "after some failures questions wait for the service no more, until one finds that it works",
  async (test) => {
    const { service, clock } = test;
    await add(test, "ku_feline", insight("The feline sleeps"));
    await add(test, "ku_kitten", insight("A kitten naps"));
    await untilVectors(test, 2);
    service.behave("500");
    const before = service.requests;
    for (let n = 0; n < BREAKER_FAILURES + 5; n++) deepEqual(await found(test, "feline"), ["ku_feline"]);
    // Before nobody waits any longer, it is asked whether it makes any vector.
    equal(service.requests - before, BREAKER_FAILURES + 1);
    clock.advance(BREAKER_OPEN_S);
    for (let n = 0; n < 3; n++) deepEqual(await found(test, "feline"), ["ku_feline"]);
    equal(service.requests - before, BREAKER_FAILURES + 3);
    clock.advance(BREAKER_OPEN_S);
    service.behave("well");
    deepEqual(await found(test, "feline"), ["ku_feline", "ku_kitten"]);
    deepEqual(await found(test, "kitten"), ["ku_kitten", "ku_feline"]);
    deepEqual(await found(test, "heron"), ["ku_kitten", "ku_feline"]);
    equal(service.requests - before, BREAKER_FAILURES + 6);
  },
);

semantic("questions that the service refuses keep nobody else from answers by meaning", async (test) => {
  test.service.refuse("unspeakable");
  await add(test, "ku_kitten", insight("A kitten"));
  await untilVectors(test, 1);
  for (let n = 0; n < BREAKER_FAILURES + 5; n++) deepEqual(await found(test, `unspeakable ${n}`), []);
  deepEqual(await found(test, "feline"), ["ku_kitten"]);
  test.service.behave("500");
  for (let n = 0; n < BREAKER_FAILURES + 5; n++) await found(test, `canine ${n}`);
  test.service.behave("well");
  test.clock.advance(BREAKER_OPEN_S);
  await found(test, "unspeakable");
  deepEqual(await found(test, "kitten feline"), ["ku_kitten"]);
});

semantic("a question that is cut within a character is sent as a text", async (test) => {
  await found(test, `${"x".repeat(QUESTION_MAX_CHARS - 1)}😀`);
  const [sent] = test.service.texts;
  deepEqual([sent?.length, sent?.isWellFormed()], [QUESTION_MAX_CHARS, true]);
});

semantic("what was put off or taken by a clock that was ahead is done when it is set back", async (test) => {
  const { app, service, clock } = test;
  clock.set("2031-03-01T10:00:00.000000Z");
  service.refuse("Unspeakable");
  await add(test, "ku_put_off", insight("Unspeakable"));
  await add(test, "ku_made", insight("A kitten"));
  await untilVectors(test, 1);
  const isPutOff = sql`SELECT 1 AS one FROM knowledge_vectors WHERE not_before > 0`;
  await until(async () => await app.database.first(isPutOff) !== undefined, "one is put off");
  // As a process leaves it that is killed.
  await app.database.transaction((transaction) =>
    transaction.run(sql`UPDATE knowledge_vector_state SET filler = 'gone'`)
  );
  service.refuse("nothing that is there");
  clock.set("2026-03-01T10:00:00.000000Z");
  await untilVectors(test, 2);
});

semantic("a service that takes one text at a time makes all vectors", async (test) => {
  test.service.behave("one result");
  for (let n = 0; n < 20; n++) await add(test, `ku_${n}`, insight(`A kitten ${"and a puppy".repeat(n)}`));
  await untilVectors(test, 20);
  equal((await found(test, "feline"))[0], "ku_0");
});

semantic("a text that the service refuses keeps no other one from its vector", async (test) => {
  test.service.refuse("Unspeakable");
  for (let n = 0; n < 20; n++) await add(test, `ku_${n}`, insight(n % 7 === 3 ? "Unspeakable" : "A kitten"));
  await untilVectors(test, 17);
  test.service.refuse("nothing that is there");
  test.clock.advance(EMBEDDING_PUT_OFF_S);
  await untilVectors(test, 20);
});

semantic("a unit without any text gets no vector and fails nothing", async (test) => {
  await add(test, "ku_blank", insight(" ", "", "\n"));
  await add(test, "ku_1", insight("A kitten"));
  await untilVectors(test, 1);
  deepEqual(test.service.texts, ["A kitten Seen. Look."]);
});

semantic(
  "the service is told the id of the request it is asked for, and none beside requests",
  async (test) => {
    await add(test, "ku_a", insight("A kitten climbs"));
    await untilVectors(test, 1);
    const response = await test.app.request("GET", "/api/v1/knowledge?q=feline");
    await response.body?.cancel();
    const { texts, requestIds } = test.service;
    const idOf = (part: string): string | null => requestIds[texts.findIndex((text) => text.includes(part))]!;
    deepEqual([idOf("feline"), idOf("kitten")], [response.headers.get("x-request-id"), null]);
  },
);
