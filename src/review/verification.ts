import { type Sql, sql } from "../database/sql.ts";
import { conflict } from "../errors.ts";
import { eventInsertion } from "../events/events.ts";
import { readable } from "../knowledge/readable.ts";
import type { Caller } from "../wire/endpoint.ts";
import { isoOffset } from "../wire/time.ts";
import { holdUnit } from "./decision_store.ts";
import { checkProposer, existing, type Parts } from "./decisions.ts";
import { type Remark, remarkDetail } from "./reasons.ts";

interface Verification extends Remark {
  readonly id: string;
  readonly caller: Caller;
}

/**
 * Says that an approved unit is right as it is: its flags up to now are answered, and it is fresh from now on.
 *
 * @throws {CqError} 409 where it is not approved, 403 where nobody verifies their own and the caller proposed it.
 */
export async function verify(
  { database, clock, allowsSelfReview }: Parts,
  request: Verification,
): Promise<void> {
  const { id, caller } = request;
  await database.transaction(async (transaction) => {
    const row = existing(await holdUnit(transaction, id));
    if (row.status !== "approved") {
      throw conflict(`This unit is ${row.status}; only an approved one is verified`);
    }
    if (allowsSelfReview === false) checkProposer(row, { caller, act: "verify" });
    const now = isoOffset(clock.now());
    await transaction.batch(
      verifying({ id, flags: readable(row).unit.flags.length, caller, now, said: remarkDetail(request) }),
    );
  });
}

/** The statements that make an approved unit right as it is from `now` on. */
export function verifying({ id, flags, caller, now, said }: {
  readonly id: string;
  /** How many flags it has. */
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
