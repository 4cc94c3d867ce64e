import type { Database } from "../database/database.ts";
import { LOADING_CANDIDATES_MAX, QUERY_TRIES, RENDERED_MAX_CHARS } from "../limits.ts";
import type { Doubts, LiveProjection } from "../projection/live.ts";
import { readableUnit } from "./readable.ts";
import { type Doubt, doubtOf, doubtWeight, type Standing, standingOf, withDoubt } from "./standing.ts";
import { ranked } from "./ranking.ts";
import type { Query } from "./scoring.ts";
import { findCandidates, hasMoreCandidates, type UnitRow, unitVersions } from "./store.ts";
import { publicUnit, rankedFacts } from "./unit.ts";

/** A query and how many units it asks for; `domains` are cleaned. */
export interface BoundedQuery extends Query {
  readonly limit: number;
}

/** Answers queries with units as agents are shown them, each as JSON. */
export class QueryAnswers {
  readonly #rendered = new Map<string, string>();
  #renderedChars = 0;

  constructor(
    private readonly database: Database,
    private readonly live: LiveProjection,
    private readonly doubts: Doubts | undefined,
  ) {
    live.onChange((id) => this.#forget(id));
  }

  /**
   * The units that answer a query best, as of a moment after the call. Once the store is loaded, the projection must be fresh: see
   * {@link LiveProjection.fresh}.
   */
  async find(query: BoundedQuery): Promise<string[]> {
    if (!this.live.isReady) {
      if (!await hasMoreCandidates(this.database, query.domains, LOADING_CANDIDATES_MAX)) {
        return await this.#fromDatabase(query);
      }
      await this.live.fresh();
    }
    return await this.#fromProjection(query) ?? await this.#fromDatabase(query);
  }

  /**
   * Ranked in memory, then shown as the database has them. What is shown of a unit and what it was ranked by must be the same version
   * of it, so whatever changes in between is read and the query asked again; undefined where that goes on for too long.
   */
  async #fromProjection(query: BoundedQuery): Promise<string[] | undefined> {
    const { live } = this;
    for (let attempt = 0; attempt < QUERY_TRIES; attempt++) {
      const ids = live.projection.search(query, query.limit);
      const missing = ids.filter((id) => !this.#rendered.has(id));
      if (missing.length === 0) return ids.map((id) => this.#rendered.get(id)!);
      const { newest, rows } = await unitVersions(this.database, missing);
      if (live.seq <= newest) this.#keep(rows.filter((row) => row.seq <= live.seq));
      if (live.seq < newest) await live.upTo(newest);
    }
    return undefined;
  }

  async #fromDatabase({ limit, ...query }: BoundedQuery): Promise<string[]> {
    const candidates = (await findCandidates(this.database, query.domains)).map((row) => {
      const facts = rankedFacts(row.data);
      const standing = standingOf(facts, row);
      const doubt = doubtOf(standing, this.doubts?.policy, this.doubts?.today() ?? 0);
      return { id: row.id, row, facts, standing, doubt, weight: doubtWeight(doubt) };
    });
    const texts: string[] = [];
    for (const { row, ...known } of ranked(candidates, query)) {
      if (texts.length === limit) break;
      const text = this.#rendering(row, known);
      if (text !== undefined) texts.push(text);
    }
    return texts;
  }

  #rendering(row: UnitRow, known: { standing: Standing; doubt: Doubt } | undefined): string | undefined {
    const unit = readableUnit(row);
    if (unit === undefined) return undefined;
    const isMarked = this.doubts !== undefined && known !== undefined;
    const extensions = isMarked ? withDoubt(unit.extensions, known.doubt, known.standing) : unit.extensions;
    return JSON.stringify(publicUnit({ ...unit, extensions }));
  }

  /** Keeps units as they are shown. One that cannot be read is left out of every answer until it changes. */
  #keep(rows: readonly UnitRow[]): void {
    for (const row of rows) {
      const text = this.#rendering(row, this.live.projection.doubt(row.id));
      if (text === undefined) {
        this.live.projection.hide(row.id);
        continue;
      }
      this.#forget(row.id);
      this.#rendered.set(row.id, text);
      this.#renderedChars += text.length;
    }
    const ids = this.#rendered.keys();
    while (this.#renderedChars > RENDERED_MAX_CHARS) this.#forget(ids.next().value!);
  }

  #forget(id: string): void {
    const text = this.#rendered.get(id);
    if (text === undefined) return;
    this.#rendered.delete(id);
    this.#renderedChars -= text.length;
  }
}
