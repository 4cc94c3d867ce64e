import type { Figure } from "../../review/overview.ts";
import type { Markup } from "../markup.ts";
import { spelledCount } from "./charts/chart.tsx";

/** A number that may not have been counted to its end; that is read out, too, for a plus is easily not. */
export function FigureCount({ figure: { count, isMore } }: { figure: Figure }): Markup {
  if (!isMore) return <>{spelledCount(count)}</>;
  return (
    <>
      <span class="visually-hidden">More than</span> {spelledCount(count)}
      <span aria-hidden="true">+</span>
    </>
  );
}
