import { ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { openDatabase } from "../../src/database/open.ts";
import { parseDatabaseUrl } from "../../src/database/url.ts";
import type { Database, Row } from "../../src/database/database.ts";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { migrate } from "../../src/migrate/runner.ts";
import { sql } from "../../src/database/sql.ts";
import { systemClock } from "../../src/wire/time.ts";
import { approve, loginToken, makeKey, propose } from "../fixtures/accounts.ts";
import { PASSWORD, PASSWORD_HASH, testApp } from "../fixtures/app.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { isFile } from "../fixtures/ignoring.ts";
import { call } from "../fixtures/json_client.ts";
import { openRaw } from "../fixtures/raw_database.ts";
import { postgresDatabase } from "../fixtures/postgres.ts";
import { type ServerProcess, startServer, stopServer } from "../fixtures/server_process.ts";
import type { ApiCaller } from "./api_spill.ts";
import type { Visitor } from "./page_spill.ts";

/** Where a server keeps its data, for those who look at it from outside. */
interface Store extends AsyncDisposable {
  readonly env: Readonly<Record<string, string>>;
  readonly path: string;
  open(): Database;
  /** Every byte that is kept, those of deleted rows too, as far as the engine shows them. */
  everything(): Promise<string>;
}

export async function sqliteStore(): Promise<Store> {
  const directory = await temporaryDirectory();
  const path = directory.file("cq.db");
  return {
    env: {},
    path,
    open: () => openDatabase(parseDatabaseUrl(`sqlite:///${path}`, "url")),
    everything: () => {
      const files = ["", "-wal", "-shm"].map((end) => path + end).filter(isFile);
      ok(files.length > 0);
      const bytes = files.map((file) => new TextDecoder("latin1").decode(Deno.readFileSync(file)));
      return Promise.resolve(bytes.join("\n"));
    },
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

export async function postgresStore(): Promise<Store> {
  const target = await postgresDatabase();
  const open = (): Database => openDatabase(target.location, { poolSize: 2 });
  return {
    env: { CQ_DATABASE_URL: target.url },
    path: "/nowhere/cq.db",
    open,
    async everything(): Promise<string> {
      const database = open();
      try {
        return JSON.stringify(await rowsOf(database));
      } finally {
        await database.close();
      }
    },
    [Symbol.asyncDispose]: () => target[Symbol.asyncDispose](),
  };
}

/** Every row of every table; on SQLite all values as texts, since full text search keeps numbers that JavaScript cannot. */
export async function rowsOf(database: Database): Promise<{ table: string; row: Row }[]> {
  const names = await database.all<{ name: string }>(
    database.dialect === "sqlite"
      ? sql`SELECT name FROM sqlite_master WHERE type = 'table'`
      : sql`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const tables = await Promise.all(names.map(async ({ name: table }) => {
    const columns = database.dialect === "sqlite" ? await columnsAsTexts(database, table) : "*";
    const rows = await database.all({ pieces: [{ text: `SELECT ${columns} FROM "${table}"` }] });
    return rows.map((row) => ({ table, row }));
  }));
  return tables.flat();
}

async function columnsAsTexts(database: Database, table: string): Promise<string> {
  const columns = await database.all<{ name: string }>(sql`SELECT name FROM pragma_table_info(${table})`);
  return columns.map(({ name }) => `CAST("${name}" AS TEXT) AS "${name}"`).join(", ");
}

/** A server in a process of its own that logs all it ever logs, with an admin called ada. */
export interface CanaryServer extends AsyncDisposable {
  readonly process: ServerProcess;
  readonly store: Store;
  readonly caller: ApiCaller;
  readonly visitor: Visitor;
  /** Of a session that canaries are not sent with. */
  readonly readerCookie: string;
  /** What is secret of ada, and given to her alone. */
  readonly secrets: readonly string[];
  /** Ends the server; returns all it printed. */
  stop(): Promise<string>;
}

export async function canaryServer(
  store: Store,
  { env = {}, tooLarge = 300_000 }: { env?: Record<string, string>; tooLarge?: number } = {},
): Promise<CanaryServer> {
  await prepare(store);
  const process = await startServer({
    databasePath: store.path,
    env: {
      CQ_LOG_LEVEL: "debug",
      CQ_SLOW_MS: "1",
      CQ_METRICS: "open",
      CQ_RATE_WRITES: "0",
      ...store.env,
      ...env,
    },
  });
  const { url } = process;
  const login = loginToken("ada");
  const key = await makeKey(url, login);
  const keyId = (await makeKey(url, login)).split(".")[2]!;
  const [unitId, pendingId] = [await propose(url, key), await propose(url, key)];
  await approve(url, login, unitId);
  // Two sessions: failed logins would keep ada from a later one.
  const readerCookie = await signIn(url);
  let cookie = await signIn(url);
  return {
    process,
    readerCookie,
    store,
    caller: { login, key, unitId, pendingId, keyId, tooLarge },
    visitor: {
      routes: await pagesOf(),
      async cookie(): Promise<string> {
        if (!await isSignedIn(url, cookie)) cookie = readerCookie;
        return cookie;
      },
      subject: (path) => subjectOf(url, { path, login, key }),
      tooLarge,
    },
    secrets: [key, key.split(".")[3]!, login, login.split(".")[2]!, PASSWORD, readerCookie.split("=")[1]!],
    async stop(): Promise<string> {
      const { success } = await stopServer(process);
      ok(success, process.output());
      return process.output();
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await process[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}

async function prepare(store: Store): Promise<void> {
  const database = store.open();
  await migrate(database, MIGRATIONS, { clock: systemClock(), appVersion: "test" });
  await database.transaction((transaction) =>
    transaction.run(sql`
      INSERT INTO users (username, password_hash, created_at)
      VALUES ('ada', ${PASSWORD_HASH}, '2026-01-01T00:00:00+00:00')`)
  );
  await database.close();
}

/** The pages that the server mounts, from a server of the same source. */
/** All but the one that ends every session and login that the others are tried with; its form has no field. */
async function pagesOf(): Promise<Visitor["routes"]> {
  await using app = await testApp();
  return app.server.pages.filter(({ path }) => path !== "/settings/account/sign-out-everywhere");
}

async function isSignedIn(url: string, cookie: string): Promise<boolean> {
  const response = await fetch(`${url}/review`, { headers: { cookie, accept: "text/html" } });
  await response.body?.cancel();
  return response.ok;
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/login`, {
    method: "POST",
    redirect: "manual",
    headers: { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ username: "ada", password: PASSWORD }).toString(),
  });
  await response.body?.cancel();
  const set = response.headers.getSetCookie().find((cookie) => cookie.startsWith("__Host-cq_session="));
  ok(set !== undefined, `signing in was answered ${response.status}`);
  return set.split(";")[0]!;
}

/** A key where a path is about keys, else a unit: approved where it is one that is served, else pending. */
async function subjectOf(
  url: string,
  { path, login, key }: { path: string; login: string; key: string },
): Promise<string> {
  if (path.startsWith("/settings/api-keys")) {
    return await freshKey(url, login, key);
  }
  const id = await propose(url, key);
  if (path.startsWith("/units/")) await approve(url, login, id);
  return id;
}

/** A new key in the place of all others but the one in use: there may be only so many. */
async function freshKey(url: string, login: string, inUse: string): Promise<string> {
  type Key = { readonly id: string; readonly is_active: boolean };
  const { body } = await call<{ data: readonly Key[] }>(url, "GET /users/me/api-keys", { bearer: login });
  for (const { id, is_active } of body.data) {
    if (!is_active || inUse.includes(id)) continue;
    await call(url, `POST /users/me/api-keys/${id}/revoke`, { bearer: login });
  }
  return (await makeKey(url, login)).split(".")[2]!;
}

/** Takes the tables of a store away: from now on most requests fail inside the server. */
export async function breakStore(store: Store): Promise<void> {
  const statements = ["knowledge_units", "users", "sessions"].map((table) =>
    `ALTER TABLE ${table} RENAME TO gone_${table}`
  );
  if (isFile(store.path)) {
    using database: DatabaseSync = openRaw(store.path, { timeout: 5000 });
    for (const statement of statements) database.exec(statement);
    return;
  }
  const database = store.open();
  await database.transaction((transaction) =>
    transaction.batch(statements.map((text) => ({ pieces: [{ text }] })))
  );
  await database.close();
}
