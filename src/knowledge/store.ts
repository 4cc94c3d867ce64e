import { bytewise, forUpdate } from "../database/dialect.ts";
import type { Queryable, Transaction } from "../database/database.ts";
import { join, list, type Sql, sql } from "../database/sql.ts";
import { DOMAIN_ROWS_MAX } from "../limits.ts";
import type { StandingRow } from "./standing.ts";

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

const UNIT_FIELDS: readonly Sql[] = [
  sql`id`,
  sql`data`,
  sql`status`,
  sql`reviewed_by`,
  sql`reviewed_at`,
  sql`created_at`,
  sql`tier`,
];

/** The columns of {@link UnitRow}. */
export const UNIT_COLUMNS: Sql = join(UNIT_FIELDS, ", ");

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

/**
 * Approved units that have at least one of the domains. SQLite takes the tables of a cross join in their order; left the choice, it
 * walks through all approved units.
 */
export function findCandidates(
  database: Queryable,
  domains: readonly string[],
): Promise<(UnitRow & StandingRow)[]> {
  return database.all<UnitRow & StandingRow>(sql`
    SELECT ${UNIT_COLUMNS}, s.flags_resolved, s.verified_at
    FROM (SELECT DISTINCT unit_id FROM knowledge_unit_domains WHERE domain IN (${list(domains)})) AS found
    CROSS JOIN knowledge_units LEFT JOIN knowledge_standing AS s ON s.unit_id = id
    WHERE id = found.unit_id AND status = 'approved'`);
}

/** Those of these units that are approved. Their status is looked at here: asked for it, SQLite walks through all approved units. */
export async function approvedUnits(
  database: Queryable,
  ids: readonly string[],
): Promise<(UnitRow & StandingRow)[]> {
  if (ids.length === 0) return [];
  const rows = await database.all<UnitRow & StandingRow>(sql`
    SELECT ${UNIT_COLUMNS}, s.flags_resolved, s.verified_at
    FROM knowledge_units LEFT JOIN knowledge_standing AS s ON s.unit_id = id WHERE id IN (${list(ids)})`);
  return rows.filter(({ status }) => status === "approved");
}

/** Whether more than `most` domain rows have one of the domains: stops counting there. */
export async function hasMoreCandidates(
  database: Queryable,
  domains: readonly string[],
  most: number,
): Promise<boolean> {
  const row = await database.first<{ total: number }>(sql`
    SELECT COUNT(*) AS total FROM (
      SELECT 1 FROM knowledge_unit_domains WHERE domain IN (${list(domains)}) LIMIT ${most + 1}
    ) AS counted`);
  return row!.total > most;
}

/** A unit with the number of its latest change. */
export interface UnitVersion extends UnitRow {
  readonly seq: number;
}

/** Units by their ids, and the number of the latest change of any unit, of one and the same moment. */
export async function unitVersions(
  database: Queryable,
  ids: readonly string[],
): Promise<{ newest: number; rows: UnitVersion[] }> {
  const columns = join(UNIT_FIELDS.map((field) => sql`u.${field}`), ", ");
  const rows = await database.all<UnitVersion & { newest: number | null }>(sql`
    SELECT ${columns}, c.seq, latest.newest
    FROM (SELECT MAX(seq) AS newest FROM knowledge_changes) AS latest
    LEFT JOIN knowledge_units AS u ON u.id IN (${list(ids)})
    LEFT JOIN knowledge_changes AS c ON c.unit_id = u.id`);
  return { newest: rows[0]?.newest ?? 0, rows: rows.filter(({ id }) => id !== null) };
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
