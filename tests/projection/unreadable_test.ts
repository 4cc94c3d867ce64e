import { deepEqual, equal } from "node:assert/strict";
import { appOn } from "../fixtures/app.ts";
import { onEachEngine } from "../fixtures/engines.ts";
import { answered } from "../fixtures/faults.ts";
import { addRow, storedUnit } from "../fixtures/rows.ts";

/** Units that rank like any other and that nobody can be shown. */
const UNSHOWABLE: readonly Readonly<Record<string, unknown>>[] = [
  { insight: null },
  { flags: [{ reason: "spam" }] },
  { tier: "team" },
  { evidence: { confidence: 0.9, confirmations: "many" } },
];

onEachEngine(
  "who cannot be shown gives place to the next best, and comes back when another program repairs it",
  async (database) => {
    await using app = await appOn(database.open());
    await using program = database.foreignProgram();
    const ids = Array.from({ length: 8 }, (_, index) => `ku_${index}`);
    const fields = (index: number): Record<string, unknown> => ({
      domains: ["d"],
      evidence: { confidence: 0.9 - index / 10 },
    });
    for (const [index, id] of ids.entries()) {
      await addRow(app.database, id, { data: fields(index), domains: ["d"] });
    }
    const found = async (): Promise<string[]> => {
      const { data } = await answered(await app.request("GET", "/api/v1/knowledge?domains=d&limit=3"), 200);
      return data.map(({ id }: { id: string }) => id);
    };
    const write = (index: number, data: unknown): Promise<void> =>
      program.write(`UPDATE knowledge_units SET data = '${JSON.stringify(data)}' WHERE id = '${ids[index]}'`);
    const good = (index: number): Promise<void> => write(index, storedUnit(ids[index]!, fields(index)));
    const bad = (index: number, kind: number): Promise<void> =>
      write(index, storedUnit(ids[index]!, { ...fields(index), ...UNSHOWABLE[kind % UNSHOWABLE.length] }));

    deepEqual(await found(), ids.slice(0, 3));
    for (let round = 0; round < 3; round++) {
      // From the best down to the last: each time the others move up.
      for (const [index] of ids.entries()) {
        await bad(index, index + round);
        const rest = ids.slice(index + 1, index + 4);
        deepEqual(await found(), rest, `round ${round}, ${index + 1} cannot be shown`);
        deepEqual(await found(), rest);
      }
      const { total_count, domain_counts } = await answered(
        await app.request("GET", "/api/v1/knowledge/stats"),
        200,
      );
      deepEqual([total_count, domain_counts], [8, { d: 8 }]);
      for (const [index] of ids.toReversed().entries()) {
        const repaired = ids.length - 1 - index;
        await good(repaired);
        deepEqual(
          await found(),
          ids.slice(repaired, repaired + 3),
          `round ${round}, ${repaired} is repaired`,
        );
      }
    }
    await program.write("DELETE FROM knowledge_unit_domains", "DELETE FROM knowledge_units");
    equal((await found()).length, 0);
  },
);
