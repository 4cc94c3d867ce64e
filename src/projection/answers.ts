import { ANSWERS_MAX_CHARS } from "../limits.ts";
import { CACHE_LOOKUPS } from "../telemetry/instruments.ts";
import { JsonText } from "../wire/json.ts";
import type { LiveProjection } from "./live.ts";

const HITS = CACHE_LOOKUPS.of("answers", "hit");
const MISSES = CACHE_LOOKUPS.of("answers", "miss");

/** The store at one moment: the number of its latest change, and the day. */
interface Moment {
  readonly seq: number;
  readonly today: number;
}

/** Whole answers, kept until anything in the store changes. */
export class Answers {
  readonly #kept = new Map<string, JsonText>();
  /** Answers that are being computed: after a change, all who read ask for the same ones at once. */
  readonly #underWay = new Map<string, Promise<JsonText>>();
  #moment: Moment = { seq: -1, today: 0 };
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
    if (seq !== this.#moment.seq || today !== this.#moment.today) this.#forgetAll({ seq, today });
    const known = this.#kept.get(key) ?? this.#underWay.get(key);
    (known === undefined ? MISSES : HITS).value++;
    if (known !== undefined) return await known;
    const computing = this.#compute(key, compute);
    this.#underWay.set(key, computing);
    return await computing;
  }

  async #compute(key: string, compute: () => Promise<unknown>): Promise<JsonText> {
    const moment = this.#moment;
    try {
      const answer = jsonText(await compute());
      // It was computed after the number was read: it may know more than that moment's store, never less.
      const isCurrent = moment.seq === this.live.seq && moment.today === this.live.today;
      if (isCurrent && !answer.isPassing) this.#keep(key, answer);
      return answer;
    } finally {
      // After another change the answers under way are others.
      if (moment === this.#moment) this.#underWay.delete(key);
    }
  }

  #keep(key: string, answer: JsonText): void {
    const chars = key.length + answer.chars;
    if (chars > ANSWERS_MAX_CHARS || this.#kept.has(key)) return;
    if (this.#chars + chars > ANSWERS_MAX_CHARS) this.#forgetKept();
    this.#kept.set(key, answer);
    this.#chars += chars;
  }

  #forgetAll(moment: Moment): void {
    this.#moment = moment;
    this.#underWay.clear();
    this.#forgetKept();
  }

  #forgetKept(): void {
    this.#kept.clear();
    this.#chars = 0;
  }
}

function jsonText(value: unknown): JsonText {
  return value instanceof JsonText ? value : new JsonText(JSON.stringify(value));
}
