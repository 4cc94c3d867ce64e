import { setImmediate } from "node:timers";
import type { Database } from "../database/database.ts";
import { unavailable } from "../errors.ts";
import type { DoubtPolicy } from "../knowledge/standing.ts";
import {
  CHANGES_PAGE,
  LOADING_SLICE_MS,
  PROJECTION_RETRY_MS,
  PROJECTION_WAIT_MS,
  RETRY_AFTER_S,
} from "../limits.ts";
import { PROJECTION_CATCH_UP, PROJECTION_CHANGES } from "../telemetry/instruments.ts";
import { logger } from "../telemetry/log.ts";
import { Slices } from "../turns.ts";
import { changesAfter, newestChange } from "./changes.ts";
import { Projection } from "./projection.ts";

const log = logger("projection");

/** How doubts lower a rank, and what day it is, since 1970. */
export interface Doubts {
  readonly policy: DoubtPolicy;
  readonly today: () => number;
}

/**
 * A {@link Projection} of a database that is as fresh as whoever asks needs it to be. It is loaded beside the requests, in slices
 * that leave the event loop free; afterwards every change is read before an answer that has to know of it.
 */
export class LiveProjection {
  readonly projection: Projection;
  readonly #ready = Promise.withResolvers<void>();
  readonly #listeners: ((id: string, topics: readonly string[]) => void)[] = [];
  readonly #loading: Promise<void>;
  #isReady = false;
  #isClosed = false;
  #wake: (() => void) | undefined;
  #catchingUp: Promise<number> | undefined;
  #newest: Promise<number> | undefined;
  #seq = 0;
  #today = 0;

  /** @param doubts undefined where doubts do not count. */
  constructor(private readonly database: Database, private readonly doubts?: Doubts) {
    this.projection = new Projection(doubts?.policy);
    this.#loading = this.#load();
  }

  /** Whether all units are loaded: before that, nothing of the projection may be used. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** The number of the latest change it knows of. */
  get seq(): number {
    return this.#seq;
  }

  /** The day on which doubts are counted, since 1970. */
  get today(): number {
    return this.#today;
  }

  /**
   * Told of the id of every unit that changes, or counts otherwise because it is another day, and of what answers it may change: see
   * {@link Projection.put}.
   */
  onChange(listener: (id: string, topics: readonly string[]) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Waits until all units are loaded.
   *
   * @throws {CqError} 503 where that takes longer than a client waits.
   */
  async ready(): Promise<void> {
    if (this.#isReady) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      const refuse = (): void =>
        reject(unavailable("The store is still being loaded", { retryAfter_s: RETRY_AFTER_S }));
      timer = setTimeout(refuse, PROJECTION_WAIT_MS);
    });
    try {
      await Promise.race([this.#ready.promise, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The projection with everything that was committed before the call. */
  async fresh(): Promise<Projection> {
    if (!this.#isReady) await this.ready();
    const newest = await this.newest();
    if (this.#seq < newest) await this.upTo(newest);
    this.#turn();
    return this.projection;
  }

  /** The number of the latest change that was committed before the call. All who ask in one turn of the event loop share a read. */
  newest(): Promise<number> {
    return this.#newest ??= new Promise((resolve) => setImmediate(resolve)).then(() => {
      this.#newest = undefined;
      return newestChange(this.database);
    });
  }

  /** Waits until it knows of a change. */
  async upTo(seq: number): Promise<void> {
    while (this.#seq < seq) {
      if (this.#catchingUp !== undefined) {
        // It may have read before the change was there.
        await this.#catchingUp;
        continue;
      }
      const began_ms = performance.now();
      const reading = this.#readOn().finally(() => {
        this.#catchingUp = undefined;
        PROJECTION_CATCH_UP.observe((performance.now() - began_ms) / 1000, PROJECTION_CATCH_UP.of());
      });
      this.#catchingUp = reading;
      if (await reading === 0) return;
    }
  }

  /** Ends the loading. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#wake?.();
    await this.#loading;
  }

  async #load(): Promise<void> {
    const started = performance.now();
    this.#turn();
    const slices = new Slices(LOADING_SLICE_MS);
    while (!this.#isClosed) {
      try {
        // What comes later is read before an answer needs it: to wait for a moment without any would take forever.
        if (await this.#readOn() < CHANGES_PAGE) break;
      } catch (error) {
        log.warn("the store could not be loaded and will be tried again", { reason: String(error) });
        await this.#pause();
      }
      await slices.step();
    }
    for (const _ of this.projection.listAll()) {
      if (this.#isClosed) return;
      await slices.step();
    }
    if (this.#isClosed) return;
    this.#isReady = true;
    this.#ready.resolve();
    log.info("the store is loaded", { seq: this.#seq, ms: Math.round(performance.now() - started) });
  }

  /** Takes in what changed next; tells how many units did. */
  async #readOn(): Promise<number> {
    const page = await changesAfter(this.database, this.#seq, CHANGES_PAGE);
    if (page === undefined) return 0;
    for (const { id, facts } of page.changes) {
      const topics = facts === undefined ? this.projection.remove(id) : this.projection.put(facts);
      for (const listener of this.#listeners) listener(id, topics);
    }
    this.#seq = page.seq;
    PROJECTION_CHANGES.of().value += page.changes.length;
    return page.changes.length;
  }

  #turn(): void {
    const today = this.doubts?.today() ?? 0;
    if (today === this.#today) return;
    this.#today = today;
    for (const id of this.projection.turnTo(today)) {
      for (const listener of this.#listeners) listener(id, []);
    }
  }

  async #pause(): Promise<void> {
    if (this.#isClosed) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, PROJECTION_RETRY_MS);
    this.#wake = resolve;
    await promise;
    clearTimeout(timer);
  }
}
