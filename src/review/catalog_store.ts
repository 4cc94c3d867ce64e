import type { Queryable } from "../database/database.ts";
import { bytewise } from "../database/dialect.ts";
import { join, type Sql, sql } from "../database/sql.ts";
import { STATUSES } from "../knowledge/unit.ts";
import { CONFIDENCE_EDGES } from "../projection/census.ts";
import { type ListConditions, unitConditions } from "./list_store.ts";

/** Days in UTC, `YYYY-MM-DD`, both included; absent means without end. */
export interface DayRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What of a unit a list may ask besides {@link ListConditions}; absent means any. */
export interface FurtherConditions {
  /** `min` is included; `max` is excluded below 1 and included from 1 on. */
  readonly confidence?: { readonly min?: number | undefined; readonly max?: number | undefined } | undefined;
  /** Only units whose confidence is no number. */
  readonly isUnrated?: boolean | undefined;
  readonly created?: DayRange | undefined;
  /** When the decision was taken that holds now. */
  readonly decided?: DayRange | undefined;
}

/** A place in a list that is ordered by day, time and id. `day` is empty where the list has no order by day. */
export interface CatalogPlace {
  readonly day: string;
  readonly at: string;
  readonly id: string;
}

/** What was found in a part of a list. */
export interface CatalogFind {
  /** The units that meet every condition, in order. */
  readonly places: readonly CatalogPlace[];
  /** How far was looked; undefined where that is to the end. */
  readonly edge: CatalogPlace | undefined;
}

interface CatalogRequest {
  readonly conditions: ListConditions & FurtherConditions;
  readonly order: "oldest" | "newest";
  readonly after: CatalogPlace | undefined;
  readonly size: number;
  readonly now: string;
}

/** What stands for the day or the time of a unit that has none: before all others. */
const NONE = sql`''`;
const AT = bytewise(sql`c.created_at`);
const ID = bytewise(sql`c.unit_id`);
const CREATED_DAY = bytewise(sql`c.created_day`);
const DECIDED_DAY = bytewise(sql`c.reviewed_day`);

/** A part of the store that an index leads through: by a day where it has one, then by time where its units have one. */
interface Lane {
  readonly condition: Sql;
  readonly day?: Sql;
  readonly isTimeless?: true;
}

/**
 * Looks through the next units by day or by confidence, in each lane at `size` at the most, for those that meet the other conditions.
 * What is derived from the units leads the way, so a time with another offset than UTC is found on its day in UTC, as it is counted.
 */
export async function catalogWindow(database: Queryable, request: CatalogRequest): Promise<CatalogFind> {
  const { conditions, order, size } = request;
  const direction = order === "oldest" ? sql`ASC` : sql`DESC`;
  const { status, ...others } = conditions;
  const ofUnit = unitConditions({ ...request, conditions: others });
  // The status stands in the index that leads the way, and units that are passed over are best not read at all.
  const ofStatus = status === undefined ? sql`1 = 1` : sql`c.status = ${status}`;
  const fits = join([ofStatus, ...ofUnit, ...derivedConditions(conditions)], " AND ");
  const existing = ofUnit.length === 0
    ? sql`knowledge_changes AS c WHERE c.status IS NOT NULL`
    : sql`knowledge_changes AS c CROSS JOIN knowledge_units AS u WHERE u.id = c.unit_id`;
  const inOrder = (columns: readonly Sql[]): Sql =>
    join(columns.map((column) => sql`${column} ${direction}`), ", ");
  const stretches = lanesOf(conditions).flatMap((lane) => {
    const { condition, day, isTimeless } = lane;
    const columns = [...(day === undefined ? [] : [day]), ...(isTimeless === true ? [] : [AT]), ID];
    const place = sql`c.unit_id AS id, ${isTimeless === true ? NONE : sql`c.created_at`} AS at, ${
      day ?? NONE
    } AS day`;
    const looked = (columnsOf: Sql, part: Sql): Sql =>
      sql`
      SELECT ${columnsOf} FROM ${existing} AND ${condition} ${beyond(request, lane)} ORDER BY ${
        inOrder(columns)
      } ${part}`;
    return [
      sql`SELECT id, at, day, 0 AS edge FROM (${
        looked(sql`${place}, CASE WHEN ${fits} THEN 1 ELSE 0 END AS fits`, sql`LIMIT ${size}`)
      }) AS stretch WHERE fits = 1`,
      sql`SELECT id, at, day, 1 AS edge FROM (${looked(place, sql`LIMIT 1 OFFSET ${size - 1}`)}) AS last`,
    ];
  });
  if (stretches.length === 0) return { places: [], edge: undefined };
  // Few rows are sorted here: those that fit, and where each lane was left.
  const rows = await database.all<CatalogPlace & { edge: number }>(sql`
    SELECT id, at, day, edge FROM (${join(stretches, " UNION ALL ")}) AS found
    ORDER BY ${inOrder([sql`day`, sql`at`, sql`id`].map(bytewise))}, edge`);
  // Beyond the first edge, a lane that was left may have more.
  const end = rows.findIndex(({ edge }) => edge === 1);
  return end === -1 ? { places: rows, edge: undefined } : { places: rows.slice(0, end), edge: rows[end] };
}

/** Units without a time are the oldest: they have lanes of their own, through a small index. */
function lanesOf(conditions: ListConditions & FurtherConditions): Lane[] {
  const lanes = timedLanes(conditions);
  if (conditions.created !== undefined && conditions.decided === undefined) return lanes;
  return lanes.flatMap((lane): Lane[] => [
    { ...lane, condition: sql`c.created_at IS NOT NULL AND ${lane.condition}` },
    { ...lane, condition: sql`c.created_at IS NULL AND ${lane.condition}`, isTimeless: true },
  ]);
}

function timedLanes(conditions: ListConditions & FurtherConditions): Lane[] {
  const { status, created, decided, confidence, isUnrated } = conditions;
  const statuses = status === undefined ? STATUSES : [status];
  if (decided !== undefined) {
    return statuses.map((each) => ({
      condition: sql`c.status = ${each} AND ${within(DECIDED_DAY, decided)}`,
      day: DECIDED_DAY,
    }));
  }
  if (created !== undefined) return [{ condition: within(CREATED_DAY, created), day: CREATED_DAY }];
  if (isUnrated === true) {
    return statuses.map((each) => ({ condition: sql`c.confidence IS NULL AND c.status = ${each}` }));
  }
  return bucketsOf(confidence ?? {}).map((bucket) => ({ condition: sql`c.confidence_bucket = ${bucket}` }));
}

/** What is left of a lane after a place. */
function beyond({ order, after }: CatalogRequest, { day, isTimeless }: Lane): Sql {
  if (after === undefined) return sql``;
  const further = order === "oldest" ? sql`>` : sql`<`;
  const at = isTimeless === true ? NONE : AT;
  return day === undefined
    ? sql`AND (${at}, ${ID}) ${further} (${after.at}, ${after.id})`
    : sql`AND (${day}, ${at}, ${ID}) ${further} (${after.day}, ${after.at}, ${after.id})`;
}

/** The conditions on what is derived from a unit, as `c`. */
function derivedConditions({ created, decided, confidence, isUnrated }: FurtherConditions): Sql[] {
  const { min, max } = confidence ?? {};
  return [
    ...(created === undefined ? [] : [within(CREATED_DAY, created)]),
    ...(decided === undefined ? [] : [within(DECIDED_DAY, decided)]),
    ...(isUnrated === true ? [sql`c.confidence IS NULL`] : []),
    ...(min === undefined ? [] : [sql`c.confidence >= ${min}`]),
    ...(max === undefined || max >= 1 ? [] : [sql`c.confidence < ${max}`]),
    ...(confidence === undefined ? [] : [sql`c.confidence IS NOT NULL`]),
  ];
}

/** The same conditions on a unit `u`, for lists that another index leads through. */
export function conditionsByUnit(conditions: FurtherConditions): Sql[] {
  const derived = derivedConditions(conditions);
  if (derived.length === 0) return [];
  return [sql`EXISTS (
    SELECT 1 FROM knowledge_changes AS c WHERE c.unit_id = u.id AND ${join(derived, " AND ")})`];
}

function within(day: Sql, { from = "", to }: DayRange): Sql {
  return to === undefined ? sql`${day} >= ${from}` : sql`${day} >= ${from} AND ${day} <= ${to}`;
}

function bucketsOf(
  { min = -Infinity, max = Infinity }: NonNullable<FurtherConditions["confidence"]>,
): number[] {
  const below = max >= 1 ? Infinity : max;
  return [-Infinity, ...CONFIDENCE_EDGES].flatMap((lower, bucket) => {
    const upper = CONFIDENCE_EDGES[bucket] ?? Infinity;
    return upper > min && lower < below ? [bucket] : [];
  });
}

/** Whether any unit has a domain row of exactly this text. */
export async function isKnownDomain(database: Queryable, domain: string): Promise<boolean> {
  const row = await database.first(sql`
    SELECT 1 AS one FROM knowledge_unit_domains WHERE domain = ${domain} LIMIT 1`);
  return row !== undefined;
}
