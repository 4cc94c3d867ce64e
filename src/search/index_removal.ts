import type { Transaction } from "../database/database.ts";
import { type Sql, sql } from "../database/sql.ts";
import { countingOf, indexingOf, WORD_RULES } from "./indexing.ts";
import { type ChangedText, holdIndexState } from "./text_store.ts";

/** The statements that take a unit out of the index of words at once, without waiting for whoever keeps the index up. */
export async function indexRemoval(transaction: Transaction, unitId: string): Promise<Sql[]> {
  const { word_rules } = await holdIndexState(transaction);
  // What a newer version indexed by rules of its own, it removes itself with the next change it reads.
  if (word_rules !== WORD_RULES) return [];
  const indexed = await transaction.first<Pick<ChangedText, "number" | "scope" | "fingerprint" | "impacts">>(
    sql`
    SELECT number, scope, fingerprint, impacts FROM knowledge_text WHERE unit_id = ${unitId}`,
  );
  if (indexed === undefined) return [];
  const removed = indexingOf({ seq: 0, unit_id: unitId, status: null, data: null, ...indexed });
  return [...removed.statements, ...countingOf([removed])];
}
