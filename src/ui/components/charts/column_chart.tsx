// @ts-types="@types/d3-scale"
import { scaleBand, scaleLinear } from "d3-scale";
import type { Markup } from "../../markup.ts";
import type { Bar } from "./bar_chart.tsx";
import { spelledCount, unitsText, wholeTicks } from "./chart.tsx";

const WIDTH = 400, HEIGHT = 220;
const LEFT = 34, TOP = 18, BOTTOM = 22;
const TICKS = 4;

/** Columns that stand beside each other in the order of their ranges. */
export function ColumnChart({ titleId, bars }: { titleId: string; bars: readonly Bar[] }): Markup {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const x = scaleBand().domain(bars.map(({ label }) => label)).range([LEFT, WIDTH]).padding(0.18);
  const y = scaleLinear().domain([0, most]).nice(TICKS).range([HEIGHT - BOTTOM, TOP]);
  const ground = y(0);
  return (
    <svg class="chart-drawing" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-labelledby={titleId}>
      <g class="chart-grid" aria-hidden="true">
        {wholeTicks(y.ticks(TICKS)).map((tick) => (
          <>
            <line x1={String(LEFT)} x2={String(WIDTH)} y1={String(y(tick))} y2={String(y(tick))} />
            <text class="chart-label" x={String(LEFT - 6)} y={String(y(tick) + 4)} text-anchor="end">
              {spelledCount(tick)}
            </text>
          </>
        ))}
      </g>
      {bars.map(({ label, count, href }) => {
        const left = x(label) ?? 0, middle = left + x.bandwidth() / 2;
        return (
          <a class="chart-link" href={href}>
            <title>{`${label}: ${unitsText(count)}`}</title>
            <rect
              class="chart-target"
              x={String(left)}
              y={String(TOP - 14)}
              width={String(x.bandwidth())}
              height={String(HEIGHT - TOP + 14)}
            />
            <rect
              class="chart-bar"
              x={String(left)}
              y={String(y(count))}
              width={String(x.bandwidth())}
              height={String(ground - y(count))}
              rx="3"
            />
            <text class="chart-count" x={String(middle)} y={String(y(count) - 5)} text-anchor="middle">
              {spelledCount(count)}
            </text>
            <text class="chart-label" x={String(middle)} y={String(HEIGHT - 6)} text-anchor="middle">
              {label}
            </text>
          </a>
        );
      })}
    </svg>
  );
}
