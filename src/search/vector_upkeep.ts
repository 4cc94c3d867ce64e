import type { Database } from "../database/database.ts";
import { INDEX_LAG_MAX, VECTOR_PAGE } from "../limits.ts";
import { embeddedText } from "./embedded_text.ts";
import {
  type ChangedUnit,
  changedUnits,
  holdVectorState,
  marking,
  removal,
  retrying,
  setVectorState,
  vectorState,
} from "./vector_store.ts";

/** Keeps written down which units have a vector of their text and which are to get one, as of the latest change by any program. */
export class VectorUpkeep {
  #seq = 0;
  #written = 0;
  #hasState = false;

  constructor(private readonly database: Database, private readonly dimension: number) {}

  /** The change up to which this process knows of all. */
  get seq(): number {
    return this.#seq;
  }

  /** Reads the next page of changes and writes down what they mean; returns them as they are afterwards. */
  async readOn(): Promise<readonly ChangedUnit[]> {
    await this.#begin();
    const changed = await this.#changedUnits(this.database);
    if (changed.length === 0) return changed;
    const last = changed.at(-1)!.seq;
    const isWritten = changed.some((unit) => wantsVector(unit) || losesVector(unit)) ||
      last - this.#written > INDEX_LAG_MAX;
    const known = isWritten ? await this.#write() : changed;
    this.#seq = known.at(-1)?.seq ?? last;
    return known;
  }

  /** Has vectors tried again that could not be made. */
  async retry(): Promise<void> {
    await this.database.transaction((transaction) => transaction.run(retrying()));
  }

  async #begin(): Promise<void> {
    if (this.#hasState) return;
    const { followed_seq } = await vectorState(this.database);
    this.#seq = this.#written = followed_seq;
    this.#hasState = true;
  }

  #changedUnits(database: Pick<Database, "all" | "first">): Promise<ChangedUnit[]> {
    return changedUnits(database, { seq: this.#seq, dimension: this.dimension, limit: VECTOR_PAGE });
  }

  async #write(): Promise<ChangedUnit[]> {
    const known = await this.database.transaction(async (transaction) => {
      const state = await holdVectorState(transaction);
      const changed = await this.#changedUnits(transaction);
      const wanted = changed.filter(wantsVector).map(({ unit_id, data }, index) => ({
        unitId: unit_id,
        fingerprint: embeddedText(data!).fingerprint,
        version: state.version + 1 + index,
      }));
      await transaction.batch([
        ...marking(wanted, this.dimension),
        ...removal(changed.filter(losesVector).map(({ unit_id }) => unit_id)),
      ]);
      const followed_seq = Math.max(state.followed_seq, changed.at(-1)?.seq ?? 0);
      await setVectorState(transaction, { ...state, followed_seq, version: state.version + wanted.length });
      return changed.map((unit) => wantsVector(unit) || losesVector(unit) ? { ...unit, is_made: 0 } : unit);
    });
    this.#written = known.at(-1)?.seq ?? this.#written;
    return known;
  }
}

/** Whether a unit is to get a vector: it is approved, and there is none of its text. Until then a vector that is there is kept. */
function wantsVector({ data, fingerprint }: ChangedUnit): boolean {
  if (data === null) return false;
  const wanted = embeddedText(data);
  return wanted.text !== "" && wanted.fingerprint !== fingerprint;
}

function losesVector({ status, data, fingerprint }: ChangedUnit): boolean {
  return fingerprint !== null && (status === null || (data !== null && embeddedText(data).text === ""));
}
