import { deepEqual, ok } from "node:assert/strict";
import { testApp } from "../fixtures/app.ts";
import { readSource } from "../fixtures/source_tree.ts";

const PAGE = "docs/security.md";

interface Requirement {
  readonly id: string;
  readonly state: string;
  readonly proofs: readonly { readonly file: string; readonly test: string }[];
}

async function requirements(): Promise<Requirement[]> {
  const rows = (await readSource(PAGE)).split("\n").filter((line) => /^\| V\d/.test(line));
  return rows.map((row) => {
    const [, id = "", , state = "", proof = ""] = row.split("|").map((cell) => cell.trim());
    const proofs = [...proof.matchAll(/`([^`]+)` "([^"]+)"/g)].map(([, file, test]) => ({
      file: file!,
      test: test!,
    }));
    return { id, state, proofs };
  });
}

Deno.test("every requirement that is said to be met names a test, and every test that is named is there", async () => {
  const rows = await requirements();
  ok(rows.length > 90);
  deepEqual(rows.filter(({ state }) => !/^(?:met|partly|not|n\.a\.)(?:: .+)?$/.test(state)), []);
  deepEqual(rows.filter(({ state, proofs }) => state.startsWith("met") && proofs.length === 0), []);
  const missing: string[] = [];
  for (const { id, proofs } of rows) {
    for (const { file, test } of proofs) {
      const source = await readSource(file).catch(() => "");
      if (!/^tests\/[\w/]+_test\.ts$/.test(file) || !source.includes(test)) {
        missing.push(`${id}: ${file} "${test}"`);
      }
    }
  }
  deepEqual(missing, []);
});

Deno.test("pages that the page on security names exist", async () => {
  await using app = await testApp();
  const pages = app.server.pages.map(({ path }) => path);
  const text = await readSource(PAGE);
  const named = [...text.matchAll(/`(\/(?:units|review|settings)[^`]*)`/g)].map(([, path]) => path!);
  ok(named.length >= 4);
  deepEqual(named.filter((path) => !pages.includes(path)), []);
});
