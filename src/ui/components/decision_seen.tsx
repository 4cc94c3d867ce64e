import { momentOf } from "../../review/decisions.ts";
import type { Markup } from "../markup.ts";

/** The name of the field of {@link DecisionSeen}. */
export const SEEN_AT = "seen_at";

/** Says in a form which decision its page shows: taken back from there is that one, and none that came after it. */
export function DecisionSeen({ row }: { row: Parameters<typeof momentOf>[0] }): Markup {
  return <input type="hidden" name={SEEN_AT} value={momentOf(row)} />;
}
