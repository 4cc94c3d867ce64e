import { invalid } from "../errors.ts";
import { REVIEW_NOTE_MAX_CHARS } from "../limits.ts";
import { codePointLength, trimSpace } from "../wire/text.ts";

/** Why a unit was turned down or taken out of service. */
export const REASONS = [
  "duplicate",
  "wrong",
  "too_specific",
  "sensitive",
  "unsafe",
  "stale",
  "other",
] as const;
export type Reason = typeof REASONS[number];

/** What a reviewer says about a decision. */
export interface Remark {
  readonly reason?: Reason | undefined;
  readonly note?: string | undefined;
}

/**
 * A remark as an event keeps it; undefined where nothing was said.
 *
 * @throws {CqError} 422 for a note that is too long.
 */
export function remarkDetail({ reason, note = "" }: Remark): Record<string, string> | undefined {
  const text = trimSpace(note);
  const length = codePointLength(text);
  if (length > REVIEW_NOTE_MAX_CHARS) {
    throw invalid(`The note has at most ${REVIEW_NOTE_MAX_CHARS} characters, not ${length}`);
  }
  const said = { ...(reason === undefined ? {} : { reason }), ...(text === "" ? {} : { note: text }) };
  return Object.keys(said).length === 0 ? undefined : said;
}

/** The reason of this name, or undefined. */
export function reasonNamed(name: string | null): Reason | undefined {
  return REASONS.find((reason) => reason === name);
}
