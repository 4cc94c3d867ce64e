import { type Standing, standingOf, type StandingRow } from "../knowledge/standing.ts";
import { rankedFacts } from "../knowledge/unit.ts";
import { DAYS_REMEMBERED_MAX } from "../limits.ts";
import { numberOf } from "../wire/json.ts";

/** What is kept in memory of a unit: what counts it, and what ranks it once it is approved. */
export interface UnitFacts {
  readonly id: string;
  readonly status: string;
  readonly tier: string;
  /** Days since 1970 in UTC; undefined where the row has no time. */
  readonly createdDay: number | undefined;
  readonly reviewedDay: number | undefined;
  readonly ranking?: RankingFacts;
}

/** What ranks an approved unit. */
export interface RankingFacts extends Standing {
  /** The domains by which it is found: its rows in the domain table. */
  readonly rows: readonly string[];
  /** The domains by which it is judged: those of its JSON. */
  readonly domains: readonly string[];
  readonly languages: readonly string[];
  readonly frameworks: readonly string[];
  readonly pattern: string;
  /** Undefined where it is no number. */
  readonly confidence: number | undefined;
}

/** One row of `knowledge_changes.facts`, parsed. */
export type FactsRow = readonly [
  id: string,
  status?: string,
  tier?: string,
  createdDay?: string | null,
  reviewedDay?: string | null,
  rows?: readonly string[],
  parts?: readonly unknown[] | null,
  unansweredFlags?: number | null,
  freshDay?: string | null,
];

/** A unit whose JSON the engine could not read, with what a reviewer verified. */
export interface UnreadRow extends StandingRow {
  readonly data: string;
}

const DAY_MS = 86_400_000;

/**
 * The facts in a row; undefined for a unit that is gone.
 *
 * @param unread needed where the engine could not read the unit's JSON: see {@link needsText}.
 */
export function decodeFacts(row: FactsRow, unread?: UnreadRow): UnitFacts | undefined {
  const [id, status, tier = "", createdDay, reviewedDay, rows, parts, unansweredFlags, freshDay] = row;
  if (status === undefined) return undefined;
  const counted = {
    id,
    status,
    tier,
    createdDay: dayNumber(createdDay),
    reviewedDay: dayNumber(reviewedDay),
  };
  if (rows === undefined) return counted;
  const [domains, languages, frameworks, pattern, confidence] = parts ?? partsOf(unread?.data ?? "");
  return {
    ...counted,
    ranking: {
      rows,
      domains: texts(domains),
      languages: texts(languages),
      frameworks: texts(frameworks),
      pattern: typeof pattern === "string" ? pattern : "",
      confidence: confidence === null ? DEFAULT_CONFIDENCE : numberOf(confidence),
      ...(unread === undefined
        ? { unansweredFlags: unansweredFlags ?? 0, freshDay: dayNumber(freshDay) }
        : unreadStanding(unread, counted.createdDay)),
    },
  };
}

/** What the engine tells of every unit that it can read: see `knowledge_facts`. */
function unreadStanding(unread: UnreadRow, createdDay: number | undefined): Standing {
  const { unansweredFlags, freshDay = createdDay } = standingOf(rankedFacts(unread.data), unread);
  return { unansweredFlags, freshDay };
}

const DEFAULT_CONFIDENCE = 0.5;

/** What an engine that can read the text finds in it; no confidence where it is no JSON. */
function partsOf(text: string): readonly unknown[] {
  try {
    const document = JSON.parse(text);
    const context = document?.context;
    return [
      document?.domains,
      context?.languages,
      context?.frameworks,
      context?.pattern,
      document?.evidence?.confidence ?? null,
    ];
  } catch {
    return [];
  }
}

/** Whether the engine found no JSON in an approved unit. Postgres reads none that holds a NUL. */
export function needsText(row: FactsRow): boolean {
  return row[5] !== undefined && (row[6] === undefined || row[6] === null);
}

const dayNumbers = new Map<string, number | undefined>();

// Few days, many units.
function dayNumber(day: string | null | undefined): number | undefined {
  if (day === null || day === undefined) return undefined;
  if (dayNumbers.has(day)) return dayNumbers.get(day);
  if (dayNumbers.size >= DAYS_REMEMBERED_MAX) dayNumbers.clear();
  const time_ms = Date.parse(day);
  const number = Number.isNaN(time_ms) ? undefined : time_ms / DAY_MS;
  dayNumbers.set(day, number);
  return number;
}

function texts(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.every((item) => typeof item === "string")
    ? value
    : value.filter((item) => typeof item === "string");
}
