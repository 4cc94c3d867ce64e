import { CHECKPOINT_TRANSACTIONS } from "../limits.ts";
import { logger } from "../telemetry/log.ts";

const log = logger("database");

/**
 * Checkpoints of a SQLite file in a worker of their own: on the event loop each of them would keep every request waiting for two
 * flushes of the disk.
 */
export class Checkpoints {
  #worker: Worker | undefined;
  #isRunning = false;
  #transactions = 0;

  constructor(private readonly path: string) {}

  /** Told after each commit of how many transactions it held. */
  committed(transactions: number): void {
    this.#transactions += transactions;
    if (this.#transactions < CHECKPOINT_TRANSACTIONS || this.#isRunning) return;
    this.#transactions = 0;
    this.#isRunning = true;
    this.#worker ??= this.#start();
    this.#worker.postMessage(this.path);
  }

  close(): void {
    this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL("./checkpoint_worker.ts", import.meta.url).href, { type: "module" });
    const ended = (reason: string): void => {
      this.#isRunning = false;
      if (reason !== "") log.warn("a checkpoint failed; the log grows until one succeeds", { reason });
    };
    worker.onmessage = ({ data }: MessageEvent<string>): void => ended(data);
    worker.onerror = (event): void => {
      event.preventDefault();
      this.#worker = undefined;
      worker.terminate();
      ended(event.message);
    };
    return worker;
  }
}
