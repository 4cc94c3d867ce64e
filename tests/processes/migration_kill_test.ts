import { deepEqual, equal, ok } from "node:assert/strict";
import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { openSqlite } from "../../src/database/sqlite.ts";
import { migrate } from "../../src/migrate/runner.ts";
import { systemClock } from "../../src/wire/time.ts";
import { sampleDatabase } from "../contract/case_file.ts";
import { BASELINE_TABLES, dump, integrityProblems } from "../fixtures/database_file.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { delay, within } from "../fixtures/waiting.ts";
import { BEGUN } from "./migrate_slowly.ts";
import { SLOW_MIGRATIONS } from "./slow_migrations.ts";

const SCRIPT = fileURLToPath(new URL("./migrate_slowly.ts", import.meta.url));
const KILLS = 100;
/** Where one of the two outcomes did not occur. */
const FURTHER_KILLS = 8;
const TABLES = [...BASELINE_TABLES, "schema_history", "knowledge_events"];

/** Starts a run and resolves when it is about to migrate. */
async function begin(path: string): Promise<Deno.ChildProcess> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--frozen", "--no-check", "-A", SCRIPT, `sqlite:///${path}`],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await within(reader.read(), "the run to begin");
  equal(new TextDecoder().decode(value), BEGUN);
  reader.releaseLock();
  await child.stdout.cancel();
  return child;
}

/** Milliseconds of a run from its beginning to its end. */
async function durationOf(path: string): Promise<number> {
  const child = await begin(path);
  const started = performance.now();
  equal((await within(child.status, "the run to end")).code, 0);
  return performance.now() - started;
}

async function killedAfter(path: string, wait_ms: number): Promise<void> {
  const child = await begin(path);
  await delay(wait_ms);
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended already.
  }
  await within(child.status, "the killed run to end");
}

/** Everything in a file, but for the times in its history. */
function content(path: string): unknown {
  const { schema_history, ...tables } = dump(path, TABLES);
  const rows = schema_history!.rows.map(({ revision, name, checksum }) => ({ revision, name, checksum }));
  return { ...tables, schema_history: { ...schema_history, rows }, made_up: largeTable(path) };
}

/** The schema of the table that is made up, and a digest of its many rows. */
function largeTable(path: string): unknown {
  using database = new DatabaseSync(path, { readOnly: true });
  const schema = database.prepare(
    "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'made_up' ORDER BY name",
  )
    .all();
  if (schema.length === 0) return { schema };
  const all = database.prepare(
    "SELECT json_group_array(json_array(id, text) ORDER BY id) AS text FROM made_up",
  ).get();
  return { schema, rows: createHash("sha256").update(String(all!["text"])).digest("hex") };
}

async function finish(path: string): Promise<void> {
  const database = openSqlite(path);
  await migrate(database, SLOW_MIGRATIONS, { clock: systemClock(), appVersion: "test" });
  await database.close();
}

async function killMany(makeDatabase: (path: string) => Promise<void>): Promise<void> {
  await using directory = await temporaryDirectory();
  const path = directory.file("cq.db");
  const renew = async (): Promise<void> => {
    for (const suffix of ["", "-wal", "-shm"]) await Deno.remove(path + suffix).catch(() => {});
    await makeDatabase(path);
  };
  await renew();
  const before = content(path);
  const duration_ms = await durationOf(path);
  const after = content(path);
  const outcomes = { old: 0, new: 0 };
  const isMissingOutcome = (): boolean => outcomes.old === 0 || outcomes.new === 0;
  const instantOf = (kill: number): number => {
    // In slices of their own, so that the instants are random and yet spread over the whole run and a little more.
    if (kill < KILLS) return (kill + Math.random()) / KILLS * duration_ms * 1.3;
    // The machine has become much slower, or faster, since the run was measured.
    return outcomes.new === 0 ? duration_ms * 2 ** (kill - KILLS + 1) : 0;
  };
  for (let kill = 0; kill < KILLS || (isMissingOutcome() && kill < KILLS + FURTHER_KILLS); kill++) {
    await renew();
    await killedAfter(path, instantOf(kill));
    deepEqual(integrityProblems(path), []);
    const found = content(path);
    const isNew = JSON.stringify(found) === JSON.stringify(after);
    deepEqual(found, isNew ? after : before, `kill ${kill}: neither the old schema nor the new one`);
    outcomes[isNew ? "new" : "old"]++;
    await finish(path);
    deepEqual(content(path), after, `kill ${kill}: the next run does not finish it`);
  }
  ok(!isMissingOutcome(), JSON.stringify(outcomes));
}

Deno.test(`after each of ${KILLS} kills during the first run on a new file, nothing or everything is there`, async () => {
  // Made by an earlier, even shorter life: a file without tables.
  await killMany((path) => Deno.writeFile(path, new Uint8Array()));
});

Deno.test(`after each of ${KILLS} kills while a database is adopted, the old schema or the new one is there`, async () => {
  await killMany((path) => Deno.copyFile(sampleDatabase("pre-alembic.db"), path));
});
