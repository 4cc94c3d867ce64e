import type { Sql } from "../database/sql.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { encodeImpacts, impactsOf, storedTerms } from "./impacts.ts";
import { ALL_UNITS, type ChangedText, counting, insertion, removal, type Scope } from "./text_store.ts";
import { unitTexts } from "./unit_texts.ts";

/** To be raised whenever the same text has other words or impacts than before: every index is then made anew. */
export const WORD_RULES = 1;

/** The word by which the index finds a term in a scope. */
export function indexWord(scope: Scope, term: number): string {
  return scope + term.toString(36);
}

/** Whether the index has something else of a unit than what is stored of it now. */
export function needsIndexing({ status, data, scope, fingerprint }: ChangedText): boolean {
  if (data === null) return fingerprint !== null;
  return scope !== scopeOf(status) || fingerprint !== fingerprintOf(unitTexts(data));
}

/** The statements that make the index have what is stored of these units: for one unit after the other, then what counts them. */
export function* indexing(changed: readonly ChangedText[]): Generator<Sql[]> {
  const counts = new TermCounts();
  for (const text of changed) {
    // Told here, as it takes its time: whoever asks for the next statements may let others have a turn first.
    yield needsIndexing(text) ? indexingOf(text, counts) : [];
  }
  yield counting(counts.changes());
}
function indexingOf(
  { unit_id, status, data, number, scope: stale, impacts: staleImpacts }: ChangedText,
  counts: TermCounts,
): Sql[] {
  if (number !== null) counts.add(stale!, storedTerms(staleImpacts!), -1);
  const gone = number === null ? [] : removal(number);
  if (data === null) return gone;
  const texts = unitTexts(data);
  const impacts = impactsOf(texts);
  const terms = [...impacts.keys()];
  const scope = scopeOf(status);
  counts.add(scope, terms, 1);
  const text = {
    unitId: unit_id,
    scope,
    fingerprint: fingerprintOf(texts),
    impacts: encodeImpacts(impacts),
    words: terms.map((term) => indexWord(scope, term)).join(" "),
  };
  return [...gone, ...insertion(text)];
}

function scopeOf(status: string | null): Scope {
  return status === "approved" ? "a" : "o";
}

/** By how much the counts of terms change. */
class TermCounts {
  readonly #byScope: Record<Scope, Map<number, number>> = { a: new Map(), o: new Map() };

  add(scope: Scope, terms: readonly number[], by: 1 | -1): void {
    const counts = this.#byScope[scope];
    for (const term of [ALL_UNITS, ...terms]) counts.set(term, (counts.get(term) ?? 0) + by);
  }

  changes(): { scope: Scope; term: number; by: number }[] {
    const scopes: readonly Scope[] = ["a", "o"];
    return scopes.flatMap((scope) =>
      [...this.#byScope[scope]].flatMap(([term, by]) => by === 0 ? [] : [{ scope, term, by }])
    );
  }
}
