import type { Markup } from "../markup.ts";
import { TimeAgo } from "../components/time_ago.tsx";

const DAY_MS = 86_400_000;

/** When a key ends. "Next week" is not good enough for that: in days, and by its date where it is far off. */
export function KeyEnd({ time, now_us }: { time: string; now_us: number }): Markup {
  const at = Date.parse(time);
  const days = Math.round((at - now_us / 1000) / DAY_MS);
  if (!(days >= 2)) return <TimeAgo time={time} now_us={now_us} />;
  const exact = new Date(at).toISOString();
  return (
    <time datetime={exact} title={`${exact.slice(0, 16).replace("T", " ")} UTC`}>
      {days < 100 ? `in ${days} days` : `on ${exact.slice(0, 10)}`}
    </time>
  );
}
