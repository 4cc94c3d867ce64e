import { equal } from "node:assert/strict";
import { createKeyUsage } from "../../src/accounts/key_usage.ts";
import type { OwnedKey } from "../../src/accounts/api_keys.ts";
import { sql } from "../../src/database/sql.ts";
import { isoOffset } from "../../src/wire/time.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { type ManualClock, manualClock } from "../fixtures/clock.ts";

interface Setting extends AsyncDisposable {
  readonly app: TestApp;
  readonly clock: ManualClock;
  /** Uses the key; the request itself is a 422 or a 404, which counts. */
  use(path?: string): Promise<void>;
  lastUse(): Promise<string | null>;
}

const START = "2026-03-01T00:00:00.000000Z";

async function setting(): Promise<Setting> {
  const clock = manualClock(START);
  const app = await testApp({ clock });
  await app.signIn("ada");
  const bearer = await app.apiKey("ada");
  return {
    app,
    clock,
    async use(path = "/api/v1/knowledge"): Promise<void> {
      const response = await app.request("POST", path, { bearer });
      await response.body?.cancel();
    },
    async lastUse(): Promise<string | null> {
      // A write that was noted before this one is in the same commit or an earlier one.
      await app.database.transaction(() => Promise.resolve());
      const row = await app.database.first<{ last_used_at: string | null }>(
        sql`SELECT last_used_at FROM api_keys`,
      );
      return row!.last_used_at;
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

Deno.test("the first use of a key is recorded at once, also when the request is refused", async () => {
  for (
    const path of [
      "/api/v1/knowledge",
      "/api/v1/knowledge/ku_x/confirmations",
      "/api/v1/knowledge/ku_x/flags",
    ]
  ) {
    await using test = await setting();
    equal(await test.lastUse(), null);
    await test.use(path);
    equal(await test.lastUse(), "2026-03-01T00:00:00+00:00", path);
  }
});

Deno.test("later uses are recorded once a minute", async () => {
  await using test = await setting();
  await test.use();
  test.clock.advance(59.999);
  await test.use();
  equal(await test.lastUse(), "2026-03-01T00:00:00+00:00");
  test.clock.advance(0.001);
  await test.use();
  equal(await test.lastUse(), "2026-03-01T00:01:00+00:00");
  test.clock.advance(30);
  await test.use();
  equal(await test.lastUse(), "2026-03-01T00:01:00+00:00");
});

Deno.test("however many requests come with a key, together or one by one, its use is written once a minute", async () => {
  await using test = await setting();
  await test.app.database.transaction((transaction) =>
    transaction.script(`
      CREATE TABLE uses (at TEXT);
      CREATE TRIGGER used AFTER UPDATE ON api_keys BEGIN INSERT INTO uses VALUES (NEW.last_used_at); END;`)
  );
  for (const minute of [1, 2]) {
    await Promise.all(Array.from({ length: 50 }, () => test.use()));
    for (let count = 0; count < 50; count++) await test.use("/api/v1/knowledge/ku_x/confirmations");
    await test.lastUse();
    equal((await test.app.database.all(sql`SELECT at FROM uses`)).length, minute);
    test.clock.advance(60);
  }
});

Deno.test("a request that is not authenticated is no use of a key", async () => {
  await using test = await setting();
  await test.app.request("POST", "/api/v1/knowledge", {
    bearer: `cqa.v1.${"0".repeat(32)}.${"a".repeat(52)}`,
  });
  equal(await test.lastUse(), null);
});

Deno.test("a use that cannot be written fails no request", async () => {
  await using test = await setting();
  await test.app.database.transaction((transaction) =>
    transaction.script(
      `CREATE TRIGGER full BEFORE UPDATE ON api_keys BEGIN SELECT RAISE(ABORT, 'no room'); END`,
    )
  );
  const key = await test.app.apiKey("ada");
  const id = await test.app.unit({ key });
  const response = await test.app.request("POST", `/api/v1/knowledge/${id}/confirmations`, { bearer: key });
  equal(response.status, 201);
  equal(await test.lastUse(), null);
});

function ownedKey(id: string, last_used_at: string | null): OwnedKey {
  return {
    id,
    key_hash: "x",
    expires_at: "2999-01-01T00:00:00+00:00",
    last_used_at,
    revoked_at: null,
    user_id: 1,
    username: "ada",
    disabled_at: null,
    role: null,
    scopes: null,
  };
}

Deno.test("what the row says counts after a restart; a time that is none is written over", async () => {
  await using test = await setting();
  const { id } = (await test.app.database.first<{ id: string }>(sql`SELECT id FROM api_keys`))!;
  const cases = [
    [isoOffset(test.clock.now() - 59_000_000), null],
    [isoOffset(test.clock.now() - 60_000_000), "2026-03-01T00:00:00+00:00"],
    ["nonsense", "2026-03-01T00:00:00+00:00"],
  ] as const;
  for (const [stored, written] of cases) {
    await test.app.database.transaction((transaction) =>
      transaction.run(sql`UPDATE api_keys SET last_used_at = NULL`)
    );
    const usage = createKeyUsage({ database: test.app.database, clock: test.clock });
    usage.note(ownedKey(id, stored));
    await usage.settle();
    equal(await test.lastUse(), written, stored);
  }
});

Deno.test("a server that closes has written the uses", async () => {
  await using test = await setting();
  await test.use();
  await test.app.server.close();
  const row = await test.app.database.first<{ last_used_at: string | null }>(
    sql`SELECT last_used_at FROM api_keys`,
  );
  equal(row!.last_used_at, "2026-03-01T00:00:00+00:00");
});
