import type { Markup } from "../markup.ts";

const WIDTH = 40;

/** A confidence as a number beside a small gauge. */
export function Confidence({ value }: { value: number }): Markup {
  return (
    <span class="confidence">
      <svg viewBox={`0 0 ${WIDTH} 6`} width={String(WIDTH)} height="6" aria-hidden="true">
        <rect class="confidence-track" width={String(WIDTH)} height="6" rx="3" />
        <rect class="confidence-level" width={String(Math.round(WIDTH * value))} height="6" rx="3" />
      </svg>
      {value.toFixed(2)}
      <span class="visually-hidden">confidence</span>
    </span>
  );
}
