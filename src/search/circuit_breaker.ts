import { BREAKER_FAILURES, BREAKER_OPEN_S } from "../limits.ts";
import type { Clock } from "../wire/time.ts";

/** Keeps callers from waiting for what fails: open after some failures in a row, then one try at a time until one succeeds. */
export class CircuitBreaker {
  #failures = 0;
  #openedAt_us = 0;

  constructor(private readonly clock: Clock) {}

  /** Whether whoever asks may try. While it is open, that is one caller in each period. */
  admits(): boolean {
    if (!this.isOpen) return true;
    const now_us = this.clock.now();
    // The clock may have been set back since.
    if (Math.abs(now_us - this.#openedAt_us) < BREAKER_OPEN_S * 1_000_000) return false;
    this.#openedAt_us = now_us;
    return true;
  }

  /** Whether callers are kept away for now. */
  get isOpen(): boolean {
    return this.#failures >= BREAKER_FAILURES;
  }

  /** Whether another failure opens it, or keeps it open. */
  get isOnEdge(): boolean {
    return this.#failures >= BREAKER_FAILURES - 1;
  }

  /** Tells whether that closed it. */
  succeeded(): boolean {
    const wasOpen = this.isOpen;
    this.#failures = 0;
    return wasOpen;
  }

  /** Tells whether that opened it. */
  failed(): boolean {
    this.#failures++;
    this.#openedAt_us = this.clock.now();
    return this.#failures === BREAKER_FAILURES;
  }
}
