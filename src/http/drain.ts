import { DRAIN_LINGER_MS, DRAIN_QUIET_MS } from "../connection_limits.ts";
import type { App } from "./app.ts";

const POLL_MS = 10;

/**
 * Counts the requests under way. A listener that ends closes connections whose requests it has not read yet, without an answer; so
 * it is to end when there are none.
 */
export class Drain {
  #underWay = 0;
  #isDraining = false;

  /** Whether the server is about to end. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** An app whose requests are counted, and whose clients are told to use their connections no more once it drains. */
  counting(app: App): App {
    return async (request, connection) => {
      this.#underWay++;
      try {
        const response = await app(request, connection);
        if (this.#isDraining) response.headers.set("connection", "close");
        return response;
      } finally {
        this.#underWay--;
      }
    };
  }

  /** Begins to drain. Resolves when there was no request for a moment; where they keep coming, after a while all the same. */
  async start(): Promise<void> {
    this.#isDraining = true;
    const deadline = performance.now() + DRAIN_LINGER_MS;
    let quietPolls = 0;
    // Polls are counted, and not time: after a long slice of work, requests are there that nobody had a turn to read.
    while (quietPolls * POLL_MS < DRAIN_QUIET_MS && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      quietPolls = this.#underWay === 0 ? quietPolls + 1 : 0;
    }
  }
}
