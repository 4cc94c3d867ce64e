import type { Queryable } from "../database/database.ts";
import { bytewise } from "../database/dialect.ts";
import { sql } from "../database/sql.ts";
import { readableUnit } from "../knowledge/readable.ts";
import type { DoubtPolicy } from "../knowledge/standing.ts";
import type { UnitRow } from "../knowledge/store.ts";
import type { KnowledgeUnit } from "../knowledge/unit.ts";
import { unitsByIds } from "./list_store.ts";

/** An approved unit in doubt. */
export interface AgeingUnit {
  readonly unit: KnowledgeUnit;
  readonly row: UnitRow;
  readonly unansweredFlags: number;
  /** The day in UTC, `YYYY-MM-DD`, since which nobody confirmed or verified it; null where none is known. */
  readonly freshDay: string | null;
}

/** The approved units in doubt that most need somebody to look at them, and whether there are more. */
export interface Ageing {
  /** With flags that nobody answered, most flags first. */
  readonly disputed: readonly AgeingUnit[];
  /** That nobody confirmed for too long, and nobody flagged: longest first. */
  readonly stale: readonly AgeingUnit[];
  readonly hasMore: boolean;
}

interface DoubtRow {
  readonly unit_id: string;
  readonly unanswered_flags: number | null;
  readonly fresh_day: string | null;
}

/** Units in doubt on a day since 1970, at most `limit` of each kind. */
export async function ageingUnits(
  database: Queryable,
  { policy, today, limit }: { policy: DoubtPolicy; today: number; limit: number },
): Promise<Ageing> {
  const [disputed, stale] = await Promise.all([
    disputedUnits(database, limit + 1),
    staleUnits(database, dayText(today - policy.confirmWithin_days), limit + 1),
  ]);
  const shown = [...disputed.slice(0, limit), ...stale.slice(0, limit)];
  const rows = new Map(
    (await unitsByIds(database, shown.map(({ unit_id }) => unit_id))).map((row) => [row.id, row]),
  );
  const found = (doubts: readonly DoubtRow[]): AgeingUnit[] =>
    doubts.slice(0, limit).flatMap(({ unit_id, unanswered_flags, fresh_day }) => {
      const row = rows.get(unit_id);
      const unit = row === undefined ? undefined : readableUnit(row);
      if (row === undefined || unit === undefined) return [];
      return [{ unit, row, unansweredFlags: unanswered_flags ?? 0, freshDay: fresh_day }];
    });
  return {
    disputed: found(disputed),
    stale: found(stale),
    hasMore: disputed.length > limit || stale.length > limit,
  };
}

function disputedUnits(database: Queryable, limit: number): Promise<DoubtRow[]> {
  return database.all<DoubtRow>(sql`
    SELECT unit_id, unanswered_flags, fresh_day FROM knowledge_changes
    WHERE unanswered_flags > 0 ORDER BY unanswered_flags DESC, ${bytewise(sql`unit_id`)} LIMIT ${limit}`);
}

/** @param before the first day, `YYYY-MM-DD`, since which a unit is still fresh enough. */
function staleUnits(database: Queryable, before: string, limit: number): Promise<DoubtRow[]> {
  return database.all<DoubtRow>(sql`
    SELECT unit_id, unanswered_flags, fresh_day FROM knowledge_changes
    WHERE fresh_day IS NOT NULL AND ${bytewise(sql`fresh_day`)} < ${before} AND unanswered_flags = 0
    ORDER BY ${bytewise(sql`fresh_day`)}, ${bytewise(sql`unit_id`)} LIMIT ${limit}`);
}

function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
