import { deepEqual, equal } from "node:assert/strict";
import type { Database } from "../../src/database/database.ts";
import { type Sql, sql } from "../../src/database/sql.ts";
import { ANSWERS_MAX_CHARS } from "../../src/limits.ts";
import { Answers } from "../../src/projection/answers.ts";
import { LiveProjection } from "../../src/projection/live.ts";
import { APPROVED, topicsOf } from "../../src/projection/projection.ts";
import { JsonText } from "../../src/wire/json.ts";
import { testApp } from "../fixtures/app.ts";
import { manualClock } from "../fixtures/clock.ts";
import { type TestDatabase, testDatabase } from "../fixtures/database.ts";
import { answered } from "../fixtures/faults.ts";
import { addRow } from "../fixtures/rows.ts";
import { until } from "../fixtures/waiting.ts";

interface Setting extends AsyncDisposable {
  readonly database: Database;
  readonly answers: Answers;
  readonly live: LiveProjection;
  /** Asks for the answer under a key; tells how many times answers were computed so far. */
  ask(key: string, answer?: unknown): Promise<number>;
  /** Changes the store. */
  change(): Promise<void>;
}

async function setting(): Promise<Setting> {
  const test: TestDatabase = await testDatabase({ migrated: true });
  const live = new LiveProjection(test.database);
  await live.ready();
  const answers = new Answers(live);
  let computed = 0, changes = 0;
  return {
    database: test.database,
    answers,
    live,
    async ask(key, answer = key): Promise<number> {
      const { text } = await answers.recall(key, () => {
        computed++;
        return Promise.resolve(answer);
      });
      equal(text, answer instanceof JsonText ? answer.text : JSON.stringify(answer));
      return computed;
    },
    change: () => addRow(test.database, `ku_${changes++}`),
    async [Symbol.asyncDispose](): Promise<void> {
      await live.close();
      await test[Symbol.asyncDispose]();
    },
  };
}

Deno.test("an answer is computed once for each key until anything changes", async () => {
  await using test = await setting();
  deepEqual([await test.ask("a"), await test.ask("a"), await test.ask("b"), await test.ask("a")], [
    1,
    1,
    2,
    2,
  ]);
  await test.change();
  deepEqual([await test.ask("a"), await test.ask("a"), await test.ask("b"), await test.ask("b")], [
    3,
    3,
    4,
    4,
  ]);
  equal(await test.ask("written", new JsonText('{ "as": "it is" }')), 5);
  equal(await test.ask("written", new JsonText('{ "as": "it is" }')), 5);
});

Deno.test("an answer that tells its topics is kept until an approved unit of one of them changes", async () => {
  await using test = await setting();
  const { database, answers } = test;
  const of = (...domains: string[]): JsonText => new JsonText("1", { topics: topicsOf(domains) });
  const kinds = {
    go: of("go"),
    k8s: of("kubernetes", "go"),
    some: new JsonText("1", { topics: [APPROVED] }),
    any: 1,
  };
  const computed = async (): Promise<string[]> => {
    const again: string[] = [];
    for (const [key, answer] of Object.entries(kinds)) {
      await answers.recall(key, () => {
        again.push(key);
        return Promise.resolve(answer);
      });
    }
    return again;
  };
  const added = (id: string, status: string, domains: string[]): Promise<void> =>
    addRow(database, id, { status, domains, data: { domains } });
  const run = (query: Sql): Promise<unknown> => database.transaction((transaction) => transaction.run(query));
  deepEqual(await computed(), Object.keys(kinds));
  deepEqual(await computed(), []);
  await added("ku_1", "pending", ["go"]);
  deepEqual(await computed(), ["any"], "nobody is served a unit that is not approved");
  await added("ku_2", "approved", ["rust"]);
  deepEqual(await computed(), ["some", "any"]);
  await added("ku_3", "approved", ["K8s", "rust"]);
  deepEqual(await computed(), ["k8s", "some", "any"], "a domain of the same meaning");
  await run(sql`UPDATE knowledge_units SET status = 'approved' WHERE id = 'ku_1'`);
  deepEqual(await computed(), Object.keys(kinds), "what it is now counts");
  await run(sql`UPDATE knowledge_unit_domains SET domain = 'c' WHERE unit_id = 'ku_3' AND domain = 'K8s'`);
  deepEqual(await computed(), ["k8s", "some", "any"], "what it was before counts as well");
  await run(sql`DELETE FROM knowledge_units WHERE id = 'ku_1'`);
  deepEqual(await computed(), Object.keys(kinds));
});

Deno.test("an answer that says it is a passing one is not kept", async () => {
  await using test = await setting();
  const { answers } = test;
  await answers.recall("a", () => Promise.resolve(new JsonText("1", { isPassing: true })));
  equal((await answers.recall("a", () => Promise.resolve(new JsonText("2")))).text, "2");
  equal((await answers.recall("a", () => Promise.resolve(new JsonText("3")))).text, "2");
});

Deno.test("an answer that was computed while something changed is given, and not kept", async () => {
  await using test = await setting();
  const { text } = await test.answers.recall("a", async () => {
    await test.change();
    await test.live.fresh();
    return "of before";
  });
  equal(text, '"of before"');
  deepEqual([await test.ask("a", "of now"), await test.ask("a", "of now")], [1, 1]);
});

Deno.test("all who ask while an answer is computed get that one, unless something changes meanwhile", async () => {
  await using test = await setting();
  let computed = 0;
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();
  const compute = async (): Promise<number> => {
    computed++;
    await done;
    return computed;
  };
  const texts = [test.answers.recall("a", compute), test.answers.recall("a", compute)];
  await until(() => computed > 0, "the first one is computed");
  await test.change();
  await test.live.fresh();
  texts.push(test.answers.recall("a", compute), test.answers.recall("b", compute));
  await until(() => computed === 3, "those after the change are computed");
  finish();
  deepEqual((await Promise.all(texts)).map(({ text }) => text), ["3", "3", "3", "3"]);
  equal(computed, 3, "one before the change, two after it");
  equal(await test.ask("a", 3), 0, "the one of after the change is kept");
});

Deno.test("an answer that fails is not kept, and fails all who wait for it", async () => {
  await using test = await setting();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 2 }, () => test.answers.recall("a", () => Promise.reject(new Error("no")))),
  );
  deepEqual(outcomes.map(({ status }) => status), ["rejected", "rejected"]);
  equal(await test.ask("a"), 1);
});

Deno.test("no more is kept than so many characters, whether of answers or of keys", async () => {
  const part = "x".repeat(ANSWERS_MAX_CHARS / 4);
  for (
    const ask of [
      (test: Setting, index: number): Promise<number> => test.ask(`${index}`, part),
      (test: Setting, index: number): Promise<number> => test.ask(`${index}${part}`, index),
    ]
  ) {
    await using test = await setting();
    for (let index = 0; index < 3; index++) await ask(test, index);
    equal(await ask(test, 0), 3, "three of a quarter each are kept");
    for (let index = 3; index < 6; index++) await ask(test, index);
    equal(await ask(test, 0), 7, "six were too many");
  }
});

Deno.test("an answer that is longer than all that may be kept is given every time", async () => {
  await using test = await setting();
  const answer = "x".repeat(ANSWERS_MAX_CHARS + 1);
  deepEqual([await test.ask("a", answer), await test.ask("a", answer)], [1, 2]);
});

Deno.test("the dashboard of one day is not given on the next", async () => {
  const clock = manualClock("2026-03-30T23:59:59.000000Z");
  await using app = await testApp({ clock });
  const bearer = await app.signIn("ada");
  await addRow(app.database, "ku_1", { created_at: "2026-03-29T00:00:00+00:00" });
  const days = async (): Promise<string[]> => {
    const { trends } = await answered(await app.request("GET", "/api/v1/review/stats", { bearer }), 200);
    return trends.daily.map(({ date }: { date: string }) => date);
  };
  deepEqual([await days(), await days()], [["2026-03-29", "2026-03-30"], ["2026-03-29", "2026-03-30"]]);
  clock.advance(1);
  deepEqual(await days(), ["2026-03-29", "2026-03-30", "2026-03-31"]);
});
