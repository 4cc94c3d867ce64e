import { SLOW_LINES_A_MINUTE } from "./limits.ts";
import { logger } from "./log.ts";
import type { Clock } from "../wire/time.ts";

const log = logger("slow");
const MINUTE_US = 60_000_000;

/** Tells of what took long, never of what it was about: routes and statements, no parameters. */
export class SlowLog {
  #minuteBegan_us = -Infinity;
  #lines = 0;
  #unlogged = 0;

  /** @param from_ms from how many milliseconds on; 0 tells of nothing. */
  constructor(private readonly from_ms: number, private readonly clock: Pick<Clock, "now">) {}

  /** Whether anything is told at all. */
  get isOn(): boolean {
    return this.from_ms > 0;
  }

  isSlow(ms: number): boolean {
    return this.from_ms > 0 && ms >= this.from_ms;
  }

  /** Writes a warning. So many of them come in a minute where a server is overloaded that the rest are only counted. */
  tell(message: string, properties: Readonly<Record<string, unknown>>): void {
    const now_us = this.clock.now();
    if (Math.abs(now_us - this.#minuteBegan_us) >= MINUTE_US) {
      [this.#minuteBegan_us, this.#lines] = [now_us, 0];
    }
    if (this.#lines >= SLOW_LINES_A_MINUTE) {
      this.#unlogged++;
      return;
    }
    this.#lines++;
    log.warn(message, { ...properties, ...(this.#unlogged > 0 ? { unloggedBefore: this.#unlogged } : {}) });
    this.#unlogged = 0;
  }
}

/** Milliseconds as lines of the log have them. */
export function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
