import { deepEqual, ok } from "node:assert/strict";
import { BINARIES } from "../../packaging/compile.ts";
import { readSource } from "../fixtures/source_tree.ts";

const FLAGS = /--v8-flags=[^\s"]+/g;

Deno.test("however the server is started, its heap has the same bounds; the command line has none", async () => {
  const { tasks } = JSON.parse(await readSource("deno.json"));
  const [server, commandLine] = BINARIES.map(({ v8Flags }) => v8Flags.join(" "));
  const files = ["Dockerfile", "packaging/systemd/deno.conf"];
  const starts = [tasks.start, tasks.dev, server, ...await Promise.all(files.map(readSource))];
  const found = starts.map((text) => String(text).match(FLAGS)?.join(" "));
  ok(found[0]?.includes("max-semi-space-size"), "the task start sets none");
  deepEqual(found, starts.map(() => found[0]));
  deepEqual(commandLine?.match(FLAGS), null);
});

Deno.test("however the server is started, what it frees goes back to the system", async () => {
  const { tasks } = JSON.parse(await readSource("deno.json"));
  const files = ["Dockerfile", "packaging/systemd/cq.service"];
  for (const text of [tasks.start, tasks.dev, ...await Promise.all(files.map(readSource))]) {
    for (const setting of ["ARENA_MAX=1", "MMAP_THRESHOLD_=131072", "TRIM_THRESHOLD_=131072"]) {
      ok(String(text).includes(`MALLOC_${setting}`), setting);
    }
  }
});

Deno.test("however the server is started, it has the same permissions; in the image they are narrower", async () => {
  const { tasks } = JSON.parse(await readSource("deno.json"));
  const permissionsIn = (text: string): string[] => [...text.matchAll(/--allow-[^\s"]+/g)].map(String).sort();
  const wanted = permissionsIn(tasks.start);
  deepEqual(permissionsIn(await readSource("packaging/systemd/deno.conf")), wanted);
  deepEqual(permissionsIn(BINARIES[0]!.permissions.join(" ")), wanted);
  deepEqual(permissionsIn(BINARIES[1]!.permissions.join(" ")), permissionsIn(tasks.cli));
  deepEqual(permissionsIn(await readSource("packaging/cq")), permissionsIn(tasks.cli));

  const nameOf = (permission: string): string => permission.split("=")[0]!;
  const command = (await readSource("Dockerfile")).split('CMD ["deno", "run"')[1]!;
  deepEqual(permissionsIn(command).map(nameOf), wanted.map(nameOf));
});
