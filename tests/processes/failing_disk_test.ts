import { deepEqual, equal, match, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { addUser, approve, makeKey, proposal, propose } from "../fixtures/accounts.ts";
import { integrityProblems } from "../fixtures/database_file.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { call } from "../fixtures/json_client.ts";
import { serverCommand, type ServerProcess, startServer } from "../fixtures/server_process.ts";
import { failingDisk, HAS_DISKS, MAY_MOUNT, run, smallVolume } from "../fixtures/volume.ts";
import { until, within } from "../fixtures/waiting.ts";

const SERVED = { success: true, code: 0, signal: null };

/** A server, a unit it serves, and every proposal that it acknowledged. */
interface Subject extends AsyncDisposable {
  readonly server: ServerProcess;
  readonly databasePath: string;
  readonly unit: string;
  readonly acknowledged: string[];
  readonly key: string;
}

async function subjectOn(databasePath: string, command?: readonly string[]): Promise<Subject> {
  const server = await startServer({ databasePath, ...(command === undefined ? {} : { command }) });
  const token = addUser(databasePath, "ada");
  const key = await makeKey(server.url, token);
  const unit = await propose(server.url, key, "kept");
  await approve(server.url, token, unit);
  return {
    server,
    databasePath,
    unit,
    key,
    acknowledged: [unit],
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Checks that everything that only reads is answered. */
async function readsGoOn({ server, unit }: Subject): Promise<void> {
  const { body } = await call<{ data: { id: string }[] }>(server.url, "GET /knowledge?domains=kept");
  deepEqual(body.data.map(({ id }) => id), [unit]);
  for (
    const path of ["/api/v1/health", "/api/v1/knowledge/stats", "/api/v1/knowledge?q=what+is+kept", "/login"]
  ) {
    const answer = await fetch(server.url + path);
    await answer.body?.cancel();
    equal(answer.status, 200, path);
  }
}

/** Proposes something large; tells the status, and what was said to whoever looks after the server. */
async function write({ server, key, acknowledged }: Subject): Promise<{ status: number; detail: string }> {
  const insight = { summary: crypto.randomUUID(), detail: "long ".repeat(1_500), action: "a" };
  const { status, body } = await call<{ id?: string; detail?: string }>(server.url, "POST /knowledge", {
    bearer: key,
    json: { ...proposal(), insight },
  });
  if (body.id !== undefined) acknowledged.push(body.id);
  return { status, detail: body.detail ?? "" };
}

/** Writes until one is not taken. */
async function untilRefused(subject: Subject): Promise<{ status: number; detail: string }> {
  for (;;) {
    const answer = await write(subject);
    if (answer.status !== 201) return answer;
  }
}

/** Checks that a server writes again, ends in order, and has kept what it acknowledged and nothing else. */
async function recovers(subject: Subject): Promise<void> {
  await until(async () => (await write(subject)).status === 201, "a proposal is taken again");
  await readsGoOn(subject);
  subject.server.kill("SIGTERM");
  deepEqual(await within(subject.server.status, "the server to end"), SERVED);
  equal(subject.server.errors(), "");
  deepEqual(integrityProblems(subject.databasePath), []);
  using database = new DatabaseSync(subject.databasePath, { readOnly: true });
  const ids = (query: string): unknown[] => database.prepare(query).all().map((row) => row["id"]).sort();
  const expected = subject.acknowledged.toSorted();
  deepEqual(ids("SELECT id FROM knowledge_units"), expected);
  deepEqual(ids("SELECT unit_id AS id FROM knowledge_events WHERE kind = 'proposed'"), expected);
  deepEqual(ids("SELECT unit_id AS id FROM knowledge_unit_domains"), expected);
}

Deno.test({
  name: "on a full disk reads go on, writes are a 507 that says so, and writing goes on once there is room",
  ignore: !MAY_MOUNT,
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    await using volume = await smallVolume(directory.file("volume"), 8);
    await using subject = await subjectOn(`${volume.path}/cq.db`);
    for (let round = 0; round < 2; round++) {
      await volume.fill();
      const { status, detail } = await untilRefused(subject);
      equal(status, 507);
      match(detail, /disk .* is full/);
      for (let count = 0; count < 5; count++) equal((await write(subject)).status, 507);
      await readsGoOn(subject);
      await volume.clear();
      equal((await write(subject)).status, 201);
    }
    await recovers(subject);
  },
});

Deno.test({
  name:
    "where files may not grow any more reads go on, writes are refused, and writing goes on once they may",
  ignore: Deno.build.os !== "linux",
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    // Else the signal that tells of it would end the process.
    const command = ["sh", "-c", `trap "" XFSZ; exec "$@"`, "sh", ...serverCommand()];
    await using subject = await subjectOn(directory.file("cq.db"), command);
    const limit = (bytes: string): Promise<void> =>
      run("prlimit", `--pid=${subject.server.pid}`, `--fsize=${bytes}:`);
    await limit("1000000");
    // A little is taken again each time, as what the log holds is brought into the file.
    for (let round = 0; round < 5; round++) {
      const { status, detail } = await untilRefused(subject);
      ok(status === 503 || status === 507, String(status));
      match(detail, /disk/);
      await readsGoOn(subject);
    }
    await limit("unlimited");
    await recovers(subject);
  },
});

Deno.test("while the folder of the database is away nothing is written, not even a new database; reads go on", async () => {
  await using directory = await temporaryDirectory();
  const folder = directory.file("data");
  await Deno.mkdir(folder);
  await using subject = await subjectOn(`${folder}/cq.db`);
  await Deno.rename(folder, directory.file("away"));
  const gone = await write(subject);
  equal(gone.status, 503);
  match(gone.detail, /gone/);

  // As a mount point looks like without its volume.
  await Deno.mkdir(folder);
  equal((await write(subject)).status, 503);
  await readsGoOn(subject);
  deepEqual([...Deno.readDirSync(folder)], []);

  await Deno.writeTextFile(`${folder}/cq.db`, "");
  match((await write(subject)).detail, /^Another file/);
  await Deno.remove(folder, { recursive: true });
  await Deno.rename(directory.file("away"), folder);
  await recovers(subject);
});

Deno.test({
  name: "a volume that is unmounted and mounted again is written to again",
  ignore: !MAY_MOUNT,
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    await using volume = await smallVolume(directory.file("volume"), 16);
    const mountPoint = directory.file("mounted");
    await Deno.mkdir(mountPoint);
    await run("mount", "--bind", volume.path, mountPoint);
    await using subject = await subjectOn(`${mountPoint}/cq.db`);
    await run("umount", "--lazy", mountPoint);
    equal((await write(subject)).status, 503);
    await readsGoOn(subject);
    await run("mount", "--bind", volume.path, mountPoint);
    try {
      await recovers(subject);
    } finally {
      await run("umount", "--lazy", mountPoint);
    }
  },
});

Deno.test({
  name:
    "on a disk that fails reads go on, writes are a 503, and once it is repaired the server goes on without a restart",
  ignore: !HAS_DISKS,
  async fn(): Promise<void> {
    await using directory = await temporaryDirectory();
    const folder = directory.file("disk");
    await using disk = await failingDisk(directory.file("image"), folder);
    await using subject = await subjectOn(`${folder}/cq.db`);
    await disk.fail();
    for (let count = 0; count < 5; count++) equal((await write(subject)).status, 503);
    await readsGoOn(subject);
    await disk.unmount();
    match((await write(subject)).detail, /gone/);
    await disk.repair();
    await recovers(subject);
  },
});
