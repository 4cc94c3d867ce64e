import type { Markup } from "../markup.ts";

/** For how long a unit is put off. */
export const SNOOZES = [
  { label: "4 hours", seconds: 14_400 },
  { label: "1 day", seconds: 86_400 },
  { label: "3 days", seconds: 259_200 },
  { label: "1 week", seconds: 604_800 },
  { label: "1 month", seconds: 2_592_000 },
] as const;
const USUAL_S = 86_400;

/** The choice of one of {@link SNOOZES}. */
export function SnoozeFields(): Markup {
  return (
    <fieldset class="choices">
      <legend>For how long</legend>
      {SNOOZES.map(({ label, seconds }, index) => (
        <label class="choice">
          <input type="radio" name="seconds" value={String(seconds)} checked={seconds === USUAL_S} />
          <span>{label}</span>
          <kbd>{String(index + 1)}</kbd>
        </label>
      ))}
    </fieldset>
  );
}
