import type { DayCounts } from "../../review/overview.ts";
import { Chart, spelledCount } from "../components/charts/chart.tsx";
import { type Series, TrendChart } from "../components/charts/trend_chart.tsx";
import type { Markup } from "../markup.ts";
import { unitsUrl } from "./units_query.ts";

const SERIES = [
  { kind: "submitted", name: "Submitted" },
  { kind: "approved", name: "Approved" },
  { kind: "rejected", name: "Rejected" },
] as const;
type Kind = typeof SERIES[number]["kind"];

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** How many units came and were decided on, day by day, and in all. */
export function TrendCard({ days }: { days: readonly DayCounts[] }): Markup {
  const first = days[0]!.date, last = days.at(-1)!.date;
  const names = days.map(({ date }) => DAY.format(Date.parse(date)));
  const series = SERIES.map(({ kind, name }): Series => ({
    kind,
    name,
    points: days.map((day) => ({ count: day[kind], href: spanUrl(kind, day.date, day.date) })),
  }));
  return (
    <Chart
      id="trend"
      title={`The last ${days.length} days`}
      hint="Units by the day they were submitted, and by the day of the decision that holds now"
      table={{
        columns: ["Day", ...SERIES.map(({ name }) => name)],
        rows: days.map(({ date }, index) => ({
          label: date,
          cells: series.map(({ points }) => points[index]!),
        })).toReversed(),
      }}
    >
      <dl class="trend-totals">
        {SERIES.map(({ kind, name }) => (
          <div>
            <dt>{name}</dt>
            <dd>
              <a href={spanUrl(kind, first, last)}>
                {spelledCount(days.reduce((sum, day) => sum + day[kind], 0))}
              </a>
            </dd>
          </div>
        ))}
      </dl>
      <TrendChart titleId="trend-title" days={names} series={series} />
    </Chart>
  );
}

function spanUrl(kind: Kind, from: string, to: string): string {
  if (kind === "submitted") return unitsUrl({ createdFrom: from, createdTo: to });
  return unitsUrl({ status: kind, decidedFrom: from, decidedTo: to });
}
