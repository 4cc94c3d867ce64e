import { deepEqual, equal } from "node:assert/strict";
import type { Database } from "../../src/database/database.ts";
import { sql } from "../../src/database/sql.ts";
import { createKnowledge, type Knowledge } from "../../src/knowledge/service.ts";
import type { UnitRow } from "../../src/knowledge/store.ts";
import { LiveProjection } from "../../src/projection/live.ts";
import { createReview, type Review } from "../../src/review/service.ts";
import { isoOffset } from "../../src/wire/time.ts";
import { manualClock } from "../fixtures/clock.ts";
import { TextIndex } from "../../src/search/text_index.ts";
import { addUnit, BY_BYTES, confidence, type Register, run, SHUFFLED } from "./scenario.ts";

const NOW = "2026-03-31T12:00:00.000000Z";
const DAY_MS = 86_400_000;

interface Counted {
  readonly store: Awaited<ReturnType<Knowledge["statistics"]>>;
  readonly review: Omit<Awaited<ReturnType<Review["statistics"]>>, "recent_activity">;
}

/** What the two services count, as of {@link NOW}, by projections that were loaded once and once kept up to date. */
async function counted(database: Database, kept: LiveProjection): Promise<Counted> {
  const loaded = new LiveProjection(database);
  const index = new TextIndex(database);
  try {
    const both = await Promise.all([kept, loaded].map(async (live) => {
      const parts = { database, clock: manualClock(NOW), live, doubts: undefined };
      const { recent_activity: _, ...review } = await createReview(parts).statistics();
      const knowledge = createKnowledge({
        ...parts,
        everyVoteCounts: true,
        listsEveryFlag: true,
        index,
        isTolerant: false,
        mergesRepeats: false,
      });
      return { store: await knowledge.statistics(), review };
    }));
    equal(JSON.stringify(both[0]), JSON.stringify(both[1]));
    return both[1]!;
  } finally {
    await index.close();
    await loaded.close();
  }
}

/** Every row counted, one by one. */
async function naive(database: Database): Promise<Counted> {
  const units = await database.all<UnitRow>(sql`SELECT * FROM knowledge_units`);
  const rows = await database.all<{ unit_id: string; domain: string }>(
    sql`SELECT unit_id, domain FROM knowledge_unit_domains`,
  );
  const approved = units.filter(({ status }) => status === "approved");
  const ids = new Set(approved.map(({ id }) => id));
  const domains = tally(rows.filter(({ unit_id }) => ids.has(unit_id)).map(({ domain }) => domain));
  const byFrequency = Object.fromEntries(domains.toSorted(([, a], [, b]) => b - a));
  const confidences = approved.map(({ data }) => storedConfidence(data)).filter((value) =>
    value !== undefined
  );
  const withStatus = (status: string): UnitRow[] => units.filter((unit) => unit.status === status);
  return {
    store: {
      total_count: units.length,
      tier_counts: Object.fromEntries(tally(approved.map(({ tier }) => tier))),
      domain_counts: byFrequency,
      confidence_distribution: histogram(confidences, [0, 0.3, 0.5, 0.7, 1]),
    },
    review: {
      counts: {
        pending: withStatus("pending").length,
        approved: approved.length,
        rejected: withStatus("rejected").length,
      },
      domains: byFrequency,
      confidence_distribution: histogram(confidences, [0, 0.3, 0.6, 0.8, 1]),
      trends: {
        daily: trends({
          proposed: units.map(({ created_at }) => created_at),
          approved: approved.map(({ reviewed_at }) => reviewed_at),
          rejected: withStatus("rejected").map(({ reviewed_at }) => reviewed_at),
        }),
      },
    },
  };
}

/** How often each name occurs, in the order of the names' bytes. */
function tally(names: readonly string[]): [string, number][] {
  const bytes = (name: string): string => new TextEncoder().encode(name).toHex();
  return [...Map.groupBy(names, (name) => name)]
    .map(([name, { length }]): [string, number] => [name, length])
    .sort(([a], [b]) => bytes(a) < bytes(b) ? -1 : 1);
}

function storedConfidence(data: string): number | undefined {
  try {
    const value = JSON.parse(data)?.evidence?.confidence ?? 0.5;
    return typeof value === "number" ? value : undefined;
  } catch {
    return undefined;
  }
}

function histogram(values: readonly number[], edges: readonly number[]): Record<string, number> {
  const last = edges.length - 2;
  return Object.fromEntries(
    edges.slice(1).map((upper, bucket) => {
      const lower = edges[bucket]!;
      const isIn = (value: number): boolean =>
        (bucket === 0 || value >= lower) && (bucket === last || value < upper);
      return [`${lower.toFixed(1)}-${upper.toFixed(1)}`, values.filter(isIn).length];
    }),
  );
}

function trends(
  { proposed, approved, rejected }: Record<"proposed" | "approved" | "rejected", (string | null)[]>,
): Counted["review"]["trends"]["daily"] {
  const today = NOW.slice(0, 10);
  const on = (times: readonly (string | null)[], date: string): number =>
    times.filter((time) => TIMES.find(([text]) => text === time)?.[1] === date).length;
  const days = Array.from({ length: 31 }, (_, index) => {
    const date = new Date(Date.parse(today) - (30 - index) * DAY_MS).toISOString().slice(0, 10);
    return { date, proposed: on(proposed, date), approved: on(approved, date), rejected: on(rejected, date) };
  });
  const first = days.findIndex((day) => day.proposed + day.approved + day.rejected > 0);
  return first === -1 ? [] : days.slice(first);
}

/** Texts that may stand where a time belongs, and the day in UTC that each is on. */
const TIMES: readonly (readonly [text: string | null, day: string | undefined])[] = [
  [null, undefined],
  ["", undefined],
  ["soon", undefined],
  ["2999-99-99", undefined],
  ["2026-03-28T25:00:00+00:00", undefined],
  ["2026-03-27", "2026-03-27"],
  ["2026-03-27 23:59:59.999999", "2026-03-27"],
  ["2026-03-27T12:00", "2026-03-27"],
  ["2026-03-27T12:00:00Z", "2026-03-27"],
  ["2026-03-28T00:30:00+01:00", "2026-03-27"],
  ["2026-03-26T23:30:00-01:00", "2026-03-27"],
  ["2026-03-29T23:59:59.123456+00:00", "2026-03-29"],
  ["2026-03-31T12:00:00+00:00", "2026-03-31"],
  ["2026-04-01T00:30:00+01:00", "2026-03-31"],
  ["2026-04-01T00:00:00+00:00", "2026-04-01"],
  ["2026-03-01T00:00:00+00:00", "2026-03-01"],
  ["2026-02-28T23:59:59+00:00", "2026-02-28"],
  ["1969-12-31T23:00:00+00:00", "1969-12-31"],
  ["9999-12-31T23:59:59+00:00", "9999-12-31"],
];

/** What may stand in the column of a unit's JSON. */
const DOCUMENTS: readonly string[] = [
  "{}",
  "[]",
  "null",
  "7",
  "",
  "no JSON",
  '{"evidence":{"confidence":0.9',
  '{"evidence":null}',
  '{"evidence":"0.9"}',
  '{"evidence":[0.9]}',
  '{"evidence":{}}',
  '{"domains":["zz"],"evidence":{"confidence":0.4}}',
  '{"domains":"m","evidence":{"confidence":0.35}}',
  // Postgres reads no JSON that holds these.
  '{"insight":{"summary":"a\\u0000b"},"evidence":{"confidence":0.65}}',
  '{"insight":{"summary":"\\ud800"},"evidence":{"confidence":0.75}}',
  ...[null, "0.9", true, [0.9], {}, 0, 0.29, 0.3, 0.5, 0.599, 0.6, 0.69, 0.7, 0.8, 1, 1e-9, -1, 7, -0]
    .map(confidence),
  '{"evidence":{"confidence":5e-1}}',
  '{"evidence":{"confidence":0.30000000000000000000001}}',
];

const STATUSES = ["pending", "approved", "approved", "approved", "rejected", "archived", "", "Approved"];
const TIERS = ["private", "public", "local", "team", "", "é"];
/** Among them some that no proposal could have. */
const DOMAINS = ["m", "a", "Z", " m", "M", "é", "", "😀", "0", "10"];

/** A story of foreign rows: the n-th step, always the same. */
function row(step: number): Parameters<typeof addUnit>[1] {
  const pick = <T>(values: readonly T[], prime: number): T =>
    values[(step * prime + step % 7) % values.length]!;
  return {
    id: `u${step}`,
    data: pick(DOCUMENTS, 5),
    status: pick(STATUSES, 3),
    tier: pick(TIERS, 11),
    created_at: pick(TIMES, 13)[0],
    reviewed_at: pick(TIMES, 17)[0],
    domains: DOMAINS.filter((_, index) => (step * 2654435761 >>> index) % 3 === 0),
  };
}

/** What is counted over all units. */
export function statisticsTests(test: Register): void {
  test("what is counted is what counting every row gives, for whatever rows other programs wrote and changed", async (database) => {
    const kept = new LiveProjection(database);
    try {
      const agree = async (): Promise<void> =>
        equal(JSON.stringify(await counted(database, kept)), JSON.stringify(await naive(database)));
      await agree();
      for (let step = 0; step < 120; step++) await addUnit(database, row(step));
      await agree();
      for (let step = 0; step < 120; step += 3) {
        const { data, status, tier, created_at, reviewed_at } = row(step + 1000);
        await run(
          database,
          sql`UPDATE knowledge_units SET data = ${data!}, status = ${status!}, tier = ${tier!},
            created_at = ${created_at!}, reviewed_at = ${reviewed_at!} WHERE id = ${`u${step}`}`,
        );
      }
      await run(database, sql`DELETE FROM knowledge_unit_domains WHERE domain = 'a'`);
      await run(database, sql`UPDATE knowledge_unit_domains SET domain = 'n' WHERE domain = 'm'`);
      await agree();
      await run(database, sql`DELETE FROM knowledge_units WHERE id LIKE 'u1%'`);
      await agree();
      await run(database, sql`DELETE FROM knowledge_units`);
      await agree();
    } finally {
      await kept.close();
    }
  });

  test("tiers, and domains that are equally frequent, come in the order of their bytes", async (database) => {
    const kept = new LiveProjection(database);
    try {
      for (const name of SHUFFLED) await addUnit(database, { id: `of ${name}`, tier: name, domains: [name] });
      const { store, review } = await counted(database, kept);
      deepEqual(Object.keys(store.tier_counts), BY_BYTES);
      deepEqual(Object.keys(store.domain_counts), BY_BYTES);
      deepEqual(Object.keys(review.domains), BY_BYTES);
    } finally {
      await kept.close();
    }
  });

  test("a unit that is approved is counted at once by a projection that was loaded before", async (database) => {
    const kept = new LiveProjection(database);
    try {
      await addUnit(database, { id: "u", status: "pending", tier: "public", domains: ["d"] });
      equal((await counted(database, kept)).store.domain_counts["d"], undefined);
      const reviewed_at = isoOffset(Date.parse(NOW) * 1000);
      await run(database, sql`UPDATE knowledge_units SET status = 'approved', reviewed_at = ${reviewed_at}`);
      const { store, review } = await counted(database, kept);
      deepEqual([store.domain_counts, store.tier_counts], [{ d: 1 }, { public: 1 }]);
      deepEqual(review.trends.daily.at(-1), {
        date: NOW.slice(0, 10),
        proposed: 0,
        approved: 1,
        rejected: 0,
      });
    } finally {
      await kept.close();
    }
  });
}
