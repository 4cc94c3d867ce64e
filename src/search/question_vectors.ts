import { EMBEDDING_QUESTION_MS, EMBEDDING_QUESTIONS_AT_ONCE, QUESTION_VECTORS_MAX } from "../limits.ts";
import { CACHE_LOOKUPS } from "../telemetry/instruments.ts";
import { logger } from "../telemetry/log.ts";
import type { Clock } from "../wire/time.ts";
import { CircuitBreaker } from "./circuit_breaker.ts";
import type { EmbeddingService } from "./embedding_service.ts";

const log = logger("search");

/** The vectors of questions, those asked last remembered. */
export class QuestionVectors {
  readonly #breaker: CircuitBreaker;
  readonly #known = new Map<string, Promise<Float32Array | undefined>>();
  #waiting = 0;

  constructor(private readonly service: EmbeddingService, clock: Clock) {
    this.#breaker = new CircuitBreaker(clock);
  }

  /** Whether questions are not sent to the service, because it failed. */
  get isSuspended(): boolean {
    return this.#breaker.isOpen;
  }

  /** The vector of a question; undefined where the service is slow, fails or has too much to do. */
  async of(question: string): Promise<Float32Array | undefined> {
    const known = this.#known.get(question);
    CACHE_LOOKUPS.increment("question", known === undefined ? "miss" : "hit");
    const vector = known ?? this.#ask(question);
    // Whoever is asked for again goes to the end: the first one is the one to forget.
    this.#known.delete(question);
    this.#known.set(question, vector);
    if (this.#known.size > QUESTION_VECTORS_MAX) this.#known.delete(this.#known.keys().next().value!);
    const found = await vector;
    if (found === undefined && this.#known.get(question) === vector) this.#known.delete(question);
    return found;
  }

  async #ask(question: string): Promise<Float32Array | undefined> {
    if (this.#waiting >= EMBEDDING_QUESTIONS_AT_ONCE || !this.#breaker.admits()) return undefined;
    this.#waiting++;
    const until_ms = performance.now() + EMBEDDING_QUESTION_MS;
    try {
      const [vector] = await this.service.embed([question], EMBEDDING_QUESTION_MS);
      this.#succeeded();
      return vector;
    } catch (error) {
      const reason = (error as Error).message;
      // Anybody may ask: questions that the service cannot take must not keep it from all others.
      if (this.#breaker.isOnEdge && await this.service.isSound(until_ms - performance.now())) {
        this.#succeeded();
      } else if (this.#breaker.failed()) log.warn("questions are answered by text alone for now", { reason });
      return undefined;
    } finally {
      this.#waiting--;
    }
  }

  #succeeded(): void {
    if (this.#breaker.succeeded()) log.info("questions are answered by meaning again");
  }
}
