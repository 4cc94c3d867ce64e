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

/** One unit that was looked at, and whether it meets every condition. */
export interface CatalogRow extends CatalogPlace {
  readonly fits: number;
}

interface CatalogWindow {
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
 * The next `size` units by day or by confidence, each with whether it meets the other conditions. What is derived from the units
 * leads the way, so a time with another offset than UTC is found on its day in UTC, as it is counted.
 */
export function catalogWindow(database: Queryable, request: CatalogWindow): Promise<CatalogRow[]> {
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
  const stretches = lanesOf(conditions).map((lane) => {
    const { condition, day, isTimeless } = lane;
    const columns = [...(day === undefined ? [] : [day]), ...(isTimeless === true ? [] : [AT]), ID];
    return sql`
    SELECT * FROM (
      SELECT c.unit_id AS id, ${isTimeless === true ? NONE : sql`c.created_at`} AS at, ${
      day ?? NONE
    } AS day, CASE WHEN ${fits} THEN 1 ELSE 0 END AS fits
      FROM ${existing} AND ${condition} ${beyond(request, lane)}
      ORDER BY ${join(columns.map((column) => sql`${column} ${direction}`), ", ")} LIMIT ${size}) AS stretch`;
  });
  if (stretches.length === 0) return Promise.resolve([]);
  return database.all<CatalogRow>(sql`
    SELECT id, at, day, fits FROM (${join(stretches, " UNION ALL ")}) AS w
    ORDER BY ${bytewise(sql`day`)} ${direction}, ${bytewise(sql`at`)} ${direction}, ${
    bytewise(sql`id`)
  } ${direction} LIMIT ${size}`);
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
function beyond({ order, after }: CatalogWindow, { day, isTimeless }: Lane): Sql {
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
