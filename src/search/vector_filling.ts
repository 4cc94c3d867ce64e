import type { Database } from "../database/database.ts";
import type { Sql } from "../database/sql.ts";
import {
  CLOCK_SKEW_MAX_S,
  EMBEDDING_BATCH,
  EMBEDDING_PUT_OFF_S,
  EMBEDDING_UNIT_MS,
  VECTOR_CLAIM_S,
  VECTOR_RESET_PAGE,
} from "../limits.ts";
import type { Clock } from "../wire/time.ts";
import { embeddedText } from "./embedded_text.ts";
import { type EmbeddingService, PLAIN_TEXT } from "./embedding_service.ts";
import {
  claim,
  forgetting,
  holdVectorState,
  keeping,
  type MissingVector,
  missingVectors,
  puttingOff,
  setVectorState,
  vectorState,
} from "./vector_store.ts";
import { encodeVector } from "./vectors.ts";

/** What became of one batch of missing vectors. */
export interface FilledBatch {
  readonly tried: number;
  readonly made: number;
  /** Whether the service makes none at all. If not, those that it does not make are put off. */
  readonly isDown: boolean;
  /** Why some were not made. */
  readonly reason: string | undefined;
}

interface FillingParts {
  readonly database: Database;
  readonly service: EmbeddingService;
  readonly clock: Clock;
}

interface Embedded {
  /** For each text; undefined where there is none. */
  readonly vectors: readonly (Float32Array | undefined)[];
  readonly reason?: string;
}

/** Makes missing vectors, a batch at a time, in one process at a time. */
export class VectorFilling {
  readonly #filler: string;
  #hasClaimed = false;
  #hasBegun = false;

  constructor(private readonly parts: FillingParts) {
    this.#filler = parts.clock.hex32();
  }

  /**
   * Gives up vectors of another dimension, or, where there is a new model, all: once the service has made one of the right dimension.
   * Until then everything stays as it is.
   *
   * @returns why it made none.
   */
  async begin({ again = false } = {}): Promise<string | undefined> {
    const { database, service } = this.parts;
    const { dimension } = await vectorState(database);
    if (again || dimension !== service.dimension) {
      const reason = dimension === 0 ? undefined : (await this.#attempt([PLAIN_TEXT])).reason;
      if (reason !== undefined) return reason;
      await this.#giveUp(again ? undefined : service.dimension);
    }
    this.#hasBegun = true;
    return undefined;
  }

  /**
   * Makes the next vectors that are missing; undefined where there are none, or another process makes them, or has begun to make them of
   * another dimension: who began last has its way, or two that disagree would undo each other's work for ever.
   *
   * @param inAnyCase takes the work over from another process.
   */
  async next({ inAnyCase = false } = {}): Promise<FilledBatch | undefined> {
    const { database, clock, service } = this.parts;
    if (!this.#hasBegun) {
      const reason = await this.begin();
      if (reason !== undefined) return { tried: 0, made: 0, isDown: true, reason };
    }
    if ((await vectorState(database)).dimension !== service.dimension) return undefined;
    const now_us = clock.now();
    const missing = await missingVectors(database, {
      now_us,
      latest_us: latest(now_us, EMBEDDING_PUT_OFF_S),
      limit: EMBEDDING_BATCH,
    });
    if (missing.length === 0 || !await this.#claim(VECTOR_CLAIM_S, inAnyCase)) return undefined;
    const { vectors, reason } = await this.#embed(missing.map(({ data }) => embeddedText(data).text));
    const isDown = vectors.length === 0;
    const made = isDown ? 0 : await this.#keep(missing, vectors);
    return { tried: missing.length, made, isDown, reason };
  }

  /** Leaves the work to other processes. */
  async release(): Promise<void> {
    if (this.#hasClaimed) await this.#claim(0, false);
  }

  /** From the transaction on in which none is left to give up, only vectors of this dimension are kept. */
  async #giveUp(exceptOf: number | undefined): Promise<void> {
    const { database, service: { dimension } } = this.parts;
    for (let isDone = false; !isDone;) {
      isDone = await database.transaction(async (transaction) => {
        const state = await holdVectorState(transaction);
        if (await transaction.run(forgetting(exceptOf, VECTOR_RESET_PAGE)) > 0) return false;
        await setVectorState(transaction, { ...state, dimension });
        return true;
      });
    }
  }

  async #claim(seconds: number, inAnyCase: boolean): Promise<boolean> {
    const now_us = this.parts.clock.now();
    const until_us = now_us + seconds * 1_000_000;
    const count = await this.parts.database.transaction((transaction) =>
      transaction.run(claim({
        filler: this.#filler,
        until_us,
        now_us,
        latest_us: latest(now_us, VECTOR_CLAIM_S),
        inAnyCase,
      }))
    );
    this.#hasClaimed ||= count > 0;
    return count > 0;
  }

  /** The vectors of texts; none at all where the service is down. What is wrong with one text keeps no other from its vector. */
  async #embed(texts: readonly string[]): Promise<Embedded> {
    const together = await this.#attempt(texts);
    if (together.reason === undefined) return together;
    if (!await this.parts.service.isSound(EMBEDDING_UNIT_MS)) {
      return { vectors: [], reason: together.reason };
    }
    const each: Embedded[] = [];
    for (const text of texts) each.push(await this.#attempt([text]));
    const reason = each.findLast((embedded) => embedded.reason !== undefined)?.reason;
    const vectors = each.map(({ vectors }) => vectors[0]);
    return reason === undefined ? { vectors } : { vectors, reason };
  }

  async #attempt(texts: readonly string[]): Promise<Embedded> {
    try {
      return { vectors: await this.parts.service.embed(texts, EMBEDDING_UNIT_MS) };
    } catch (error) {
      return { vectors: [], reason: (error as Error).message };
    }
  }

  async #keep(missing: readonly MissingVector[], vectors: Embedded["vectors"]): Promise<number> {
    const { database, clock, service } = this.parts;
    const until_us = clock.now() + EMBEDDING_PUT_OFF_S * 1_000_000;
    return await database.transaction(async (transaction) => {
      const state = await holdVectorState(transaction);
      if (state.dimension !== service.dimension) return 0;
      const statements = missing.map((unit, index): Sql => {
        const vector = vectors[index];
        return vector === undefined
          ? puttingOff(unit.unit_id, until_us)
          : this.#keeping(unit, { vector, version: state.version + 1 + index });
      });
      const counts = await transaction.batch(statements);
      await setVectorState(transaction, { ...state, version: state.version + missing.length });
      return counts.reduce((sum, count, index) => vectors[index] === undefined ? sum : sum + count, 0);
    });
  }

  #keeping(
    { unit_id, data }: MissingVector,
    { vector, version }: { vector: Float32Array; version: number },
  ): Sql {
    const { fingerprint } = embeddedText(data);
    const { dimension } = this.parts.service;
    return keeping({ unitId: unit_id, fingerprint, dimension, version, embedding: encodeVector(vector) });
  }
}

/** The last moment until which something lasts that takes this long: one beyond it was written by a clock that was ahead. */
function latest(now_us: number, lasts_s: number): number {
  return now_us + (lasts_s + CLOCK_SKEW_MAX_S) * 1_000_000;
}
