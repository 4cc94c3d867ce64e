import { throttled } from "../errors.ts";
import { REQUEST_BUCKETS_MAX } from "../limits.ts";
import type { Caller, Rate } from "../wire/endpoint.ts";
import type { Clock } from "../wire/time.ts";
import { Buckets } from "./buckets.ts";
import type { NoteThrottled } from "./warnings.ts";

/** Requests a minute that one key, or one address without a key, may make; 0 is any number. */
export interface RequestRates {
  readonly reads: number;
  readonly writes: number;
}

/**
 * Lets a request pass, or refuses it.
 *
 * @throws {CqError} 429, or 503 for the writes of an API key: clients throw a proposal away that is answered 429.
 */
export type AdmitRequest = (
  rate: Rate,
  who: { readonly caller: Caller; readonly address: () => string },
) => void;

interface Dependencies {
  readonly clock: Clock;
  readonly note: NoteThrottled;
  readonly rates: RequestRates;
}

/** {@link AdmitRequest} by a bucket for each key, for each user who has none, and for each address of all others. */
export function createRequestThrottle({ clock, note, rates }: Dependencies): AdmitRequest {
  const buckets = { reads: bucketsOf(rates.reads), writes: bucketsOf(rates.writes), unlimited: undefined };
  return (rate, { caller, address }) => {
    const own = buckets[rate];
    if (own === undefined || rate === "unlimited") return;
    const { kind, id } = requesterOf(caller, address);
    // Ids of keys, ids of users and addresses are never the same text.
    const wait_us = own.take(id, clock.now());
    if (wait_us === 0) return;
    note(rate, `${kind} ${id}`);
    throw throttled("Too many requests; try again after the time in Retry-After", {
      status: rate === "writes" && caller.apiKeyId !== undefined ? 503 : 429,
      retryAfter_s: Math.ceil(wait_us / 1_000_000),
    });
  };
}

/** A minute's worth at once: who works in bursts is not slowed down for it. */
function bucketsOf(perMinute: number): Buckets | undefined {
  if (perMinute === 0) return undefined;
  return new Buckets(
    { burst: perMinute, interval_us: Math.round(60_000_000 / perMinute) },
    REQUEST_BUCKETS_MAX,
  );
}

function requesterOf(
  { apiKeyId, userId }: Caller,
  address: () => string,
): { readonly kind: "key" | "user" | "address"; readonly id: string } {
  if (apiKeyId !== undefined) return { kind: "key", id: apiKeyId };
  return userId === undefined ? { kind: "address", id: address() } : { kind: "user", id: String(userId) };
}
