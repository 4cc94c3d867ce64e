import { deepEqual, equal, match } from "node:assert/strict";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { openDatabase } from "../../src/database/open.ts";
import { parseDatabaseUrl } from "../../src/database/url.ts";
import { cq } from "../fixtures/command_line.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { postgresDatabase, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { type ServerProcess, spawnServer, stopServer, untilHealthy } from "../fixtures/server_process.ts";
import { until, within } from "../fixtures/waiting.ts";
import { schemaOf, script } from "../migrate/scenario.ts";
import { appliedBy } from "./applied.ts";

const HEAD = MIGRATIONS.at(-1)!.revision;
const PREVIOUS = MIGRATIONS.at(-2)!.revision;

interface Target extends AsyncDisposable {
  readonly url: string;
  /** Everything that was made there. */
  made(): Promise<string[]>;
}

async function sqliteTarget(): Promise<Target> {
  const directory = await temporaryDirectory();
  return {
    url: `sqlite:///${directory.file("data/cq.db")}`,
    made: () => Promise.resolve([...Deno.readDirSync(directory.path)].map(({ name }) => name)),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

async function postgresTarget(): Promise<Target> {
  const target = await postgresDatabase();
  return {
    url: target.url,
    async made(): Promise<string[]> {
      const database = openDatabase(target.location, { poolSize: 1 });
      const schema = await schemaOf(database);
      await database.close();
      return schema;
    },
    [Symbol.asyncDispose]: () => target[Symbol.asyncDispose](),
  };
}

function start({ url }: Target, mode: string): ServerProcess {
  return spawnServer({
    databasePath: "",
    env: { CQ_DATABASE_URL: url, CQ_DB_PATH: undefined, CQ_MIGRATE: mode },
  });
}

/** The one line in which a start is refused; it must be. */
async function refusal(target: Target): Promise<string> {
  await using server = start(target, "check");
  equal((await within(server.status, "the start to be refused")).code, 3);
  match(server.errors(), /^cq: cannot start: [^\n]+\n$/);
  return server.errors();
}

async function status(server: ServerProcess, path: string): Promise<number> {
  const response = await fetch(`${server.url}${path}`);
  await response.body?.cancel();
  return response.status;
}

async function migrateByCommand({ url }: Target): Promise<void> {
  const { code, stderr } = await cq(["migrate"], { env: { CQ_DATABASE_URL: url } });
  equal(code, 0, stderr);
}

const ENGINES: readonly [engine: string, open: () => Promise<Target>, isAbsent: boolean][] = [
  ["SQLite", sqliteTarget, false],
  ["Postgres", postgresTarget, WITHOUT_POSTGRES],
];

for (const [engine, open, ignore] of ENGINES) {
  Deno.test({
    name:
      `on ${engine} CQ_MIGRATE=check refuses a database that is not current, changes nothing, and serves one that is`,
    ignore,
    async fn(): Promise<void> {
      await using target = await open();
      match(
        await refusal(target),
        /: (there is no database|the schema is at revision none); run the migrate command/,
      );
      deepEqual(await target.made(), []);

      await migrateByCommand(target);
      const server = start(target, "check");
      try {
        await untilHealthy(server);
        equal(await status(server, "/readyz"), 200);
      } finally {
        equal((await stopServer(server)).code, 0);
      }
      deepEqual(appliedBy(server), []);

      const database = openDatabase(parseDatabaseUrl(target.url, "url"), { poolSize: 1 });
      await script(database, `DELETE FROM schema_history WHERE revision = '${HEAD}'`);
      await database.close();
      match(
        await refusal(target),
        new RegExp(`: the schema is at revision ${PREVIOUS}; run the migrate command`),
      );
    },
  });

  Deno.test({
    name:
      `on ${engine} CQ_MIGRATE=off starts on whatever there is; readiness tells, and follows a migration by command`,
    ignore,
    async fn(): Promise<void> {
      await using target = await open();
      await using server = start(target, "off");
      await until(() => server.output().includes('"message":"listening"'), "the server listens");
      deepEqual([await status(server, "/api/v1/health"), await status(server, "/readyz")], [503, 503]);
      await migrateByCommand(target);
      await until(async () => await status(server, "/readyz") === 200, "the server is ready");
      equal(await status(server, "/api/v1/knowledge?domains=a"), 200);
      match(server.output(), /"message":"schema was not looked at"/);
    },
  });
}
