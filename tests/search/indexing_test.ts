import { ok } from "node:assert/strict";
import { INDEX_PAGE } from "../../src/limits.ts";
import { TextIndex } from "../../src/search/text_index.ts";
import { testDatabase } from "../fixtures/database.ts";
import { addRow } from "../fixtures/rows.ts";

Deno.test("others have many turns while a page of units is indexed", async () => {
  await using test = await testDatabase({ migrated: true });
  const detail = Array.from({ length: 2_000 }, (_, index) => `word${index}`).join(" ");
  for (let unit = 0; unit < INDEX_PAGE; unit++) {
    const insight = { summary: `unit ${unit}`, detail, action: "a" };
    await addRow(test.database, `ku_${unit}`, { data: { insight } });
  }
  const index = new TextIndex(test.database);
  let turns = 0, isIndexed = false;
  const count = (): void => {
    turns++;
    if (!isIndexed) setTimeout(count, 0);
  };
  count();
  await index.catchUp();
  isIndexed = true;
  await index.close();
  ok(turns > INDEX_PAGE / 5, `${turns} turns`);
});
