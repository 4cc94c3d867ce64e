import { dayNumberOf } from "../wire/time.ts";

/** What stands against an approved unit, as stored: nothing of it depends on when it is asked. */
export interface Standing {
  /** Flags that no reviewer has answered. */
  readonly unansweredFlags: number;
  /** The day, since 1970, of the latest confirmation or verification; undefined where none is known. */
  readonly freshDay: number | undefined;
}

/** How doubts count. */
export interface DoubtPolicy {
  /** Days after which a unit that nobody confirms is stale. */
  readonly confirmWithin_days: number;
}

/** What readers are told of a unit that is in doubt. */
export interface Doubt {
  readonly isDisputed: boolean;
  readonly isStale: boolean;
}

/** Of a unit's confidence, what counts in its rank while it is in doubt. */
const DISPUTED_WEIGHT = 0.5;
const STALE_WEIGHT = 0.75;
const NO_DOUBT: Doubt = { isDisputed: false, isStale: false };

/** The doubts about a unit on a day since 1970; without a policy there are none. */
export function doubtOf(standing: Standing, policy: DoubtPolicy | undefined, today: number): Doubt {
  if (policy === undefined) return NO_DOUBT;
  return {
    isDisputed: standing.unansweredFlags > 0,
    isStale: standing.freshDay !== undefined && isStale(standing.freshDay, policy, today),
  };
}

/** Whether a unit that was last confirmed or verified on `freshDay` is past its date on `today`. */
export function isStale(freshDay: number, { confirmWithin_days }: DoubtPolicy, today: number): boolean {
  return freshDay + confirmWithin_days < today;
}

/** The factor by which doubts lower a unit's rank. They do not compound: the graver one counts. */
export function doubtWeight({ isDisputed, isStale }: Doubt): number {
  if (isDisputed) return DISPUTED_WEIGHT;
  return isStale ? STALE_WEIGHT : 1;
}

/** What a reviewer's verification left, beside the unit; nulls where there was none. */
export interface StandingRow {
  readonly flags_resolved: number | null;
  readonly verified_at: string | null;
}

/** The standing of a unit by its flags, its last confirmation and what a reviewer verified, as the facts of a unit tell it. */
export function standingOf(
  { flags, last_confirmed }: { flags: number; last_confirmed: string | null },
  { flags_resolved, verified_at }: StandingRow,
): Standing {
  const days = [last_confirmed, verified_at].map(dayNumberOf).filter((day) => day !== undefined);
  return {
    unansweredFlags: Math.max(flags - (flags_resolved ?? 0), 0),
    freshDay: days.length === 0 ? undefined : Math.max(...days),
  };
}

/** The extension under which readers are told of doubts. Only the server speaks in it. */
export const STANDING_EXTENSION = "cq:standing";

/** A unit's extensions with what readers are told of doubts: none where there are none, whatever its proposer wrote there. */
export function withDoubt(
  extensions: Readonly<Record<string, unknown>> | null,
  doubt: Doubt,
  standing: Standing,
): Readonly<Record<string, unknown>> | null {
  const { [STANDING_EXTENSION]: spoofed, ...own } = extensions ?? {};
  if (!doubt.isDisputed && !doubt.isStale) return spoofed === undefined ? extensions : own;
  const marker = {
    disputed: doubt.isDisputed,
    unresolved_flags: standing.unansweredFlags,
    stale: doubt.isStale,
  };
  return { ...own, [STANDING_EXTENSION]: marker };
}
