import type { EmbeddingConfig } from "../config.ts";
import { type CqError, unavailable } from "../errors.ts";
import { EMBEDDING_ANSWER_MAX_BYTES, EMBEDDING_LONG_ANSWER_CHARS, RETRY_AFTER_S } from "../limits.ts";
import { EMBEDDING_DURATION } from "../telemetry/instruments.ts";
import { currentRequestId } from "../telemetry/request_context.ts";
import { vectorsIn } from "./embedding_answer.ts";

/** A text that any service can make a vector of. */
export const PLAIN_TEXT = "text";

/** The service that makes vectors of texts. It is not trusted: it may be slow, answer nonsense, or more than fits. */
export class EmbeddingService {
  readonly dimension: number;
  readonly #url: string;
  readonly #underWay = new Set<AbortController>();
  #isClosed = false;
  /** Until it turns out that the service knows only one text at a time, or has much to say about each. */
  #takesSeveral = true;

  constructor({ url, dimension }: EmbeddingConfig) {
    this.#url = `${url}/predict`;
    this.dimension = dimension;
  }

  /**
   * The vectors of texts, each of length 1.
   *
   * @param timeout_ms for each request.
   * @throws {CqError} `unavailable` with what is wrong.
   */
  async embed(texts: readonly string[], timeout_ms: number): Promise<Float32Array[]> {
    if (texts.length > 1 && this.#takesSeveral) {
      const vectors = await this.#predict(texts, timeout_ms);
      if (vectors !== undefined) return vectors;
      this.#takesSeveral = false;
    }
    const vectors: Float32Array[] = [];
    for (const text of texts) vectors.push(...(await this.#predict([text], timeout_ms))!);
    return vectors;
  }

  /** Whether it makes vectors at all: what it refused is at fault then. */
  async isSound(timeout_ms: number): Promise<boolean> {
    return timeout_ms > 0 && await this.embed([PLAIN_TEXT], timeout_ms).then(() => true, () => false);
  }

  /** Gives up what is under way; nothing can be asked afterwards. */
  close(): void {
    this.#isClosed = true;
    for (const controller of this.#underWay) controller.abort();
  }

  async #predict(texts: readonly string[], timeout_ms: number): Promise<Float32Array[] | undefined> {
    if (this.#isClosed) throw failure("is not asked any more");
    const began_ms = performance.now();
    let outcome = "failed";
    const controller = new AbortController();
    this.#underWay.add(controller);
    const timer = setTimeout(
      () => controller.abort(new Error(`took longer than ${timeout_ms} ms`)),
      timeout_ms,
    );
    try {
      const answer = await this.#post(texts, controller.signal);
      const vectors = vectorsIn(answer, { count: texts.length, dimension: this.dimension });
      outcome = "answered";
      return vectors;
    } catch (error) {
      const { signal } = controller;
      throw failure(reasonOf(signal.aborted ? signal.reason : error), error);
    } finally {
      EMBEDDING_DURATION.observe((performance.now() - began_ms) / 1000, EMBEDDING_DURATION.of(outcome));
      clearTimeout(timer);
      this.#underWay.delete(controller);
    }
  }

  async #post(texts: readonly string[], signal: AbortSignal): Promise<unknown> {
    const requestId = currentRequestId();
    const response = await fetch(this.#url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(requestId === undefined ? {} : { "x-request-id": requestId }),
      },
      body: JSON.stringify({ inputs: texts }),
      // Whoever could redirect would choose where texts are sent.
      redirect: "manual",
      signal,
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(`answered ${response.status}`);
    }
    const text = await boundedText(response);
    if (text.length > EMBEDDING_LONG_ANSWER_CHARS) this.#takesSeveral = false;
    return JSON.parse(text);
  }
}

async function boundedText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  // Left early, the loop cancels the body.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > EMBEDDING_ANSWER_MAX_BYTES) {
      throw new Error(`answered with more than ${EMBEDDING_ANSWER_MAX_BYTES} bytes`);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return "answered with something that is not JSON";
  // Of a failed connection; the message would name the address.
  if (error instanceof TypeError) return "cannot be reached";
  return error instanceof Error ? error.message : String(error);
}

function failure(reason: string, cause?: unknown): CqError {
  return unavailable(`The embedding service ${reason}`, { retryAfter_s: RETRY_AFTER_S, cause });
}
