/** How a bucket fills: one token each `interval_us` microseconds, up to `burst`. */
export interface BucketRate {
  readonly burst: number;
  readonly interval_us: number;
}

/** Each new bucket lets go of this many that are of no use any more, so that memory follows what is in use. */
const FORGOTTEN_AT_ONCE = 2;

/**
 * Token buckets, one for each key. A key that is not known has a full bucket, so forgetting one is never to anybody's harm; of
 * more than `max` buckets, those that nobody asked for the longest are forgotten first, as they are the fullest.
 */
export class Buckets {
  readonly #rate: BucketRate;
  readonly #max: number;
  /** When each bucket will be full, in microseconds: all there is to know of it. Latest asked for last. */
  readonly #fullAt = new Map<string, number>();

  constructor(rate: BucketRate, max: number) {
    this.#rate = rate;
    this.#max = max;
  }

  /** Buckets in memory. */
  get size(): number {
    return this.#fullAt.size;
  }

  /** Microseconds until the bucket holds a token, or so many; 0 where it does. */
  wait(key: string, now_us: number, tokens = 1): number {
    const fullAt = this.#fullAt.get(key);
    const missing_us = fullAt === undefined ? 0 : this.#missing(fullAt, now_us);
    if (fullAt !== undefined) this.#put(key, now_us + missing_us);
    return this.#waitFor(missing_us, tokens);
  }

  /** Takes a token where there is one. Returns 0, or the microseconds until there is one. */
  take(key: string, now_us: number): number {
    const fullAt = this.#fullAt.get(key);
    const missing_us = fullAt === undefined ? 0 : this.#missing(fullAt, now_us);
    const wait_us = this.#waitFor(missing_us);
    this.#put(key, now_us + missing_us + (wait_us === 0 ? this.#rate.interval_us : 0));
    if (fullAt === undefined) this.#forget(now_us);
    return wait_us;
  }

  /** Puts a token back that was taken for nothing. */
  giveBack(key: string): void {
    const fullAt = this.#fullAt.get(key);
    if (fullAt !== undefined) this.#fullAt.set(key, fullAt - this.#rate.interval_us);
  }

  // No bucket is emptier than empty: a clock that was set back must not make anybody wait for the time it lost. What was in it cannot
  // be told any more; one token is left, so that nobody is refused for the clock alone.
  #missing(fullAt: number, now_us: number): number {
    const { burst, interval_us } = this.#rate;
    const missing_us = Math.max(fullAt - now_us, 0);
    return missing_us > burst * interval_us ? (burst - 1) * interval_us : missing_us;
  }

  #waitFor(missing_us: number, tokens = 1): number {
    const { burst, interval_us } = this.#rate;
    return Math.max(missing_us - (burst - tokens) * interval_us, 0);
  }

  #put(key: string, fullAt: number): void {
    this.#fullAt.delete(key);
    this.#fullAt.set(key, fullAt);
  }

  #forget(now_us: number): void {
    let looked = 0;
    for (const [key, fullAt] of this.#fullAt) {
      const isSpare = this.#fullAt.size > this.#max || fullAt <= now_us;
      if (looked++ === FORGOTTEN_AT_ONCE || !isSpare) return;
      this.#fullAt.delete(key);
    }
  }
}
