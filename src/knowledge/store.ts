import { jsonNumber } from "../database/dialect.ts";
import type { Queryable, Transaction } from "../database/database.ts";
import { list, type Sql, sql } from "../database/sql.ts";
import type { Status } from "./unit.ts";

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
export const CONFIDENCE: Sql = jsonNumber(sql`data`, "evidence.confidence", 0.5);

interface NewUnit extends UnitRow {
  readonly domains: readonly string[];
}

/** Stores a unit with its domains; tells whether it is new. A unit whose id is known is left as it is. */
export async function insertUnit(transaction: Transaction, unit: NewUnit): Promise<boolean> {
  const inserted = await transaction.run(sql`
    INSERT INTO knowledge_units (id, data, status, reviewed_by, reviewed_at, created_at, tier)
    VALUES (${unit.id}, ${unit.data}, ${unit.status}, ${unit.reviewed_by}, ${unit.reviewed_at}, ${unit.created_at},
            ${unit.tier})
    ON CONFLICT (id) DO NOTHING`);
  if (inserted > 0) await insertDomains(transaction, unit.id, unit.domains);
  return inserted > 0;
}

async function insertDomains(
  transaction: Transaction,
  id: string,
  domains: readonly string[],
): Promise<void> {
  for (const domain of domains) {
    await transaction.run(
      sql`INSERT INTO knowledge_unit_domains (unit_id, domain) VALUES (${id}, ${domain})`,
    );
  }
}

/** Replaces what is stored of a unit, and its domain rows where they differ. */
export async function updateUnit(
  transaction: Transaction,
  unit: { id: string; data: string; tier: string; domains: readonly string[] },
): Promise<void> {
  await transaction.run(sql`
    UPDATE knowledge_units SET data = ${unit.data}, tier = ${unit.tier} WHERE id = ${unit.id}`);
  const rows = await transaction.all<{ domain: string }>(
    sql`SELECT domain FROM knowledge_unit_domains WHERE unit_id = ${unit.id}`,
  );
  const stored = new Set(rows.map((row) => row.domain));
  if (stored.size === unit.domains.length && unit.domains.every((domain) => stored.has(domain))) return;
  await transaction.run(sql`DELETE FROM knowledge_unit_domains WHERE unit_id = ${unit.id}`);
  await insertDomains(transaction, unit.id, unit.domains);
}

/** A unit by its id, in any status or only in one. */
export function findUnit(database: Queryable, id: string, status?: Status): Promise<UnitRow | undefined> {
  const filter = status === undefined ? sql`` : sql`AND status = ${status}`;
  return database.first<UnitRow>(sql`SELECT ${UNIT_COLUMNS} FROM knowledge_units WHERE id = ${id} ${filter}`);
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
    SELECT ${UNIT_COLUMNS} FROM knowledge_units WHERE id > ${after} ORDER BY id LIMIT ${limit}`);
}

/** Number of units of every status. */
export async function countUnits(database: Queryable): Promise<number> {
  const row = await database.first<{ total: number }>(sql`SELECT COUNT(*) AS total FROM knowledge_units`);
  return row!.total;
}

/** Approved units by the tier column. */
export async function countTiers(database: Queryable): Promise<Record<string, number>> {
  const rows = await database.all<{ name: string; total: number }>(sql`
    SELECT tier AS name, COUNT(*) AS total FROM knowledge_units WHERE status = 'approved' GROUP BY tier ORDER BY tier`);
  return tallies(rows);
}

/** Approved units by domain, most frequent first. */
export async function countDomains(database: Queryable): Promise<Record<string, number>> {
  const rows = await database.all<{ name: string; total: number }>(sql`
    SELECT d.domain AS name, COUNT(*) AS total
    FROM knowledge_unit_domains AS d JOIN knowledge_units AS u ON u.id = d.unit_id
    WHERE u.status = 'approved' GROUP BY d.domain ORDER BY total DESC, d.domain`);
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
