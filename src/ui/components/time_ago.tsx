import type { Markup } from "../markup.ts";

interface TimeAgoProps {
  /** Any spelling of a time that a unit may hold. */
  readonly time: string;
  readonly now_us: number;
}

const STEPS: readonly { readonly unit: Intl.RelativeTimeFormatUnit; readonly seconds: number }[] = [
  { unit: "year", seconds: 31_536_000 },
  { unit: "month", seconds: 2_592_000 },
  { unit: "week", seconds: 604_800 },
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3_600 },
  { unit: "minute", seconds: 60 },
];
const FORMAT = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** How long ago something was, or how far off it is; the exact time on hover. */
export function TimeAgo({ time, now_us }: TimeAgoProps): Markup {
  const parsed = Date.parse(time);
  if (Number.isNaN(parsed)) return <span>{time}</span>;
  const exact = new Date(parsed).toISOString();
  return (
    <time datetime={exact} title={`${exact.slice(0, 16).replace("T", " ")} UTC`}>
      {relativeTime((parsed - now_us / 1000) / 1000)}
    </time>
  );
}

/** A distance in time in words: `3 days ago`, `in 2 hours`. */
export function relativeTime(seconds: number): string {
  const step = STEPS.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  return step === undefined ? "just now" : FORMAT.format(Math.trunc(seconds / step.seconds), step.unit);
}
