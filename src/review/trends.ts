/** What happened on one day. */
export interface DailyTrend {
  /** `YYYY-MM-DD`, UTC. */
  readonly date: string;
  readonly proposed: number;
  readonly approved: number;
  readonly rejected: number;
}

/** Counts by the day, in days since 1970. */
interface DailyCounts {
  readonly proposed: ReadonlyMap<number, number>;
  readonly approved: ReadonlyMap<number, number>;
  readonly rejected: ReadonlyMap<number, number>;
}

const DAY_MS = 86_400_000;

/** Every day from the first one with any count to `today`, zeros included; nothing where there is no count from `first` on. */
export function dailyTrends(
  counts: DailyCounts,
  { first, today }: { first: number; today: number },
): DailyTrend[] {
  const on = (day: number): DailyTrend => ({
    date: new Date(day * DAY_MS).toISOString().slice(0, 10),
    proposed: counts.proposed.get(day) ?? 0,
    approved: counts.approved.get(day) ?? 0,
    rejected: counts.rejected.get(day) ?? 0,
  });
  const days = Array.from({ length: today - first + 1 }, (_, index) => on(first + index));
  const start = days.findIndex(({ proposed, approved, rejected }) => proposed + approved + rejected > 0);
  return start === -1 ? [] : days.slice(start);
}
