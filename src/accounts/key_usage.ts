import type { Database } from "../database/database.ts";
import { KEY_USE_CACHE_MAX, KEY_USE_WRITE_INTERVAL_MS } from "../limits.ts";
import { logger } from "../telemetry/log.ts";
import { type Clock, isoOffset } from "../wire/time.ts";
import { type OwnedKey, touchKey } from "./api_keys.ts";

const log = logger("accounts");

/** Records when keys are used, beside the requests that use them. */
export interface KeyUsage {
  /** Notes a use: written at once for a key never used before, else at most once a minute. */
  note(key: OwnedKey): void;
  /** Waits until what was noted is written. */
  settle(): Promise<void>;
}

/** Key usage in `database`. A use that cannot be written is logged and forgotten: no request fails for it. */
export function createKeyUsage({ database, clock }: { database: Database; clock: Clock }): KeyUsage {
  const writtenAt_us = new Map<string, number>();
  const pending = new Set<Promise<void>>();

  function isDue(key: OwnedKey, now_us: number): boolean {
    if (key.last_used_at === null && !writtenAt_us.has(key.id)) return true;
    const last_us = writtenAt_us.get(key.id) ?? Date.parse(key.last_used_at ?? "") * 1000;
    // A use later than now is of a clock that was set back.
    return !(Math.abs(now_us - last_us) < KEY_USE_WRITE_INTERVAL_MS * 1000);
  }

  return {
    note(key): void {
      const now_us = clock.now();
      if (!isDue(key, now_us)) return;
      if (writtenAt_us.size >= KEY_USE_CACHE_MAX) writtenAt_us.clear();
      writtenAt_us.set(key.id, now_us);
      const write = database.transaction((transaction) => touchKey(transaction, key.id, isoOffset(now_us)))
        .catch((error: unknown) =>
          log.warn("the use of a key was not recorded", { keyId: key.id, reason: String(error) })
        )
        .finally(() => pending.delete(write));
      pending.add(write);
    },
    async settle(): Promise<void> {
      await Promise.all(pending);
    },
  };
}
