import type { Database } from "../database/database.ts";
import { ANOMALIES_KEEP_MS, ANOMALY_EVENTS_MAX } from "../limits.ts";
import type { Clock } from "../wire/time.ts";
import { type Anomalies, findAnomalies } from "./anomalies.ts";
import { watchedEvents } from "./anomaly_store.ts";

/** {@link Anomalies} of a store. */
export interface Unusual extends Anomalies {
  /** Whether there are events beyond the {@link ANOMALY_EVENTS_MAX} newest, which were not looked at. */
  readonly isCutShort: boolean;
}

/** Tells what is out of the ordinary; what was found is told again for a while, whoever asks. */
export function createUnusual(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
): () => Promise<Unusual> {
  let known: { readonly at_ms: number; readonly found: Promise<Unusual> } | undefined;
  return async () => {
    const now_ms = clock.now() / 1000;
    // The clock may have been set back since.
    if (known === undefined || Math.abs(now_ms - known.at_ms) >= ANOMALIES_KEEP_MS) {
      const found = look(database, now_ms);
      known = { at_ms: now_ms, found };
      // What failed is tried again by the next one who asks.
      found.catch(() => known = undefined);
    }
    return await known.found;
  };
}

async function look(database: Database, now_ms: number): Promise<Unusual> {
  const events = await watchedEvents(database, ANOMALY_EVENTS_MAX + 1);
  const isCutShort = events.length > ANOMALY_EVENTS_MAX;
  return { ...findAnomalies(events.slice(0, ANOMALY_EVENTS_MAX), now_ms), isCutShort };
}
