import { deepEqual, equal, match, ok } from "node:assert/strict";
import { basename } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { ScheduledBackups } from "../../src/backup/schedule.ts";
import { fileTime, systemClock } from "../../src/wire/time.ts";
import { addUser, makeKey, propose } from "../fixtures/accounts.ts";
import { testDatabase } from "../fixtures/database.ts";
import { integrityProblems } from "../fixtures/database_file.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { serverCommand, startServer, stopServer } from "../fixtures/server_process.ts";
import { smallDisk, WITHOUT_MOUNTS } from "../fixtures/small_disk.ts";
import { until } from "../fixtures/waiting.ts";
import { namesIn } from "./scenario.ts";

const HEAD = MIGRATIONS.at(-1)!.revision;
const OURS = new RegExp(`^cq-\\d{8}T\\d{6}Z-${HEAD}\\.db$`);
const clock = systemClock();
const HOUR_US = 3_600_000_000;

interface Settings {
  readonly every_s?: number;
  readonly keep?: number;
}

/** Scheduled backups of a database of a test's own into the folder `backups` beside it. */
async function scenario(): Promise<
  AsyncDisposable & { folder: string; source: string; schedule(settings: Settings): ScheduledBackups }
> {
  const test = await testDatabase({ migrated: true });
  const folder = test.file("backups");
  return {
    folder,
    source: test.path,
    schedule: ({ every_s = 86_400, keep = 7 }) =>
      new ScheduledBackups({ source: test.path, folder, every_s, keep }, clock),
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}

Deno.test("backups are made again and again, only the newest are kept, and nobody else's files are touched", async () => {
  await using test = await scenario();
  await Deno.mkdir(test.folder);
  const strangers = [
    "cq-2026-11-24.db",
    `cq-20200101T000000Z-${HEAD}.db.txt`,
    `other-20200101T000000Z-${HEAD}.db`,
    "cq-20209901T000000Z-0001.db",
    "cq.db",
  ];
  for (const name of strangers) await Deno.writeTextFile(`${test.folder}/${name}`, "mine");
  await Deno.mkdir(`${test.folder}/cq-20200101T000000Z-0001.db`);
  await Deno.symlink(`${test.folder}/cq.db`, `${test.folder}/cq-20200102T000000Z-0001.db`);
  await Deno.writeTextFile(`${test.folder}/cq-20200103T000000Z-0001.db`, "an old one of ours");

  const backups = test.schedule({ every_s: 1, keep: 2 });
  const seen = new Set<string>();
  await until(() => {
    for (const name of namesIn(test.folder)) if (OURS.test(name)) seen.add(name);
    return seen.size >= 4;
  }, "four backups have been made");
  await backups.close();
  const names = namesIn(test.folder);
  ok(
    names.filter((name) => OURS.test(name)).length <= 3,
    "two, and one that closing kept from being pruned for",
  );
  for (const name of [...strangers, "cq-20200101T000000Z-0001.db", "cq-20200102T000000Z-0001.db"]) {
    ok(names.includes(name), name);
  }
  equal(names.includes("cq-20200103T000000Z-0001.db"), false);
  equal(names.some((name) => name.includes("partial")), false);
  const { path } = backups.status.lastSuccess!;
  deepEqual(integrityProblems(path), []);
  equal(backups.status.lastRun!.bytes, (await Deno.stat(path)).size);
  equal((await Deno.stat(path)).mode! & 0o777, 0o600);
  equal((await Deno.stat(`${test.folder}`)).isDirectory, true);
});

Deno.test("after a restart the next backup is due as if nothing had been; one of the future does not count", async () => {
  await using test = await scenario();
  await Deno.mkdir(test.folder);
  const [recent, future, old] = [-1, 24, -48].map((hours) =>
    `${test.folder}/cq-${fileTime(clock.now() + hours * HOUR_US)}-${HEAD}.db`
  );
  await Deno.writeTextFile(future!, "");
  await Deno.writeTextFile(recent!, "");
  const restarted = test.schedule({});
  await until(() => restarted.status.lastSuccess !== undefined, "the folder was looked at");
  equal(restarted.status.lastSuccess!.path, recent);
  await restarted.close();
  equal(namesIn(test.folder).length, 2);

  await Deno.rename(recent!, old!);
  const due = test.schedule({ keep: 1 });
  await until(() => due.status.lastRun !== undefined, "a backup is made");
  await until(() => !namesIn(test.folder).includes(basename(old!)), "the old one is removed");
  await due.close();
  deepEqual(
    namesIn(test.folder),
    [basename(due.status.lastSuccess!.path), basename(future!)],
    "one of the future is no reason to remove the new one",
  );
});

Deno.test("what was broken off long ago is removed; what may still be written is not", async () => {
  await using test = await scenario();
  await Deno.mkdir(test.folder);
  const [dead, alive] = ["cq-20260101T000000Z.partial", "cq-20260101T000001Z.partial"].map((name) =>
    `${test.folder}/${name}`
  );
  for (const path of [dead!, alive!]) await Deno.writeTextFile(path, "");
  const longAgo = new Date(Date.now() - 3_700_000);
  await Deno.utime(dead!, longAgo, longAgo);
  const backups = test.schedule({});
  await until(() => backups.status.lastSuccess !== undefined, "a backup was made");
  await backups.close();
  deepEqual(namesIn(test.folder).filter((name) => name.endsWith(".partial")), [
    "cq-20260101T000001Z.partial",
  ]);
});

Deno.test("a failure is told, and the next try makes it good", async () => {
  await using test = await scenario();
  await Deno.writeTextFile(test.folder, "a file where the folder should be");
  const backups = test.schedule({ every_s: 1 });
  await until(() => backups.status.lastFailure !== undefined, "it failed");
  match(backups.status.lastFailure!.reason, /exists|not a directory/i);
  equal(backups.status.lastSuccess, undefined);
  await Deno.remove(test.folder);
  await until(() => backups.status.lastSuccess !== undefined, "it worked");
  await backups.close();
});

Deno.test({
  name: "a backup is not begun where its disk is too small for it",
  ignore: WITHOUT_MOUNTS,
  async fn(): Promise<void> {
    await using test = await scenario();
    await using disk = await smallDisk({ mebibytes: 2 });
    const config = { source: test.source, folder: disk.path, every_s: 86_400, keep: 7 };
    const backups = new ScheduledBackups(config, clock);
    await until(() => backups.status.lastFailure !== undefined, "it failed");
    await backups.close();
    match(
      backups.status.lastFailure!.reason,
      /has 2\.0 MiB free, a backup needs 1\d\.\d MiB; make room, or keep fewer/,
    );
    deepEqual(namesIn(disk.path), []);
  },
});

Deno.test("a server makes backups while it runs, and ends at once", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  const folder = directory.file("backups");
  const env = { CQ_BACKUP_DIR: folder, CQ_BACKUP_EVERY: "1s", CQ_BACKUP_KEEP: "2" };
  await using server = await startServer({ databasePath, env });
  const token = addUser(databasePath, "ada");
  const id = await propose(server.url, await makeKey(server.url, token));
  const before = Date.now();
  const made = (): string[] => server.output().split("\n").filter((line) => line.includes('"backup made"'));
  await until(
    () => made().some((line) => Date.parse(JSON.parse(line)["@timestamp"]) > before + 1_000),
    "a backup was made",
  );
  equal((await stopServer(server)).code, 0);
  const newest = namesIn(folder).filter((name) => OURS.test(name)).at(-1)!;
  using backup = new DatabaseSync(`${folder}/${newest}`, { readOnly: true });
  equal(backup.prepare("SELECT COUNT(*) AS n FROM knowledge_units WHERE id = ?").get(id)!["n"], 1);
  equal(server.errors(), "");
});

Deno.test({
  name: "a disk that fills up during a backup is told once a try, harms no request, and is left empty",
  ignore: WITHOUT_MOUNTS,
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    await using disk = await smallDisk({ mebibytes: 1 });
    const databasePath = directory.file("cq.db");
    // Without the permission to ask for the space, the backup runs into the end of the disk.
    const command = serverCommand().filter((word) => !word.startsWith("--allow-sys"));
    await using server = await startServer({ databasePath, command });
    const token = addUser(databasePath, "ada");
    const key = await makeKey(server.url, token);
    using database = new DatabaseSync(databasePath, { timeout: 5_000 });
    database.exec("CREATE TABLE ballast (x); INSERT INTO ballast VALUES (randomblob(3000000))");
    equal((await stopServer(server)).code, 0);

    const env = { CQ_BACKUP_DIR: disk.path, CQ_BACKUP_EVERY: "1s" };
    await using backing = await startServer({ databasePath, command, env });
    const failures = (): string[] =>
      backing.output().split("\n").filter((line) => line.includes("backup failed"));
    for (let tries = 0; tries < 2; tries = failures().length) await propose(backing.url, key);
    match(failures()[0]!, /disk is full/);
    deepEqual(namesIn(disk.path).filter((name) => OURS.test(name)), []);
    equal((await stopServer(backing)).code, 0);
    deepEqual(namesIn(disk.path), []);
    equal(backing.output().includes('"status":507'), false);
  },
});
