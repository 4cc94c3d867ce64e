import type { Queryable } from "../database/database.ts";
import { type Sql, sql } from "../database/sql.ts";
import { UNANSWERED_FLAGS_MAX } from "../limits.ts";
import { normalizeTime } from "../wire/time.ts";
import type { Flag, FlagReason } from "./unit.ts";

interface Flagging {
  readonly unitId: string;
  /** The name of the user, whichever of the user's keys was used. */
  readonly principal: string;
  readonly reason: FlagReason;
}

/** What decides whether one more flag is added to a unit. */
export interface EarlierFlags {
  /** When the principal's latest flag of that reason was added; null where none was. */
  readonly listed_at: string | null;
  /** How many of the unit's flags a reviewer answered: the first so many. */
  readonly resolved: number;
}

/** See {@link EarlierFlags}. */
export async function earlierFlags(
  database: Queryable,
  { unitId, principal, reason }: Flagging,
): Promise<EarlierFlags> {
  const row = await database.first<EarlierFlags>(sql`
    SELECT
      (SELECT voted_at FROM knowledge_votes
        WHERE unit_id = ${unitId} AND principal = ${principal} AND kind = ${kindOf(reason)}) AS listed_at,
      COALESCE((SELECT flags_resolved FROM knowledge_standing WHERE unit_id = ${unitId}), 0) AS resolved`);
  return row!;
}

/**
 * Whether a flag is added to a unit that has these: not while the principal's flag of the same reason waits for an answer, nor
 * where very many wait.
 */
export function hasRoomFor(
  reason: FlagReason,
  { flags, earlier }: { flags: readonly Flag[]; earlier: EarlierFlags },
): boolean {
  const unanswered = flags.slice(earlier.resolved);
  if (unanswered.length >= UNANSWERED_FLAGS_MAX) return false;
  const listedAt = normalizeTime(earlier.listed_at ?? "");
  return !unanswered.some((flag) => flag.reason === reason && flag.timestamp === listedAt);
}

/** The statement that writes down when a principal's flag was added to a unit. */
export function listedFlag({ unitId, principal, reason }: Flagging, at: string): Sql {
  return sql`
    INSERT INTO knowledge_votes (unit_id, principal, kind, voted_at)
    VALUES (${unitId}, ${principal}, ${kindOf(reason)}, ${at})
    ON CONFLICT (unit_id, principal, kind) DO UPDATE SET voted_at = excluded.voted_at`;
}

/** Beside the vote: that one is for good, this one until a reviewer answers. */
function kindOf(reason: FlagReason): string {
  return `flagged:${reason}`;
}
