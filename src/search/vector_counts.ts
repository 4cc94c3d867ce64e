import type { Queryable } from "../database/database.ts";
import { sql } from "../database/sql.ts";
import { vectorState } from "./vector_store.ts";

/** How far the vectors of a store are. */
export interface VectorCounts {
  /** Approved units. */
  readonly units: number;
  /** Those of them without a vector. Units without any text never get one. */
  readonly missing: number;
  /** Of the vectors; 0 where none was ever made. */
  readonly dimension: number;
}

/** Counts the units that wait for a vector, `max` at the most. */
export async function countMissingVectors(database: Queryable, max: number): Promise<number> {
  const row = await database.first<{ missing: number }>(sql`
    SELECT COUNT(*) AS missing
    FROM (SELECT unit_id FROM knowledge_vectors WHERE embedding IS NULL LIMIT ${max}) AS waiting`);
  return row!.missing;
}

/** Counts approved units with and without a vector, as a server has written it down. */
export async function countVectors(database: Queryable): Promise<VectorCounts> {
  const [{ dimension }, counts] = await Promise.all([
    vectorState(database),
    database.first<{ units: number; made: number }>(sql`
      SELECT COUNT(*) AS units, COUNT(CASE WHEN v.embedding IS NOT NULL THEN 1 END) AS made
      FROM knowledge_units AS u LEFT JOIN knowledge_vectors AS v ON v.unit_id = u.id WHERE u.status = 'approved'`),
  ]);
  return { units: counts!.units, missing: counts!.units - counts!.made, dimension };
}
