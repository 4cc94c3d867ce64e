import type { Database } from "../database/database.ts";
import { conflict, invalid } from "../errors.ts";
import { eventInsertion } from "../events/events.ts";
import { readable } from "../knowledge/readable.ts";
import { findUnit, unitReplacement, type UnitRow } from "../knowledge/store.ts";
import { rewriteUnit } from "../knowledge/unit.ts";
import type { Caller } from "../wire/endpoint.ts";
import { type Clock, isoOffset } from "../wire/time.ts";
import { holdUnit, retirement } from "./decision_store.ts";
import { existing, notApproved } from "./decisions.ts";
import { type Remark, remarkDetail } from "./reasons.ts";

interface Parts {
  readonly database: Database;
  readonly clock: Clock;
}

interface Retirement extends Remark {
  readonly id: string;
  readonly caller: Caller;
}

/** Takes an approved unit out of service: no agent is served it any longer. */
export async function retire({ database, clock }: Parts, request: Retirement): Promise<void> {
  const { id, caller } = request;
  const detail = remarkDetail(request);
  await database.transaction(async (transaction) => {
    checkApproved(existing(await holdUnit(transaction, id)));
    const now = isoOffset(clock.now());
    const event = { unitId: id, kind: "retired" as const, by: caller, at: now };
    await transaction.batch([
      retirement({ id, reviewer: caller.username, now }),
      eventInsertion(detail === undefined ? event : { ...event, detail }),
    ]);
  });
}

/** The unit that takes the place of another one, and the status that the caller saw it in, if any. */
export interface Successor {
  readonly id: string;
  readonly seenStatus?: string | undefined;
}

/** Takes an approved unit out of service and names the unit that takes its place. */
export async function supersede(
  { database, clock }: Parts,
  request: Retirement & { readonly successor: Successor },
): Promise<void> {
  const { id, caller, successor } = request;
  const detail = remarkDetail(request);
  if (successor.id === id) throw invalid("A unit cannot take its own place");
  await database.transaction(async (transaction) => {
    const row = existing(await holdUnit(transaction, id));
    checkApproved(row);
    const other = await findUnit(transaction, successor.id);
    if (other === undefined) throw invalid("There is no such unit to take its place");
    if (successor.seenStatus !== undefined && successor.seenStatus !== other.status) {
      throw conflict(`The unit that was to take its place is ${other.status} by now; look at it again`);
    }
    const { document, unit } = readable(row);
    const data = rewriteUnit(document, { ...unit, superseded_by: successor.id });
    const now = isoOffset(clock.now());
    await transaction.batch([
      // The domains stay as they are.
      ...unitReplacement({ id, data, tier: unit.tier, domains: [] }, []),
      retirement({ id, reviewer: caller.username, now }),
      eventInsertion({
        unitId: id,
        kind: "superseded",
        by: caller,
        at: now,
        detail: { superseded_by: successor.id, ...detail },
      }),
    ]);
  });
}

function checkApproved(row: UnitRow): void {
  if (row.status !== "approved") throw notApproved(row, "can be taken out of service");
}
