import { SLOW_LINES_A_MINUTE } from "./limits.ts";
import { logger } from "./log.ts";

const log = logger("slow");
const MINUTE_MS = 60_000;

/** Tells of what took long, never of what it was about: routes and statements, no parameters. */
export class SlowLog {
  #minuteBegan_ms = -Infinity;
  #lines = 0;
  #unlogged = 0;

  /** @param from_ms from how many milliseconds on; 0 tells of nothing. */
  constructor(private readonly from_ms: number) {}

  /** Whether anything is told at all. */
  get isOn(): boolean {
    return this.from_ms > 0;
  }

  isSlow(ms: number): boolean {
    return this.from_ms > 0 && ms >= this.from_ms;
  }

  /** Writes a warning. So many of them come in a minute where a server is overloaded that the rest are only counted. */
  tell(message: string, properties: Readonly<Record<string, unknown>>): void {
    const now_ms = performance.now();
    if (now_ms - this.#minuteBegan_ms > MINUTE_MS) [this.#minuteBegan_ms, this.#lines] = [now_ms, 0];
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
