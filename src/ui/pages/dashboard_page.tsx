import type { DoubtKind } from "../../review/ageing.ts";
import type { Unusual } from "../../review/unusual.ts";
import type { Activity, ConfidenceCount, Figure, Overview } from "../../review/overview.ts";
import { BarChart } from "../components/charts/bar_chart.tsx";
import { Chart, spelledCount } from "../components/charts/chart.tsx";
import { ColumnChart } from "../components/charts/column_chart.tsx";
import { EmptyState } from "../components/empty_state.tsx";
import { FigureCount } from "../components/figure_count.tsx";
import { type Markup, NOTHING } from "../markup.ts";
import { ageingUrl } from "./ageing_query.ts";
import { UnusualCard } from "./dashboard_unusual.tsx";
import { ActivityList } from "./dashboard_activity.tsx";
import { DOMAINS_PATH, domainUrl } from "./dashboard_domains.tsx";
import { TrendCard } from "./dashboard_trend.tsx";
import { unitsUrl } from "./units_query.ts";

interface DashboardProps {
  readonly overview: Overview;
  readonly activity: readonly Activity[];
  readonly unusual: Unusual;
  /** Approved units in doubt. */
  readonly ageing: Readonly<Record<DoubtKind, Figure>>;
  readonly now_us: number;
}

/** What the store holds, how it grows, and what happens. Every figure leads to the units behind it. */
export function DashboardPage({ overview, activity, unusual, ageing, now_us }: DashboardProps): Markup {
  return (
    <div class="page dashboard">
      <header class="page-head">
        <h1>Dashboard</h1>
        <p class="muted">Days are UTC</p>
      </header>
      <Figures overview={overview} ageing={ageing} />
      <UnusualCard unusual={unusual} now_us={now_us} />
      {overview.total === 0 ? <NothingYet /> : (
        <>
          <TrendCard days={overview.days} />
          <div class="dashboard-columns">
            <DomainsCard overview={overview} />
            <div class="dashboard-stack">
              <ConfidenceCard overview={overview} />
              <ActivityList activity={activity} now_us={now_us} />
            </div>
          </div>
        </>
      )}
    </div>
  );
}

function Figures(
  { overview: { total, statuses, snoozed, flagged }, ageing }: Pick<DashboardProps, "overview" | "ageing">,
): Markup {
  return (
    <ul class="figures" aria-label="Units">
      <FigureLink name="All units" href={unitsUrl({})} figure={{ count: total, isMore: false }} />
      {(["pending", "approved", "rejected"] as const).map((status) => (
        <FigureLink
          name={`${status[0]!.toUpperCase()}${status.slice(1)}`}
          tone={status}
          href={unitsUrl({ status })}
          figure={{ count: statuses[status], isMore: false }}
        />
      ))}
      <FigureLink
        name="Snoozed"
        href={unitsUrl({ status: "pending", snoozed: true })}
        figure={snoozed}
      />
      <FigureLink name="Flagged" tone="flagged" href={unitsUrl({ flagged: true })} figure={flagged} />
      {(["disputed", "stale"] as const).map((kind) => (
        <FigureLink
          name={kind === "disputed" ? "Disputed" : "Stale"}
          tone="flagged"
          href={ageingUrl({ show: kind, after: "" })}
          figure={ageing[kind]}
        />
      ))}
    </ul>
  );
}

function FigureLink({ name, href, figure, tone = "plain" }: {
  name: string;
  href: string;
  figure: Figure;
  tone?: string;
}): Markup {
  return (
    <li>
      <a class={`figure figure-${tone}`} href={href}>
        <span class="figure-count">
          <FigureCount figure={figure} />
        </span>{" "}
        <span class="figure-name">{name}</span>
      </a>
    </li>
  );
}

function NothingYet(): Markup {
  return (
    <EmptyState title="Nothing to count yet">
      <p>Figures appear once agents have proposed the first units.</p>
      <a class="button" href="/settings/api-keys">Make an API key</a>
    </EmptyState>
  );
}

function DomainsCard({ overview: { domains, domainTotal } }: { overview: Overview }): Markup {
  const bars = domains.map(({ name, count }) => ({ label: name, count, href: domainUrl(name) }));
  return (
    <Chart
      id="domains"
      title="Domains"
      hint="Approved units with each domain"
      table={{ columns: ["Domain", "Units"], rows: bars.map((bar) => ({ label: bar.label, cells: [bar] })) }}
    >
      {bars.length === 0
        ? <p class="hint">No approved unit has a domain yet.</p>
        : <BarChart titleId="domains-title" bars={bars} />}
      <p class="chart-more">
        <a href={DOMAINS_PATH}>
          {domainTotal > bars.length ? `All ${spelledCount(domainTotal)} domains` : "All domains"}
        </a>
      </p>
    </Chart>
  );
}

function ConfidenceCard({ overview: { confidence, unrated } }: { overview: Overview }): Markup {
  const bars = confidence.map((range) => ({
    label: rangeName(range),
    count: range.count,
    href: unitsUrl({ status: "approved", confidenceMin: range.min, confidenceMax: range.max }),
  }));
  const without = {
    label: "Without",
    count: unrated.count,
    href: unitsUrl({ status: "approved", unrated: true }),
  };
  const all = unrated.count === 0 ? bars : [...bars, without];
  return (
    <Chart
      id="confidence"
      title="Confidence"
      hint="Approved units by how well they are borne out"
      table={{
        columns: ["Confidence", "Units"],
        rows: all.map((bar) => ({ label: bar.label, cells: [bar] })),
      }}
    >
      <ColumnChart titleId="confidence-title" bars={bars} />
      {unrated.count === 0 ? NOTHING : (
        <p class="chart-more">
          <a href={without.href}>
            <FigureCount figure={unrated} /> without a confidence
          </a>
        </p>
      )}
    </Chart>
  );
}

function rangeName({ min, max }: ConfidenceCount): string {
  if (min === undefined) return `under ${max}`;
  return max === undefined ? `from ${min}` : `${min}–${max}`;
}
