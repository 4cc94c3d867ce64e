import assert from "node:assert/strict";
import { family, untilIdle, usageOf } from "../../bench/processes.ts";
import { within } from "../fixtures/waiting.ts";

const SPINNING = "for (;;);";

interface Child extends AsyncDisposable {
  readonly pid: number;
}

/** A shell that starts another process: how a launcher starts a server. */
function shell(script: string): Child {
  const child = new Deno.Command("sh", { args: ["-c", `${script}\ntrue`], stdin: "null", stdout: "null" })
    .spawn();
  return {
    pid: child.pid,
    async [Symbol.asyncDispose](): Promise<void> {
      for (const { pid } of family(child.pid)) Deno.kill(pid, "SIGKILL");
      await child.status;
    },
  };
}

async function untilUsed(pid: number, cpu_ms: number): Promise<void> {
  while (usageOf(pid).cpu_ms < cpu_ms) await new Promise((resolve) => setTimeout(resolve, 10));
}

Deno.test("what a process uses includes what it started", async () => {
  await using child = shell(`${Deno.execPath()} eval '${SPINNING}'`);
  await within(untilUsed(child.pid, 300), "the child of a child to use CPU time");
  const [parent, ...children] = family(child.pid);
  assert.equal(parent!.pid, child.pid);
  assert.ok(children.length > 0);
  assert.ok(parent!.cpu_ms < usageOf(child.pid).cpu_ms);
  const { resident_MiB, peak_MiB } = usageOf(child.pid);
  assert.ok(resident_MiB > usageOf(children[0]!.pid).resident_MiB / 2);
  assert.ok(peak_MiB >= resident_MiB / 2);
});

Deno.test("a process that goes on working never comes to rest, a sleeping one does", async () => {
  // Several, so that together they get a processor beside whatever else runs.
  const spinning = `${Deno.execPath()} eval '${SPINNING}'`;
  await using busy = shell(`${spinning} & ${spinning} & ${spinning}`);
  await within(untilUsed(busy.pid, 300), "the process to be busy");
  assert.equal(await untilIdle(busy.pid, 500), false);
  await using sleeping = shell("sleep 60");
  assert.equal(await untilIdle(sleeping.pid, 10_000), true);
});
