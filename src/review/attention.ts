import type { Database } from "../database/database.ts";
import { invalid } from "../errors.ts";
import { eventInsertion } from "../events/events.ts";
import { findUnit } from "../knowledge/store.ts";
import { CLAIM_LIFETIME_S, REVIEW_PAGE, SNOOZE_MAX_S } from "../limits.ts";
import type { Caller } from "../wire/endpoint.ts";
import { type Clock, isoOffset } from "../wire/time.ts";
import { alreadyDecided, existing } from "./decisions.ts";
import { type ClaimRow, claimsOn, releasing, snoozing, waking, writeClaim } from "./attention_store.ts";

const SECOND_US = 1_000_000;

interface Parts {
  readonly database: Database;
  readonly clock: Clock;
}

/** Hides a pending unit from everybody's queue until a moment, in microseconds since 1970. */
export async function snooze(
  { database, clock }: Parts,
  { id, until_us, caller }: { id: string; until_us: number; caller: Caller },
): Promise<void> {
  const now_us = clock.now();
  const isTimely = until_us > now_us && until_us <= now_us + SNOOZE_MAX_S * SECOND_US;
  if (!isTimely) {
    throw invalid(`A unit is put off until a time within the next ${SNOOZE_MAX_S / 86_400} days`);
  }
  const until = isoOffset(until_us);
  await database.transaction(async (transaction) => {
    const [changed] = await transaction.batch([
      snoozing({ unit_id: id, until, snoozed_by: caller.username }),
      eventInsertion({ unitId: id, kind: "snoozed", by: caller, at: isoOffset(now_us), detail: { until } }),
    ]);
    if (changed === 0) {
      throw alreadyDecided(existing(await findUnit(transaction, id)));
    }
  });
}

/** Shows a unit that was put off again. */
export async function wake(
  { database, clock }: Parts,
  { id, caller }: { id: string; caller: Caller },
): Promise<void> {
  await database.transaction(async (transaction) => {
    if (await transaction.run(waking(id)) === 0) return;
    const at = isoOffset(clock.now());
    await transaction.run(eventInsertion({ unitId: id, kind: "woken", by: caller, at }));
  });
}

/** Tells the others that somebody has a pending unit open, for a while; returns who else has. It blocks nobody. */
export async function claim(
  { database, clock }: Parts,
  { id, caller }: { id: string; caller: Caller },
): Promise<string[]> {
  const now_us = clock.now();
  const now = isoOffset(now_us);
  const expiresAt = isoOffset(now_us + CLAIM_LIFETIME_S * SECOND_US);
  const { username } = caller;
  await database.transaction((transaction) =>
    writeClaim(transaction, { unitId: id, username, now, expiresAt })
  );
  const claims = await claimsOn(database, [id], now);
  return claims.map((row) => row.username).filter((name) => name !== username);
}

/** What others do while somebody sits in front of a list with one unit open. */
export interface Attention {
  /** Who else has the open unit open. */
  readonly others: readonly string[];
  /** Who decided what on the open unit meanwhile; undefined while it is pending. */
  readonly decided: string | undefined;
  /** The same of the units that are listed: unit to names. */
  readonly openedBy: ReadonlyMap<string, readonly string[]>;
}

/** Renews a claim, and tells what others do about that unit and the ones listed beside it. */
export async function watch(
  parts: Parts,
  { id, listed, caller }: { id: string; listed: readonly string[]; caller: Caller },
): Promise<Attention> {
  const others = await claim(parts, { id, caller });
  const { database, clock } = parts;
  const [row, claims] = await Promise.all([
    findUnit(database, id),
    claimsOn(database, listed.slice(0, REVIEW_PAGE), isoOffset(clock.now())),
  ]);
  const unit = existing(row);
  return {
    others,
    decided: unit.status === "pending" ? undefined : alreadyDecided(unit).message,
    openedBy: namesByUnit(claims.filter(({ username }) => username !== caller.username)),
  };
}

/** Ends a claim: its owner went on. */
export async function release(
  { database }: Parts,
  { id, caller }: { id: string; caller: Caller },
): Promise<void> {
  await database.transaction((transaction) => transaction.run(releasing(id, caller.username)));
}

/** Claims by unit. */
export function namesByUnit(claims: readonly ClaimRow[]): Map<string, string[]> {
  const byUnit = Map.groupBy(claims, ({ unit_id }) => unit_id);
  return new Map([...byUnit].map(([id, rows]) => [id, rows.map(({ username }) => username)]));
}
