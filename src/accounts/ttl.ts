import { invalid } from "../errors.ts";
import { KEY_TTL_MAX_S } from "../limits.ts";
import { durationSeconds } from "../wire/duration.ts";
import { quoted, trimSpace } from "../wire/text.ts";

/** A lifetime as it is stored (`30d`), and in seconds. */
export interface Ttl {
  readonly text: string;
  readonly seconds: number;
}

/**
 * Reads a lifetime such as `30d` or `12h`.
 *
 * @throws {CqError} 422 with the original's sentence.
 */
export function parseTtl(given: string): Ttl {
  const text = trimSpace(given).toLowerCase();
  if (text === "") throw invalid("ttl is required");
  const seconds = durationSeconds(text);
  if (seconds === undefined) {
    throw invalid(`${quoted(given)} is not a valid duration: expected <integer><s|m|h|d>, e.g. 30d, 12h`);
  }
  if (seconds === 0) throw invalid(`${quoted(given)}: ttl must be greater than zero`);
  if (seconds > KEY_TTL_MAX_S) throw invalid(`${quoted(given)} exceeds the maximum of 365d`);
  return { text, seconds };
}
