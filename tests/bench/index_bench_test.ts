import assert from "node:assert/strict";
import { ROOT } from "../fixtures/source_tree.ts";

async function bench(...args: string[]): Promise<{ success: boolean; stdout: string; stderr: string }> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--frozen", "-A", "--no-check", `${ROOT}/bench/index.ts`, ...args],
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { success, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

Deno.test("the micro-benchmark measures every operation of the projection for every distribution and size", async () => {
  const { success, stdout, stderr } = await bench("--units", "300,700", "--searches", "50", "--json");
  assert.ok(success, stderr);
  const timings = JSON.parse(stdout);
  const operations = [
    "load 500 units",
    "list: one slice",
    "search, typical",
    "search, hottest tags",
    "search, hottest tags and a rare context",
    "update",
  ];
  const expected = [300, 700].flatMap((units) =>
    ["earned", "all equal", "all different"].flatMap((distribution) =>
      operations.map((what) => `${units}, ${distribution}: ${what}`)
    )
  );
  assert.deepEqual(
    timings.map((timing: Record<string, unknown>) =>
      `${timing["units"]}, ${timing["distribution"]}: ${timing["what"]}`
    ),
    expected,
  );
  for (const { what, p50_us, p99_us, max_us, total_ms } of timings) {
    assert.ok(0 < p50_us && p50_us <= p99_us && p99_us <= max_us && max_us / 1000 <= total_ms, what);
  }
});

Deno.test("the micro-benchmark refuses a distribution that it does not know", async () => {
  const { success, stderr } = await bench("--units", "10", "--distribution", "earned,odd");
  assert.ok(!success);
  assert.match(stderr, /--distribution odd is none of earned,all equal,all different/);
});
