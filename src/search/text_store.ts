import type { Queryable, Transaction } from "../database/database.ts";
import {
  forUpdate,
  hasWords,
  indexedWords,
  lastWordsFirst,
  type TermCount,
  termCounts,
} from "../database/dialect.ts";
import { list, type Sql, sql } from "../database/sql.ts";

/**
 * Approved units are found by agents; all others only by those who look for what is there already. Their words are counted apart, so
 * that what nobody approved changes no answer.
 */
export type Scope = "a" | "o";

/** The entry of `knowledge_text_terms` that counts the units of a scope. */
export const ALL_UNITS = 0;

/** A unit as it is indexed. */
export interface IndexedText {
  readonly unitId: string;
  readonly scope: Scope;
  /** Of the texts that were indexed. */
  readonly fingerprint: string;
  readonly impacts: Uint8Array;
  readonly words: string;
}

/** A unit that changed, and what the index has of it; nulls where there is no unit, or no entry. */
export interface ChangedText {
  readonly seq: number;
  readonly unit_id: string;
  readonly status: string | null;
  readonly data: string | null;
  readonly number: number | null;
  readonly scope: Scope | null;
  readonly fingerprint: string | null;
  readonly impacts: Uint8Array | null;
}

/** A unit that may answer, with the impacts of its words. */
export interface TextCandidate {
  readonly unit_id: string;
  readonly impacts: Uint8Array;
}

/** How far the index is: the change up to which it is whole, and how its words were made. */
export interface IndexState {
  readonly indexed_seq: number;
  readonly word_rules: number;
}

export async function indexState(database: Queryable): Promise<IndexState> {
  return (await database.first<IndexState>(sql`SELECT indexed_seq, word_rules FROM knowledge_text_state`))!;
}

/** The same, held until the transaction ends: one process indexes at a time. */
export async function holdIndexState(transaction: Transaction): Promise<IndexState> {
  return (await transaction.first<IndexState>(
    sql`SELECT indexed_seq, word_rules FROM knowledge_text_state ${forUpdate()}`,
  ))!;
}

export async function setIndexState(transaction: Transaction, state: IndexState): Promise<void> {
  await transaction.run(sql`
    UPDATE knowledge_text_state SET indexed_seq = ${state.indexed_seq}, word_rules = ${state.word_rules}`);
}

/** Units that changed after `seq`, in the order of their latest change, at most `limit`. */
export function changedTexts(database: Queryable, seq: number, limit: number): Promise<ChangedText[]> {
  return database.all<ChangedText>(sql`
    SELECT c.seq, c.unit_id, u.status, u.data, t.number, t.scope, t.fingerprint, t.impacts
    FROM (SELECT seq, unit_id FROM knowledge_changes WHERE seq > ${seq} ORDER BY seq LIMIT ${limit}) AS c
    LEFT JOIN knowledge_units AS u ON u.id = c.unit_id
    LEFT JOIN knowledge_text AS t ON t.unit_id = c.unit_id
    ORDER BY c.seq`);
}

/** The latest change of each of some units. */
export async function latestChanges(
  database: Queryable,
  unitIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await database.all<{ unit_id: string; seq: number }>(
    sql`SELECT unit_id, seq FROM knowledge_changes WHERE unit_id IN (${list(unitIds)})`,
  );
  return new Map(rows.map(({ unit_id, seq }) => [unit_id, seq]));
}

/** Takes a unit out of the index, by its number in it. */
export function removal(number: number): Sql[] {
  return [
    sql`DELETE FROM knowledge_text_words WHERE rowid = ${number}`,
    sql`DELETE FROM knowledge_text WHERE number = ${number}`,
  ];
}

/** Puts a unit into the index that is not there. */
export function insertion({ unitId, scope, fingerprint, impacts, words }: IndexedText): Sql[] {
  return [
    sql`INSERT INTO knowledge_text (unit_id, scope, fingerprint, impacts)
        VALUES (${unitId}, ${scope}, ${fingerprint}, ${impacts})`,
    sql`INSERT INTO knowledge_text_words (rowid, words)
        SELECT number, ${indexedWords(words)} FROM knowledge_text WHERE unit_id = ${unitId}`,
  ];
}

/** Adds to how many units of each scope have each term; a term of a scope may be there once. */
export function counting(changes: readonly TermCount[]): Sql[] {
  if (changes.length === 0) return [];
  return [sql`
    INSERT INTO knowledge_text_terms (scope, term, units)
    SELECT scope, term, units FROM ${termCounts(changes)} WHERE TRUE
    ON CONFLICT (scope, term) DO UPDATE SET units = knowledge_text_terms.units + excluded.units`];
}

/** How many units of a scope have each of the terms; those that none has are left out. */
export async function unitCounts(
  database: Queryable,
  scope: Scope,
  terms: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const rows = await database.all<{ term: number; units: number }>(sql`
    SELECT term, units FROM knowledge_text_terms
    WHERE scope = ${scope} AND term IN (${list([ALL_UNITS, ...terms])}) AND units > 0`);
  return new Map(rows.map(({ term, units }) => [term, units]));
}

/** Units that have all words of one of the lists, those indexed last first, at most `limit`. */
export function textCandidates(
  database: Queryable,
  alternatives: readonly (readonly string[])[],
  limit: number,
): Promise<TextCandidate[]> {
  return database.all<TextCandidate>(sql`
    SELECT t.unit_id, t.impacts
    FROM (SELECT rowid AS number FROM knowledge_text_words WHERE ${hasWords(alternatives)}
          ORDER BY ${lastWordsFirst()} LIMIT ${limit}) AS f
    CROSS JOIN knowledge_text AS t WHERE t.number = f.number`);
}

/** Empties the index, so that all of it is made again. */
export async function emptyIndex(transaction: Transaction): Promise<void> {
  await transaction.batch([
    sql`DELETE FROM knowledge_text_words`,
    sql`DELETE FROM knowledge_text`,
    sql`DELETE FROM knowledge_text_terms`,
  ]);
}
