import { CHECKPOINT_CLOSE_MS, CHECKPOINT_TRANSACTIONS, LOG_RESTART_TRANSACTIONS } from "../limits.ts";
import { logger } from "../telemetry/log.ts";
import { startWorker } from "../workers.ts";

const log = logger("database");

/**
 * Checkpoints of a SQLite file in a worker of their own: on the event loop each of them would keep every request waiting for two
 * flushes of the disk.
 */
export class Checkpoints {
  #worker: Worker | undefined;
  #running: Promise<void> | undefined;
  /** Ends the waiting for a checkpoint whose worker does not answer any more. */
  #abandon: (() => void) | undefined;
  #sinceLast = 0;
  #sinceRestart = 0;

  constructor(private readonly path: string) {}

  /** Told after each commit of how many transactions it held. Nothing may be written until the answer is there. */
  async committed(transactions: number): Promise<void> {
    this.#sinceLast += transactions;
    this.#sinceRestart += transactions;
    if (this.#sinceRestart >= LOG_RESTART_TRANSACTIONS) {
      // Only a checkpoint that nobody writes beside is complete, and only then does the log begin at its start again.
      await this.#running;
      await this.#run();
      this.#sinceRestart = 0;
    } else if (this.#sinceLast >= CHECKPOINT_TRANSACTIONS && this.#running === undefined) {
      this.#run();
    }
  }

  /** Lets the worker end what it does and close its connection, so that the writer's is the last one: it removes the log. */
  async close(): Promise<void> {
    const timer = setTimeout(() => this.abandon(), CHECKPOINT_CLOSE_MS);
    await this.#running;
    if (this.#worker !== undefined) await this.#ask(this.#worker, undefined).catch(() => {});
    clearTimeout(timer);
    this.abandon();
  }

  /** Ends the worker as it stands, and its connection with it; the next checkpoint has another one. */
  abandon(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#abandon?.();
  }

  #run(): Promise<void> {
    this.#sinceLast = 0;
    return this.#running = this.#checkpoint().catch((error: Error) => {
      this.#worker?.terminate();
      this.#worker = undefined;
      log.warn("a checkpoint failed; the log grows until one succeeds", { reason: error.message });
    }).finally(() => this.#running = undefined);
  }

  async #checkpoint(): Promise<void> {
    this.#worker ??= startWorker(new URL("./checkpoint_worker.ts", import.meta.url));
    await this.#ask(this.#worker, this.path);
  }

  #ask(worker: Worker, path: string | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#abandon = resolve;
      worker.onmessage = ({ data }: MessageEvent<string>): void => {
        if (data === "") resolve();
        else reject(new Error(data));
      };
      worker.onerror = (event): void => {
        event.preventDefault();
        reject(new Error(event.message));
      };
      worker.postMessage(path);
    });
  }
}
