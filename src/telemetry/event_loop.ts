import { EVENT_LOOP_DELAY } from "./instruments.ts";
import { EVENT_LOOP_LOOK_MS } from "./limits.ts";

/** Looks again and again how late the event loop is; returns what ends that. */
export function watchEventLoop(): () => void {
  const delays = EVENT_LOOP_DELAY.of();
  let due_ms = performance.now() + EVENT_LOOP_LOOK_MS;
  const timer = setInterval(() => {
    const now_ms = performance.now();
    EVENT_LOOP_DELAY.observe(Math.max(0, now_ms - due_ms) / 1000, delays);
    due_ms = now_ms + EVENT_LOOP_LOOK_MS;
  }, EVENT_LOOP_LOOK_MS);
  return () => clearInterval(timer);
}
