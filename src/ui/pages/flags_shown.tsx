import type { Flash } from "../cookies.ts";
import type { Markup } from "../markup.ts";

const FIELD = "flags";

/** Tells with a form how many of a unit's flags the page showed: those are answered, and none that came meanwhile. */
export function FlagsShown({ count }: { count: number }): Markup {
  return <input type="hidden" name={FIELD} value={String(count)} />;
}

/** See {@link FlagsShown}. A form that does not tell answers none. */
export function flagsShown(form: URLSearchParams): number {
  const count = form.get(FIELD) ?? "";
  return /^\d{1,9}$/.test(count) ? Number(count) : 0;
}

/** What to say after a verification, with the number of flags that it did not answer. */
export function verifiedFlash({ done, settled, unanswered }: {
  /** What was done, a sentence. */
  done: string;
  /** What follows from it where every flag is answered, a sentence. */
  settled: string;
  unanswered: number;
}): Flash {
  if (unanswered === 0) return { tone: "success", text: `${done} ${settled}` };
  const flags = unanswered === 1 ? "1 flag was" : `${unanswered} flags were`;
  const text = `${done} ${flags} not on the page when you looked, so the unit stays disputed: look again.`;
  return { tone: "info", text };
}
