import { ANSWERS_MAX_CHARS } from "../limits.ts";
import { CACHE_LOOKUPS } from "../telemetry/instruments.ts";
import { JsonText } from "../wire/json.ts";
import type { LiveProjection } from "./live.ts";

const HITS = CACHE_LOOKUPS.of("answers", "hit");
const MISSES = CACHE_LOOKUPS.of("answers", "miss");

/** The topic of answers that do not tell theirs. */
const ANYTHING = "*anything";

/** Whole answers, kept until something changes that they are about. */
export class Answers {
  readonly #kept = new Map<string, JsonText>();
  readonly #keysOf = new Map<string, Set<string>>();
  /** Answers that are being computed: after a change, all who read ask for the same ones at once. */
  readonly #underWay = new Map<string, Promise<JsonText>>();
  #today = 0;
  #chars = 0;

  constructor(private readonly live: LiveProjection) {
    live.onChange((_, topics) => this.#forget(topics));
  }

  /**
   * What `compute` gives, as JSON, for the store as it is now.
   *
   * @param key tells this answer from all others; `compute` may depend on nothing but it and the store.
   */
  async recall(key: string, compute: () => Promise<unknown>): Promise<JsonText> {
    if (!this.live.isReady) return jsonText(await compute());
    await this.live.fresh();
    if (this.live.today !== this.#today) this.#forgetAll(this.live.today);
    const known = this.#kept.get(key) ?? this.#underWay.get(key);
    (known === undefined ? MISSES : HITS).value++;
    if (known !== undefined) return await known;
    const computing = this.#compute(key, compute);
    this.#underWay.set(key, computing);
    try {
      return await computing;
    } finally {
      // After another change the answers under way are others.
      if (this.#underWay.get(key) === computing) this.#underWay.delete(key);
    }
  }

  async #compute(key: string, compute: () => Promise<unknown>): Promise<JsonText> {
    const { seq, today } = this.live;
    const answer = jsonText(await compute());
    // It was computed after the number was read: it may know more than that moment's store, never less.
    if (seq === this.live.seq && today === this.live.today && !answer.isPassing) this.#keep(key, answer);
    return answer;
  }

  #keep(key: string, answer: JsonText): void {
    const chars = charsOf(key, answer);
    if (chars > ANSWERS_MAX_CHARS || this.#kept.has(key)) return;
    if (this.#chars + chars > ANSWERS_MAX_CHARS) this.#forgetKept();
    this.#kept.set(key, answer);
    this.#chars += chars;
    for (const topic of topicsOf(answer)) {
      const keys = this.#keysOf.get(topic);
      if (keys === undefined) this.#keysOf.set(topic, new Set([key]));
      else keys.add(key);
    }
  }

  /** Forgets what is about something that changed. */
  #forget(topics: readonly string[]): void {
    this.#underWay.clear();
    for (const topic of [ANYTHING, ...topics]) {
      for (const key of this.#keysOf.get(topic) ?? []) this.#forgetOne(key);
    }
  }

  #forgetOne(key: string): void {
    const answer = this.#kept.get(key)!;
    this.#kept.delete(key);
    this.#chars -= charsOf(key, answer);
    for (const topic of topicsOf(answer)) {
      const keys = this.#keysOf.get(topic)!;
      keys.delete(key);
      if (keys.size === 0) this.#keysOf.delete(topic);
    }
  }

  #forgetAll(today: number): void {
    this.#today = today;
    this.#underWay.clear();
    this.#forgetKept();
  }

  #forgetKept(): void {
    this.#kept.clear();
    this.#keysOf.clear();
    this.#chars = 0;
  }
}

function topicsOf({ topics }: JsonText): readonly string[] {
  return topics ?? [ANYTHING];
}

/** Characters that an answer under a key takes: the same as long as it is kept. */
function charsOf(key: string, { chars }: JsonText): number {
  return key.length + chars;
}

function jsonText(value: unknown): JsonText {
  return value instanceof JsonText ? value : new JsonText(JSON.stringify(value));
}
