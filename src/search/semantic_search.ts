import type { EmbeddingConfig } from "../config.ts";
import type { Database } from "../database/database.ts";
import { VECTOR_INTERVAL_MS, VECTOR_RETRY_MS } from "../limits.ts";
import { logger } from "../telemetry/log.ts";
import { nextTurn } from "../turns.ts";
import type { Clock } from "../wire/time.ts";
import { EmbeddingService } from "./embedding_service.ts";
import { QuestionVectors } from "./question_vectors.ts";
import { type FilledBatch, VectorFilling } from "./vector_filling.ts";
import { VectorIndex } from "./vector_index.ts";
import type { Nearness } from "./vector_memory.ts";

const log = logger("search");

interface SemanticSearchParts {
  readonly embedding: EmbeddingConfig;
  readonly database: Database;
  readonly clock: Clock;
}

/** Finds units by their meaning. Nobody waits for the vectors of units: they are made beside the requests, and units do without. */
export class SemanticSearch {
  readonly #service: EmbeddingService;
  readonly #questions: QuestionVectors;
  readonly #index: VectorIndex;
  readonly #filling: VectorFilling;
  readonly #loop: Promise<void>;
  #isClosed = false;
  #isDown = false;
  #wake: (() => void) | undefined;

  constructor({ embedding, database, clock }: SemanticSearchParts) {
    const service = new EmbeddingService(embedding);
    this.#service = service;
    this.#questions = new QuestionVectors(service, clock);
    this.#index = new VectorIndex(database, embedding);
    this.#filling = new VectorFilling({ database, service, clock });
    this.#loop = this.#keepUp();
  }

  /** Whether questions are answered without it, because the service failed. */
  get isSuspended(): boolean {
    return this.#questions.isSuspended;
  }

  /** The vector of a question; undefined where it cannot be had now. */
  vectorOf(question: string): Promise<Float32Array | undefined> {
    return this.#questions.of(question);
  }

  /** How near units are to a vector: see {@link VectorIndex.nearest}. */
  nearest(vector: Float32Array, options: Parameters<VectorIndex["nearest"]>[1]): Promise<Nearness[]> {
    return this.#index.nearest(vector, options);
  }

  /** Ends what it does beside requests. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#service.close();
    this.#wake?.();
    await this.#loop;
    await this.#filling.release().catch(() => {});
  }

  async #keepUp(): Promise<void> {
    while (!this.#isClosed) {
      let pause_ms = VECTOR_INTERVAL_MS;
      try {
        while (!this.#isClosed && await this.#index.step()) await nextTurn();
        pause_ms = await this.#fill();
      } catch (error) {
        if (!this.#isClosed) {
          log.warn("vectors could not be kept and will be tried again", { reason: String(error) });
        }
      }
      if (!this.#isClosed) await this.#pause(pause_ms);
    }
  }

  /** Makes a batch of missing vectors; tells how many milliseconds to wait before going on. */
  async #fill(): Promise<number> {
    if (this.#isClosed) return 0;
    const batch = await this.#filling.next();
    if (batch === undefined) return VECTOR_INTERVAL_MS;
    if (!this.#isClosed) this.#tell(batch);
    return batch.isDown ? VECTOR_RETRY_MS : 0;
  }

  #tell({ isDown, reason }: FilledBatch): void {
    if (isDown && !this.#isDown) log.warn("no vectors can be made now", { reason });
    if (!isDown && this.#isDown) log.info("vectors are made again");
    if (!isDown && reason !== undefined) log.warn("the texts of some units were refused", { reason });
    this.#isDown = isDown;
  }

  async #pause(pause_ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, pause_ms);
    this.#wake = resolve;
    await promise;
    clearTimeout(timer);
  }
}
