/** What happened on one day. */
export interface DailyTrend {
  /** `YYYY-MM-DD`, UTC. */
  readonly date: string;
  readonly proposed: number;
  readonly approved: number;
  readonly rejected: number;
}

interface DailyCounts {
  readonly proposed: ReadonlyMap<string, number>;
  readonly approved: ReadonlyMap<string, number>;
  readonly rejected: ReadonlyMap<string, number>;
}

const DAY_MS = 86_400_000;

/** A day so many days before `day`. */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);
}

/** Every day from the first one with any count to `today`, zeros included; nothing where there is no count. */
export function dailyTrends(counts: DailyCounts, today: string): DailyTrend[] {
  const days = [counts.proposed, counts.approved, counts.rejected].flatMap((perDay) => [...perDay.keys()])
    .sort();
  const first = days[0];
  if (first === undefined) return [];
  const length = Math.round((Date.parse(today) - Date.parse(first)) / DAY_MS) + 1;
  return Array.from({ length }, (_, index) => {
    const date = daysBefore(today, length - 1 - index);
    return {
      date,
      proposed: counts.proposed.get(date) ?? 0,
      approved: counts.approved.get(date) ?? 0,
      rejected: counts.rejected.get(date) ?? 0,
    };
  });
}
