import { deepEqual, equal, match, ok } from "node:assert/strict";
import { reportOf, type Watched } from "../../bench/soak_run.ts";
import { growth, type Sample, slopePerMinute } from "../../bench/trend.ts";
import { ROOT } from "../fixtures/source_tree.ts";

const MINUTES = 30;

/** Thirty samples a minute of something that begins at 100, swings, and grows by so much in a minute. */
function samples(perMinute: number, swing = 0): Sample[] {
  return Array.from({ length: MINUTES * 30 }, (_, index) => {
    const at_min = index / 30;
    return { at_min, value: 100 + at_min * perMinute + (index % 7) * swing };
  });
}

function watched(parts: Partial<Watched>): Watched {
  const calls = samples(0).map(({ at_min }) => ({ caller: "query", at_min, took_ms: 2 }));
  return { memory_MiB: samples(0), files: samples(0), calls, refused: 0, failures: [], ...parts };
}

Deno.test("the slope of a line is its own, whatever swings about it", () => {
  equal(slopePerMinute([{ at_min: 1, value: 5 }, { at_min: 3, value: 9 }]), 2);
  ok(Math.abs(slopePerMinute(samples(-3, 10)) + 3) < 0.05);
  equal(slopePerMinute([{ at_min: 1, value: 5 }]), 0);
  equal(growth([1, 2, 3, 9, 8, 9].map((value, at_min) => ({ at_min, value }))), 7);
});

Deno.test("a soak tells of memory and descriptors that grow, and not of those that swing", () => {
  deepEqual(reportOf(watched({ memory_MiB: samples(0.5, 5), files: samples(0, 1) }), MINUTES).problems, []);
  match(
    reportOf(watched({ memory_MiB: samples(5) }), MINUTES).problems.join(),
    /^memory grows by 5.00 MiB a minute/,
  );
  match(reportOf(watched({ files: samples(1) }), MINUTES).problems.join(), /more files are open at the end$/);
  deepEqual(reportOf(watched({ failures: ["query: 500"] }), MINUTES).problems, ["query: 500"]);
  deepEqual(reportOf(watched({ calls: [] }), MINUTES).problems, ["nobody called"]);
});

Deno.test({
  name:
    "two minutes of everything that a server is used for leave its memory and its descriptors as they were",
  ignore: Deno.build.os !== "linux",
  async fn(): Promise<void> {
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--frozen",
        "-A",
        "--no-check",
        `${ROOT}/bench/soak.ts`,
        "--minutes=2",
        "--units=1000",
        "--json",
      ],
      env: { NO_COLOR: "1" },
      stdin: "null",
    }).output();
    const text = new TextDecoder().decode(stdout);
    ok(success, text + new TextDecoder().decode(stderr));
    const { calls, p99_ms, problems } = JSON.parse(text);
    deepEqual(problems, []);
    ok(calls > 120, String(calls));
    // Everything had its turn.
    for (
      const caller of [
        "query",
        "question",
        "confirm",
        "query over MCP",
        "propose and review",
        "page",
        "login",
      ]
    ) {
      ok(p99_ms[caller] > 0, caller);
    }
  },
});
