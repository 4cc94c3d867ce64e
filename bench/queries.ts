import type { Query } from "../src/knowledge/scoring.ts";
import { LANGUAGES, rareName, TAG_COUNT, tagOf } from "./content.ts";
import { between, distinct, pick, type Random, zipf } from "./random.ts";

const HOTTEST = 3;
const LIMIT_DEFAULT = 5;

/** Makes queries for one to three tags, popular ones more often, with a context every other time. */
export function typicalQueries(random: Random): () => Query {
  const rank = zipf(random, TAG_COUNT);
  return () => {
    const domains = distinct(between(random, 1, 3), rank).map(tagOf);
    const hasContext = random() < 0.5;
    const languages = hasContext ? [pick(random, LANGUAGES)] : [];
    return { domains, languages, frameworks: [], pattern: hasContext ? "retry" : "" };
  };
}

/** The query with the most candidates. */
export function hottestQuery(): Query {
  const domains = Array.from({ length: HOTTEST }, (_, rank) => tagOf(rank));
  return { domains, languages: [], frameworks: [], pattern: "" };
}

/** The most candidates, and a context that hardly any of them has: what could still come is hardest to tell. */
export function rareContextQuery(random: Random): Query {
  return {
    ...hottestQuery(),
    languages: [rareName("language", random)],
    frameworks: [rareName("framework", random)],
    pattern: rareName("pattern", random),
  };
}

/** The path and parameters that ask a query. */
export function pathOf({ domains, languages, frameworks, pattern }: Query, limit = LIMIT_DEFAULT): string {
  const parameters = new URLSearchParams([
    ...domains.map((domain) => ["domains", domain]),
    ...languages.map((language) => ["languages", language]),
    ...frameworks.map((framework) => ["frameworks", framework]),
    ...(pattern === "" ? [] : [["pattern", pattern]]),
    ["limit", String(limit)],
  ]);
  return `/api/v1/knowledge?${parameters}`;
}
