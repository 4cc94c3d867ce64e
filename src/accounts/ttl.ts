import { invalid } from "../errors.ts";
import { KEY_TTL_MAX_S } from "../limits.ts";
import { quoted, trimSpace } from "../wire/text.ts";

const DURATION = /^([0-9]+)([smhd])$/;
const UNIT_S: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

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
  const match = DURATION.exec(text);
  if (match === null) {
    throw invalid(`${quoted(given)} is not a valid duration: expected <integer><s|m|h|d>, e.g. 30d, 12h`);
  }
  const seconds = Number(match[1]) * UNIT_S[match[2]!]!;
  if (seconds === 0) throw invalid(`${quoted(given)}: ttl must be greater than zero`);
  if (seconds > KEY_TTL_MAX_S) throw invalid(`${quoted(given)} exceeds the maximum of 365d`);
  return { text, seconds };
}
