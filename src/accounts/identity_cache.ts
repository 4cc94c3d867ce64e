import { IDENTITY_CACHE_MAX } from "../limits.ts";

/** Answers remembered for a while; one request to the database serves all who ask at the same time. */
export interface Memory<T> {
  /** What `load` answered at most `keep_ms` ago. That there is nothing is not remembered. */
  recall(key: string, load: () => Promise<T | undefined>): Promise<T | undefined>;
  /** The next one who asks gets a fresh answer, whatever is under way. */
  forget(key: string): void;
  /** The same of every key. */
  forgetAll(): void;
}

interface Entry<T> {
  readonly answer: Promise<T | undefined>;
  readonly freshUntil_ms: number;
}

/** A memory of `keep_ms` milliseconds; 0 remembers nothing. */
export function createMemory<T>(keep_ms: number): Memory<T> {
  const entries = new Map<string, Entry<T>>();
  return {
    recall(key, load): Promise<T | undefined> {
      if (keep_ms === 0) return load();
      const known = entries.get(key);
      if (known !== undefined && performance.now() < known.freshUntil_ms) return known.answer;
      if (entries.size >= IDENTITY_CACHE_MAX) entries.clear();
      const answer = load();
      const entry = { answer, freshUntil_ms: performance.now() + keep_ms };
      entries.set(key, entry);
      const drop = (): void => {
        if (entries.get(key) === entry) entries.delete(key);
      };
      answer.then((value) => value === undefined && drop(), drop);
      return answer;
    },
    forget(key): void {
      entries.delete(key);
    },
    forgetAll(): void {
      entries.clear();
    },
  };
}
