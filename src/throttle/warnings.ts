import { THROTTLE_WARNING_INTERVAL_S } from "../limits.ts";
import { THROTTLED } from "../telemetry/instruments.ts";
import { logger } from "../telemetry/log.ts";
import type { Clock } from "../wire/time.ts";

const log = logger("throttle");

/** What is throttled. */
export type ThrottleKind = "login_address" | "login_account" | "reads" | "writes";

/** Notes that somebody was throttled. `who` is an address or an id, never a text that a client chose. */
export type NoteThrottled = (kind: ThrottleKind, who: string) => void;

/** Counts what is throttled, and logs it: a line for each kind and minute, with how many were left out since the line before. */
export function createThrottleLog(clock: Clock): NoteThrottled {
  const last = new Map<ThrottleKind, { at_us: number; unlogged: number }>();
  return (kind, who) => {
    THROTTLED.increment(kind);
    const now_us = clock.now();
    const before = last.get(kind);
    if (before !== undefined && Math.abs(now_us - before.at_us) < THROTTLE_WARNING_INTERVAL_S * 1_000_000) {
      before.unlogged++;
      return;
    }
    log.warn("throttled", { kind, who, unloggedBefore: before?.unlogged ?? 0 });
    last.set(kind, { at_us: now_us, unlogged: 0 });
  };
}
