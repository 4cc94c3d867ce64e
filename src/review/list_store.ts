import type { Queryable } from "../database/database.ts";
import { bytewise, hasFlagsIn, proposerIn } from "../database/dialect.ts";
import { join, list, type Sql, sql } from "../database/sql.ts";
import { hasFinding } from "../knowledge/findings.ts";
import { UNIT_COLUMNS, type UnitRow } from "../knowledge/store.ts";
import { type Status, STATUSES } from "../knowledge/unit.ts";
import { LIST_SCAN_MAX, SMALL_DOMAIN_MAX } from "../limits.ts";

/** A place in a list that is ordered by time and id. `at` is empty for units without a time; these count as the oldest. */
export interface Position {
  readonly at: string;
  readonly id: string;
}

/** Which units to list; absent means any. */
export interface ListConditions {
  readonly status?: Status | undefined;
  readonly domain?: string | undefined;
  readonly proposer?: string | undefined;
  readonly isFlagged?: boolean | undefined;
  /** Only those in which the guard found something: a rule, a family of rules, or `any`. */
  readonly finding?: string | undefined;
  /** Only those put off beyond `now`, or none of them. */
  readonly snoozed?: "only" | "hidden" | undefined;
}

interface WindowRequest {
  readonly conditions: ListConditions;
  readonly order: "oldest" | "newest";
  readonly after: Position | undefined;
  readonly size: number;
  readonly now: string;
  /** Whether the domain is small enough to be listed from its own rows, see {@link isSmallDomain}. */
  readonly fromDomain: boolean;
  /** Whether the domain of each unit is wanted. */
  readonly withDomain: boolean;
  /** What else has to be so of a unit `u`. */
  readonly further?: readonly Sql[];
}

/** One unit that was looked at, and whether it meets every condition. */
export interface WindowRow extends Position {
  readonly fits: number;
  /** The first of its domains by name, where that is wanted. */
  readonly domain: string | null;
}

const CREATED = bytewise(sql`u.created_at`);
const ID = bytewise(sql`u.id`);
const PROPOSER = proposerIn(sql`u.data`);
const IS_FLAGGED = hasFlagsIn(sql`u.data`);
const FIRST_DOMAIN = sql`(
  SELECT MIN(${bytewise(sql`d.domain`)}) FROM knowledge_unit_domains AS d WHERE d.unit_id = u.id)`;
const UNITS = sql`knowledge_units AS u`;

/** A part of the store that an index leads through in the order of time. */
interface Lane {
  readonly source: Sql;
  readonly condition: Sql;
}

/**
 * The next `size` units along an index, each with whether it meets the other conditions: however rare these are, one request
 * looks at no more.
 */
export function listWindow(database: Queryable, request: WindowRequest): Promise<WindowRow[]> {
  const { order, size } = request;
  const domain = request.withDomain ? FIRST_DOMAIN : sql`''`;
  const direction = order === "oldest" ? sql`ASC` : sql`DESC`;
  const fits = join([sql`1 = 1`, ...unitConditions(request), ...request.further ?? []], " AND ");
  const stretches = lanesOf(request).flatMap((lane) =>
    stretchesOf(request).map((stretch) =>
      sql`
      SELECT * FROM (
        SELECT u.id, COALESCE(u.created_at, '') AS at, CASE WHEN ${fits} THEN 1 ELSE 0 END AS fits, ${domain} AS domain
        FROM ${lane.source} WHERE ${lane.condition} AND ${stretch}
        ORDER BY ${CREATED} ${direction}, ${ID} ${direction} LIMIT ${size}) AS stretch`
    )
  );
  return database.all<WindowRow>(sql`
    SELECT id, at, fits, domain FROM (${join(stretches, " UNION ALL ")}) AS w
    ORDER BY ${bytewise(sql`at`)} ${direction}, ${bytewise(sql`id`)} ${direction} LIMIT ${size}`);
}

function lanesOf({ conditions, fromDomain, now }: WindowRequest): Lane[] {
  const { status, domain, proposer, isFlagged, snoozed } = conditions;
  // The few come first: CROSS JOIN keeps SQLite from walking through all units instead.
  if (snoozed === "only") {
    const few = sql`
      (SELECT unit_id FROM review_snoozes WHERE ${bytewise(sql`until`)} > ${now}
       ORDER BY ${bytewise(sql`until`)} LIMIT ${LIST_SCAN_MAX}) AS few CROSS JOIN ${UNITS}`;
    return [{ source: few, condition: sql`u.id = few.unit_id` }];
  }
  if (domain !== undefined && fromDomain) {
    const few = sql`
      (SELECT unit_id FROM knowledge_unit_domains WHERE domain = ${domain}) AS few CROSS JOIN ${UNITS}`;
    return [{ source: few, condition: sql`u.id = few.unit_id` }];
  }
  const statuses = status === undefined ? STATUSES : [status];
  const lane = (condition: Sql): Lane => ({ source: UNITS, condition });
  if (proposer !== undefined) {
    return statuses.map((each) => lane(sql`${PROPOSER} = ${proposer} AND u.status = ${each}`));
  }
  if (isFlagged === true) return statuses.map((each) => lane(sql`${IS_FLAGGED} AND u.status = ${each}`));
  return [lane(status === undefined ? sql`1 = 1` : sql`u.status = ${status}`)];
}

/** What is left of a list after a position: the units with a time, and those without, which count as the oldest. */
function stretchesOf({ order, after }: WindowRequest): Sql[] {
  const beyond = order === "oldest" ? sql`>` : sql`<`;
  if (after === undefined) return [sql`u.created_at IS NOT NULL`, sql`u.created_at IS NULL`];
  const undated = sql`(u.created_at IS NULL AND ${ID} ${beyond} ${after.id})`;
  if (after.at === "") return order === "oldest" ? [sql`u.created_at IS NOT NULL`, undated] : [undated];
  const dated = sql`(${CREATED}, ${ID}) ${beyond} (${after.at}, ${after.id})`;
  return order === "oldest" ? [dated] : [dated, sql`u.created_at IS NULL`];
}

/** The conditions on a unit `u`. */
export function unitConditions({ conditions, now }: Pick<WindowRequest, "conditions" | "now">): Sql[] {
  const { status, domain, proposer, isFlagged, finding, snoozed } = conditions;
  const found: Sql[] = [];
  if (status !== undefined) found.push(sql`u.status = ${status}`);
  if (proposer !== undefined) found.push(sql`${PROPOSER} = ${proposer}`);
  if (isFlagged === true) found.push(IS_FLAGGED);
  if (finding !== undefined) found.push(hasFinding(finding));
  if (domain !== undefined) {
    found.push(sql`EXISTS (
      SELECT 1 FROM knowledge_unit_domains AS d WHERE d.unit_id = u.id AND d.domain = ${domain})`);
  }
  if (snoozed === "hidden") {
    found.push(sql`NOT EXISTS (
      SELECT 1 FROM review_snoozes AS s WHERE s.unit_id = u.id AND ${bytewise(sql`s.until`)} > ${now})`);
  }
  return found;
}

/** Whether a domain has so few units that they are best found by it. */
export async function isSmallDomain(database: Queryable, domain: string): Promise<boolean> {
  const row = await database.first<{ total: number }>(sql`
    SELECT COUNT(*) AS total FROM (
      SELECT 1 AS one FROM knowledge_unit_domains WHERE domain = ${domain} LIMIT ${
    SMALL_DOMAIN_MAX + 1
  }) AS few`);
  return row!.total <= SMALL_DOMAIN_MAX;
}

/** These units, in the order of the ids. */
export async function unitsByIds(database: Queryable, ids: readonly string[]): Promise<UnitRow[]> {
  if (ids.length === 0) return [];
  const rows = await database.all<UnitRow>(sql`
    SELECT ${UNIT_COLUMNS} FROM knowledge_units WHERE id IN (${list(ids)})`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** How many units have a status, counted up to `max`. */
export async function countUpTo(database: Queryable, status: Status, max: number): Promise<number> {
  const row = await database.first<{ total: number }>(sql`
    SELECT COUNT(*) AS total FROM (
      SELECT 1 AS one FROM knowledge_units WHERE status = ${status} LIMIT ${max}) AS counted`);
  return row!.total;
}
