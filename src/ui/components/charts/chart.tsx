import type { Child } from "hono/jsx";
import type { Markup } from "../../markup.ts";

/** A number that leads to the units it counts. */
export interface LinkedCount {
  readonly count: number;
  readonly href: string;
}

interface ChartRow {
  readonly label: string;
  readonly cells: readonly LinkedCount[];
}

/** The numbers of a chart as a table. */
export interface ChartTableProps {
  /** What the rows are, then what each column counts. */
  readonly columns: readonly string[];
  readonly rows: readonly ChartRow[];
}

interface ChartProps {
  /** Of the heading that names the chart. */
  readonly id: string;
  readonly title: string;
  /** What is counted. */
  readonly hint: string;
  readonly table: ChartTableProps;
  /** The drawing, and what belongs to it. */
  readonly children: Child;
}

/** A chart with its title, and its numbers as a table for whoever cannot see it or wants them exactly. */
export function Chart({ id, title, hint, table, children }: ChartProps): Markup {
  return (
    <figure class="chart card" aria-labelledby={`${id}-title`} id={id}>
      <figcaption class="chart-head">
        <h2 id={`${id}-title`}>{title}</h2>
        <p class="hint">{hint}</p>
      </figcaption>
      {children}
      <details class="chart-numbers">
        <summary>Show as a table</summary>
        <ChartTable {...table} title={title} />
      </details>
    </figure>
  );
}

function ChartTable({ title, columns, rows }: ChartTableProps & { title: string }): Markup {
  const [first, ...counts] = columns;
  return (
    <div class="table-frame" role="region" tabindex={0} aria-label={`${title}: table`}>
      <table class="table">
        <caption class="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {counts.map((name) => <th scope="col" class="number">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, cells }) => (
            <tr>
              <th scope="row">{label}</th>
              {cells.map(({ count, href }) => (
                <td class="number">
                  <a href={href}>{spelledCount(count)}</a>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const NUMBER = new Intl.NumberFormat("en");

/** A count as people read it: `12,345`. */
export function spelledCount(count: number): string {
  return NUMBER.format(count);
}

/** `1 unit`, `12 units`. */
export function unitsText(count: number): string {
  return count === 1 ? "1 unit" : `${spelledCount(count)} units`;
}

/** Marks of an axis that counts: whole numbers only. */
export function wholeTicks(ticks: readonly number[]): number[] {
  return ticks.filter(Number.isInteger);
}
