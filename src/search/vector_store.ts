import type { Queryable, Transaction } from "../database/database.ts";
import { forUpdate } from "../database/dialect.ts";
import { join, list, type Sql, sql } from "../database/sql.ts";

/** How far vectors are, for all processes together. */
export interface VectorState {
  /** The change up to which every missing vector is marked. */
  readonly followed_seq: number;
  /** The highest version of a vector. */
  readonly version: number;
  /** Of the vectors that are made; 0 before the first. */
  readonly dimension: number;
}

const STATE_COLUMNS = sql`followed_seq, version, dimension`;

export async function vectorState(database: Queryable): Promise<VectorState> {
  return (await database.first<VectorState>(sql`SELECT ${STATE_COLUMNS} FROM knowledge_vector_state`))!;
}

/** The same, held until the transaction ends: versions rise in the order of the commits. */
export async function holdVectorState(transaction: Transaction): Promise<VectorState> {
  return (await transaction.first<VectorState>(
    sql`SELECT ${STATE_COLUMNS} FROM knowledge_vector_state ${forUpdate()}`,
  ))!;
}

export async function setVectorState(transaction: Transaction, state: VectorState): Promise<void> {
  await transaction.run(sql`
    UPDATE knowledge_vector_state
    SET followed_seq = ${state.followed_seq}, version = ${state.version}, dimension = ${state.dimension}`);
}

/**
 * Takes the making of vectors for `filler` until a time in microseconds, where nobody else has it, or in any case. Nobody has it beyond
 * `latest_us`.
 */
export function claim(
  { filler, until_us, now_us, latest_us, inAnyCase }: {
    filler: string;
    until_us: number;
    now_us: number;
    latest_us: number;
    inAnyCase: boolean;
  },
): Sql {
  const isFree = sql`filler = ${filler} OR filling_until < ${now_us} OR filling_until > ${latest_us}`;
  return sql`
    UPDATE knowledge_vector_state SET filler = ${filler}, filling_until = ${until_us}
    WHERE ${inAnyCase ? sql`1 = 1` : isFree}`;
}

/** A unit that changed, and what there is of its vector; nulls where there is no unit, or no row of a vector. */
export interface ChangedUnit {
  readonly seq: number;
  readonly unit_id: string;
  readonly status: string | null;
  /** Of approved units only. */
  readonly data: string | null;
  readonly fingerprint: string | null;
  /** 1 where the vector is there, in the right dimension. */
  readonly is_made: number;
}

/** Units that changed after `seq`, in the order of their latest change, at most `limit`. */
export function changedUnits(
  database: Queryable,
  { seq, dimension, limit }: { seq: number; dimension: number; limit: number },
): Promise<ChangedUnit[]> {
  return database.all<ChangedUnit>(sql`
    SELECT c.seq, c.unit_id, u.status, CASE WHEN u.status = 'approved' THEN u.data END AS data, v.fingerprint,
      CASE WHEN v.dimension = ${dimension} AND v.embedding IS NOT NULL THEN 1 ELSE 0 END AS is_made
    FROM (SELECT seq, unit_id FROM knowledge_changes WHERE seq > ${seq} ORDER BY seq LIMIT ${limit}) AS c
    LEFT JOIN knowledge_units AS u ON u.id = c.unit_id
    LEFT JOIN knowledge_vectors AS v ON v.unit_id = c.unit_id
    ORDER BY c.seq`);
}

/** Marks vectors as missing: of units that have none, or one of another text. */
export function marking(
  wanted: readonly { unitId: string; fingerprint: string; version: number }[],
  dimension: number,
): Sql[] {
  if (wanted.length === 0) return [];
  const rows = wanted.map(({ unitId, fingerprint, version }) =>
    sql`(${unitId}, ${fingerprint}, ${dimension}, ${version})`
  );
  return [sql`
    INSERT INTO knowledge_vectors (unit_id, fingerprint, dimension, version) VALUES ${join(rows, ", ")}
    ON CONFLICT (unit_id) DO UPDATE SET fingerprint = excluded.fingerprint, dimension = excluded.dimension,
      version = excluded.version, not_before = 0, embedding = NULL`];
}

export function removal(unitIds: readonly string[]): Sql[] {
  return unitIds.length === 0 ? [] : [sql`DELETE FROM knowledge_vectors WHERE unit_id IN (${list(unitIds)})`];
}

/** Keeps the vector of a unit, unless its text became another one meanwhile. */
export function keeping(
  { unitId, fingerprint, dimension, version, embedding }: {
    unitId: string;
    fingerprint: string;
    dimension: number;
    version: number;
    embedding: Uint8Array;
  },
): Sql {
  return sql`
    UPDATE knowledge_vectors SET embedding = ${embedding}, dimension = ${dimension}, version = ${version}
    WHERE unit_id = ${unitId} AND fingerprint = ${fingerprint}`;
}

/** Marks at most `limit` vectors as missing that are there: those of another dimension than `dimension`, or any. */
export function forgetting(dimension: number | undefined, limit: number): Sql {
  const which = dimension === undefined ? sql`` : sql`AND dimension <> ${dimension}`;
  return sql`
    UPDATE knowledge_vectors SET embedding = NULL
    WHERE unit_id IN (SELECT unit_id FROM knowledge_vectors WHERE embedding IS NOT NULL ${which} LIMIT ${limit})`;
}

/** An approved unit whose vector is missing. */
export interface MissingVector {
  readonly unit_id: string;
  readonly data: string;
}

/** Approved units whose vectors are missing and may be tried now, in the order of their ids. None is put off beyond `latest_us`. */
export function missingVectors(
  database: Queryable,
  { now_us, latest_us, limit }: { now_us: number; latest_us: number; limit: number },
): Promise<MissingVector[]> {
  return database.all<MissingVector>(sql`
    SELECT v.unit_id, u.data FROM knowledge_vectors AS v JOIN knowledge_units AS u ON u.id = v.unit_id
    WHERE v.embedding IS NULL AND (v.not_before <= ${now_us} OR v.not_before > ${latest_us}) AND u.status = 'approved'
    ORDER BY v.unit_id LIMIT ${limit}`);
}

/** Leaves a vector that cannot be made for later. */
export function puttingOff(unitId: string, until_us: number): Sql {
  return sql`UPDATE knowledge_vectors SET not_before = ${until_us} WHERE unit_id = ${unitId}`;
}

/** Has everything tried at once that was put off. */
export function retrying(): Sql {
  return sql`UPDATE knowledge_vectors SET not_before = 0 WHERE embedding IS NULL AND not_before > 0`;
}

/** A vector as it is stored. */
export interface StoredVector {
  readonly unit_id: string;
  readonly version: number;
  readonly status: string | null;
  /** Null where it is missing, or of another dimension. */
  readonly embedding: Uint8Array | null;
}

function storedVectors(dimension: number): Sql {
  return sql`
    SELECT v.unit_id, v.version, u.status, CASE WHEN v.dimension = ${dimension} THEN v.embedding END AS embedding
    FROM knowledge_vectors AS v LEFT JOIN knowledge_units AS u ON u.id = v.unit_id`;
}

/** Vectors with a higher version, in the order of their versions. */
export function vectorsAfter(
  database: Queryable,
  { version, dimension, limit }: { version: number; dimension: number; limit: number },
): Promise<StoredVector[]> {
  return database.all<StoredVector>(sql`
    ${storedVectors(dimension)} WHERE v.version > ${version} ORDER BY v.version LIMIT ${limit}`);
}

/** The vectors of some units. */
export async function vectorsOf(
  database: Queryable,
  unitIds: readonly string[],
  dimension: number,
): Promise<StoredVector[]> {
  if (unitIds.length === 0) return [];
  return await database.all<StoredVector>(sql`
    ${storedVectors(dimension)} WHERE v.unit_id IN (${list(unitIds)})`);
}
