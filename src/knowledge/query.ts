import type { Database } from "../database/database.ts";
import { LOADING_CANDIDATES_MAX, QUERY_TAGS_MAX, QUERY_TRIES, RENDERED_MAX_CHARS } from "../limits.ts";
import type { Doubts, LiveProjection } from "../projection/live.ts";
import { topicsOf } from "../projection/projection.ts";
import { CACHE_LOOKUPS } from "../telemetry/instruments.ts";
import { ranked } from "./ranking.ts";
import type { Query } from "./scoring.ts";
import { type Doubtfulness, judged, shownUnit } from "./shown.ts";
import { findCandidates, hasMoreCandidates, type UnitRow, unitVersions } from "./store.ts";

/** A query and how many units it asks for; `domains` are cleaned. */
export interface BoundedQuery extends Query {
  readonly limit: number;
  /** Whether units with tags of the same meaning fill up an answer that has fewer units than asked for. */
  readonly isTolerant: boolean;
}

/** Units as agents are shown them, each as JSON, best first. */
export interface Answer {
  readonly units: readonly string[];
  /** For each domain, the other tags that were looked for: none unless they brought a unit. */
  readonly widened: ReadonlyMap<string, readonly string[]>;
  /** False where the answer is about a part of the store, as long as the rest is not indexed. */
  readonly isWhole: boolean;
  /** Whether another answer may be right soon though no unit changes. */
  readonly isPassing: boolean;
  /** What may make another answer right: see {@link JsonText.topics}. */
  readonly topics: readonly string[];
}

const NOT_WIDENED: Answer["widened"] = new Map();

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
  async find(query: BoundedQuery): Promise<Answer> {
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
  async #fromProjection(query: BoundedQuery): Promise<Answer | undefined> {
    const { live } = this;
    for (let attempt = 0; attempt < QUERY_TRIES; attempt++) {
      const { ids, widened } = this.#search(query);
      const missing = ids.filter((id) => !this.#rendered.has(id));
      if (attempt === 0) CACHE_LOOKUPS.increment("units", missing.length === 0 ? "hit" : "miss");
      if (missing.length === 0) {
        const units = ids.map((id) => this.#rendered.get(id)!);
        return { units, widened, isWhole: true, isPassing: false, topics: topicsOf(query.domains) };
      }
      const { newest, rows } = await unitVersions(this.database, missing);
      if (live.seq <= newest) this.#keep(rows.filter((row) => row.seq <= live.seq));
      if (live.seq < newest) await live.upTo(newest);
    }
    return undefined;
  }

  /** The best units by exactly these tags; then, where these are too few, the best by tags of the same meaning. */
  #search(query: BoundedQuery): { ids: readonly string[]; widened: Answer["widened"] } {
    const { projection } = this.live;
    const exact = projection.search(query, query.limit);
    if (exact.length >= query.limit || !query.isTolerant) return { ids: exact, widened: NOT_WIDENED };
    const near = new Map(
      query.domains.map((domain) => [domain, projection.nearDomains(domain)] as const)
        .filter(([, others]) => others.length > 0),
    );
    if (near.size === 0) return { ids: exact, widened: NOT_WIDENED };
    const domains = [...new Set([...query.domains, ...[...near.values()].flat()])].slice(0, QUERY_TAGS_MAX);
    const ids = [...new Set([...exact, ...projection.search({ ...query, domains }, query.limit)])];
    return { ids: ids.slice(0, query.limit), widened: ids.length === exact.length ? NOT_WIDENED : near };
  }

  async #fromDatabase({ limit, ...query }: BoundedQuery): Promise<Answer> {
    const topics = topicsOf(query.domains);
    const candidates = (await findCandidates(this.database, query.domains))
      .map((row) => judged(row, this.doubts));
    const units: string[] = [];
    for (const candidate of ranked(candidates, query)) {
      if (units.length === limit) break;
      const text = this.#shown(candidate.row, candidate);
      if (text !== undefined) units.push(text);
    }
    return { units, widened: NOT_WIDENED, isWhole: true, isPassing: false, topics };
  }

  #shown(row: UnitRow, doubtfulness: Doubtfulness | undefined): string | undefined {
    return shownUnit(row, this.doubts === undefined ? undefined : doubtfulness);
  }

  /** Keeps units as they are shown. One that cannot be read is left out of every answer until it changes. */
  #keep(rows: readonly UnitRow[]): void {
    for (const row of rows) {
      const text = this.#shown(row, this.live.projection.doubt(row.id));
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
