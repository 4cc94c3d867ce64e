import type { Queryable } from "../database/database.ts";
import { join, list, type Sql, sql } from "../database/sql.ts";
import type { Caller } from "../wire/endpoint.ts";

/** What can happen to a unit. */
export const EVENT_KINDS = [
  "proposed",
  "confirmed",
  "flagged",
  "approved",
  "rejected",
  "imported",
  "edited",
  "reopened",
  "retired",
  "superseded",
  "snoozed",
  "woken",
  "verified",
  "purged",
] as const;
export type EventKind = typeof EVENT_KINDS[number];

interface NewEvent {
  readonly unitId: string;
  readonly kind: EventKind;
  readonly by: Pick<Caller, "username" | "apiKeyId">;
  /** +00:00 form. */
  readonly at: string;
  /** What belongs to the event and is said nowhere else, such as a flag's reason. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** One entry of a unit's history. */
export interface UnitEvent {
  readonly id: number;
  readonly kind: EventKind;
  readonly actor: string;
  readonly api_key_id: string | null;
  readonly occurred_at: string;
  readonly detail: Record<string, unknown> | null;
}

/**
 * The statement that adds events, one or more, for the transaction of the change they tell of. Events are never changed or
 * removed.
 */
export function eventInsertion(...events: readonly NewEvent[]): Sql {
  const rows = events.map(({ unitId, kind, by, at, detail }) => {
    const text = detail === undefined ? null : JSON.stringify(detail);
    return sql`(${unitId}, ${kind}, ${by.username}, ${by.apiKeyId ?? null}, ${at}, ${text})`;
  });
  return sql`
    INSERT INTO knowledge_events (unit_id, kind, actor, api_key_id, occurred_at, detail)
    VALUES ${join(rows, ", ")}`;
}

/** An event with the unit it happened to, which may be gone. */
export interface StoreEvent extends UnitEvent {
  readonly unit_id: string;
}

/** The newest events of all units, newest first. */
export async function latestEvents(database: Queryable, limit: number): Promise<StoreEvent[]> {
  const rows = await database.all<StoredEvent<StoreEvent>>(sql`
    SELECT id, unit_id, kind, actor, api_key_id, occurred_at, detail FROM knowledge_events
    ORDER BY id DESC LIMIT ${limit}`);
  return rows.map(withDetail);
}

/** When the newest thing happened to a unit or an account, in the +00:00 form; undefined where nothing has. */
export async function newestEventTime(database: Queryable): Promise<string | undefined> {
  const row = await database.first<{ newest: string | null }>(sql`
    SELECT MAX(occurred_at) AS newest
    FROM (SELECT occurred_at FROM knowledge_events UNION ALL SELECT occurred_at FROM account_events) AS events`);
  return row?.newest ?? undefined;
}

interface EventsByOptions {
  readonly actor: string;
  readonly kinds: readonly EventKind[];
  /** The event that all of them come before; undefined for the newest. */
  readonly before: number | undefined;
  readonly limit: number;
}

/** What one person did, newest first. */
export async function eventsBy(
  database: Queryable,
  { actor, kinds, before, limit }: EventsByOptions,
): Promise<StoreEvent[]> {
  const isEarlier = before === undefined ? sql`1 = 1` : sql`id < ${before}`;
  const rows = await database.all<StoredEvent<StoreEvent>>(sql`
    SELECT id, unit_id, kind, actor, api_key_id, occurred_at, detail FROM knowledge_events
    WHERE actor = ${actor} AND ${isEarlier} AND kind IN (${list(kinds)})
    ORDER BY id DESC LIMIT ${limit}`);
  return rows.map(withDetail);
}

/** The newest events of a unit, newest first. Units from before the log have none. */
export async function unitEvents(database: Queryable, unitId: string, limit: number): Promise<UnitEvent[]> {
  const rows = await database.all<StoredEvent<UnitEvent>>(sql`
    SELECT id, kind, actor, api_key_id, occurred_at, detail FROM knowledge_events
    WHERE unit_id = ${unitId} ORDER BY id DESC LIMIT ${limit}`);
  return rows.map(withDetail);
}

type StoredEvent<E extends UnitEvent> = Omit<E, "detail"> & { readonly detail: string | null };

function withDetail<R extends { readonly detail: string | null }>(
  row: R,
): R & { detail: Record<string, unknown> | null } {
  return { ...row, detail: row.detail === null ? null : JSON.parse(row.detail) };
}
