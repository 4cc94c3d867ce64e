import { deepEqual } from "node:assert/strict";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { sampleDatabase } from "../contract/case_file.ts";
import { dump, integrityProblems } from "../fixtures/database_file.ts";
import { type TemporaryDirectory, temporaryDirectory } from "../fixtures/directory.ts";
import { spawnServer, stopServer, untilHealthy } from "../fixtures/server_process.ts";
import { appliedBy } from "./applied.ts";

const PROCESSES = 12;
const NEW_FILES = 20;
const OLD_FILES = 3;
const REVISIONS = MIGRATIONS.map(({ revision }) => revision);

/** Starts many servers on one file at once; returns what each of them applied once all are healthy. */
async function race(databasePath: string): Promise<string[][]> {
  const servers = Array.from({ length: PROCESSES }, () => spawnServer({ databasePath }));
  try {
    await Promise.all(servers.map(untilHealthy));
    const statuses = await Promise.all(servers.map(stopServer));
    deepEqual(statuses.map(({ code }) => code), new Array(PROCESSES).fill(0));
    deepEqual(servers.map((server) => server.errors()), new Array(PROCESSES).fill(""));
    return servers.map(appliedBy);
  } finally {
    await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
  }
}

function checkDatabase(path: string): void {
  const { schema_history, alembic_version } = dump(path, ["schema_history", "alembic_version"]);
  deepEqual(schema_history!.rows.map((row) => row["revision"]).sort(), REVISIONS);
  deepEqual(alembic_version!.rows.map((row) => row["version_num"]), ["0001"]);
  deepEqual(integrityProblems(path), []);
}

function backups(directory: TemporaryDirectory): string[] {
  return [...Deno.readDirSync(directory.path)].map(({ name }) => name).filter((name) =>
    name.endsWith(".bak")
  );
}

Deno.test(`of ${PROCESSES} processes that start at once on a new file, one makes the schema and all serve`, async () => {
  for (let file = 0; file < NEW_FILES; file++) {
    await using directory = await temporaryDirectory();
    const path = directory.file("cq.db");
    const outcomes = await race(path);
    deepEqual(outcomes.filter((revisions) => revisions.length > 0), [REVISIONS], `file ${file}`);
    checkDatabase(path);
  }
});

Deno.test(`of ${PROCESSES} processes that start at once on the original's file, one upgrades it after one backup`, async () => {
  for (let file = 0; file < OLD_FILES; file++) {
    await using directory = await temporaryDirectory();
    const path = directory.file("cq.db");
    await Deno.copyFile(sampleDatabase("upstream-0001-small.db"), path);
    const outcomes = await race(path);
    deepEqual(outcomes.filter((revisions) => revisions.length > 0), [REVISIONS.slice(1)], `file ${file}`);
    checkDatabase(path);
    const [backup, ...others] = backups(directory);
    deepEqual(others, []);
    deepEqual(dump(directory.file(backup!)), dump(path));
  }
});
