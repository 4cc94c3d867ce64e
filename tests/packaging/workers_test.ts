import { deepEqual, ok } from "node:assert/strict";
import { WORKERS as COMPILED } from "../../packaging/compile.ts";
import { filesIn, readSource } from "../fixtures/source_tree.ts";

/** Modules that are started by their address, so that nothing that follows imports finds them. */
const WORKERS = (await filesIn("src", ".ts")).filter((path) => path.endsWith("_worker.ts"));

Deno.test("every worker is in both binaries and in the image's cache", async () => {
  ok(WORKERS.length >= 3, "the workers were found");
  deepEqual(COMPILED.toSorted(), WORKERS);
  const dockerfile = await readSource("Dockerfile");
  for (const step of ["deno cache", "deno clean"]) {
    const line = dockerfile.split("\n").find((text) => text.includes(step)) ?? "";
    const patterns = line.split(" ").filter((word) => word.endsWith("_worker.ts"))
      .map((word) => new RegExp(`^${word.replaceAll(".", "\\.").replaceAll("*", "[^/]*")}$`));
    deepEqual(WORKERS.filter((path) => !patterns.some((pattern) => pattern.test(path))), [], line);
  }
});
