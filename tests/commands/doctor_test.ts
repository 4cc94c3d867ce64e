import { deepEqual, equal, match, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { diagnose } from "../../src/doctor/doctor.ts";
import type { Diagnosis } from "../../src/doctor/diagnosis.ts";
import { mayWrite, unwritable } from "../../src/doctor/storage.ts";
import { fileTime, systemClock } from "../../src/wire/time.ts";
import { JWT_SECRET, PEPPER } from "../fixtures/app.ts";
import { cq } from "../fixtures/command_line.ts";
import { fileDigest, type TemporaryDirectory, temporaryDirectory } from "../fixtures/directory.ts";
import { openedPostgres, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { openRaw } from "../fixtures/raw_database.ts";
import { freePort, startServer } from "../fixtures/server_process.ts";
import { smallDisk, WITHOUT_MOUNTS } from "../fixtures/small_disk.ts";
import { migrate } from "../../src/migrate/runner.ts";
import { openSqlite } from "../../src/database/sqlite.ts";
import { namesIn } from "../backup/scenario.ts";

const HEAD = MIGRATIONS.at(-1)!.revision;
const clock = systemClock();
const SECRETS = { CQ_JWT_SECRET: JWT_SECRET, CQ_API_KEY_PEPPER: PEPPER };

function examined(environment: Record<string, string>): Promise<Diagnosis[]> {
  return diagnose({ ...SECRETS, CQ_PORT: "0", ...environment }, { migrations: MIGRATIONS, clock });
}

/** Everything of one level, with its advice. */
async function found(level: Diagnosis["level"], environment: Record<string, string>): Promise<string[]> {
  return (await examined(environment)).filter((diagnosis) => diagnosis.level === level)
    .map(({ what, fix }) => `${what}; ${fix}`);
}

/** A database at the newest revision in a private folder, and nothing that is open. */
async function scenario(): Promise<
  TemporaryDirectory & { databasePath: string; env: { CQ_DB_PATH: string } }
> {
  const directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  const database = openSqlite(databasePath);
  await migrate(database, MIGRATIONS, { clock, appVersion: "test" });
  await database.close();
  return { ...directory, databasePath, env: { CQ_DB_PATH: databasePath } };
}

Deno.test("nothing is wrong with a running server, and the doctor changes nothing", async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  await using server = await startServer({ databasePath });
  const env = {
    ...SECRETS,
    CQ_HOST: "127.0.0.1",
    CQ_PORT: new URL(server.url).port,
    CQ_BACKUP_DIR: directory.file("backups"),
  };
  await Deno.mkdir(env.CQ_BACKUP_DIR);
  await Deno.writeTextFile(`${env.CQ_BACKUP_DIR}/cq-${fileTime(clock.now())}-${HEAD}.db`, "");
  const state = async (): Promise<unknown> => [
    namesIn(directory.path),
    await Promise.all([databasePath, `${databasePath}-wal`].map(fileDigest)),
  ];
  const before = await state();
  const { code, stdout } = await cq(["doctor"], { databasePath, env });
  equal(code, 0, stdout);
  for (
    const line of [
      /^ok {4}every variable can be used$/m,
      new RegExp(`^ok {4}the schema is at revision ${HEAD}, the newest$`, "m"),
      /^ok {4}the file is whole/m,
      /^ok {4}write-ahead logging is on$/m,
      /^ok {4}the clock is not behind what is stored$/m,
      /^ok {4}the newest backup, .* is \d+s old$/m,
      /^ok {4}a server answers at http:\/\/127\.0\.0\.1:\d+ and is ready$/m,
      /^ok {4}.* has \d+ MiB free$/m,
    ]
  ) match(stdout, line);
  // Tests have variables of their own, which are no settings.
  doesNotSay(stdout.replaceAll(/^warn {2}CQ_TEST_.*$/gm, ""), /^(?:fail|warn)/m);
  deepEqual(await state(), before);
});

function doesNotSay(text: string, pattern: RegExp): void {
  equal(pattern.test(text), false, text);
}

Deno.test("every variable that cannot be used is told at once, and the rest is looked at all the same", async () => {
  await using test = await scenario();
  await Deno.writeTextFile(test.file("pepper"), PEPPER);
  await Deno.chmod(test.file("pepper"), 0o644);
  const env = {
    CQ_JWT_SECRET: "",
    CQ_API_KEY_PEPPER_FILE: test.file("pepper"),
    CQ_COMPAT: "loose",
    CQ_PORT: "http",
    CQ_RATE_READS: "-1",
    CQ_BACKUP_EVERY: "daily",
    CQ_PUBLIC_URL: "cq.example.com",
    CQ_TRUSTED_PROXIES: "somebody",
    CQ_GUARD_POLICY: "nothing=block",
    CQ_COLOUR: "blue",
  };
  const { code, stdout } = await cq(["doctor", "--json"], { databasePath: test.databasePath, env });
  equal(code, 1);
  const diagnoses: Diagnosis[] = JSON.parse(stdout);
  const faults = diagnoses.filter(({ level }) => level === "fail").map(({ what }) => what).join("\n");
  for (
    const name of [
      "CQ_JWT_SECRET is empty",
      'CQ_COMPAT: "loose"',
      'CQ_PORT: "http"',
      'CQ_RATE_READS: "-1"',
      'CQ_BACKUP_EVERY: "daily"',
      "CQ_PUBLIC_URL is not an http",
      'CQ_TRUSTED_PROXIES: "somebody"',
      'CQ_GUARD_POLICY: Unknown rule "nothing"',
    ]
  ) ok(faults.includes(name), `${name} in ${faults}`);
  equal(diagnoses.filter(({ level }) => level === "fail").length, 8);
  const warnings = diagnoses.filter(({ level }) => level === "warn").map(({ what }) => what).join("\n");
  match(warnings, /CQ_COLOUR is not a setting/);
  match(warnings, /CQ_API_KEY_PEPPER_FILE: every user of this machine may read or write/);
  ok(diagnoses.some(({ what }) => what === `the schema is at revision ${HEAD}, the newest`));
  for (const { level, fix } of diagnoses) if (level !== "ok") ok(fix !== undefined && fix !== "");
});

Deno.test("missing, short and equal secrets are told, and none is shown", async () => {
  await using test = await scenario();
  const secret = "canary-0123456789";
  const env = { ...test.env, CQ_JWT_SECRET: secret, CQ_API_KEY_PEPPER: secret };
  const warnings = (await found("warn", env)).join("\n");
  match(warnings, /CQ_JWT_SECRET is shorter than 32 characters/);
  match(warnings, /CQ_JWT_SECRET and CQ_API_KEY_PEPPER are the same; set another CQ_JWT_SECRET/);
  doesNotSay(JSON.stringify(await examined(env)), /canary/);
  const { stdout } = await cq(["doctor"], { env: test.env });
  match(stdout, /^fail {2}CQ_JWT_SECRET is not set; set it, or CQ_JWT_SECRET_FILE, to a long random text$/m);
  match(stdout, /^fail {2}CQ_API_KEY_PEPPER is not set; /m);
});

Deno.test("a faulty database variable is told, and no other database is looked at instead", async () => {
  const diagnoses = await examined({ CQ_DATABASE_URL: "mysql://db/cq" });
  match(diagnoses.map(({ what }) => what).join("\n"), /Unsupported database URL scheme/);
  doesNotSay(JSON.stringify(diagnoses), /\/data\/cq\.db/);
});

Deno.test("a newer schema, a pending one, and one that is not there", async () => {
  await using test = await scenario();
  using newer = openRaw(test.databasePath);
  newer.exec("INSERT INTO schema_history VALUES ('9999', 'later', 'x', '2030-01-01', 1, '9.0.0')");
  match(
    (await found("fail", test.env)).join(),
    /at revision 9999, which was written by a newer version .*upgrading\.md/,
  );
  newer.exec(`DELETE FROM schema_history WHERE revision IN ('9999', '${HEAD}')`);
  match(
    (await found("warn", test.env)).join(),
    new RegExp(`${HEAD} are to be applied; the next start does it`),
  );
  match(
    (await found("warn", { CQ_DB_PATH: test.file("none.db") })).join(),
    /there is no database at .*none\.db yet; start the server, or run cq migrate/,
  );
  equal(namesIn(test.path).includes("none.db"), false);
});

Deno.test("a damaged file, a file that is no database, and another journal mode", async () => {
  await using test = await scenario();
  using database = new DatabaseSync(test.databasePath);
  database.exec("PRAGMA journal_mode = DELETE");
  match((await found("warn", test.env)).join(), /the journal mode is delete, not wal; as after a restore/);
  const { rootpage } = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'sessions'").get()!;
  database.close();
  using file = await Deno.open(test.databasePath, { write: true });
  await file.seek(4096 * (Number(rootpage) - 1), Deno.SeekMode.Start);
  await file.write(new Uint8Array(4096).fill(0xff));
  match((await found("fail", test.env)).join(), /the file is damaged: .*; restore a backup: cq restore/);
  await Deno.writeTextFile(test.file("text.db"), "hello".repeat(1_000));
  match(
    (await found("fail", { CQ_DB_PATH: test.file("text.db") })).join(),
    /text\.db cannot be read: the file is not a SQLite database.*; restore a backup/,
  );
});

Deno.test("where a file could not even be opened, no backup is asked for: that would put the file aside", async () => {
  await using test = await scenario();
  const faults = (await found("fail", { CQ_DB_PATH: test.path })).join();
  match(faults, /cannot be read: .*; let the user of the server read and write the file and its folder/);
  doesNotSay(faults, /restore/);
});

Deno.test("an event of the future tells of a clock that was wrong", async () => {
  await using test = await scenario();
  using database = openRaw(test.databasePath);
  database.exec(
    `INSERT INTO account_events (subject, kind, actor, occurred_at)
     VALUES ('ada', 'user_disabled', 'ada', '2099-01-01T00:00:00+00:00')`,
  );
  match(
    (await found("fail", test.env)).join(),
    /the newest event is of 2099-01-01T00:00:00\+00:00, in the future; have the clock/,
  );
});

Deno.test("a folder of another user, a file for everybody, and no folder at all", async () => {
  await using test = await scenario();
  const place = await Deno.stat(test.path);
  equal(mayWrite(place, { uid: place.uid! + 1, gid: place.gid! + 1 }), false);
  equal(mayWrite(place, { uid: place.uid, gid: place.gid }), true);
  const another = { uid: place.uid! + 1, gid: place.gid! + 1 };
  match(unwritable("/x", place, { purpose: "why", as: another })!.what, /^\/x belongs to user .*; why$/);
  await Deno.chmod(test.path, 0o777);
  equal(mayWrite(await Deno.stat(test.path), { uid: place.uid! + 1, gid: place.gid! + 1 }), true);
  await Deno.chmod(test.databasePath, 0o644);
  match(
    (await found("warn", test.env)).join(),
    /every user of this machine may read .*cq\.db, .*; chmod 600/,
  );
  await Deno.chmod(test.path, 0o700);
  doesNotSay((await found("warn", test.env)).join(), /every user/);
  match((await found("warn", { CQ_DB_PATH: test.file("no/cq.db") })).join(), /no does not exist/);
  match((await found("fail", { CQ_DB_PATH: test.path })).join(), /is no file; correct CQ_DB_PATH/);
});

Deno.test({
  name: "a disk that is full or cannot be written",
  ignore: WITHOUT_MOUNTS,
  async fn(): Promise<void> {
    await using test = await scenario();
    await using disk = await smallDisk({ mebibytes: 2 });
    await Deno.copyFile(test.databasePath, `${disk.path}/cq.db`);
    const env = { CQ_DB_PATH: `${disk.path}/cq.db` };
    match((await found("fail", env)).join(), /has 1 MiB free; writes fail when it is full; make room/);
    disk.remount("ro");
    match(
      (await found("fail", env)).join(),
      /cq\.db may not be read and written: Read-only file system.*; make its disk writable/,
    );
  },
});

Deno.test("a port that another program has, one that is free, and an address that is not ours", async () => {
  await using test = await scenario();
  await using other = Deno.serve(
    { port: freePort(), hostname: "127.0.0.1", onListen: () => {} },
    () => new Response("hi"),
  );
  const at = { ...test.env, CQ_HOST: "127.0.0.1", CQ_PORT: String(other.addr.port) };
  match(
    (await found("fail", at)).join(),
    /another program listens at http:\/\/127\.0\.0\.1:\d+; end it, or set another CQ_PORT/,
  );
  match(
    (await found("ok", { ...at, CQ_PORT: String(freePort()) })).join(),
    /nobody listens at 127\.0\.0\.1:\d+: it is free/,
  );
  match(
    (await found("fail", { ...at, CQ_HOST: "no.such.host.invalid" })).join(),
    /cannot be reached: .*; set an address of this machine/,
  );
});

Deno.test("backups that are late, missing or not made at all", async () => {
  await using test = await scenario();
  match((await found("warn", test.env)).join(), /the server makes no backups by itself; set CQ_BACKUP_DIR/);
  const file = { ...test.env, CQ_BACKUP_DIR: test.databasePath };
  match((await found("fail", file)).join(), /CQ_BACKUP_DIR: .*cq\.db is no folder; name one that/);
  const env = { ...test.env, CQ_BACKUP_DIR: test.file("backups") };
  match((await found("warn", env)).join(), /backups holds no backup yet; start the server/);
  await Deno.mkdir(env.CQ_BACKUP_DIR);
  const threeDaysAgo = fileTime(clock.now() - 3 * 86_400_000_000);
  await Deno.writeTextFile(`${env.CQ_BACKUP_DIR}/cq-${threeDaysAgo}-${HEAD}.db`, "");
  match((await found("fail", env)).join(), /is 3d old; one is due each 1d; is the server running\?/);
  const ofTheFuture = `${env.CQ_BACKUP_DIR}/cq-20990101T000000Z-${HEAD}.db`;
  await Deno.writeTextFile(ofTheFuture, "");
  match((await found("fail", env)).join(), /is 3d old; one is due each 1d; is the server running\?/);
  deepEqual((await found("warn", env)).filter((line) => line.includes("2099")), [
    `${ofTheFuture} is named by a time that is yet to come; a clock was wrong: rename the file or move it away; ` +
    "the server neither counts nor removes it",
  ]);
});

Deno.test("an embedding service that does not answer is a warning: questions are answered without", async () => {
  await using test = await scenario();
  const env = { ...test.env, TOKEN_EMBEDDING_URL: `http://127.0.0.1:${freePort()}` };
  match(
    (await found("warn", env)).join(),
    /TOKEN_EMBEDDING_URL: .*; questions are answered by their text alone/,
  );
});

Deno.test({
  name: "on Postgres: what is there, what is not migrated, and a server that is not there",
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using test = await openedPostgres({ migrated: true });
    const good = (await found("ok", { CQ_DATABASE_URL: test.url })).join("\n");
    match(good, new RegExp(`revision ${HEAD}, the newest`));
    match(good, /the database takes writes/);
    match(good, /the clock is not behind what is stored/);
    const doubts = (await found("warn", { CQ_DATABASE_URL: test.url })).join();
    match(doubts, /the server makes no backups of Postgres; have pg_dump or a base backup run/);
    doesNotSay(doubts, /set CQ_BACKUP_DIR/);
    await using empty = await openedPostgres();
    match((await found("warn", { CQ_DATABASE_URL: empty.url })).join(), /the schema is at revision none/);
    const gone = new URL(test.url);
    gone.port = String(freePort());
    gone.password = "canary";
    const faults = (await found("fail", { CQ_DATABASE_URL: gone.href })).join();
    match(faults, /cannot be read: .*; is the server there, does it let this host, user and database in\?/);
    doesNotSay(faults, /canary/);
  },
});
