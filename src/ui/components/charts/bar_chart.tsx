// @ts-types="@types/d3-scale"
import { scaleBand, scaleLinear } from "d3-scale";
import type { Markup } from "../../markup.ts";
import { type LinkedCount, spelledCount, unitsText, wholeTicks } from "./chart.tsx";

/** One bar. */
export interface Bar extends LinkedCount {
  readonly label: string;
}

const WIDTH = 400, ROW = 31, AXIS = 18, BAR_TOP = 19, BAR_HEIGHT = 6;
const LABEL_WIDTH = 36;
const TICKS = 4;

/** Bars that lie, each below its name, longest first. */
export function BarChart({ titleId, bars }: { titleId: string; bars: readonly Bar[] }): Markup {
  const height = bars.length * ROW;
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const x = scaleLinear().domain([0, most]).nice(TICKS).range([0, WIDTH - 12]);
  const y = scaleBand().domain(bars.map((_, index) => String(index))).range([0, height]);
  return (
    <svg
      class="chart-drawing"
      viewBox={`-2 0 ${WIDTH + 4} ${height + AXIS}`}
      role="group"
      aria-labelledby={titleId}
    >
      <g class="chart-grid" aria-hidden="true">
        {wholeTicks(x.ticks(TICKS)).map((tick) => (
          <>
            <line x1={String(x(tick))} x2={String(x(tick))} y1="4" y2={String(height + 2)} />
            <text
              class="chart-label"
              x={String(x(tick))}
              y={String(height + 14)}
              text-anchor={tick === 0 ? "start" : "middle"}
            >
              {spelledCount(tick)}
            </text>
          </>
        ))}
      </g>
      {bars.map(({ label, count, href }, index) => {
        const top = y(String(index)) ?? 0;
        return (
          <a class="chart-link" href={href}>
            <title>{`${label}: ${unitsText(count)}`}</title>
            <rect
              class="chart-target"
              x="-2"
              y={String(top)}
              width={String(WIDTH + 4)}
              height={String(ROW)}
            />
            <text class="chart-name" x="0" y={String(top + 14)}>{shortened(label)}</text>
            <text class="chart-count" x={String(WIDTH)} y={String(top + 14)} text-anchor="end">
              {spelledCount(count)}
            </text>
            <rect
              class="chart-bar"
              x="0"
              y={String(top + BAR_TOP)}
              width={String(Math.max(2, x(count)))}
              height={String(BAR_HEIGHT)}
              rx="3"
            />
          </a>
        );
      })}
    </svg>
  );
}

/** A name as long as there is room for; signs of the far east are about twice as wide. */
function shortened(label: string): string {
  let width = 0;
  const kept: string[] = [];
  for (const sign of label) {
    width += sign.codePointAt(0)! > 0x10ff ? 2 : 1;
    if (width > LABEL_WIDTH) return `${kept.join("")}…`;
    kept.push(sign);
  }
  return label;
}
