import { deepEqual } from "node:assert/strict";
import { DIFFERENCES } from "../../src/compatibility.ts";
import { filesIn, readSource } from "../fixtures/source_tree.ts";

Deno.test("the switch is asked about every difference that is listed, and about no other", async () => {
  const asked = new Set<string>();
  const readers: string[] = [];
  for (const path of [...await filesIn("src", ".ts"), ...await filesIn("src", ".tsx")]) {
    const text = await readSource(path);
    for (const [, name] of text.matchAll(/\brestores\("(\w+)"\)/g)) asked.add(name!);
    if (/\bisStrict\b/.test(text)) readers.push(path);
  }
  deepEqual([...asked].sort(), Object.keys(DIFFERENCES).sort());
  // Whoever else read the switch could differ without being listed.
  deepEqual(readers.sort(), ["src/compatibility.ts", "src/config.ts", "src/http/server.ts"]);
});
