import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Database, Transaction } from "../../src/database/database.ts";
import { openDatabase } from "../../src/database/open.ts";
import { type Sql, sql } from "../../src/database/sql.ts";
import { DATABASE_ANSWER_MS, DATABASE_QUEUE_MAX, TRANSACTION_TRIES } from "../../src/limits.ts";
import { rejected } from "../fixtures/faults.ts";
import { ignoredBecause } from "../fixtures/ignoring.ts";
import { administer, openedPostgres, postgresDatabase, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { startPostgresProxy } from "../fixtures/postgres_proxy.ts";

const ONE = sql`SELECT 1 AS one`;

function postgresTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name: `Postgres: ${name}`, ignore: WITHOUT_POSTGRES, fn });
}

function write(database: Database, text: string): Promise<void> {
  return database.transaction((transaction) => transaction.script(text));
}

function run(database: Database, query: Sql): Promise<number> {
  return database.transaction((transaction) => transaction.run(query));
}

async function values(database: Database): Promise<number[]> {
  return (await database.all<{ v: number }>(sql`SELECT v FROM t ORDER BY v`)).map((row) => row.v);
}

/** What a failed request is told: its status, how long to wait, and why. */
async function refusal(promise: Promise<unknown>): Promise<[number, string | undefined, string]> {
  const { status, headers, message } = await rejected(promise);
  return [status, headers["retry-after"], message];
}

async function settings(database: Database, ...names: string[]): Promise<string[]> {
  const rows = await Promise.all(
    names.map((name) => database.first<{ value: string }>(sql`SELECT current_setting(${name}) AS value`)),
  );
  return rows.map((row) => row!.value);
}

function hasIpv6(): boolean {
  try {
    Deno.listen({ hostname: "::1", port: 0 }).close();
    return true;
  } catch {
    return !ignoredBecause("this machine has no address ::1");
  }
}

/** Holds a connection of `database` in a transaction until it is let go. */
function holdConnection(
  database: Database,
  work: (transaction: Transaction) => Promise<unknown> = (transaction) => transaction.all(ONE),
): { held: Promise<void>; letGo: () => Promise<void> } {
  const held = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const running = database.transaction(async (transaction) => {
    await work(transaction);
    held.resolve();
    await release.promise;
  }).catch((error) => error);
  return {
    held: held.promise,
    async letGo(): Promise<void> {
      release.resolve();
      await running;
    },
  };
}

postgresTest("times are in UTC, whatever the database says", async () => {
  await using target = await postgresDatabase();
  await administer(`ALTER DATABASE ${target.location.database} SET timezone = 'America/New_York'`);
  const database = openDatabase(target.location, { poolSize: 1 });
  deepEqual(await settings(database, "TimeZone"), ["UTC"]);
  const row = await database.first<{ text: string }>(
    sql`SELECT ('2026-03-01T00:30:00+01:00'::timestamptz)::text AS text`,
  );
  equal(row!.text, "2026-02-28 23:30:00+00");
  await database.close();
});

postgresTest("a session has the bounds of the configuration, and those of the URL over them", async () => {
  const names = [
    "application_name",
    "statement_timeout",
    "lock_timeout",
    "idle_in_transaction_session_timeout",
  ];
  await using plain = await openedPostgres({ statementTimeout_ms: 1234 });
  deepEqual(await settings(plain.database, ...names), ["cq-server", "1234ms", "3s", "10s"]);
  const query = "application_name=mine&statement_timeout=99&lock_timeout=98&search_path=tenant,public";
  await using own = await openedPostgres({ query });
  deepEqual(await settings(own.database, ...names, "search_path"), [
    "mine",
    "99ms",
    "98ms",
    "10s",
    "tenant,public",
  ]);
});

postgresTest("without prepared statements everything works, too", async () => {
  await using test = await openedPostgres({ query: "prepare=false", poolSize: 1 });
  await write(test.database, "CREATE TABLE t (v INTEGER)");
  for (const v of [1, 2, 3]) equal(await run(test.database, sql`INSERT INTO t VALUES (${v})`), 1);
  deepEqual(await values(test.database), [1, 2, 3]);
  const prepared = await test.database.all(sql`SELECT name FROM pg_prepared_statements WHERE name <> ${""}`);
  deepEqual(prepared, []);
});

Deno.test({
  name: "Postgres: an address of IPv6 is one, with its port",
  ignore: WITHOUT_POSTGRES || !hasIpv6(),
  async fn(): Promise<void> {
    await using target = await postgresDatabase();
    const { host: hostname = "127.0.0.1", port = 5432 } = target.location;
    await using proxy = startPostgresProxy({ hostname, port }, "::1");
    const database = openDatabase({ ...target.location, host: "::1", port: proxy.port }, { poolSize: 1 });
    equal((await database.all(ONE)).length, 1);
    await database.close();
  },
});

postgresTest("whole numbers of 64 bits come back as numbers, texts as they were", async () => {
  await using test = await openedPostgres({ poolSize: 1 });
  const text = "é 😀 \u2028 '; -- $1 \\ \x1f";
  const row = await test.database.first(sql`
    SELECT COUNT(*) AS a, ${
    2 ** 53 - 1
  }::bigint AS b, ${0.1}::double precision AS c, ${text}::text AS d, NULL AS e`);
  deepEqual({ ...row }, { a: 1, b: 2 ** 53 - 1, c: 0.1, d: text, e: null });
});

postgresTest("what is compared with a NUL is found nowhere, and is no error", async () => {
  await using test = await openedPostgres({ migrated: true, poolSize: 1 });
  const { database } = test;
  await run(database, sql`INSERT INTO users (username, password_hash, created_at) VALUES ('a', 'x', 'x')`);
  deepEqual(await database.all(sql`SELECT id FROM users WHERE username = ${"a\0"}`), []);
  equal(await run(database, sql`UPDATE users SET password_hash = 'y' WHERE username = ${"\0"}`), 0);
});

postgresTest("a statement that runs too long is a 503, and the connection goes on", async () => {
  await using test = await openedPostgres({ poolSize: 1, statementTimeout_ms: 50 });
  const expected = [503, "1", "The database took too long"];
  deepEqual(await refusal(test.database.all(sql`SELECT pg_sleep(60)`)), expected);
  deepEqual(await refusal(run(test.database, sql`SELECT pg_sleep(60)`)), expected);
  equal((await test.database.all(ONE)).length, 1);
});

postgresTest(
  "a lock held by another session is a 503; reading goes on, and writing once it is free",
  async () => {
    await using test = await openedPostgres({ query: "lock_timeout=50", poolSize: 3 });
    await write(test.database, "CREATE TABLE t (v INTEGER); INSERT INTO t VALUES (1)");
    const update = sql`UPDATE t SET v = v + 1`;
    const holder = holdConnection(test.database, (transaction) => transaction.run(update));
    await holder.held;
    deepEqual(await refusal(run(test.database, update)), [503, "1", "The database is busy"]);
    deepEqual(await values(test.database), [1]);
    await holder.letGo();
    equal(await run(test.database, update), 1);
    deepEqual(await values(test.database), [3]);
  },
);

postgresTest("whoever waits for a connection in vain gets a 503 before a client gives up", async () => {
  await using test = await openedPostgres({ poolSize: 1 });
  const holder = holdConnection(test.database);
  await holder.held;
  const waiting = await Promise.all([
    refusal(test.database.all(ONE)),
    refusal(run(test.database, ONE)),
  ]);
  deepEqual(waiting, new Array(2).fill([503, "1", "The database took too long"]));
  await holder.letGo();
  equal((await test.database.all(ONE)).length, 1);
});

postgresTest(
  "requests beyond the bound of the queue are a 503 at once, the ones before them succeed",
  async () => {
    await using test = await openedPostgres({ poolSize: 1 });
    const holder = holdConnection(test.database);
    await holder.held;
    const waiting = Array.from({ length: DATABASE_QUEUE_MAX - 1 }, () => test.database.all(ONE));
    deepEqual(await refusal(test.database.all(ONE)), [503, "1", "Too many requests wait for the database"]);
    await holder.letGo();
    equal((await Promise.all(waiting)).flat().length, DATABASE_QUEUE_MAX - 1);
    equal((await test.database.all(ONE)).length, 1);
  },
);

postgresTest("a command waits longer than a request", async () => {
  await using test = await openedPostgres({ patient: true, poolSize: 1 });
  deepEqual(await settings(test.database, "statement_timeout"), ["10min"]);
  const seconds = (DATABASE_ANSWER_MS + 100) / 1000;
  equal((await test.database.all(sql`SELECT pg_sleep(${seconds}::double precision)::text`)).length, 1);
});

postgresTest("two transactions that lock each other out are both carried out", async () => {
  await using test = await openedPostgres({ poolSize: 2 });
  await write(
    test.database,
    "CREATE TABLE t (k INTEGER PRIMARY KEY, v INTEGER); INSERT INTO t VALUES (1, 0), (2, 0)",
  );
  let started = 0;
  const both = Promise.withResolvers<void>();
  const increment = (...keys: number[]): Promise<void> =>
    test.database.transaction(async (transaction) => {
      await transaction.run(sql`UPDATE t SET v = v + 1 WHERE k = ${keys[0]!}`);
      if (++started === 2) both.resolve();
      await both.promise;
      await transaction.run(sql`UPDATE t SET v = v + 1 WHERE k = ${keys[1]!}`);
    });
  await Promise.all([increment(1, 2), increment(2, 1)]);
  // Once more or, where they meet again, more often.
  ok(started > 2, "one of them was started again");
  deepEqual(await values(test.database), [2, 2]);
});

postgresTest(
  "a transaction that collides is run again, and is a 503 when it does so every time",
  async () => {
    await using test = await openedPostgres({ poolSize: 2 });
    await write(test.database, "CREATE TABLE t (v INTEGER); INSERT INTO t VALUES (0)");
    /** Reads, lets another one write, then writes: a collision where both must be as if one after the other. */
    const collide = async (collisions: number): Promise<number> => {
      let tries = 0;
      await test.database.transaction(async (transaction) => {
        await transaction.run(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`);
        await transaction.all(sql`SELECT v FROM t`);
        if (tries++ < collisions) await run(test.database, sql`UPDATE t SET v = v + 10`);
        await transaction.run(sql`UPDATE t SET v = v + 1`);
      });
      return tries;
    };
    equal(await collide(TRANSACTION_TRIES - 1), TRANSACTION_TRIES);
    const before = 10 * (TRANSACTION_TRIES - 1) + 1;
    deepEqual(await values(test.database), [before]);
    deepEqual(await refusal(collide(TRANSACTION_TRIES)), [503, "1", "The database is busy"]);
    deepEqual(await values(test.database), [before + 10 * TRANSACTION_TRIES]);
  },
);

postgresTest("a script that ends or divides its transaction is refused and leaves nothing", async () => {
  await using test = await openedPostgres({ poolSize: 1 });
  for (const end of ["COMMIT", "END", "ROLLBACK", "COMMIT; BEGIN", "SAVEPOINT x", "DO 'BEGIN COMMIT; END'"]) {
    const error = await write(test.database, `CREATE TABLE t (v INTEGER); ${end}`).catch((error) => error);
    match(String(error), /a script must not end or divide the transaction it runs in/, end);
  }
  const quotes =
    `CREATE TABLE t (v INTEGER DEFAULT 7, w TEXT DEFAULT 'it''s \\n'); INSERT INTO t DEFAULT VALUES;
    CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
    CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
    INSERT INTO t VALUES (8)`;
  await write(test.database, quotes);
  deepEqual((await test.database.all(sql`SELECT v, w FROM t`)).map((row) => ({ ...row })), [
    { v: 7, w: "it's \\n" },
  ]);
});

postgresTest(
  "a connection that is killed is a 503 for who had it, and no trouble for who comes next",
  async () => {
    await using test = await openedPostgres({ poolSize: 2 });
    await write(test.database, "CREATE TABLE t (v INTEGER)");
    const kill = sql`SELECT pg_terminate_backend(pg_backend_pid(), 0)`;
    const killed = test.database.transaction(async (transaction) => {
      await transaction.run(sql`INSERT INTO t VALUES (1)`);
      await transaction.all(kill);
      await transaction.run(sql`INSERT INTO t VALUES (2)`);
    });
    deepEqual(await refusal(killed), [503, "1", "The database cannot be reached"]);
    equal(await run(test.database, sql`INSERT INTO t VALUES (3)`), 1);
    deepEqual(await values(test.database), [3]);
  },
);

postgresTest("connections that fall silent are a 503 for who waits, and are replaced", async () => {
  await using target = await postgresDatabase();
  const { host: hostname = "127.0.0.1", port = 5432 } = target.location;
  await using proxy = startPostgresProxy({ hostname, port });
  const database = openDatabase({ ...target.location, host: "127.0.0.1", port: proxy.port }, { poolSize: 2 });
  await Promise.all([database.all(ONE), database.all(ONE), run(database, ONE)]);
  proxy.silence();
  const waiting = await Promise.all([refusal(database.all(ONE)), refusal(run(database, ONE))]);
  deepEqual(waiting, new Array(2).fill([503, "1", "The database took too long"]));
  equal((await database.all(ONE)).length, 1);
  equal(await run(database, ONE), 1);
  await database.close();
});

const UNREACHABLE: readonly [
  what: string,
  change: { port?: number; database?: string; username?: string },
  RegExp,
][] = [
  ["a port where nobody listens", { port: 1 }, /cannot be reached/],
  ["a database that does not exist", { database: "cq_test_none" }, /does not exist/],
  ["a user who does not exist", { username: "cq_test_nobody" }, /cannot be reached/],
];

for (const [what, change, expected] of UNREACHABLE) {
  postgresTest(`${what} is a 503 that says so`, async () => {
    await using target = await postgresDatabase();
    const database = openDatabase({ ...target.location, ...change }, { poolSize: 1 });
    for (const attempt of [() => database.all(ONE), () => run(database, ONE)]) {
      const [status, retryAfter, message] = await refusal(attempt());
      deepEqual([status, retryAfter], [503, "1"]);
      match(message, expected);
    }
    await database.close();
  });
}

postgresTest("closing finishes what waits; after it everything is a 503", async () => {
  await using test = await openedPostgres({ poolSize: 1 });
  const waiting = Array.from({ length: 5 }, () => test.database.all(ONE));
  const closing = test.database.close();
  equal((await Promise.all(waiting)).flat().length, 5);
  await closing;
  for (
    const attempt of [
      () => test.database.all(ONE),
      () => run(test.database, ONE),
      () => run(test.database, ONE),
    ]
  ) {
    deepEqual(await refusal(attempt()), [503, "1", "The database is closed"]);
  }
});

postgresTest("a copy of the file is not to be had", async () => {
  await using test = await openedPostgres({ poolSize: 1 });
  const { code, message } = await rejected(test.database.backup("/nowhere"));
  equal(code, "internal");
  ok(message.includes("pg_dump"));
});
