import { deepEqual, ok } from "node:assert/strict";
import { DIFFERENCES } from "../../src/compatibility.ts";
import { loadCases } from "./case_file.ts";
import { runCase } from "./run_case.ts";

const NAMED = Object.values(DIFFERENCES).flatMap(({ cases }): readonly string[] => cases);

for (const recorded of loadCases()) {
  const differs = NAMED.includes(recorded.id);
  Deno.test(`by default, ${recorded.id} ${differs ? "differs" : "passes"} as the documentation says`, async () => {
    const problems = await runCase(recorded, { place: "here", compatibility: "default" });
    if (differs) ok(problems.length > 0, "it passes: take it off the list");
    else deepEqual(problems, []);
  });
}
