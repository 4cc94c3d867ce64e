import assert from "node:assert/strict";
import { DEFAULT_CONTENT, makeDatabase } from "../../bench/make_database.ts";
import { fileDigest, temporaryDirectory } from "../fixtures/directory.ts";
import { startServer } from "../fixtures/server_process.ts";
import { ROOT } from "../fixtures/source_tree.ts";

const CONTENT = { ...DEFAULT_CONTENT, units: 200 };

async function bench(...args: string[]): Promise<{ success: boolean; stdout: string; stderr: string }> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--frozen", "-A", "--no-check", `${ROOT}/bench/main.ts`, ...args],
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { success, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

Deno.test("the benchmark's database is the same to the last byte for the same seed, and another for another", async () => {
  await using directory = await temporaryDirectory();
  const digest = async (name: string, seed: number): Promise<string> => {
    await makeDatabase(directory.file(name), { ...CONTENT, seed });
    return await fileDigest(directory.file(name));
  };
  const first = await digest("a.db", 1);
  assert.equal(await digest("b.db", 1), first);
  assert.notEqual(await digest("c.db", 2), first);
});

Deno.test("the benchmark measures two servers on the same data: they answer alike, and every answer is right", async () => {
  await using directory = await temporaryDirectory();
  await makeDatabase(directory.file("other.db"), CONTENT);
  await using other = await startServer({
    databasePath: directory.file("other.db"),
    env: { CQ_API_KEY_PEPPER: CONTENT.pepper, CQ_LOG_LEVEL: "error" },
  });
  const short = ["--seconds", "0.3", "--rounds", "1", "--connections", "2", "--units", String(CONTENT.units)];
  const { success, stdout, stderr } = await bench("--other", other.url, "--json", ...short);
  assert.ok(success, stderr);

  const { answers, problems, rows } = JSON.parse(stdout);
  assert.deepEqual(answers, { asked: 200, equal: 200, differences: [] });
  assert.deepEqual(problems, []);
  const rates = rows.filter((row: { unit: string }) => row.unit === "req/s");
  assert.deepEqual(
    rates.map((row: { name: string }) => row.name),
    ["health", "query", "query of the hottest tags", "propose", "confirm"],
  );
  for (const { name, ours, other, ratio } of rates) {
    assert.ok(ours.median > 0 && other.median > 0, `${name} was not measured`);
    assert.equal(ratio.median, ours.median / other.median);
  }
});

for (const address of ["http://192.0.2.1:3000", "https://127.0.0.1:3000", "http://127.0.0.1", "somewhere"]) {
  Deno.test(`the benchmark refuses to load ${address}: only a port of this machine`, async () => {
    const { success, stderr } = await bench("--other", address);
    assert.ok(!success);
    assert.match(stderr, /only http:\/\/127\.0\.0\.1:PORT is measured/);
  });
}
