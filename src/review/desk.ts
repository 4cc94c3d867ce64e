import type { Database } from "../database/database.ts";
import { type UnitEvent, unitEvents } from "../events/events.ts";
import type { Finding } from "../guard/finding.ts";
import { findingsIn } from "../knowledge/findings.ts";
import { readable, readableUnit } from "../knowledge/readable.ts";
import { createScreening } from "../knowledge/screening.ts";
import { findUnit, type UnitRow } from "../knowledge/store.ts";
import type { KnowledgeUnit } from "../knowledge/unit.ts";
import { BULK_MAX, HISTORY_MAX, SHOWN_COUNT_MAX } from "../limits.ts";
import type { Caller } from "../wire/endpoint.ts";
import { isoOffset } from "../wire/time.ts";
import { type Attention, claim, namesByUnit, release, snooze, wake, watch } from "./attention.ts";
import { claimsOn, countSnoozed, type SnoozeRow, snoozesOf } from "./attention_store.ts";
import {
  alreadyDecided,
  type BulkResult,
  type Decision,
  each,
  existing,
  type Parts,
  reopen,
  takeDecision,
  unknownUnit,
  type Verdict,
} from "./decisions.ts";
import { approveEdited, checkSeen, type MarkedEdit } from "./edits.ts";
import { countUpTo, unitsByIds } from "./list_store.ts";
import { type ListRequest, listUnits, type UnitList } from "./lists.ts";
import { type OwnDecisions, ownDecisions } from "./own_decisions.ts";
import { type Reason, type Remark, remarkDetail } from "./reasons.ts";
import { verify } from "./verification.ts";
import { retire, type Successor, supersede } from "./retirement.ts";

/** Who acts, and what they say about it. */
interface Act extends Remark {
  readonly caller: Caller;
  /** Whether the unit is approved although the guard holds it. */
  readonly acknowledgesHold?: boolean;
  /** The {@link editMark} of the unit as the caller saw it; without one it is decided on as it is. */
  readonly mark?: string | undefined;
}

/** Everything about one unit that helps to decide on it. */
export interface Dossier {
  readonly unit: KnowledgeUnit;
  readonly row: UnitRow;
  /** Newest first. */
  readonly history: readonly UnitEvent[];
  /** What the guard found in it, severest first. */
  readonly findings: readonly Finding[];
  /** Set while the unit is put off. */
  readonly snooze: SnoozeRow | undefined;
  /** Who has it open, the asking one included. */
  readonly openedBy: readonly string[];
}

/** A page of units, with what others do about them. */
export interface DeskList extends UnitList {
  readonly snoozes: ReadonlyMap<string, SnoozeRow>;
  /** Unit to names. */
  readonly openedBy: ReadonlyMap<string, readonly string[]>;
}

/** What reviewers do in the pages: all that the API has, and what takes a desk to sit at. */
export interface Desk {
  list(request: ListRequest): Promise<DeskList>;
  /** Pending units, counted up to {@link SHOWN_COUNT_MAX}. */
  pendingCount(): Promise<number>;
  /** Pending units that are put off, counted up to {@link SHOWN_COUNT_MAX}. */
  snoozedCount(): Promise<number>;
  /** These units, in the order of the ids; unknown ones are left out. */
  several(ids: readonly string[]): Promise<DeskList>;
  /** @throws {CqError} 404. */
  dossier(id: string): Promise<Dossier>;
  /** Exactly one decision is taken on a pending unit. @throws {CqError} 409 that says who decided what and when. */
  decide(id: string, verdict: Verdict, act: Act): Promise<Decision>;
  /** The same for several units, each for itself; `marks` has the marks of those that the caller saw, by id. */
  decideAll(
    ids: readonly string[],
    verdict: Verdict,
    act: Omit<Act, "mark">,
    marks?: ReadonlyMap<string, string>,
  ): Promise<BulkResult[]>;
  /** Rejects a pending unit as a duplicate of another one, in whatever status. @throws {CqError} 422 where there is none. */
  rejectAsDuplicate(id: string, original: string, caller: Caller): Promise<Decision>;
  /** Corrects a pending unit under the rules of a proposal and approves it. @throws {CqError} 409 where it was changed meanwhile. */
  approveEdited(id: string, edit: MarkedEdit, caller: Caller): Promise<Decision>;
  /** Takes the caller's own decision back, just after it was taken. */
  undo(id: string, decidedAt: string, caller: Caller): Promise<void>;
  /** Takes back those of the caller's own decisions that still stand, each for itself. */
  takeBack(decisions: readonly TakenDecision[], caller: Caller): Promise<BulkResult[]>;
  /** Makes a decided unit pending again. @throws {CqError} 409 where another decision holds than the one that is meant. */
  reopen(id: string, caller: Caller, meant?: MeantDecision): Promise<void>;
  /** What the caller decided before the event `before`, newest first. */
  decisionsOf(caller: Caller, before: number | undefined): Promise<OwnDecisions>;
  /** Takes an approved unit out of service. */
  retire(id: string, act: Act): Promise<void>;
  /**
   * Says that an approved unit is right as it is: so many of its flags as the caller saw are answered, and it is fresh.
   *
   * @returns how many flags nobody answered yet.
   */
  verify(id: string, act: Act & { readonly flagsSeen: number }): Promise<number>;
  /** Takes an approved unit out of service in favour of another one. @throws {CqError} 409 where that has another status than was seen. */
  supersede(id: string, successor: Successor, act: Act): Promise<void>;
  /** Hides a pending unit from all queues until a moment, in microseconds since 1970. */
  snooze(id: string, until_us: number, caller: Caller): Promise<void>;
  /** The same for several units, each for itself. */
  snoozeAll(ids: readonly string[], until_us: number, caller: Caller): Promise<BulkResult[]>;
  /** Ends a snooze. */
  wake(id: string, caller: Caller): Promise<void>;
  /** The same for several units, each for itself. */
  wakeAll(ids: readonly string[], caller: Caller): Promise<BulkResult[]>;
  /** Tells the others that the caller has a unit open; returns who else has. */
  claim(id: string, caller: Caller): Promise<string[]>;
  /** Renews a claim; tells what others do about that unit and the ones listed beside it. @throws {CqError} 404. */
  watch(id: string, listed: readonly string[], caller: Caller): Promise<Attention>;
  /** Ends the caller's claim. */
  release(id: string, caller: Caller): Promise<void>;
}

/** Which decision is to be taken back; any where neither is given. */
export interface MeantDecision {
  /** The caller's own one of this moment. */
  readonly decidedAt?: string | undefined;
  /** Anybody's of this moment, see {@link momentOf}. */
  readonly seenAt?: string | undefined;
}

/** One of several decisions that are to be taken back. */
export interface TakenDecision {
  readonly id: string;
  readonly decidedAt: string;
}

/** The desk over the units in `database`. */
export function createDesk(parts: Parts): Desk {
  const { database, clock } = parts;
  const now = (): string => isoOffset(clock.now());
  const { screening = createScreening() } = parts;
  const screened = async <A extends Act>(act: A): Promise<A> => {
    await screening.text(act.note ?? "", "note");
    return act;
  };
  const decide = async (id: string, status: Verdict, act: Act): Promise<Decision> => {
    const { caller, acknowledgesHold, mark, ...remark } = await screened(act);
    const detail = remarkDetail(remark);
    return await takeDecision(parts, {
      id,
      status,
      caller,
      acknowledgesHold,
      detail,
      check: mark === undefined ? undefined : (row) => checkSeen(readable(row).unit, mark),
      refuse: alreadyDecided,
    });
  };
  return {
    list: (request) => listWithAttention(database, { request, now: now() }),
    pendingCount: () => countUpTo(database, "pending", SHOWN_COUNT_MAX),
    snoozedCount: () => countSnoozed(database, { now: now(), max: SHOWN_COUNT_MAX }),
    several: (ids) => severalUnits(database, { ids: ids.filter(isStorable), now: now() }),
    dossier: async (id) => await dossier(database, { id: checkedId(id), now: now() }),
    decide,
    decideAll: (ids, verdict, act, marks) =>
      each(ids, (id) => decide(id, verdict, { ...act, mark: marks?.get(id) })),
    rejectAsDuplicate: async (id, original, caller) =>
      await takeDecision(parts, {
        id,
        status: "rejected",
        caller,
        original,
        detail: { reason: "duplicate" satisfies Reason, duplicate_of: original },
        refuse: alreadyDecided,
      }),
    approveEdited: async (id, edit, caller) =>
      await approveEdited(parts, { id: checkedId(id), ...edit, caller }),
    undo: async (id, decidedAt, caller) =>
      await reopen(parts, { id: checkedId(id), caller, own: { decidedAt, isFresh: true } }),
    takeBack: (decisions, caller) => takeBack(parts, { decisions, caller }),
    reopen: async (id, caller, { decidedAt, seenAt } = {}) => {
      const own = decidedAt === undefined ? {} : { own: { decidedAt, isFresh: false } };
      await reopen(parts, { id: checkedId(id), caller, seenAt, ...own });
    },
    decisionsOf: ({ username }, before) => ownDecisions(database, { username, before }),
    retire: async (id, act) => await retire(parts, { id: checkedId(id), ...await screened(act) }),
    verify: async (id, act) => await verify(parts, { id: checkedId(id), ...await screened(act) }),
    supersede: async (id, { id: by, seenStatus }, act) => {
      const successor = { id: checkedId(by), seenStatus };
      await supersede(parts, { id: checkedId(id), successor, ...await screened(act) });
    },
    snooze: async (id, until_us, caller) => await snooze(parts, { id: checkedId(id), until_us, caller }),
    snoozeAll: (ids, until_us, caller) =>
      each(ids, async (id) => await snooze(parts, { id: checkedId(id), until_us, caller })),
    wake: async (id, caller) => await wake(parts, { id: checkedId(id), caller }),
    wakeAll: (ids, caller) => each(ids, async (id) => await wake(parts, { id: checkedId(id), caller })),
    claim: async (id, caller) => await claim(parts, { id: checkedId(id), caller }),
    watch: async (id, listed, caller) =>
      await watch(parts, { id: checkedId(id), listed: listed.filter(isStorable), caller }),
    release: async (id, caller) => await release(parts, { id: checkedId(id), caller }),
  };
}

/** No id holds a NUL, and Postgres takes none into a text. */
function isStorable(id: string): boolean {
  return !id.includes("\0");
}

/** @throws {CqError} 404. */
function checkedId(id: string): string {
  if (!isStorable(id)) throw unknownUnit();
  return id;
}

async function takeBack(
  parts: Parts,
  { decisions, caller }: { decisions: readonly TakenDecision[]; caller: Caller },
): Promise<BulkResult[]> {
  const times = new Map(decisions.map(({ id, decidedAt }) => [id, decidedAt]));
  return await each([...times.keys()], async (id) => {
    const own = { decidedAt: times.get(id)!, isFresh: false };
    await reopen(parts, { id: checkedId(id), caller, own });
  });
}

async function dossier(database: Database, { id, now }: { id: string; now: string }): Promise<Dossier> {
  const [row, history, findings, snoozes, claims] = await Promise.all([
    findUnit(database, id),
    unitEvents(database, id, HISTORY_MAX),
    findingsIn(database, id),
    snoozesOf(database, [id], now),
    claimsOn(database, [id], now),
  ]);
  const found = existing(row);
  return {
    unit: readable(found).unit,
    row: found,
    history,
    findings,
    snooze: snoozes[0],
    openedBy: claims.map(({ username }) => username),
  };
}

async function listWithAttention(
  database: Database,
  { request, now }: { request: ListRequest; now: string },
): Promise<DeskList> {
  return await withAttention(database, { list: await listUnits(database, { request, now }), now });
}

async function severalUnits(
  database: Database,
  { ids, now }: { ids: readonly string[]; now: string },
): Promise<DeskList> {
  const rows = await unitsByIds(database, [...new Set(ids)].slice(0, BULK_MAX));
  const units = rows.flatMap((row) => {
    const unit = readableUnit(row);
    return unit === undefined ? [] : [{ unit, row }];
  });
  return await withAttention(database, { list: { units, next: undefined, isCutShort: false }, now });
}

async function withAttention(
  database: Database,
  { list, now }: { list: UnitList; now: string },
): Promise<DeskList> {
  const ids = list.units.map(({ row }) => row.id);
  const [snoozes, claims] = await Promise.all([snoozesOf(database, ids, now), claimsOn(database, ids, now)]);
  return {
    ...list,
    snoozes: new Map(snoozes.map((snooze) => [snooze.unit_id, snooze])),
    openedBy: namesByUnit(claims),
  };
}
