import { bytewise, forUpdate, jsonNumber } from "../database/dialect.ts";
import type { Queryable, Transaction } from "../database/database.ts";
import { join, list, type Sql, sql } from "../database/sql.ts";
import { DOMAIN_ROWS_MAX } from "../limits.ts";

/** A row of `knowledge_units`. */
export interface UnitRow {
  readonly id: string;
  readonly data: string;
  readonly status: string;
  readonly reviewed_by: string | null;
  readonly reviewed_at: string | null;
  readonly created_at: string | null;
  readonly tier: string;
}

/** The columns of {@link UnitRow}. */
export const UNIT_COLUMNS: Sql = sql`id, data, status, reviewed_by, reviewed_at, created_at, tier`;

/** A unit's confidence, of whatever a row holds. */
export const CONFIDENCE: Sql = jsonNumber(sql`data`, ["evidence", "confidence"], 0.5);

export interface NewUnit extends UnitRow {
  readonly domains: readonly string[];
}

/** Stores units with their domains; returns those that are new. One whose id is known is left as it is. */
export async function insertUnits<U extends NewUnit>(
  transaction: Transaction,
  units: readonly U[],
): Promise<U[]> {
  if (units.length === 0) return [];
  const rows = await transaction.all<{ id: string }>(sql`${unitInsertion(units)} RETURNING id`);
  const added = new Set(rows.map((row) => row.id));
  // Of several with one id, the first was stored.
  const firsts = units.filter(({ id }) => added.delete(id));
  await transaction.batch(domainInsertion(firsts));
  return firsts;
}

/** The statements that store a unit with a new id. */
export function newUnitInsertion(unit: NewUnit): Sql[] {
  return [unitInsertion([unit]), ...domainInsertion([unit])];
}

function unitInsertion(units: readonly UnitRow[]): Sql {
  const rows = units.map((unit) =>
    sql`(${unit.id}, ${unit.data}, ${unit.status}, ${unit.reviewed_by}, ${unit.reviewed_at}, ${unit.created_at},
         ${unit.tier})`
  );
  return sql`
    INSERT INTO knowledge_units (id, data, status, reviewed_by, reviewed_at, created_at, tier)
    VALUES ${join(rows, ", ")} ON CONFLICT (id) DO NOTHING`;
}

function domainInsertion(units: readonly Pick<NewUnit, "id" | "domains">[]): Sql[] {
  const rows = units.flatMap(({ id, domains }) => domains.map((domain) => sql`(${id}, ${domain})`));
  const chunks = Array.from(
    { length: Math.ceil(rows.length / DOMAIN_ROWS_MAX) },
    (_, index) => rows.slice(index * DOMAIN_ROWS_MAX, (index + 1) * DOMAIN_ROWS_MAX),
  );
  return chunks.map((chunk) =>
    sql`INSERT INTO knowledge_unit_domains (unit_id, domain) VALUES ${join(chunk, ", ")}`
  );
}

/** The domains a unit has rows for. */
export async function unitDomains(database: Queryable, id: string): Promise<string[]> {
  const rows = await database.all<{ domain: string }>(
    sql`SELECT domain FROM knowledge_unit_domains WHERE unit_id = ${id}`,
  );
  return rows.map((row) => row.domain);
}

/** The statements that replace what is stored of a unit, and its domain rows where they differ from `stored`. */
export function unitReplacement(
  unit: { id: string; data: string; tier: string; domains: readonly string[] },
  stored: readonly string[],
): Sql[] {
  const update =
    sql`UPDATE knowledge_units SET data = ${unit.data}, tier = ${unit.tier} WHERE id = ${unit.id}`;
  const isEqual = stored.length === unit.domains.length &&
    unit.domains.every((domain) => stored.includes(domain));
  if (isEqual) return [update];
  return [
    update,
    sql`DELETE FROM knowledge_unit_domains WHERE unit_id = ${unit.id}`,
    ...domainInsertion([unit]),
  ];
}

/** A unit by its id, in any status. */
export function findUnit(database: Queryable, id: string): Promise<UnitRow | undefined> {
  return database.first<UnitRow>(sql`SELECT ${UNIT_COLUMNS} FROM knowledge_units WHERE id = ${id}`);
}

/** An approved unit, held until the transaction ends. */
export function holdApprovedUnit(transaction: Transaction, id: string): Promise<UnitRow | undefined> {
  return transaction.first<UnitRow>(sql`
    SELECT ${UNIT_COLUMNS} FROM knowledge_units WHERE id = ${id} AND status = 'approved' ${forUpdate()}`);
}

/** Approved units that have at least one of the domains. */
export function findCandidates(database: Queryable, domains: readonly string[]): Promise<UnitRow[]> {
  return database.all<UnitRow>(sql`
    SELECT ${UNIT_COLUMNS} FROM knowledge_units
    WHERE status = 'approved'
      AND id IN (SELECT unit_id FROM knowledge_unit_domains WHERE domain IN (${list(domains)}))`);
}

/** Units in the order of their ids, after `after`: for walking through the whole store. */
export function pageOfUnits(database: Queryable, after: string, limit: number): Promise<UnitRow[]> {
  return database.all<UnitRow>(sql`
    SELECT ${UNIT_COLUMNS} FROM knowledge_units
    WHERE ${bytewise(sql`id`)} > ${after} ORDER BY ${bytewise(sql`id`)} LIMIT ${limit}`);
}

/** Number of units of every status. */
export async function countUnits(database: Queryable): Promise<number> {
  const row = await database.first<{ total: number }>(sql`SELECT COUNT(*) AS total FROM knowledge_units`);
  return row!.total;
}

/** Approved units by the tier column. */
export async function countTiers(database: Queryable): Promise<Record<string, number>> {
  const rows = await database.all<{ name: string; total: number }>(sql`
    SELECT tier AS name, COUNT(*) AS total FROM knowledge_units WHERE status = 'approved' GROUP BY tier ORDER BY ${
    bytewise(sql`tier`)
  }`);
  return tallies(rows);
}

/** Approved units by domain, most frequent first. */
export async function countDomains(database: Queryable): Promise<Record<string, number>> {
  const rows = await database.all<{ name: string; total: number }>(sql`
    SELECT d.domain AS name, COUNT(*) AS total
    FROM knowledge_unit_domains AS d JOIN knowledge_units AS u ON u.id = d.unit_id
    WHERE u.status = 'approved' GROUP BY d.domain ORDER BY total DESC, ${bytewise(sql`d.domain`)}`);
  return tallies(rows);
}

/**
 * Approved units by confidence. `bounds` are the inner edges: a bucket has its lower edge and not its upper one, the last has
 * both.
 */
export async function countConfidence(database: Queryable, bounds: readonly number[]): Promise<number[]> {
  const rows = await database.all<{ confidence: number | null }>(sql`
    SELECT ${CONFIDENCE} AS confidence FROM knowledge_units WHERE status = 'approved'`);
  const counts = new Array<number>(bounds.length + 1).fill(0);
  for (const { confidence } of rows) {
    if (confidence === null) continue;
    const above = bounds.findIndex((bound) => confidence < bound);
    const bucket = above === -1 ? bounds.length : above;
    counts[bucket] = counts[bucket]! + 1;
  }
  return counts;
}

function tallies(rows: readonly { name: string; total: number }[]): Record<string, number> {
  return Object.fromEntries(rows.map((row) => [row.name, row.total]));
}
