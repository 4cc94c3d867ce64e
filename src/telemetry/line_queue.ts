import { LOG_GATHER_MS, LOG_QUEUE_MAX_CHARS } from "./limits.ts";
import { LOG_DROPPED } from "./instruments.ts";

/** Writes some of the bytes and says how many. */
type Write = (bytes: Uint8Array) => Promise<number>;

const encoder = new TextEncoder();
const QUEUE_FULL = LOG_DROPPED.of("queue_full");
const WRITE_FAILED = LOG_DROPPED.of("write_failed");

/** Lines on their way to whoever reads them. They are written beside the event loop, one part after the other, in their order. */
export class LineQueue {
  #waiting: string[] = [];
  #waitingChars = 0;
  /** Lines that came after those that wait and found no room. */
  #overflowing = 0;
  /** Lines that came before those that wait and could not be written. */
  #unwritten = 0;
  /** Whether a line may have been cut: the next one must not be taken for its end. */
  #isInterrupted = false;
  #wroteAt_ms = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> | undefined;

  /** @param notice makes the line that tells how many others were dropped in its place. */
  constructor(private readonly write: Write, private readonly notice: (dropped: number) => string) {}

  /** Adds a line, or drops it where there is no room. */
  push(line: string): void {
    // Until those that wait are taken, none is let in after one that was dropped: the notice would stand in a wrong place.
    if (this.#overflowing > 0 || this.#waitingChars + line.length > LOG_QUEUE_MAX_CHARS) {
      this.#overflowing++;
      QUEUE_FULL.value++;
    } else {
      this.#waiting.push(line);
      this.#waitingChars += line.length;
    }
    this.#schedule();
  }

  /** Resolves once nothing waits. */
  async settle(): Promise<void> {
    while (this.#writing !== undefined || this.#isWaiting) await (this.#writing ?? this.#writePart());
  }

  get #isWaiting(): boolean {
    return this.#waiting.length > 0 || this.#overflowing > 0;
  }

  // A write beside the event loop costs more than one on it: where many lines come, those of some milliseconds share one.
  #schedule(): void {
    if (this.#timer !== undefined || this.#writing !== undefined) return;
    const rest_ms = Math.max(0, this.#wroteAt_ms + LOG_GATHER_MS - performance.now());
    this.#timer = setTimeout(() => this.#writePart(), rest_ms);
  }

  #writePart(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wroteAt_ms = performance.now();
    this.#writing = this.#writeWaiting().finally(() => {
      this.#writing = undefined;
      if (this.#isWaiting) this.#schedule();
    });
    return this.#writing;
  }

  async #writeWaiting(): Promise<void> {
    const [lines, unwritten, overflowing] = [this.#waiting, this.#unwritten, this.#overflowing];
    [this.#waiting, this.#waitingChars, this.#unwritten, this.#overflowing] = [[], 0, 0, 0];
    const part = [
      this.#isInterrupted ? "\n" : "",
      unwritten > 0 ? this.notice(unwritten) : "",
      ...lines,
      overflowing > 0 ? this.notice(overflowing) : "",
    ];
    try {
      const bytes = encoder.encode(part.join(""));
      for (let written = 0; written < bytes.length;) written += await this.write(bytes.subarray(written));
      this.#isInterrupted = false;
    } catch {
      // A closed pipe or a full disk must not stop the server. How much was written the runtime does not tell.
      this.#isInterrupted = true;
      this.#unwritten = unwritten + lines.length + overflowing;
      WRITE_FAILED.value += lines.length;
    }
  }
}
