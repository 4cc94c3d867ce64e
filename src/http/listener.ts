import { setTimeout as delay } from "node:timers/promises";
import { LISTEN_AGAIN_MS, LISTEN_WARNING_INTERVAL_MS } from "../connection_limits.ts";
import { misconfigured } from "../errors.ts";
import { logger } from "../telemetry/log.ts";
import type { App } from "./app.ts";

const log = logger("server");

interface Address {
  readonly host: string;
  readonly port: number;
}

/** What takes connections. */
export interface Listener {
  /** Resolves when it has ended and every request is answered. */
  readonly finished: Promise<void>;
  /** Takes no more connections, and ends those without a request under way. */
  shutdown(): void;
}

/**
 * Passes requests at an address on to an app.
 *
 * @throws {CqError} where it cannot listen there.
 */
export function listen(address: Address, app: App): Listener {
  return new LastingListener(address, app);
}

/**
 * The runtime's listener ends with the first connection that it cannot take, as where the process has no file descriptor left; the
 * connections it has taken go on. Another one follows it.
 */
class LastingListener implements Listener {
  readonly finished: Promise<void>;
  #current: Deno.HttpServer<Deno.NetAddr>;
  #isEnding = false;
  #warnedAt_ms = -Infinity;

  constructor({ host, port }: Address, private readonly app: App) {
    try {
      this.#current = this.#serve({ host, port });
    } catch (error) {
      const reason = (error as Error).message;
      throw misconfigured(
        `CQ_HOST, CQ_PORT: cannot listen on ${host}:${port} (${reason}); set others`,
        error,
      );
    }
    this.finished = this.#run(host);
  }

  shutdown(): void {
    this.#isEnding = true;
    this.#current.shutdown();
  }

  #serve({ host: hostname, port }: Address): Deno.HttpServer<Deno.NetAddr> {
    const onListen = (address: Deno.NetAddr): void => log.info("listening", { ...address });
    return Deno.serve({ hostname, port, onListen }, this.app);
  }

  async #run(host: string): Promise<void> {
    const { port } = this.#current.addr;
    while (!this.#isEnding) {
      try {
        await this.#current.finished;
        return;
      } catch (error) {
        this.#warn(error);
      }
      await delay(LISTEN_AGAIN_MS);
      if (!this.#isEnding) this.#listenAgain({ host, port });
    }
  }

  #listenAgain(address: Address): void {
    try {
      this.#current = this.#serve(address);
    } catch (error) {
      // The one that ended is tried once more: its end is the same error as before.
      this.#warn(error);
    }
  }

  #warn(error: unknown): void {
    const now_ms = performance.now();
    if (now_ms - this.#warnedAt_ms < LISTEN_WARNING_INTERVAL_MS) return;
    this.#warnedAt_ms = now_ms;
    log.error("a connection could not be taken; is the limit of open files too low?", {
      reason: String(error),
    });
  }
}
