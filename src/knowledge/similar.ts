import type { Database } from "../database/database.ts";
import { list, sql } from "../database/sql.ts";
import { likenessText, likenessTo } from "../guard/likeness.ts";
import { SIMILAR_CANDIDATES, SIMILAR_LIKENESS_MIN } from "../limits.ts";
import { wordsAsConcepts } from "../search/question.ts";
import type { TextIndex } from "../search/text_index.ts";
import type { Scope } from "../search/text_store.ts";
import { readableUnit } from "./readable.ts";
import { compareText } from "./ranking.ts";
import { UNIT_COLUMNS, type UnitRow } from "./store.ts";
import type { KnowledgeUnit } from "./unit.ts";

/** A unit that says about the same as another one. */
export interface SimilarUnit {
  readonly unit: KnowledgeUnit;
  readonly status: string;
  /** The share of their runs of three words that both have, from {@link SIMILAR_LIKENESS_MIN} to 1. */
  readonly likeness: number;
}

interface SimilarRequest {
  /** The change up to which the answer must know. */
  readonly newest: number;
  /** Whether units count that nobody approved: reviewers may see them, agents may not. */
  readonly withUnapproved: boolean;
  readonly limit: number;
}

/** The units that say about the same as this one, the most alike first. They are looked for among those that share its rarest words. */
export async function similarUnits(
  { database, index }: { database: Database; index: TextIndex },
  { id, insight }: Pick<KnowledgeUnit, "id" | "insight">,
  { newest, withUnapproved, limit }: SimilarRequest,
): Promise<SimilarUnit[]> {
  const text = likenessText(insight);
  const concepts = wordsAsConcepts(text);
  const scopes: readonly Scope[] = withUnapproved ? ["a", "o"] : ["a"];
  const found = await Promise.all(
    scopes.map((scope) => index.search(concepts, { scope, newest, limit: SIMILAR_CANDIDATES })),
  );
  const ids = found.flatMap(({ hits }) => hits.map((hit) => hit.id)).filter((other) => other !== id);
  const likeness = likenessTo(text);
  return (await unitsOf(database, ids))
    .filter(({ status }) => withUnapproved || status === "approved")
    .flatMap((row) => {
      const unit = readableUnit(row);
      return unit === undefined
        ? []
        : [{ unit, status: row.status, likeness: likeness(likenessText(unit.insight)) }];
    })
    .filter((similar) => similar.likeness >= SIMILAR_LIKENESS_MIN)
    .sort((a, b) => b.likeness - a.likeness || compareText(b.unit.id, a.unit.id))
    .slice(0, limit);
}

async function unitsOf(database: Database, ids: readonly string[]): Promise<UnitRow[]> {
  if (ids.length === 0) return [];
  return await database.all<UnitRow>(sql`
    SELECT ${UNIT_COLUMNS} FROM knowledge_units WHERE id IN (${list(ids)})`);
}
