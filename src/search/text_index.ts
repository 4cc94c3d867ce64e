import type { Database, Transaction } from "../database/database.ts";
import {
  INDEX_DELAY_MS,
  INDEX_LAG_MAX,
  INDEX_PAGE,
  INDEX_PAGES_AT_ONCE,
  INDEX_SLICE_MS,
  INDEX_UNITS_TOGETHER,
  TEXT_CANDIDATES_MAX,
} from "../limits.ts";
import { logger } from "../telemetry/log.ts";
import { nextTurn, Slices } from "../turns.ts";
import {
  countingOf,
  indexingOf,
  indexWord,
  needsIndexing,
  type UnitIndexing,
  WORD_RULES,
} from "./indexing.ts";
import type { Concept } from "./question.ts";
import { type TextHit, WeighedQuestion } from "./text_ranking.ts";
import {
  type ChangedText,
  changedTexts,
  emptyIndex,
  holdIndexState,
  indexState,
  latestChanges,
  type Scope,
  setIndexState,
  type TextCandidate,
  textCandidates,
  unitCounts,
} from "./text_store.ts";

const log = logger("search");

/**
 * Finds units by their words. The index stands in the database; every process that is asked, or has nothing else to do, brings it up to
 * the latest change, whoever made that.
 */
export class TextIndex {
  readonly #loop: Promise<void>;
  readonly #closing = Promise.withResolvers<void>();
  #isClosed = false;
  #hint = Promise.withResolvers<void>();
  #reading: Promise<number> | undefined;
  /** See {@link seq}, and the change up to which that is written down. */
  #seq = 0;
  #written = 0;
  #hasState = false;

  constructor(private readonly database: Database) {
    this.#loop = this.#keepUp();
  }

  /**
   * The units of a scope that are most about some concepts, at most `limit`: by score, then id, both falling.
   *
   * @param newest the change up to which the answer must know. Where more than a little is missing, as after a large import, or
   * nothing can be written, what is indexed answers, and `isWhole` is false.
   */
  async search(
    concepts: readonly Concept[],
    { scope = "a", newest, limit }: { scope?: Scope; newest: number; limit: number },
  ): Promise<{ hits: TextHit[]; isWhole: boolean }> {
    const isWhole = await this.#isUpTo(newest);
    const terms = new Set(concepts.flatMap(({ variants }) => [...variants.keys()]));
    if (terms.size === 0) return { hits: [], isWhole };
    const weighed = new WeighedQuestion(concepts, await unitCounts(this.database, scope, [...terms]));
    const candidates = await this.#candidates(weighed, scope);
    const hits = candidates
      .map((candidate) => ({ id: candidate.unit_id, score: weighed.score(candidate) }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? 1 : -1))
      .slice(0, limit);
    return { hits, isWhole };
  }

  /**
   * Indexes all that is missing, however long that takes.
   *
   * @throws where it cannot be written.
   */
  async catchUp(): Promise<void> {
    while (await this.#readOn() > 0);
  }

  /** The change up to which this process knows that the index is whole. */
  get seq(): number {
    return this.#seq;
  }

  /** Tells that something changed: in a while, it is indexed without waiting for a question. */
  hint(): void {
    this.#hint.resolve();
  }

  /** Ends what it does beside requests. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#closing.resolve();
    await this.#loop;
  }

  async #candidates(weighed: WeighedQuestion, scope: Scope): Promise<TextCandidate[]> {
    const { any, pairs } = weighed.retrieval();
    const lists = [any.map((term) => [term]), pairs].filter((alternatives) => alternatives.length > 0);
    const found = await Promise.all(lists.map((alternatives) => {
      const words = alternatives.map((terms) => terms.map((term) => indexWord(scope, term)));
      return textCandidates(this.database, words, TEXT_CANDIDATES_MAX);
    }));
    return [...new Map(found.flat().map((candidate) => [candidate.unit_id, candidate])).values()];
  }

  async #isUpTo(newest: number): Promise<boolean> {
    try {
      return await this.#upTo(newest);
    } catch {
      // Whatever keeps the index from being written, as a full disk, stops no reader; the loop beside the requests tells of it.
      return false;
    }
  }

  async #upTo(newest: number): Promise<boolean> {
    for (let page = 0; this.#seq < newest; page++) {
      if (page === INDEX_PAGES_AT_ONCE) return false;
      if (await this.#readOn() === 0) return true;
    }
    return true;
  }

  /** Brings the index on by a page of changes; tells how many there were. All who ask at the same time share one. */
  #readOn(): Promise<number> {
    return this.#reading ??= this.#readPage().finally(() => this.#reading = undefined);
  }

  async #readPage(): Promise<number> {
    if (!this.#hasState) {
      const { indexed_seq, word_rules } = await indexState(this.database);
      if (word_rules === WORD_RULES) this.#seq = this.#written = indexed_seq;
      else await this.#startAnew();
      this.#hasState = true;
    }
    const changed = await changedTexts(this.database, this.#seq, INDEX_PAGE);
    if (changed.length === 0) return 0;
    const last = changed.at(-1)!.seq;
    if (changed.some(needsIndexing) || last - this.#written > INDEX_LAG_MAX) await this.#index(changed);
    else this.#seq = last;
    return changed.length;
  }

  /**
   * Words are looked for before the transaction begins: nobody can write while it lasts.
   *
   * @param read what changed next.
   */
  async #index(read: readonly ChangedText[]): Promise<void> {
    const state = await indexState(this.database);
    // A newer server has made the index anew by rules of its own; what it has is left to it.
    if (state.word_rules > WORD_RULES) {
      this.#seq = this.#written = Math.max(state.indexed_seq, read.at(-1)!.seq);
      return;
    }
    const isBehind = state.indexed_seq > this.#seq;
    const from = isBehind ? state.indexed_seq : this.#seq;
    const changed = isBehind ? await changedTexts(this.database, from, INDEX_PAGE) : read;
    const units = await inSlices(changed, indexingOf);
    const last = units.at(-1)?.seq ?? from;
    this.#seq = this.#written = await this.database.transaction(async (transaction) => {
      const held = await holdIndexState(transaction);
      // Somebody else has indexed meanwhile: what was read of the index may be wrong.
      if (held.indexed_seq !== state.indexed_seq || held.word_rules !== state.word_rules) return from;
      const latest = await latestChanges(transaction, units.map(({ unit_id }) => unit_id));
      // What changed again has its turn with that change.
      await write(transaction, units.filter(({ unit_id, seq }) => latest.get(unit_id) === seq));
      await setIndexState(transaction, { indexed_seq: last, word_rules: WORD_RULES });
      return last;
    });
  }

  async #startAnew(): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const { word_rules } = await holdIndexState(transaction);
      if (word_rules >= WORD_RULES) return;
      await emptyIndex(transaction);
      await setIndexState(transaction, { indexed_seq: 0, word_rules: WORD_RULES });
    });
  }

  async #keepUp(): Promise<void> {
    while (!this.#isClosed) {
      this.#hint = Promise.withResolvers<void>();
      try {
        while (!this.#isClosed && await this.#readOn() > 0) await nextTurn();
      } catch (error) {
        if (this.#isClosed) return;
        log.warn("text could not be indexed and will be tried again", { reason: String(error) });
        this.hint();
      }
      await Promise.race([this.#hint.promise, this.#closing.promise]);
      await this.#pause();
    }
  }

  async #pause(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, INDEX_DELAY_MS);
    await Promise.race([promise, this.#closing.promise]);
    clearTimeout(timer);
  }
}

/** Maps items one after the other, with a turn for others in between. */
async function inSlices<T, R>(items: readonly T[], map: (item: T) => R): Promise<R[]> {
  const slices = new Slices(INDEX_SLICE_MS);
  const mapped: R[] = [];
  for (const item of items) {
    mapped.push(map(item));
    await slices.step();
  }
  return mapped;
}

/** Writes as many units together as are quickly written: each trip to a distant engine costs. */
async function write(transaction: Transaction, units: readonly UnitIndexing[]): Promise<void> {
  const slices = new Slices(INDEX_SLICE_MS);
  for (let start = 0; start < units.length; start += INDEX_UNITS_TOGETHER) {
    const together = units.slice(start, start + INDEX_UNITS_TOGETHER);
    await transaction.batch(together.flatMap(({ statements }) => statements));
    await slices.step();
  }
  await transaction.batch(countingOf(units));
}
