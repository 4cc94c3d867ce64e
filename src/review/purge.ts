import type { Database, Transaction } from "../database/database.ts";
import { type Sql, sql } from "../database/sql.ts";
import { conflict, invalid } from "../errors.ts";
import { eventInsertion } from "../events/events.ts";
import { detailedEvents, detailPurge, hasEvents, keptHashes, purgedAmong } from "../events/purged.ts";
import type { Screening } from "../knowledge/screening.ts";
import { REVIEW_NOTE_MAX_CHARS } from "../limits.ts";
import { indexRemoval } from "../search/index_removal.ts";
import { removal as vectorRemoval } from "../search/vector_store.ts";
import type { Caller } from "../wire/endpoint.ts";
import { codePointLength, trimSpace } from "../wire/text.ts";
import { type Clock, isoOffset } from "../wire/time.ts";
import { unknownUnit } from "./decisions.ts";
import { holdUnit } from "./decision_store.ts";

/** Removing for good what must not be kept: personal data, or a secret that got through. */
export interface Purge {
  /**
   * Removes a unit with everything that is stored of its text. Its events stay, without their details, and one more says who
   * purged it and why.
   *
   * @returns the number of events that lost their details.
   * @throws {CqError} 404 where nothing is known of such a unit, 409 where it was purged before, 422 without a good reason.
   */
  purge(id: string, request: { reason: string; by: Pick<Caller, "username" | "apiKeyId"> }): Promise<number>;
}

interface Dependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly screening: Screening;
}

/** Purges in `database`. Every replica sees the change before its next answer, as it does any other. */
export function createPurge({ database, clock, screening }: Dependencies): Purge {
  return {
    async purge(id, { reason, by }): Promise<number> {
      const why = await checkedReason(reason, screening);
      // No id holds a NUL, and Postgres takes none into a text.
      if (id.includes("\0")) throw unknownUnit();
      return await database.transaction(async (transaction) => {
        const row = await holdUnit(transaction, id);
        if (row === undefined) await checkPurgeable(transaction, id);
        const events = await detailedEvents(transaction, id);
        const at = isoOffset(clock.now());
        const detail = { reason: why, details: keptHashes(events) };
        await transaction.batch([
          ...await indexRemoval(transaction, id),
          ...vectorRemoval([id]),
          ...rowRemoval(id),
          detailPurge(id),
          eventInsertion({ unitId: id, kind: "purged", by, at, detail }),
        ]);
        return events.length;
      });
    },
  };
}

async function checkedReason(reason: string, screening: Screening): Promise<string> {
  const why = trimSpace(reason);
  if (why === "") throw invalid("Say why the unit is purged, without what must not be kept");
  if (codePointLength(why) > REVIEW_NOTE_MAX_CHARS) {
    throw invalid(`The reason has at most ${REVIEW_NOTE_MAX_CHARS} characters`);
  }
  await screening.text(why, "reason");
  return why;
}

/** Another program may have removed the row: what is left of it can be purged all the same. */
async function checkPurgeable(transaction: Transaction, id: string): Promise<void> {
  if (!await hasEvents(transaction, id)) throw unknownUnit();
  const isPurged = (await purgedAmong(transaction, [id])).has(id);
  if (isPurged) throw conflict("This unit was purged before; nothing of its text is left");
}

// Its domains, votes, findings, flags and claims go with the unit.
function rowRemoval(id: string): Sql[] {
  return [
    sql`DELETE FROM knowledge_proposals WHERE unit_id = ${id}`,
    sql`DELETE FROM knowledge_units WHERE id = ${id}`,
  ];
}
