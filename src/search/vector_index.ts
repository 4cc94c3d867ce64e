import type { Database } from "../database/database.ts";
import { VECTOR_MEMORY_MAX_BYTES, VECTOR_PAGE, VECTOR_PAGES_AT_ONCE } from "../limits.ts";
import { logger } from "../telemetry/log.ts";
import { type Nearness, VectorMemory } from "./vector_memory.ts";
import { type ChangedUnit, type StoredVector, vectorsAfter, vectorsOf } from "./vector_store.ts";
import { VectorUpkeep } from "./vector_upkeep.ts";
import { BYTES_EACH, cosine, decodeVector } from "./vectors.ts";

const log = logger("search");

interface VectorOptions {
  readonly dimension: number;
  /** Bytes of vectors that may be kept in memory. */
  readonly memoryMax_bytes?: number;
}

/**
 * The vectors of approved units: in memory as long as they fit, and as fresh as whoever asks needs them to be. Where they do not fit,
 * those of the units that are asked about are read from the database.
 */
export class VectorIndex {
  readonly #dimension: number;
  readonly #upkeep: VectorUpkeep;
  #memory: VectorMemory | undefined;
  #version = 0;
  #stepping: Promise<boolean> | undefined;

  constructor(
    private readonly database: Database,
    { dimension, memoryMax_bytes = VECTOR_MEMORY_MAX_BYTES }: VectorOptions,
  ) {
    this.#dimension = dimension;
    this.#upkeep = new VectorUpkeep(database, dimension);
    this.#memory = new VectorMemory({ dimension, memoryMax_bytes });
  }

  /** Takes in a page of what changed; tells whether there was anything. All who ask at the same time share one. */
  step(): Promise<boolean> {
    return this.#stepping ??= this.#step().finally(() => this.#stepping = undefined);
  }

  /**
   * How near units are to a vector: the `limit` nearest, and those of `among` that have one. Where the store does not fit into
   * memory, or is still being loaded, it is those of `among` alone.
   *
   * @param newest the change up to which the answer must know.
   */
  async nearest(
    vector: Float32Array,
    { newest, limit, among }: { newest: number; limit: number; among: readonly string[] },
  ): Promise<Nearness[]> {
    const isWhole = await this.#upTo(newest);
    if (isWhole && this.#memory !== undefined) {
      return await this.#memory.nearest(vector, { limit, among });
    }
    const stored = await vectorsOf(this.database, among, this.#dimension);
    const each = new Float32Array(this.#dimension);
    return stored.filter((vector) => this.#isUsable(vector)).map(({ unit_id, embedding }) => {
      decodeVector(embedding!, each);
      return { id: unit_id, similarity: cosine(vector, each) };
    });
  }

  async #upTo(newest: number): Promise<boolean> {
    for (let page = 0; page < VECTOR_PAGES_AT_ONCE; page++) {
      const isMoving = await this.step();
      if (!isMoving && this.#upkeep.seq >= newest) return true;
    }
    return false;
  }

  async #step(): Promise<boolean> {
    const changed = await this.#upkeep.readOn();
    if (this.#memory === undefined) return changed.length > 0;
    await this.#takeChanges(this.#memory, changed);
    const vectors = await vectorsAfter(this.database, {
      version: this.#version,
      dimension: this.#dimension,
      limit: VECTOR_PAGE,
    });
    this.#takeVectors(vectors);
    this.#version = vectors.at(-1)?.version ?? this.#version;
    return changed.length > 0 || vectors.length > 0;
  }

  async #takeChanges(memory: VectorMemory, changed: readonly ChangedUnit[]): Promise<void> {
    const isServed = ({ status, is_made }: ChangedUnit): boolean => status === "approved" && is_made === 1;
    for (const unit of changed) if (!isServed(unit)) memory.remove(unit.unit_id);
    const back = changed.filter((unit) => isServed(unit) && !memory.has(unit.unit_id));
    this.#takeVectors(await vectorsOf(this.database, back.map(({ unit_id }) => unit_id), this.#dimension));
  }

  #takeVectors(vectors: readonly StoredVector[]): void {
    for (const vector of vectors) {
      if (!this.#isUsable(vector)) this.#memory?.remove(vector.unit_id);
      else if (this.#memory?.put(vector.unit_id, vector.embedding!) === false) {
        this.#memory = undefined;
        log.warn("vectors do not fit into memory; they rank what is found by text and tags");
      }
    }
  }

  #isUsable({ status, embedding }: StoredVector): boolean {
    return status === "approved" && embedding?.byteLength === this.#dimension * BYTES_EACH;
  }
}
