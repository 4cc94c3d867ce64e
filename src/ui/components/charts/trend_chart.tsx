// @ts-types="@types/d3-scale"
import { scaleLinear } from "d3-scale";
// @ts-types="@types/d3-shape"
import { curveMonotoneX, line, symbol, symbolCircle, symbolSquare, symbolTriangle } from "d3-shape";
import type { Markup } from "../../markup.ts";
import { type LinkedCount, spelledCount, unitsText, wholeTicks } from "./chart.tsx";

/** What is counted for each day; told apart by colour, shape and dashes. */
export interface Series {
  readonly name: string;
  readonly kind: keyof typeof LOOKS;
  /** One for each day. */
  readonly points: readonly LinkedCount[];
}

interface TrendChartProps {
  readonly titleId: string;
  /** As people read them, oldest first. */
  readonly days: readonly string[];
  readonly series: readonly Series[];
}

const LOOKS = {
  submitted: { mark: symbolCircle, dashes: undefined },
  approved: { mark: symbolSquare, dashes: undefined },
  rejected: { mark: symbolTriangle, dashes: "5 4" },
} as const;

interface Size {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Days between two marks below. */
  readonly step: number;
}

/** Letters would be too small or too large if one drawing served every screen. */
const SIZES: readonly Size[] = [
  { name: "wide", width: 1040, height: 260, step: 5 },
  { name: "slim", width: 400, height: 230, step: 10 },
];

const LEFT = 34, RIGHT = 12, TOP = 12, BOTTOM = 26;
const TICKS = 4, MARK_AREA = 44, TARGET = 9;

/** Lines over days. Days without any unit have no point. */
export function TrendChart(props: TrendChartProps): Markup {
  return (
    <>
      {SIZES.map((size) => <Drawing {...props} size={size} />)}
      <ul class="chart-legend">
        {props.series.map(({ name, kind }) => (
          <li>
            <svg viewBox="-14 -7 28 14" width="28" height="14" aria-hidden="true" class={`chart-${kind}`}>
              <path class="chart-line" d="M-13 0H13" stroke-dasharray={LOOKS[kind].dashes} />
              <path class="chart-mark" d={markOf(kind)} />
            </svg>
            {name}
          </li>
        ))}
      </ul>
    </>
  );
}

function Drawing({ titleId, days, series, size }: TrendChartProps & { size: Size }): Markup {
  const { width, height, step } = size;
  const most = Math.max(1, ...series.flatMap(({ points }) => points.map(({ count }) => count)));
  const x = scaleLinear().domain([0, days.length - 1]).range([LEFT + 8, width - RIGHT]);
  const y = scaleLinear().domain([0, most]).nice(TICKS).range([height - BOTTOM, TOP]);
  return (
    <svg
      class={`chart-drawing chart-${size.name}`}
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-labelledby={titleId}
    >
      <g class="chart-grid" aria-hidden="true">
        {wholeTicks(y.ticks(TICKS)).map((tick) => (
          <>
            <line x1={String(LEFT)} x2={String(width)} y1={String(y(tick))} y2={String(y(tick))} />
            <text class="chart-label" x={String(LEFT - 6)} y={String(y(tick) + 4)} text-anchor="end">
              {spelledCount(tick)}
            </text>
          </>
        ))}
        {days.map((day, index) =>
          // Counted from today: the last day always has its name.
          (days.length - 1 - index) % step !== 0 ? "" : (
            <text
              class="chart-label"
              x={String(x(index))}
              y={String(height - 6)}
              text-anchor={index === days.length - 1 ? "end" : "middle"}
            >
              {day}
            </text>
          )
        )}
      </g>
      {series.map((one) => <Line series={one} days={days} x={x} y={y} />)}
    </svg>
  );
}

type Scale = (value: number) => number;

function Line({ series, days, x, y }: {
  series: Series;
  days: readonly string[];
  x: Scale;
  y: Scale;
}): Markup {
  const { name, kind, points } = series;
  const path = line<LinkedCount>((_, index) => x(index), ({ count }) => y(count)).curve(curveMonotoneX);
  return (
    <g class={`chart-${kind}`}>
      <path class="chart-line" d={path([...points]) ?? ""} stroke-dasharray={LOOKS[kind].dashes} />
      {points.map(({ count, href }, index) => {
        if (count === 0) return "";
        const text = `${days[index]}, ${name}: ${unitsText(count)}`;
        return (
          // The table has the same links: whoever goes from link to link need not pass all of these.
          <a class="chart-link" href={href} tabindex={-1}>
            <title>{text}</title>
            <circle class="chart-target" cx={String(x(index))} cy={String(y(count))} r={String(TARGET)} />
            <path class="chart-mark" transform={`translate(${x(index)} ${y(count)})`} d={markOf(kind)} />
          </a>
        );
      })}
    </g>
  );
}

function markOf(kind: keyof typeof LOOKS): string {
  return symbol(LOOKS[kind].mark, MARK_AREA)() ?? "";
}
