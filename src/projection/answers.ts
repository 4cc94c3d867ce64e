import { ANSWERS_MAX_CHARS } from "../limits.ts";
import { JsonText } from "../wire/json.ts";
import type { LiveProjection } from "./live.ts";

/** Whole answers, kept until anything in the store changes. */
export class Answers {
  readonly #kept = new Map<string, JsonText>();
  #seq = -1;
  #today = 0;
  #chars = 0;

  constructor(private readonly live: LiveProjection) {}

  /**
   * What `compute` gives, as JSON, for the store as it is now.
   *
   * @param key tells this answer from all others; `compute` may depend on nothing but it and the store.
   */
  async recall(key: string, compute: () => Promise<unknown>): Promise<JsonText> {
    if (!this.live.isReady) return jsonText(await compute());
    await this.live.fresh();
    const { seq, today } = this.live;
    const known = seq === this.#seq && today === this.#today ? this.#kept.get(key) : undefined;
    if (known !== undefined) return known;
    const answer = jsonText(await compute());
    this.#keep(key, answer, { seq, today });
    return answer;
  }

  // The answer was computed after `seq` was read: it may know more, never less.
  #keep(key: string, answer: JsonText, { seq, today }: { seq: number; today: number }): void {
    if (seq < this.live.seq || today !== this.live.today) return;
    const chars = key.length + answer.chars;
    if (seq !== this.#seq || today !== this.#today || this.#chars + chars > ANSWERS_MAX_CHARS) {
      this.#kept.clear();
      this.#chars = 0;
      this.#seq = seq;
      this.#today = today;
    }
    if (chars > ANSWERS_MAX_CHARS || this.#kept.has(key)) return;
    this.#kept.set(key, answer);
    this.#chars += chars;
  }
}

function jsonText(value: unknown): JsonText {
  return value instanceof JsonText ? value : new JsonText(JSON.stringify(value));
}
