import type { Database, Queryable } from "../database/database.ts";
import { conflict, CqError, forbidden, invalid, notFound } from "../errors.ts";
import { eventInsertion } from "../events/events.ts";
import { readableUnit } from "../knowledge/readable.ts";
import type { Screening } from "../knowledge/screening.ts";
import { findUnit, type UnitRow } from "../knowledge/store.ts";
import { parseDocument, rewriteUnit, type Status } from "../knowledge/unit.ts";
import { BULK_MAX, UNDO_WINDOW_S } from "../limits.ts";
import { DECISIONS } from "../telemetry/instruments.ts";
import type { Caller } from "../wire/endpoint.ts";
import { isolated } from "../wire/text.ts";
import { type Clock, isoOffset } from "../wire/time.ts";
import { attentionEnd } from "./attention_store.ts";
import { holdUnit, reopening } from "./decision_store.ts";
import { pendingDecision } from "./store.ts";

export type Verdict = Exclude<Status, "pending">;

/** A decision that was taken; fields in the order of the wire. */
export interface Decision {
  readonly unit_id: string;
  readonly status: Verdict;
  readonly reviewed_by: string;
  readonly reviewed_at: string;
}

export interface Parts {
  readonly database: Database;
  readonly clock: Clock;
  /** Whether reviewers may approve, correct and verify what they proposed; so it is unless told otherwise. */
  readonly allowsSelfReview?: boolean | undefined;
  readonly screening?: Screening;
}

interface DecisionRequest {
  readonly id: string;
  readonly status: Verdict;
  readonly caller: Caller;
  /** What the event keeps of the reasons. */
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
  /** Whether the caller approves the unit although the guard holds it. */
  readonly acknowledgesHold?: boolean | undefined;
  /** The unit that says the same already; it must be there. */
  readonly original?: string | undefined;
  /** Refuses to decide on the unit as it is now, by throwing. */
  readonly check?: ((row: UnitRow) => void) | undefined;
  /** What to say where the unit is decided already. */
  readonly refuse: (row: UnitRow) => CqError;
}

/** 404 for an id nobody has. */
export function unknownUnit(): CqError {
  return notFound("Knowledge unit not found");
}

/** The row that was asked for. @throws {CqError} 404 where there is none. */
export function existing(row: UnitRow | undefined): UnitRow {
  if (row === undefined) throw unknownUnit();
  return row;
}

/** Decides on a pending unit: of several who do so at once, the first one counts. */
export async function takeDecision(
  { database, clock, allowsSelfReview }: Parts,
  { id, status, caller, detail, acknowledgesHold = false, original, check, refuse }: DecisionRequest,
): Promise<Decision> {
  // No id holds a NUL, and Postgres takes none into an event.
  if (id.includes("\0")) throw unknownUnit();
  const decision = await database.transaction(async (transaction) => {
    if (allowsSelfReview === false && status === "approved") {
      checkProposer(existing(await findUnit(transaction, id)), { caller, act: "approve" });
    }
    if (original !== undefined) await checkOriginal(transaction, { id, original });
    if (check !== undefined) {
      const row = existing(await holdUnit(transaction, id));
      if (row.status === "pending") check(row);
    }
    const now = isoOffset(clock.now());
    const event = { unitId: id, kind: status, by: caller, at: now };
    // Sent together: where there was nothing to decide, the rest is undone.
    const [decided] = await transaction.batch([
      pendingDecision({
        id,
        status,
        reviewer: caller.username,
        now,
        skipsHeld: status === "approved" && !acknowledgesHold,
      }),
      eventInsertion(detail === undefined ? event : { ...event, detail }),
      ...attentionEnd(id),
    ]);
    if (decided === 0) {
      const row = existing(await findUnit(transaction, id));
      throw row.status === "pending" ? held() : refuse(row);
    }
    return { unit_id: id, status, reviewed_by: caller.username, reviewed_at: now };
  });
  DECISIONS.increment(status);
  return decision;
}

/** @throws {CqError} 403 where the caller proposed the unit. */
export function checkProposer(
  row: UnitRow,
  { caller, act }: { caller: Caller; act: "approve" | "correct" | "verify" },
): void {
  if (readableUnit(row)?.created_by !== caller.username) return;
  throw forbidden(`You proposed this unit; somebody else has to ${act} it`);
}

async function checkOriginal(
  transaction: Queryable,
  { id, original }: { id: string; original: string },
): Promise<void> {
  if (original === id) throw invalid("A unit cannot be a duplicate of itself");
  if (original.includes("\0") || await findUnit(transaction, original) === undefined) {
    throw invalid("There is no such unit that this one could be a duplicate of");
  }
}

function held(): CqError {
  return conflict(
    "The guard holds this unit: look at what it found, then edit it, reject it, or approve it and say that you have seen it",
  );
}

/** When a unit was decided, as a form says which decision it shows; other programs leave the moment out. */
export function momentOf({ reviewed_at }: Pick<UnitRow, "reviewed_at">): string {
  return reviewed_at ?? "";
}

/** Who decided what and when, for those who came too late. */
export function alreadyDecided(row: UnitRow): CqError {
  return conflict(decisionTold(row));
}

function decisionTold({ status, reviewed_by, reviewed_at }: UnitRow): string {
  const time = reviewed_at === null ? "" : ` on ${spokenTime(reviewed_at)}`;
  return `${isolated(reviewed_by ?? "Somebody")} ${status} this unit${time}`;
}

/** The same for those who wanted to do what is done to approved units only: `only` says what that is. */
export function notApproved(row: UnitRow, only: string): CqError {
  const told = row.status === "pending" ? "This unit is pending" : decisionTold(row);
  return conflict(`${told}; only an approved one ${only}`);
}

/** How one unit of several fared. */
export interface BulkResult {
  readonly id: string;
  readonly outcome: "done" | "refused";
  /** Why it was refused. */
  readonly reason?: string;
  /** The moment of the decision, where one was taken. */
  readonly decidedAt?: string;
}

/** Does the same to several units, each for itself: what is refused of one does not concern the others. */
export async function each(
  ids: readonly string[],
  act: (id: string) => Promise<Decision | void>,
): Promise<BulkResult[]> {
  const distinct = [...new Set(ids)];
  if (distinct.length > BULK_MAX) throw invalid(`At most ${BULK_MAX} units are dealt with at once`);
  return await Promise.all(distinct.map(async (id): Promise<BulkResult> => {
    try {
      const decision = await act(id);
      return {
        id,
        outcome: "done",
        ...(decision ? { decidedAt: decision.reviewed_at } : {}),
      };
    } catch (error) {
      // A busy server fails one of them and not the others: what was done must be told all the same.
      if (!(error instanceof CqError)) throw error;
      return { id, outcome: "refused", reason: error.message };
    }
  }));
}

interface Reopening {
  readonly id: string;
  readonly caller: Caller;
  /** The caller's own decision that is to be taken back, and no other one. */
  readonly own?: OwnDecision;
  /** When the decision was taken that the caller saw and takes back, and no other one. */
  readonly seenAt?: string | undefined;
}

interface OwnDecision {
  readonly decidedAt: string;
  /** Whether it must have been taken just before. */
  readonly isFresh: boolean;
}

/** Makes a decided unit pending again. What was decided stays in the history, and so does this. */
export async function reopen({ database, clock }: Parts, request: Reopening): Promise<void> {
  const { id, caller } = request;
  await database.transaction(async (transaction) => {
    const row = existing(await holdUnit(transaction, id));
    if (row.status === "pending") throw conflict("This unit is pending already");
    const now_us = clock.now();
    if (request.own !== undefined) checkOwn(row, { caller, own: request.own, now_us });
    if (request.seenAt !== undefined && request.seenAt !== momentOf(row)) throw alreadyDecided(row);
    const { status, reviewed_by, reviewed_at } = row;
    await transaction.batch([
      reopening(id, withoutSuccessor(row)),
      eventInsertion({
        unitId: id,
        kind: "reopened",
        by: caller,
        at: isoOffset(now_us),
        detail: { was: status, decided_by: reviewed_by, decided_at: reviewed_at },
      }),
    ]);
  });
}

function checkOwn(
  row: UnitRow,
  { caller, own, now_us }: { caller: Caller; own: OwnDecision; now_us: number },
): void {
  const { decidedAt, isFresh } = own;
  if (row.reviewed_by !== caller.username || row.reviewed_at !== decidedAt) throw alreadyDecided(row);
  if (isFresh && now_us > Date.parse(decidedAt) * 1000 + UNDO_WINDOW_S * 1_000_000) {
    throw conflict(
      `The ${UNDO_WINDOW_S} seconds to undo are over; reopen the unit from its timeline instead`,
    );
  }
}

/** What is stored of a unit that may be served again. */
function withoutSuccessor(row: UnitRow): string {
  const unit = readableUnit(row);
  if (unit === undefined || unit.superseded_by === null) return row.data;
  return rewriteUnit(parseDocument(row.data), { ...unit, superseded_by: null });
}

function spokenTime(time: string): string {
  const parsed = Date.parse(time);
  if (Number.isNaN(parsed)) return time;
  return `${new Date(parsed).toISOString().slice(0, 16).replace("T", " at ")} UTC`;
}
