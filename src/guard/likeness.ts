import { ACTION_MAX_CHARS, DETAIL_MAX_CHARS, GUARD_NEAR_DUPLICATE, SUMMARY_MAX_CHARS } from "../limits.ts";
import type { Finding } from "./finding.ts";
import { actionFor, type Policy } from "./policy.ts";
import { NEAR_DUPLICATE } from "./quality.ts";
import { foldedText, plainText } from "./normalise.ts";

/** Words in one shingle. */
const SHINGLE_WORDS = 3;
/** Characters of a unit's texts that are compared: all of any proposal. What other programs stored may be far longer. */
export const LIKENESS_MAX_CHARS = 2 * (SUMMARY_MAX_CHARS + DETAIL_MAX_CHARS + ACTION_MAX_CHARS) + 2;

/** Every run of three words of a text, in normal form; of a shorter text, its words. */
export function shingles(text: string): Set<string> {
  const words = foldedText(plainText(text)).match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length <= SHINGLE_WORDS) return new Set(words);
  return new Set(words.slice(SHINGLE_WORDS - 1).map((_, i) => words.slice(i, i + SHINGLE_WORDS).join(" ")));
}

/** How alike other texts are to this one, from 0 to 1: the share of their shingles that both have. */
export function likenessTo(text: string): (other: string) => number {
  const own = shingles(text);
  return (other) => overlap(own, shingles(other));
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const shingle of a) if (b.has(shingle)) shared++;
  return shared / (a.size + b.size - shared);
}

/** A unit that a proposal may repeat. */
export interface Candidate {
  readonly id: string;
  readonly status: string;
  readonly text: string;
}

/** What a proposal says, as candidates' texts are made: the beginning of its insight's texts with a space between. */
export function likenessText(insight: { summary: string; detail: string; action: string }): string {
  return `${insight.summary} ${insight.detail} ${insight.action}`.slice(0, LIKENESS_MAX_CHARS);
}

/** Findings for the candidates that say the same as the unit, the most alike first. */
export function nearDuplicates(
  unit: { readonly insight: { readonly summary: string; readonly detail: string; readonly action: string } },
  { candidates, policy }: { readonly candidates: readonly Candidate[]; readonly policy: Policy },
): Finding[] {
  const action = actionFor(NEAR_DUPLICATE, policy);
  if (action === "off") return [];
  const own = shingles(likenessText(unit.insight));
  return candidates
    .map((candidate) => ({ candidate, alike: overlap(own, shingles(candidate.text)) }))
    .filter(({ alike }) => alike >= GUARD_NEAR_DUPLICATE)
    .sort((a, b) => b.alike - a.alike)
    .map(({ candidate: { id, status } }) => ({
      rule: NEAR_DUPLICATE.id,
      field: "unit",
      severity: action,
      message: `This says the same as the ${status} unit ${id}`,
    }));
}
