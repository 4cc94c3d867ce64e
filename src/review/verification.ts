import type { Transaction } from "../database/database.ts";
import { type Sql, sql } from "../database/sql.ts";
import { eventInsertion } from "../events/events.ts";
import { readable } from "../knowledge/readable.ts";
import type { Caller } from "../wire/endpoint.ts";
import { isoOffset } from "../wire/time.ts";
import { holdUnit } from "./decision_store.ts";
import { checkProposer, existing, notApproved, type Parts } from "./decisions.ts";
import { type Remark, remarkDetail } from "./reasons.ts";

interface Verification extends Remark {
  readonly id: string;
  readonly caller: Caller;
  /** How many of the unit's flags the caller saw: these are answered. */
  readonly flagsSeen: number;
}

/**
 * Says that an approved unit is right as it is: the flags that the caller saw are answered, and it is fresh from now on.
 *
 * @returns how many flags nobody answered yet.
 * @throws {CqError} 409 where it is not approved, 403 where nobody verifies their own and the caller proposed it.
 */
export async function verify(
  { database, clock, allowsSelfReview }: Parts,
  request: Verification,
): Promise<number> {
  const { id, caller, flagsSeen } = request;
  return await database.transaction(async (transaction) => {
    const row = existing(await holdUnit(transaction, id));
    if (row.status !== "approved") throw notApproved(row, "is verified");
    if (allowsSelfReview === false) checkProposer(row, { caller, act: "verify" });
    const now = isoOffset(clock.now());
    const { length: all } = readable(row).unit.flags;
    const flags = await answeredFlags(transaction, { id, all, flagsSeen });
    await transaction.batch(verifying({ id, flags, caller, now, said: remarkDetail(request) }));
    return all - flags;
  });
}

/** How many of a unit's flags, the first of `all`, are answered with those that somebody saw: none that was is open again. */
export async function answeredFlags(
  transaction: Transaction,
  { id, all, flagsSeen }: { id: string; all: number; flagsSeen: number },
): Promise<number> {
  const before = await transaction.first<{ flags_resolved: number }>(sql`
    SELECT flags_resolved FROM knowledge_standing WHERE unit_id = ${id}`);
  return Math.min(all, Math.max(before?.flags_resolved ?? 0, flagsSeen));
}

/** The statements that make an approved unit right as it is from `now` on. */
export function verifying({ id, flags, caller, now, said }: {
  readonly id: string;
  /** How many of its flags are answered, see {@link answeredFlags}. */
  readonly flags: number;
  readonly caller: Caller;
  /** +00:00 form. */
  readonly now: string;
  /** What the reviewer said about it. */
  readonly said: Readonly<Record<string, string>> | undefined;
}): Sql[] {
  const detail = { flags_answered: flags, ...said };
  return [
    standing({ id, flags, now }),
    eventInsertion({ unitId: id, kind: "verified", by: caller, at: now, detail }),
  ];
}

function standing({ id, flags, now }: { id: string; flags: number; now: string }): Sql {
  return sql`
    INSERT INTO knowledge_standing (unit_id, flags_resolved, verified_at) VALUES (${id}, ${flags}, ${now})
    ON CONFLICT (unit_id) DO UPDATE SET
      flags_resolved = excluded.flags_resolved, verified_at = excluded.verified_at`;
}
