import { deepEqual, equal, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { backUp } from "../../src/backup/backup.ts";
import { restore } from "../../src/backup/restore.ts";
import { systemClock } from "../../src/wire/time.ts";
import { addUser, approve, makeKey, propose } from "../fixtures/accounts.ts";
import { cq } from "../fixtures/command_line.ts";
import { integrityProblems } from "../fixtures/database_file.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { startServer, stopServer } from "../fixtures/server_process.ts";
import { until } from "../fixtures/waiting.ts";
import { nothingAcknowledged, writeUntilGone } from "./write_load.ts";

const BACKUPS = 50;
/** A process takes a second to start; the others are made by what the commands call. */
const BY_COMMAND_EACH = 10;
const UNITS = 20;

Deno.test(`of ${BACKUPS} backups under write load, each one restored has every unit that was acknowledged before it began`, async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  const clock = systemClock();
  await using server = await startServer({ databasePath, env: { CQ_COMPAT: "strict" } });
  const token = addUser(databasePath, "ada");
  const key = await makeKey(server.url, token);
  const units: string[] = [];
  for (let unit = 0; unit < UNITS; unit++) {
    units.push(await propose(server.url, key));
    await approve(server.url, token, units.at(-1)!);
  }
  const noted = nothingAcknowledged();
  const writing = writeUntilGone(server.url, { key, token }, units, noted);
  await until(() => noted.approved.length > 0, "the load has begun");

  let whole = 0;
  for (let n = 0; n < BACKUPS; n++) {
    const [proposed, approved] = [[...noted.proposed], [...noted.approved]];
    const [file, restored] = [directory.file(`backup-${n}.db`), directory.file(`restored-${n}.db`)];
    if (n % BY_COMMAND_EACH === 0) {
      equal((await cq(["backup", file], { databasePath })).code, 0);
      equal((await cq(["restore", file], { databasePath: restored })).code, 0);
    } else {
      await backUp(databasePath, { partial: `${file}.partial`, nameFor: () => file });
      await restore(file, restored, { migrations: MIGRATIONS, clock, isReplacing: false });
    }
    deepEqual(absentFrom(restored, { proposed, approved }), [], `backup ${n}`);
    deepEqual(integrityProblems(restored), [], `backup ${n}`);
    whole++;
  }
  equal(whole, BACKUPS);
  ok(noted.proposed.length > BACKUPS, "the load was one");
  // Nothing that the backups did was in the way of a write or of the end.
  const stopping = stopServer(server);
  await writing;
  equal((await stopping).code, 0);
  equal(server.errors(), "");
});

/** Ids that were acknowledged and are not in a file, or not approved there. */
function absentFrom(
  path: string,
  { proposed, approved }: { proposed: string[]; approved: string[] },
): string[] {
  using database = new DatabaseSync(path, { readOnly: true });
  const statusOf = new Map(
    database.prepare("SELECT id, status FROM knowledge_units").all().map((row) => [row["id"], row["status"]]),
  );
  return [
    ...proposed.filter((id) => !statusOf.has(id)),
    ...approved.filter((id) => statusOf.get(id) !== "approved"),
  ];
}
