import { eventInsertion } from "../events/events.ts";
import { findingsReplacement } from "../knowledge/findings.ts";
import { createScreening } from "../knowledge/screening.ts";
import { readable } from "../knowledge/readable.ts";
import { unitDomains, unitReplacement } from "../knowledge/store.ts";
import { rewriteUnit } from "../knowledge/unit.ts";
import type { Caller } from "../wire/endpoint.ts";
import { isoOffset } from "../wire/time.ts";
import { holdUnit } from "./decision_store.ts";
import { checkProposer, existing, notApproved, type Parts } from "./decisions.ts";
import {
  acknowledged,
  checkedEdit,
  checkMark,
  checkNotEmptied,
  differences,
  editable,
  edited,
  guardedText,
  keepingLineEnds,
  type MarkedEdit,
} from "./edits.ts";
import { type Remark, remarkDetail } from "./reasons.ts";
import { answeredFlags, verifying } from "./verification.ts";

/** A correction of an approved unit. */
export interface Correction extends Remark, MarkedEdit {
  readonly id: string;
  /** How many of the unit's flags the caller saw: these are answered. */
  readonly flagsSeen: number;
  readonly caller: Caller;
}

/**
 * Corrects an approved unit, which stays approved and is right from now on: the flags that the caller saw are answered. What was
 * changed stays in the history.
 *
 * @returns how many flags nobody answered yet.
 * @throws {CqError} 422 under the same rules as a proposal and where a text is emptied, 409 where it is not approved or was changed meanwhile.
 */
export async function correct(
  { database, clock, allowsSelfReview, screening = createScreening() }: Parts,
  { id, edit, mark, flagsSeen, caller, ...remark }: Correction,
): Promise<number> {
  const checked = checkedEdit(edit);
  const findings = (await screening.unit(guardedText(checked))).map(acknowledged);
  const said = remarkDetail(remark);
  return await database.transaction(async (transaction) => {
    const row = existing(await holdUnit(transaction, id));
    if (row.status !== "approved") throw notApproved(row, "is corrected");
    if (allowsSelfReview === false) checkProposer(row, { caller, act: "correct" });
    const { document, unit } = readable(row);
    checkMark(unit, mark);
    const before = editable(unit);
    const after = keepingLineEnds(before, checked);
    checkNotEmptied(before, after);
    const changes = differences(before, after);
    const now = isoOffset(clock.now());
    const event = { unitId: id, by: caller, at: now, kind: "edited" as const, detail: { changes } };
    const replacement = {
      id,
      data: rewriteUnit(document, edited(unit, after)),
      tier: unit.tier,
      domains: after.domains,
    };
    const { length: all } = unit.flags;
    const flags = await answeredFlags(transaction, { id, all, flagsSeen });
    const isChanged = Object.keys(changes).length > 0;
    await transaction.batch([
      ...(isChanged
        ? [...unitReplacement(replacement, await unitDomains(transaction, id)), eventInsertion(event)]
        : []),
      ...findingsReplacement(id, findings, now),
      ...verifying({ id, flags, caller, now, said }),
    ]);
    return all - flags;
  });
}
