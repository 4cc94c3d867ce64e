import type { Evidence, RankedFacts } from "./unit.ts";

/** Evidence of a fresh proposal. */
export const INITIAL_CONFIDENCE = 0.5;
const CONFIRMATION_STEP = 0.1;
const FLAG_STEP = 0.15;

const DOMAIN_WEIGHT = 0.55;
const CONTEXT_WEIGHT = 0.15;

/** What a query asks for; `domains` are cleaned. */
export interface Query {
  readonly domains: readonly string[];
  readonly languages: readonly string[];
  readonly frameworks: readonly string[];
  readonly pattern: string;
}

/** Relevance of a unit to a query, from 0 to 1. */
export function relevance(unit: RankedFacts, query: Query): number {
  const unitDomains = new Set(unit.domains);
  const shared = query.domains.filter((domain) => unitDomains.has(domain)).length;
  const contexts = [
    query.languages.some((language) => unit.languages.includes(language)),
    query.frameworks.some((framework) => unit.frameworks.includes(framework)),
    samePattern(unit.pattern, query.pattern),
  ];
  return weightedRelevance({
    shared,
    union: unitDomains.size + query.domains.length - shared,
    contexts: contexts.filter(Boolean).length,
  });
}

/**
 * The contract's weighted sum, in its order of floating-point operations, or equal scores would differ in the last digit and ties
 * would break otherwise. It never falls where `shared` or `contexts` grow or `union` shrinks.
 *
 * @param match.contexts how many of language, framework and pattern match: which ones makes no difference.
 */
export function weightedRelevance(
  { shared, union, contexts }: { shared: number; union: number; contexts: number },
): number {
  let sum = DOMAIN_WEIGHT * (union === 0 ? 0 : shared / union);
  for (let context = 0; context < contexts; context++) sum += CONTEXT_WEIGHT;
  return Math.min(Math.max(sum, 0), 1);
}

function samePattern(a: string, b: string): boolean {
  return a !== "" && b !== "" && a.toLowerCase() === b.toLowerCase();
}

/** Evidence after one more confirmation at `time`; one that does not count only shows that the unit was of use then. */
export function confirmed(evidence: Evidence, time: string, counts = true): Evidence {
  if (!counts) return { ...evidence, last_confirmed: time };
  return {
    ...evidence,
    confidence: Math.min(evidence.confidence + CONFIRMATION_STEP, 1),
    confirmations: evidence.confirmations + 1,
    last_confirmed: time,
  };
}

/** Evidence after one more flag. */
export function flagged(evidence: Evidence): Evidence {
  return { ...evidence, confidence: Math.max(evidence.confidence - FLAG_STEP, 0) };
}
