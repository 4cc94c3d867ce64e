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

/** What makes the index have what is stored of a unit now. */
export interface UnitIndexing {
  readonly unit_id: string;
  /** The change up to which it was read. */
  readonly seq: number;
  readonly statements: readonly Sql[];
  /** The terms that one unit more, or less, of a scope has. */
  readonly counts: readonly {
    readonly scope: Scope;
    readonly terms: readonly number[];
    readonly by: 1 | -1;
  }[];
}

/** What is to be done for a unit: nothing where the index has all of it. */
export function indexingOf(text: ChangedText): UnitIndexing {
  const { unit_id, seq, status, data, number, scope: stale, impacts: staleImpacts } = text;
  if (!needsIndexing(text)) return { unit_id, seq, statements: [], counts: [] };
  const gone = number === null ? [] : removal(number);
  const less = number === null ? [] : [{ scope: stale!, terms: storedTerms(staleImpacts!), by: -1 as const }];
  if (data === null) return { unit_id, seq, statements: gone, counts: less };
  const texts = unitTexts(data);
  const impacts = impactsOf(texts);
  const terms = [...impacts.keys()];
  const scope = scopeOf(status);
  const indexed = {
    unitId: unit_id,
    scope,
    fingerprint: fingerprintOf(texts),
    impacts: encodeImpacts(impacts),
    words: terms.map((term) => indexWord(scope, term)).join(" "),
  };
  return {
    unit_id,
    seq,
    statements: [...gone, ...insertion(indexed)],
    counts: [...less, { scope, terms, by: 1 }],
  };
}

/** The statements that count the terms of such units. */
export function countingOf(units: readonly UnitIndexing[]): Sql[] {
  const byScope: Record<Scope, Map<number, number>> = { a: new Map(), o: new Map() };
  for (const { scope, terms, by } of units.flatMap(({ counts }) => counts)) {
    const counts = byScope[scope];
    for (const term of [ALL_UNITS, ...terms]) counts.set(term, (counts.get(term) ?? 0) + by);
  }
  const scopes: readonly Scope[] = ["a", "o"];
  return counting(
    scopes.flatMap((scope) =>
      [...byScope[scope]].flatMap(([term, by]) => by === 0 ? [] : [{ scope, term, by }])
    ),
  );
}

function scopeOf(status: string | null): Scope {
  return status === "approved" ? "a" : "o";
}
