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

/**
 * Relevance of a unit to a query, from 0 to 1: the contract's weighted sum, in its order of floating-point operations, or equal
 * scores would differ in the last digit and ties would break otherwise.
 */
export function relevance(unit: RankedFacts, query: Query): number {
  const unitDomains = new Set(unit.domains);
  const shared = query.domains.filter((domain) => unitDomains.has(domain)).length;
  const union = unitDomains.size + query.domains.length - shared;
  const overlap = union === 0 ? 0 : shared / union;
  const sum = DOMAIN_WEIGHT * overlap +
    CONTEXT_WEIGHT * Number(query.languages.some((language) => unit.languages.includes(language))) +
    CONTEXT_WEIGHT * Number(query.frameworks.some((framework) => unit.frameworks.includes(framework))) +
    CONTEXT_WEIGHT * Number(samePattern(unit.pattern, query.pattern));
  return Math.min(Math.max(sum, 0), 1);
}

function samePattern(a: string, b: string): boolean {
  return a !== "" && b !== "" && a.toLowerCase() === b.toLowerCase();
}

/** Evidence after one more confirmation at `time`. */
export function confirmed(evidence: Evidence, time: string): Evidence {
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
