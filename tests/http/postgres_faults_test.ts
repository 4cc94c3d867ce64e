import { deepEqual, equal } from "node:assert/strict";
import type { Transaction } from "../../src/database/database.ts";
import { sql } from "../../src/database/sql.ts";
import { signedJwt } from "../contract/credentials.ts";
import { JWT_SECRET, PASSWORD, type TestApp } from "../fixtures/app.ts";
import { answered } from "../fixtures/faults.ts";
import { type OpenPostgresOptions, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { type PostgresApp, postgresApp } from "../fixtures/postgres_app.ts";

interface Setting {
  readonly app: PostgresApp;
  readonly token: string;
  readonly key: string;
}

function onPostgres(
  name: string,
  options: OpenPostgresOptions,
  body: (setting: Setting) => Promise<void>,
): void {
  Deno.test({
    name: `on Postgres ${name}`,
    ignore: WITHOUT_POSTGRES,
    async fn(): Promise<void> {
      await using app = await postgresApp(options);
      const token = await app.signIn("ada");
      const key = await app.apiKey("ada");
      await body({ app, token, key });
    },
  });
}

/** What a request that was turned away is told; it must be a 503 that says when to come again. */
async function refusal(response: Response): Promise<string> {
  equal(response.headers.get("retry-after"), "1");
  return (await answered(response, 503)).detail;
}

/** Runs `work` while another session has what `statement` locks. */
async function whileLocked(
  { database }: TestApp,
  statement: ReturnType<typeof sql>,
  work: () => Promise<void>,
): Promise<void> {
  const hold = async (transaction: Transaction): Promise<void> => {
    await transaction.run(statement);
    await work();
  };
  // Not bounded like a request.
  await database.transaction(hold, { lockWait_ms: 60_000 });
}

onPostgres(
  "a NUL in a path, a query, a login or a token finds nothing, and is no 500",
  {},
  async (setting) => {
    const { app, token, key } = setting;
    await app.unit({ key });
    const sub = (name: string): string => {
      const iat = Math.floor(Date.now() / 1000);
      return signedJwt({ claims: { sub: name, iat, exp: iat + 60 }, secret: JWT_SECRET });
    };
    const login = (username: string, password: string): object => ({ json: { username, password } });
    const keyRequest = (fields: object): object => ({
      bearer: token,
      json: { name: "n", ttl: "1d", ...fields },
    });
    const requests: readonly [route: string, options: object, status: number, body?: unknown][] = [
      ["GET review/ku_%00", { bearer: token }, 404],
      ["GET review/%00/history", { bearer: token }, 404],
      ["POST review/ku_%00/approve", { bearer: token }, 404],
      ["POST knowledge/ku_%00/confirmations", { bearer: key }, 404],
      ["POST knowledge/%00/flags", { bearer: key, json: { reason: "stale" } }, 404],
      ["POST users/me/api-keys/%00/revoke", { bearer: token }, 404],
      ["GET knowledge?domains=testing%00&tags=exact", {}, 200, { data: [] }],
      ["GET review/units?domain=%00", { bearer: token }, 200, []],
      ["GET review/units?status=pending%00", { bearer: token }, 200, []],
      ["POST auth/login", login("ada\0", PASSWORD), 401],
      ["POST auth/login", login("ada", `${PASSWORD}\0`), 401],
      ["GET review/queue", { bearer: sub("ada\0") }, 401],
      ["GET users/me", { bearer: sub("\0") }, 404],
      ["POST users/me/api-keys", keyRequest({ name: "a\0b" }), 422],
      ["POST users/me/api-keys", keyRequest({ labels: ["a\0b"] }), 201],
    ];
    for (const [route, options, status, body] of requests) {
      const [method, path] = route.split(" ") as [string, string];
      const found = await answered(await app.request(method, `/api/v1/${path}`, options), status);
      if (body !== undefined) deepEqual(found, body, route);
    }
  },
);

onPostgres(
  "texts with a NUL are stored and returned as they were, domains must have none",
  {},
  async ({ app, key }) => {
    const insight = { summary: "a\0b", detail: "\0", action: "c\0" };
    const propose = (domain: string): Promise<Response> =>
      app.request("POST", "/api/v1/knowledge", { bearer: key, json: { domains: [domain], insight } });
    deepEqual((await answered(await propose("d"), 201)).insight, insight);
    await answered(await propose("a\0b"), 422);
  },
);

onPostgres(
  "a unit that another session has locked is a 503; reading goes on, and it is changed once it is free",
  { query: "lock_timeout=50", poolSize: 4 },
  async ({ app, token, key }) => {
    const pending = await app.unit({ key, approve: false });
    const approved = await app.unit({ key });
    const requests = [
      () => app.request("POST", `/api/v1/review/${pending}/approve`, { bearer: token }),
      () => app.request("POST", `/api/v1/knowledge/${approved}/confirmations`, { bearer: key }),
    ];
    await whileLocked(app, sql`UPDATE knowledge_units SET tier = tier`, async () => {
      for (const request of requests) equal(await refusal(await request()), "The database is busy");
      equal((await app.request("GET", "/api/v1/knowledge?domains=testing")).status, 200);
    });
    deepEqual([(await requests[0]!()).status, (await requests[1]!()).status], [200, 201]);
  },
);

onPostgres(
  "a statement that runs longer than it may is a 503",
  { statementTimeout_ms: 100, poolSize: 4 },
  async ({ app, key }) => {
    // Nobody was shown it yet, so it has to be fetched.
    await app.unit({ key });
    await whileLocked(app, sql`LOCK TABLE knowledge_units`, async () => {
      const query = await app.request("GET", "/api/v1/knowledge?domains=testing");
      equal(await refusal(query), "The database took too long");
    });
    equal((await app.request("GET", "/api/v1/knowledge?domains=testing")).status, 200);
  },
);

onPostgres(
  "requests that get no connection in time are a 503 each",
  { poolSize: 1 },
  async ({ app, token }) => {
    const send = (): Promise<Response>[] => [
      app.request("GET", "/api/v1/knowledge?domains=testing"),
      app.request("GET", "/api/v1/review/queue", { bearer: token }),
      app.request("GET", "/api/v1/health"),
    ];
    await whileLocked(app, sql`SELECT 1`, async () => {
      const refusals = await Promise.all((await Promise.all(send())).map(refusal));
      deepEqual(refusals, [
        "The database took too long",
        "The database took too long",
        "The database cannot be read",
      ]);
    });
    deepEqual((await Promise.all(send())).map(({ status }) => status), [200, 200, 200]);
  },
);
