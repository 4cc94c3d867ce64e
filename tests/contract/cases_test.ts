import { deepEqual } from "node:assert/strict";
import { loadCases } from "./case_file.ts";
import { runCase } from "./run_case.ts";

for (const recorded of loadCases()) {
  Deno.test(`${recorded.id}: ${recorded.title}`, async () => {
    deepEqual(await runCase(recorded), []);
  });
}
