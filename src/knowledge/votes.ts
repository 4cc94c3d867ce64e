import type { Queryable } from "../database/database.ts";
import { type Sql, sql } from "../database/sql.ts";

/** What moves a unit's confidence. */
export type VoteKind = "confirmed" | "flagged";

interface Vote {
  readonly unitId: string;
  /** The name of the user, whichever of the user's keys was used. */
  readonly principal: string;
  readonly kind: VoteKind;
}

/** Whether a principal's word has counted in a unit's confidence already. */
export async function hasVoted(database: Queryable, { unitId, principal, kind }: Vote): Promise<boolean> {
  const vote = await database.first(sql`
    SELECT 1 AS one FROM knowledge_votes
    WHERE unit_id = ${unitId} AND principal = ${principal} AND kind = ${kind}`);
  return vote !== undefined;
}

/** The statement that writes down that a principal's word counted. */
export function voteInsertion({ unitId, principal, kind }: Vote, at: string): Sql {
  return sql`
    INSERT INTO knowledge_votes (unit_id, principal, kind, voted_at)
    VALUES (${unitId}, ${principal}, ${kind}, ${at}) ON CONFLICT DO NOTHING`;
}
