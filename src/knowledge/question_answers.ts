import type { Database } from "../database/database.ts";
import { QUERY_LIMIT_MAX, TEXT_HITS_MAX, VECTOR_HITS_MAX } from "../limits.ts";
import type { Doubts, LiveProjection } from "../projection/live.ts";
import { APPROVED } from "../projection/projection.ts";
import { conceptsOf } from "../search/question.ts";
import type { SemanticSearch } from "../search/semantic_search.ts";
import { tagKey } from "../search/tag_aliases.ts";
import type { TextIndex } from "../search/text_index.ts";
import type { Answer, BoundedQuery } from "./query.ts";
import { byScore, fused } from "./rank_fusion.ts";
import { type Query, relevance } from "./scoring.ts";
import { judged, shownUnit } from "./shown.ts";
import { approvedUnits } from "./store.ts";

/** A query that asks in words too. */
export interface Question extends BoundedQuery {
  /** Not blank. */
  readonly q: string;
}

/** How much the text of a unit counts, and how much its tags and context. */
const TEXT_SHARE = 0.75, TAG_SHARE = 0.25;
/** What a unit that nobody trusts at all still counts: an answer to the question comes before good advice about something else. */
const LEAST_TRUST = 0.5;
const NONE: ReadonlyMap<string, number> = new Map();

/** Answers questions in an agent's own words, with tags or without. */
export class QuestionAnswers {
  constructor(
    private readonly database: Database,
    private readonly index: TextIndex,
    private readonly live: LiveProjection,
    private readonly doubts: Doubts | undefined,
    private readonly semantic?: SemanticSearch,
  ) {}

  /**
   * The units that answer best by (0.75 × text + 0.25 × relevance) × (0.5 + 0.5 × weighed confidence), then by id, both falling. Tags
   * of the same meaning count as the same here. Where the question has no words that the store knows, its tags alone answer. Where
   * there are vectors, units are ranked by their similarity in place of their text too, and both rankings are fused.
   */
  async find(question: Question): Promise<Answer> {
    const { q, domains, languages, frameworks, pattern } = question;
    const newest = await this.live.newest();
    const concepts = conceptsOf({ q, tags: [...domains, ...languages, ...frameworks, pattern] });
    const [{ hits, isWhole }, vector] = await Promise.all([
      this.index.search(concepts, { newest, limit: TEXT_HITS_MAX }),
      this.semantic?.vectorOf(q),
    ]);
    const scores = new Map(hits.map(({ id, score }) => [id, score]));
    const tagged = question.domains.length === 0 || !this.live.isReady
      ? []
      // Ranks depend on all who are ranked: they must be the same whatever the limit.
      : this.live.projection.search(question, vector === undefined ? question.limit : QUERY_LIMIT_MAX);
    const found = [...new Set([...scores.keys(), ...tagged])];
    const similarities = vector === undefined ? NONE : new Map(
      (await this.semantic!.nearest(vector, { newest, limit: VECTOR_HITS_MAX, among: found }))
        .map(({ id, similarity }) => [id, similarity]),
    );
    const rows = await approvedUnits(this.database, [...new Set([...found, ...similarities.keys()])]);
    const query = withKeys(question);
    const candidates = rows.map((row) => {
      const unit = judged(row, this.doubts);
      const trust = LEAST_TRUST + (1 - LEAST_TRUST) * unit.facts.confidence * unit.weight;
      const tags = TAG_SHARE * relevance(withKeys(unit.facts), query);
      const worth = (answer: number): number => (TEXT_SHARE * answer + tags) * trust;
      const similarity = similarities.get(unit.id);
      return {
        id: unit.id,
        unit,
        score: worth(scores.get(unit.id) ?? 0),
        similarity,
        // What is further away than at a right angle has nothing to do with the question.
        nearness: similarity === undefined ? undefined : worth(Math.max(0, similarity)),
      };
    });
    const best = similarities.size === 0 ? candidates.sort(byScore) : fused(candidates);
    const units: string[] = [];
    for (const { unit } of best) {
      if (units.length === question.limit) break;
      const text = shownUnit(unit.row, this.doubts === undefined ? undefined : unit);
      if (text !== undefined) units.push(text);
    }
    // Vectors come and services fail without any change of a unit.
    const isPassing = !isWhole || this.semantic !== undefined;
    return { units, widened: new Map(), isWhole, isPassing, topics: [APPROVED] };
  }
}

/** The same with the key of each tag in its place, so that tags of the same meaning are equal. */
function withKeys<T extends Omit<Query, "pattern">>(tagged: T): T {
  const keys = (tags: readonly string[]): string[] => [...new Set(tags.map((tag) => tagKey(String(tag))))];
  return {
    ...tagged,
    domains: keys(tagged.domains),
    languages: keys(tagged.languages),
    frameworks: keys(tagged.frameworks),
  };
}
