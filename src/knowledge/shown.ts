import type { Doubts } from "../projection/live.ts";
import { readableUnit } from "./readable.ts";
import {
  type Doubt,
  doubtOf,
  doubtWeight,
  type Standing,
  standingOf,
  type StandingRow,
  withDoubt,
} from "./standing.ts";
import type { UnitRow } from "./store.ts";
import { type CandidateFacts, publicUnit, rankedFacts } from "./unit.ts";

/** What stands against an approved unit, and what of it counts. */
export interface Doubtfulness {
  readonly standing: Standing;
  readonly doubt: Doubt;
}

/** An approved unit as the database has it, with what decides its rank. */
export interface JudgedUnit extends Doubtfulness {
  readonly id: string;
  readonly row: UnitRow;
  readonly facts: CandidateFacts;
  /** The factor by which doubts lower its rank. */
  readonly weight: number;
}

/** What decides the rank of a unit that was read. */
export function judged(row: UnitRow & StandingRow, doubts: Doubts | undefined): JudgedUnit {
  const facts = rankedFacts(row.data);
  const standing = standingOf(facts, row);
  const doubt = doubtOf(standing, doubts?.policy, doubts?.today() ?? 0);
  return { id: row.id, row, facts, standing, doubt, weight: doubtWeight(doubt) };
}

/**
 * A unit as agents are shown it, as JSON; undefined for one that cannot be read.
 *
 * @param doubtfulness undefined where doubts are not told.
 */
export function shownUnit(row: UnitRow, doubtfulness: Doubtfulness | undefined): string | undefined {
  const unit = readableUnit(row);
  if (unit === undefined) return undefined;
  const extensions = doubtfulness === undefined
    ? unit.extensions
    : withDoubt(unit.extensions, doubtfulness.doubt, doubtfulness.standing);
  return JSON.stringify(publicUnit({ ...unit, extensions }));
}
